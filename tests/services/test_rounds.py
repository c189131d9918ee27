from datetime import UTC, date, datetime, time, timedelta

import pytest

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.plans import (
    ClosesBeforeOpening,
    ClosesInThePast,
    RollEmpty,
    RuleMissing,
    UrgencyUnexplained,
    WindowTooShort,
)
from coalition.domain.deliberation.proposals import ProposalFixed
from coalition.domain.deliberation.rounds import (
    Ending,
    ExtensionShortens,
    NotDecidedYet,
    NotEveryoneHeard,
    Results,
    RoundAlreadyOpen,
    RoundClosed,
    RoundKind,
    Status,
    Terms,
    WindowStillRunning,
)
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.moments import HourSkipped, HourTwice, from_wall
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.text import TextMissing
from coalition.services.deliberation import rounds, standings
from coalition.store.deliberation import rounds as store
from coalition.store.deliberation import verdicts
from coalition.store.faults import HistoryKept
from coalition.store.schema import organisation, round_extension
from tests.builders import (
    CONSENSUS,
    QUICK,
    a_ballot,
    a_delegate,
    a_person,
    a_plan,
    a_proposal,
    a_round,
    a_table,
)


@pytest.fixture
def table(db):
    return a_table(db)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def delegates(table):
    return table[1]


def now_of(db, this):
    with db.reading() as conn:
        return store.get(conn, this.id)


def frozen(db, this):
    with db.reading() as conn:
        return verdicts.verdicts(conn, [this.id]).get(this.id)


def test_opening_freezes_roll_rule_text_and_deadline(db, clock, convener, delegates):
    this = a_round(db, clock, convener)
    latecomer = a_delegate(db)

    with db.reading() as conn:
        roll = store.roll(conn, this.id)
    assert this.roll_size == len(roll) == 3
    assert latecomer.seat.organisation_id not in roll
    assert this.rule == CONSENSUS
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.exec_driver_sql("UPDATE consensus_round SET rule = '{}'")
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.exec_driver_sql("UPDATE consensus_round SET first_closes_at = opens_at")


def test_only_organisations_that_vote_and_are_active_are_on_the_roll(
    db, clock, convener, delegates
):
    paused, silent = delegates[0], delegates[1]
    with db.writing() as conn:
        for one, change in ((paused, {"status": "paused"}), (silent, {"votes": False})):
            conn.execute(
                organisation.update()
                .where(organisation.c.id == one.seat.organisation_id)
                .values(change)
            )

    this = a_round(db, clock, convener)

    with db.reading() as conn:
        assert list(store.roll(conn, this.id)) == [delegates[2].seat.organisation_id]


def test_a_round_with_an_empty_roll_does_not_open(db, clock):
    convener = a_person(db, role=Role.CONVENER)

    with pytest.raises(RollEmpty):
        a_round(db, clock, convener)


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        ({"days": 0}, ClosesInThePast),
        ({"days": -1}, ClosesInThePast),
        ({"days": 13}, WindowTooShort),
        ({"rule": None}, RuleMissing),
        ({"preset": "rapid_response"}, UrgencyUnexplained),
    ],
)
def test_a_plan_that_cannot_stand_opens_nothing(db, clock, convener, delegates, plan, refusal):
    with pytest.raises(refusal):
        a_round(db, clock, convener, **plan)


def test_the_window_is_met_to_the_second(db, clock, convener, delegates):
    assert a_round(db, clock, convener, days=14).id


def test_a_close_before_the_opening_is_refused(db, clock, convener, delegates):
    with pytest.raises(ClosesBeforeOpening):
        a_round(db, clock, convener, opens_at=clock() + timedelta(days=20), days=15)


def test_an_opening_in_the_past_counts_from_now(db, clock, convener, delegates):
    this = a_round(db, clock, convener, opens_at=clock() - timedelta(days=30), rule=QUICK)

    assert this.opens_at == clock()


def test_an_urgent_round_opens_with_its_reason(db, clock, convener, delegates):
    terms = Terms(urgency="The comment period ends on Friday.")

    assert a_round(db, clock, convener, preset="rapid_response", terms=terms).terms == terms


def test_a_second_round_waits_for_the_first(db, clock, convener, delegates):
    this = a_round(db, clock, convener)

    with pytest.raises(RoundAlreadyOpen):
        a_round(db, clock, convener, proposal_id=this.proposal_id)


def test_a_draft_is_not_put_to_the_table(db, clock, convener, delegates):
    draft = a_proposal(db, clock, convener, submitted=False)

    with pytest.raises(ProposalFixed):
        a_round(db, clock, convener, proposal_id=draft)


