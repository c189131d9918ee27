"""Interests on the screen: declared by topic, asked before the stance, read beside the stances."""

import pytest

from coalition import wiring
from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import disclosures
from coalition.services.people import interests
from coalition.store.deliberation import ballots as kept_ballots
from tests.builders import a_ballot, a_delegate, a_person, a_proposal, a_round, a_table
from tests.pages.screen import files, press, shown, tick, write
from tests.services.test_interests import declare

QUESTION = "Does our organisation have an interest in this?"


@pytest.fixture
def table(db, clock):
    convener, delegates = a_table(db)
    return convener, delegates, a_round(db, clock, convener)


def ask(app, interest):
    app.radio[0].set_value(interest).run()
    assert not app.exception, app.exception
    return app


def on_record(db, delegate, this):
    asked = disclosures.our_interest(
        db, actor=delegate, now=wiring.clock(), proposal_id=this.proposal_id
    )
    return asked.on_record


def standing(db, this):
    with db.reading() as conn:
        return kept_ballots.of_round(conn, this.id)


def test_the_interest_is_the_first_question_and_nothing_is_chosen(visit, db, table):
    _, (delegate, *_), this = table
    app = visit("stance", as_=delegate, id=this.id)
    assert [radio.label for radio in app.radio] == [QUESTION, "Our stance"]
    assert [radio.value for radio in app.radio] == [None, None]


def test_without_an_answer_nothing_can_be_confirmed_and_the_words_stay(visit, db, table):
    _, (delegate, *_), this = table
    app = visit("stance", as_=delegate, id=this.id)
    app.radio[1].set_value("support").run()
    write(app, "Reason", "Our board met twice.")
    tick(app, "I may speak for")
    press(app, "Check before you confirm")
    assert "Interest: please answer this first" in shown(app)
    assert "Confirm and record" not in [button.label for button in app.button]
    assert app.text_area[0].value == "Our board met twice."
    assert standing(db, this) == ()


def test_an_interest_is_named_checked_and_recorded_with_the_ballot(visit, db, table):
    _, (delegate, *_), this = table
    app = ask(visit("stance", as_=delegate, id=this.id), "takes_part")
    app.radio[1].set_value("support").run()
    tick(app, "I may speak for")
    press(app, "Check before you confirm")
    assert "Our interest: please say which interest" in shown(app)
    write(app, "Which interest", "A maker of insulin pays for our camp.")
    press(app, "Check before you confirm")
    assert "**Interest:** Yes, and we take part. A maker of insulin" in shown(app)
    press(app, "Confirm and record")
    assert on_record(db, delegate, this).statement == "A maker of insulin pays for our camp."
    assert standing(db, this)[0].ballot.stance == "support"


def test_to_recuse_is_one_answer_with_one_reason(visit, db, table):
    _, (delegate, *_), this = table
    app = ask(visit("stance", as_=delegate, id=this.id), "recuses")
    assert len(app.radio) == 1
    write(app, "Reason (needed when you recuse", "We own shares.")
    tick(app, "I may speak for")
    press(app, "Check before you confirm")
    press(app, "Confirm and record")
    kept = standing(db, this)[0]
    assert (kept.ballot.stance, kept.words.reason) == ("recused", "We own shares.")
    assert on_record(db, delegate, this).statement == "We own shares."


def test_what_was_declared_by_topic_fills_the_statement(visit, db, clock, table):
    _, (delegate, *_), this = table
    declare(db, clock, delegate)
    app = visit("stance", as_=delegate, id=this.id)
    assert "We have declared by topic: Grant from a maker of insulin." in shown(app)
    ask(app, "takes_part")
    assert app.text_area[0].value == ("Grant from a maker of insulin: It pays for our summer camp.")


def test_it_is_not_asked_twice_and_can_be_changed(visit, db, clock, table):
    _, (delegate, *_), this = table
    a_ballot(db, clock, delegate, this, "support")
    app = visit("stance", as_=delegate, id=this.id)
    assert [radio.label for radio in app.radio] == ["Our stance"]
    assert "**Our interest, on record:** none" in shown(app)
    app.toggle[0].set_value(True).run()
    ask(app, "takes_part")
    app.radio[1].set_value("abstain").run()
    write(app, "Which interest", "A new grant.")
    tick(app, "I may speak for")
    tick(app, "Yes, replace")
    press(app, "Check before you confirm")
    press(app, "Confirm and record")
    assert on_record(db, delegate, this).statement == "A new grant."
    assert standing(db, this)[0].ballot.stance == "abstain"


