"""While results are hidden, whatever an organisation says changes nothing for anybody else.

Every page is opened as everybody in three worlds that differ in one hidden ballot alone, and
all that is sent to the browser, every file on offer included, must be the same, byte by byte.
"""

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.deliberation.ballots import ReceiptUnknown, Words
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.objections import Pointed
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rounds import Results, Terms
from coalition.domain.ground.attachments import Upload
from coalition.domain.ground.permissions import Role, SignInNeeded
from coalition.services.deliberation import ballots, clearances, receipts, rounds
from coalition.services.people import accounts
from coalition.ui.insight import views as board
from coalition.ui.screens import SCREENS
from tests import builders, deliberating
from tests.pages.conftest import session_of

pytestmark = pytest.mark.usefixtures("same_tokens")
REASON, REMEDY = "Xylophone clause seven", "Strike the marimba"
CANARY = re.compile("xylophone|marimba", re.IGNORECASE)
RANDOM = re.compile(  # names of files, receipts
    r"[0-9a-f]{12,}|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"
)
FRESH = {
    "audit"
}  # every ballot moves its numbers and hashes; the words are looked for all the same
ABOUT_ROUNDS = {  # the screens that say anything of a round, and a few that might
    "today", "desk", "proposals", "board", "reports", "round", "proposal", "stance",
    "positions", "lessons", "organisation", "members", "account", "calendar",
}  # fmt: skip
QUERIES = {
    "proposal": [
        {"view": view}
        for view in ("summary", "text", "objections", "discussion", "stances", "history")
    ],
    "board": [{}, {"stage": "closed"}],
    "proposals": [{}, {"search": "clause"}, {"waiting": "true"}],
    "audit": [{}, {"action": "ballot.cast"}, {"subject": "round:1"}],
    "round": [{}, {"id": 1}],
}


@pytest.fixture
def table(db, clock):
    """A hidden round that two have answered, and everybody who might pry."""
    convener, [us, other, third] = builders.a_table(db)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    this = builders.a_round(db, clock, convener, results=Results.HIDDEN)
    builders.a_ballot(db, clock, other, this, "support")
    once_ours = builders.a_delegate(db, organisation_id=us.seat.organisation_id, rank=2)
    watchers = {
        "stranger": None,
        "who has not answered": third,
        "alternate of another": builders.a_delegate(
            db, organisation_id=other.seat.organisation_id, rank=1
        ),
        "observer": builders.a_person(db, role=Role.OBSERVER),
        "once ours, now observer": _given(db, clock, administrator, us, 3, Role.OBSERVER),
        "convener": convener,
        "once ours, now convener": _given(db, clock, administrator, us, 4, Role.CONVENER),
        "administrator": administrator,
    }
    for person in watchers.values():
        if person:
            session_of(db, person, clock())  # My account lists it
    return us, once_ours, this, watchers


def _given(db, clock, administrator, us, rank, role):
    """Return a colleague of ours who got another role, the seat left as it was."""
    seated = builders.a_delegate(db, organisation_id=us.seat.organisation_id, rank=rank)
    accounts.change_role(db, clock, actor=administrator, account_id=seated.account_id, role=role)
    return replace(seated, role=role, seat=None)


def sent(app, files):
    """Return all that reaches the browser, what is random taken out."""
    told = "".join(_walk(app._tree)) + "".join(files)
    files.clear()
    return RANDOM.sub("#", told)


def _walk(node):
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield f"{node.type} {proto.SerializeToString().decode('latin-1')}\n"
    for child in getattr(node, "children", {}).values():
        yield from _walk(child)


def views(visit, files, watchers, this, *, screens=None):
    """Return what everybody is sent on every page that may be theirs, or on those named."""
    seen = {}
    for name, person in watchers.items():
        for screen in SCREENS:
            if not screen.may_open(person) or (screens and screen.key not in screens):
                continue
            own = {"id": this.proposal_id} if screen.key == "proposal" else {}
            own |= {"id": this.id} if screen.key in {"stance", "positions"} else {}
            for query in QUERIES.get(screen.key, [{}]):
                app = visit(screen.key, as_=person, **own, **query)
                seen[name, screen.key, str(query)] = sent(app, files)
    return seen