def test_opening_twice_with_one_form_opens_once(db, clock, convener, delegates):
    proposal_id = a_proposal(db, clock, convener)
    opened = {
        rounds.open_round(
            db, clock, actor=convener, proposal_id=proposal_id, plan=a_plan(clock), token="one"
        )
        for _ in range(2)
    }

    assert len(opened) == 1


def test_a_round_closes_by_its_deadline_though_no_job_ran(db, clock, convener, delegates):
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "support")
    clock.hour = this.closes_at

    seen = standings.standing(db, actor=delegates[0], now=clock(), round_id=this.id)

    assert (seen.status, seen.frozen) == (Status.CLOSED, False)
    assert seen.verdict.outcome is Outcome.ADOPTED


def test_freezing_keeps_the_verdict_with_its_tally_once(db, clock, convener, delegates):
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "support")
    clock.hour = this.closes_at

    assert rounds.freeze_due(db, clock) == 1
    assert rounds.freeze_due(db, clock) == 0
    kept = frozen(db, this)
    assert kept.verdict.outcome is Outcome.ADOPTED
    assert kept.tally.counts[Stance.SUPPORT] == 3
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.exec_driver_sql("UPDATE verdict SET outcome = 'blocked'")


def test_an_open_round_has_nothing_to_freeze(db, clock, convener, delegates):
    a_round(db, clock, convener)

    assert rounds.freeze_due(db, clock) == 0


def test_an_extension_moves_the_close_and_keeps_the_first(db, clock, convener, delegates):
    this = a_round(db, clock, convener)
    later = this.closes_at + timedelta(days=2)
    for _ in range(2):  # a double click
        rounds.extend_round(
            db, clock, actor=convener, round_id=this.id, closes_at=later, reason="Two are away."
        )

    moved = now_of(db, this)
    assert (moved.first_closes_at, moved.closes_at) == (this.closes_at, later)
    with db.reading() as conn:
        assert [one.reason for one in conn.execute(round_extension.select())] == ["Two are away."]
    clock.hour = this.closes_at
    assert a_ballot(db, clock, delegates[0], this, "support").id


@pytest.mark.parametrize(
    ("days", "reason", "refusal"),
    [(0, "Two.", ExtensionShortens), (-1, "Two.", ExtensionShortens), (1, " ", TextMissing)],
)
def test_an_extension_needs_a_later_close_and_a_reason(
    db, clock, convener, delegates, days, reason, refusal
):
    this = a_round(db, clock, convener)
    clock.move(hours=1)

    with pytest.raises(refusal):
        rounds.extend_round(
            db,
            clock,
            actor=convener,
            round_id=this.id,
            closes_at=this.closes_at + timedelta(days=days) - timedelta(minutes=days == 0),
            reason=reason,
        )

    assert now_of(db, this).closes_at == this.closes_at


def test_what_has_closed_is_not_opened_again(db, clock, convener, delegates):
    this = a_round(db, clock, convener)
    clock.hour = this.closes_at

    with pytest.raises(RoundClosed):
        rounds.extend_round(
            db,
            clock,
            actor=convener,
            round_id=this.id,
            closes_at=this.closes_at + timedelta(days=1),
            reason="We forgot.",
        )


def test_a_cancelled_round_has_no_verdict_and_takes_no_ballot(db, clock, convener, delegates):
    this = a_round(db, clock, convener)
    for _ in range(2):
        rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Wrong text.")

    ended = now_of(db, this)
    assert (ended.ending, ended.ending_reason) == (Ending.CANCELLED, "Wrong text.")
    with pytest.raises(RoundClosed):
        a_ballot(db, clock, delegates[0], this, "support")
    clock.hour = this.first_closes_at
    assert rounds.freeze_due(db, clock) == 0
    seen = standings.standing(db, actor=convener, now=clock(), round_id=this.id)
    assert seen.verdict is None
    with pytest.raises(NotDecidedYet):
        rounds.publish(db, clock, actor=convener, round_id=this.id)


def test_closing_early_needs_the_window_and_everyone(db, clock, convener, delegates):
    this = a_round(db, clock, convener, days=30)
    with pytest.raises(WindowStillRunning):
        rounds.close_early(db, clock, actor=convener, round_id=this.id)
    clock.move(days=14)
    for delegate in delegates[:2]:
        a_ballot(db, clock, delegate, this, "support")
    with pytest.raises(NotEveryoneHeard):
        rounds.close_early(db, clock, actor=convener, round_id=this.id)
    a_ballot(db, clock, delegates[2], this, "recused")

    kept = rounds.close_early(db, clock, actor=convener, round_id=this.id)

    assert kept.verdict.outcome is Outcome.ADOPTED
    assert now_of(db, this).closes_at == clock()
    with pytest.raises(RoundClosed):
        a_ballot(db, clock, delegates[0], this, "object")


