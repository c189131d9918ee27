"""Colours are told apart by everyone, and read on both pages. Figures are computed, not trusted."""

import math
import tomllib
from itertools import combinations

import pytest

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.stances import STANCES, SUPPORTS
from coalition.ui import palette
from tests.conftest import ROOT

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
APART = 10.0  # CIEDE2000; below about this two areas are taken for one
FILLED = ("support", "support_with_reservations", "stand_aside", "object", "abstain")
# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
MODES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one, other):
    lights = []
    for colour in (one, other):
        red, green, blue = linear(colour)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


def lab(colour, matrix):
    rgb = linear(colour)
    seen = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix]
    red, green, blue = [min(max(part, 0.0), 1.0) for part in seen]
    xyz = (
        (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883,
    )
    x, y, z = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz]
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one, other):
    """Colour difference, after Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = ((h2 - h1 + 180) % 360 - 180) if c1 * c2 else 0.0
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    twist = -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    twist *= math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    light, chroma = (l2 - l1) / s_l, (c2 - c1) / s_c
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / s_h
    return math.sqrt(light**2 + chroma**2 + hue**2 + twist * chroma * hue)


def test_the_difference_formula_agrees_with_its_published_pairs():
    # Sharma, Wu and Dalal 2005, table 1, pairs 1 and 25.
    first = ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485))
    late = ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387))
    assert first == pytest.approx(2.0425, abs=1e-4)
    assert late == pytest.approx(1.2644, abs=1e-4)


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


def test_every_stance_of_the_rulebook_and_the_silent_seat_has_colours_and_a_glyph():
    codes = {str(stance) for stance in STANCES} | {palette.MISSING}
    assert set(palette.ORDER) == codes
    assert len(palette.ORDER) == len(codes)
    for table in (palette.LIGHT, palette.DARK, palette.GLYPHS, palette.STROKES):
        assert set(table) == codes
    assert tuple(str(stance) for stance in SUPPORTS) == palette.YES


def test_every_outcome_of_the_engine_has_a_badge():
    assert set(palette.OUTCOMES) == {str(outcome) for outcome in Outcome}


def test_no_two_stances_share_a_glyph():
    assert len(set(palette.GLYPHS.values())) == len(palette.ORDER)
    assert len(set(palette.STROKES.values())) == len(palette.ORDER)


@MODES
def test_fills_and_outlines_stand_out_from_page_and_card(dark):
    page = palette.page(dark=dark)
    for ink in palette.inks(dark=dark).values():
        for ground in (page.ground, page.card):
            assert contrast(ink.fill or ink.line, ground) >= GRAPHIC


@MODES
def test_numbers_and_glyphs_read_on_their_fill(dark):
    for stance, ink in palette.inks(dark=dark).items():
        ground = ink.fill or palette.page(dark=dark).ground
        assert contrast(ink.on, ground) >= TEXT, stance


@MODES
def test_stance_words_and_small_print_read_on_page_and_card(dark):
    page = palette.page(dark=dark)
    inks = palette.inks(dark=dark).values()
    for colour in {page.ink, page.faint, *(ink.text for ink in inks)}:
        for ground in (page.ground, page.card):
            assert contrast(colour, ground) >= TEXT, colour


@MODES
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_fills_are_told_apart_by_every_kind_of_eye(dark, blindness):
    inks = palette.inks(dark=dark)
    seen = [lab(inks[stance].fill, BLINDNESS[blindness]) for stance in FILLED]
    assert min(ciede2000(one, other) for one, other in combinations(seen, 2)) > APART


@MODES
def test_charts_and_theme_agree_on_the_page(dark):
    theme, page = THEME["dark" if dark else "light"], palette.page(dark=dark)
    assert theme["backgroundColor"] == page.ground
    assert theme["secondaryBackgroundColor"] == page.card
    assert theme["textColor"] == page.ink
    assert theme["borderColor"] == page.hairline


@MODES
def test_the_accent_reads_as_link_and_under_its_own_label(dark):
    theme = THEME["dark" if dark else "light"]
    on_button = "#0B1220" if dark else "#FFFFFF"
    rule = (ROOT / "static/look.css").read_text(encoding="utf-8")
    assert "light-dark(#FFFFFF, #0B1220)" in rule
    assert contrast(on_button, theme["primaryColor"]) >= TEXT
    for name in ("primaryColor", "linkColor"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(theme[name], theme[ground]) >= TEXT


def test_fonts_and_pictures_of_the_theme_are_our_own_files():
    for face in THEME["fontFaces"]:
        assert face["url"].startswith("app/static/")
        assert (ROOT / face["url"].removeprefix("app/")).is_file()
    assert "OPEN FONT LICENSE" in (ROOT / "static/public-sans-OFL.txt").read_text("utf-8")
