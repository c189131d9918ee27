"""The data under the board, for whoever wants to compute its figures again."""

from functools import partial

import streamlit as st

from coalition.services.insight.research import research
from coalition.ui.downloads import file_button
from coalition.ui.entry import Entry
from coalition.words import t


def draw(here: Entry) -> None:
    """Offer the research export, made only when somebody asks for it."""
    with st.container(gap="xsmall", key="research"):
        st.caption(
            t(
                "For research: what the figures of the board are computed from, as CSV files with "
                "a dictionary of every column in English. Rounds with hidden results give who "
                "has answered and no stances."
            )
        )
        file_button(
            t("Download the data for research"),
            partial(_made, here),
            "research.zip",
            icon=":material/folder_zip:",
            key="research-zip",
        )


def _made(here: Entry) -> bytes:
    return research(here.db, actor=here.actor, now=here.clock())
