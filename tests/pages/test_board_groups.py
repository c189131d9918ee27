"""Which group is least on board, as a convener meets it."""

import json

import pytest
from sqlalchemy import update

from coalition.domain.deliberation.rounds import Results
from coalition.store import schema
from tests.builders import QUICK, a_ballot, a_proposal, a_round, a_table
from tests.pages.screen import shown


@pytest.fixture
def table(db):
    """Three small organisations for Lupus & *co* and one large one."""
    convener, delegates = a_table(db, organisations=4)
    small = [one.seat.organisation_id for one in delegates[:3]]
    of, organisation = schema.organisation.c, schema.organisation
    with db.writing() as conn:
        conn.execute(update(organisation).values(size="large"))
        conn.execute(
            update(organisation)
            .where(of.id.in_(small))
            .values(size="small", conditions=["Lupus *and* more"])
        )
    return convener, delegates


def charts(app):
    return [chart.proto for chart in app.get("vega_lite_chart")]


def answered(db, clock, table, stances, **text):
    convener, delegates = table
    this = a_round(db, clock, convener, proposal_id=a_proposal(db, clock, convener, **text))
    for delegate, stance in zip(delegates, stances, strict=False):
        a_ballot(db, clock, delegate, this, stance)
    return this


def test_an_empty_table_says_so(visit, table):
    app = visit("board", as_=table[0], view="groups")
    assert "No round is open here" in shown(app)
    assert not charts(app)


def test_the_answer_names_the_group_the_proposal_and_the_numbers(visit, db, clock, table):
    answered(db, clock, table, ["support", "object", "object", "support"], title="Fair *start*")
    answered(db, clock, table, ["support"] * 4)
    app = visit("board", as_=table[0], view="groups")
    said = shown(app)
    assert "Least on board: **Small: up to 9 paid staff** (1 of 3 support it), with " in said
    assert r"Fair \*start\*." in said
    (chart,) = charts(app)
    values = [row for layer in json.loads(chart.spec)["layer"] for row in layer["data"]["values"]]
    assert {row["share"] for row in values if row.get("least")} == {0.4, 0.8}
    first = app.table[0].value.iloc[0].to_dict()
    assert (first["In support"], first["Share"], first["Least"]) == ("1", "40%", "◆ Least")


def test_a_group_of_few_stands_in_the_table_without_its_numbers(visit, db, clock, table):
    answered(db, clock, table, ["support"] * 3 + ["object"])
    rows = visit("board", as_=table[0], view="groups").table[0].value
    (large,) = rows[rows["Group"].str.startswith("Large")].to_dict("records")
    assert (large["In support"], large["On the scale"], large["Share"]) == ("–", "under 3", "–")
    assert large["Group-aware consensus"] == "0.80"


def test_the_grouping_is_kept_in_the_address_and_names_conditions(visit, db, clock, table):
    answered(db, clock, table, ["object"] * 3)
    app = visit("board", as_=table[0], view="groups", by="condition")
    assert r"Least on board: **Lupus \*and\* more**" in shown(app)
    assert app.query_params["by"] == "condition"


@pytest.mark.parametrize("stances", [["recused"] * 4, ["object"], []])
def test_with_few_on_the_scale_nothing_is_compared(visit, db, clock, table, stances):
    answered(db, clock, table, stances)
    app = visit("board", as_=table[0], view="groups")
    assert "No group can be compared yet: none has 3 organisations" in shown(app)
    assert not charts(app)


def test_where_everything_is_hidden_the_view_says_so(visit, db, clock, table):
    a_round(db, clock, table[0], rule=QUICK, results=Results.HIDDEN)
    app = visit("board", as_=table[0], view="groups")
    assert "1 round keeps its stances hidden until it closes and is left out." in shown(app)
    assert not charts(app)
