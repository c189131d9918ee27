"""The objections to a proposal on its page: what stands, and what was done just now."""

import pytest

from tests.builders import a_delegate, a_person, a_proposal, a_round, a_table
from tests.deliberating import LAST_CALL, MUST, an_objection, revised, voted
from tests.pages.screen import links, press, shown, write


@pytest.fixture
def table(db):
    return a_table(db)


def objections(visit, this, person):
    return visit("proposal", as_=person, id=this.proposal_id, view="objections")


def test_an_answer_stands_with_its_objection_at_once(visit, db, clock, table):
    convener, (objector, *_) = table
    this = a_round(db, clock, convener)
    an_objection(db, clock, objector, this.proposal_id)
    app = objections(visit, this, convener)
    write(app, "Our answer", "Section 2 says so.")
    press(app, "Send the answer")
    assert "Section 2 says so." in shown(app)
    assert "Answered. The objection stands" in shown(app)
    assert "nobody owns it yet" not in shown(app)


def test_one_taken_back_is_resolved_at_once(visit, db, clock, table):
    convener, (objector, *_) = table
    this = a_round(db, clock, convener)
    an_objection(db, clock, objector, this.proposal_id)
    app = objections(visit, this, objector)
    next(one for one in app.radio if one.label == "How it is resolved").set_value("withdraw")
    press(app, "Send")
    assert "0 unresolved. 1 resolved." in shown(app)


def test_the_way_to_the_answer_stands_beside_an_objection_that_is_asked_again(
    visit, db, clock, table
):
    convener, (objector, supporter, _) = table
    this = a_round(db, clock, convener)
    voted(db, clock, objector, this, "object")
    voted(db, clock, supporter, this, "support")
    revised(db, clock, convener, this)
    told = "What was answered to our objection"
    assert told in links(visit("stance", as_=objector, id=this.id))
    assert told not in links(visit("stance", as_=supporter, id=this.id))


def test_a_stopped_last_call_never_says_that_nothing_more_is_needed(visit, db, clock, table):
    convener, (objector, *others) = table
    this = a_round(db, clock, convener, rule=LAST_CALL)
    for delegate in others:
        voted(db, clock, delegate, this, "support")
    an_objection(db, clock, objector, this.proposal_id, MUST)
    for screen in ("round", "board"):
        said = shown(visit(screen, as_=convener, id=this.proposal_id)).lower()
        assert "1 open objection" in said
        assert "nothing more is needed" not in said


def test_a_member_without_a_seat_is_offered_no_form_that_would_refuse_them(visit, db, clock):
    convener, _ = a_table(db)
    number = a_proposal(db, clock, convener)
    app = visit("proposal", as_=a_person(db), id=number, view="objections")
    assert "Raise it" not in [one.label for one in app.button]
    seated = visit("proposal", as_=a_delegate(db), id=number, view="objections")
    assert "Raise it" in [one.label for one in seated.button]
