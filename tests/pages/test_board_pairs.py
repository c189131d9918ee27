"""Who agrees, how support moved and who was heard, as a convener meets them."""

import json

import pytest
from sqlalchemy import update

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.perspectives import Perspective
from coalition.services.insight import trend
from coalition.store import schema
from coalition.ui.insight import agreement_view, trend_view
from tests.builders import QUICK, a_ballot, a_proposal, a_round, a_table
from tests.deliberating import revised, voted, withdrawn
from tests.pages.screen import pagers, shown


@pytest.fixture
def table(db):
    """Four organisations of patients."""
    convener, delegates = a_table(db, organisations=4)
    with db.writing() as conn:
        conn.execute(update(schema.organisation).values(perspectives=["patients"]))
    return convener, delegates


def charts(app):
    return [chart.proto for chart in app.get("vega_lite_chart")]


def values(app):
    """Return the rows of the grid drawn."""
    (chart,) = charts(app)
    return json.loads(chart.spec)["layer"][0]["data"]["values"]


def answered(db, clock, table, *stances, **text):
    convener, delegates = table
    this = a_round(db, clock, convener, proposal_id=a_proposal(db, clock, convener, **text))
    for delegate, stance in zip(delegates, stances, strict=False):
        a_ballot(db, clock, delegate, this, stance)
    return this


def hidden(db, clock, table):
    return a_round(db, clock, table[0], rule=QUICK, results=Results.HIDDEN)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("agreement", "No two organisations have taken a place on the scale in 5 rounds together"),
        ("trend", "No round is open here"),
        ("perspectives", "No round is open here"),
    ],
)
def test_without_a_round_each_view_says_so(visit, table, view, said):
    app = visit("board", as_=table[0], view=view)
    assert said in shown(app)
    assert not charts(app)


def test_the_most_alike_pair_and_the_least_alike_are_named(visit, db, clock, table):
    for _ in range(5):
        answered(db, clock, table, "support", "support", "object")
    answered(db, clock, table, "abstain", "support", "object", "support")
    app = visit("board", as_=table[0], view="agreement")
    one, two, three, four = (delegate.seat.organisation for delegate in table[1])
    said = shown(app)
    assert f"Most alike: **{one}** and **{two}** (100%, 5 rounds both answered)." in said
    assert f"Least alike: **{one}** and **{three}** (0%, 5 rounds both answered)." in said
    assert "1 other pair is as alike." in said
    assert f"Most alike: {one} and {two} (100%" in charts(app)[0].alt
    assert "camp" not in said.lower()
    texts = [cell["text"] for cell in values(app)]
    assert (texts.count("100"), texts.count("0"), texts.count("·")) == (2, 4, 6)
    rows = app.table[0].value
    assert list(rows["Alike"]) == ["100%", "0%", "0%"] + ["too few rounds"] * 3
    assert four in set(rows["And"])


def test_the_pagers_of_the_pairs_say_which_is_down_and_which_across(
    visit, db, clock, table, monkeypatch
):
    monkeypatch.setattr(agreement_view, "SIDE", 2)
    answered(db, clock, table, "support", "support", "object", "support")
    app = visit("board", as_=table[0], view="agreement")
    assert "Organisations down, pager, Organisations across, pager" in pagers(app)


def test_all_recused_leaves_no_pair(visit, db, clock, table):
    answered(db, clock, table, *["recused"] * 4)
    app = visit("board", as_=table[0], view="agreement", rows="similarity")
    assert "No two organisations have taken a place on the scale" in shown(app)
    assert app.query_params["rows"] == "similarity"


@pytest.mark.parametrize("view", ["agreement", "trend"])
def test_where_everything_is_hidden_the_view_says_so(visit, db, clock, table, view):
    a_ballot(db, clock, table[1][0], hidden(db, clock, table), "object")
    app = visit("board", as_=table[0], view=view)
    assert "1 round keeps its stances hidden until it closes and is left out." in shown(app)
    assert not charts(app)


@pytest.mark.parametrize("view", ["trend", "groups"])
def test_rounds_to_sign_only_are_left_out_and_told(visit, db, clock, table, view):
    a_round(db, clock, table[0], rule=None, kind=RoundKind.SIGN_ON)
    told = "1 round in which one can only sign is left out."
    said = shown(visit("board", as_=table[0], view=view))
    assert told in said
    assert "No round is open here" not in said
    answered(db, clock, table, "support")
    said = shown(visit("board", as_=table[0], view=view))
    assert told in said
    assert "keeps its stances hidden" not in said


