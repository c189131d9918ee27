"""One meeting in full: when, where, how to join, what it is about."""

from urllib.parse import urlsplit

import streamlit as st

from coalition.domain.notices.meetings import Meeting
from coalition.ui import address, login, parts, safe, screens
from coalition.ui.entry import Visit
from coalition.ui.notices.calendar_list import called_off
from coalition.words import moments, t, tn


def draw(this: Meeting, here: Visit) -> None:
    """Draw it as its reader may see it."""
    plan = this.plan
    badges = [called_off(t("Cancelled"))] if this.cancelled else []
    if plan.public:
        badges.append(parts.badge_md(t("Public"), "blue", ":material/public:"))
    else:
        badges.append(parts.badge_md(t("Members only"), "gray", ":material/lock:"))
    st.markdown(" ".join(badges))
    if this.cancelled:
        st.markdown(t("Why it is cancelled: {reason}", reason=safe.md(this.reason)))
    st.markdown(moments.when_both(plan.begins_at, here.table.zone, here.zone))
    length = tn("{n} minute", "{n} minutes", plan.minutes)
    st.markdown(f"{length} · {safe.label(plan.place)}")
    if plan.link and not this.cancelled:
        host = safe.label(urlsplit(plan.link).hostname or "")
        label = t("Join by computer ({host})", host=host)
        st.link_button(label, plan.link, icon=":material/videocam:")
    if plan.about:
        st.header(t("What is it about?"))
        st.markdown(safe.md(plan.about))


def missing(here: Visit) -> None:
    """Say that no meeting the reader may see has this number, and offer strangers to sign in."""
    parts.empty(
        t("No meeting here"),
        t("It may not be public, or the address has a slip in it."),
        t("Members see theirs once they sign in.") if here.actor is None else "",
    )
    if here.actor is None:  # a calendar program leads here, whoever holds it
        login.form(here.db, here.clock)
    way_back()


def way_back() -> None:
    """Offer the whole calendar."""
    st.page_link(
        screens.page("calendar"),
        label=t("The whole calendar"),
        icon=":material/arrow_back:",
        query_params=address.query(),
    )
