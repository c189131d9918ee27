"""What every chart shares: the frame around the marks, and glyphs drawn as strokes."""

from collections.abc import Iterable, Mapping
from typing import Any

from coalition.ui import palette

Spec = dict[str, Any]
Row = Mapping[str, object]

FONT = "'Public Sans', 'Helvetica Neue', Arial, sans-serif"


def framed(layers: list[Spec], *, height: int, dark: bool, fit: str = "fit") -> Spec:
    """Return a full specification around ``layers``: our font, no box, no ground, SVG.

    ``fit`` says whether ``height`` is the whole picture's ("fit") or the marks' own, names of
    columns not counted ("fit-x").

    SVG always, so that zooming stays sharp; the chart's name is Streamlit's ``alt``, and the
    single marks stay silent (``aria``), because the table beside each chart says their numbers.
    """
    page = palette.page(dark=dark)
    quiet = {"domain": False, "ticks": False, "grid": False, "labelColor": page.ink}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "transparent",
        "padding": 0,
        "width": "container",
        "height": height,
        "autosize": {"type": fit, "contains": "padding"},
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "aria": False, **quiet},
        },
        "usermeta": {"embedOptions": {"renderer": "svg"}},
        "layer": layers,
    }


def layer(rows: Iterable[Row], mark: Spec, encoding: Spec, where: str | None = None) -> Spec:
    """Return one layer: its own rows, how they are marked, and which of them are shown."""
    found: Spec = {
        "data": {"values": [dict(row) for row in rows]},
        "mark": mark | {"aria": False},
        "encoding": encoding,
    }
    if where:
        found["transform"] = [{"filter": where}]
    return found


def own(field: str) -> Spec:
    """Take a colour as it stands in the row; there is no scale to translate it."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def glyphs(size: int) -> Spec:
    """Return a stroke mark ``size`` pixels wide; its shape comes from the field ``stroke``."""
    return {
        "type": "point",
        "filled": False,
        "size": size * size,
        "strokeWidth": 2,
        "strokeCap": "round",
        "strokeJoin": "round",
        "opacity": 1,
        "aria": False,
    }
