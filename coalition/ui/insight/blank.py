"""A view without a round: why there is none, and what leads on."""

import streamlit as st

from coalition.domain.insight.wishes import Wish
from coalition.ui import address, parts, screens
from coalition.words import t


def empty(wish: Wish) -> None:
    """Say that no round is there, and what leads on."""
    parts.empty(
        t("No round has closed here yet") if wish.closed else t("No round is open here"),
        t("A round puts a submitted proposal to every organisation with a vote."),
        t("Another pillar may have one.") if wish.pillars else "",
    )
    st.page_link(screens.page("round"), query_params=address.query())
