"""A timeline of ages: one line each from its beginning to its end, a glyph at the end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

ROW = 26  # pixels a line
_AXIS = 44  # pixels under the lines
_NARROW = 640  # pixels of window under which names get less room
# States of an objection: the sign at the end of its line, and the stance whose ink it takes.
STROKES = {
    "open": palette.STROKES[palette.MISSING],
    "answered": "M0.9,0.8L0.9,-0.2L-0.8,-0.2M-0.3,-0.75L-0.85,-0.2L-0.3,0.35",
    "withdrawn": palette.STROKES["abstain"],
    "met": palette.STROKES["support"],
    "upheld": "M-0.85,0.7L0,-0.8L0.85,0.7L-0.85,0.7",
    "overridden": palette.STROKES["object"],
}
INKS = {
    "open": "object",
    "answered": "stand_aside",
    "withdrawn": "abstain",
    "met": "support",
    "upheld": "object",
    "overridden": "recused",
}


@dataclass(frozen=True, slots=True)
class Span:
    """One line: from ``start`` to ``end`` days ago, its ``state``, its short and full name.

    Args:
        word: The state in the reader's language, for the tooltip.
    """

    text: str
    full: str
    start: float
    end: float
    state: str
    word: str


def timeline(spans: Sequence[Span], *, axis: str, dark: bool) -> Spec:
    """Return the picture, the lines in the order given, today at the right edge.

    Args:
        axis: What the axis counts, in the reader's language: "Days ago".
    """
    rows = [_row(str(place), span, dark=dark) for place, span in enumerate(spans)]
    down = _down(spans)
    tips = [{"field": name, "title": " "} for name in ("word", "full")]
    place = {"y": down, "x": _across("start", spans, axis)}
    ends = {"y": down, "x": _across("end", spans, axis)}
    line = {"type": "rule", "strokeWidth": 3, "strokeCap": "round"}
    signs = {"shape": marks.own("stroke"), "stroke": marks.own("ink"), "tooltip": tips}
    ground = palette.page(dark=dark).ground
    disc = {"type": "point", "filled": True, "size": 260, "color": ground, "opacity": 1}
    layers = [
        marks.layer(rows, line, place | {"x2": {"field": "end"}, "stroke": marks.own("ink")}),
        marks.layer(rows, disc, ends),  # the sign stands on the page, not on its own line
        marks.layer(rows, marks.glyphs(11), ends | signs),
    ]
    height = ROW * max(len(spans), 1) + _AXIS
    return marks.framed(layers, height=height, dark=dark)


def _row(key: str, span: Span, *, dark: bool) -> marks.Row:
    return {
        "key": key,
        "full": span.full,
        "word": span.word,
        "start": -span.start,
        "end": -span.end,
        "ink": palette.inks(dark=dark)[INKS[span.state]].text,
        "stroke": STROKES[span.state],
    }


def _across(field: str, spans: Sequence[Span], title: str) -> Spec:
    """Count the days backwards: numbers need no names of months in any language."""
    longest = max((span.start for span in spans), default=0)
    reach = max(longest, 1)
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [-reach, 0], "nice": False, "zero": False, "padding": 10},
        "axis": {
            "title": title,
            "labelExpr": "format(abs(datum.value), 'd')",
            "tickMinStep": 1,
            "tickCount": 6,
            "labelFlush": True,
            "labelPadding": 6,
            "titleFontWeight": "normal",
        },
    }


def _down(spans: Sequence[Span]) -> Spec:
    """Return the lines by place; looked up by it, so that equal names stay apart."""
    names = json.dumps({str(place): span.text for place, span in enumerate(spans)})
    return {
        "field": "key",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [str(place) for place in range(len(spans))]},
        "axis": {
            "title": None,
            "labelExpr": f"({names})[datum.value]",
            "labelLimit": {"expr": f"windowSize()[0] < {_NARROW} ? 116 : 280"},
            "labelOverlap": False,
            "labelPadding": 8,
        },
    }
