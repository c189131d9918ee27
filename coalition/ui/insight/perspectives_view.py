"""Who was heard: proposals down, the six perspectives across, how many have answered a cell."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.ground.perspectives import Perspective
from coalition.domain.insight.hearing import Hearing, gaps
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import perspectives
from coalition.services.insight.perspectives import Perspectives
from coalition.ui import palette, parts, safe
from coalition.ui.charts import grid as picture
from coalition.ui.charts.heat import Label
from coalition.ui.charts.marks import Spec
from coalition.ui.downloads import csv_button, xlsx_button
from coalition.ui.entry import Entry
from coalition.ui.insight import blank, exhibit, shared
from coalition.words import codes, t, tn

ROWS = 24  # proposals of one picture; the files hold them all
NAMED = 3  # proposals named for a gap; the table has the others


def draw(here: Entry, wish: Wish) -> None:
    """Draw whose views the proposals asked for have heard, a page at a time."""
    found = shared.ask(perspectives.perspectives, here, wish)
    question = t("Whose views were heard on each proposal?")
    if not found.hearings:
        st.header(question)
        blank.empty(wish)
        return
    above = st.container()
    pages = -(-len(found.hearings) // ROWS)
    number = st.pagination(pages, key=f"perspectives-page-{pages}") if pages > 1 else 1
    these = found.hearings[(number - 1) * ROWS : number * ROWS]
    with above:
        exhibit.exhibit(
            question,
            answer(found),
            frame(these),
            name="map-perspectives",
            chart=_chart(these),
            alt=answer(found).replace("**", "").replace("\n", " "),
            legend=_legend,
            wide=True,
        )
    if pages > 1:
        st.caption(t("The files below hold every proposal, not only this page."))
        whole = partial(frame, found.hearings)
        with st.container(horizontal=True, gap="small"):
            csv_button(whole, "perspectives-all", key="csv-perspectives-all")
            xlsx_button(whole, "perspectives-all", key="xlsx-perspectives-all")


def answer(found: Perspectives) -> str:
    """Return which perspectives nobody has heard on which proposals, the widest gap first."""
    missing, number = gaps(found.hearings), len(found.hearings)
    if not missing:
        return tn(
            "All six perspectives were heard on the {n} proposal here.",
            "All six perspectives were heard on each of the {n} proposals.",
            number,
        )
    told = [_gap(one, where, number) for one, where in missing.items()]
    absent = [codes.perspective(one) for one, n in found.speaking if not n and one in missing]
    if absent:
        told.append(
            t(
                "No organisation at the table speaks from: {perspectives}.",
                perspectives=", ".join(absent),
            )
        )
    return "\n".join(f"- {one}" for one in told)


def frame(these: Sequence[Hearing]) -> pd.DataFrame:
    """Return what the picture shows as a table, one row a proposal.

    Columns: reference, title, one a perspective: how many organisations that speak from it
    have answered, and whether the proposal notes its view; a word where it is missing.
    """
    headings = [t("Proposal"), t("Title"), *(codes.perspective(one) for one in Perspective)]
    rows = [
        (
            one.proposal.reference,
            one.proposal.text.title,
            *(_words(one, view) for view in Perspective),
        )
        for one in these
    ]
    return pd.DataFrame(rows, columns=headings)


def _gap(perspective: Perspective, where: Sequence[Hearing], number: int) -> str:
    """Return on which proposals a perspective was not heard."""
    word = codes.perspective(perspective)
    if len(where) == number:
        return tn(
            "**{perspective}**: not heard on the {n} proposal here.",
            "**{perspective}**: not heard on any of the {n} proposals.",
            number,
            perspective=word,
        )
    named = ", ".join(safe.label(one.proposal.reference) for one in where[:NAMED])
    if len(where) > NAMED:
        named = t("{names} and {n} more", names=named, n=len(where) - NAMED)
    return t(
        "**{perspective}**: not heard on {n} of {all}: {names}.",
        perspective=word,
        n=len(where),
        all=number,
        names=named,
    )


def _chart(these: Sequence[Hearing]) -> Spec:
    dark = parts.is_dark()
    rows = [
        Label(str(one.proposal.id), one.proposal.reference, one.proposal.text.title)
        for one in these
    ]
    columns = [
        Label(one.value, codes.perspective(one), codes.perspective(one)) for one in Perspective
    ]
    cells = {
        (str(one.proposal.id), view.value): _cell(one, view, dark=dark)
        for one in these
        for view in Perspective
    }
    return picture.grid(rows, columns, cells, dark=dark)


def _cell(one: Hearing, view: Perspective, *, dark: bool) -> picture.Cell:
    words = _words(one, view)
    if one.is_missing(view):
        sign = palette.GLYPHS[palette.MISSING]
        return picture.filled(sign, words, palette.MISSING, dark=dark)
    stance = "support" if one.answered.get(view) else "support_with_reservations"
    return picture.filled(words, words, stance, dark=dark)


def _words(one: Hearing, view: Perspective) -> str:
    """Return how many of a perspective have answered, and whether the proposal notes it."""
    answered = one.answered.get(view, 0)
    if one.is_missing(view):
        return f"{palette.GLYPHS[palette.MISSING]} {t('not heard')}"
    if not one.is_noted(view):
        return str(answered)
    return f"{answered} · {t('noted')}" if answered else t("noted")


def _legend() -> None:
    st.caption(
        t(
            "A number counts the organisations that speak from a perspective and have answered, "
            "whatever they said. “Noted”: the proposal itself records that such people were "
            "heard. {sign}: neither.",
            sign=palette.GLYPHS[palette.MISSING],
        )
    )
