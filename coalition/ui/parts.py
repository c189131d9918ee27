"""Parts that several pages draw alike: charts with their words and numbers, badges, blanks."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.ui import forms, frames, palette, safe
from coalition.ui.charts.bar import Scale, StanceCounts, scale_for
from coalition.ui.charts.bar import stance_bar as bar_spec
from coalition.ui.charts.heat import Cells, Label
from coalition.ui.charts.heat import heat_map as heat_spec
from coalition.ui.downloads import csv_button
from coalition.words import t

READING = 760  # pixels a line of running text may take
_FIT_A_PHONE = 8  # columns of a heat map; static/look.css lets wider ones scroll


def is_dark() -> bool:
    """Return whether the reader's page is dark just now."""
    return st.context.theme.type == "dark"


def stance_bar(
    counts: StanceCounts,
    *,
    roll: int,
    needed: int | None,
    sentence: str,
    name: str,
    since: Mapping[str, int] | None = None,
) -> None:
    """Draw one round: the sentence, the bar, its key, and the numbers with a download.

    Args:
        counts: Seats by stance code and ``palette.MISSING``.
        roll: Organisations on the roll of this round.
        needed: Supports at which it would pass; None where the rule knows no such number.
        sentence: How far it stands from adoption, in words of our own.
        name: Plain letters that tell this round from others on the page (its reference).
        since: Rows for the foot of the table: what changed after the close.
    """
    st.markdown(sentence)
    bar_alone(counts, scale=scale_for([counts], roll), needed=needed, key=f"bar-{name}")
    legend(counts_shown(counts), line=needed is not None)
    numbers(partial(frames.stance_frame, counts, since), name=f"stances-{name}")


def bar_alone(counts: StanceCounts, *, scale: Scale, needed: int | None, key: str) -> None:
    """Draw a bar without words or table, for a board that has one legend and one table."""
    spec = bar_spec(
        counts,
        needed=needed,
        needed_label=frames.needed_label(needed),
        scale=scale,
        dark=is_dark(),
    )
    st.vega_lite_chart(
        spec=spec, theme=None, key=key, width="stretch", alt=frames.stance_alt(counts, needed)
    )


def heat_map(
    rows: Sequence[Label],
    columns: Sequence[Label],
    cells: Cells,
    *,
    name: str,
    is_part: bool = False,
) -> None:
    """Draw who stands where, its key, and the same as a table with a download.

    The map keeps its cells wide enough to read; on a narrow screen it scrolls sideways inside
    its own frame, never the page.

    Args:
        is_part: Whether there are more pages of it, and the file of the table holds but this one.
    """
    spec = heat_spec(rows, columns, cells, words=frames.words(), dark=is_dark())
    alt = frames.heat_alt(rows, columns, cells)
    with st.container(key=f"wide-map-{name}" if len(columns) > _FIT_A_PHONE else None):
        st.vega_lite_chart(spec=spec, theme=None, key=f"heat-{name}", width="stretch", alt=alt)
    legend(set(cells.values()), line=False, cells=True)
    numbers(
        partial(frames.heat_frame, rows, columns, cells), name=f"stances-{name}", is_part=is_part
    )


def numbers(frame: Callable[[], pd.DataFrame], *, name: str, is_part: bool = False) -> None:
    """Offer the numbers of a chart: a table folded away, and the table as a file."""
    with fold(t("Show as a table"), key=f"table-{name}") as is_open:
        if is_open:
            made = frame()
            with st.container(key=f"wide-table-{name}"):
                table(made)
                label = t("Download this page as CSV") if is_part else ""
                csv_button(made, name, key=f"csv-{name}", label=label)


@contextmanager
def fold(label: str, *, key: str) -> Iterator[bool]:
    """Fold something away; yield whether it stands open, for what is closed need not be made."""
    place = st.expander(label, type="compact", key=f"fold-{key}", on_change="rerun")
    with place:
        yield bool(place.open)


@contextmanager
def fold_form(label: str, *, key: str) -> Iterator[bool]:
    """Fold a form away; yield whether to make it: once it was opened, always.

    What was typed outlives the folding: a field that is not drawn forgets.

    Args:
        key: The form's name; or its token, where a form that was acted on is folded away again.
    """
    place = st.expander(label, key=f"fold-{key}", on_change="rerun")
    if place.open:
        forms.opened_on(f"unfolded-{key}", None)
    with place:
        yield forms.was_opened(f"unfolded-{key}")


