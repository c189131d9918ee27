"""The calendar as a plain list by day, the same as a file, and how to subscribe to it."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from coalition import wiring
from coalition.domain.notices.feeds import Event
from coalition.services.notices.dates import RECENT, Agenda
from coalition.ui import address, parts, safe, screens
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Visit
from coalition.words import moments, t, tn

AT_MOST = 50  # dates on the page; the file has them all
MEETINGS = "calendar"  # the screen that shows one


def draw(found: Agenda, here: Visit) -> None:
    """Draw what lies ahead by day, the recent past folded away, and both as a file."""
    st.header(t("What lies ahead?"))
    if found.ahead:
        _days(found.ahead[:AT_MOST], here)
    else:
        _nothing(here)
    if (more := len(found.ahead) - AT_MOST) > 0:
        st.caption(tn("{n} later date is in the file.", "{n} later dates are in the file.", more))
    if found.past:
        label = tn("The last {n} day", "The last {n} days", RECENT.days)
        with parts.fold(label, key="past") as is_open:
            if is_open:
                _days(found.past[:AT_MOST], here)
    if found.ahead or found.past:
        csv_button(frame(found, here), "calendar", key="csv-calendar")


def frame(found: Agenda, here: Visit) -> pd.DataFrame:
    """Return every date as a table: the recent past, then what lies ahead."""
    headings = [
        t("Day"), t("From"), t("Until"), t("Time zone"), t("What"), t("About"), t("Place"),
        t("State"),
    ]  # fmt: skip
    rows = [_row(one, here) for one in (*reversed(found.past), *found.ahead)]
    return pd.DataFrame(rows, columns=headings)


def called_off(word: str) -> str:
    """Return the badge of what does not take place as it was said."""
    return parts.badge_md(word, "orange", ":material/event_busy:")


def subscribing(here: Visit) -> None:
    """Say how these dates come into the reader's own calendar program."""
    st.header(t("How do I get it into my own calendar?"))
    if here.actor is None:
        st.markdown(t("Subscribe to this address in your calendar program. It keeps up by itself."))
        public = f"{wiring.deployment().public_url}/calendar/public.ics"
        st.code(public, language=None, wrap_lines=True)
        return
    st.markdown(t("Make a secret address of your own, with all that you see here."))
    st.page_link(
        screens.page("notices"),
        label=t("My calendar address"),
        icon=":material/event_available:",
        query_params=address.query(),
    )


def _nothing(here: Visit) -> None:
    if here.actor is None:
        why = t("Public meetings and reviews of our positions stand here once a day is set.")
    else:
        why = t("Rounds that close and meetings stand here once a day is set.")
    parts.empty(t("Nothing lies ahead"), why)


def _days(found: Sequence[Event], here: Visit) -> None:
    for day, ones in groupby(found, key=_day):
        st.subheader(moments.weekday(day))
        for one in ones:
            _line(one, here)


def _line(one: Event, here: Visit) -> None:
    """Draw one date by what it is about: a meeting by its own name, a round by its proposal's."""
    name, about = one.title, one.place
    if one.screen != MEETINGS:
        name, about = one.text.partition("\n")[0], one.title
    told = f":small[{safe.label(' · '.join(filter(None, (_hours(one, here), about))))}]"
    if state := _state(one):
        told = f"{called_off(state)} {told}"
    with st.container(key=f"titled-{one.uid}", gap="xxsmall"):
        st.page_link(
            screens.page(one.screen),
            label=f"**{safe.label(name)}**",
            icon="",
            query_params=address.query(id=one.item),
        )
        st.markdown(told)


def _hours(one: Event, here: Visit) -> str:
    """Return from when until when, in the table's zone and, where it differs, the reader's."""
    if not isinstance(one.at, datetime):
        return ""
    zone = here.table.zone
    table = f"{_span(one, zone)} {moments.zone_name(zone)}"
    local = one.at.astimezone(ZoneInfo(here.zone))
    if local.utcoffset() == one.at.utcoffset():
        return table
    told = moments.when(one.at, here.zone)
    if local.date() == one.at.date():  # the heading names the day
        told = f"{moments.hour(one.at, here.zone)} {moments.zone_name(here.zone)}"
    return t("{table}; for you {local}", table=table, local=told)


def _span(one: Event, zone: str) -> str:
    if not isinstance(one.at, datetime):
        return ""
    begins = moments.hour(one.at, zone)
    return f"{begins}–{_end(one, zone)}" if one.ends_at else begins


def _end(one: Event, zone: str) -> str:
    """Return the hour at which it ends, with its day where that is another one."""
    if one.ends_at is None:
        return ""
    is_same_day = one.ends_at.date() == _day(one)
    return moments.hour(one.ends_at, zone) if is_same_day else moments.clock(one.ends_at, zone)


def _day(one: Event) -> date:
    return one.at.date() if isinstance(one.at, datetime) else one.at


def _state(one: Event) -> str:
    """Return why a date does not stand, or "" where it does."""
    if one.cancelled:
        return t("Cancelled")
    return t("Clock stopped") if one.stopped else ""


def _row(one: Event, here: Visit) -> tuple[str, ...]:
    zone = here.table.zone
    is_hour = isinstance(one.at, datetime)
    return (
        _day(one).isoformat(),
        moments.hour(one.at, zone) if isinstance(one.at, datetime) else "",
        _end(one, zone),
        moments.zone_name(zone) if is_hour else "",
        one.title,
        one.text,
        one.place,
        _state(one),
    )
