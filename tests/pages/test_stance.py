"""Recording a stance as a delegate meets it."""

from datetime import timedelta

import pytest

from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import Role
from coalition.store.deliberation import ballots as kept_ballots
from coalition.store.people import seats
from coalition.words import codes
from tests.builders import (
    QUICK,
    a_ballot,
    a_delegate,
    a_person,
    a_round,
    a_table,
)
from tests.pages.screen import choose, press, shown, tick, write


@pytest.fixture
def table(db, clock):
    """A convener, three delegates and a round that is open."""
    convener, delegates = a_table(db)
    return convener, delegates, a_round(db, clock, convener)


def entries(db, this):
    """Return every entry of the round, newest first, whoever may see it."""
    with db.reading() as conn:
        return kept_ballots.of_round(conn, this.id)


def filled(visit, delegate, this, stance="support"):
    """Open the form, choose and say that one may speak; nothing is pressed yet."""
    app = visit("stance", as_=delegate, id=this.id)
    choose(app, stance)
    tick(app, "I may speak for")
    return app


def test_a_delegate_checks_confirms_and_gets_a_receipt(visit, db, table):
    _, (delegate, *_), this = table
    app = visit("stance", as_=delegate, id=this.id)
    assert app.title[0].value == "Record our stance"
    assert app.radio[0].value is None
    choose(app, "support")
    tick(app, "I may speak for")
    press(app, "Check before you confirm")
    assert entries(db, this) == (), "checking records nothing"
    press(app, "Confirm and record")
    (kept,) = entries(db, this)
    assert kept.ballot.stance == "support"
    assert kept.words.authority.startswith("I may speak for")
    assert kept.ballot.receipt in shown(app)
    assert "Recorded for" in shown(app)
    assert "changeable until" in shown(app)
    assert not app.radio, "the form has made room for the receipt"
    app.run()
    assert "What we have said so far" in shown(app)


def test_each_stance_stands_with_its_meaning_and_none_is_chosen(visit, table):
    _, (delegate, *_), this = table
    app = visit("stance", as_=delegate, id=this.id)
    interest, radio = app.radio
    assert (interest.value, radio.value) == (None, None)
    offered = [one for one in codes.MEANINGS if one != "recused"]
    assert list(radio.proto.captions) == [codes.meaning(one) for one in offered]


def test_one_primary_button_at_a_time(visit, table):
    _, (delegate, *_), this = table
    app = filled(visit, delegate, this)
    primary = [b.label for b in app.button if b.proto.type == "primary"]
    assert primary == ["Check before you confirm"]
    press(app, "Check before you confirm")
    primary = [b.label for b in app.button if b.proto.type == "primary"]
    assert primary == ["Confirm and record"]


@pytest.mark.parametrize("stance", ["object", "recused"])
def test_a_stance_that_needs_a_reason_says_so_and_keeps_the_form(visit, db, table, stance):
    _, (delegate, *_), this = table
    app = filled(visit, delegate, this, stance)
    press(app, "Check before you confirm")
    assert "need a reason" in shown(app)
    assert app.radio[-1].value == ("recuses" if stance == "recused" else stance)
    assert next(one for one in app.checkbox if "may speak" in one.label).value is True
    assert entries(db, this) == ()


def test_an_objection_asks_what_would_remove_it(visit, db, table):
    _, (delegate, *_), this = table
    app = filled(visit, delegate, this, "object")
    write(app, "Reason", "Clause 2 shuts out small plans.")
    write(app, "What would remove", "Strike clause 2.")
    press(app, "Check before you confirm")
    assert "Strike clause 2." in shown(app)
    press(app, "Confirm and record")
    (kept,) = entries(db, this)
    assert (kept.words.reason, kept.words.remedy) == (
        "Clause 2 shuts out small plans.",
        "Strike clause 2.",
    )


def test_without_the_authority_statement_nothing_can_be_confirmed(visit, db, table):
    _, (delegate, *_), this = table
    app = visit("stance", as_=delegate, id=this.id)
    choose(app, "support")
    press(app, "Check before you confirm")
    assert "you may speak for your organisation" in shown(app)
    assert "Confirm and record" not in [b.label for b in app.button]
    assert entries(db, this) == ()


def test_a_form_left_open_past_the_close_is_refused_and_keeps_its_words(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, rule=QUICK, days=1 / 24)
    app = filled(visit, delegate, this)
    write(app, "Reason", "Our board met twice on this.")
    press(app, "Check before you confirm")
    clock.move(hours=1)
    press(app, "Confirm and record")
    assert "This round has closed, so nothing was recorded" in shown(app)
    assert app.text_area[0].value == "Our board met twice on this."
    assert entries(db, this) == ()


