"""Which way organisations moved: one line a step, worsened left of zero, improved right of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

ROW = 30  # pixels a line
_NARROW = 640  # pixels of window under which names get less room
_ROOM = 0.22  # of the picture on each side for the figures beside the bars
# Drawn as strokes, so that no font has to have them.
UP, DOWN = "M-0.8,0.6L0,-0.7L0.8,0.6", "M-0.8,-0.6L0,0.7L0.8,-0.6"


@dataclass(frozen=True, slots=True)
class Swing:
    """One step: its short and full name, and organisations by the way they moved."""

    text: str
    full: str
    worsened: int
    improved: int
    unconfirmed: int


def swings(these: Sequence[Swing], *, dark: bool) -> Spec:
    """Return the picture, the steps in the order given; at the right, who did not confirm."""
    reach = max((max(one.worsened, one.improved) for one in these), default=1) or 1
    rows = [_row(str(place), one, dark=dark) for place, one in enumerate(these)]
    place = {"y": _down(these)}
    page = palette.page(dark=dark)
    sides = [
        layer
        for side, stroke, turn in (("worsened", DOWN, -1), ("improved", UP, 1))
        for layer in _side(rows, side, stroke, turn, place, reach)
    ]
    zero = {"type": "rule", "color": page.ink, "strokeWidth": 1.5}
    at_zero = {"x": _across("zero", reach)}
    return marks.framed(
        [*sides, marks.layer([{"zero": 0}], zero, at_zero), *_apart(rows, place)],
        height=ROW * max(len(these), 1),
        fit="fit-x",
        dark=dark,
    )


def _row(key: str, one: Swing, *, dark: bool) -> marks.Row:
    inks = palette.inks(dark=dark)
    return {
        "key": key,
        "full": one.full,
        "zero": 0,
        "worsened": -one.worsened,
        "improved": one.improved,
        "unconfirmed": one.unconfirmed,
        "worsened_n": one.worsened,
        "improved_n": one.improved,
        "worsened_fill": inks["object"].fill,
        "improved_fill": inks["support"].fill,
        "worsened_text": inks["object"].text,
        "improved_text": inks["support"].text,
        "grey": inks[palette.MISSING].line,
    }


def _side(
    rows: Sequence[marks.Row], side: str, stroke: str, turn: int, place: Spec, reach: int
) -> list[Spec]:
    """Draw the bars of one side, and at their ends a glyph and the number."""
    across = {"x": _across(side, reach)} | place
    tips = {"tooltip": [{"field": "full", "title": " "}]}
    bar = {"type": "bar", "height": 14, "cornerRadius": 3}
    spread = across | {"x2": {"field": "zero"}, "fill": marks.own(f"{side}_fill")} | tips
    sign = marks.glyphs(8) | {"shape": stroke, "xOffset": turn * 11}
    words = {"type": "text", "fontSize": 13, "fontWeight": 600, "dx": turn * 20}
    words["align"] = "left" if turn > 0 else "right"
    ink = marks.own(f"{side}_text")
    some = f"datum.{side}_n > 0"
    return [
        marks.layer(rows, bar, spread, some),
        marks.layer(rows, sign, across | {"stroke": ink}, some),
        marks.layer(rows, words, across | {"text": {"field": f"{side}_n"}, "color": ink}, some),
    ]


def _apart(rows: Sequence[marks.Row], place: Spec) -> list[Spec]:
    """Draw at the right edge who had an answer and did not confirm it: a ring and the number."""
    some = "datum.unconfirmed > 0"
    edge = place | {"x": {"value": {"expr": "width - 30"}}}
    ring = marks.glyphs(9) | {"shape": palette.STROKES[palette.MISSING]}
    words = {"type": "text", "fontSize": 13, "align": "left", "dx": 10}
    told = {"text": {"field": "unconfirmed"}, "color": marks.own("grey")}
    return [
        marks.layer(rows, ring, edge | {"stroke": marks.own("grey")}, some),
        marks.layer(rows, words, edge | told, some),
    ]


def _across(field: str, reach: int) -> Spec:
    wide = reach * (1 + 2 * _ROOM)
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [-wide, wide * (1 + _ROOM)], "nice": False},
        "axis": None,
    }


def _down(these: Sequence[Swing]) -> Spec:
    """Return the steps by place; looked up by it, so that equal names stay apart."""
    names = json.dumps({str(place): one.text for place, one in enumerate(these)})
    return {
        "field": "key",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [str(place) for place in range(len(these))]},
        "axis": {
            "title": None,
            "labelExpr": f"({names})[datum.value]",
            "labelLimit": {"expr": f"windowSize()[0] < {_NARROW} ? 116 : 280"},
            "labelOverlap": False,
            "labelPadding": 8,
        },
    }
