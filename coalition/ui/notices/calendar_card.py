"""One's own calendar address: made, shown once, taken away."""

import streamlit as st

from coalition import wiring
from coalition.services.notices import calendars
from coalition.ui import feedback
from coalition.ui.entry import Entry
from coalition.words import moments, t


def draw(here: Entry) -> None:
    """Draw what the address is for, and how to get one, another one or none."""
    st.markdown(
        t(
            "Your calendar program can show when rounds close and the table meets: subscribe to an "
            "address of your own. Whoever has it sees those dates, so keep it to yourself."
        )
    )
    had = calendars.address_made_at(here.db, actor=here.actor)
    said, buttons = st.container(), st.container(horizontal=True)
    with buttons:
        give = st.button(t("Make an address"), key="calendar-give")
        has = had is not None or give
        take = has and st.button(t("Take my address away"), key="calendar-take")
    with said, feedback.told():
        if give:
            secret = calendars.give_address(here.db, here.clock, actor=here.actor)
            st.success(t("Copy it now: it is shown this once. An earlier one opens no more."))
            address = f"{wiring.deployment().public_url}/calendar/{secret}.ics"
            st.code(address, language=None, wrap_lines=True)
        elif take:
            calendars.take_address(here.db, here.clock, actor=here.actor)
            st.success(t("No address of yours opens any more."))
    made_at = calendars.address_made_at(here.db, actor=here.actor)
    if made_at:
        st.caption(t("Your address was made {when}.", when=moments.when(made_at, here.zone)))
    else:
        st.caption(t("You have no address."))
