"""The sign-in form, and the one neighbour of streamlit-authenticator.

The library checks the password of the one person asked for; its keys in
``session_state`` are removed at once, because nothing there says who somebody is.
"""

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.moments import Clock
from coalition.services.people import sessions
from coalition.ui import feedback, forms
from coalition.wiring import Database
from coalition.words import t

FORM = "sign-in"
SOURCE = "X-Table-Source"  # set by the guard for every connection, never by a visitor
_PERSON = "person"  # the library is told no address: it would trim and fold it its own way
_KEYS = ("name", "authentication_status", "username", "email", "roles", "logout", "password_hint")


def form(db: Database, clock: Clock) -> None:
    """Draw the form, and the way in when the answer was right."""
    said = st.container()
    with forms.form(FORM):
        email = st.text_input(t("E-mail"), autocomplete="username", max_chars=254)
        password = st.text_input(
            t("Password"), type="password", autocomplete="current-password", max_chars=1000
        )
        sent = st.form_submit_button(t("Sign in"), type="primary")
    st.caption(
        t(
            "No password yet? A convener or an administrator can send you a link. "
            "Nobody else ever knows your password."
        )
    )
    if wiring.mail()[0]:
        st.markdown(t("[Forgot your password? Have a link mailed](forgot)"))
    else:
        st.caption(t("Forgot your password? Ask a convener or an administrator for a link."))
    if not sent:
        return
    with said:
        try:
            ticket = sessions.sign_in(
                db, clock, email=email, password=password, source=source(), check=verified
            )
        except CoalitionError as refusal:
            feedback.tell(refusal)
        else:
            hand_over(ticket)


def hand_over(ticket: str, *, home: bool = False) -> None:
    """Exchange the ticket for the cookie in a frame that then loads the page again.

    The frame is ours and one pixel high; the link does the same in one more click
    where scripts are limited.

    Args:
        home: Go on to where the person's work is, because this page has done its own.
    """
    st.success(t("Welcome. One moment, your page opens."))
    onward = "&home=1" if home else ""
    st.iframe(f"/auth/enter?ticket={ticket}{onward}", height=1, alt=t("Sign in"))
    st.link_button(t("Continue"), f"/auth/enter?ticket={ticket}&go=1")


def verified(password_hash: str, prehash: str) -> bool:
    """Ask streamlit-authenticator whether the prehash is the one behind the hash."""
    people = {_PERSON: {"name": "", "email": "", "password": password_hash}}
    try:
        library = AuthenticationController(
            {"usernames": people}, auto_hash=False, secret_key=wiring.key().hex()
        )
        return bool(library.login(_PERSON, prehash))
    finally:
        for key in _KEYS:
            st.session_state.pop(key, None)


def source() -> str:
    """Return the generic key of this connection that the guard set."""
    return st.context.headers.get(SOURCE, "unknown")