def test_a_hidden_ballot_changes_nothing_for_anybody_else(visit, db, clock, table, files):
    us, _, this, watchers = table
    before = views(visit, files, watchers, this, screens=ABOUT_ROUNDS)
    interested = DisclosureForm(Interest.TAKES_PART, REASON)
    form = replace(builders.a_form(this, "support"), disclosure=interested)
    latest = ballots.cast_ballot(db, clock, actor=us, form=form)
    told = [views(visit, files, watchers, this)]
    for stance, screens in (("object", None), ("recused", ABOUT_ROUNDS)):
        latest = builders.a_ballot(
            db, clock, us, this, stance, replaces=latest.id, reason=REASON, remedy=REMEDY
        )
        told.append(views(visit, files, watchers, this, screens=screens))

    support, *others = told
    tells = {"convener", "once ours, now convener"}  # they may know who has answered
    for seen in told:
        assert [where for where, words in seen.items() if CANARY.search(words)] == []
    same = [where for where in support if where[1] not in FRESH]
    for seen in others:
        assert seen.keys() >= before.keys()
        assert [one for one in same if one in seen and support[one] != seen[one]] == []
    unaware = [where for where in before if where in same and where[0] not in tells]
    assert [where for where in unaware if before[where] != support[where]] == []


def test_no_view_of_the_board_moves_with_a_hidden_ballot(visit, db, clock, table, files):
    us, _, this, watchers = table
    latest, seen = None, {}
    for stance in ("support", "object", "recused"):
        latest = builders.a_ballot(
            db, clock, us, this, stance, reason=REASON, replaces=latest.id if latest else None
        )
        for view in board.BY_KEY:
            told = sent(visit("board", as_=watchers["convener"], view=view), files)
            assert not CANARY.search(told), view
            assert seen.setdefault(view, told) == told, (view, stance)


def test_nor_does_a_review_or_a_position_recorded_for_us(visit, db, clock, table, files):
    us, _, this, watchers = table
    tells = {"convener", "once ours, now convener"}
    before = views(visit, files, watchers, this, screens=ABOUT_ROUNDS)
    clearances.mark_clearance(
        db, clock, actor=us, round_id=this.id, until=clock() + timedelta(days=2), note=REASON,
        token="review",
    )  # fmt: skip
    review = views(visit, files, watchers, this, screens=ABOUT_ROUNDS)
    said = Evidence(Channel.MAIL, "Wren Hale", this.opens_at, REASON)
    builders.a_recorded(
        db, clock, watchers["convener"], this, us.seat.organisation_id, "object",
        words=Words(REASON, REMEDY), evidence=said, upload=Upload("marimba.txt", b"Marimba"),
    )  # fmt: skip
    recorded = views(visit, files, watchers, this, screens=ABOUT_ROUNDS)

    same = [where for where in before if where[1] not in FRESH and where[0] not in tells]
    for seen in (review, recorded):
        assert [where for where in same if before[where] != seen[where]] == []
    leaks = {where[:2] for where, told in recorded.items() if CANARY.search(told)}
    assert leaks == {("convener", "round")}, "who recorded it reads the evidence again, no other"


def test_the_words_do_reach_their_own_organisation_and_everybody_at_the_close(
    visit, db, clock, table, files
):
    us, once_ours, this, watchers = table
    builders.a_ballot(db, clock, us, this, "object", reason=REASON, remedy=REMEDY)
    own = {"ours": us, "our alternate": once_ours}
    seen = views(visit, files, own, this)
    for name in own:
        assert CANARY.search(seen[name, "proposal", "{'view': 'stances'}"])
        assert CANARY.search(seen[name, "organisation", "{}"])
    clock.move(days=16)
    seen = views(visit, files, {"observer": watchers["observer"]}, this)
    assert CANARY.search(seen["observer", "proposal", "{'view': 'stances'}"])


def test_a_cancelled_round_never_tells_what_was_hidden(visit, db, clock, table, files):
    us, _, this, watchers = table
    builders.a_ballot(db, clock, us, this, "object", reason=REASON, remedy=REMEDY)
    rounds.cancel_round(
        db, clock, actor=watchers["convener"], round_id=this.id, reason="The bill was withdrawn."
    )
    clock.move(days=30)
    seen = views(visit, files, watchers, this)
    assert [where for where, told in seen.items() if CANARY.search(told)] == []


