"""My inquiry: how it stands, to whoever has its code and its e-mail address."""

import streamlit as st

from coalition.domain.people.accounts import EMAIL
from coalition.services.people import asking
from coalition.ui import entry, feedback
from coalition.ui.people import own_inquiry, withdrawing
from coalition.words import t

here = entry.visit()
st.title(t("My inquiry"))
st.markdown(t("Give the code you got when you wrote to us, and the e-mail address you gave."))
with st.form("look-up"):
    receipt = st.text_input(
        t("Code (required)"), placeholder=t("such as 7KQX-3MNP"), autocomplete="off", max_chars=60
    )
    email = st.text_input(
        t("Your e-mail address (required)"), autocomplete="email", max_chars=EMAIL
    )
    asked = st.form_submit_button(t("Look it up"), type="primary")
if asked:
    with feedback.told():
        own_inquiry.draw(asking.look_up(here.db, receipt=receipt, email=email, now=here.now), here)
with st.expander(t("Withdraw my inquiry")):
    withdrawing.draw(here)
