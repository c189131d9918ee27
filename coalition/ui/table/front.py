"""The front of the house: what a visitor reads first."""

import streamlit as st

from coalition.domain.ground.permissions import Actor
from coalition.domain.ground.pillars import Pillar
from coalition.ui import address, screens
from coalition.words import codes, t

LATEST = 3  # positions on the first page
PILLAR_ICONS = {
    Pillar.COVERAGE: ":material/shield_with_heart:",
    Pillar.ACCESS: ":material/door_open:",
    Pillar.RESEARCH: ":material/biotech:",
    Pillar.EQUITY: ":material/balance:",
}


def vision() -> None:
    """Say what this table is for, in plain words."""
    st.markdown(
        t(
            "**Health care should work for the people who need it.** Here patient groups and "
            "those who support them sit at one table. They write down what should change, listen "
            "to each other, and put their names to what they agree on."
        )
    )
    st.markdown(
        t("Large or small, every member organisation has one voice, and every decision is shown.")
    )


def doors(actor: Actor | None) -> None:
    """Offer the one thing a visitor can do, and the way in for members."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if actor is not None:
            home = screens.home(actor)
            if st.button(t("Go to my table"), type="primary"):
                st.switch_page(screens.page(home), query_params=address.query())
            return
        if st.button(t("Ask to join"), type="primary"):
            st.switch_page(screens.page("join"), query_params=address.query())
        st.page_link(screens.page("sign_in"), query_params=address.query())


def pillars() -> None:
    """Draw the four pillars with what each is about."""
    with st.grid(len(Pillar), min_column_width=220):
        for pillar in Pillar:
            with st.container(border=True, height="stretch"):
                st.markdown(f"{PILLAR_ICONS[pillar]} **{codes.pillar(pillar)}**")
                st.markdown(codes.pillar_meaning(pillar))


def deciding() -> None:
    """Say in two sentences how something is adopted, and where to read more."""
    st.markdown(
        t(
            "Each organisation says where it stands, and may object if it gives a reason. A rule "
            "that was fixed before anyone answered says whether the proposal is adopted."
        )
    )
    st.page_link(
        screens.page("how"),
        label=t("How we decide, with a practice vote"),
        query_params=address.query(),
    )