def test_a_receipt_found_elsewhere_tells_no_stance(db, clock, table):
    us, _, this, watchers = table
    cast = builders.a_ballot(db, clock, us, this, "object", reason=REASON, remedy=REMEDY)
    for person in watchers.values():
        try:
            found = receipts.find(db, actor=person, now=clock(), receipt=cast.receipt)
        except (ReceiptUnknown, SignInNeeded):
            continue
        assert person.role is Role.CONVENER
        assert found.stated.entry.ballot.stance is None
        assert not CANARY.search(repr(found))


@pytest.fixture
def worlds(db, clock):
    """Return a function that takes the table back to what it was, to be told another tale."""
    live, hour, kept = sqlite3.connect(db.url.database), clock.hour, sqlite3.connect(":memory:")
    live.backup(kept)

    def back():
        kept.backup(live)
        clock.hour = hour

    yield back
    live.close()
    kept.close()


def a_tale(db, clock, table, stance):
    """Let four organisations say all that can be said in a hidden round, while its text changes."""
    us, other, fourth, fifth, sixth, recorder, this = table
    words = {"reason": REASON, "remedy": REMEDY} if stance == "object" else {}
    if stance:
        form = builders.a_form(this, stance, **words)
        if stance == "object":
            interest = DisclosureForm(Interest.TAKES_PART, REASON)
            pointed = Pointed("Count copay", "Count the marimba", named=True)
            form = replace(form, pointed=pointed, disclosure=interest)
        ballots.cast_ballot(db, clock, actor=us, form=form)
        builders.a_recorded(
            db,
            clock,
            recorder,
            this,
            fifth.seat.organisation_id,
            stance,
            words=Words(REASON, REMEDY) if words else Words("We own shares."),
        )
        builders.a_ballot(db, clock, sixth, this, stance, **words)
        clearances.mark_clearance(
            db, clock, actor=fourth, round_id=this.id, until=clock() + timedelta(days=2), note="",
            token="review",
        )  # fmt: skip
    clock.move(hours=1)
    deliberating.revised(db, clock, recorder, this, body="Count copay help at once.")
    clock.move(hours=1)
    if stance:
        deliberating.withdrawn(db, clock, sixth, this)
    deliberating.an_objection(db, clock, other, this.proposal_id, reason="Said before everybody.")
    builders.a_comment(db, clock, other, this.proposal_id, "Said before everybody.")


@pytest.mark.parametrize("unconfirmed", ["missing"])  # it leaves out most, so tells most
def test_a_text_that_changes_under_hidden_answers_tells_none_of_them(
    visit, db, clock, files, request, unconfirmed
):
    convener, [us, other, third, fourth, fifth, sixth] = builders.a_table(db, organisations=6)
    this = builders.a_round(
        db, clock, convener, results=Results.HIDDEN, terms=Terms(unconfirmed=unconfirmed),
        proposal_id=builders.a_proposal(db, clock, convener, body="Count copay help now."),
    )  # fmt: skip
    another = builders.a_person(db, role=Role.CONVENER)
    watchers = {
        "stranger": None,
        "who has not answered": third,
        "observer": builders.a_person(db, role=Role.OBSERVER),
        "convener": another,
        "administrator": builders.a_person(db, role=Role.ADMINISTRATOR),
    }
    table = (us, other, fourth, fifth, sixth, convener, this)
    back = request.getfixturevalue("worlds")
    seen = {}
    for stance in (None, "support", "recused", "object"):
        back()
        a_tale(db, clock, table, stance)
        seen[stance] = views(visit, files, watchers, this, screens=ABOUT_ROUNDS)

    assert [where for where, told in seen["object"].items() if CANARY.search(told)] == []
    same = [where for where in seen["object"] if where[1] not in FRESH]
    for stance in ("support", "recused"):
        assert [one for one in same if seen[stance][one] != seen["object"][one]] == []
    unaware = [where for where in same if where[0] != "convener"]
    assert [one for one in unaware if seen[None][one] != seen["object"][one]] == []
