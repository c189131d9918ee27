"""The document around the page: its one style rule of our own, its language, its name.

The only file that hands HTML to the browser, and only constants of ours.
"""

from pathlib import Path

import streamlit as st

from coalition.words.speech import LANGUAGES

STATIC = Path(__file__).parents[2] / "static"
SERVED = "/app/static"
ICON = f"{SERVED}/mark.svg"


def style() -> None:
    """Add the one rule that the theme cannot express; it takes no room on the page."""
    st.html(STATIC / "look.css")


def language(code: str) -> None:
    """Tell browsers and screen readers the language of the page.

    A script of our own origin, one file a language: the content security policy lets
    no inline script run.

    Args:
        code: A known language; anything else is told as English.
    """
    known = code if code in LANGUAGES else "en"
    script = f'<script src="{SERVED}/language-{known}.js"></script>'
    st.html(script, unsafe_allow_javascript=True)


def mend() -> None:
    """Mend what Streamlit draws and screen readers stumble over; the script says what."""
    st.html(f'<script src="{SERVED}/mend.js"></script>', unsafe_allow_javascript=True)


def title(page: str, about: str = "") -> None:
    """Name the browser's tab by the page, and by what it shows where several may be open.

    Streamlit keeps a title once told for all later pages, so each run tells its own.
    """
    st.set_page_config(page_title=f"{about} · {page}" if about else page)


def name() -> None:
    """Show the table's mark and name in the top bar, drawn for the page's brightness."""
    dark = st.context.theme.type == "dark"
    st.logo(f"{SERVED}/name-{'dark' if dark else 'light'}.svg", size="medium")
