"""What waits for a convener's hand: proposals to open a round on, rounds to look after."""

import streamlit as st

from coalition.services.deliberation.agendas import LONGEST, Agenda, Item
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import phrases
from coalition.ui.entry import Entry
from coalition.words import codes, t, tn


def agenda(found: Agenda, here: Entry) -> None:
    """Draw the three parts of the agenda, each with its count and one line an item."""
    if found.is_empty:
        parts.empty(
            t("Nothing waits for a round"),
            t("A round is opened on a proposal that was submitted."),
            t("Drafts become proposals when their authors submit them."),
        )
        st.page_link(screens.page("proposals"), query_params=address.query())
        return
    parted = {
        "ready": (t("Which proposals can be put to the table?"), found.ready),
        "running": (t("Which rounds are running?"), found.running),
        "closed": (t("Which results are not published?"), found.closed),
    }
    for name, (question, items) in parted.items():
        st.header(question)
        _part(name, items, here)


def _part(name: str, items: tuple[Item, ...], here: Entry) -> None:
    if not items:
        st.caption(t("None."))
        return
    for item in items:
        with st.container(border=True, gap="xxsmall", key=f"titled-{name}-{item.proposal.id}"):
            _line(item, here)
    if len(items) == LONGEST:
        st.caption(tn("The first {n} only.", "The first {n} only.", LONGEST))


def _line(item: Item, here: Entry) -> None:
    screens.lead("round", phrases.heading(item.proposal), id=item.proposal.id)
    told = [codes.pillar(item.proposal.text.pillar)]
    if item.round is not None:
        told += [
            codes.round_kind(item.round.kind),
            phrases.short_deadline(item.round, here.now, here.table.zone),
        ]
    elif item.proposal.champion:
        told.append(safe.label(item.proposal.champion))
    st.caption(" · ".join(told))
