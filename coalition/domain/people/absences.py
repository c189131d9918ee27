"""A delegate or alternate is away: from one day to another, and it ends by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NewType

from coalition.domain.ground.errors import Conflict, Invalid, NotFound
from coalition.domain.ground.moments import from_wall
from coalition.domain.ground.permissions import AccountId

AbsenceId = NewType("AbsenceId", int)
LONGEST = timedelta(days=366)  # who is away for longer gives the place to somebody else


class AbsenceEndMissing(Invalid):
    """An absence without an end would never end."""

    code = "absence.end_missing"


class AbsenceDates(Invalid):
    """The last day comes before the first, the first is past, or it lasts longer than a year."""

    code = "absence.dates"


class AbsenceOverlaps(Conflict):
    """The person said already that they are away in that time."""

    code = "absence.overlaps"


class AbsenceNotFound(NotFound):
    """None of this person's absences that are not over has this number."""

    code = "absence.not_found"


@dataclass(frozen=True, slots=True)
class Absence:
    """From ``from_at`` until just before ``until_at``.

    Args:
        name: Whose it is.
    """

    id: AbsenceId
    account_id: AccountId
    name: str
    from_at: datetime
    until_at: datetime

    def holds(self, at: datetime) -> bool:
        """Say whether the person is away at this instant."""
        return self.from_at <= at < self.until_at


def window(
    from_on: date, until_on: date | None, *, zone_name: str, now: datetime
) -> tuple[datetime, datetime]:
    """Return the instants of an absence from a day through a day, on the table's clock.

    It begins at once where the first day has begun.

    Raises:
        AbsenceEndMissing, AbsenceDates.
    """
    if until_on is None:
        raise AbsenceEndMissing(field="until_on")
    first = from_wall(from_on, time(), zone_name)
    after = from_wall(until_on + timedelta(days=1), time(), zone_name)
    begins = max(first, now)
    if until_on < from_on or after <= now or after - begins > LONGEST:
        raise AbsenceDates(field="until_on")
    return begins, after


def require_free(before: Iterable[Absence], from_at: datetime, until_at: datetime) -> None:
    """Stop where a person is away already in that time.

    Raises:
        AbsenceOverlaps.
    """
    if any(one.from_at < until_at and from_at < one.until_at for one in before):
        raise AbsenceOverlaps(field="from_on")
