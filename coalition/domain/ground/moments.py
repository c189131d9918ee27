"""Instants and wall clocks: UTC inside, zones at the rim."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coalition.domain.ground.errors import Invalid

Clock = Callable[[], datetime]


class ZoneUnknown(Invalid):
    """No such time zone in the IANA database."""

    code = "moment.zone_unknown"


class HourSkipped(Invalid):
    """The wall clock jumps over this hour on a daylight-saving night."""

    code = "moment.skipped"


class HourTwice(Invalid):
    """The wall clock shows this hour twice on a daylight-saving night."""

    code = "moment.twice"


def zone(name: str) -> ZoneInfo:
    """Return the IANA zone ``name``.

    Raises:
        ZoneUnknown: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(field="zone", zone=name) from None


def from_wall(day: date, hour: time, zone_name: str) -> datetime:
    """Return the UTC instant of a wall-clock time in a zone.

    Raises:
        HourSkipped: the clock never shows it on that day (spring).
        HourTwice: the clock shows it twice (autumn); a deadline must not be
            ambiguous, so the caller chooses another hour.
    """
    here = zone(zone_name)
    early = datetime.combine(day, hour, here)
    late = early.replace(fold=1)
    if early.astimezone(UTC).astimezone(here).replace(tzinfo=None) != early.replace(tzinfo=None):
        raise HourSkipped(field="closes_at", hour=hour.strftime("%H:%M"), day=day.isoformat())
    if early.utcoffset() != late.utcoffset():
        raise HourTwice(field="closes_at", hour=hour.strftime("%H:%M"), day=day.isoformat())
    return early.astimezone(UTC)


def day_at(at: datetime, zone_name: str) -> date:
    """Return which day it is at an instant, on the clocks of a zone.

    Raises:
        ZoneUnknown: as ``zone``.
    """
    return at.astimezone(zone(zone_name)).date()


def hours_between(start: datetime, end: datetime) -> int:
    """Return whole hours elapsed in UTC, rounded down; the wall clock may show one more."""
    return (end - start) // timedelta(hours=1)


def add_working_days(day: date, n: int) -> date:
    """Return the day ``n`` working days (Monday to Friday) after ``day``."""
    while n > 0:
        day += timedelta(days=1)
        n -= day.weekday() < 5  # noqa: PLR2004 (Saturday is 5)
    return day


def week_start(now: datetime, zone_name: str) -> datetime:
    """Return the UTC instant at which the week began in a zone: Monday at midnight.

    Where a clock skips or repeats that midnight it is the first instant of the Monday.

    Raises:
        ZoneUnknown: there is no such zone.
    """
    here = zone(zone_name)
    today = now.astimezone(here).date()
    monday = today - timedelta(days=today.weekday())
    return datetime.combine(monday, time(), here).astimezone(UTC)
