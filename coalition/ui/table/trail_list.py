"""The audit log: what it is narrowed to, its lines, and the head to keep elsewhere."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from coalition.domain.ground.audit import AuditEntry
from coalition.services.table.trail import ACTIONS, Trail
from coalition.ui import address, parts, screens
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import moments, t, trail

SUBJECT, BEFORE = "subject", "before"  # what stands in the address
SHORT = 12  # hex digits of a hash on the screen; the file has them all


@dataclass(frozen=True, slots=True)
class Filters:
    """What the log is narrowed to."""

    action: str
    subject: str
    before: int

    @property
    def any(self) -> bool:
        """Whether it is narrowed at all."""
        return bool(self.action or self.subject)


def filters() -> Filters:
    """Draw the filters, kept in the address, and return what they hold."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        asked = address.choice("action", ACTIONS)
        action = st.selectbox(
            t("What was done"),
            ACTIONS,
            index=ACTIONS.index(asked) if asked else None,
            format_func=trail.action,
            placeholder=t("Everything"),
            key="action",
        )
        subject = st.text_input(
            t("To what, such as round:12"), value=address.text(SUBJECT), max_chars=80,
            key="subject",
        )  # fmt: skip
    made = Filters(action or "", subject.strip(), 0)
    stayed = (made.action, made.subject) == (asked or "", address.text(SUBJECT))
    before = address.text(BEFORE) if stayed else ""  # another list begins at its newest
    known = before.isascii() and before.isdigit()
    address.keep("action", made.action or None)
    address.keep("subject", made.subject or None)
    address.keep("before", before if known else None)
    return replace(made, before=int(before[:9]) if known else 0)


def lines(found: Trail, here: Entry) -> None:
    """Draw one page of entries and offer the same as a file, hashes whole."""
    shown = _frame(found, here, whole=False)
    with st.container(key="wide-table-trail"):
        parts.table(shown)
        csv_button(_frame(found, here, whole=True), "audit", key="csv-audit")


def onward(found: Trail, asked: Filters) -> None:
    """Offer the newest page and the next older one, the filters kept."""
    with st.container(horizontal=True):
        if asked.before:
            st.page_link(
                screens.page("audit"),
                label=t("Newest"),
                icon=":material/first_page:",
                query_params=_query(asked, 0),
            )
        if found.older:
            st.page_link(
                screens.page("audit"),
                label=t("Older entries"),
                icon=":material/chevron_right:",
                query_params=_query(asked, found.older),
            )


def head(found: Trail) -> None:
    """Draw number and hash of the newest entry, to be kept where nobody here can reach."""
    st.header(t("How can anyone prove that nothing was changed?"))
    st.markdown(
        t(
            "Each entry carries the hash of the one before. Keep this line elsewhere, in a mail or "
            "on paper: whoever rewrites the log later cannot arrive at it again."
        )
    )
    st.code(f"{found.head.seq} {found.head.digest}", language=None, wrap_lines=True)
    st.caption(t("The command `python -m coalition verify` walks the whole chain."))


def _frame(found: Trail, here: Entry, *, whole: bool) -> pd.DataFrame:
    zone = t("UTC") if whole else moments.zone_name(here.table.zone)
    when = t("When ({zone})", zone=zone)
    headings = [t("No."), when, t("Who"), t("What"), t("To what"), t("Hash")]
    rows = [_row(one, found, here, whole=whole) for one in found.entries]
    return pd.DataFrame(rows, columns=headings)


def _row(one: AuditEntry, found: Trail, here: Entry, *, whole: bool) -> tuple[object, ...]:
    return (
        one.seq,
        one.at.isoformat() if whole else moments.clock(one.at, here.table.zone),
        trail.actor(one.actor, found.names.get(one.actor, "")),
        trail.action(one.action),
        trail.subject(one.subject),
        one.digest if whole else one.digest[:SHORT],
    )


def _query(asked: Filters, before: int) -> dict[str, str]:
    told = {"action": asked.action, "subject": asked.subject, "before": str(before or "")}
    return address.query(**{name: value for name, value in told.items() if value})
