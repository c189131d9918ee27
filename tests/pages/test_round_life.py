"""Reviews, roll changes, recorded positions and sequels, as people meet them on their pages."""

from datetime import timedelta

import pytest

from coalition.domain.deliberation.rounds import Results, Status
from coalition.domain.deliberation.stances import Stance
from coalition.services.deliberation import clearances, recording, rounds
from coalition.store import schema
from coalition.store.deliberation import rounds as store
from tests.builders import QUICK, a_ballot, a_delegate, a_recorded, a_round, a_table
from tests.pages.screen import press, shown, tick, write
from tests.services.test_tick import rows


@pytest.fixture
def laid(db):
    return a_table(db)


def marked(db, clock, delegate, this):
    clearances.mark_clearance(
        db, clock, actor=delegate, round_id=this.id, until=clock() + timedelta(days=3),
        note="Our board *meets*", token="review",
    )  # fmt: skip


def option(app, kind, label, value):
    found = [one for one in getattr(app, kind) if one.label.startswith(label)]
    assert len(found) == 1, [one.label for one in getattr(app, kind)]
    return found[0].set_value(value)


# --- in clearance ---


def test_a_delegate_marks_moves_and_ends_a_review(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    app = visit("stance", as_=us, id=this.id)
    option(app, "date_input", "We answer by", (clock() + timedelta(days=3)).date())
    write(app, "Note (others", "Our board meets")
    press(app, "Mark as in clearance")
    assert "Noted. You are not reminded until then." in shown(app)
    after = visit("stance", as_=us, id=this.id)
    assert "In clearance until" in shown(after)
    assert "In clearance until" in shown(visit("today", as_=us))
    press(after, "Our review is over")
    assert "The review is over." in shown(after)
    assert "In clearance until" not in shown(visit("today", as_=us))


def test_a_date_after_the_close_is_refused_in_words(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    app = visit("stance", as_=us, id=this.id)
    option(app, "date_input", "We answer by", (clock() + timedelta(days=30)).date())
    press(app, "Mark as in clearance")
    assert "a review does not move the close" in shown(app)
    assert rows(db, schema.clearance) == []


def test_board_and_roll_show_a_review_and_whom_to_call_leaves_it_out(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    marked(db, clock, us, this)
    assert "In clearance until" in shown(visit("board", as_=convener))
    app = visit("proposal", as_=us, id=this.proposal_id, view="stances")
    told = str([table.value.to_dict() for table in app.table])
    assert "In clearance until" in told
    assert "Our board" in told
    assert r"\\*meets\\*" in told


def test_who_has_answered_is_offered_no_review(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    a_ballot(db, clock, us, this, "support")
    app = visit("stance", as_=us, id=this.id)
    assert not [one for one in app.button if one.label == "Mark as in clearance"]


# --- the roll ---


def test_a_convener_adds_one_to_the_roll_and_members_read_why(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    latecomer = a_delegate(db)
    app = visit("round", as_=convener, id=this.proposal_id)
    option(app, "radio", "What do you want to do?", "added").run()
    option(app, "selectbox", "Which organisation?", latecomer.seat.organisation_id)
    write(app, "Why the roll changes", "It joined [this] week.")
    press(app, "Change the roll")
    assert "The roll is changed." in shown(app)
    told = shown(visit("proposal", as_=us, id=this.proposal_id, view="stances"))
    assert "was added to the roll" in told
    assert r"\[this" in told


def test_a_change_without_a_reason_changes_nothing(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    app = visit("round", as_=convener, id=this.proposal_id)
    option(app, "radio", "What do you want to do?", "removed").run()
    option(app, "selectbox", "Which organisation?", us.seat.organisation_id)
    press(app, "Change the roll")
    assert "please fill this in" in shown(app)
    assert rows(db, schema.roll_change) == []


# --- a recorded position ---


def filled(app, clock, this, us, *, stance=Stance.SUPPORT, **upload):
    option(app, "selectbox", "For which organisation?", us.seat.organisation_id)
    option(app, "radio", "What did it say?", stance)
    option(app, "radio", "How did it say so?", "phone")
    write(app, "Who said it?", "Wren Hale")
    option(app, "date_input", "When was it said?", clock().date())
    hours = [one for one in app.time_input if one.value is None]
    hours[-1].set_value((clock() - timedelta(hours=5)).time())
    if upload:
        app.file_uploader[0].set_value(tuple(upload["file"]))
    return app


def test_a_convener_records_a_position_and_its_people_are_asked(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    clock.move(days=1, hours=2)
    app = filled(visit("round", as_=convener, id=this.proposal_id), clock, this, us)
    press(app, "Record this position")
    assert "Recorded. The organisation's people are asked to confirm it." in shown(app)
    assert "A position was recorded for you" in shown(visit("today", as_=us))
    page = visit("stance", as_=us, id=this.id)
    assert "not confirmed yet" in shown(page)
    assert "said by Wren Hale" in shown(page)
    after = visit("round", as_=convener, id=this.proposal_id)
    assert "not confirmed yet" in shown(after)


def test_what_is_missing_is_told_and_what_was_typed_stays(visit, db, clock, laid):
    convener, _ = laid
    this = a_round(db, clock, convener)
    app = visit("round", as_=convener, id=this.proposal_id)
    write(app, "Who said it?", "Wren Hale")
    press(app, "Record this position")
    assert "The organisation: please choose one. Nothing was recorded." in shown(app)
    [field] = [one for one in app.text_input if one.label == "Who said it?"]
    assert field.value == "Wren Hale"
    assert rows(db, schema.ballot) == []


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (("letter.pdf", b"", "application/pdf"), "this file is empty"),
        (("letter.pdf", b"not one", "application/pdf"), "is not what its name says"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(visit, db, clock, laid, file, told):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    clock.move(days=1, hours=2)
    app = visit("round", as_=convener, id=this.proposal_id)
    press(filled(app, clock, this, us, file=file), "Record this position")
    assert told in shown(app)
    assert rows(db, schema.ballot) == []


def test_a_file_is_kept_and_offered_to_its_people_and_to_no_other_member(visit, db, clock, laid):
    convener, [us, other, _] = laid
    this = a_round(db, clock, convener)
    clock.move(days=1, hours=2)
    app = visit("round", as_=convener, id=this.proposal_id)
    file = ("letter.pdf", b"%PDF-1.7", "application/pdf")
    press(filled(app, clock, this, us, file=file), "Record this position")
    offered = visit("stance", as_=us, id=this.id).get("download_button")
    assert [one.proto.label for one in offered] == ["Save letter.pdf"]
    found = recording.recorded(db, actor=other, now=clock(), round_id=this.id)
    assert found == ()
    for view in ("stances", "history", "summary"):
        app = visit("proposal", as_=other, id=this.proposal_id, view=view)
        assert "Wren" not in shown(app) + str([table.value.to_dict() for table in app.table])


def test_where_the_seat_has_answered_nothing_can_be_recorded(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    a_ballot(db, clock, us, this, "support")
    app = visit("round", as_=convener, id=this.proposal_id)
    [field] = [one for one in app.selectbox if one.label == "For which organisation?"]
    assert len(field.options) == 2


def test_in_a_hidden_round_another_convener_sees_that_and_not_what(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    a_recorded(db, clock, convener, this, us.seat.organisation_id, "object")
    app = visit("round", as_=convener, id=this.proposal_id)
    assert "not confirmed yet" in shown(app)
    assert "small groups" not in shown(app)
    assert "Object" not in shown(app)


# --- sequels and withdrawal ---


def test_after_an_objection_the_second_round_is_suggested_and_says_what_it_is(
    visit, db, clock, laid
):
    convener, [us, *others] = laid
    this = a_round(db, clock, convener)
    a_ballot(db, clock, us, this, "object")
    for one in others:
        a_ballot(db, clock, one, this, "support")
    clock.hour = this.closes_at
    app = visit("round", as_=convener, id=this.proposal_id)
    assert "Next: try to resolve the objection." in shown(app)
    [switch] = app.toggle
    assert switch.label == "Prepare the second round"
    switch.set_value(True).run()
    [kind] = [one for one in app.radio if one.label == "What kind of round?"]
    [rule] = [one for one in app.selectbox if one.label == "By which rule?"]
    assert (kind.value, rule.value) == ("binding", "working_table")
    rounds.freeze_due(db, clock)
    a_round(db, clock, convener, proposal_id=this.proposal_id)
    for page in (
        visit("round", as_=convener, id=this.proposal_id),
        visit("proposal", as_=us, id=this.proposal_id, view="stances"),
    ):
        assert "Second round on the same text, after an objection" in shown(page)


def test_after_no_quorum_a_fallback_is_suggested(visit, db, clock, laid):
    convener, _ = laid
    this = a_round(db, clock, convener, rule=QUICK, days=1)
    clock.hour = this.closes_at
    app = visit("round", as_=convener, id=this.proposal_id)
    assert "Next: a fallback round." in shown(app)
    assert app.toggle[0].label == "Prepare the fallback round"


def test_a_running_proposal_is_withdrawn_and_those_who_voted_read_why(visit, db, clock, laid):
    convener, [us, *_] = laid
    this = a_round(db, clock, convener)
    a_ballot(db, clock, us, this, "support")
    app = visit("proposal", as_=convener, id=this.proposal_id)
    write(app, "Why it is withdrawn", "The bill fell.")
    tick(app, "Yes, take it off")
    press(app, "Withdraw")
    assert "Nothing was withdrawn" in shown(app)
    tick(app, "Cancel the round that runs")
    press(app, "Withdraw")
    assert "It is withdrawn." in shown(app)
    with db.reading() as conn:
        assert store.get(conn, this.id).status(clock()) is Status.CANCELLED
    assert "Withdrawn: The bill fell." in shown(visit("today", as_=us))
