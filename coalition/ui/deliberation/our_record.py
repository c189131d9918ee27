"""What one's own organisation has said, newest first."""

import pandas as pd
import streamlit as st

from coalition.services.deliberation import our_stances
from coalition.services.deliberation.our_stances import Stated
from coalition.ui import parts
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import codes, moments, t


def stances(here: Entry) -> None:
    """Draw what the organisation has said, newest first, a page at a time."""
    shelf = st.container(key="wide-table-stances")
    found = our_stances.history(here.db, actor=here.actor, now=here.now)
    if not found.stated:
        parts.empty(
            t("No stance yet"),
            t("What you record for your organisation stands here, with its receipt."),
        )
        return
    number = st.pagination(found.pages, key="our-stances") if found.pages > 1 else 1
    if number > 1:
        found = our_stances.history(here.db, actor=here.actor, now=here.now, page=number)
    with shelf:
        told = frame(found.stated, here)
        parts.table(told)
        csv_button(told, "our-stances", key="our-stances-csv")


def frame(stated: tuple[Stated, ...], here: Entry) -> pd.DataFrame:
    """Return one row a ballot, newest first; replaced and withdrawn ones are part of it.

    Columns: when, proposal, stance, by whom in what capacity, receipt, reason.
    """
    headings = [
        t("When"),
        t("Proposal"),
        t("Stance"),
        t("Recorded by"),
        t("Receipt"),
        t("Reason"),
    ]
    return pd.DataFrame([_row(one, here) for one in stated], columns=headings)


def _row(one: Stated, here: Entry) -> list[str]:
    ballot = one.entry.ballot
    return [
        moments.when(ballot.cast_at, here.zone),
        f"{one.reference} {one.title}",
        codes.stance(ballot.stance or "withdrawn"),
        t("{name} ({capacity})", name=one.entry.cast_by, capacity=codes.capacity(ballot.capacity)),
        ballot.receipt,
        one.entry.words.reason,
    ]
