"""What stands around every page, always in the same place: banner and footer."""

import streamlit as st

from coalition.domain.ground.errors import CoalitionError
from coalition.services.people import sessions
from coalition.ui import address, entry, feedback, safe, screens, session_end
from coalition.ui.entry import Visit
from coalition.words import LANGUAGES, language, t


def banner(here: Visit) -> None:
    """Say on every page of a demonstration that it is one, and when a session is about to end."""
    session_end.watch(here)
    if here.table.is_demonstration:
        st.info(
            t("Demonstration: every organisation, person and stance here is invented."),
            icon=":material/science:",
        )


def footer(here: Visit, page: st.Page) -> None:
    """Offer help, the languages and the way out."""
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center", key="footer"):
        st.page_link(screens.page("how"), query_params=address.query())
        st.page_link(screens.page("privacy"), query_params=address.query())
        for code, name in LANGUAGES.items():
            if code != language():
                st.page_link(
                    page,
                    label=name,
                    icon=":material/translate:",
                    query_params=address.here(lang=code),
                )
        person = here.actor or here.enrolling
        if person is None:
            return
        st.markdown(t("Signed in as {name}", name=safe.label(person.name)))
        if st.button(t("Sign out")):
            _sign_out(here)


def _sign_out(here: Visit) -> None:
    try:
        sessions.leave(here.db, here.clock, secret=entry.session_token() or "")
    except CoalitionError as refusal:
        feedback.tell(refusal)
        return
    st.iframe("/auth/leave?home=1", height=1, alt=t("Sign out"))
    st.link_button(t("You are signed out. Continue"), "/auth/leave?go=1")
