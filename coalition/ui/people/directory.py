"""The directory as a table: what everybody may read, and what members see beside it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from babel.dates import format_date

from coalition.domain.ground.moments import day_at
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import Profile
from coalition.services.people import organisations
from coalition.services.people.organisations import PAGE, Listed
from coalition.ui import address, parts
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Visit
from coalition.ui.people import interest_list, standings
from coalition.words import codes, language, people, t, tn

SEARCH = "search"  # in the address


def filters() -> tuple[str, Pillar | None]:
    """Draw what the list can be narrowed by; return words (kept in the address) and pillar."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            t("Search"),
            address.text(SEARCH),
            help=t("Looks in names, former names and conditions."),
            max_chars=200,
            key=address.followed(SEARCH),
        )
        address.keep(SEARCH, words or None)
        pillar = st.selectbox(
            t("Pillar"),
            list(Pillar),
            index=None,
            format_func=codes.pillar,
            placeholder=t("All pillars"),
        )
    return words, pillar


def draw(here: Visit, *, search: str = "", pillar: Pillar | None = None) -> None:
    """Draw the organisations found, a page at a time, and all of them as a file."""
    ask = partial(
        organisations.directory_page,
        here.db,
        actor=here.actor,
        now=here.now,
        search=search,
        pillar=pillar,
    )
    found = ask()
    if not found.total:
        nothing(search or (pillar or ""))
        return
    st.caption(tn("{n} organisation", "{n} organisations", found.total))
    shelf = st.container(key="wide-table-members")
    pages = -(-found.total // PAGE)
    number = st.pagination(pages, key=f"members-of-{found.total}") if pages > 1 else 1
    if number > 1:
        found = ask(page=number)
    inside = here.actor is not None
    with shelf:
        told = frame(found.listed, _today(here), inside=inside)
        known = told[t("Member since")].any()  # of imported organisations it is not
        parts.table(told if known else told.drop(columns=t("Member since")))
        csv_button(_all(here, search, pillar), "members", key="members-csv")


def _all(here: Visit, search: str, pillar: Pillar | None) -> Callable[[], pd.DataFrame]:
    """Return what makes the table of all that was found; it is made only when asked for."""
    return lambda: frame(
        organisations.directory(
            here.db, actor=here.actor, now=here.now, search=search, pillar=pillar
        ),
        _today(here),
        inside=here.actor is not None,
    )


def nothing(words: str) -> None:
    """Say that nothing was found, or that nobody is at the table yet."""
    if words:
        parts.empty(
            t("No organisation found"),
            t("Nothing here has this name, had it, or speaks for this condition."),
            t("Try a part of the name, or empty the search."),
        )
    else:
        parts.empty(
            t("No organisation yet"),
            t("Organisations appear here when a convener adds them or imports a list."),
        )


def frame(found: Sequence[Listed], day: date, *, inside: bool) -> pd.DataFrame:
    """Return the directory, one row an organisation, in the order given.

    Columns: name (with former names and parent), class, vote, conditions, pillars, member since,
    website; for members also standing, who acts for it and its declared interests. Headings and
    codes are in the language spoken.

    Args:
        day: Today, on the table's clock.
    """
    headings = [
        t("Organisation"),
        t("Class"),
        t("Vote"),
        t("Speaks for"),
        t("Pillars"),
        t("Member since"),
        t("Website"),
        *([t("Standing"), t("Acts for it"), t("Declared interests")] if inside else []),
    ]
    return pd.DataFrame([_row(one, day, inside=inside) for one in found], columns=headings)


def _today(here: Visit) -> date:
    return day_at(here.now, here.table.zone)


def _row(one: Listed, day: date, *, inside: bool) -> list[str]:
    mine = one.organisation.profile
    public = [
        _named(mine),
        people.kind(mine.kind or ""),
        t("Yes") if mine.votes else t("No"),
        "; ".join(mine.conditions),
        ", ".join(codes.pillar(pillar) for pillar in mine.pillars),
        format_date(mine.since, "MMM y", locale=language()) if mine.since else "",
        mine.website,
    ]
    if not inside:
        return public
    holders = [
        t("{name} ({capacity})", name=h.holder, capacity=codes.capacity(h.capacity))
        for h in one.holders or ()
    ]
    return [
        *public,
        standings.told(one.organisation, day),
        "; ".join(holders) or t("Nobody"),
        "; ".join(interest_list.told(interest) for interest in one.interests),
    ]


def _named(mine: Profile) -> str:
    named = mine.name
    if mine.former_names:
        former = "; ".join(mine.former_names)
        named = t("{name} (formerly {former})", name=named, former=former)
    if mine.parent:
        named = t("{name}, part of {parent}", name=named, parent=mine.parent)
    return named
