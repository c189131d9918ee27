"""A small line: the share of votes cast that supports a proposal, broken where its text changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

HEIGHT = 168  # pixels
_TOP = 1.22  # of the scale: where the names of the texts stand, clear of a full line


@dataclass(frozen=True, slots=True)
class Dot:
    """One day of a line.

    Args:
        days: Since the opening.
        share: From 0 to 1; None where no vote was cast, which breaks the line.
        told: The same in words, for the tooltip.
    """

    days: float
    share: float | None
    version: int
    told: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the text changed, in days since the opening, and what the new one is called."""

    days: float
    text: str


def trend(dots: Sequence[Dot], breaks: Sequence[Break], *, axis: str, dark: bool) -> Spec:
    """Return the picture: one line for each text, a dashed line where a text came into force.

    Args:
        axis: What the axis counts, in the reader's language: "Days since it opened".
    """
    page, ink = palette.page(dark=dark), palette.inks(dark=dark)["support"]
    rows: list[marks.Row] = [
        {"days": one.days, "share": one.share, "version": one.version, "told": one.told}
        for one in dots
    ]
    cuts: list[marks.Row] = [{"days": one.days, "text": one.text, "top": _TOP} for one in breaks]
    across = _across(max((one.days for one in dots), default=1), axis)
    place = {"x": across, "y": _up("share")}
    tips = {"tooltip": [{"field": "told", "title": " "}]}
    line = {"type": "line", "color": ink.line, "strokeWidth": 2}
    dot = {"type": "point", "filled": True, "size": 36, "color": ink.line, "opacity": 1}
    rule = {"type": "rule", "color": page.faint, "strokeDash": [4, 3]}
    name = {"type": "text", "align": "right", "dx": -4, "fontSize": 12, "color": page.faint}
    layers = [
        marks.layer(cuts, rule, {"x": across}),
        marks.layer(cuts, name, {"x": across, "y": _up("top"), "text": {"field": "text"}}),
        marks.layer(rows, line, place | {"detail": {"field": "version", "type": "nominal"}}),
        marks.layer(rows, dot, place | tips, "isValid(datum.share)"),
    ]
    return marks.framed(layers, height=HEIGHT, dark=dark)


def _across(last: float, title: str) -> Spec:
    axis = {"title": title, "titleFontWeight": 400, "tickMinStep": 1, "format": "d"}
    scale = {"domain": [0, max(last, 1)], "nice": False}
    return {"field": "days", "type": "quantitative", "scale": scale, "axis": axis}


def _up(field: str) -> Spec:
    axis = {"title": None, "values": [0, 0.5, 1], "format": ".0%", "grid": True}
    scale = {"domain": [0, 1.32], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}
