"""Notices: what one was told, and how one wants to be told."""

import streamlit as st

from coalition import wiring
from coalition.domain.ground.permissions import Permission
from coalition.ui import entry, parts
from coalition.ui.notices import calendar_card, habit_form, notice_list
from coalition.words import t

here = entry.require(Permission.OWN_ACCOUNT)
st.title(t("Notices"))
with parts.reading():
    notice_list.draw(here)
    st.header(t("What reaches you by mail"))
    if wiring.mail() == (None, None):
        st.caption(t("This table has no mail server yet: all of it stands on this page only."))
    st.caption(t("A digest has at most five things, at eight in the morning or later."))
    habit_form.draw(here)
    st.header(t("Calendar"))
    calendar_card.draw(here)
