"""Who acts for an organisation, will act and acted, as a table."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from coalition.domain.people.seats import Holding
from coalition.services.people.seats import Seats
from coalition.ui import parts
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import codes, moments, t


def draw(seats: Seats, here: Entry, *, name: str) -> None:
    """Draw delegate and alternates, or say that nobody acts; the past behind an expander.

    Args:
        name: Plain letters that tell this table from others on the page.
    """
    if seats.holdings:
        with st.container(key=f"wide-table-seats-{name}"):
            told = frame(seats.holdings, here)
            parts.table(told)
            csv_button(told, "seats", key=f"seats-csv-{name}")
    else:
        parts.empty(
            t("Nobody holds this seat"),
            t("Without a delegate or an alternate no stance can be recorded."),
            t("A convener can appoint somebody on the page Accounts and seats."),
        )
    if seats.past:
        with st.expander(t("Who held it before")), st.container(key=f"wide-table-past-{name}"):
            told = frame(seats.past, here)
            parts.table(told)
            csv_button(told, "past-seats", key=f"past-csv-{name}")


def frame(holdings: Sequence[Holding], here: Entry) -> pd.DataFrame:
    """Return one row a holding, in the order given: place, name, from, until, whether able."""
    headings = [t("Place"), t("Name"), t("From"), t("Until"), t("Now")]
    return pd.DataFrame([_row(one, here) for one in holdings], columns=headings)


def place(rank: int) -> str:
    """Return the name of a place: the delegate's, or an alternate's with its number."""
    if rank == 0:
        return codes.capacity("primary")
    return t("Alternate no. {number}", number=rank)


def _row(one: Holding, here: Entry) -> list[str]:
    window = one.window
    return [
        place(one.rank),
        one.holder,
        moments.when(window.from_at, here.zone),
        moments.when(window.to_at, here.zone) if window.to_at else t("until further notice"),
        _now(one, here),
    ]


def _now(one: Holding, here: Entry) -> str:
    if one.window.is_over(here.now):
        return t("ended")
    if not one.is_able:
        return t("⚠ cannot act: the account is closed or no member's")
    return t("may act") if one.window.holds(here.now) else t("begins later")
