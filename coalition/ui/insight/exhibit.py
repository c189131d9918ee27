"""One exhibit of the board: a question, its answer in a sentence, the picture, the numbers."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from coalition.ui import parts, safe
from coalition.ui.charts.marks import Spec
from coalition.ui.downloads import csv_button, xlsx_button
from coalition.words import t

SHOWN = 25  # rows of a table on the page


def exhibit(
    question: str,
    answer: str,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    *,
    name: str,
    chart: Spec | None = None,
    alt: str = "",
    legend: Callable[[], None] | None = None,
    wide: bool = False,
) -> None:
    """Draw a question with its answer, its picture if it has one, and the same as a table.

    Args:
        answer: The takeaway in one or two sentences of our own; people's words escaped.
        frame: Exactly what the picture shows, headings and words in the reader's language; or
            what makes it, once somebody opens the table.
        name: Stem of the files, in plain letters.
        alt: What the picture says, for who does not see it; the answer where it is left out.
        legend: Draws the key of the picture's signs under it.
        wide: Whether the picture may scroll sideways in its own frame on a narrow screen.
    """
    st.header(question)
    st.markdown(answer)
    if chart is not None:
        with st.container(key=f"wide-{name}" if wide else None):
            said = safe.plain(alt or answer)
            st.vega_lite_chart(
                spec=chart, theme=None, key=f"chart-{name}", width="stretch", alt=said
            )
        if legend:
            legend()
        with parts.fold(t("Show as a table"), key=name) as is_open:
            if is_open:
                numbers(_made(frame), name=name)
    else:
        numbers(_made(frame), name=name)


def pager(pages: int, what: str, *, key: str) -> int:
    """Return the page chosen of one side of a picture; where there are more, say which side.

    Args:
        what: What is paged through, in a word or two: a pager has no name of its own.
    """
    if pages <= 1:
        return 1
    with st.container(gap="xxsmall"):  # side by side, a pager would shrink to its present page
        st.caption(what)
        return st.pagination(pages, key=key)


def _made(frame: pd.DataFrame | Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return frame() if callable(frame) else frame


def numbers(frame: pd.DataFrame, *, name: str) -> None:
    """Draw the numbers as a table, to take away as CSV or as a sheet.

    A long one is drawn a page at a time; the files hold it all.
    """
    if not frame.empty:
        listed(lambda these: frame.iloc[these], lambda: frame, len(frame), name=name)


def listed(
    part: Callable[[slice], pd.DataFrame],
    whole: Callable[[], pd.DataFrame],
    n: int,
    *,
    name: str,
) -> None:
    """Draw a page of a table, and offer the whole of it, which is made when asked for.

    Args:
        part: What makes some of its rows, for the page that is shown.
        n: Rows of the whole.
    """
    shelf = st.container(key=f"wide-table-{name}")
    pages = -(-n // SHOWN)
    number = st.pagination(pages, key=f"table-{name}-{pages}") if pages > 1 else 1
    these = slice((number - 1) * SHOWN, min(number * SHOWN, n))
    with shelf:
        parts.table(part(these))
        if pages > 1:
            told = {"first": these.start + 1, "last": these.stop, "all": n}
            st.caption(t("Rows {first} to {last} of {all}; the files have all.", **told))
        # Inside: what scrolls sideways can be reached by keyboard only where something in it can.
        with st.container(horizontal=True, gap="small"):
            csv_button(whole, name, key=f"csv-{name}")
            xlsx_button(whole, name, key=f"xlsx-{name}")
