"""The form by which an applicant takes an inquiry back."""

import streamlit as st

from coalition.domain.people.accounts import EMAIL
from coalition.services.people import asking
from coalition.ui import forms
from coalition.ui.entry import Visit
from coalition.ui.people.doing import done
from coalition.words import t

FORM = "withdraw-inquiry"


def draw(here: Visit) -> None:
    """Draw the form, and say what became of it."""
    st.markdown(
        t(
            "We erase your name, your address and all that was written. That an inquiry came "
            "and went stays counted. This cannot be undone."
        )
    )
    said = st.container()
    with forms.form(FORM, border=False, enter_to_submit=False):
        receipt = st.text_input(
            t("Code of the inquiry to withdraw (required)"), autocomplete="off", max_chars=60
        )
        email = st.text_input(
            t("E-mail address you gave (required)"), autocomplete="email", max_chars=EMAIL
        )
        sure = st.checkbox(t("Required: erase what I wrote."), value=False)
        sent = st.form_submit_button(t("Withdraw it"))
    if sent and not sure:
        said.error(t("Please tick the box first. Nothing was changed."))
    elif sent:

        def withdraw(token: str) -> None:
            asking.withdraw_inquiry(here.db, here.clock, receipt=receipt, email=email, token=token)
            st.success(t("Your inquiry is withdrawn, and what you wrote is erased."))

        done(FORM, withdraw, said=said)
