"""What conveners note reaches nobody else: on no page, in no file, and not by counting.

Every page is opened as everybody who is no convener, in two worlds that differ in notes
alone, and all that is sent to the browser, files on offer included, must be the same.
"""

import re
from dataclasses import replace

import pytest

from coalition.domain.discussion.comments import Audience, Reaction
from coalition.domain.discussion.mentions import Mentions
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Role
from coalition.services.discussion import comments, mentions, moderation, threads
from coalition.services.people import accounts
from coalition.store.discussion import mentions as store
from coalition.ui.screens import SCREENS
from tests import builders
from tests.attacks.test_hidden_canary import FRESH, sent
from tests.pages.conftest import session_of

pytestmark = pytest.mark.usefixtures("same_tokens")
NOTE = "Xylophone: their board is split"
CANARY = re.compile("xylophone|marimba", re.IGNORECASE)


@pytest.fixture
def table(db, clock):
    """A proposal with an open thread, two conveners, and everybody who might pry."""
    convener, [us, other, _] = builders.a_table(db)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    this = builders.a_round(db, clock, convener)
    root = builders.a_comment(db, clock, us, this.proposal_id, "Which help is meant?")
    demoted = builders.a_person(db, role=Role.CONVENER, name="Once Convener")
    accounts.change_role(
        db, clock, actor=administrator, account_id=demoted.account_id, role=Role.OBSERVER
    )
    second = builders.a_person(db, role=Role.CONVENER, name="Second Convener")
    watchers = {
        "stranger": None,
        "member": us,
        "another member": other,
        "observer": builders.a_person(db, role=Role.OBSERVER),
        "once a convener": replace(demoted, role=Role.OBSERVER),
        "administrator": administrator,
    }
    for person in watchers.values():
        if person:
            session_of(db, person, clock())  # My account lists it
    return convener, second, this, root, watchers


def views(visit, files, watchers, this, root):
    """Return what everybody is sent on every page that may be theirs."""
    seen = {}
    discussion = [{"view": "discussion"}, {"view": "discussion", "thread": root}]
    queries = {
        "proposal": [{}, *discussion, {"view": "history"}],
        "proposals": [{}, {"search": "split"}],
    }
    for name, person in watchers.items():
        for screen in SCREENS:
            if not screen.may_open(person):
                continue
            own = {"id": this.proposal_id} if screen.key == "proposal" else {}
            own |= {"id": this.id} if screen.key in {"stance", "positions"} else {}
            for query in queries.get(screen.key, [{}]):
                app = visit(screen.key, as_=person, **own, **query)
                seen[name, screen.key, str(query)] = sent(app, files)
    return seen


def _note(db, clock, convener, second, this):
    """Note, reply, call, react and remove; return the number of the thread."""
    called = Mentions(people=frozenset({second.account_id}))
    note = builders.a_comment(
        db,
        clock,
        convener,
        this.proposal_id,
        NOTE,
        audience=Audience.CONVENERS,
        mentions=called,
    )
    reply = builders.a_comment(db, clock, second, this.proposal_id, "Marimba", root_id=note)
    comments.react(db, clock, actor=second, comment_id=note, reaction=Reaction.QUESTION, on=True)
    moderation.remove_comment(db, clock, actor=convener, comment_id=reply, reason="Marimba too")
    return note


def test_notes_change_nothing_for_anybody_but_conveners(visit, db, clock, table, files):
    convener, second, this, root, watchers = table
    before = views(visit, files, watchers, this, root)
    note = _note(db, clock, convener, second, this)
    after = views(visit, files, watchers, this, root)

    assert [where for where, told in after.items() if CANARY.search(told)] == []
    same = [where for where in after if where[1] not in FRESH]
    assert [where for where in same if before[where] != after[where]] == []
    for name, person in watchers.items():
        if person:
            app = visit("proposal", as_=person, id=this.proposal_id, view="discussion", thread=note)
            assert not CANARY.search(sent(app, files)), name


def test_the_notes_do_reach_the_other_convener(visit, db, clock, table, files):
    convener, second, this, root, _ = table
    note = _note(db, clock, convener, second, this)
    seen = views(visit, files, {"second": second}, this, root)
    assert CANARY.search(seen["second", "proposal", "{'view': 'discussion'}"])
    assert f"thread={note}" in seen["second", "today", "{}"]


def test_a_note_made_to_call_somebody_else_is_still_not_told(db, clock, table):
    """Rows that no deed writes: a member and an organisation called by a note."""
    convener, second, this, _, watchers = table
    note = _note(db, clock, convener, second, this)
    pried = [person for person in watchers.values() if person]
    with db.writing() as conn:
        store.add(
            conn,
            note,
            Mentions(
                frozenset(one.account_id for one in pried),
                frozenset(one.seat.organisation_id for one in pried if one.seat),
            ),
            at=clock(),
        )
    for person in pried:
        assert mentions.mentioned(db, actor=person, now=clock()) == ()


def test_no_question_and_no_deed_tells_that_a_note_is_there(db, clock, table):
    convener, second, this, _, watchers = table
    note = _note(db, clock, convener, second, this)
    for person in (one for one in watchers.values() if one):
        told = []
        for number in (note, 999_999):
            with pytest.raises(CoalitionError) as read:
                threads.thread(db, actor=person, proposal_id=this.proposal_id, root_id=number)
            with pytest.raises(CoalitionError) as reply:
                builders.a_comment(db, clock, person, this.proposal_id, "Is there?", root_id=number)
            with pytest.raises(CoalitionError) as edit:
                comments.edit_comment(db, clock, actor=person, comment_id=number, body="Is there?")
            told.append([(one.value.code, one.value.facts) for one in (read, reply, edit)])
        assert told[0] == told[1]
