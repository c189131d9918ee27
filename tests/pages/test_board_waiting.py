"""Who is awaited, as a convener meets it on the board."""

from coalition.ui.insight import exhibit
from tests.builders import QUICK, a_ballot, a_round, a_table
from tests.pages.screen import shown


def test_who_has_something_to_answer_is_listed_with_how_much(visit, db, clock):
    convener, delegates = a_table(db, organisations=3)
    this = a_round(db, clock, convener, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "support")
    app = visit("board", as_=convener, view="waiting")
    assert "2 organisations have something to answer." in shown(app)
    (table,) = app.table
    names = set(table.value.iloc[:, 0])
    assert names == {one.seat.organisation for one in delegates[1:]}
    for delegate in delegates[1:]:
        a_ballot(db, clock, delegate, this, "support")
    assert "No open round waits for an answer." in shown(app.run())


def test_every_organisation_awaited_can_be_read_a_page_at_a_time(visit, db, clock, monkeypatch):
    monkeypatch.setattr(exhibit, "SHOWN", 2)
    convener, _ = a_table(db, organisations=3)
    a_round(db, clock, convener, rule=QUICK)
    app = visit("board", as_=convener, view="waiting")
    seen = set(app.table[0].value["Organisation"])
    assert len(seen) == 2
    app.get("pagination")[0].set_value(2).run()
    assert len(seen | set(app.table[0].value["Organisation"])) == 3
    assert "Rows 3 to 3 of 3; the files have all." in shown(app)
