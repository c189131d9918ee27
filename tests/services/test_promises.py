"""The promise of an answer, measured."""

from datetime import UTC, datetime, timedelta

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.promises import Wait, working_time
from coalition.services.people import asking, inquiries, promises
from tests.builders import a_person
from tests.conftest import NOW
from tests.joining import sent

MONDAY = datetime(2026, 11, 2, 14, tzinfo=UTC)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


def answered(db, clock, convener, *days):
    """Send an inquiry for each number of days and answer it after so many."""
    for number, after in enumerate(days):
        clock.hour = MONDAY
        inquiry_id, _ = sent(db, clock, email=f"sender{number}-{after}@a{number}.example")
        clock.move(days=after)
        inquiries.answer(
            db,
            clock,
            actor=convener,
            inquiry_id=inquiry_id,
            words="Yes.",
            token=f"answer {number} {after}",
        )
        clock.move(days=40)  # so that one source is not stopped


def test_nothing_is_told_of_fewer_than_five_answers(db, clock, convener):
    answered(db, clock, convener, 1, 1, 1, 1)

    assert promises.measured(db, now=clock()) is None


def test_the_median_working_time_and_the_share_in_time(db, clock, convener):
    answered(db, clock, convener, 1, 1, 2, 3, 30)

    told = promises.measured(db, now=MONDAY + timedelta(days=60))

    assert (told.answered, told.typical, told.kept, told.promised) == (5, timedelta(days=2), 4, 5)
    assert told.share == 80


def test_one_still_unanswered_past_its_day_counts_as_late_and_one_with_time_left_not_at_all(
    db, clock, convener
):
    answered(db, clock, convener, 1, 1, 1, 1, 1)
    clock.hour = MONDAY
    sent(db, clock, email="late@late.example")
    _, receipt = sent(db, clock, email="gone@gone.example")
    asking.withdraw_inquiry(db, clock, receipt=receipt, email="gone@gone.example", token="w")

    soon = promises.measured(db, now=MONDAY + timedelta(days=2))
    later = promises.measured(db, now=MONDAY + timedelta(days=20))

    assert (soon.kept, soon.promised) == (5, 5)
    assert (later.kept, later.promised, later.share) == (5, 6, 83)


def test_what_came_more_than_a_year_ago_is_told_no_more(db, clock, convener):
    answered(db, clock, convener, 1, 1, 1, 1, 1)

    assert promises.measured(db, now=MONDAY + timedelta(days=365)).answered == 5
    assert promises.measured(db, now=MONDAY + timedelta(days=366)) is None


@pytest.mark.parametrize(
    ("start", "span", "worked"),
    [
        (MONDAY, timedelta(hours=3), timedelta(hours=3)),
        (datetime(2026, 11, 6, 22, tzinfo=UTC), timedelta(days=3), timedelta(days=1)),
        (datetime(2026, 11, 7, 15, tzinfo=UTC), timedelta(hours=5), timedelta()),
        (MONDAY, timedelta(days=14), timedelta(days=10)),
        (MONDAY, timedelta(hours=-1), timedelta()),  # a clock that stepped back
    ],
)
def test_weekends_are_no_working_time(start, span, worked):
    assert working_time(start, start + span, "America/New_York") == worked


def test_one_closed_without_an_answer_before_its_day_breaks_nothing():
    wait = Wait(NOW, NOW + timedelta(days=5), None, NOW + timedelta(days=1))

    assert not wait.is_broken(NOW + timedelta(days=9))
    assert Wait(NOW, NOW + timedelta(days=5), None, None).is_broken(NOW + timedelta(days=5))
