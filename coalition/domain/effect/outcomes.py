"""Outcome statements: what followed from a round, and the day on which to look again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from coalition.domain.deliberation.rounds import Round, RoundId, Status
from coalition.domain.ground.errors import Invalid, RuleBroken
from coalition.domain.ground.moments import zone

OutcomeId = NewType("OutcomeId", int)


class OutcomeTooEarly(RuleBroken):
    """The round has not closed, or was cancelled: nothing can have followed from it."""

    code = "outcome.too_early"


class ReviewPast(Invalid):
    """A review is set for a day that has come already."""

    code = "outcome.review_past"


@dataclass(frozen=True, slots=True)
class OutcomeStatement:
    """What a convener says has followed; the one with the highest number is current.

    Args:
        review_on: The day, on the table's calendar, to look again; None for no review.
    """

    id: OutcomeId
    round_id: RoundId
    number: int
    words: str
    review_on: date | None
    at: datetime


def today(now: datetime, zone_name: str) -> date:
    """Return which day it is at the table."""
    return now.astimezone(zone(zone_name)).date()


def require_statable(this: Round, review_on: date | None, *, now: datetime, on: date) -> None:
    """Stop unless an outcome can be stated of this round with this review day.

    Args:
        on: The day at the table.

    Raises:
        OutcomeTooEarly: the round has not closed.
        ReviewPast: the day does not lie ahead.
    """
    if this.status(now) is not Status.CLOSED:
        raise OutcomeTooEarly
    if review_on is not None and review_on <= on:
        raise ReviewPast(field="review_on")
