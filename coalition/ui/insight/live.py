"""The board's body: it runs again by itself, alone, and draws what has changed."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.insight import conditions
from coalition.ui import address, arriving, entry
from coalition.ui.entry import Entry
from coalition.ui.insight import filters, research_view, shared, views
from coalition.words import t

OFF = "off"


def draw(here: Entry) -> None:
    """Draw the board, keeping up by itself unless the reader has stopped that.

    A page that moves by itself can be stopped (WCAG 2.2.2); the choice is in the address.
    """
    place = st.container()
    research_view.draw(here)
    keep_up = st.toggle(
        t("Keep up to date by itself"),
        value=address.choice("live", (OFF,)) is None,
        help=t("Looks for changes every {n} seconds.", n=shared.REFRESH),
        key="live",
    )
    address.keep("live", None if keep_up else OFF)
    with place:
        st.fragment(_body, run_every=shared.REFRESH if keep_up else None)()


def _body() -> None:
    with arriving.again():
        here = entry.require(Permission.READ_BOARD)
        view = views.chosen()
        wish = filters.wish(view.offered, lambda: conditions.spoken_for(here.db, actor=here.actor))
        view.draw(here, wish)
