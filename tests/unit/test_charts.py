"""Charts draw every seat once, to one scale, and say the same numbers as their tables."""

from dataclasses import replace
from itertools import pairwise

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as some

from coalition.ui import frames, palette
from coalition.ui.charts.bar import Scale, scale_for, stance_bar
from coalition.ui.charts.heat import Label, heat_map

OPEN = {
    "support": 9,
    "support_with_reservations": 2,
    "stand_aside": 1,
    "object": 1,
    "abstain": 1,
    "recused": 1,
    "missing": 3,
}
ORGANISATIONS = [
    Label("7", "Lupus Forward", "Lupus Forward"),
    Label("3", "Lupus Forward", "The other"),
]
PROPOSALS = [Label("41", "2026-014", "Copay help"), Label("40", "2026-017", "Language help")]
LINKED = [replace(one, href=f"/members?search={one.key}") for one in ORGANISATIONS]
STANDS = {("7", "41"): "object", ("7", "40"): "support", ("3", "41"): "missing"}
tallies = some.fixed_dictionaries({code: some.integers(0, 60) for code in palette.ORDER})


def drawn(counts, *, needed=None, scale=None, dark=False):
    scale = scale or scale_for([counts], sum(counts.values()))
    label = frames.needed_label(needed)
    return stance_bar(counts, needed=needed, needed_label=label, scale=scale, dark=dark)


def rows(spec):
    """Every segment and box of a bar, by stance."""
    found = {}
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "rect":
            found |= {row["stance"]: row for row in layer["data"]["values"]}
    return found


def layers(spec):
    """Every layer with marks, wherever it is nested."""
    if "mark" in spec:
        return [spec]
    return [found for inner in spec["layer"] for found in layers(inner)]


def texts(spec):
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    return [row for layer in layers for row in layer["data"]["values"]]


def dashed(spec):
    rules = [layer for layer in spec["layer"] if "strokeDash" in layer["mark"]]
    return [row["at"] for rule in rules for row in rule["data"]["values"]]


@pytest.mark.parametrize("dark", [False, True])
def test_both_charts_are_valid_vega_lite(dark):
    heat = heat_map(ORGANISATIONS, PROPOSALS, STANDS, words=frames.words(), dark=dark)
    linked = heat_map(LINKED, PROPOSALS, STANDS, words=frames.words(), dark=dark)
    for spec in (drawn(OPEN, needed=12, dark=dark), drawn({"missing": 5}), heat, linked):
        alt.LayerChart.from_dict(spec)  # raises where the schema is not kept


def test_yes_stands_right_of_the_line_and_no_left_of_it():
    bar = rows(drawn(OPEN))
    assert (bar["support_with_reservations"]["start"], bar["support"]["end"]) == (0, 11)
    assert bar["support_with_reservations"]["end"] == bar["support"]["start"] == 2
    assert (bar["stand_aside"]["end"], bar["object"]["start"]) == (0, -2)


def test_seats_that_take_no_side_stand_apart_at_the_right_edge():
    scale = scale_for([OPEN], 18)
    bar = rows(drawn(OPEN, scale=scale))
    assert bar["abstain"]["start"] >= bar["support"]["end"] + scale.gap
    assert bar["missing"]["end"] == pytest.approx(scale.right + scale.gap)
    assert bar["missing"]["fill"] is bar["recused"]["fill"] is None


def test_a_stance_nobody_takes_is_not_drawn():
    assert set(rows(drawn({"support": 4, "object": 0, "missing": 1}))) == {"support", "missing"}


def test_the_dashed_line_stands_at_the_supports_needed():
    spec = drawn(OPEN, needed=12)
    assert dashed(spec) == [12.0]
    assert "12 needed" in [row.get("label") for row in texts(spec)]


def test_a_rule_without_a_number_draws_no_line():
    assert dashed(drawn(OPEN, needed=None)) == []


def test_seats_apart_are_told_in_figures_under_their_boxes():
    told = [row["told"] for row in texts(drawn(OPEN)) if "told" in row]
    assert told == ["1 –\u20031 ⊘\u20033 ○"]


def test_bars_of_one_board_share_one_scale():
    board = [OPEN, {"support": 18}, {"object": 6, "missing": 12}]
    scale = scale_for(board, 18)
    domains = set()
    for counts in board:
        for layer in drawn(counts, scale=scale)["layer"]:
            domains.add(tuple(layer["encoding"]["x"]["scale"]["domain"]))
    assert domains == {(-6.0, 18 + scale.gap)}


def test_one_objection_among_hundreds_is_still_seen():
    counts = {"support": 300, "object": 1, "missing": 99}
    scale = scale_for([counts], 400)
    thin = rows(drawn(counts, scale=scale))["object"]
    assert thin["seats"] == 1
    assert thin["share"] * 256 >= 4  # pixels, in a card on the narrowest phone


def test_the_yes_side_keeps_its_length_against_the_line_when_a_thin_part_is_widened():
    counts = {"support": 300, "support_with_reservations": 1, "missing": 99}
    bar = rows(drawn(counts))
    assert bar["support_with_reservations"]["end"] > 1
    assert bar["support"]["end"] == pytest.approx(301)