def test_a_closed_round_shows_no_form(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, rule=QUICK, days=1 / 24)
    a_ballot(db, clock, delegate, this, "support")
    clock.move(hours=1)
    app = visit("stance", as_=delegate, id=this.id)
    assert "Nothing can be recorded here now" in shown(app)
    assert "What we said" in shown(app)
    assert not app.radio


def test_what_was_written_stays_when_the_service_refuses(visit, db, table):
    _, (delegate, *_), this = table
    app = filled(visit, delegate, this)
    write(app, "Reason", "turned \u202e round")
    press(app, "Check before you confirm")
    press(app, "Confirm and record")
    assert "invisible control characters" in shown(app)
    assert app.text_area[0].value == "turned \u202e round"
    assert entries(db, this) == ()


def test_a_colleague_who_was_quicker_is_shown_and_replacing_asks_first(visit, db, clock, table):
    _, (delegate, *_), this = table
    alternate = a_delegate(
        db, organisation_id=delegate.seat.organisation_id, rank=1, name="Quick Alternate"
    )
    app = filled(visit, delegate, this)
    press(app, "Check before you confirm")
    first = a_ballot(db, clock, alternate, this, "abstain")
    press(app, "Confirm and record")
    assert "has answered since you opened this page" in shown(app)
    assert len(entries(db, this)) == 1, "the colleague's answer stands"
    assert "Quick Alternate" in shown(app)
    tick(app, "Yes, replace the answer that Quick Alternate gave")
    press(app, "Check before you confirm")
    press(app, "Confirm and record")
    newest, _ = entries(db, this)
    assert (newest.ballot.stance, newest.ballot.replaces) == ("support", first.id)


def test_an_answer_can_be_withdrawn_after_a_tick(visit, db, clock, table):
    _, (delegate, *_), this = table
    a_ballot(db, clock, delegate, this, "support")
    app = visit("stance", as_=delegate, id=this.id)
    press(app, "Withdraw")
    assert "Please tick the box first" in shown(app)
    assert len(entries(db, this)) == 1
    tick(app, "Yes, withdraw our answer")
    press(app, "Withdraw")
    assert "Withdrawn for" in shown(app)
    assert entries(db, this)[0].ballot.stance is None


def test_a_seat_that_ended_meanwhile_is_refused(visit, db, clock, table):
    _, (delegate, *_), this = table
    app = filled(visit, delegate, this)
    press(app, "Check before you confirm")
    with db.writing() as conn:
        (held,) = seats.list_unended(conn, clock(), organisation_id=delegate.seat.organisation_id)
        seats.end(conn, held.id, at=clock() + timedelta(minutes=1))
    clock.move(minutes=2)
    app.run()
    assert "hold no current seat" in shown(app)
    assert entries(db, this) == ()


def test_a_second_click_on_confirm_records_once(visit, db, table):
    _, (delegate, *_), this = table
    app = filled(visit, delegate, this)
    press(app, "Check before you confirm")
    confirm = next(b for b in app.button if b.label == "Confirm and record")
    confirm.click()
    app.run()
    confirm.click()
    app.run()
    assert not app.exception
    assert len(entries(db, this)) == 1


def test_a_sign_on_asks_to_sign(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, kind=RoundKind.SIGN_ON, rule=None, preset="sign_on")
    app = visit("stance", as_=delegate, id=this.id)
    assert app.title[0].value == "Sign for our organisation"
    assert not app.radio
    tick(app, "I may speak for")
    press(app, "Check before you confirm")
    press(app, "Confirm and sign")
    assert entries(db, this)[0].ballot.stance == "support"


def test_an_organisation_that_is_not_on_the_roll_is_told(visit, db, table):
    _, _, this = table
    app = visit("stance", as_=a_delegate(db), id=this.id)
    assert "was not on the roll" in shown(app)
    assert not app.radio


def test_a_number_that_is_no_round_is_told(visit, db, table):
    _, (delegate, *_), _ = table
    assert "no such round" in shown(visit("stance", as_=delegate, id=99_999))
    assert "no such round" in shown(visit("stance", as_=delegate))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_who_holds_no_vote_sees_no_form(visit, db, table, role):
    _, _, this = table
    app = visit("stance", as_=a_person(db, role=role), id=this.id)
    assert app.title[0].value == "Not part of your role"
    assert not app.radio


def test_a_stranger_is_asked_to_sign_in(visit, table):
    _, _, this = table
    app = visit("stance", id=this.id)
    assert app.title[0].value == "Sign in"
    assert "copay" not in shown(app)


def test_hostile_words_are_shown_letter_by_letter(visit, db, clock, table):
    _, (delegate, *_), this = table
    evil = "![x](https://evil.example/x.png) <script>alert(1)</script>"
    a_ballot(db, clock, delegate, this, "support", reason=evil)
    app = visit("stance", as_=delegate, id=this.id)
    assert "![x](" not in shown(app)
    assert "\\<script" in shown(app)
