"""The sign-in form, and the one neighbour of streamlit-authenticator.

The library checks the password of the one person asked for; its keys in
``session_state`` are removed at once, because nothing there says who somebody is.
"""

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.moments import Clock
from coalition.domain.people.sign_ins import ChallengeSpent
from coalition.services.people import challenges, sessions
from coalition.services.people.tickets import Challenge
from coalition.ui import feedback, forms, turns
from coalition.wiring import Database
from coalition.words import t

FORM = "sign-in"
SEND, AGAIN = "sign-in-send", "sign-in-again"  # keys of buttons
CODE = "sign-in-code"
CHALLENGE = "sign-in-challenge"
SOURCE = "X-Table-Source"  # set by the guard for every connection, never by a visitor
_PERSON = "person"  # the library is told no address: it would trim and fold it its own way
_KEYS = ("name", "authentication_status", "username", "email", "roles", "logout", "password_hint")


def form(db: Database, clock: Clock) -> None:
    """Draw the form, and the way in when the answer was right.

    Where a right password waits for its code, the form for the code stands in its place.
    """
    if is_asking():
        code_form(db, clock)
        return
    said = st.container()
    place = forms.place(SEND)
    with place.box:
        with forms.form(FORM):
            email = st.text_input(t("E-mail"), autocomplete="username", max_chars=254)
            password = st.text_input(
                t("Password"), type="password", autocomplete="current-password", max_chars=1000
            )
            sent = st.form_submit_button(t("Sign in"), type="primary", key=SEND)
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
            way_in = sessions.sign_in(
                db,
                clock,
                email=email,
                password=password,
                source=source(),
                check=verified,
                agent=agent(),
            )
        except CoalitionError as refusal:
            feedback.tell(refusal)
            return
        if isinstance(way_in, Challenge):
            place.clear()
        go_on(db, clock, way_in)


def is_asking() -> bool:
    """Say whether a sign-in of this page waits for its code, and has not been given up.

    What is kept here names nobody: without a right code the secret of a challenge opens
    nothing, and after five minutes not even with one.
    """
    if st.session_state.get(AGAIN):
        st.session_state.pop(CHALLENGE, None)
    return CHALLENGE in st.session_state


def go_on(db: Database, clock: Clock, way_in: str | Challenge, *, home: bool = False) -> None:
    """Hand a ticket over, or ask for the code that stands before it.

    Args:
        home: Go on to where the person's work is, because this page has done its own.
    """
    if isinstance(way_in, Challenge):
        st.session_state[CHALLENGE] = way_in.secret
        code_form(db, clock, home=home)
    else:
        hand_over(way_in, home=home)


def code_form(db: Database, clock: Clock, *, home: bool = False) -> None:
    """Ask for the code of the second factor, and hand over the ticket it brings."""
    said = st.container()
    with forms.form(CODE):
        st.markdown(t("One more step: the code from your app."))
        code = st.text_input(
            t("Code"),
            autocomplete="one-time-code",
            max_chars=40,
            help=t("Six digits from your app, or one of your recovery codes."),
        )
        sent = st.form_submit_button(t("Sign in"), type="primary")
    st.button(t("Begin again"), key=AGAIN)
    if not sent:
        return
    with said:
        try:
            ticket = challenges.answer(
                db,
                clock,
                key=wiring.key(),
                challenge=str(st.session_state.get(CHALLENGE, "")),
                code=code,
                source=source(),
                agent=agent(),
            )
        except CoalitionError as refusal:
            feedback.tell(refusal, code=t("Code"))
            if isinstance(refusal, ChallengeSpent):
                st.session_state.pop(CHALLENGE, None)
        else:
            st.session_state.pop(CHALLENGE, None)
            hand_over(ticket, home=home)


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
        with turns.aside():
            return bool(library.login(_PERSON, prehash))
    finally:
        for key in _KEYS:
            st.session_state.pop(key, None)


def source() -> str:
    """Return the generic key of this connection that the guard set."""
    return st.context.headers.get(SOURCE, "unknown")


def agent() -> str:
    """Return what this browser calls itself, or ""."""
    return st.context.headers.get("User-Agent", "")
