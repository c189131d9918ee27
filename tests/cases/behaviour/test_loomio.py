"""How Loomio behaves, held against our own table; "member" there is an organisation here.

Our difference: a second ballot of an organisation takes the place of the first, and the history
keeps both. Outcomes and reviews stand under their case names in ``tests/services/test_outcomes``.
"""

from datetime import timedelta

import pytest

from coalition.domain.deliberation.ballots import (
    NothingToWithdraw,
    NotOnTheRoll,
    ReasonMissing,
    StanceMissing,
)
from coalition.domain.deliberation.plans import ClosesInThePast
from coalition.domain.deliberation.rolls import Change
from coalition.domain.deliberation.rounds import RoundClosed
from coalition.domain.ground.permissions import PermissionMissing, Role
from coalition.domain.ground.text import TextTooLong
from coalition.domain.people.inquiries import InquiryState
from coalition.services.deliberation import rolls
from coalition.services.people import inquiries
from coalition.store.ground import audit
from tests import builders
from tests.deliberating import count_of, standing, voted, withdrawn
from tests.services.test_inquiries import queued, sent


@pytest.fixture
def laid(db):
    return builders.a_table(db)


@pytest.fixture
def this(db, clock, laid):
    return builders.a_round(db, clock, laid[0])


def test_a_closed_proposal_takes_no_stance(db, clock, laid, this):
    """Loomio: once a proposal is closed, nobody can cast a new stance."""
    clock.hour = this.closes_at
    for delegate in laid[1]:
        with pytest.raises(RoundClosed):
            builders.a_ballot(db, clock, delegate, this, "support")
    assert count_of(db, this).confirmed == 0


def test_a_closing_time_in_the_past_is_invalid(db, clock, laid):
    """Loomio: invalid, unless it is closed already. Ours: no round begins closed, so always."""
    past = clock() - timedelta(minutes=1)
    with pytest.raises(ClosesInThePast):
        builders.a_round(db, clock, laid[0], opens_at=past - timedelta(days=20), closes_at=past)


@pytest.mark.parametrize("role", [Role.CONVENER, Role.ADMINISTRATOR, Role.OBSERVER])
def test_only_invited_may_vote_not_even_the_admin(db, clock, this, role):
    """Loomio: under "only invited may vote" even the group admin cannot."""
    with pytest.raises(PermissionMissing):
        builders.a_ballot(db, clock, builders.a_person(db, role=role), this, "support")


def test_an_outsider_votes_once_invited(db, clock, laid, this):
    """Loomio: an invited outsider can. Ours: a convener adds it to the roll, with a reason."""
    outsider = builders.a_delegate(db)
    with pytest.raises(NotOnTheRoll):
        builders.a_ballot(db, clock, outsider, this, "support")
    rolls.change_roll(
        db, clock, actor=laid[0], round_id=this.id, change=Change.ADDED,
        organisation_id=outsider.seat.organisation_id, reason="It joined this week.",
    )  # fmt: skip
    builders.a_ballot(db, clock, outsider, this, "support")
    assert count_of(db, this).confirmed == 1


def test_a_cast_vote_is_withdrawn_by_its_owner_while_open_and_by_nobody_else(db, clock, laid, this):
    """Loomio: its owner withdraws it while open; another user cannot; nobody after the close."""
    owner, other, _ = laid[1]
    builders.a_ballot(db, clock, owner, this, "support")
    with pytest.raises(NothingToWithdraw):
        withdrawn(db, clock, other, this)
    withdrawn(db, clock, owner, this)
    assert standing(db, this, owner).stance is None

    voted(db, clock, owner, this, "abstain")
    clock.hour = this.closes_at
    with pytest.raises(RoundClosed):
        withdrawn(db, clock, owner, this)
    assert standing(db, this, owner).stance == "abstain"


@pytest.mark.parametrize(
    ("stance", "reason", "refusal"),
    [
        ("", "", StanceMissing),
        ("object", " ", ReasonMissing),
        ("support", "x" * 2_001, TextTooLong),
        ("support", "x" * 100_000, TextTooLong),
    ],
)
def test_an_empty_ballot_or_an_endless_reason_is_refused_with_no_record(
    db, clock, laid, this, stance, reason, refusal
):
    """Loomio: a required choice left empty and a reason above its limit leave no record."""
    with pytest.raises(refusal):
        builders.a_ballot(db, clock, laid[1][0], this, stance, reason=reason)
    assert standing(db, this, laid[1][0]) is None


def test_an_uncast_slot_needs_neither_choice_nor_reason(db, clock, laid, this):
    """Loomio: an uncast slot needs neither. Ours: silence is on the roll, and never abstains."""
    assert this.roll_size == len(laid[1])
    assert count_of(db, this).groups == ()


def test_a_membership_request_is_answered_by_who_may_and_the_answer_kept(db, clock, laid):
    """Loomio: who may answers, responder and answer stay; others cannot even list requests."""
    sent(db, clock)
    [line] = queued(db, laid[0], clock())
    by = {"actor": laid[0], "inquiry_id": line.inquiry.id}
    inquiries.answer(db, clock, words="Welcome.", token="answer", **by)
    inquiries.set_state(db, clock, state=InquiryState.CLOSED, token="close", **by)
    with db.reading() as conn:
        told = [(one.actor, one.action) for one in audit.trail(conn)]
    assert (laid[0].label, "inquiry.answered") in told
    assert "Welcome." in str(inquiries.read(db, now=clock(), **by))
    for delegate in laid[1]:
        with pytest.raises(PermissionMissing):
            inquiries.queue(db, actor=delegate, now=clock())


def test_a_second_pending_request_is_kept_and_flagged(db, clock, laid):
    """Loomio: refused. Ours: a visitor is never told who asked already; the convener is."""
    sent(db, clock)
    sent(db, clock, click="again")
    assert len(queued(db, laid[0], clock())) == 2
