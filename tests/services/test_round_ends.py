"""The life of a round: scheduled, extended, ended, followed, or gone with its proposal."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.plans import WindowTooShort
from coalition.domain.deliberation.proposals import BallotsStand, ProposalFixed, Stage
from coalition.domain.deliberation.rounds import (
    ExtensionShortens,
    Results,
    RoundAlreadyOpen,
    RoundClosed,
    Status,
    require_extension,
)
from coalition.domain.deliberation.successions import Succession
from coalition.domain.ground.text import TextMissing
from coalition.services.deliberation import ballots, proposals, rounds, sequels, standings
from coalition.services.table.today import today
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.deliberation import rounds as store
from tests import builders
from tests.services.test_tick import rows
from tests.unit.test_successions import FIRST

WHY = "The bill was folded into another one."


@pytest.fixture
def laid(db):
    return builders.a_table(db)


def now_is(db, this):
    with db.reading() as conn:
        return store.get(conn, this.id)


def gone(db, clock, person, this, **how):
    proposals.withdraw_proposal(db, clock, actor=person, proposal_id=this.proposal_id, **how)


# --- withdrawing a proposal ---


def test_a_proposal_with_ballots_goes_only_when_those_who_voted_are_told(db, clock, laid):
    convener, [us, other, _] = laid
    this = builders.a_round(db, clock, convener)
    builders.a_ballot(db, clock, us, this, "support")
    with pytest.raises(BallotsStand):
        gone(db, clock, convener, this, reason=WHY)
    with pytest.raises(TextMissing):
        gone(db, clock, convener, this, reason=" ", tell=True)
    assert now_is(db, this).status(clock()) is Status.OPEN

    for _ in range(2):
        gone(db, clock, convener, this, reason=WHY, tell=True)

    after = now_is(db, this)
    assert (after.status(clock()), after.ending_reason) == (Status.CANCELLED, WHY)
    [proposal] = rows(db, schema.proposal)
    assert (proposal.stage, proposal.stage_reason) == (Stage.WITHDRAWN, WHY)
    [told] = today(db, actor=us, now=clock()).withdrawn
    assert (told.proposal.id, told.reason) == (this.proposal_id, WHY)
    assert today(db, actor=other, now=clock()).withdrawn == ()
    assert today(db, actor=convener, now=clock()).withdrawn == ()
    clock.move(days=15)
    assert today(db, actor=us, now=clock()).withdrawn == ()
    assert verify(db).findings == ()


def test_who_took_its_ballot_back_is_not_told(db, clock, laid):
    convener, [us, *_] = laid
    this = builders.a_round(db, clock, convener)
    builders.a_ballot(db, clock, us, this, "support")
    ballots.withdraw_ballot(db, clock, actor=us, round_id=this.id, token="out")
    with pytest.raises(RoundAlreadyOpen):
        gone(db, clock, convener, this)
    gone(db, clock, convener, this, reason=WHY, tell=True)
    assert today(db, actor=us, now=clock()).withdrawn == ()


@pytest.mark.parametrize("answered", [False, True])
def test_a_champion_learns_nothing_of_a_hidden_round_by_withdrawing(db, clock, laid, answered):
    convener, [champion, other, _] = laid
    proposal_id = builders.a_proposal(db, clock, champion)
    this = builders.a_round(db, clock, convener, proposal_id=proposal_id, results=Results.HIDDEN)
    if answered:
        builders.a_ballot(db, clock, other, this, "object")
    with pytest.raises(BallotsStand):
        gone(db, clock, champion, this)
    gone(db, clock, champion, this, reason=WHY, tell=True)


def test_a_decision_stays_though_somebody_would_be_told(db, clock, laid):
    convener, delegates = laid
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    for one in delegates:
        builders.a_ballot(db, clock, one, this, "support")
    clock.hour = this.closes_at
    with pytest.raises(ProposalFixed):
        gone(db, clock, convener, this, reason=WHY, tell=True)


def test_a_scheduled_round_goes_with_its_proposal(db, clock, laid):
    convener, _ = laid
    this = builders.a_round(db, clock, convener, opens_at=clock() + timedelta(days=2), days=20)
    with pytest.raises(RoundAlreadyOpen):
        gone(db, clock, convener, this, reason=WHY)
    gone(db, clock, convener, this, reason=WHY, tell=True)
    assert now_is(db, this).status(clock()) is Status.CANCELLED
    assert verify(db).findings == ()


# --- scheduled, extended, never reopened ---


def test_a_scheduled_round_opens_by_the_clock_alone(db, clock, laid):
    convener, [us, *_] = laid
    opens = clock() + timedelta(days=2)
    this = builders.a_round(db, clock, convener, opens_at=opens, days=20)
    assert this.status(opens - timedelta(microseconds=1)) is Status.SCHEDULED
    clock.hour = opens
    assert builders.a_ballot(db, clock, us, this, "support").cast_at == opens


def test_the_rules_window_is_counted_from_a_scheduled_opening(db, clock, laid):
    convener, _ = laid
    with pytest.raises(WindowTooShort):
        builders.a_round(db, clock, convener, opens_at=clock() + timedelta(days=2), days=15)


@given(st.integers(-400, 400))
def test_no_extension_is_ever_shorter_than_the_rules_window(hours):
    closes_at = FIRST.closes_at + timedelta(hours=hours)
    try:
        require_extension(FIRST, closes_at, now=FIRST.opens_at)
    except ExtensionShortens:
        assert hours <= 0
    else:
        assert closes_at - FIRST.opens_at > FIRST.first_closes_at - FIRST.opens_at


def test_a_round_that_ended_never_opens_again_and_another_one_does(db, clock, laid):
    convener, [us, *_] = laid
    this = builders.a_round(db, clock, convener, rule=builders.QUICK, days=1)
    clock.hour = this.closes_at
    for deed in (
        lambda: rounds.extend_round(
            db, clock, actor=convener, round_id=this.id, closes_at=clock() + timedelta(1),
            reason="More time",
        ),
        lambda: rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="No"),
        lambda: builders.a_ballot(db, clock, us, this, "support"),
    ):  # fmt: skip
        with pytest.raises(RoundClosed):
            deed()
    again = builders.a_round(db, clock, convener, proposal_id=this.proposal_id)
    assert (again.id, again.status(clock())) == (this.id + 1, Status.OPEN)
    assert now_is(db, this).closes_at == this.closes_at


# --- what follows what ---


def followed(db, person, *rounds_of):
    *earlier, this = rounds_of
    return sequels.follows(db, actor=person, this=this, earlier=earlier)


def test_the_second_round_over_an_objection_is_told_and_may_adopt_over_it(db, clock, laid):
    convener, [us, *others] = laid
    first = builders.a_round(db, clock, convener)
    given_ = [(us, "object"), *((one, "support") for one in others)]
    for person, stance in given_:
        builders.a_ballot(db, clock, person, first, stance)
    clock.hour = first.closes_at
    found = standings.standing(db, actor=us, now=clock(), round_id=first.id)
    assert found.verdict.outcome is Outcome.RECIRCULATE
    second = builders.a_round(db, clock, convener, proposal_id=first.proposal_id)
    assert followed(db, us, first) is None
    assert followed(db, us, first, second) is Succession.SECOND_ROUND
    for person, stance in given_:
        builders.a_ballot(db, clock, person, second, stance)
    clock.hour = second.closes_at
    found = standings.standing(db, actor=us, now=clock(), round_id=second.id)
    assert found.verdict.outcome is Outcome.ADOPTED


def test_a_fallback_follows_a_round_without_a_quorum(db, clock, laid):
    convener, [us, *_] = laid
    first = builders.a_round(db, clock, convener, rule=builders.QUICK, days=1)
    clock.hour = first.closes_at
    second = builders.a_round(db, clock, convener, proposal_id=first.proposal_id)
    assert followed(db, us, first, second) is Succession.FALLBACK
