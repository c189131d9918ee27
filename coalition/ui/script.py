"""What runs at every click: who is here, in which language, with which menu."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from coalition.ui import arriving, document, frame, screens


def main() -> None:
    """Run the screen that was asked for, between the table's banner and its footer."""
    with arriving.arrived() as (here, spoken):
        st.set_page_config(layout="wide", page_icon=document.ICON)
        document.style()
        document.language(spoken)
        document.mend()
        document.name()
        page = st.navigation(screens.menu(here.actor), position="top")
        document.title(page.title)
        frame.banner(here)
        with suppress(StopException):  # a page that stops short keeps its way out
            page.run()
        frame.footer(here, page)


main()
