"""The conveners' queue: each inquiry as one line that opens it, the late ones marked."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from coalition.services.people.inquiries import Queued
from coalition.ui import parts, safe, screens
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Visit
from coalition.words import codes, moments, people, t, tn

PAGE = 15  # inquiries on one page of the queue


def draw(queue: Sequence[Queued], total: int, here: Visit, *, closed: bool) -> None:
    """Draw the queue, a page at a time, and all of it as a file.

    Args:
        total: How many there are, shown or not.
    """
    if not queue:
        _nothing(closed=closed)
        return
    late = sum(one.is_late for one in queue)
    told = tn("{n} inquiry", "{n} inquiries", total)
    if late:
        told = f"{told} · ⚠ {tn('{n} late', '{n} late', late)}"
    st.caption(told)
    shelf = st.container()
    pages = -(-len(queue) // PAGE)
    number = st.pagination(pages, key=f"queue-{closed}-{pages}") if pages > 1 else 1
    with shelf:
        for one in queue[(number - 1) * PAGE : number * PAGE]:
            with st.container(border=True, gap="xxsmall", key=f"titled-inquiry-{one.inquiry.id}"):
                _card(one, here)
    csv_button(frame(queue, here), "inquiries", key="inquiries-csv")


def late_mark(one: Queued) -> str:
    """Return the mark of a broken promise in glyph and word, or ""."""
    return f"⚠ {t('Late')}" if one.is_late else ""


def frame(queue: Sequence[Queued], here: Visit) -> pd.DataFrame:
    """Return the queue, one row an inquiry, in the order given; no message and no address."""
    headings = [
        t("Code"),
        t("Topic"),
        t("State"),
        t("Organisation"),
        t("Pillars"),
        t("Sent"),
        t("Answer due"),
        t("Late"),
        t("Taken by"),
    ]
    rows = [
        [
            one.inquiry.receipt,
            people.topic(one.inquiry.topic),
            people.state(one.inquiry.state),
            one.inquiry.organisation,
            ", ".join(codes.pillar(pillar) for pillar in one.inquiry.pillars),
            moments.when(one.inquiry.created_at, here.zone),
            moments.when(one.inquiry.due_at, here.zone),
            t("Yes") if one.is_late else t("No"),
            one.inquiry.assignee,
        ]
        for one in queue
    ]
    return pd.DataFrame(rows, columns=headings)


def _card(one: Queued, here: Visit) -> None:
    """Draw one inquiry: who writes leads to it, one line says how it stands."""
    this = one.inquiry
    name = safe.label(this.organisation or this.name) or t("Erased")
    screens.lead("inquiries", name, id=this.id)
    told = [
        people.topic(this.topic),
        moments.ago(this.created_at, here.now),
        people.state(this.state),
        this.assignee or t("nobody has taken it yet"),
    ]
    if one.twins:
        told.append(tn("{n} more like it", "{n} more like it", len(one.twins)))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if one.is_late:
            st.badge(t("Late"), icon=":material/schedule:", color="orange")
        st.markdown(f":small[{safe.label(' · '.join(told))}]", width="content")


def _nothing(*, closed: bool) -> None:
    if closed:
        parts.empty(t("No closed inquiry"), t("Inquiries come here when you close them."))
    else:
        parts.empty(
            t("No open inquiry"),
            t("Every inquiry is closed. New ones arrive through the page Ask to join."),
        )
