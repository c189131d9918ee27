"""The desk: each queue holds what it says, and hidden stances are in none."""

import pytest

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import PermissionMissing, Role
from coalition.services.deliberation import rounds
from coalition.services.people import seats as seats_service
from coalition.services.table.desk import desk
from coalition.services.table.trail import PAGE, trail
from coalition.store.ground import audit
from tests import builders, learning
from tests.conftest import NOW
from tests.services.test_tick import an_inquiry
from tests.services.test_today import a_titled_round


@pytest.fixture
def laid(db):
    return builders.a_table(db, organisations=4)


def titles(queue):
    return [line.proposal.text.title for line in queue.lines]


def now_on(db, clock, convener):
    return desk(db, actor=convener, now=clock())


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_it_is_the_conveners_alone(db, clock, role):
    with pytest.raises(PermissionMissing):
        desk(db, actor=builders.a_person(db, role=role), now=clock())


def test_what_closes_within_three_days_is_closing(db, clock, laid):
    convener, _ = laid
    a_titled_round(db, clock, convener, "Soon", rule=builders.QUICK, days=3)
    a_titled_round(db, clock, convener, "Later", rule=builders.QUICK, days=3.1)
    assert titles(now_on(db, clock, convener).closing) == ["Soon"]


def test_half_the_window_with_few_answers_is_quiet(db, clock, laid):
    convener, delegates = laid
    quiet = a_titled_round(db, clock, convener, "Quiet", rule=builders.QUICK, days=10)
    lively = a_titled_round(db, clock, convener, "Lively", rule=builders.QUICK, days=10)
    builders.a_ballot(db, clock, delegates[0], quiet, "support")
    for delegate in delegates[:2]:
        builders.a_ballot(db, clock, delegate, lively, "support")
    clock.move(days=4)
    assert titles(now_on(db, clock, convener).quiet) == []
    clock.move(days=1)
    assert titles(now_on(db, clock, convener).quiet) == ["Quiet"]


def test_an_objection_is_told_where_it_may_be_seen_and_nowhere_else(db, clock, laid):
    convener, (delegate, *_) = laid
    shown = a_titled_round(db, clock, convener, "Shown")
    hidden = a_titled_round(db, clock, convener, "Hidden", results=Results.HIDDEN)
    for this in (shown, hidden):
        builders.a_ballot(db, clock, delegate, this, "object")
    seen = now_on(db, clock, convener)
    assert titles(seen.objections) == ["Shown"]
    hidden_lines = [
        line
        for queue in (seen.closing, seen.quiet, seen.objections)
        for line in queue.lines
        if line.standing.round.id == hidden.id
    ]
    assert all(line.standing.tally is None for line in hidden_lines)


def test_a_closed_result_lies_there_until_it_is_published(db, clock, laid):
    convener, (delegate, *_) = laid
    this = a_titled_round(db, clock, convener, "Decided", rule=builders.QUICK, days=2)
    builders.a_ballot(db, clock, delegate, this, "support")
    assert titles(now_on(db, clock, convener).unpublished) == []
    clock.move(days=2)
    assert titles(now_on(db, clock, convener).unpublished) == ["Decided"]
    rounds.publish(db, clock, actor=convener, round_id=this.id)
    assert titles(now_on(db, clock, convener).unpublished) == []


def test_temperature_checks_and_cancelled_rounds_are_not_to_be_published(db, clock, laid):
    convener, _ = laid
    a_titled_round(
        db, clock, convener, "Check", kind=RoundKind.TEMPERATURE, rule=None, preset="", days=2
    )
    this = a_titled_round(db, clock, convener, "Cancelled", rule=builders.QUICK, days=2)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Wrong text")
    clock.move(days=3)
    assert titles(now_on(db, clock, convener).unpublished) == []


def test_inquiries_lie_by_age_and_late_ones_are_counted(db, clock, laid):
    convener, _ = laid
    first = an_inquiry(db, clock, 1)
    clock.move(days=8)
    second = an_inquiry(db, clock, 2)
    seen = now_on(db, clock, convener)
    assert [one.id for one in seen.inquiries] == [first, second]
    assert (seen.inquiries_total, seen.inquiries_late) == (2, 1)


def test_a_voting_organisation_without_a_delegate_is_a_vacancy(db, clock, laid):
    convener, (delegate, *_) = laid
    assert now_on(db, clock, convener).vacancies == ()
    held = seats_service.seat_holders(
        db, actor=convener, organisation_id=delegate.seat.organisation_id, now=clock()
    ).holdings[0]
    seats_service.end_seat(db, clock, actor=convener, seat_id=held.id, token="end")
    clock.move(seconds=1)
    (vacancy,) = now_on(db, clock, convener).vacancies
    assert vacancy.organisation_id == delegate.seat.organisation_id


def test_a_lesson_waits_until_a_convener_publishes_it(db, clock, laid):
    convener, (delegate, *_) = laid
    first = learning.a_lesson(db, clock, delegate, title="First")
    learning.a_lesson(db, clock, convener, title="Second")
    assert [one.text.title for one in now_on(db, clock, convener).lessons] == ["Second", "First"]
    learning.published(db, clock, convener, first)
    found = now_on(db, clock, convener)
    assert ([one.text.title for one in found.lessons], found.lessons_total) == (["Second"], 1)


def test_a_long_queue_is_cut_and_counted(db, clock, laid):
    convener, _ = laid
    for number in range(12):
        a_titled_round(db, clock, convener, f"Number {number}", rule=builders.QUICK, days=1)
    closing = now_on(db, clock, convener).closing
    assert (len(closing.lines), closing.total) == (10, 12)


def test_the_number_of_questions_does_not_grow_with_the_table(db, clock, laid, queries):
    convener, _ = laid
    a_titled_round(db, clock, convener, "One", rule=builders.QUICK, days=1)
    with queries(db) as few:
        now_on(db, clock, convener)
    for number in range(6):
        a_titled_round(db, clock, convener, f"Number {number}", rule=builders.QUICK, days=1)
    with queries(db) as many:
        now_on(db, clock, convener)
    assert len(many) == len(few) <= 16


def test_the_trail_is_the_administrators_alone(db, clock, laid):
    with pytest.raises(PermissionMissing):
        trail(db, actor=laid[0], now=clock())


def test_the_trail_turns_page_by_page_from_the_newest(db, clock):
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR, name="Ada Admin")
    with db.writing() as conn:
        for number in range(PAGE + 5):
            audit.append(conn, administrator.label, "table.swept", f"table:{number}", at=NOW)
    first = trail(db, actor=administrator, now=clock())
    assert len(first.entries) == PAGE
    assert first.entries[0].seq == first.head.seq == PAGE + 5
    assert first.names == {administrator.label: "Ada Admin"}
    second = trail(db, actor=administrator, now=clock(), before=first.older)
    assert [entry.seq for entry in second.entries] == [5, 4, 3, 2, 1]
    assert second.older == 0


def test_the_trail_is_narrowed_by_action_and_subject(db, clock, laid):
    convener, (delegate, *_) = laid
    this = a_titled_round(db, clock, convener, "One")
    builders.a_ballot(db, clock, delegate, this, "support")
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    cast = trail(db, actor=administrator, now=clock(), action="ballot.cast")
    assert [entry.subject for entry in cast.entries] == [f"round:{this.id}"]
    about = trail(db, actor=administrator, now=clock(), subject=f"round:{this.id}")
    assert [entry.action for entry in about.entries] == ["ballot.cast", "round.opened"]
