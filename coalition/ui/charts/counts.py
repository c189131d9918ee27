"""Bars of counts in blocks: a heading with its sum, then a bar a line with its word and number."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

ROW = 22  # pixels a line
_BAR = 13  # pixels
_WORDS, _NUMBER = 104, 36  # pixels: room at the left for words, at the right for the number


@dataclass(frozen=True, slots=True)
class Block:
    """Bars that stand together.

    Args:
        heading: What stands above them.
        bars: Each bar's word and count.
    """

    heading: str
    bars: tuple[tuple[str, int], ...]


def counts(blocks: Sequence[Block], *, dark: bool) -> Spec:
    """Return the picture, blocks and bars in the order given, all bars on one scale."""
    page, most = palette.page(dark=dark), max((n for one in blocks for _, n in one.bars), default=0)
    headings: list[marks.Row] = []
    bars: list[marks.Row] = []
    place = 0.5
    for block in blocks:
        headings.append({"y": place, "word": block.heading})
        for line, (word, n) in enumerate(block.bars, start=1):
            bars.append({"at": 0, "end": n, "y": place + line, "word": word, "n": str(n)})
        place += len(block.bars) + 1.5
    rows = max(place - 0.5, 1)
    scale = {"domain": [0, max(most, 1)], "range": [_WORDS, {"expr": f"width - {_NUMBER}"}]}
    scale |= {"nice": False}
    x: Spec = {"field": "at", "type": "quantitative", "scale": scale, "axis": None}
    end = x | {"field": "end"}
    down = {"domain": [rows, 0], "nice": False, "zero": False}
    y: Spec = {"field": "y", "type": "quantitative", "scale": down, "axis": None}
    text = {"type": "text", "baseline": "middle", "fontSize": 13, "color": page.ink}
    ink = palette.inks(dark=dark)["support"].line
    bar = {"type": "bar", "height": _BAR, "color": ink, "cornerRadiusEnd": 2}
    left, bold = text | {"align": "right", "dx": -6}, text | {"align": "left", "fontWeight": "bold"}
    named: Spec = {"x": x, "y": y, "text": {"field": "word"}}
    number: Spec = {"x": end, "y": y, "text": {"field": "n"}}
    layers = [
        marks.layer(headings, bold, named | {"x": {"value": 0}}),
        marks.layer(bars, bar, {"x": x, "x2": {"field": "end"}, "y": y}, "datum.end > 0"),
        marks.layer(bars, left, named),
        marks.layer(bars, text | {"align": "left", "dx": 5}, number),
    ]
    return marks.framed(layers, height=round(rows * ROW), dark=dark)
