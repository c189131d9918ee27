"""How a stance is drawn on paper: the light page's inks and glyphs, as on the screen.

``tests/unit/test_press.py`` holds them against ``coalition.ui.palette``.
"""

GLYPHS = {
    "support": "✓",
    "support_with_reservations": "±",
    "stand_aside": "!",
    "object": "✕",
    "abstain": "–",
    "recused": "⊘",
    "missing": "○",
}
FILLS: dict[str, str | None] = {  # None is only outlined
    "support": "#08519C",
    "support_with_reservations": "#4A90D9",
    "stand_aside": "#C27400",
    "object": "#7F1D00",
    "abstain": "#757575",
    "recused": None,
    "missing": None,
}
LINE = "#5F6B7A"  # of what is only outlined
INK, FAINT, HAIRLINE = "#0B1220", "#5A6472", "#D5DBE3"
TEXTS = {  # the colour of a glyph among words
    "support": "#08519C",
    "support_with_reservations": "#1F5F9E",
    "stand_aside": "#7A4A00",
    "object": "#7F1D00",
    "abstain": "#4A5160",
    "recused": "#4A5160",
    "missing": "#4A5160",
}
