"""Instants in words: in the table's zone, the reader's zone, and how much time is left."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, format_datetime, format_skeleton, get_timezone_name

from coalition.domain.deliberation.rounds import NEVER
from coalition.words.speech import language, t, tn

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOWHERE = "ZZ"  # what the locale data calls the territory of UTC
PATTERN = "EEE d MMM y, HH:mm"


def when(at: datetime, zone: str) -> str:
    """Return an instant in ``zone`` with the zone's name: ``Tue 24 Nov 2026, 17:00 ET``."""
    if at == NEVER:
        return t("a full period after the objection is resolved")
    said = format_datetime(at, PATTERN, tzinfo=ZoneInfo(zone), locale=language())
    return f"{said} ({zone_name(zone)})"


def clock(at: datetime, zone: str) -> str:
    """Return day and hour in ``zone``, for a table whose heading names the zone."""
    return format_datetime(at, "d MMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=language())


def hour(at: datetime, zone: str) -> str:
    """Return only the hour in ``zone``, under a heading that names the day: ``17:00``."""
    return format_datetime(at, "HH:mm", tzinfo=ZoneInfo(zone), locale=language())


def zone_name(zone: str) -> str:
    """Return what people call a zone, summer and winter alike: ``Eastern Time``.

    A zone of no place, such as ``UTC``, goes by its own name.
    """
    place = get_global("zone_aliases").get(zone, zone)
    if get_global("zone_territories").get(place, NOWHERE) == NOWHERE:
        return zone
    return get_timezone_name(
        ZoneInfo(zone), width="long", locale=language(), zone_variant="generic"
    )


def when_both(at: datetime, zone: str, reader: str) -> str:
    """Return an instant in the table's zone and, where it shows another hour, the reader's."""
    table = when(at, zone)
    if at == NEVER:
        return table
    here, there = at.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(reader or zone))
    if here.utcoffset() == there.utcoffset():
        return table
    return t("{table}; for you {local}", table=table, local=when(at, reader))


def day(at: datetime, zone: str) -> str:
    """Return only the day: ``24 Nov 2026``."""
    if at == NEVER:
        return t("once the objection is resolved")
    code = language()
    return format_datetime(at, "d MMM y", tzinfo=ZoneInfo(zone), locale=code)


def date_only(on: date) -> str:
    """Return a day of the calendar: ``24 Nov 2026``."""
    return format_date(on, "d MMM y", locale=language())


def weekday(on: date) -> str:
    """Return a day of the calendar with its weekday: ``Tue 24 Nov 2026``."""
    return format_date(on, "EEE d MMM y", locale=language())


def month(first: date) -> str:
    """Return a month of the calendar by any of its days: ``November 2026``."""
    return format_skeleton("yMMMM", first, locale=language())


def left(at: datetime, now: datetime) -> str:
    """Return how long there is until ``at``, rounded down so that it never promises more."""
    remaining = at - now
    if at == NEVER:
        return t("clock stopped")
    if remaining <= timedelta(0):
        return t("closed")
    if remaining >= 2 * DAY:
        return tn("{n} day left", "{n} days left", remaining // DAY)
    if remaining >= HOUR:
        return tn("{n} hour left", "{n} hours left", remaining // HOUR)
    return tn("{n} minute left", "{n} minutes left", remaining // timedelta(minutes=1))


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago ``at`` was: minutes, hours or days."""
    passed = now - at
    if passed >= DAY:
        return tn("{n} day ago", "{n} days ago", passed // DAY)
    if passed >= HOUR:
        return tn("{n} hour ago", "{n} hours ago", passed // HOUR)
    return tn("{n} minute ago", "{n} minutes ago", max(0, passed // timedelta(minutes=1)))
