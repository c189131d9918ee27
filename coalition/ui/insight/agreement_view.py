"""Who agrees: how alike each pair of organisations answered, a number and a colour a cell."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.insight.measures import FEWEST_JOINT
from coalition.domain.insight.pairs import Extreme, Pair
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import agreement
from coalition.services.insight.agreement import Agreement
from coalition.ui import parts, safe
from coalition.ui.charts import grid as picture
from coalition.ui.charts.heat import Label
from coalition.ui.charts.marks import Spec
from coalition.ui.downloads import all_buttons
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.ui.insight.stance_bars_view import hidden_rounds
from coalition.words import accords, t, tn

SIDE = 24  # organisations down and across one picture; the files hold every pair
ONE_STEP, TWO_STEPS = Fraction(2, 3), Fraction(1, 3)  # apart on average, of three at most


def draw(here: Entry, wish: Wish) -> None:
    """Draw the pairs of the organisations asked for, a page of them down and one across."""
    found = shared.ask(agreement.agreement, here, wish)
    question = t("Who answers alike?")
    if not len(found.pairs):
        st.header(question)
        st.markdown(answer(found))
        return
    above = st.container()
    pages = -(-len(found.organisations) // SIDE)
    down = exhibit.pager(pages, t("Organisations down"), key=f"agreement-rows-{pages}")
    across = exhibit.pager(pages, t("Organisations across"), key=f"agreement-columns-{pages}")
    shown = _on_page(found, down, across)
    with above:
        exhibit.exhibit(
            question,
            answer(found),
            partial(frame, found, shown),
            name="map-agreement",
            chart=_chart(found, shown, down, across),
            alt=_alt(found, shown),
            legend=_legend,
            wide=True,
        )
    if pages > 1:
        st.caption(t("The files below hold every pair of organisations, not only this page."))
        all_buttons(partial(_whole, found), "agreement-all")


def answer(found: Agreement) -> str:
    """Return which pair answers most alike and which least, with the numbers."""
    most, least = found.pairs.most_alike(), found.pairs.least_alike()
    if most is None or least is None:
        told = [
            t(
                "No two organisations have taken a place on the scale in {n} rounds together yet.",
                n=FEWEST_JOINT,
            )
        ]
    elif most.pair.alike == least.pair.alike:
        told = [_equal(found, most)]
    else:
        told = [
            t("Most alike: {pair}.", pair=_pair(found, most.pair)),
            _as_alike(most.n - 1),
            t("Least alike: {pair}.", pair=_pair(found, least.pair)),
            _as_alike(least.n - 1),
        ]
    return " ".join(filter(None, (*told, hidden_rounds(found.hidden))))


def frame(found: Agreement, these: Sequence[Pair]) -> pd.DataFrame:
    """Return pairs as a table, one row a pair.

    Columns: the two organisations, how alike they answered (per cent; words where too few
    rounds are joint), the joint rounds. The most alike stand first, those not told last.
    """
    headings = [t("Organisation"), t("And"), t("Alike"), t("Rounds both answered")]
    names = [one.name for one in found.organisations]
    ordered = sorted(these, key=lambda one: (not one.is_told, -(one.alike or 0)))
    rows = [(names[one.first], names[one.second], _number(one), one.joint) for one in ordered]
    return pd.DataFrame(rows, columns=headings)


def _whole(found: Agreement) -> pd.DataFrame:
    return frame(found, tuple(found.pairs))


def _on_page(found: Agreement, down: int, across: int) -> list[Pair]:
    """Return the pairs that one picture shows: one of a page's rows, one of its columns."""
    rows, columns = (range((page - 1) * SIDE, page * SIDE) for page in (down, across))
    return found.pairs.between(rows, columns)


def _chart(found: Agreement, these: Sequence[Pair], down: int, across: int) -> Spec:
    dark = parts.is_dark()
    labels = [Label(str(one.id), one.profile.short_name, one.name) for one in found.organisations]
    cells = {}
    for one in these:
        first, second = labels[one.first].key, labels[one.second].key
        cells[first, second] = cells[second, first] = _cell(one, dark=dark)
    rows, columns = (labels[(page - 1) * SIDE : page * SIDE] for page in (down, across))
    return picture.grid(rows, columns, cells, dark=dark)


def _cell(one: Pair, *, dark: bool) -> picture.Cell:
    told = f"{_number(one)} · {_rounds(one.joint)}"
    if not one.is_told or one.alike is None:
        return picture.faint("·", told, dark=dark)
    if one.alike >= ONE_STEP:
        ink = "support"
    else:
        ink = "support_with_reservations" if one.alike >= TWO_STEPS else "stand_aside"
    return picture.filled(accords.percent(one.alike).rstrip("%\xa0 "), told, ink, dark=dark)


def _number(one: Pair) -> str:
    return accords.percent(one.alike) if one.is_told else t("too few rounds")


def _rounds(joint: int) -> str:
    return tn("{n} round both answered", "{n} rounds both answered", joint)


def _pair(found: Agreement, one: Pair) -> str:
    first, second = (found.organisations[row].name for row in (one.first, one.second))
    return t(
        "**{first}** and **{second}** ({share}, {rounds})",
        first=safe.label(first),
        second=safe.label(second),
        share=accords.percent(one.alike),
        rounds=_rounds(one.joint),
    )


def _as_alike(others: int) -> str:
    if not others:
        return ""
    return tn("{n} other pair is as alike.", "{n} other pairs are as alike.", others)


def _equal(found: Agreement, these: Extreme) -> str:
    """Say that no pair with enough joint rounds is more alike than another."""
    if these.n == 1:
        return t("Only one pair can be told yet: {pair}.", pair=_pair(found, these.pair))
    return tn(
        "{n} pair can be told, all alike to {share}.",
        "{n} pairs can be told, all alike to {share}.",
        these.n,
        share=accords.percent(these.pair.alike),
    )


def _alt(found: Agreement, these: Sequence[Pair]) -> str:
    told = sum(one.is_told for one in these)
    return t(
        "{told} of {all} pairs on this page can be told. {answer}",
        told=told,
        all=len(these),
        answer=answer(found),
    )


def _legend() -> None:
    st.caption(
        t(
            "Each number is how alike two organisations answered, in per cent: 100 always the "
            "same, 0 always at opposite ends. Blue: up to one step of the scale apart on "
            "average; light blue: up to two; amber: more. Grey with a dot: fewer than {n} "
            "rounds in which both took a place on the scale.",
            n=FEWEST_JOINT,
        )
    )
    st.caption(
        t(
            "Open rounds that show their stances and those that closed last. Abstaining and "
            "recusal are no places on the scale."
        )
    )
