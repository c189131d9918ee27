"""Forms that act once, however often they are clicked."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands until its deed is done.

    Args:
        box: What the form is drawn in.
        slot: What ``box`` can be taken out of; None in a run in which nothing can be done.
    """

    box: DeltaGenerator
    slot: DeltaGenerator | None

    def clear(self) -> DeltaGenerator:
        """Take the form away; return where it stood, for one thing in its stead.

        Raises:
            RuntimeError: none of its buttons was pressed in this run.
        """
        if self.slot is None:
            raise RuntimeError("a place is cleared only in the run in which its button was pressed")
        return self.slot.empty()


def place(*buttons: str, each: str = "") -> Place:
    """Make a place that can be cleared in a run in which one of its buttons was pressed.

    An ``st.empty`` is drawn empty before it is filled, and on a busy machine a browser shows
    it so: whatever had the focus is gone, and a keyboard stands at the top of the page again.

    Args:
        buttons: Keys.
        each: How the keys begin of buttons of which each row has one; no other widget's may.
    """
    if any(was_pressed(key) for key in (*buttons, *_keys(each))):
        slot = st.empty()
        return Place(slot.container(), slot)
    return Place(st.container(), None)


def button_key(name: str) -> str:
    """Return the key of the button that sends the form ``name``, as now rendered."""
    return f"send-{name}-{token(name)}"


def token(name: str) -> str:
    """Return the token of the form ``name`` as now rendered; it stays until ``renew``."""
    key = f"form-token-{name}"
    if key not in st.session_state:
        st.session_state[key] = token_urlsafe(18)
    return str(st.session_state[key])


def renew(name: str) -> None:
    """Give the form ``name`` a new token, after its deed was done; its fields empty."""
    st.session_state.pop(f"form-token-{name}", None)
    st.session_state.pop(f"form-opened-{name}", None)


def opened_on(name: str, fact: T) -> T:
    """Return what the form ``name`` was first shown with, whatever is true by now.

    A deed that overwrites something is sent with this, so that the service can say that
    somebody else was quicker. It stays until ``renew`` or ``reopen``.
    """
    kept: T = st.session_state.setdefault(f"form-opened-{name}", fact)
    return kept


def was_opened(name: str) -> bool:
    """Say whether the form ``name`` has been shown and not yet acted on: it may hold words."""
    return f"form-opened-{name}" in st.session_state


def hold(name: str, shown: T) -> None:
    """Keep what is shown once and would be lost with this run, until ``let_go``."""
    st.session_state[f"held-{name}"] = shown


def held(name: str) -> object:
    """Return what is held under ``name``, or None."""
    return st.session_state.get(f"held-{name}")


def let_go(name: str) -> None:
    """Forget what was held under ``name``."""
    st.session_state.pop(f"held-{name}", None)


def was_pressed(key: str) -> bool:
    """Say whether the button ``key`` was pressed in this run, before it is drawn, if at all."""
    return bool(st.session_state.get(key))


def reopen(name: str, fact: object) -> None:
    """Let the form ``name`` stand on ``fact`` from now on, its fields as they are."""
    st.session_state[f"form-opened-{name}"] = fact


def form(name: str, *, border: bool = True, enter_to_submit: bool = True) -> DeltaGenerator:
    """Open the form ``name``; use it with ``with``, its fields without ``key=``.

    The token is part of the form's own identity: a second click on a form whose
    deed was done meanwhile belongs to no form any more, and does nothing.
    """
    return st.form(f"{name}-{token(name)}", border=border, enter_to_submit=enter_to_submit)


def _keys(beginning: str) -> list[str]:
    """Return the keys of this visit that begin so; none where nothing is asked."""
    every = map(str, st.session_state) if beginning else ()
    return [key for key in every if key.startswith(beginning)]
