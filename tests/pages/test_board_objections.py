"""The objection ledger as a convener meets it on the board."""

import pytest

from coalition.domain.deliberation.rounds import Results
from tests.builders import QUICK, a_ballot, a_round, a_table
from tests.deliberating import an_objection, resolved
from tests.pages.screen import shown


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def charts(app):
    return [chart.proto for chart in app.get("vega_lite_chart")]


def test_it_says_what_waits_what_is_resolved_and_who_came_round(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    first = an_objection(db, clock, delegates[1], this.proposal_id)
    a_ballot(db, clock, delegates[0], this, "object")
    clock.move(days=3)
    resolved(db, clock, delegates[1], first)
    a_ballot(db, clock, delegates[1], this, "support")
    app = visit("board", as_=convener, view="objections")
    assert not app.exception
    said = shown(app)
    assert "**1 objection waits.** 1 of them has no owner. The oldest has waited 3 days." in said
    assert "1 of 2 are resolved (50 %)." in said
    assert "Of 1 objector with nothing left to resolve, 1 now supports." in said
    (chart,) = charts(app)
    assert f"{delegates[0].seat.organisation}: Open, 3 days." in chart.alt
    (table_shown,) = app.table
    assert list(table_shown.value["Days open"]) == [3, 3]
    assert list(table_shown.value["State"]) == ["○ Open", "– Withdrawn by the objector"]


def test_what_a_hidden_ballot_objects_is_not_there_and_nothing_says_that_nobody_does(
    visit, db, clock, table
):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], this, "object")
    app = visit("board", as_=convener, view="objections")
    assert "rounds with hidden results keep theirs to themselves" in shown(app)
    assert not charts(app)


def test_without_rounds_or_objections_it_says_so(visit, db, clock, table):
    app = visit("board", as_=table[0], view="objections")
    assert "No round is here, so nobody could object." in shown(app)
    a_round(db, clock, table[0], rule=QUICK)
    app = visit("board", as_=table[0], view="objections")
    assert "Nobody has objected." in shown(app)


def test_many_objections_come_in_pages(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for number in range(26):
        an_objection(db, clock, delegates[0], this.proposal_id, reason=f"Reason {number}")
    app = visit("board", as_=convener, view="objections")
    assert len(app.table[0].value) == 25
    app.get("pagination")[0].set_value(2).run()
    assert not app.exception
    assert len(app.table[0].value) == 1
