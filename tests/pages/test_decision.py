"""What members see under the stances of a closed round, and what each may add to it."""

from datetime import date

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import positions
from tests.builders import a_delegate, a_person, a_round, a_table
from tests.deciding import (
    DISSOCIATION,
    STATEMENT,
    a_decision,
    a_dissent,
    an_outcome,
    since,
    superseded,
)
from tests.pages.screen import press, shown, tick, write

WORDS = "The zebra clause leaves rural clinics out."
FORMS = {
    "Attach a minority statement",
    "Change our minority statement",
    "Dissociate from this position",
    "Our dissociation",
    "State what has followed",
    "Mark it as superseded",
}


def stances(visit, this, person):
    return visit("proposal", as_=person, id=this.proposal_id, view="stances")


def forms_of(app):
    return {one.label for one in app.expander} & FORMS


def cells(app):
    return [tuple(map(str, row)) for table in app.table for row in table.value.to_numpy()]


def test_each_role_is_offered_what_it_may_do_and_no_more(visit, db, clock):
    made = a_decision(db, clock)
    ours = {"Attach a minority statement", "Dissociate from this position"}
    assert forms_of(stances(visit, made.round, made.delegates[2])) == ours
    assert forms_of(stances(visit, made.round, made.convener)) == {"State what has followed"}
    for role in (Role.OBSERVER, Role.ADMINISTRATOR, Role.MEMBER):
        assert forms_of(stances(visit, made.round, a_person(db, role=role))) == set()
    newcomer = a_delegate(db)
    assert forms_of(stances(visit, made.round, newcomer)) == set(), "it was not on the roll"


def test_an_open_round_offers_none_of_it(visit, db, clock):
    convener, delegates = a_table(db)
    this = a_round(db, clock, convener)
    for person in (convener, delegates[0]):
        assert forms_of(stances(visit, this, person)) == set()


def test_nothing_adopted_leaves_nothing_to_dissociate_from_or_supersede(visit, db, clock):
    made = a_decision(db, clock, "support", "object")
    a_decision(db, clock)
    offered = forms_of(stances(visit, made.round, made.delegates[0]))
    assert offered == {"Attach a minority statement"}
    assert forms_of(stances(visit, made.round, made.convener)) == {"State what has followed"}


def test_no_quorum_leaves_nothing_to_dissent_from(visit, db, clock):
    made = a_decision(db, clock, "support", None, None)
    assert forms_of(stances(visit, made.round, made.delegates[0])) == set()


def test_a_delegate_attaches_a_statement_and_all_members_read_it(visit, db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    app = stances(visit, made.round, delegate)
    write(app, "Our statement", WORDS)
    press(app, "Attach the statement")
    assert "Your statement stands with the decision." in shown(app)
    assert WORDS in shown(app)
    for reader in (made.delegates[0], made.convener, a_person(db, role=Role.OBSERVER)):
        assert WORDS in shown(stances(visit, made.round, reader))
    assert (delegate.seat.organisation, "– Abstain · Minority statement") in cells(app)


@pytest.mark.parametrize("view", ["summary", "text", "stances", "history"])
def test_every_view_of_the_proposal_says_that_there_is_dissent(visit, db, clock, view):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[2], made.round)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION)
    person = a_person(db, role=Role.OBSERVER)
    app = visit("proposal", as_=person, id=made.round.proposal_id, view=view)
    assert "1 minority statement · 1 organisation has dissociated" in shown(app)


def test_a_blank_statement_is_refused_in_words_and_kept_open(visit, db, clock):
    made = a_decision(db, clock)
    app = stances(visit, made.round, made.delegates[2])
    press(app, "Attach the statement")
    assert "Our statement: please fill this in." in shown(app)
    assert "Attach a minority statement" in forms_of(app)


