"""Today: what waits, in the order of its deadlines, and never more than one may see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import Role, SignInNeeded
from coalition.services.deliberation import ballots, rounds
from coalition.services.table.today import Waits, today
from tests import builders


@pytest.fixture
def laid(db):
    return builders.a_table(db)


def titles(tasks):
    return [task.proposal.text.title for task in tasks]


def a_titled_round(db, clock, convener, title, **plan):
    proposal_id = builders.a_proposal(db, clock, convener, title=title)
    return builders.a_round(db, clock, convener, proposal_id=proposal_id, **plan)


def test_nobody_has_a_day_without_signing_in(db, clock):
    with pytest.raises(SignInNeeded):
        today(db, actor=None, now=clock())


def test_rounds_without_our_answer_wait_soonest_first(db, clock, laid):
    convener, (delegate, *_) = laid
    a_titled_round(db, clock, convener, "Later", days=20)
    a_titled_round(db, clock, convener, "Sooner", days=15)
    day = today(db, actor=delegate, now=clock())
    assert titles(day.waiting) == ["Sooner", "Later"]
    assert {task.waits_for for task in day.waiting} == {Waits.STANCE}
    assert day.reading == ()


def test_what_we_answered_waits_no_longer_and_waits_again_when_taken_back(db, clock, laid):
    convener, (delegate, other, *_) = laid
    this = a_titled_round(db, clock, convener, "One")
    builders.a_ballot(db, clock, delegate, this, "support")
    assert today(db, actor=delegate, now=clock()).waiting == ()
    assert titles(today(db, actor=other, now=clock()).waiting) == ["One"]
    ballots.withdraw_ballot(db, clock, actor=delegate, round_id=this.id, token="out")
    assert titles(today(db, actor=delegate, now=clock()).waiting) == ["One"]


def test_at_most_five_wait_and_the_rest_is_counted(db, clock, laid):
    convener, (delegate, *_) = laid
    for number in range(7):
        a_titled_round(db, clock, convener, f"Number {number}", days=15 + number)
    day = today(db, actor=delegate, now=clock())
    assert len(day.waiting) == 5
    assert day.waiting_total == 7


def test_a_round_we_are_not_on_the_roll_of_does_not_wait(db, clock, laid):
    convener, _ = laid
    a_titled_round(db, clock, convener, "Before us")
    newcomer = builders.a_delegate(db)
    assert today(db, actor=newcomer, now=clock()).waiting == ()


def test_neither_cancelled_nor_scheduled_rounds_wait(db, clock, laid):
    convener, (delegate, *_) = laid
    this = a_titled_round(db, clock, convener, "Cancelled")
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Wrong text")
    tomorrow = clock() + timedelta(days=1)
    a_titled_round(db, clock, convener, "Scheduled", opens_at=tomorrow, days=20)
    assert today(db, actor=delegate, now=clock()).waiting == ()


def test_our_draft_waits_with_what_it_lacks(db, clock, laid):
    _, (delegate, other, *_) = laid
    builders.a_proposal(db, clock, delegate, submitted=False, title="Ours", patient_line="")
    (task,) = today(db, actor=delegate, now=clock()).waiting
    assert (task.waits_for, task.proposal.text.title, task.missing) == (
        Waits.DRAFT,
        "Ours",
        "patient_line",
    )
    assert today(db, actor=other, now=clock()).waiting == ()


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_who_has_no_seat_has_a_reading_list(db, clock, laid, role):
    convener, _ = laid
    a_titled_round(db, clock, convener, "To read")
    day = today(db, actor=builders.a_person(db, role=role), now=clock())
    assert day.waiting == ()
    assert titles(day.reading) == ["To read"]


def test_a_result_is_news_for_fourteen_days(db, clock, laid):
    convener, (delegate, *_) = laid
    this = a_titled_round(db, clock, convener, "Decided", rule=builders.QUICK, days=2)
    builders.a_ballot(db, clock, delegate, this, "support")
    clock.move(days=2)
    (item,) = today(db, actor=delegate, now=clock()).news
    assert item.proposal.text.title == "Decided"
    assert item.standing.verdict is not None
    clock.move(days=14)
    assert len(today(db, actor=delegate, now=clock()).news) == 1
    clock.move(seconds=1)
    assert today(db, actor=delegate, now=clock()).news == ()


def test_no_news_of_a_cancelled_round(db, clock, laid):
    convener, (delegate, *_) = laid
    this = a_titled_round(db, clock, convener, "Cancelled", results=Results.HIDDEN)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Wrong text")
    assert today(db, actor=delegate, now=clock()).news == ()


def test_the_number_of_questions_does_not_grow_with_the_table(db, clock, laid, queries):
    convener, (delegate, *_) = laid
    a_titled_round(db, clock, convener, "One")
    builders.a_proposal(db, clock, delegate, submitted=False, title="Draft")
    with queries(db) as few:
        today(db, actor=delegate, now=clock())
    for number in range(6):
        a_titled_round(db, clock, convener, f"Number {number}")
        builders.a_proposal(db, clock, delegate, submitted=False, title=f"Draft {number}")
    with queries(db) as many:
        today(db, actor=delegate, now=clock())
    assert len(many) == len(few) <= 10


def test_a_person_who_left_their_seat_has_no_organisation_waiting(db, clock, laid):
    convener, (delegate, *_) = laid
    a_titled_round(db, clock, convener, "One")
    day = today(db, actor=replace(delegate, seat=None), now=clock())
    assert day.waiting == ()