def table(frame: pd.DataFrame) -> None:
    """Draw a table that screen readers can walk; every cell and heading is plain text.

    A column of numbers alone stands right; one of numbers and words is told in words.
    """
    rows = frame.to_numpy(dtype=object).tolist()
    columns = [_column(list(them)) for them in zip(*rows, strict=True)]
    told = pd.DataFrame(
        list(zip(*columns, strict=True)), columns=[safe.label(one) for one in frame.columns]
    )
    st.table(told, hide_index=True, border="horizontal")


def legend(codes: Iterable[str], *, line: bool, cells: bool = False) -> None:
    """Explain the signs of the stances shown, and the dashed line if there is one.

    ``cells`` is for the heat map, where an abstention is filled: only bars set it apart.
    """
    dark = is_dark()
    told = [(_swatch(code, cells=cells, dark=dark), word) for code, word in frames.legend(codes)]
    if line:
        told.append((_dashed_line(dark=dark), t("Support needed")))
    st.markdown(" ".join(f":small[![]({sign}) {word}]&emsp;" for sign, word in told))


def counts_shown(counts: StanceCounts) -> set[str]:
    """Return the stances that a bar of these counts shows."""
    return {code for code, seats in counts.items() if seats}


def empty(title: str, why: str, next_step: str = "") -> None:
    """Say that there is nothing here, why, and what to do about it; never a blank page.

    Args:
        title: What is not there, in our words: "No proposal is open".
        why: One sentence.
        next_step: One sentence on what the reader can do; leave it out where nothing is.
    """
    with st.container(border=True):
        st.markdown(f"**{title}**")
        st.markdown(why)
        if next_step:
            st.caption(next_step)


def reading() -> DeltaGenerator:
    """Open a column whose lines are short enough to read with ease; use it with ``with``."""
    return st.container(width=READING)


def badge(outcome: str, words: str) -> None:
    """Draw the state of a round as a badge."""
    st.markdown(outcome_badge(outcome, words), width="content")


def outcome_badge(outcome: str, words: str) -> str:
    """Return the state of a round as a badge: colour and icon from the outcome, then its words."""
    colour, icon = palette.OUTCOMES[outcome]
    return badge_md(safe.label(words), colour, icon)


def badge_md(words: str, colour: str, icon: str = "") -> str:
    """Return a badge for a line of Markdown: one thing for the browser to draw, not three.

    Args:
        words: In our own words, or made safe.
    """
    return f":{colour}-badge[{icon} {words}]"


def deadline(words: str, *, passed: bool = False) -> None:
    """Draw a deadline as a caption with a clock; ``words`` carry days left, date and zone."""
    icon = ":material/event_busy:" if passed else ":material/schedule:"
    st.caption(f"{icon} {words}")


def figures(told: Mapping[str, int | str]) -> None:
    """Draw a few figures in one row, two to a row on a phone: label above, figure below."""
    with st.grid(min(len(told), 4), min_column_width=120):
        for label, figure in told.items():
            st.metric(label, figure, border=True, height="stretch")


def _column(values: Sequence[Any]) -> list[object]:
    """Return the cells of a column, all of one type, or Arrow could not carry the table."""
    if not any(isinstance(one, str) for one in values):
        return list(values)
    return [one if pd.isna(one) else safe.label(str(one)) for one in values]


@cache
def _swatch(code: str, *, cells: bool, dark: bool) -> str:
    """Return one legend sign as an image that stands in the text and wraps with it."""
    ink = palette.inks(dark=dark)[code]
    apart = ink.fill is None or (code in palette.APART and not cells)
    box = f'fill="none" stroke="{ink.line}"' if apart else f'fill="{ink.fill}"'
    sign = ink.line if apart else ink.on
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="-9 -9 18 18">'
        f'<rect x="-8" y="-8" width="16" height="16" rx="3" {box}/>'
        f'<path d="{palette.STROKES[code]}" transform="scale(4.2)" fill="none" stroke="{sign}" '
        'stroke-width="0.45" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    return _address(drawn)


@cache
def _dashed_line(*, dark: bool) -> str:
    return _address(
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="18" viewBox="0 0 10 18">'
        f'<path d="M5,0L5,18" stroke="{palette.page(dark=dark).ink}" stroke-width="2" '
        'stroke-dasharray="4 3"/></svg>'
    )


def _address(drawn: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()
