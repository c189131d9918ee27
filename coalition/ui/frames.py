"""The numbers of each chart as a table, and its takeaway as a sentence. Pure: no Streamlit."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from coalition.ui import palette
from coalition.ui.charts.bar import StanceCounts
from coalition.ui.charts.heat import Cells, Label
from coalition.words import codes, mark, t, tn

_SHORT = {"support_with_reservations": mark("With reservations")}


def words() -> dict[str, str]:
    """Return the word for each stance code, in the language spoken."""
    return {code: t(codes.STANCES[code]) for code in palette.ORDER}


def stance_frame(counts: StanceCounts, since: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Return one round as a table of seven rows, zeros included.

    Columns: ``Stance`` (glyph and word), ``Organisations`` (count), headings translated.

    Args:
        since: Rows at its foot: what changed after the close, in words, and how often.
    """
    rows = [
        (f"{palette.GLYPHS[code]} {word}", counts.get(code, 0)) for code, word in words().items()
    ]
    rows += (since or {}).items()
    return pd.DataFrame(rows, columns=[t("Stance"), t("Organisations")])


def heat_frame(rows: Sequence[Label], columns: Sequence[Label], cells: Cells) -> pd.DataFrame:
    """Return the heat map as a table: organisations down, proposals across, stances in words.

    Columns: ``Organisation`` (full name), then one a proposal (its short text, and its key too
    where two are alike). A pair without a seat is blank.
    """
    spoken = words()
    table = [
        [row.full, *(spoken.get(cells.get((row.key, column.key), ""), "") for column in columns)]
        for row in rows
    ]
    return pd.DataFrame(table, columns=_unlike([t("Organisation"), *(c.text for c in columns)]))


def stance_alt(counts: StanceCounts, needed: int | None) -> str:
    """Return the takeaway of one bar: supports and what is needed, then the rest that is not 0."""
    yes = sum(counts.get(code, 0) for code in palette.YES)
    spoken = words()
    rest = [f"{spoken[c]}: {counts[c]}" for c in palette.NO + palette.APART if counts.get(c)]
    head = (
        tn("{n} supports.", "{n} support.", yes)
        if needed is None
        else tn(
            "{n} supports; {needed} needed.", "{n} support; {needed} needed.", yes, needed=needed
        )
    )
    return " ".join([head, *([", ".join(rest) + "."] if rest else [])])


def heat_alt(rows: Sequence[Label], columns: Sequence[Label], cells: Cells) -> str:
    """Return what the map holds: its size, and how often each stance stands in it."""
    shown = [
        cells[row.key, column.key]
        for row in rows
        for column in columns
        if (row.key, column.key) in cells
    ]
    spoken = words()
    told = [f"{spoken[c]}: {shown.count(c)}" for c in palette.ORDER if shown.count(c)]
    size = t("{rows} organisations by {columns} proposals.", rows=len(rows), columns=len(columns))
    return f"{size} {', '.join(told)}."


def needed_label(needed: int | None) -> str:
    """Return what stands above the dashed line."""
    return "" if needed is None else tn("{n} needed", "{n} needed", needed)


def legend(shown: Iterable[str]) -> list[tuple[str, str]]:
    """Return code and short word of each stance that a chart shows, in the order drawn."""
    wanted = set(shown)
    return [
        (code, t(_SHORT.get(code, codes.STANCES[code]))) for code in palette.ORDER if code in wanted
    ]


def counted(stances: Iterable[str]) -> Mapping[str, int]:
    """Return how many seats hold each stance code."""
    found: dict[str, int] = {}
    for stance in stances:
        found[stance] = found.get(stance, 0) + 1
    return found


def _unlike(headings: list[str]) -> list[str]:
    """Tell equal headings apart by a number; a table must not have two columns of one name."""
    seen: dict[str, int] = {}
    told = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        told.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return told
