"""Suggested changes for tests, each made in one line."""

from itertools import count

from coalition.domain.deliberation.passages import Field
from coalition.domain.deliberation.versions import Mark, Revision
from coalition.domain.discussion.suggestions import State
from coalition.domain.discussion.wishes import Answer, Wish
from coalition.services.deliberation import proposals
from coalition.services.discussion import suggestions
from tests.builders import FINISHED

QUOTE, WORDING = "copay help", "all copay help"  # of the text of ``builders.FINISHED``
_number = count(1)


def a_wish(**changes):
    """Return what somebody sends to change the text of ``builders.FINISHED``."""
    return Wish(
        **{"field": Field.BODY, "quote": QUOTE, "wording": WORDING, "reason": "A note"} | changes
    )


def a_suggestion(db, clock, person, proposal_id, *, answered=None, by=None, **wish):
    """Suggest a change, let ``by`` answer it if an answer is given, and return its number."""
    made = suggestions.suggest(
        db,
        clock,
        actor=person,
        proposal_id=proposal_id,
        wish=a_wish(**wish),
        token=f"suggestion {next(_number)}",
    )
    if answered:
        given = Answer(State(answered), "A note")
        suggestions.answer(db, clock, actor=by, suggestion_id=made, given=given)
    return made


def every_deed(db, clock, champion, author, proposal_id):
    """Return how each deed with suggestions succeeds, by the name the table of roles has."""
    waiting = a_suggestion(db, clock, author, proposal_id)
    taken = a_suggestion(db, clock, author, proposal_id, answered="accepted", by=champion)
    refused = a_suggestion(db, clock, author, proposal_id, answered="declined", by=champion)
    base = proposals.detail(db, actor=champion, now=clock(), proposal_id=proposal_id).versions[-1]
    body = FINISHED.body.replace(QUOTE, WORDING)
    revision = Revision(base.id, base.title, base.ask, body, "A note", Mark.SUBSTANTIVE)
    return {
        "discussion.suggestions.suggest": {
            "actor": author,
            "proposal_id": proposal_id,
            "wish": a_wish(),
            "token": "t",
        },
        "discussion.suggestions.withdraw": {"actor": author, "suggestion_id": waiting},
        "discussion.suggestions.answer": {
            "actor": champion,
            "suggestion_id": waiting,
            "given": Answer(State.DECLINED, "A note"),
        },
        "discussion.suggestions.revise": {
            "actor": champion,
            "proposal_id": proposal_id,
            "revision": revision,
            "token": "t",
            "including": (taken,),
        },
        "discussion.promoting.promote": {"actor": author, "suggestion_id": refused},
    }
