"""Your invitation: choose a password, once, and come in."""

import streamlit as st

from coalition.domain.ground.errors import CoalitionError
from coalition.domain.people.accounts import SHORTEST
from coalition.services.people import invitations
from coalition.ui import address, entry, feedback, forms, login, safe, turns
from coalition.words import t

here = entry.visit()
st.title(t("Your invitation"))
if login.is_asking():
    login.code_form(here.db, here.clock, home=True)
    entry.end()
secret = address.invitation()
try:
    account = invitations.invited(here.db, secret=secret, now=here.now)
except CoalitionError as refusal:
    feedback.tell(refusal)
    entry.end()

st.markdown(
    t(
        "Welcome, {name}. Choose a password for {email}; nobody else will know it.",
        name=safe.label(account.name),
        email=safe.label(account.email),
    )
)
said = st.container()
with forms.form("invitation"):
    st.text_input(t("E-mail"), account.email, autocomplete="username", disabled=True)
    password = st.text_input(
        t("Password"),
        type="password",
        autocomplete="new-password",
        max_chars=1000,
    )
    st.caption(t("At least {least} characters. A short sentence is good.", least=SHORTEST))
    again = st.text_input(
        t("The same password again"), type="password", autocomplete="new-password", max_chars=1000
    )
    sent = st.form_submit_button(t("Begin"), type="primary")

with said:
    if sent and password != again:
        st.error(t("The two passwords differ. Please type them again."))
    elif sent:
        with feedback.told(password=t("Password")), turns.aside():
            way_in = invitations.accept_invitation(
                here.db, here.clock, secret=secret, password=password
            )
            login.go_on(here.db, here.clock, way_in, home=True)
