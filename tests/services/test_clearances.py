"""In clearance: our board is reviewing, and we answer by a date."""

from datetime import timedelta

import pytest

from coalition.domain.deliberation.ballots import NotOnTheRoll, SeatMissing
from coalition.domain.deliberation.clearances import (
    AlreadyAnswered,
    DateAfterClose,
    DateInThePast,
    DateMissing,
)
from coalition.domain.deliberation.rounds import (
    NotEveryoneHeard,
    Results,
    RoundClosed,
    RoundNotOpen,
)
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.text import TextTooLong
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation import ballots, clearances, rounds, standings
from coalition.services.insight import calling, distance, waiting
from coalition.services.table import desk, today, trail
from coalition.store import schema
from coalition.store.deliberation import tallies
from tests import builders
from tests.services.test_tick import rows


@pytest.fixture
def laid(db):
    return builders.a_table(db)


@pytest.fixture
def this(db, clock, laid):
    return builders.a_round(db, clock, laid[0])


def marked(db, clock, delegate, this, *, days=3, note="Our board meets.", token=None, until=None):
    by = until or clock() + timedelta(days=days)
    return clearances.mark_clearance(
        db, clock, actor=delegate, round_id=this.id, until=by, note=note,
        token=token or f"review {clock()} {by} {note}",
    )  # fmt: skip


def seen(db, clock, person, this):
    roll = standings.participation(db, actor=person, now=clock(), round_id=this.id)
    return {one.organisation_id: one.clearance for one in roll if one.clearance}


def test_everybody_at_the_table_sees_until_when_an_organisation_reviews(db, clock, laid, this):
    convener, [us, other, _] = laid
    marked(db, clock, us, this)
    for person in (us, other, convener, builders.a_person(db, role=Role.OBSERVER)):
        [(who, found)] = seen(db, clock, person, this).items()
        assert who == us.seat.organisation_id
        assert (found.until, found.note) == (clock() + timedelta(days=3), "Our board meets.")


def test_it_counts_as_missing_in_every_number(db, clock, laid, this):
    convener, [us, other, _] = laid
    builders.a_ballot(db, clock, other, this, "support")

    def counted():
        found = standings.standing(db, actor=convener, now=clock(), round_id=this.id)
        with db.reading() as conn:
            return found.tally, found.verdict, found.answered, tallies.counts(conn, [this])

    before = counted()
    marked(db, clock, us, this)
    assert counted() == before
    assert before[0].missing == 2


def test_the_round_closes_at_its_time_and_the_organisation_is_simply_missing(db, clock, laid):
    convener, [us, *others] = laid
    this = builders.a_round(db, clock, convener, rule=builders.QUICK, days=2)
    for one in others:
        builders.a_ballot(db, clock, one, this, "support")
    marked(db, clock, us, this, until=this.closes_at)
    clock.hour = this.closes_at
    assert rounds.freeze_due(db, clock) == 1
    found = standings.standing(db, actor=us, now=clock(), round_id=this.id)
    assert found.tally.missing == 1
    assert seen(db, clock, us, this) == {}


def test_closing_early_still_waits_for_it(db, clock, laid):
    convener, [us, *others] = laid
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    for one in others:
        builders.a_ballot(db, clock, one, this, "support")
    marked(db, clock, us, this)
    with pytest.raises(NotEveryoneHeard):
        rounds.close_early(db, clock, actor=convener, round_id=this.id)


def test_it_ends_by_itself_at_its_date(db, clock, laid, this):
    us = laid[1][0]
    marked(db, clock, us, this, days=3)
    clock.move(days=3, microseconds=-1)
    assert seen(db, clock, us, this)
    clock.move(microseconds=1)
    assert seen(db, clock, us, this) == {}


@pytest.mark.parametrize("taken_back", [False, True])
def test_it_ends_with_a_ballot_and_stays_over_when_that_is_taken_back(
    db, clock, laid, this, taken_back
):
    us = laid[1][0]
    marked(db, clock, us, this)
    clock.move(hours=1)
    builders.a_ballot(db, clock, us, this, "support")
    if taken_back:
        ballots.withdraw_ballot(db, clock, actor=us, round_id=this.id, token="out")
    assert seen(db, clock, us, this) == {}


def test_it_ends_with_a_position_that_is_recorded(db, clock, laid, this):
    convener, [us, *_] = laid
    marked(db, clock, us, this)
    builders.a_recorded(db, clock, convener, this, us.seat.organisation_id, "abstain")
    assert seen(db, clock, us, this) == {}


def test_it_ends_when_the_round_is_cancelled(db, clock, laid, this):
    convener, [us, *_] = laid
    marked(db, clock, us, this)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="The bill fell.")
    assert seen(db, clock, us, this) == {}


def test_after_taking_a_ballot_back_one_may_review(db, clock, laid, this):
    us = laid[1][0]
    builders.a_ballot(db, clock, us, this, "support")
    ballots.withdraw_ballot(db, clock, actor=us, round_id=this.id, token="out")
    marked(db, clock, us, this)
    assert seen(db, clock, us, this)


def test_it_can_be_moved_and_ended_and_every_word_of_it_stays_in_its_row(db, clock, laid, this):
    us = laid[1][0]
    marked(db, clock, us, this, days=3)
    marked(db, clock, us, this, days=5, note="")
    [found] = seen(db, clock, us, this).values()
    assert found.until == clock() + timedelta(days=5)
    for _ in range(2):
        clearances.end_clearance(db, clock, actor=us, round_id=this.id)
    assert seen(db, clock, us, this) == {}
    assert len(rows(db, schema.clearance)) == 3