def test_the_public_reads_a_result_only_once_it_is_published(db, clock, convener, delegates):
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate, stance in zip(delegates, ("support", "abstain", "recused"), strict=True):
        a_ballot(db, clock, delegate, this, stance)
    clock.hour = this.closes_at
    assert standings.position(db, now=clock(), round_id=this.id) is None
    for _ in range(2):
        rounds.publish(db, clock, actor=convener, round_id=this.id)

    [position] = standings.positions(db, now=clock())
    assert position.verdict.outcome is Outcome.ADOPTED
    assert position.supporters == (delegates[0].seat.organisation,)
    assert standings.position(db, now=clock(), round_id=this.id) == position


def test_publishing_waits_for_the_close(db, clock, convener, delegates):
    this = a_round(db, clock, convener)

    with pytest.raises(NotDecidedYet):
        rounds.publish(db, clock, actor=convener, round_id=this.id)


def test_an_adopted_text_is_not_put_to_a_second_binding_round(db, clock, convener, delegates):
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "support")
    clock.hour = this.closes_at

    with pytest.raises(ProposalFixed):
        a_round(db, clock, convener, proposal_id=this.proposal_id)
    letter = a_round(
        db, clock, convener, proposal_id=this.proposal_id, kind=RoundKind.SIGN_ON, rule=None
    )
    assert letter.kind is RoundKind.SIGN_ON


def test_an_objection_sends_the_text_round_and_the_second_time_two_thirds_adopt_over_it(
    db, clock, convener, delegates
):
    outcomes = []
    proposal_id = a_proposal(db, clock, convener)
    for _ in range(2):
        this = a_round(db, clock, convener, proposal_id=proposal_id)
        for delegate, stance in zip(delegates, ("support", "support", "object"), strict=True):
            a_ballot(db, clock, delegate, this, stance)
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)
        outcomes.append(frozen(db, this).verdict.outcome)

    assert outcomes == [Outcome.RECIRCULATE, Outcome.ADOPTED]


@pytest.mark.parametrize("kind", [RoundKind.TEMPERATURE, RoundKind.SIGN_ON])
def test_other_kinds_get_a_tally_and_no_verdict(db, clock, convener, delegates, kind):
    this = a_round(db, clock, convener, kind=kind, rule=None)
    a_ballot(db, clock, delegates[0], this, "support")
    clock.hour = this.closes_at

    assert rounds.freeze_due(db, clock) == 0
    seen = standings.standing(db, actor=convener, now=clock(), round_id=this.id)
    assert seen.verdict is None
    assert seen.tally.counts[Stance.SUPPORT] == 1


def test_hidden_results_show_a_member_nothing_and_a_convener_only_who_answered(
    db, clock, convener, delegates
):
    one, other, _ = delegates
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    a_ballot(db, clock, one, this, "object")

    def seen(person):
        return standings.standing(db, actor=person, now=clock(), round_id=this.id)

    def roll(person):
        given = standings.participation(db, actor=person, now=clock(), round_id=this.id)
        return {each.organisation_id: (each.answered, each.stance) for each in given}

    assert (seen(other).tally, seen(other).verdict, seen(other).answered) == (None, None, None)
    assert set(roll(other).values()) == {(None, None), (False, None)}
    assert seen(one).own_stance is Stance.OBJECT
    assert roll(one)[one.seat.organisation_id] == (True, Stance.OBJECT)
    assert (seen(convener).tally, seen(convener).verdict) == (None, None)
    assert seen(convener).answered == 1
    assert roll(convener)[one.seat.organisation_id] == (True, None)
    clock.hour = this.closes_at
    assert seen(other).tally.counts[Stance.OBJECT] == 1


def test_a_deadline_on_a_daylight_saving_night_is_named_or_refused():
    eastern = "America/New_York"
    assert from_wall(date(2026, 11, 1), time(17), eastern) == datetime(2026, 11, 1, 22, tzinfo=UTC)
    with pytest.raises(HourTwice):
        from_wall(date(2026, 11, 1), time(1, 30), eastern)
    with pytest.raises(HourSkipped):
        from_wall(date(2026, 3, 8), time(2, 30), eastern)


def test_fourteen_wall_days_over_the_spring_change_are_too_short(db, clock, convener, delegates):
    eastern = "America/New_York"
    clock.hour = from_wall(date(2027, 3, 7), time(17), eastern)
    closes = from_wall(date(2027, 3, 21), time(17), eastern)

    with pytest.raises(WindowTooShort):
        a_round(db, clock, convener, closes_at=closes)
