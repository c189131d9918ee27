"""When a round opens and closes, on the clock of the table."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.moments import HourSkipped, HourTwice, from_wall
from coalition.ui import feedback
from coalition.words import mark, moments, t, tn

CLOSING_HOUR = time(17, 0)
DAYS = (1, 3, 7, 10, 14, 21, 28)
NOW, DATE = "now", "date"
OPENINGS = {NOW: mark("As soon as I press the button"), DATE: mark("At a date")}
CLOSE = mark("Close")
OPENING = mark("Opening")


def opening(now: datetime, zone: str, key: str) -> datetime | None:
    """Ask when the round opens; None where a date is still missing or cannot be."""
    chosen = st.radio(
        t("When does it open?"),
        list(OPENINGS),
        index=None,
        format_func=lambda one: t(OPENINGS[one]),
        horizontal=True,
        key=f"{key}-opens",
    )
    if chosen == NOW:
        return now
    return on_the_clock(t(OPENING), zone, f"{key}-opens-at") if chosen == DATE else None


def closing(opens_at: datetime, zone: str, hours: int, key: str) -> datetime | None:
    """Ask when the round closes; None where that is still missing or cannot be.

    Args:
        hours: What the rule wants the round to be open; shorter choices are left out.
    """
    least = timedelta(hours=hours)
    offered = {str(days): closes_after(opens_at, days, zone) for days in DAYS}
    ready = {code: at for code, at in offered.items() if at and at - opens_at >= least}
    words = {code: _choice(int(code), at, zone) for code, at in ready.items()}
    words[DATE] = t("At another date")
    chosen = st.radio(
        t("When does it close?"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=f"{key}-closes-{hours}",
    )
    if chosen == DATE:
        return on_the_clock(t(CLOSE), zone, f"{key}-closes-at")
    return ready[chosen] if chosen else None


def closes_after(opens_at: datetime, days: int, zone: str) -> datetime | None:
    """Return the first closing hour on the table's clock once ``days`` times 24 hours passed.

    None where that clock does not show the hour exactly once on that day.
    """
    earliest = opens_at + timedelta(days=days)
    day = earliest.astimezone(ZoneInfo(zone)).date()
    try:
        at = from_wall(day, CLOSING_HOUR, zone)
        return at if at >= earliest else from_wall(day + timedelta(days=1), CLOSING_HOUR, zone)
    except (HourSkipped, HourTwice):
        return None


def on_the_clock(
    label: str, zone: str, key: str, *, usual: time | None = CLOSING_HOUR
) -> datetime | None:
    """Ask for a day and an hour on the table's clock; tell where the clock has no such hour.

    Args:
        usual: The hour the field begins with, if any.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day: date | None = st.date_input(label, None, key=f"{key}-day", format="YYYY-MM-DD")
        hour: time | None = st.time_input(t("Hour"), usual, key=f"{key}-hour")
        st.markdown(moments.zone_name(zone), width="content")
    if day is None or hour is None:
        return None
    try:
        return from_wall(day, hour, zone)
    except CoalitionError as refusal:
        feedback.tell(refusal)
        return None


def _choice(days: int, at: datetime, zone: str) -> str:
    told = tn("In {n} day", "In {n} days", days)
    return f"{told}: {moments.when(at.astimezone(UTC), zone)}"
