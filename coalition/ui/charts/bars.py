"""All stance bars of a board in one picture: a row a proposal, one scale for them all.

Each row has a line of words above, its bar as ``bar`` draws it alone, and at its right edge,
only outlined, the seats that take no side: abstained, recused, in clearance, not heard from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.bar import Scale, scale_for, widths
from coalition.ui.charts.marks import Spec

ROW = 52  # pixels: the words, the bar, white space
CLEARANCE = "clearance"  # not heard from, with a review under way
APART = ("abstain", "recused", CLEARANCE, palette.MISSING)
GLYPHS = palette.GLYPHS | {CLEARANCE: "◷"}
STROKES = palette.STROKES | {CLEARANCE: palette.STROKES[palette.MISSING] + "M0,-0.45L0,0L0.4,0.2"}
WIDE = 640  # pixels of picture from which the longer words fit
_WORDS, _TOP, _BOTTOM = 10, 20, 42  # of a row
_BOX_TOP, _BOX_BOTTOM = 23, 39  # of the outlined boxes
_BOTH, _ONE = 34, 11  # pixels a segment needs for number and glyph, and for the glyph alone
_EM_SPACE = "\u2003"  # SVG folds plain spaces into one


@dataclass(frozen=True, slots=True)
class Bar:
    """One row.

    Args:
        words: What stands above it, on a phone and on a wide picture.
        counts: Seats by stance code, ``CLEARANCE`` and ``palette.MISSING``; the last two
            without each other.
        needed: Supports at which it would pass; None where the rule knows no such number.
        tips: Lines shown while somebody points at it.
    """

    words: tuple[str, str]
    counts: Mapping[str, int]
    needed: int | None
    tips: tuple[str, ...]


def stance_bars(bars: Sequence[Bar], *, roll: int, dark: bool) -> Spec:
    """Return the picture of all bars, in the order given.

    Args:
        roll: Organisations on the roll; the largest, where the rounds differ.
    """
    page = palette.page(dark=dark)
    scale = scale_for([_folded(one.counts) for one in bars], roll)
    height = ROW * max(len(bars), 1)
    sides = [row for n, one in enumerate(bars) for row in _sides(one, n, scale, dark=dark)]
    apart = [row for n, one in enumerate(bars) for row in _apart(one, n, scale, dark=dark)]
    draw = _Drawing(scale, height, page)
    needed = [(n, float(one.needed)) for n, one in enumerate(bars) if one.needed is not None]
    zeros = [(n, 0.0) for n in range(len(bars))]
    layers = [
        draw.rule(zeros, color=page.ink, reach=2, width=1.5),
        draw.fills(sides),
        *draw.labels(sides),
        draw.rule(needed, color=page.ground, reach=3, width=5),
        draw.rule(needed, color=page.ink, reach=3, width=2, dash=[4, 3]),
        draw.boxes(apart),
        draw.glyphs(apart),
        *draw.words(bars),
        draw.tips(bars),
    ]
    return marks.framed(layers, height=height, dark=dark)


@dataclass(frozen=True, slots=True)
class _Drawing:
    scale: Scale
    height: int
    page: palette.Page

    def x(self, field: str) -> Spec:
        domain = [-self.scale.left, self.scale.right + self.scale.gap]
        scale = {"domain": domain, "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def y(self, field: str) -> Spec:
        """Place by pixels from the top, so that one layer serves all rows."""
        scale = {"domain": [self.height, 0], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def span(self) -> Spec:
        return {
            "x": self.x("start"),
            "x2": {"field": "end"},
            "y": self.y("top"),
            "y2": {"field": "bottom"},
        }

    def fills(self, rows: list[marks.Row]) -> Spec:
        mark = {"type": "rect", "cornerRadius": 3, "xOffset": 1, "x2Offset": -1}
        return marks.layer(rows, mark, self.span() | {"fill": marks.own("fill")})

    def labels(self, rows: list[marks.Row]) -> list[Spec]:
        wide, narrow = f"datum.share * width >= {_BOTH}", f"datum.share * width < {_BOTH}"
        number = {"type": "text", "fontSize": 13, "fontWeight": 600, "align": "right", "dx": -1}
        place = {"x": self.x("middle"), "y": self.y("at")}
        shape = {"shape": marks.own("stroke"), "stroke": marks.own("on")}
        words = {"text": {"field": "seats"}, "color": marks.own("on")}
        alone = f"{narrow} && datum.share * width >= {_ONE}"
        return [
            marks.layer(rows, number, place | words, wide),
            marks.layer(rows, marks.glyphs(9) | {"xOffset": 9}, place | shape, wide),
            marks.layer(rows, marks.glyphs(7), place | shape, alone),
        ]

    def boxes(self, rows: list[marks.Row]) -> Spec:
        mark = {"type": "rect", "cornerRadius": 3, "xOffset": 1.5, "x2Offset": -1.5}
        mark |= {"fill": self.page.ground, "strokeWidth": 1.25}
        return marks.layer(rows, mark, self.span() | {"stroke": marks.own("line")})

    def glyphs(self, rows: list[marks.Row]) -> Spec:
        mark = marks.glyphs(7) | {"strokeWidth": 1.5}
        encoding = {
            "x": self.x("middle"),
            "y": self.y("at"),
            "shape": marks.own("stroke"),
            "stroke": marks.own("line"),
        }
        return marks.layer(rows, mark, encoding, f"datum.share * width >= {_ONE}")

    def words(self, bars: Sequence[Bar]) -> list[Spec]:
        """Draw above each bar its words at the left and its seats apart at the right."""
        edges = {"left": -self.scale.left, "right": self.scale.right + self.scale.gap}
        rows = [
            edges | {"at": n * ROW + _WORDS, "short": one.words[0], "long": one.words[1],
                     "apart": _figures(one.counts)}
            for n, one in enumerate(bars)
        ]  # fmt: skip
        left = {"type": "text", "align": "left", "fontSize": 13, "color": self.page.ink}
        right = {"type": "text", "align": "right", "fontSize": 12, "color": self.page.faint}
        told = {"x": self.x("left"), "y": self.y("at")}
        apart = {"x": self.x("right"), "y": self.y("at"), "text": {"field": "apart"}}
        return [
            marks.layer(rows, left, told | {"text": {"field": "short"}}, f"width < {WIDE}"),
            marks.layer(rows, left, told | {"text": {"field": "long"}}, f"width >= {WIDE}"),
            marks.layer(rows, right | {"dx": -1}, apart),
        ]

    def tips(self, bars: Sequence[Bar]) -> Spec:
        """Lay a pane over each row that tells more while somebody points at it."""
        most = max((len(one.tips) for one in bars), default=0)
        edges = {"start": -self.scale.left, "end": self.scale.right + self.scale.gap}
        rows = [
            edges
            | {"top": n * ROW, "bottom": (n + 1) * ROW}
            | {f"tip{k}": tip for k, tip in enumerate(one.tips)}
            for n, one in enumerate(bars)
        ]
        mark = {"type": "rect", "fill": self.page.ground, "opacity": 0}
        told = [{"field": f"tip{k}", "title": " "} for k in range(most)]
        return marks.layer(rows, mark, self.span() | {"tooltip": told})

    def rule(
        self,
        at: list[tuple[int, float]],
        *,
        color: str,
        reach: int,
        width: float,
        dash: list[int] | None = None,
    ) -> Spec:
        mark: Spec = {"type": "rule", "color": color, "strokeWidth": width}
        if dash:
            mark["strokeDash"] = dash
        rows = [
            {"x": x, "top": n * ROW + _TOP - reach, "bottom": n * ROW + _BOTTOM + reach}
            for n, x in at
        ]
        encoding = {"x": self.x("x"), "y": self.y("top"), "y2": {"field": "bottom"}}
        return marks.layer(rows, mark, encoding)


def _sides(one: Bar, n: int, scale: Scale, *, dark: bool) -> list[marks.Row]:
    inward = palette.YES[::-1]  # reservations stand at the zero line, full support outside
    rows, at = [], 0.0
    for stance, width in zip(inward, widths(one.counts, inward, scale.least), strict=True):
        rows.append(_segment(stance, one, n, (at, at + width), scale, dark=dark))
        at += width
    at = 0.0
    for stance, width in zip(palette.NO, widths(one.counts, palette.NO, scale.least), strict=True):
        rows.append(_segment(stance, one, n, (at - width, at), scale, dark=dark))
        at -= width
    return [row for row in rows if row["seats"]]


def _apart(one: Bar, n: int, scale: Scale, *, dark: bool) -> list[marks.Row]:
    spans = widths(one.counts, APART, scale.least)
    rows, at = [], scale.right + scale.gap - sum(spans)
    for stance, width in zip(APART, spans, strict=True):
        rows.append(_segment(stance, one, n, (at, at + width), scale, dark=dark))
        at += width
    return [row for row in rows if row["seats"]]


def _segment(
    stance: str, one: Bar, n: int, ends: tuple[float, float], scale: Scale, *, dark: bool
) -> marks.Row:
    start, end = ends
    ink = palette.inks(dark=dark)[palette.MISSING if stance == CLEARANCE else stance]
    edges = (_BOX_TOP, _BOX_BOTTOM) if stance in APART else (_TOP, _BOTTOM)
    return {
        "stance": stance,
        "seats": one.counts.get(stance, 0),
        "start": start,
        "end": end,
        "middle": (start + end) / 2,
        "share": (end - start) / scale.reach,
        "top": n * ROW + edges[0],
        "bottom": n * ROW + edges[1],
        "at": n * ROW + sum(edges) / 2,
        "fill": ink.fill,
        "on": ink.on,
        "line": ink.line,
        "stroke": STROKES[stance],
    }


def _figures(counts: Mapping[str, int]) -> str:
    return _EM_SPACE.join(f"{counts[s]} {GLYPHS[s]}" for s in APART if counts.get(s))


def _folded(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts with those in clearance among those not heard from."""
    missing = counts.get(CLEARANCE, 0) + counts.get(palette.MISSING, 0)
    return {**counts, palette.MISSING: missing}
