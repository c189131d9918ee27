"""How support moved: a small line a round, broken at each version of its text."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import streamlit as st

from coalition.domain.insight.trend import DAY, Point
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import trend
from coalition.services.insight.trend import LINES, Line, Trends
from coalition.ui import parts, safe
from coalition.ui.charts import trend as picture
from coalition.ui.charts.marks import Spec
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.ui.insight.stance_bars_view import left_out, nothing
from coalition.words import accords, moments, t, tn

NARROWEST = 300  # pixels of one picture


def draw(here: Entry, wish: Wish) -> None:
    """Draw the lines of the rounds whose stances may be seen, a page at a time."""
    found = shared.ask(trend.trends, here, wish)
    st.header(t("How has support moved since each round opened?"))
    if not found.total:
        nothing(found.hidden, wish, signed=found.signed)
        return
    above = st.container()
    pages = -(-found.total // LINES)
    key = f"trend-page-{wish.closed}-{pages}"
    number = st.pagination(pages, key=key) if pages > 1 else 1
    if number > 1:
        found = shared.ask(trend.trends, here, replace(wish, page=number))
    with above:
        st.markdown(answer(found))
        with st.grid(min(len(found.lines), 2), min_column_width=NARROWEST):
            for one in found.lines:
                _picture(one)
        _legend()
        with parts.fold(t("Show as a table"), key="trend") as is_open:
            if is_open:
                exhibit.numbers(frame(found.lines, here.table.zone), name="trend")


def answer(found: Trends) -> str:
    """Return in which of these rounds support moved most, and in which no vote counts now."""
    told = [_page(found), _most(found.lines), _uncounted(found.lines), _broken(found.lines)]
    return " ".join(filter(None, (*told, left_out(found.hidden, found.signed))))


def _page(found: Trends) -> str:
    """Return that the rest is said of one page only; what the others hold is not read."""
    if found.total == len(found.lines):
        return ""
    return t(
        "This page shows {n} of {all} rounds, and this is about these alone.",
        n=len(found.lines),
        all=found.total,
    )


def _most(lines: Sequence[Line]) -> str:
    """Return where support moved most; "" where no vote counts any longer."""
    spans = [(one, span) for one in lines if (span := _span(one))]
    still = [(one, first, last) for one, (first, last) in spans if last is not None]
    if not spans:
        return t("No vote is cast yet in the rounds shown here.")
    if not still:
        return ""
    line, first, last = max(still, key=lambda one: abs(one[2] - one[1]))
    if first != last:
        return t(
            "Support moved most with {reference}, {title}: from {first} of votes cast to {last}.",
            **_named(line),
            first=accords.percent(first),
            last=accords.percent(last),
        )
    if len(still) < len(spans):
        return t("Support has not moved in the other rounds shown here.")
    return t("Support has not moved in the rounds shown here.")


def _uncounted(lines: Sequence[Line]) -> str:
    """Return where votes counted and none does now; "" where there is no such round."""
    gone = [(one, span[0]) for one in lines if (span := _span(one)) and span[1] is None]
    if len(gone) == 1:
        line, first = gone[0]
        return t(
            "With {reference}, {title}, support went from {first} of votes cast to none that "
            "counts.",
            **_named(line),
            first=accords.percent(first),
        )
    return t("In {n} rounds no vote counts now, though some did.", n=len(gone)) if gone else ""


def _named(line: Line) -> dict[str, str]:
    text = line.proposal.text
    return {"reference": safe.label(line.proposal.reference), "title": safe.label(text.title)}


def frame(lines: Sequence[Line], zone: str) -> pd.DataFrame:
    """Return every day of every line as a table, one row a day.

    Columns: reference, title, day since the opening (from 1), the moment counted, the number
    of the text in force, support of votes cast (per cent), in support, votes cast.

    Args:
        zone: Of the moments; its name stands in their heading.
    """
    headings = [
        t("Proposal"),
        t("Title"),
        t("Day"),
        t("Until ({zone})", zone=moments.zone_name(zone)),
        t("Text"),
        t("Support of votes cast"),
        t("In support"),
        t("Votes cast"),
    ]
    rows = [
        (
            one.proposal.reference,
            one.proposal.text.title,
            point.day,
            moments.clock(point.at, zone),
            point.version,
            accords.percent(point.share),
            point.yes,
            point.cast,
        )
        for one in lines
        for point in one.points
    ]
    return pd.DataFrame(rows, columns=headings)


def _picture(one: Line) -> None:
    with st.container(gap="xsmall"):
        title = safe.label(f"{one.proposal.reference} · {one.proposal.text.title}")
        st.markdown(f"**{title}**")
        st.vega_lite_chart(
            spec=_chart(one),
            theme=None,
            key=f"chart-trend-{one.round.id}",
            width="stretch",
            alt=f"{one.proposal.reference}: {_moved(one)}",
        )
        st.caption(_moved(one))


def _chart(one: Line) -> Spec:
    opened = one.round.opens_at
    dots = [
        picture.Dot(
            (point.at - opened) / DAY,
            None if point.share is None else float(point.share),
            point.version,
            _told(point),
        )
        for point in one.points
    ]
    breaks = [
        picture.Break(max((text.at - opened) / DAY, 0), t("Text {n}", n=text.number))
        for text in one.texts[1:]
    ]
    return picture.trend(dots, breaks, axis=t("Days since it opened"), dark=parts.is_dark())


def _told(point: Point) -> str:
    return t(
        "Day {day}: {yes} of {cast} votes cast support it",
        day=point.day,
        yes=point.yes,
        cast=point.cast,
    )


def _span(one: Line) -> tuple[Fraction, Fraction | None] | None:
    """Return the first share of a line and where it ends; None where no vote ever counted.

    It ends at None where no vote counts any longer.
    """
    shares = [point.share for point in one.points if point.share is not None]
    return (shares[0], one.points[-1].share) if shares else None


def _moved(one: Line) -> str:
    """Return how a line runs, in one sentence."""
    span = _span(one)
    if span is None:
        return t("No vote is cast yet.")
    first, last = map(accords.percent, span)
    passed = (one.points[-1].at - one.round.opens_at) // DAY
    days = tn("{n} day", "{n} days", passed) if passed else t("less than a day")
    if span[1] is None:
        return t(
            "From {first} of votes cast to none that counts in {days}.", first=first, days=days
        )
    if span[0] == span[1]:
        return t("{share} of votes cast support it, as at first; {days}.", share=last, days=days)
    return t("From {first} of votes cast to {last} in {days}.", first=first, last=last, days=days)


def _broken(lines: Sequence[Line]) -> str:
    changed = sum(len(one.texts) - 1 for one in lines)
    if not changed:
        return ""
    return tn(
        "A text changed {n} time on the way; there its line breaks.",
        "Texts changed {n} times on the way; there the lines break.",
        changed,
    )


def _legend() -> None:
    st.caption(
        t(
            "The share of votes cast (support, with reservations or without, and objections) "
            "that supports the proposal, at the end of each day of 24 hours since the opening "
            "and now. Of each organisation only its then latest answer counts. A dashed line: "
            "a new text."
        )
    )
