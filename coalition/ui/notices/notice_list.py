"""What a person was told, as a list of links."""

import streamlit as st

from coalition.services.notices import choosing, composing
from coalition.services.notices.choosing import Told
from coalition.ui import parts, safe, screens
from coalition.ui.entry import Entry
from coalition.words import moments, notices, t


def draw(here: Entry) -> None:
    """Draw the latest notices, or say that there are none."""
    found = choosing.told(here.db, actor=here.actor)
    if not found:
        parts.empty(t("Nothing yet"), t("What waits for you stands here as soon as there is any."))
        return
    for one in found:
        _card(one, here)


def _card(one: Told, here: Entry) -> None:
    page, query = composing.place(one.notice, one.facts)
    with st.container(gap=None):
        st.page_link(
            screens.page(page),
            label=notices.line(one.notice.kind, one.facts.reference),
            query_params=query,
        )
        when = moments.when_both(one.notice.at, here.table.zone, here.zone)
        about = safe.label(one.facts.title)
        st.caption(f"{about} · {when}" if about else when)
