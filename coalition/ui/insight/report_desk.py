"""The desk where a report is chosen, made while one watches, and taken away."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from coalition.domain.insight.reports import Month, Report
from coalition.domain.insight.wishes import Wish
from coalition.press.pressing import Form, pressed
from coalition.services.insight import reporting
from coalition.ui import address, turns
from coalition.ui.entry import Entry
from coalition.words import mark, moments, t

BACK = 12  # months to choose from, this one among them


class Kind(StrEnum):
    """Which report."""

    BOARD = "board"
    MONTH = "month"


KINDS: dict[str, str] = {Kind.BOARD: mark("Board report"), Kind.MONTH: mark("Monthly note")}
MEANINGS = {
    Kind.BOARD: mark(
        "For one meeting: how far each proposal is from adoption, whom to call, and what was "
        "decided of late. It names who has not answered, so it is for conveners."
    ),
    Kind.MONTH: mark(
        "For all members: what was decided and by which rule, what is open, what changed. It "
        "holds no more than every member may see."
    ),
}
FORMS: dict[str, str] = {
    Form.PDF: mark("PDF, accessible"),
    Form.DOCX: mark("Word document"),
    Form.HTML: mark("Web page"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for."""

    kind: Kind
    month: Month
    form: Form

    @property
    def stem(self) -> str:
        """What the file is called, before its random part."""
        if self.kind is Kind.BOARD:
            return "board-report"
        return f"monthly-note-{self.month.first:%Y-%m}"


def choose(here: Entry) -> Asked:
    """Draw the choices, kept in the address, and return what is asked for."""
    kind = Kind(_one("report", t("Report"), KINDS, Kind.BOARD))
    st.markdown(t(MEANINGS[kind]))
    months = _months(here)
    month = next(iter(months))
    if kind is Kind.MONTH:
        month = st.selectbox(
            t("Month"),
            list(months),
            index=list(months).index(address.choice("month", months) or month),
            format_func=lambda one: moments.month(months[one].first),
            key=address.followed("month"),
            width=260,
        )
        address.keep("month", month)
    form = Form(_one("format", t("Format"), FORMS, Form.PDF))
    return Asked(kind, months[month], form)


def make(here: Entry, asked: Asked) -> None:
    """Make the report, saying how far it is, and offer the file.

    Its name has a random part, because Streamlit makes the address from name and content.
    """
    bar = st.progress(0.1, t("Asking the table…"))
    report = _ask(here, asked)
    bar.progress(0.4, t("Setting the pages…"))
    with turns.aside():
        file = pressed(report, asked.form)
    bar.progress(1.0, t("The report is ready."))
    st.download_button(
        t("Download the report"),
        file,
        file_name=f"{asked.stem}-{secrets.token_hex(6)}.{asked.form}",
        mime="application/octet-stream",  # to be saved: no browser opens it in our name
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )


def _ask(here: Entry, asked: Asked) -> Report:
    db, actor, now, table = here.db, here.actor, here.now, here.table
    if asked.kind is Kind.BOARD:
        return reporting.board_report(db, actor=actor, now=now, table=table, wish=Wish())
    return reporting.monthly_note(db, actor=actor, now=now, table=table, month=asked.month)


def _months(here: Entry) -> Mapping[str, Month]:
    """Return the months to choose from by what stands in the address, this one first."""
    found, month = {}, Month.of(here.now, here.table.zone)
    for _ in range(BACK):
        found[f"{month.first:%Y-%m}"] = month
        month = month.before
    return found


def _one(name: str, label: str, words: Mapping[str, str], usual: str) -> str:
    chosen: str = st.segmented_control(
        label,
        list(words),
        default=address.choice(name, words) or usual,
        required=True,
        format_func=lambda one: t(words[one]),
        key=address.followed(name),
    )
    address.keep(name, None if chosen == usual else chosen)
    return chosen
