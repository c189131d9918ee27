"""What runs at every click: who is here, in which language, with which menu."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from coalition.ui import arriving, document, frame, screens
from coalition.ui.people import second_factor


def main() -> None:
    """Run the screen that was asked for, between the table's banner and its footer."""
    with arriving.arrived() as (here, spoken):
        st.set_page_config(layout="wide", page_icon=document.ICON)
        document.style()
        document.language(spoken)
        document.mend()
        document.name()
        first = here.enrolling is not None  # a second factor, before any page
        menu = screens.menu(here.actor)
        page = st.navigation(menu, position="hidden" if first else "top")
        document.title(page.title)
        frame.banner(here)
        with suppress(StopException):  # a page that stops short keeps its way out
            if first:
                second_factor.screen(here)
            else:
                page.run()
        frame.footer(here, page)


main()
