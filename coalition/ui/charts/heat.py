"""The heat map: where each organisation stands on each proposal, a glyph and a colour a cell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

CELL = 26  # pixels a row; 24 is the least a finger finds
_LETTER = 7  # pixels an average letter of a label takes
_NARROW = 640  # pixels of window under which names get less room
_NAME_LIMIT = {"expr": f"windowSize()[0] < {_NARROW} ? 116 : 240"}
_NAME_PADDING = 8  # pixels between a row's name and its cells


@dataclass(frozen=True, slots=True)
class Label:
    """One row or column of a map.

    Args:
        key: What it is called in the cells.
        text: The short name shown.
        full: The whole name.
        href: Of a row: the address that its name leads to. Of a column: the address that its
            cells lead to, once the key of the row is put after it. "" for none.
    """

    key: str
    text: str
    full: str
    href: str = ""


Cells = Mapping[tuple[str, str], str]  # (row key, column key) -> stance code or palette.MISSING


def heat_map(
    rows: Sequence[Label],
    columns: Sequence[Label],
    cells: Cells,
    *,
    words: Mapping[str, str],
    dark: bool,
) -> Spec:
    """Return the map, rows and columns in the order given.

    Args:
        rows: Organisations, up to about 30.
        columns: Proposals, up to about 24; page through more.
        cells: Stance codes; a pair that is not there has no seat in that round and stays empty.
        words: Stance code to its word in the reader's language, for the tooltips.
        dark: Whether the page is dark.
    """
    by_links = all(row.href for row in rows)
    side = down(rows) | ({"axis": None} if by_links else {})
    place = {"x": across(columns), "y": side}
    links = {column.key: column.href for column in columns if column.href}
    rect = {"type": "rect", "cornerRadius": 4, "strokeWidth": 1.25, "aria": False}
    tips = [{"field": name, "title": " "} for name in ("word", "organisation", "proposal")]
    colours = {"fill": _by_stance(_fills(dark=dark)), "stroke": _by_stance(_edges(dark=dark))}
    inks = {code: ink.on for code, ink in palette.inks(dark=dark).items()}
    signs = {"shape": _by_stance(palette.STROKES), "stroke": _by_stance(inks)}
    leads: Spec = {"href": {"field": "href"}} if links else {}
    drawn = [
        {"row": row.key, "column": column.key, "stance": str(cells[row.key, column.key])}
        for row in rows
        for column in columns
        if (row.key, column.key) in cells
    ]
    shared = {
        "data": {"values": drawn},  # once for both layers: 720 cells are sent at every click
        "transform": [
            _told(words, "stance", "word"),
            _told({row.key: row.full for row in rows}, "row", "organisation"),
            _told({column.key: column.full for column in columns}, "column", "proposal"),
            *([_told(links, "column", "href", then="datum.row")] if links else []),
        ],
        "resolve": {"scale": {"stroke": "independent"}},
        "layer": [
            {"mark": rect, "encoding": place | colours | leads | {"tooltip": tips}},
            {"mark": marks.glyphs(9) | {"tooltip": None}, "encoding": place | signs | leads},
        ],
    }
    layers = [shared, _row_names(rows, side, dark=dark)] if by_links else [shared]
    return marks.framed(layers, height=CELL * max(len(rows), 1), fit="fit-x", dark=dark)


def _row_names(rows: Sequence[Label], side: Spec, *, dark: bool) -> Spec:
    """Draw the rows' names as links where an axis has its labels: an axis can hold no link."""
    text = {
        "type": "text",
        "align": "right",
        "baseline": "middle",
        "dx": -_NAME_PADDING,
        "fontSize": 12,
        "limit": _NAME_LIMIT,
        "color": palette.page(dark=dark).ink,
    }
    values = [
        {"row": row.key, "text": row.text, "full": row.full, "href": row.href} for row in rows
    ]
    encoding = {
        "x": {"value": 0},
        "y": side,
        "text": {"field": "text"},
        "tooltip": [{"field": "full", "title": " "}],
        "href": {"field": "href"},
    }
    return marks.layer(values, text, encoding)


def _fills(*, dark: bool) -> dict[str, str]:
    ground = palette.page(dark=dark).ground
    return {code: ink.fill or ground for code, ink in palette.inks(dark=dark).items()}


def _edges(*, dark: bool) -> dict[str, str]:
    hairline = palette.page(dark=dark).hairline
    return {code: ink.fill or hairline for code, ink in palette.inks(dark=dark).items()}


def _by_stance(values: Mapping[str, str]) -> Spec:
    scale = {"domain": list(palette.ORDER), "range": [values[code] for code in palette.ORDER]}
    return {"field": "stance", "type": "nominal", "scale": scale, "legend": None}


def _told(names: Mapping[str, str], field: str, told: str, *, then: str = "''") -> Spec:
    return {"calculate": f"({json.dumps(dict(names))})[datum.{field}] + {then}", "as": told}


def across(columns: Sequence[Label]) -> Spec:
    """Lay the columns' names flat where the cells are wide enough for them, else upright."""
    longest = max((len(column.text) for column in columns), default=1) * _LETTER
    flat = f"width / {max(len(columns), 1)} > {longest}"
    axis = {
        "orient": "top",
        "title": None,
        "labelExpr": _names(columns),
        "labelAngle": {"expr": f"{flat} ? 0 : -90"},
        "labelAlign": {"expr": f"{flat} ? 'center' : 'left'"},
        "labelBaseline": {"expr": f"{flat} ? 'bottom' : 'middle'"},
        "labelLimit": 120,
        "labelOverlap": False,
        "labelPadding": 6,
    }
    return _band("column", [column.key for column in columns], axis)


def down(rows: Sequence[Label]) -> Spec:
    """Name the rows, long names cut on a narrow window."""
    axis = {
        "title": None,
        "labelExpr": _names(rows),
        "labelLimit": _NAME_LIMIT,
        "labelOverlap": False,
        "labelPadding": _NAME_PADDING,
    }
    return _band("row", [row.key for row in rows], axis)


def _band(field: str, keys: list[str], axis: Spec) -> Spec:
    return {
        "field": field,
        "type": "nominal",
        "sort": None,
        "scale": {"domain": keys, "paddingInner": 0.09, "paddingOuter": 0.04},
        "axis": axis,
    }


def _names(labels: Sequence[Label]) -> str:
    """Return the expression that looks a label up by its key, so that equal names stay apart."""
    return f"({json.dumps({label.key: label.text for label in labels})})[datum.value]"
