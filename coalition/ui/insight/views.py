"""The views of the board: what each is called, what it lets one choose, how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from coalition.domain.insight.wishes import Wish
from coalition.ui import address
from coalition.ui.entry import Entry
from coalition.ui.insight import (
    agreement_view,
    distance_view,
    least_on_board_view,
    map_view,
    movement_view,
    objections_view,
    perspectives_view,
    pipeline_view,
    seats_view,
    stance_bars_view,
    trend_view,
    waiting_view,
)
from coalition.ui.insight.filters import Filter
from coalition.words import mark, t

F = Filter


@dataclass(frozen=True, slots=True)
class View:
    """One view of the board.

    Args:
        key: Its name in the address.
        title: What stands on its button.
        offered: The filters it understands.
        draw: Asks its question and draws the answer; nothing of another view is computed.
    """

    key: str
    title: str
    offered: frozenset[Filter]
    draw: Callable[[Entry, Wish], None]


VIEWS = (
    View(
        "distance",
        mark("Distance"),
        frozenset({F.PILLAR, F.STAGE, F.ORDER}),
        distance_view.draw,
    ),
    View(
        "bars",
        mark("Stance bars"),
        frozenset({F.PILLAR, F.STAGE, F.ORDER}),
        stance_bars_view.draw,
    ),
    View(
        "map",
        mark("Who stands where"),
        frozenset({F.PILLAR, F.STAGE, F.ROWS, F.ORGANISATIONS}),
        map_view.draw,
    ),
    View(
        "groups",
        mark("Least on board"),
        frozenset({F.PILLAR, F.STAGE, F.GROUPING}),
        least_on_board_view.draw,
    ),
    View(
        "objections",
        mark("Objections"),
        frozenset({F.PILLAR, F.STAGE, F.ORGANISATIONS}),
        objections_view.draw,
    ),
    View(
        "movement",
        mark("What moved"),
        frozenset({F.PILLAR, F.STAGE, F.ORGANISATIONS}),
        movement_view.draw,
    ),
    View(
        "trend",
        mark("Trend"),
        frozenset({F.PILLAR, F.STAGE, F.ORDER}),
        trend_view.draw,
    ),
    View(
        "agreement",
        mark("Who agrees"),
        frozenset({F.PILLAR, F.ROWS, F.ORGANISATIONS}),
        agreement_view.draw,
    ),
    View(
        "perspectives",
        mark("Who was heard"),
        frozenset({F.PILLAR, F.STAGE}),
        perspectives_view.draw,
    ),
    View(
        "pipeline",
        mark("Pipeline"),
        frozenset({F.PILLAR}),
        pipeline_view.draw,
    ),
    View(
        "seats",
        mark("Seats"),
        frozenset({F.PILLAR, F.ORGANISATIONS}),
        seats_view.draw,
    ),
    View(
        "waiting",
        mark("Who is awaited"),
        frozenset({F.PILLAR}),
        waiting_view.draw,
    ),
)
BY_KEY = {view.key: view for view in VIEWS}


def chosen() -> View:
    """Draw the choice of views, kept in the address, and return the one chosen."""
    usual = VIEWS[0].key
    key = st.pills(
        t("View"),
        list(BY_KEY),
        default=address.choice("view", BY_KEY) or usual,
        required=True,
        format_func=lambda one: t(BY_KEY[one].title),
        label_visibility="collapsed",
        key=address.followed("view"),
    )
    address.keep("view", None if key == usual else key)
    return BY_KEY[key or usual]
