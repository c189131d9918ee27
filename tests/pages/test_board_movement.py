"""What moved, as a convener meets it on the board."""

import pytest

from coalition.domain.deliberation.rounds import Results
from coalition.ui.insight import exhibit
from tests.builders import QUICK, a_ballot, a_round, a_table
from tests.deliberating import revised, voted
from tests.pages.screen import shown


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def charts(app):
    return [chart.proto for chart in app.get("vega_lite_chart")]


def test_it_says_who_moved_which_way_and_from_where(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate, stance in zip(delegates, ("object", "support", "support"), strict=False):
        a_ballot(db, clock, delegate, this, stance)
    revised(db, clock, convener, this)
    voted(db, clock, delegates[0], this, "support")
    voted(db, clock, delegates[1], this, "stand_aside")
    voted(db, clock, delegates[3], this, "support")
    app = visit("board", as_=convener, view="movement")
    assert not app.exception
    assert "**1 improved,** **1 worsened,** **1 did not confirm.** 0 stayed." in shown(app)
    assert "1 took a place on the scale, 0 left it." in shown(app)
    assert "3 moves in the last 7 days." in shown(app)
    (chart,) = charts(app)
    assert "1 improved, 1 worsened, 1 did not confirm." in chart.alt
    each = app.table[-1].value.set_index("Organisation")
    first = each.loc[delegates[0].seat.organisation]
    assert (first["Before"], first["Now"]) == ("✕ Object", "✓ Support")
    assert first["Which way"] == "▲ Improved"
    assert each.loc[delegates[2].seat.organisation]["When"] == "Not since"


def test_every_move_can_be_read_a_page_at_a_time(visit, db, clock, table, monkeypatch):
    monkeypatch.setattr(exhibit, "SHOWN", 2)
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    revised(db, clock, convener, this)
    app = visit("board", as_=convener, view="movement")
    seen = set(app.table[-1].value["Organisation"])
    app.get("pagination")[0].set_value(2).run()
    later = set(app.table[-1].value["Organisation"])
    assert (len(seen), len(later), len(seen | later)) == (2, 1, 3)


def test_hidden_rounds_give_nothing_away(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], this, "object")
    revised(db, clock, convener, this)
    app = visit("board", as_=convener, view="movement")
    assert "No round here shows its stances yet." in shown(app)
    assert not charts(app)


def test_without_rounds_or_changes_it_says_so(visit, db, clock, table):
    convener, delegates = table
    app = visit("board", as_=convener, view="movement")
    assert "No round is here, so nothing could move." in shown(app)
    this = a_round(db, clock, convener, rule=QUICK)
    app = visit("board", as_=convener, view="movement")
    assert "No text has changed what is asked here" in shown(app)
    a_ballot(db, clock, delegates[0], this, "recused")
    revised(db, clock, convener, this)
    app = visit("board", as_=convener, view="movement")
    assert not app.exception
    assert "No organisation had an answer to move from." in shown(app)


def test_who_answers_without_a_place_on_the_scale_has_not_stayed(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    a_ballot(db, clock, delegates[0], this, "support")
    revised(db, clock, convener, this)
    voted(db, clock, delegates[1], this, "abstain")
    app = visit("board", as_=convener, view="movement")
    assert "0 stayed. 1 changed beside the scale." in shown(app)
    assert "≠ Changed beside the scale" in list(app.table[-1].value["Which way"])
