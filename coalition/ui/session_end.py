"""A word in the last minutes before a session ends, in time to stay or to finish."""

from datetime import timedelta

import streamlit as st

from coalition.services.people import sessions
from coalition.ui import address, arriving, entry, feedback, screens
from coalition.ui.entry import Visit
from coalition.words import moments, t, tn

WARNING = timedelta(minutes=15)  # before the end
NEAR = 2 * WARNING  # after "stay" the next look comes at the same span, so up to this early
SOONEST = timedelta(minutes=1)  # between two looks
STAY = "stay-signed-in"  # key of the button


def watch(here: Visit) -> None:
    """Look again, by itself, when the warning is due.

    Each click draws this anew, so the page last used looks at the right moment.
    """
    if here.ending is None:
        return
    due = here.ending.at - WARNING - here.now
    st.fragment(_tell, run_every=max(due, SOONEST))()


def _tell() -> None:
    with arriving.again():
        here = entry.visit()
        said = st.container()
        if here.ending is None:
            said.warning(t("You have been signed out. Please sign in again."))
            said.page_link(screens.page("sign_in"), query_params=address.query())
        elif here.ending.at - here.now <= NEAR:
            when = moments.when(here.ending.at, here.zone)
            if here.ending.by_idleness:
                _idle(here, when)
            else:
                days = sessions.ABSOLUTE.days
                st.warning(
                    tn(
                        "You are signed out at {when}: a sign-in lasts {n} day. Finish and send "
                        "what you are writing, then sign in again.",
                        "You are signed out at {when}: a sign-in lasts {n} days. Finish and send "
                        "what you are writing, then sign in again.",
                        days,
                        when=when,
                    )
                )


def _idle(here: Visit, when: str) -> None:
    said = st.container()
    if not st.button(t("Stay signed in"), key=STAY):
        said.warning(t("Nothing was done here for long. You are signed out at {when}.", when=when))
        return
    with said, feedback.told():
        sessions.stay(here.db, here.clock, secret=entry.session_token() or "")
        st.success(t("You stay signed in, and what you typed is still here."))
