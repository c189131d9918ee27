"""How far each declared group supports each proposal: a line a proposal, a dot a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

ROW = 46  # pixels: the words, the dots, white space
_WORDS, _DOTS = 10, 29  # middles, of a row
_CONSENSUS = 44  # pixels the number at the right takes


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal.

    Args:
        words: What stands above it.
        consensus: What stands at its right edge.
        dots: Each group's words and share from 0 to 1, and whether it is the least.
    """

    words: str
    consensus: str
    dots: tuple[tuple[str, float, bool], ...]


def groups(lines: Sequence[Line], *, dark: bool) -> Spec:
    """Return the picture, proposals in the order given.

    The least supportive group is a filled diamond, every other a ring.
    """
    page, height = palette.page(dark=dark), ROW * max(len(lines), 1)
    x, y = _axes(height)
    tracks = [{"share": 0, "end": 1, "at": n * ROW + _DOTS} for n in range(len(lines))]
    halves = [
        {"share": 0.5, "at": n * ROW + _DOTS - 8, "end": n * ROW + _DOTS + 8}
        for n in range(len(lines))
    ]
    dots = [
        {"share": share, "at": n * ROW + _DOTS, "told": told, "least": least}
        for n, line in enumerate(lines)
        for told, share, least in line.dots
    ]
    said = [
        {"share": 0, "end": 1, "at": n * ROW + _WORDS, "words": line.words,
         "consensus": line.consensus}
        for n, line in enumerate(lines)
    ]  # fmt: skip
    rule = {"type": "rule", "color": page.faint}
    text = {"type": "text", "baseline": "middle"}
    left = text | {"align": "left", "fontSize": 13, "color": page.ink}
    left |= {"limit": {"expr": f"width - {_CONSENSUS}"}}
    right = text | {"align": "right", "fontSize": 13, "color": page.faint}
    tip = {"tooltip": {"field": "told", "title": " "}}
    layers = [
        marks.layer(tracks, rule, {"x": x, "x2": {"field": "end"}, "y": y}),
        marks.layer(halves, rule, {"x": x, "y": y, "y2": {"field": "end"}}),
        marks.layer(dots, _dot("circle", page), {"x": x, "y": y} | tip, "!datum.least"),
        marks.layer(dots, _dot("diamond", page, dark=dark), {"x": x, "y": y} | tip, "datum.least"),
        marks.layer(said, left, {"x": x, "y": y, "text": {"field": "words"}}),
        marks.layer(said, right, {"x": x | {"field": "end"}, "y": y,
                                  "text": {"field": "consensus"}}),
    ]  # fmt: skip
    return marks.framed(layers, height=height, dark=dark, fit="fit-x")


def _axes(height: int) -> tuple[Spec, Spec]:
    """Return shares across, with their marks above the first line, and pixels down."""
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"orient": "top", "title": None, "format": ".0%", "values": [0, 0.5, 1]}
        | {"labelFlush": True},
    }
    y = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [height, 0], "nice": False, "zero": False},
        "axis": None,
    }
    return x, y


def _dot(shape: str, page: palette.Page, *, dark: bool | None = None) -> Spec:
    """Return a ring on the page's ground or, where ``dark`` says which page, a filled sign."""
    ring = {"fill": page.ground, "stroke": page.ink, "strokeWidth": 2, "size": 110}
    if dark is not None:
        ring |= {"fill": palette.inks(dark=dark)["object"].line, "size": 200}
    return {"type": "point", "shape": shape, "opacity": 1} | ring