def test_a_line_breaks_where_the_text_changed_and_the_table_has_each_day(visit, db, clock, table):
    this = answered(db, clock, table, "support", "object", title="Fair *start*")
    clock.move(days=1, hours=1)
    revised(db, clock, table[0], this)
    voted(db, clock, table[1][1], this, "support")
    app = visit("board", as_=table[0], view="trend")
    said = shown(app)
    assert r"Fair \*start\*: from 50% of votes cast to 100%." in said
    assert "A text changed 1 time on the way; there its line breaks." in said
    (chart,) = charts(app)
    rule, _, line, _ = json.loads(chart.spec)["layer"]
    assert [cut["text"] for cut in rule["data"]["values"]] == ["Text 2"]
    assert [(dot["share"], dot["version"]) for dot in line["data"]["values"]] == [(0.5, 1), (1, 2)]
    assert list(app.table[0].value["Support of votes cast"]) == ["50%", "100%"]


def test_all_recused_has_no_share(visit, db, clock, table):
    answered(db, clock, table, *["recused"] * 4)
    said = shown(visit("board", as_=table[0], view="trend"))
    assert "No vote is cast yet in the rounds shown here." in said


def test_where_no_vote_counts_any_longer_the_trend_says_so(visit, db, clock, table):
    convener, delegates = table
    gone = answered(db, clock, table, title="Emptied")
    voted(db, clock, delegates[0], gone, "support")
    clock.move(days=2, hours=1)
    withdrawn(db, clock, delegates[0], gone)
    app = visit("board", as_=convener, view="trend")
    said = shown(app)
    assert "Emptied, support went from 100% of votes cast to none that counts." in said
    assert "has not moved" not in said
    assert "as at first" not in said
    (chart,) = charts(app)
    assert "From 100% of votes cast to none that counts in" in chart.alt
    answered(db, clock, table, "support", title="Still")
    again = answered(db, clock, table, title="Emptied too")
    voted(db, clock, delegates[0], again, "object")
    clock.move(days=1, hours=1)
    withdrawn(db, clock, delegates[0], again)
    said = shown(visit("board", as_=convener, view="trend"))
    assert "Support has not moved in the other rounds shown here." in said
    assert "In 2 rounds no vote counts now, though some did." in said


def test_what_the_trend_says_of_one_page_is_said_of_that_page(visit, db, clock, table, monkeypatch):
    scope = "rounds, and this is about these alone."
    answered(db, clock, table, "support")
    assert scope not in shown(visit("board", as_=table[0], view="trend"))
    for module in (trend, trend_view):
        monkeypatch.setattr(module, "LINES", 1)
    answered(db, clock, table)
    said = shown(visit("board", as_=table[0], view="trend"))
    assert f"This page shows 1 of 2 {scope} Support has not moved" in said


def test_the_trend_says_the_days_that_have_passed(visit, db, clock, table):
    answered(db, clock, table, "support")
    assert "as at first; less than a day." in shown(visit("board", as_=table[0], view="trend"))
    clock.move(days=9, minutes=4)
    assert "as at first; 9 days." in shown(visit("board", as_=table[0], view="trend"))


def test_gaps_are_named_and_hidden_rounds_count_who_answered(visit, db, clock, table):
    answered(db, clock, table, "support", perspectives=(Perspective.EMPLOYERS,))
    this = hidden(db, clock, table)
    a_ballot(db, clock, table[1][0], this, "recused")
    app = visit("board", as_=table[0], view="perspectives")
    said = shown(app)
    assert "**Providers**: not heard on any of the 2 proposals." in said
    assert "**Employers**: not heard on 1 of 2: " in said
    assert "**Patients**" not in said
    cells = [cell["told"] for cell in values(app)]
    assert (cells.count("1"), cells.count("noted"), cells.count("○ not heard")) == (2, 1, 9)
    assert sorted(app.table[0].value["Employers"]) == ["noted", "○ not heard"]


def test_where_all_were_heard_the_view_says_so(visit, db, clock, table):
    answered(db, clock, table, "support", perspectives=tuple(Perspective))
    app = visit("board", as_=table[0], view="perspectives", lang="en")
    assert "All six perspectives were heard on the 1 proposal here." in shown(app)
    assert "1 · noted" in [cell["told"] for cell in values(app)]
