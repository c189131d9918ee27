"""Where every proposal stands: all bars in one picture, with bounds and a word for accord."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.insight.measures import FEWEST_ON_SCALE, Accord
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import stance_bars
from coalition.services.insight.stance_bars import Bar, Bars
from coalition.ui import frames, palette, parts
from coalition.ui.charts import bars as picture
from coalition.ui.charts.marks import Spec
from coalition.ui.deliberation import distances
from coalition.ui.downloads import all_buttons
from coalition.ui.entry import Entry
from coalition.ui.insight import blank, exhibit, shared
from coalition.words import accords, t, tn

ROWS = 24  # bars of one picture; the files hold them all
HALF = Fraction(1, 2)


def draw(here: Entry, wish: Wish) -> None:
    """Draw the bars of the rounds whose stances may be seen, a page at a time."""
    found = shared.ask(stance_bars.stance_bars, here, wish)
    question = t("Where does each proposal stand?")
    if not found.bars:
        st.header(question)
        nothing(found.hidden, wish)
        return
    above = st.container()
    pages = -(-len(found.bars) // ROWS)
    number = st.pagination(pages, key=f"bars-page-{pages}") if pages > 1 else 1
    these = found.bars[(number - 1) * ROWS : number * ROWS]
    with above:
        exhibit.exhibit(
            question,
            answer(found, closed=wish.closed),
            frame(these),
            name="bars",
            chart=_chart(these),
            legend=partial(_legend, these),
        )
    if pages > 1:
        st.caption(t("The files below hold every proposal, not only this page."))
        all_buttons(partial(frame, found.bars), "bars-all")


def nothing(hidden: int, wish: Wish, *, signed: int = 0) -> None:
    """Say why no round can be drawn: there is none, or all are left out, and why they are."""
    if hidden or signed:
        st.markdown(left_out(hidden, signed))
    else:
        blank.empty(wish)


def left_out(hidden: int, signed: int) -> str:
    """Return that rounds are left out, the hidden and those to sign only; "" where none is."""
    told = hidden_rounds(hidden)
    if signed:
        told += " " + tn(
            "{n} round in which one can only sign is left out.",
            "{n} rounds in which one can only sign are left out.",
            signed,
        )
    return told.strip()


def hidden_rounds(hidden: int) -> str:
    """Return that some rounds are left out; "" where none is."""
    if not hidden:
        return ""
    return tn(
        "{n} round keeps its stances hidden until it closes and is left out.",
        "{n} rounds keep their stances hidden until they close and are left out.",
        hidden,
    )


def answer(found: Bars, *, closed: bool) -> str:
    """Return where the proposals stand, in three sentences at most."""
    told = [tn("{n} round shows its stances.", "{n} rounds show their stances.", len(found.bars))]
    now, worst, best = (
        sum(share is not None and share > HALF for share in shares)
        for shares in zip(
            *((one.bounds.now, one.bounds.worst, one.bounds.best) for one in found.bars),
            strict=True,
        )
    )
    told.append(
        t("More than half of the votes cast support the proposal in {n}.", n=now)
        if closed
        else t(
            "More than half of the votes cast support the proposal in {now}: in {worst} if "
            "everybody still out objects, in {best} if everybody still out supports it.",
            now=now,
            worst=worst,
            best=best,
        )
    )
    accord = Counter(one.accord for one in found.bars)
    said = [f"{accords.accord(one)}: {accord[one]}" for one in Accord if accord[one]]
    if said:
        told.append(", ".join(said) + ".")
    told.append(hidden_rounds(found.hidden))
    return " ".join(told).strip()


def frame(bars: Sequence[Bar]) -> pd.DataFrame:
    """Return what the picture shows as a table, one row a proposal.

    Columns: reference, title, one a stance (its word) with those in clearance apart from
    those not heard from, support needed, the share of votes cast that support it now, at
    worst and at best (per cent), the accord in a word and its number A (-1 to 1).
    """
    spoken = frames.words()
    order = [code for code in palette.ORDER if code != palette.MISSING]
    headings = [
        t("Proposal"),
        t("Title"),
        *(spoken[code] for code in order),
        t("In clearance"),
        spoken[palette.MISSING],
        t("Support needed"),
        t("Support of votes cast"),
        t("At worst"),
        t("At best"),
        t("Accord"),
        t("Agreement A"),
    ]
    rows = [_row(one, order) for one in bars]
    return pd.DataFrame(rows, columns=headings)


def _row(one: Bar, order: Sequence[str]) -> list[str | int | float]:
    counts, needed, bounds = _counts(one), _needed(one), one.bounds
    return [
        one.proposal.reference,
        one.proposal.text.title,
        *(counts[code] for code in order),
        counts[picture.CLEARANCE],
        counts[palette.MISSING],
        "–" if needed is None else str(needed),
        accords.percent(bounds.now),
        accords.percent(bounds.worst),
        accords.percent(bounds.best),
        accords.accord(one.accord) or "–",
        _agreement(one),
    ]


def _chart(bars: Sequence[Bar]) -> Spec:
    rows = [picture.Bar(_words(one), _counts(one), _needed(one), _tips(one)) for one in bars]
    roll = max(one.tally.eligible for one in bars)
    return picture.stance_bars(rows, roll=roll, dark=parts.is_dark())


def _words(one: Bar) -> tuple[str, str]:
    """Return what stands above a bar, on a phone and on a wide picture."""
    accord = accords.accord(one.accord)
    short = " · ".join(filter(None, (one.proposal.reference, accord)))
    return short, " · ".join(filter(None, (short, _bounds(one))))


def _bounds(one: Bar) -> str:
    now, worst, best = one.bounds.now, one.bounds.worst, one.bounds.best
    if best is None:
        return ""
    if worst == best:
        return t("{share} of votes cast support it", share=accords.percent(now))
    said = {"worst": accords.percent(worst), "best": accords.percent(best)}
    if now is None:
        return t("no vote is cast yet; {worst} to {best} once all are in", **said)
    return t(
        "{share} of votes cast support it; {worst} to {best} once all are in",
        share=accords.percent(now),
        **said,
    )


def _tips(one: Bar) -> tuple[str, ...]:
    number = t("Agreement A: {n}", n=_agreement(one)) if one.accord else ""
    return one.proposal.text.title, _bounds(one), number


def _agreement(one: Bar) -> float | str:
    """Return A to two places; a dash where too few took a place for it to say anything."""
    return round(float(one.agreement), 2) if one.accord and one.agreement is not None else "–"


def _counts(one: Bar) -> dict[str, int]:
    counted = distances.counted(one.tally)
    waiting = counted[palette.MISSING] - one.reviewing
    return {**counted, picture.CLEARANCE: one.reviewing, palette.MISSING: waiting}


def _needed(one: Bar) -> int | None:
    return distances.needed(one.verdict) if one.verdict else None


def _legend(bars: Sequence[Bar]) -> None:
    """Draw the key of the signs shown, and say what the words mean."""
    counts = [_counts(one) for one in bars]
    seen = set[str]().union(*(parts.counts_shown(one) for one in counts))
    parts.legend(seen, line=any(_needed(one) is not None for one in bars))
    if picture.CLEARANCE in seen:
        st.caption(f"{picture.GLYPHS[picture.CLEARANCE]} {t('In clearance')}")
    st.caption(
        t(
            "Together, mixed or split: how far those that support, stand aside or object agree "
            "(van der Eijk's A). Under {n} of them there is no word.",
            n=FEWEST_ON_SCALE,
        )
    )
