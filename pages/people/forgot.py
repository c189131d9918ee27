"""A forgotten password: ask for a link by mail."""

import streamlit as st

from coalition import wiring
from coalition.domain.people.accounts import EMAIL
from coalition.services.people import resetting
from coalition.ui import entry, feedback, forms, login, parts
from coalition.words import t

here = entry.visit()
st.title(t("Forgotten password"))
if not wiring.mail()[0]:
    st.markdown(t("Forgot your password? Ask a convener or an administrator for a link."))
    entry.end()
with parts.reading():
    st.markdown(t("We mail you a link with which you choose a new password, within the hour."))
    with forms.form("forgot"):
        email = st.text_input(t("E-mail"), autocomplete="username", max_chars=EMAIL)
        sent = st.form_submit_button(t("Send the link"), type="primary")
    if sent:
        with feedback.told(email=t("E-mail")):
            resetting.ask_for_reset(here.db, here.clock, email=email, source=login.source())
            st.success(
                t(
                    "If there is an account with this address, a link is on its way. Nothing "
                    "comes? Look among unwanted mail, or ask a convener for a link."
                )
            )
