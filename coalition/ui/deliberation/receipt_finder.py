"""Looking a ballot up by the receipt it was given."""

import streamlit as st

from coalition.services.deliberation import receipts
from coalition.services.deliberation.receipts import Found
from coalition.ui import address, feedback, safe, screens
from coalition.ui.entry import Entry
from coalition.words import codes, moments, t


def draw(here: Entry) -> None:
    """Ask for a receipt and show the ballot it was given for."""
    with st.form("receipt", border=False):
        code = st.text_input(t("Receipt, such as 7KQX-3MNP-W4TZ"), max_chars=30)
        asked = st.form_submit_button(t("Find the ballot"))
    if not asked:
        return
    with feedback.told():
        _show(receipts.find(here.db, actor=here.actor, now=here.now, receipt=code), here)


def _show(found: Found, here: Entry) -> None:
    entry = found.stated.entry
    with st.container(border=True):
        st.page_link(
            screens.page("proposal"),
            label=safe.label(f"{found.stated.reference} · {found.stated.title}"),
            query_params=address.query(id=found.stated.proposal_id),
        )
        st.markdown(
            t(
                "{organisation}: {stance}",
                organisation=safe.label(entry.organisation),
                stance=_stance(found),
            )
        )
        st.caption(
            t(
                "Recorded {when} by {name} ({capacity}). {state}",
                when=moments.when(entry.ballot.cast_at, here.zone),
                name=safe.label(entry.cast_by),
                capacity=codes.capacity(entry.ballot.capacity),
                state=t("It stands.") if found.stands else t("A later one took its place."),
            )
        )


def _stance(found: Found) -> str:
    if not found.shown:
        return t("its stance stays hidden until the round closes")
    return codes.stance(found.stated.entry.ballot.stance or "withdrawn")