def test_a_statement_is_changed_from_what_it_says_and_taken_back_with_a_tick(visit, db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    a_dissent(db, clock, delegate, made.round, words=WORDS)
    app = stances(visit, made.round, delegate)
    assert [area.value for area in app.text_area if area.label == "Our statement"] == [WORDS]
    write(app, "Our statement", "Shorter now.")
    press(app, "Replace the statement")
    assert "Shorter now." in shown(app)
    app.run()
    press(app, "Take it back")
    assert "Please tick the box first." in shown(app)
    tick(app, "Yes, take our statement back")
    press(app, "Take it back")
    assert "Taken back." in shown(app)
    assert since(db, clock, made.round).statements == ()


def test_what_a_colleague_wrote_meanwhile_is_shown_before_it_is_replaced(visit, db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    app = stances(visit, made.round, delegate)
    colleague = a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)
    a_dissent(db, clock, colleague, made.round, words="Theirs")
    write(app, "Our statement", "Mine")
    press(app, "Attach the statement")
    assert "A colleague has changed this" in shown(app)
    assert "Theirs" in shown(app)
    assert [area.value for area in app.text_area if area.label == "Our statement"] == ["Mine"]
    press(app, "Replace the statement")
    assert [one.words for one in since(db, clock, made.round).statements] == ["Mine"]


def test_a_delegate_dissociates_and_leaves_the_list_of_supporters(visit, db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[0]
    app = stances(visit, made.round, delegate)
    write(app, "Our reason", WORDS)
    press(app, "Dissociate")
    assert "Who has dissociated from it?" in [one.value for one in app.header]
    marked = (delegate.seat.organisation, "✓ Support · Has dissociated, 1 Nov 2026")
    assert marked in cells(app)
    position = positions.one(db, now=clock(), round_id=made.round.id).position
    assert delegate.seat.organisation not in position.supporters
    app.run()
    tick(app, "Yes, take our dissociation back")
    press(app, "Take it back")
    assert since(db, clock, made.round).dissociations == ()


def test_the_file_of_the_roll_says_on_which_text_and_by_which_rule(visit, db, clock, files):
    made = a_decision(db, clock, "support", "recused", "support")
    stances(visit, made.round, made.convener)
    [roll] = {one for one in files if "On text version" in one}
    for delegate, said in zip(made.delegates, ("Support", "Recused", "Support"), strict=True):
        [line] = [one for one in roll.splitlines() if delegate.seat.organisation in one]
        assert f"{said},1,Working-table consensus," in line


def test_the_files_of_a_closed_round_carry_the_dissent(visit, db, clock, files):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION, words=WORDS)
    stances(visit, made.round, made.convener)
    assert [one for one in files if "Has dissociated, 1 Nov 2026" in one], "the roll"
    assert [one for one in files if "Has dissociated since,1" in one], "the count"
    assert [one for one in files if WORDS in one], "the words"
    files.clear()
    visit("board", as_=made.convener, stage="closed")
    assert [one for one in files if "1 organisation has dissociated" in one]
    files.clear()
    app = visit("round", as_=made.convener, id=made.round.proposal_id)
    assert WORDS in shown(app)
    assert [one for one in files if WORDS in one]


def test_a_convener_states_what_followed_and_sets_the_day_to_look_again(visit, db, clock):
    made = a_decision(db, clock, publish=False)
    app = stances(visit, made.round, made.convener)
    write(app, "What has followed", "The letter went out.")
    next(one for one in app.date_input if one.label.startswith("Look at it")).set_value(
        date(2026, 12, 3)
    )
    press(app, "State it")
    said = shown(app)
    assert "It stands with the decision now." in said
    assert "To be looked at again on 3 Dec 2026." in said
    assert "The public reads none of this until the result is published." in said
    (stated,) = since(db, clock, made.round, as_=made.convener).outcomes
    assert (stated.words, stated.review_on) == ("The letter went out.", date(2026, 12, 3))


def test_an_empty_outcome_is_refused_in_words(visit, db, clock):
    made = a_decision(db, clock)
    app = press(stances(visit, made.round, made.convener), "State it")
    assert "What has followed: please fill this in." in shown(app)


def test_a_convener_marks_a_decision_as_superseded(visit, db, clock):
    table = a_table(db)
    older, newer = (a_decision(db, clock, table=table, title=one) for one in ("Older", "Newer"))
    app = stances(visit, older.round, older.convener)
    press(app, "Mark as superseded")
    assert "The newer decision: please choose one." in shown(app)
    next(one for one in app.selectbox if one.label == "The newer decision").set_value(
        int(newer.round.id)
    )
    write(app, "Why it takes the place", "One is enough.")
    press(app, "Mark as superseded")
    assert "It is marked as superseded." in shown(app)
    assert "One is enough." in shown(app)
    again = stances(visit, older.round, older.convener)
    assert "Mark it as superseded" not in forms_of(again)
    assert "One is enough." in shown(stances(visit, newer.round, older.delegates[0]))


def test_the_desk_says_when_a_review_is_due(visit, db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, on=date(2026, 11, 20))
    assert "Review due" not in shown(visit("desk", as_=made.convener))
    clock.move(days=20)
    assert "Review due: 1" in shown(visit("desk", as_=made.convener))


def test_the_number_of_queries_does_not_grow_with_what_was_said(visit, queries, db, clock):
    made, counts = a_decision(db, clock), []
    for delegate in made.delegates:
        a_dissent(db, clock, delegate, made.round, STATEMENT)
        a_dissent(db, clock, delegate, made.round, DISSOCIATION)
        app = stances(visit, made.round, made.delegates[0])
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    assert len(set(counts)) == 1


def test_a_superseded_decision_says_so_above_every_view(visit, db, clock):
    table = a_table(db)
    older, newer = (a_decision(db, clock, table=table) for _ in range(2))
    superseded(db, clock, older.convener, older.round, newer.round)
    for view in ("summary", "text", "stances", "history"):
        app = visit("proposal", as_=older.convener, id=older.round.proposal_id, view=view)
        assert f"Superseded by {newer.reference(db)}" in shown(app)
