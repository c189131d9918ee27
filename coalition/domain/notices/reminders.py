"""When an organisation that has not answered is reminded of a close."""

from datetime import datetime, timedelta

BEFORE = (7, 3, 1)  # days before the close


def reminder(opens_at: datetime, closes_at: datetime, now: datetime) -> int | None:
    """Return which reminder is due at ``now``: the days before the close, or None.

    Only the latest that has come, so that a job that slept sends one and not three; and only
    those that come after the opening, which has told of itself.
    """
    if not now < closes_at:
        return None
    come = [n for n in BEFORE if opens_at < closes_at - timedelta(days=n) <= now]
    return min(come, default=None)
