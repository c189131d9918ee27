"""Signing in through an OpenID Connect provider, where ``[auth]`` is in Streamlit's secrets.

``st.login`` leads there and back; what the provider says of the person then leads to the
same ticket, challenge and session as a password. ``st.user`` never says who acts.
"""

from collections.abc import Mapping

import streamlit as st

from coalition import wiring
from coalition.domain.ground.moments import Clock
from coalition.services.people import provider_sign_ins
from coalition.ui import feedback, forms, login
from coalition.wiring import Database
from coalition.words import t

LOGIN = "provider-login"  # key of the button
_TOLD = "provider-told"  # what the provider said was looked at


def is_back() -> bool:
    """Say whether somebody has just come back from the provider, and was not answered yet."""
    return wiring.has_provider() and bool(st.user.is_logged_in) and not forms.held(_TOLD)


def answered(db: Database, clock: Clock) -> bool:
    """Answer somebody who comes back from the provider; return whether they go on from here.

    Who is refused is told why, and has the page's form before them as well.
    """
    if not is_back():
        return False
    forms.hold(_TOLD, shown=True)
    goes_on = []
    with feedback.told():
        way_in = provider_sign_ins.sign_in(db, clock, claims=st.user.to_dict(), agent=login.agent())
        goes_on.append(way_in)
        login.go_on(db, clock, way_in, home=True)
    return bool(goes_on)


def draw() -> None:
    """Draw the way through the provider, where there is one and no code is asked for."""
    if not wiring.has_provider() or login.is_asking():
        return
    st.markdown(t("Or, with an account you have elsewhere:"))
    if st.button(t("Sign in through the provider"), key=LOGIN):
        st.login(_named())


def _named() -> str | None:
    """Return the name of the first provider that has a name, or None for the one without."""
    auth = st.secrets["auth"]
    if "client_id" in auth:
        return None
    return next((name for name, value in auth.items() if isinstance(value, Mapping)), None)
