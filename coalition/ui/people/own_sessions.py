"""Where one is signed in, and who came in to one's account or tried to."""

import pandas as pd
import streamlit as st

from coalition.domain.people.sign_ins import KEPT_DAYS
from coalition.services.people import sessions, sign_in_policies
from coalition.ui import feedback, parts, safe
from coalition.ui.entry import Entry
from coalition.words import moments, sign_ins, t, tn


def draw(here: Entry) -> None:
    """Draw one's open sessions with their ends, and the history under them."""
    st.header(t("Where you are signed in"))
    _open_ones(here)
    st.header(t("Latest sign-ins"))
    _history(here)


def _open_ones(here: Entry) -> None:
    said = st.container()
    lines = sessions.list_sessions(here.db, actor=here.actor, now=here.now)
    for line in lines:
        is_this = line.id == here.session_id
        with st.container(horizontal=True, vertical_alignment="center"):
            seen = t("last seen {when}", when=moments.when(line.seen_at, here.zone))
            here_now = t("this one") if is_this else seen
            st.markdown(f"{safe.label(line.agent) or t('A browser')} · {here_now}")
            if not is_this and st.button(t("End"), key=f"end-{line.id}"):
                with said, feedback.told():
                    sessions.end_session(here.db, here.clock, actor=here.actor, session_id=line.id)
                    st.success(t("This session has ended."))
    if len(lines) > 1 and st.button(t("End all others")):
        with said, feedback.told():
            sessions.end_other_sessions(here.db, here.clock, actor=here.actor, keep=here.session_id)
            st.success(t("All other sessions have ended."))


def _history(here: Entry) -> None:
    tries = sign_in_policies.list_tries(here.db, actor=here.actor)
    kept = tn("Kept for {n} day.", "Kept for {n} days.", KEPT_DAYS)
    unknown = t("If one was not you, change your password and end all other sessions.")
    st.caption(f"{kept} {unknown}")
    rows = [
        (
            moments.when(one.at, here.zone),
            sign_ins.became(one.outcome, one.way),
            one.agent or t("A browser"),
        )
        for one in tries
    ]
    if rows:
        parts.table(pd.DataFrame(rows, columns=[t("When"), t("What"), t("Browser")]))
