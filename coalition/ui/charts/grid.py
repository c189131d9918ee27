"""A grid of short texts on fills: rows and columns by name, what stands in each cell in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from coalition.ui import palette
from coalition.ui.charts import heat, marks
from coalition.ui.charts.heat import CELL, Label
from coalition.ui.charts.marks import Spec

_LETTER = 7  # pixels a letter of a cell's text takes at most


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Args:
        text: A few letters; left out where the cell is too narrow for the longest of them.
        told: The same in full, for the tooltip.
        fill, edge, ink: The colours of the cell, its border and its text.
    """

    text: str
    told: str
    fill: str
    edge: str
    ink: str


_SIGNS = tuple(one.name for one in fields(Cell))
Cells = Mapping[tuple[str, str], Cell]  # by row key and column key


def filled(text: str, told: str, stance: str, *, dark: bool) -> Cell:
    """Return a cell in the colours of a stance, used here for their order from blue to brown."""
    ink = palette.inks(dark=dark)[stance]
    ground = palette.page(dark=dark).ground
    return Cell(text, told, ink.fill or ground, ink.line, ink.on)


def faint(text: str, told: str, *, dark: bool) -> Cell:
    """Return a grey cell: nothing can be said there."""
    page = palette.page(dark=dark)
    return Cell(text, told, page.card, page.hairline, page.faint)


def grid(rows: Sequence[Label], columns: Sequence[Label], cells: Cells, *, dark: bool) -> Spec:
    """Return the grid, rows and columns in the order given; a pair without a cell stays empty.

    Args:
        rows, columns: Up to about 30 each; page through more.
    """
    drawn = [
        {"row": row.key, "column": column.key, "names": f"{row.full} · {column.full}"}
        | {name: getattr(cell, name) for name in _SIGNS}
        for row in rows
        for column in columns
        if (cell := cells.get((row.key, column.key)))
    ]
    place = {"x": heat.across(columns), "y": heat.down(rows)}
    tips = [{"field": name, "title": " "} for name in ("told", "names")]
    rect = {"type": "rect", "cornerRadius": 4, "strokeWidth": 1.25, "aria": False}
    text = {"type": "text", "fontSize": 12, "tooltip": None, "aria": False}
    colours = {"fill": marks.own("fill"), "stroke": marks.own("edge"), "tooltip": tips}
    longest = max((len(str(one["text"])) for one in drawn), default=1) * _LETTER
    shared = {
        "data": {"values": drawn},
        "layer": [
            {"mark": rect, "encoding": place | colours},
            {
                "transform": [{"filter": f"width / {max(len(columns), 1)} >= {longest}"}],
                "mark": text,
                "encoding": place | {"text": {"field": "text"}, "color": marks.own("ink")},
            },
        ],
    }
    return marks.framed([shared], height=CELL * max(len(rows), 1), fit="fit-x", dark=dark)