@given(counts=tallies, extra=some.integers(0, 50))
def test_no_two_parts_of_a_bar_ever_overlap_or_leave_the_picture(counts, extra):
    roll = sum(counts.values()) + extra
    scale = scale_for([counts], roll)
    parts = sorted(rows(drawn(counts, scale=scale)).values(), key=lambda row: row["start"])
    assert sum(row["seats"] for row in parts) == sum(counts.values())
    ends = [-scale.left, *(edge for row in parts for edge in (row["start"], row["end"]))]
    assert all(right - left > -1e-6 for left, right in pairwise(ends))
    assert ends[-1] <= scale.right + scale.gap + 1e-6


def test_an_empty_board_still_has_a_scale():
    assert scale_for([], 0) == Scale(left=0.0, right=1.0, least=0.0)


def test_both_themes_draw_the_same_numbers_in_their_own_colours():
    light, dark = rows(drawn(OPEN)), rows(drawn(OPEN, dark=True))
    assert {code: row["seats"] for code, row in light.items()} == OPEN
    assert {code: row["seats"] for code, row in dark.items()} == OPEN
    assert light["object"]["fill"] == palette.LIGHT["object"].fill
    assert dark["object"]["fill"] == palette.DARK["object"].fill


def test_marks_are_silent_because_the_chart_has_one_name_and_a_table():
    spec = heat_map(ORGANISATIONS, PROPOSALS, STANDS, words=frames.words(), dark=False)
    for layer in [*layers(spec), *layers(drawn(OPEN, needed=12))]:
        assert layer["mark"]["aria"] is False


def test_the_heat_map_keeps_the_order_given_and_equal_names_apart():
    spec = heat_map(ORGANISATIONS, PROPOSALS, STANDS, words=frames.words(), dark=False)
    across, down = (layers(spec)[0]["encoding"][way] for way in ("x", "y"))
    assert across["scale"]["domain"] == ["41", "40"]
    assert down["scale"]["domain"] == ["7", "3"]
    assert down["axis"]["labelExpr"].count("Lupus Forward") == 2


def test_names_that_are_links_stand_where_the_axis_had_them_and_are_not_said_twice():
    plain, linked = (
        heat_map(them, PROPOSALS, STANDS, words=frames.words(), dark=False)
        for them in (ORGANISATIONS, LINKED)
    )
    axis = layers(plain)[0]["encoding"]["y"]["axis"]
    *cells, names = layers(linked)
    assert [one["href"] for one in names["data"]["values"]] == [one.href for one in LINKED]
    assert all(one["encoding"]["y"]["axis"] is None for one in [*cells, names])
    assert (names["mark"]["limit"], -names["mark"]["dx"]) == (
        axis["labelLimit"],
        axis["labelPadding"],
    )


def test_a_pair_without_a_seat_has_no_cell():
    spec = heat_map(ORGANISATIONS, PROPOSALS, STANDS, words=frames.words(), dark=False)
    cells = spec["layer"][0]["data"]["values"]
    assert {(cell["row"], cell["column"]): cell["stance"] for cell in cells} == STANDS


@pytest.mark.parametrize("dark", [False, True])
def test_every_stance_of_a_cell_has_its_own_colour_and_glyph(dark):
    spec = heat_map(ORGANISATIONS, PROPOSALS, STANDS, words=frames.words(), dark=dark)
    cell, sign = layers(spec)
    fills, shapes = cell["encoding"]["fill"]["scale"], sign["encoding"]["shape"]["scale"]
    assert dict(zip(fills["domain"], fills["range"], strict=True))["object"] == (
        palette.inks(dark=dark)["object"].fill
    )
    assert dict(zip(shapes["domain"], shapes["range"], strict=True)) == palette.STROKES


def test_the_table_of_a_bar_has_every_stance_and_the_same_numbers():
    frame = frames.stance_frame({"support": 4, "missing": 1})
    assert list(frame["Organisations"]) == [4, 0, 0, 0, 0, 0, 1]
    assert frame["Stance"][0] == "✓ Support"


def test_the_table_of_a_heat_map_says_in_words_what_the_cells_say():
    frame = frames.heat_frame(ORGANISATIONS, PROPOSALS, STANDS)
    assert frame.to_numpy().tolist() == [
        ["Lupus Forward", "Object", "Support"],
        ["The other", "Not heard from", ""],
    ]


def test_two_proposals_of_one_name_stay_two_columns():
    twice = [PROPOSALS[0], Label("99", "2026-014", "Again")]
    assert list(frames.heat_frame(ORGANISATIONS, twice, STANDS))[1:] == ["2026-014", "2026-014 (2)"]


def test_a_bar_is_named_by_its_takeaway():
    assert frames.stance_alt(OPEN, 12) == (
        "11 support; 12 needed. "
        "Stand aside: 1, Object: 1, Abstain: 1, Recused: 1, Not heard from: 3."
    )
    assert frames.stance_alt({"support": 1}, None) == "1 supports."


def test_a_heat_map_is_named_by_its_size_and_what_stands_in_it():
    assert frames.heat_alt(ORGANISATIONS, PROPOSALS, STANDS) == (
        "2 organisations by 2 proposals. Support: 1, Object: 1, Not heard from: 1."
    )
