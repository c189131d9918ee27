"""How each seat is doing, as a convener meets it on the board."""

from coalition.ui.insight import seats_view
from tests.builders import QUICK, a_ballot, a_comment, a_round, a_table, an_organisation
from tests.pages.screen import shown


def test_seats_are_told_for_help_with_what_waits_and_what_is_vacant(visit, db, clock):
    convener, delegates = a_table(db, organisations=2)
    an_organisation(db, name="=Vacant *one*")
    this = a_round(db, clock, convener, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "support")
    a_comment(db, clock, delegates[0], this.proposal_id, "We gladly agree.")
    app = visit("board", as_=convener, view="seats")
    said = shown(app)
    assert (
        "Of 3 seats: 1 seat has no delegate, 3 have no alternate, 2 have something to answer."
        in said
    )
    told = "1 comment by the organisations asked for on proposals with an open round."
    assert f"{told} Not said: 100%." in said
    seats, voices = (table.value for table in app.table)
    assert list(seats["Waiting"]) == ["1 waiting", "1 waiting", "–"]
    assert sorted(seats["Delegate"]) == ["○ Vacant", "✓ Held", "✓ Held"]
    assert list(voices["Share of comments"]) == ["100%"]


def test_every_seat_can_be_read_a_page_at_a_time_and_only_that_page_is_made(visit, db, monkeypatch):
    convener, _ = a_table(db, organisations=0)
    for number in range(60):
        an_organisation(db, name=f"Seat {number:02}")
    made = []
    frame = seats_view.frame
    monkeypatch.setattr(seats_view, "frame", lambda them: made.append(len(them)) or frame(them))
    app = visit("board", as_=convener, view="seats")
    assert "Rows 1 to 25 of 60" in shown(app)
    [pager] = app.get("pagination")
    pager.set_value(3).run()
    assert list(app.table[0].value["Organisation"]) == [f"Seat {n}" for n in range(50, 60)]
    assert "Rows 51 to 60 of 60; the files have all." in shown(app)
    assert set(made) == {25, 10}


def test_a_table_without_a_vote_says_so(visit, db, clock):
    convener, _ = a_table(db, organisations=0)
    said = shown(visit("board", as_=convener, view="seats"))
    assert "No organisation with a vote is among those asked for." in said


def test_who_comments_is_told_of_the_organisations_asked_for(visit, db, clock):
    convener, delegates = a_table(db, organisations=2)
    this = a_round(db, clock, convener, rule=QUICK)
    a_comment(db, clock, delegates[0], this.proposal_id, "We gladly agree.")
    said = shown(visit("board", as_=convener, view="seats", size="large"))
    assert "No organisation asked for has commented on a proposal with an open round yet." in said
