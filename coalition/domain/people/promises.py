"""The promise of an answer, measured: how long the first one took, and how many kept it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from statistics import median

from coalition.domain.ground.moments import zone

YEAR = timedelta(days=365)
ENOUGH = 5  # answered inquiries; of fewer a figure would say nothing, or tell of one of them
_FRIDAY = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """When an inquiry came, was due, was first answered and closed."""

    created_at: datetime
    due_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None

    def is_broken(self, now: datetime) -> bool:
        """Say whether its day passed without an answer while it was open."""
        ends = min(now, self.answered_at or now, self.closed_at or now)
        return ends >= self.due_at and (self.answered_at is None or self.answered_at > self.due_at)

    @property
    def is_kept(self) -> bool:
        """Say whether it was answered by its day."""
        return self.answered_at is not None and self.answered_at <= self.due_at


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of the promise within a year.

    Args:
        answered: How many were answered at all.
        typical: Median of the working time to the first answer.
        kept: How many were answered in time.
        promised: How many were answered, or are late; the others still have time, or
            were closed or withdrawn before their day.
    """

    answered: int
    typical: timedelta
    kept: int
    promised: int

    @property
    def share(self) -> int:
        """Return the share in time in whole hundredths, rounded down: never told too well."""
        return self.kept * 100 // self.promised


def measure(waits: Sequence[Wait], now: datetime, zone_name: str) -> Measured | None:
    """Return what came of the promise, or None where too few were answered."""
    answered = [wait for wait in waits if wait.answered_at is not None]
    if len(answered) < ENOUGH:
        return None
    spans = [working_time(wait.created_at, wait.answered_at or now, zone_name) for wait in answered]
    kept = sum(wait.is_kept for wait in waits)
    promised = kept + sum(wait.is_broken(now) for wait in waits)
    typical = timedelta(seconds=median(span.total_seconds() for span in spans))
    return Measured(len(answered), typical, kept, promised)


def working_time(start: datetime, end: datetime, zone_name: str) -> timedelta:
    """Return the time between two instants that lies on Monday to Friday in a zone."""
    here = zone(zone_name)
    day = start.astimezone(here).date()
    last = end.astimezone(here).date()
    total = timedelta()
    while day <= last:
        if day.weekday() <= _FRIDAY:
            dawn = datetime.combine(day, time(), here).astimezone(UTC)
            dusk = datetime.combine(day + _DAY, time(), here).astimezone(UTC)
            total += max(min(end, dusk) - max(start, dawn), timedelta())
        day += _DAY
    return total