@pytest.mark.parametrize("kind", [RoundKind.TEMPERATURE, RoundKind.SIGN_ON])
def test_what_binds_nobody_does_not_ask(visit, db, clock, kind):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, kind=kind, rule=None)
    app = visit("stance", as_=delegate, id=this.id)
    assert QUESTION not in [radio.label for radio in app.radio]


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_members_read_who_has_an_interest_beside_the_stances(visit, db, clock, table, role):
    _, (us, other, _), this = table
    a_ballot(db, clock, us, this, "recused", reason="We own <b>shares</b>.")
    a_ballot(db, clock, other, this, "support")
    reader = other if role is None else a_person(db, role=role)
    said = shown(visit("proposal", as_=reader, id=this.proposal_id, view="stances"))
    assert "Who has an interest?" in said
    assert "We own \\<b>shares" in said
    assert "1 organisation said that it has none." in said


def test_while_results_are_hidden_only_our_own_is_shown(visit, db, clock):
    convener, (us, other, _) = a_table(db)
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    a_ballot(db, clock, us, this, "recused", reason="We own shares.")
    page = {"id": this.proposal_id, "view": "stances"}
    assert "We own shares." in shown(visit("proposal", as_=us, **page))
    for reader in (convener, other):
        assert "Who has an interest?" not in shown(visit("proposal", as_=reader, **page))


def test_the_champion_is_asked_on_the_proposal_and_nobody_else(visit, db, clock, table):
    _, (delegate, other, _), _ = table
    subject = a_proposal(db, clock, delegate)
    assert QUESTION not in [r.label for r in visit("proposal", as_=other, id=subject).radio]
    app = visit("proposal", as_=delegate, id=subject)
    press(app, "Put it on record")
    assert "Interest: please answer this first" in shown(app)
    ask(app, "none")
    press(app, "Put it on record")
    assert "It is on record." in shown(app)
    found = disclosures.disclosures(db, actor=other, now=clock(), proposal_id=subject)
    assert [one.interested for one in found] == [False]


def test_a_delegate_declares_and_ends_an_interest(visit, db, clock):
    delegate = a_delegate(db)
    app = visit("organisation", as_=delegate)
    assert "None declared." in shown(app)
    write(app, "Interest, in a few words", "Grant from a maker of insulin")
    write(app, "What it is", "It pays for our summer camp.")
    press(app, "Declare")
    assert "Pillars it touches: please choose at least one." in shown(app)
    app.get("button_group")[0].set_value(["coverage"])
    press(app, "Declare")
    assert "Declared. Members see it" in shown(app)
    home = delegate.seat.organisation_id
    (kept,) = interests.interests_of(db, actor=delegate, now=clock(), organisation_id=home).current
    assert kept.declared.topic == "Grant from a maker of insulin"
    app.run()
    assert "interests" in files(app)
    (choice,) = [box for box in app.selectbox if box.label == "Which one?"]
    choice.set_value(kept.id)
    press(app, "End it today")
    assert "Ended. It stays on the record" in shown(app)
    found = interests.interests_of(db, actor=delegate, now=clock(), organisation_id=home)
    assert (len(found.current), len(found.ended)) == (0, 1)


def test_members_find_it_in_the_directory_and_strangers_do_not(visit, db, clock):
    delegate = a_delegate(db)
    declare(db, clock, delegate)
    inside = visit("members", as_=a_person(db, role=Role.OBSERVER))
    assert "Grant from a maker of insulin" in str(inside.table[0].value)
    assert "Grant" not in str(visit("members").table[0].value)


def test_hostile_words_are_shown_letter_by_letter(visit, db, clock, table):
    _, (us, other, _), this = table
    declare(db, clock, us, topic="![x](https://evil.example/x.png)")
    app = visit("stance", as_=us, id=this.id)
    assert "![x](" not in shown(app)
    assert "![x](" not in str(visit("members", as_=other).table[0].value)