def test_a_double_click_marks_once(db, clock, laid, this):
    for _ in range(2):
        marked(db, clock, laid[1][0], this, token="one")
    assert len(rows(db, schema.clearance)) == 1


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        (timedelta(0), DateInThePast),
        (timedelta(days=-1), DateInThePast),
        (timedelta(days=15, microseconds=1), DateAfterClose),
    ],
)
def test_the_date_lies_in_the_future_and_not_after_the_close(db, clock, laid, this, until, refusal):
    with pytest.raises(refusal):
        marked(db, clock, laid[1][0], this, until=clock() + until)
    assert rows(db, schema.clearance) == []


def test_it_needs_a_date_and_a_note_of_one_line(db, clock, laid, this):
    us = laid[1][0]
    with pytest.raises(DateMissing):
        clearances.mark_clearance(
            db, clock, actor=us, round_id=this.id, until=None, note="", token="t"
        )
    with pytest.raises(TextTooLong):
        marked(db, clock, us, this, note="x" * 100_000)
    marked(db, clock, us, this, until=this.closes_at)


def test_who_has_answered_has_nothing_to_review(db, clock, laid, this):
    us = laid[1][0]
    builders.a_ballot(db, clock, us, this, "abstain")
    with pytest.raises(AlreadyAnswered):
        marked(db, clock, us, this)


def test_only_a_seat_on_the_roll_of_an_open_round_reviews(db, clock, laid, this):
    convener, [us, *_] = laid
    with pytest.raises(SeatMissing):
        marked(db, clock, builders.a_person(db), this)
    with pytest.raises(NotOnTheRoll):
        marked(db, clock, builders.a_delegate(db), this)
    later = builders.a_round(db, clock, convener, opens_at=clock() + timedelta(days=2), days=20)
    with pytest.raises(RoundNotOpen):
        marked(db, clock, us, later, days=4)
    clock.hour = this.closes_at
    with pytest.raises(RoundClosed):
        marked(db, clock, us, this)
    with pytest.raises(RoundClosed):
        clearances.end_clearance(db, clock, actor=us, round_id=this.id)


def test_another_organisation_ends_nothing_of_ours(db, clock, laid, this):
    _, [us, other, _] = laid
    marked(db, clock, us, this)
    clearances.end_clearance(db, clock, actor=other, round_id=this.id)
    assert len(seen(db, clock, us, this)) == 1


def test_the_board_names_it_and_asks_nobody_to_call_it(db, clock, laid, this):
    convener, [us, *_] = laid
    marked(db, clock, us, this)
    found = distance.distances(db, actor=convener, now=clock(), wish=Wish())
    [line] = found.lines
    assert list(line.reviewing) == [us.seat.organisation]
    unheard = calling.calls(db, actor=convener, now=clock(), rounds=[this.id])[this.id].unheard
    assert us.seat.organisation not in unheard
    assert (len(unheard), line.calls) == (2, 2)
    assert found.figures.unheard == 3
    quiet = waiting.waiting(db, actor=convener, now=clock(), wish=Wish())
    waits = {one.organisation: (one.waiting, one.reviewing) for one in quiet}
    assert waits[us.seat.organisation] == (1, 1)
    assert quiet[-1].organisation == us.seat.organisation
    clock.move(days=3)
    unheard = calling.calls(db, actor=convener, now=clock(), rounds=[this.id])[this.id].unheard
    assert us.seat.organisation in unheard


def test_the_desk_counts_it_and_today_reminds_its_people_of_the_date(db, clock, laid):
    convener, [us, *_] = laid
    builders.a_round(db, clock, convener, rule=builders.QUICK, days=2)
    [this] = today.today(db, actor=us, now=clock()).waiting
    marked(db, clock, us, this.round, days=2)
    clock.move(days=1)
    found = desk.desk(db, actor=convener, now=clock())
    assert [line.reviewing for line in found.quiet.lines] == [1]
    [task] = today.today(db, actor=us, now=clock()).waiting
    assert task.clearance.note == "Our board meets."


def test_in_a_hidden_round_it_shows_to_its_own_and_to_who_may_know_who_answered(db, clock, laid):
    convener, [us, other, _] = laid
    this = builders.a_round(db, clock, convener, results=Results.HIDDEN)
    marked(db, clock, us, this)
    assert seen(db, clock, us, this)
    assert seen(db, clock, convener, this)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    for person in (other, administrator, builders.a_person(db, role=Role.OBSERVER)):
        assert seen(db, clock, person, this) == {}
    entries = trail.trail(db, actor=administrator, now=clock()).entries
    [entry] = [one for one in entries if one.action == "clearance.marked"]
    assert (entry.actor, entry.subject, entry.detail) == ("", "", {})


def test_reviews_are_found_in_one_question_however_many(db, clock, laid, queries):
    convener, delegates = laid
    this = builders.a_round(db, clock, convener)

    def asked():
        with queries(db) as said:
            distance.distances(db, actor=convener, now=clock(), wish=Wish())
            standings.participation(db, actor=convener, now=clock(), round_id=this.id)
        return len(said)

    marked(db, clock, delegates[0], this)
    few = asked()
    for one in delegates[1:]:
        marked(db, clock, one, this)
    assert asked() == few
