"""Today, as each role meets it."""

import pytest

from coalition import wiring
from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from tests.builders import QUICK, a_ballot, a_delegate, a_person, a_proposal, a_round, a_table
from tests.pages.screen import links, press, shown


def buttons(app):
    """Return label and type of every button but the way out."""
    return [(one.label, one.proto.type) for one in app.button if one.label != "Sign out"]


def test_a_delegate_sees_for_whom_and_what_waits_with_one_primary_button(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    for title in ("First", "Second"):
        number = a_proposal(db, clock, convener, title=title)
        a_round(db, clock, convener, proposal_id=number, days=15 if title == "First" else 16)
    app = visit("today", as_=delegate)
    assert app.title[0].value == "Today"
    said = shown(app)
    assert f"For {delegate.seat.organisation}" in said
    assert [heading.value for heading in app.subheader] == ["First", "Second"], "by deadline"
    assert "15 days left" in said
    assert buttons(app) == [("Record our stance", "primary"), ("Record our stance", "secondary")]


def test_a_card_leads_to_the_form_and_an_answer_takes_it_away(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener)
    app = visit("today", as_=delegate)
    press(app, "Record our stance")
    assert app.title[0].value == "Record our stance"
    assert app.query_params["id"] == str(this.id)
    a_ballot(db, clock, delegate, this, "support")
    app = visit("today", as_=delegate)
    assert "Nothing waits for you" in shown(app)
    assert buttons(app) == []


def test_a_sign_on_asks_to_read_and_sign(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    a_round(db, clock, convener, kind=RoundKind.SIGN_ON, rule=None, preset="sign_on")
    assert buttons(visit("today", as_=delegate)) == [("Read and sign", "primary")]


def test_an_own_draft_names_the_next_field(visit, db, clock):
    delegate = a_delegate(db)
    a_proposal(db, clock, delegate, submitted=False, ask="", body="")
    app = visit("today", as_=delegate)
    assert "A draft of yours. Next: Ask." in shown(app)
    press(app, "Continue the draft")
    assert app.title[0].value.startswith("Edit draft")


def test_more_than_five_lead_on_to_the_list(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    for _ in range(6):
        a_round(db, clock, convener)
    app = visit("today", as_=delegate)
    assert len(buttons(app)) == 5
    assert "All 6 that wait" in links(app)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
def test_who_has_no_vote_reads_along(visit, db, clock, role):
    convener, _ = a_table(db)
    a_round(db, clock, convener)
    app = visit("today", as_=a_person(db, role=role))
    assert "What is open now?" in shown(app)
    assert buttons(app) == [("Read the proposal", "secondary")]


def test_a_convener_has_a_today_too(visit, db):
    app = visit("today", as_=a_person(db, role=Role.CONVENER))
    assert "No round is open" in shown(app)


def test_a_result_stands_there_for_some_days(visit, db, clock):
    convener, delegates = a_table(db)
    this = a_round(db, clock, convener, rule=QUICK, days=1 / 24)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(hours=2)
    rounds.freeze_due(db, clock)
    app = visit("today", as_=delegates[0])
    assert [badge.proto.body for badge in app.get("badge")] or "Adopted" in shown(app)
    assert "**Count all copay help toward patient costs**" in links(app)


def test_a_hidden_result_that_still_runs_is_not_news(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    a_ballot(db, clock, delegate, this, "object")
    app = visit("today", as_=delegate)
    assert "Object" not in shown(app)
    assert "Nothing was decided in the last days." in shown(app)


def test_a_stranger_is_asked_to_sign_in(visit, db, clock):
    convener, _ = a_table(db)
    a_round(db, clock, convener)
    app = visit("today")
    assert app.title[0].value == "Sign in"
    assert "copay" not in shown(app)


def test_the_number_of_queries_does_not_grow_with_what_waits(visit, queries, db, clock):
    convener, (delegate, *_) = a_table(db)
    counts = []
    for _ in range(2):
        for _ in range(3):
            a_round(db, clock, convener)
        app = visit("today", as_=delegate)
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    few, many = counts
    assert few == many <= 13, said
