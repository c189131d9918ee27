"""The filters of the board, kept in the address so that a link shows the same view."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum, auto
from typing import TypeVar

import streamlit as st

from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Grouping, Order, RowOrder, Wish
from coalition.domain.people.organisations import OrganisationKind, OrganisationSize, Region
from coalition.ui import address, parts
from coalition.words import codes, mark, people, t

Code = TypeVar("Code", bound=StrEnum)
OPEN, CLOSED = "open", "closed"
CONDITION = "condition"  # its name in the address
STAGES = {OPEN: mark("Open"), CLOSED: mark("Closed last")}
ORDERS: dict[str, str] = {
    Order.MOVABLE: mark("What can move today"),
    Order.CLOSING: mark("Closing first"),
}
ROWS: dict[str, str] = {
    RowOrder.NAME: mark("By name"),
    RowOrder.SIMILARITY: mark("By likeness"),
}
GROUPINGS: dict[str, str] = {
    Grouping.CONDITION: mark("Condition"),
    Grouping.SIZE: mark("Size"),
    Grouping.REGION: mark("Region"),
    Grouping.KIND: mark("Class"),
}


class Filter(StrEnum):
    """One thing that a view lets its reader choose."""

    PILLAR = auto()
    STAGE = auto()
    ORDER = auto()
    ORGANISATIONS = auto()  # class, region, size, condition
    ROWS = auto()
    GROUPING = auto()


def wish(offered: Collection[Filter], conditions: Callable[[], Mapping[str, str]]) -> Wish:
    """Draw the filters a view offers and return what is asked for.

    Args:
        conditions: Asked only where organisations can be chosen: every condition somebody
            speaks for, its code to its words.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        pillars = _pillars() if Filter.PILLAR in offered else ()
        stage = _one("stage", t("Rounds"), STAGES, OPEN) if Filter.STAGE in offered else OPEN
        order: str = Order.MOVABLE
        if Filter.ORDER in offered and stage == OPEN:
            order = _one("sort", t("Sort by"), ORDERS, Order.MOVABLE)
        rows: str = RowOrder.NAME
        if Filter.ROWS in offered:
            rows = _one("rows", t("Organisations"), ROWS, RowOrder.NAME)
        grouping: str = Grouping.SIZE
        if Filter.GROUPING in offered:
            grouping = _one("by", t("Group by"), GROUPINGS, Grouping.SIZE)
    some = Wish(
        frozenset(pillars),
        closed=stage == CLOSED,
        order=Order(order),
        rows=RowOrder(rows),
        grouping=Grouping(grouping),
    )
    return _organisations(some, conditions) if Filter.ORGANISATIONS in offered else some


def _pillars() -> Sequence[Pillar]:
    pillars = st.pills(
        t("Pillar"),
        list(Pillar),
        selection_mode="multi",
        default=address.choices("pillar", Pillar),
        format_func=codes.pillar,
        wrap=True,
        key=address.followed("pillar"),
    )
    address.keep("pillar", ",".join(pillars) or None)
    return pillars


def _organisations(some: Wish, conditions: Callable[[], Mapping[str, str]]) -> Wish:
    """Draw which organisations to show; folded away, the address alone says which."""
    known = address.choice(CONDITION, conditions()) if address.text(CONDITION) else None
    asked = replace(
        some,
        kinds=frozenset(address.choices("class", OrganisationKind)),
        regions=frozenset(address.choices("region", Region)),
        sizes=frozenset(address.choices("size", OrganisationSize)),
        condition=known or "",
    )
    chosen = asked != some
    label = t("Which organisations: some") if chosen else t("Which organisations: all")
    with parts.fold(label, key="which-organisations") as is_open:
        if is_open:
            return _chosen(some, conditions())
    return asked


def _chosen(some: Wish, conditions: Mapping[str, str]) -> Wish:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kinds = _several("class", t("Class"), OrganisationKind, people.kind)
        regions = _several("region", t("Region"), Region, people.region)
        sizes = _several("size", t("Size"), OrganisationSize, people.size)
        known = address.choice("condition", conditions)
        condition = st.selectbox(
            t("Speaks for"),
            list(conditions),
            index=list(conditions).index(known) if known else None,
            format_func=lambda one: conditions.get(one, one),
            placeholder=t("Any condition"),
            key=address.followed("condition"),
            width=260,
        )
        address.keep("condition", condition or None)
    return replace(
        some,
        kinds=frozenset(kinds),
        regions=frozenset(regions),
        sizes=frozenset(sizes),
        condition=condition or "",
    )


def _several(
    name: str, label: str, options: type[Code], word: Callable[[str], str]
) -> Sequence[Code]:
    chosen: list[Code] = st.multiselect(
        label,
        list(options),
        address.choices(name, options),
        format_func=word,
        placeholder=t("All of them"),
        key=address.followed(name),
        width=260,
    )
    address.keep(name, ",".join(chosen) or None)
    return chosen


def _one(name: str, label: str, words: Mapping[str, str], usual: str) -> str:
    """Draw one choice that always has an answer, kept in the address."""
    chosen: str = st.segmented_control(
        label,
        list(words),
        default=address.choice(name, words) or usual,
        required=True,
        format_func=lambda one: t(words[one]),
        key=address.followed(name),
    )
    address.keep(name, None if chosen == usual else chosen)
    return chosen
