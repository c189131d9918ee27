"""What a day at the table puts first."""

from datetime import datetime, timedelta

from coalition.domain.deliberation.rounds import Round

AT_MOST = 5  # things that wait, on Today
NEWS = timedelta(days=14)  # how long a result is news
SOON = timedelta(hours=72)  # a convener is told so long before a close


def closes_soon(this: Round, now: datetime) -> bool:
    """Say whether an open round closes within ``SOON``."""
    return this.closes_at - now <= SOON


def is_quiet(this: Round, answered: int, now: datetime) -> bool:
    """Say whether half the window has passed and fewer than half have answered."""
    has_passed_half = (now - this.opens_at) * 2 >= this.closes_at - this.opens_at
    return has_passed_half and answered * 2 < this.roll_size
