"""The stance bars as a convener meets them."""

import pytest

from coalition.domain.deliberation.rounds import Results
from coalition.ui.charts import bars
from coalition.ui.insight import stance_bars_view
from tests.builders import QUICK, a_ballot, a_proposal, a_round, a_table
from tests.pages.screen import shown


@pytest.fixture
def table(db):
    return a_table(db, organisations=6)


def charts(app):
    return [chart.proto for chart in app.get("vega_lite_chart")]


def test_an_empty_table_says_so(visit, table):
    app = visit("board", as_=table[0], view="bars")
    assert "No round is open here" in shown(app)
    assert not charts(app)


def test_one_picture_holds_every_bar_and_words_say_the_bounds(visit, db, clock, table):
    convener, delegates = table
    for this in [a_round(db, clock, convener) for _ in range(2)]:
        for delegate, stance in zip(delegates, ["support"] * 3 + ["object"] * 2, strict=False):
            a_ballot(db, clock, delegate, this, stance)
    app = visit("board", as_=convener, view="bars")
    said = shown(app)
    assert "2 rounds show their stances." in said
    assert "support the proposal in 2: in 0 if everybody still out objects, in 2" in said
    assert "Split: 2." in said
    (chart,) = charts(app)
    assert "60% of votes cast support it; 50% to 67% once all are in" in chart.spec
    (table_shown,) = app.table
    told = table_shown.value.iloc[0].to_dict()
    assert (told["Support"], told["At worst"], told["Accord"]) == (3, "50%", "Split")
    assert float(told["Agreement A"]) == -0.6


def test_under_five_no_word_stands_beside_the_bar(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    for delegate in delegates[:4]:
        a_ballot(db, clock, delegate, this, "support")
    app = visit("board", as_=convener, view="bars")
    told = app.table[0].value.iloc[0].to_dict()
    assert (told["Accord"], told["Agreement A"]) == ("–", "–")
    assert "Together:" not in shown(app)


def test_all_recused_is_drawn_without_a_share(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "recused")
    app = visit("board", as_=convener, view="bars")
    assert not app.exception
    assert "1 round shows its stances." in shown(app)
    assert app.table[0].value.iloc[0]["Support of votes cast"] == "–"


def test_where_everything_is_hidden_the_view_says_so(visit, db, clock, table):
    a_round(db, clock, table[0], rule=QUICK, results=Results.HIDDEN)
    app = visit("board", as_=table[0], view="bars")
    assert "1 round keeps its stances hidden until it closes and is left out." in shown(app)
    assert not charts(app)


def test_more_bars_than_a_picture_holds_come_in_pages(visit, db, clock, table, monkeypatch):
    monkeypatch.setattr(stance_bars_view, "ROWS", 2)
    titles = ["Alpha", "Beta", "Gamma"]
    for days, title in enumerate(titles, start=15):
        subject = a_proposal(db, clock, table[0], title=title)
        a_round(db, clock, table[0], proposal_id=subject, days=days)
    app = visit("board", as_=table[0], view="bars")
    first = list(app.table[0].value["Title"])
    app.get("pagination")[0].set_value(2).run()
    assert not app.exception
    rest = list(app.table[0].value["Title"])
    assert (len(first), len(rest), sorted(first + rest)) == (2, 1, titles)


def test_every_seat_is_drawn_once_whatever_state_it_is_in():
    counts = {"support": 3, "object": 1, "stand_aside": 1, "abstain": 1, "recused": 1,
              "clearance": 2, "missing": 4}  # fmt: skip
    row = bars.Bar(("R", "R, longer"), counts, 4, ("title",))
    spec = bars.stance_bars([row, row], roll=13, dark=False)
    drawn = [
        (one["stance"], one["seats"], one["top"] // bars.ROW)
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect"
        for one in layer["data"]["values"]
        if "stance" in one
    ]
    assert sorted(drawn) == sorted((s, n, line) for s, n in counts.items() for line in (0, 1))
