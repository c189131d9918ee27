"""The stance bar: how far a proposal stands from adoption, seat by seat on one line.

Right of the zero line what says yes, left of it what says no; apart at the far right, only
outlined, the seats that take no side. All bars of one board share one scale, so that a longer
bar always means more organisations.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coalition.ui import palette
from coalition.ui.charts import marks
from coalition.ui.charts.marks import Spec

StanceCounts = Mapping[str, int]

HEIGHT = 58  # pixels: the line's label, the bar, the seats apart in figures
_TOP, _BOTTOM = 16, 40  # of the bar
_BOX_TOP, _BOX_BOTTOM = 20, 36  # of the outlined boxes
_LABEL_AT, _FIGURES_AT = 6, 50  # middles of the small texts above and below
_EM_SPACE = "\u2003"  # SVG folds plain spaces into one
_LEAST = 0.02  # of the roll: one objection among hundreds must still be seen
_BOTH, _ONE = 34, 11  # pixels a segment needs for number and glyph, and for the glyph alone


@dataclass(frozen=True, slots=True)
class Scale:
    """The reach of a board in seats: ``left`` of the zero line, and ``right`` of it.

    No segment is drawn narrower than ``least`` seats.
    """

    left: float
    right: float
    least: float

    @property
    def gap(self) -> float:
        """Return the white space, in seats, before the seats that take no side."""
        return (self.left + self.right) * 0.03

    @property
    def reach(self) -> float:
        """Return the seats from the left edge to the right one, white space included."""
        return self.left + self.right + self.gap


def scale_for(board: Iterable[StanceCounts], roll: int) -> Scale:
    """Return one scale for all bars of a board of ``roll`` seats; for a single bar, its own.

    Args:
        board: The counts of every bar that will be compared.
        roll: Organisations on the roll; the largest, where the rounds differ.
    """
    tallies = list(board)
    least = _LEAST * roll
    left = max((sum(widths(tally, palette.NO, least)) for tally in tallies), default=0.0)
    right = max(
        (
            sum(widths(tally, palette.YES, least)) + sum(widths(tally, palette.APART, least))
            for tally in tallies
        ),
        default=0.0,
    )
    return Scale(left=left, right=max(right, roll - left, 1.0), least=least)


def stance_bar(
    counts: StanceCounts, *, needed: int | None, needed_label: str, scale: Scale, dark: bool
) -> Spec:
    """Return the bar of one round.

    Args:
        counts: Seats by stance code, and ``palette.MISSING``; a missing one is 0.
        needed: Supports at which the proposal would pass, drawn as a dashed line; None
            where the rule knows no such number.
        needed_label: What stands above that line, in the reader's language.
        scale: From ``scale_for``; the same for all bars that stand together.
        dark: Whether the page is dark.
    """
    page = palette.page(dark=dark)
    sides = _sides(counts, scale, dark=dark)
    apart = _apart(counts, scale, dark=dark)
    layers = [
        _rule([0.0], scale, color=page.ink, top=_TOP - 5, bottom=_BOTTOM + 5),
        _fills(sides, scale),
        *_labels(sides, scale),
        *_line(needed, needed_label, scale, page),
        _boxes(apart, scale, page),  # over the line: it runs on behind them
        _box_glyphs(apart, scale),
        _figures(counts, scale, page),
    ]
    return marks.framed(layers, height=HEIGHT, dark=dark)


def _sides(counts: StanceCounts, scale: Scale, *, dark: bool) -> list[marks.Row]:
    inward = palette.YES[::-1]  # reservations stand at the zero line, full support outside
    rows, at = [], 0.0
    for stance, width in zip(inward, widths(counts, inward, scale.least), strict=True):
        rows.append(_segment(stance, counts, (at, at + width), scale, dark=dark))
        at += width
    at = 0.0
    for stance, width in zip(palette.NO, widths(counts, palette.NO, scale.least), strict=True):
        rows.append(_segment(stance, counts, (at - width, at), scale, dark=dark))
        at -= width
    return [row for row in rows if row["seats"]]


def _apart(counts: StanceCounts, scale: Scale, *, dark: bool) -> list[marks.Row]:
    """Lay the seats that take no side against the right edge, so that they line up."""
    rows = []
    spans = widths(counts, palette.APART, scale.least)
    at = scale.right + scale.gap - sum(spans)
    for stance, width in zip(palette.APART, spans, strict=True):
        rows.append(_segment(stance, counts, (at, at + width), scale, dark=dark))
        at += width
    return [row for row in rows if row["seats"]]


def widths(counts: StanceCounts, stances: Sequence[str], least: float) -> list[float]:
    """Return how wide each stance is drawn, in seats: its count, but never too thin to see.

    What a thin one gains the widest gives, so that the whole side keeps its length against
    the line of supports needed, wherever it has that much.
    """
    true = [float(counts.get(stance, 0)) for stance in stances]
    spans = [max(seats, least) if seats else 0.0 for seats in true]
    widest = spans.index(max(spans))
    spans[widest] = max(spans[widest] - (sum(spans) - sum(true)), least if sum(true) else 0.0)
    return spans


def _segment(
    stance: str, counts: StanceCounts, ends: tuple[float, float], scale: Scale, *, dark: bool
) -> marks.Row:
    start, end = ends
    ink = palette.inks(dark=dark)[stance]
    return {
        "stance": stance,
        "seats": counts.get(stance, 0),
        "start": start,
        "end": end,
        "middle": (start + end) / 2,
        "share": (end - start) / scale.reach,
        "fill": ink.fill,
        "on": ink.on,
        "line": ink.line,
        "stroke": palette.STROKES[stance],
    }


def _x(field: str, scale: Scale) -> Spec:
    domain = [-scale.left, scale.right + scale.gap]
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": None,
    }


def _span(scale: Scale, top: float, bottom: float) -> Spec:
    return {
        "x": _x("start", scale),
        "x2": {"field": "end"},
        "y": {"value": top},
        "y2": {"value": bottom},
    }


def _fills(rows: list[marks.Row], scale: Scale) -> Spec:
    # One pixel less at each end leaves the 2 px gap that neighbours below 3:1 need.
    mark = {"type": "rect", "cornerRadius": 3, "xOffset": 1, "x2Offset": -1}
    return marks.layer(rows, mark, _span(scale, _TOP, _BOTTOM) | {"fill": marks.own("fill")})


def _labels(rows: list[marks.Row], scale: Scale) -> list[Spec]:
    """Draw number and glyph where both fit, the glyph where it alone does, else nothing."""
    wide, narrow = f"datum.share * width >= {_BOTH}", f"datum.share * width < {_BOTH}"
    number = {"type": "text", "fontSize": 13, "fontWeight": 600, "align": "right", "dx": -1}
    place = {"x": _x("middle", scale), "y": {"value": (_TOP + _BOTTOM) / 2}}
    shape = {"shape": marks.own("stroke"), "stroke": marks.own("on")}
    words = {"text": {"field": "seats"}, "color": marks.own("on")}
    alone = f"{narrow} && datum.share * width >= {_ONE}"
    return [
        marks.layer(rows, number, place | words, wide),
        marks.layer(rows, marks.glyphs(9) | {"xOffset": 9}, place | shape, wide),
        marks.layer(rows, marks.glyphs(7), place | shape, alone),
    ]


def _boxes(rows: list[marks.Row], scale: Scale, page: palette.Page) -> Spec:
    mark = {"type": "rect", "cornerRadius": 3, "xOffset": 1.5, "x2Offset": -1.5}
    mark |= {"fill": page.ground, "strokeWidth": 1.25}
    spanned = _span(scale, _BOX_TOP, _BOX_BOTTOM)
    return marks.layer(rows, mark, spanned | {"stroke": marks.own("line")})


def _box_glyphs(rows: list[marks.Row], scale: Scale) -> Spec:
    mark = marks.glyphs(7) | {"strokeWidth": 1.5}
    encoding = {
        "x": _x("middle", scale),
        "y": {"value": (_BOX_TOP + _BOX_BOTTOM) / 2},
        "shape": marks.own("stroke"),
        "stroke": marks.own("line"),
    }
    return marks.layer(rows, mark, encoding, f"datum.share * width >= {_ONE}")


def _figures(counts: StanceCounts, scale: Scale, page: palette.Page) -> Spec:
    """Draw the seats apart as one text under their boxes: parts of one text cannot collide."""
    told = [f"{counts[s]} {palette.GLYPHS[s]}" for s in palette.APART if counts.get(s)]
    row = {"at": scale.right + scale.gap, "told": _EM_SPACE.join(told)}
    mark = {"type": "text", "align": "right", "fontSize": 12, "color": page.faint, "dx": -1}
    encoding = {"x": _x("at", scale), "y": {"value": _FIGURES_AT}, "text": {"field": "told"}}
    return marks.layer([row], mark, encoding)


def _line(needed: int | None, label: str, scale: Scale, page: palette.Page) -> list[Spec]:
    """Draw the dashed line on a page-coloured halo, so that it shows on every fill."""
    if needed is None:
        return []
    at, top, bottom = float(needed), _TOP - 3, _BOTTOM + 4
    where = f"{(at + scale.left) / scale.reach:.4f} * width"
    align = f"{where} > width - 44 ? 'right' : {where} < 44 ? 'left' : 'center'"
    text = {"type": "text", "fontSize": 12, "color": page.ink, "align": {"expr": align}}
    encoding = {
        "x": _x("at", scale),
        "y": {"value": _LABEL_AT},
        "text": {"field": "label"},
    }
    return [
        _rule([at], scale, color=page.ground, top=top, bottom=bottom, width=5),
        _rule([at], scale, color=page.ink, top=top, bottom=bottom, width=2, dash=[4, 3]),
        marks.layer([{"at": at, "label": label}], text, encoding),
    ]


def _rule(
    at: list[float],
    scale: Scale,
    *,
    color: str,
    top: float,
    bottom: float,
    width: float = 1.5,
    dash: list[int] | None = None,
) -> Spec:
    mark: Spec = {"type": "rule", "color": color, "strokeWidth": width}
    if dash:
        mark["strokeDash"] = dash
    encoding = {"x": _x("at", scale), "y": {"value": top}, "y2": {"value": bottom}}
    return marks.layer([{"at": place} for place in at], mark, encoding)
