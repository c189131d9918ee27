"""Colours and glyphs of stances and outcomes, for the light page and the dark one.

Blue to brown, never red against green, and always a glyph beside the colour. The figures
behind the choice (contrast, separation under colour blindness) are asserted in
``tests/unit/test_palette.py``.
"""

from dataclasses import dataclass
from typing import Literal

MISSING = "missing"  # a seat without a ballot; a state beside the stances, never an abstention

# As in coalition.domain.deliberation.stances, from yes to no, then what takes no side.
YES = ("support", "support_with_reservations")
NO = ("stand_aside", "object")
APART = ("abstain", "recused", MISSING)
ORDER = YES + NO + APART

BadgeColour = Literal["red", "orange", "yellow", "blue", "green", "violet", "gray", "primary"]


@dataclass(frozen=True, slots=True)
class Ink:
    """How one stance is drawn: the fill, what stands on it, and its name as text on the page.

    A stance that is only outlined has no fill; its ``line`` and ``on`` are one grey.
    """

    fill: str | None
    line: str
    on: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The colours of the page that a chart stands on."""

    ground: str
    card: str
    ink: str
    faint: str
    hairline: str


GLYPHS = {
    "support": "✓",
    "support_with_reservations": "±",
    "stand_aside": "!",
    "object": "✕",
    "abstain": "–",
    "recused": "⊘",
    MISSING: "○",
}

# The same glyphs as strokes inside a square from -1 to 1, so that no font has to have them.
_RING = "M-0.8,0A0.8,0.8,0,1,1,0.8,0A0.8,0.8,0,1,1,-0.8,0"
STROKES = {
    "support": "M-0.9,0.05L-0.3,0.7L0.95,-0.7",
    "support_with_reservations": "M0,-1L0,0.4M-0.75,-0.3L0.75,-0.3M-0.75,0.95L0.75,0.95",
    "stand_aside": "M0,-1L0,0.2M0,0.9L0,0.95",
    "object": "M-0.8,-0.8L0.8,0.8M0.8,-0.8L-0.8,0.8",
    "abstain": "M-0.8,0L0.8,0",
    "recused": _RING + "M-0.55,0.55L0.55,-0.55",
    MISSING: _RING,
}

LIGHT_PAGE = Page("#FFFFFF", "#F4F6F9", "#0B1220", "#5A6472", "#D5DBE3")
DARK_PAGE = Page("#0F141B", "#1A212B", "#E8ECF2", "#A8AFBA", "#2C3744")

_INK = "#0B1220"
_WHITE = "#FFFFFF"
LIGHT = {
    "support": Ink("#08519C", "#08519C", _WHITE, "#08519C"),
    "support_with_reservations": Ink("#4A90D9", "#4A90D9", _INK, "#1F5F9E"),
    "stand_aside": Ink("#C27400", "#C27400", _INK, "#7A4A00"),
    "object": Ink("#7F1D00", "#7F1D00", _WHITE, "#7F1D00"),
    "abstain": Ink("#757575", "#757575", _WHITE, "#4A5160"),
    "recused": Ink(None, "#5F6B7A", "#5F6B7A", "#4A5160"),
    MISSING: Ink(None, "#5F6B7A", "#5F6B7A", "#4A5160"),
}
DARK = {
    "support": Ink("#3D8BE6", "#3D8BE6", _INK, "#7FB5F5"),
    "support_with_reservations": Ink("#B4DAFA", "#B4DAFA", _INK, "#B4DAFA"),
    "stand_aside": Ink("#FFD479", "#FFD479", _INK, "#FFD479"),
    "object": Ink("#E2542A", "#E2542A", _INK, "#F58B6B"),
    "abstain": Ink("#858C97", "#858C97", _INK, "#A8AFBA"),
    "recused": Ink(None, "#8B95A3", "#8B95A3", "#A8AFBA"),
    MISSING: Ink(None, "#8B95A3", "#8B95A3", "#A8AFBA"),
}

# Built-in badge colours and icons; the word beside them carries the meaning.
OUTCOMES: dict[str, tuple[BadgeColour, str]] = {
    "adopted": ("green", ":material/check_circle:"),
    "not_adopted": ("gray", ":material/remove_circle:"),
    "blocked": ("orange", ":material/front_hand:"),
    "no_quorum": ("violet", ":material/groups:"),
    "recirculate": ("blue", ":material/replay:"),
    "pending": ("blue", ":material/schedule:"),
}


def inks(*, dark: bool) -> dict[str, Ink]:
    """Return how each stance, and a seat not heard from, is drawn on this page."""
    return DARK if dark else LIGHT


def page(*, dark: bool) -> Page:
    """Return the colours of the page itself."""
    return DARK_PAGE if dark else LIGHT_PAGE
