"""The address line: the only reader and writer of the query string."""

from collections.abc import Collection, Iterable
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from coalition.words import LANGUAGES

T = TypeVar("T")
LANGUAGE = "lang"
_DIGITS = 9  # of an id; more would not fit the column
_LONGEST = 200  # characters of a value; nothing of ours is longer


def item() -> int | None:
    """Return the number in ``?id=``, or None where it is missing or no number."""
    return number("id")


def number(name: str) -> int | None:
    """Return the number in ``?name=``, or None where it is missing or no number."""
    digits = text(name)
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    return int(digits) if plain else None


def opened() -> int | None:
    """Return the number in ``?id=`` on a page whose links lead to itself.

    When a link leads to the page one is on, Streamlit runs it with the new query but leaves the
    address line as it was, and the next click would ask for the old query again. So the line is
    written whenever the number has changed.
    """
    number = item()
    if st.session_state.get("opened") != number:
        st.session_state["opened"] = number
        st.query_params.from_dict(st.query_params.to_dict())
    return number


def text(name: str) -> str:
    """Return the value of ``?name=``, or "" where it is missing or absurdly long."""
    value = st.query_params.get(name, "")
    return value if len(value) <= _LONGEST else ""


def invitation() -> str:
    """Return the secret of a one-use link, or ""."""
    return text("invitation")


def language() -> str:
    """Return the language asked for by ``?lang=``, now or earlier in this visit, or "".

    Moving to another page empties the address line, so the choice is kept for the
    visit and written back, where it can be bookmarked and sent to others.
    """
    asked = text(LANGUAGE)
    kept = str(st.session_state.get(LANGUAGE, ""))
    chosen = asked if asked in LANGUAGES else kept
    if chosen and (asked != chosen or kept != chosen):
        st.session_state[LANGUAGE] = chosen
        st.query_params[LANGUAGE] = chosen
    return chosen


def choice(name: str, options: Collection[str]) -> str | None:
    """Return which of ``options`` stands in ``?name=``, or None.

    Streamlit's own binding writes the words shown, which another language does not know; a
    choice is kept by its code, so that a link means the same in every language.
    """
    value = text(name)
    return value if value in options else None


def followed(name: str) -> str:
    """Return the key of the widget for a choice: another one once a link has asked for another.

    A widget holds on to what was chosen, whatever a link to the page one is on asks for; one
    with another key begins with what the address says. The line is written as in ``opened``.
    """
    kept, turn = st.session_state.get(f"kept-{name}"), st.session_state.get(f"turn-{name}", 0)
    if kept is not None and kept != text(name):
        turn += 1
        st.session_state[f"turn-{name}"] = turn
        st.session_state[f"kept-{name}"] = text(name)
        st.query_params.from_dict(st.query_params.to_dict())
    return f"{name}-{turn}" if turn else name


def keep(name: str, code: str | None) -> None:
    """Write a choice into the address, or take it out for None."""
    st.session_state[f"kept-{name}"] = code or ""
    if code is None:
        if name in st.query_params:
            del st.query_params[name]
    elif st.query_params.get(name) != code:
        st.query_params[name] = code


def choices(name: str, options: Iterable[T]) -> list[T]:
    """Return which of ``options`` stand in ``?name=``, with commas between them."""
    asked = text(name).split(",")
    return [one for one in options if str(one) in asked]


def here(**changes: str | int) -> dict[str, str]:
    """Return the present query with ``changes``, for a link back to this same page."""
    return {**st.query_params.to_dict(), **{name: str(value) for name, value in changes.items()}}


def query(**values: str | int) -> dict[str, str]:
    """Return a query for ``st.page_link`` and ``st.switch_page``, with the language kept."""
    asked = {name: str(value) for name, value in values.items()}
    kept = str(st.session_state.get(LANGUAGE, ""))
    return {**asked, LANGUAGE: kept} if kept else asked


def link(key: str, **values: str | int) -> str:
    """Return the address of a screen on this server, for a link inside Markdown.

    Args:
        key: The screen's key, as in ``coalition.ui.screens``.
    """
    asked = urlencode(query(**values))
    return f"/{key}?{asked}" if asked else f"/{key}"
