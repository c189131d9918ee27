"""Writing a proposal."""

from dataclasses import replace

import pytest

from coalition import wiring
from coalition.domain.deliberation.proposals import Stage
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import DOCUMENT
from coalition.services.deliberation import proposals
from coalition.store.deliberation import searching as kept
from coalition.store.deliberation.searching import Search
from tests.builders import FINISHED, a_delegate, a_person, a_proposal, a_table
from tests.pages.screen import links, press, shown, write


def field(app, start):
    """Return the one text field whose label starts like this."""
    (found,) = [one for one in (*app.text_area, *app.text_input) if one.label.startswith(start)]
    return found


def pick(app, start, code):
    """Choose in the one list whose label starts like this."""
    (found,) = [one for one in app.selectbox if one.label.startswith(start)]
    found.set_value(code)


def all_proposals(db, clock):
    """Return every proposal there is, drafts too."""
    with db.reading() as conn:
        return kept.search(conn, Search(all_drafts=True), now=clock(), limit=99)


def read(db, clock, person, proposal_id):
    """Return one proposal as it stands."""
    return proposals.detail(db, actor=person, now=clock(), proposal_id=proposal_id).proposal


def test_the_questions_come_in_the_order_people_think(visit, db):
    app = visit("draft", as_=a_delegate(db))
    assert [title.value for title in app.title] == ["New proposal"]
    labels = [one.label.split(":")[0] for one in app.main if getattr(one, "label", None)]
    asked = [
        "Title", "Problem", "Ask", "Kind of ask", "Target", "Kind of instrument", "Instrument",
        "Main pillar",
    ]  # fmt: skip
    assert [one for one in labels if one in asked] == asked


def test_a_title_and_a_pillar_make_a_draft(visit, db, clock):
    delegate = a_delegate(db)
    app = visit("draft", as_=delegate)
    write(app, "Title", "Count all copay help")
    pick(app, "Main pillar", "coverage")
    press(app, "Save as a draft")
    (made,) = all_proposals(db, clock)
    assert (made.text.title, made.stage) == ("Count all copay help", Stage.DRAFT)
    assert made.champion == delegate.seat.organisation
    assert app.title[0].value == f"Edit draft {made.reference}"
    assert app.query_params["id"] == str(made.id)


def test_without_a_pillar_or_a_title_nothing_is_kept_and_the_words_stay(visit, db, clock):
    app = visit("draft", as_=a_delegate(db))
    write(app, "Problem", "Help is not counted.")
    press(app, "Save as a draft")
    assert "Main pillar: members need this" in shown(app)
    pick(app, "Main pillar", "coverage")
    press(app, "Save as a draft")
    assert "Title: please fill this in." in shown(app)
    assert field(app, "Problem").value == "Help is not counted."
    assert all_proposals(db, clock) == ()


def test_a_second_click_makes_one_draft(visit, db, clock):
    app = visit("draft", as_=a_delegate(db))
    write(app, "Title", "Once")
    pick(app, "Main pillar", "coverage")
    save = next(b for b in app.button if b.label == "Save as a draft")
    save.click()
    app.run()
    save.click()
    app.run()
    assert not app.exception
    assert len(all_proposals(db, clock)) == 1


def test_an_unfinished_draft_cannot_be_submitted_and_each_gap_is_named(visit, db, clock):
    delegate = a_delegate(db)
    number = a_proposal(db, clock, delegate, submitted=False, ask="", patient_line="")
    app = visit("draft", as_=delegate, id=number)
    write(app, "Summary", "Plans must count it.")
    press(app, "Save and submit to the table")
    said = shown(app)
    assert "Ask: members need this to decide" in said
    assert said.count("Needed before you submit") == 2
    after = read(db, clock, delegate, number)
    assert after.stage is Stage.DRAFT
    assert after.text.summary == "Plans must count it.", "what was written is saved all the same"


def test_a_finished_draft_is_submitted_and_shown(visit, db, clock):
    delegate = a_delegate(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    app = visit("draft", as_=delegate, id=number)
    press(app, "Save and submit to the table")
    assert app.title[0].value == FINISHED.title
    assert read(db, clock, delegate, number).stage is Stage.SUBMITTED


def test_saving_twice_in_a_row_works(visit, db, clock):
    delegate = a_delegate(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    app = visit("draft", as_=delegate, id=number)
    for words in ("First thought.", "Second thought."):
        write(app, "Problem", words)
        press(app, "Save as a draft")
        assert "Saved as a draft." in shown(app)
    assert read(db, clock, delegate, number).text.problem == "Second thought."


def test_somebody_elses_save_is_never_overwritten_and_own_words_stay(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    app = visit("draft", as_=delegate, id=number)
    before = read(db, clock, delegate, number)
    theirs = FINISHED.__class__(title="Theirs", pillar=FINISHED.pillar)
    proposals.edit_draft(
        db, clock, actor=convener, proposal_id=number, revision=before.revision, text=theirs
    )
    write(app, "Problem", "My own words.")
    press(app, "Save as a draft")
    assert "Somebody saved" in shown(app)
    assert field(app, "Problem").value == "My own words."
    assert read(db, clock, delegate, number).text.title == "Theirs"
    press(app, "Show the saved text instead of mine")
    assert field(app, "Title").value == "Theirs"
    write(app, "Problem", "Added to theirs.")
    press(app, "Save as a draft")
    after = read(db, clock, delegate, number).text
    assert (after.title, after.problem) == ("Theirs", "Added to theirs.")


def test_the_second_sees_what_the_first_changed_and_may_go_on_with_their_own(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    app = visit("draft", as_=delegate, id=number)
    write(app, "Summary", "Plans must count it all.")
    press(app, "Save as a draft")
    saved = read(db, clock, delegate, number)
    theirs = replace(saved.text, patient_line="You pay less.", pillar=Pillar.EQUITY)
    proposals.edit_draft(
        db, clock, actor=convener, proposal_id=number, revision=saved.revision, text=theirs
    )
    write(app, "Problem", "My own words.")
    press(app, "Save as a draft")
    said = shown(app)
    assert "Somebody saved" in said
    assert "What it means for a patient" in said
    assert "**+\u00a0pay less**" in said
    assert "**+\u00a0Equity**" in said
    assert "**Summary**" not in said, "that was their own change"
    press(app, "Go on with my text")
    assert field(app, "Problem").value == "My own words."
    press(app, "Save as a draft")
    assert "Saved as a draft." in shown(app)
    after = read(db, clock, delegate, number).text
    assert (after.problem, after.pillar) == ("My own words.", FINISHED.pillar)


@pytest.mark.parametrize("words", ["turned \u202e round", "bell \x07"])
def test_hidden_characters_are_refused_and_nothing_is_kept(visit, db, clock, words):
    app = visit("draft", as_=a_delegate(db))
    write(app, "Title", words)
    pick(app, "Main pillar", "coverage")
    press(app, "Save as a draft")
    assert "invisible control characters" in shown(app)
    assert all_proposals(db, clock) == ()


def test_the_limits_stand_at_the_fields(visit, db):
    app = visit("draft", as_=a_delegate(db))
    assert field(app, "Text").proto.max_chars == DOCUMENT
    assert field(app, "Title").proto.max_chars == 200


def test_the_main_pillar_is_not_named_twice(visit, db, clock):
    delegate = a_delegate(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    app = visit("draft", as_=delegate, id=number)
    app.get("button_group")[0].set_value(["coverage"])
    press(app, "Save as a draft")
    assert "the main pillar is already chosen" in shown(app)


def test_a_submitted_proposal_is_not_edited(visit, db, clock):
    delegate = a_delegate(db)
    number = a_proposal(db, clock, delegate)
    app = visit("draft", as_=delegate, id=number)
    assert "past the stage where this can be done" in shown(app)
    assert not app.text_area
    assert "All proposals" in links(app)


def test_somebody_elses_draft_does_not_exist(visit, db, clock):
    _, (delegate, other, _) = a_table(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    assert "no such proposal" in shown(visit("draft", as_=other, id=number))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
def test_who_does_not_draft_sees_no_form(visit, db, role):
    app = visit("draft", as_=a_person(db, role=role))
    assert app.title[0].value == "Not part of your role"
    assert not app.text_area


def test_a_stranger_is_asked_to_sign_in(visit):
    assert visit("draft").title[0].value == "Sign in"


def test_a_convener_may_draft(visit, db):
    app = visit("draft", as_=a_person(db, role=Role.CONVENER))
    assert app.title[0].value == "New proposal"


def test_the_form_asks_the_database_little(visit, queries, db, clock):
    delegate = a_delegate(db)
    number = a_proposal(db, clock, delegate, submitted=False)
    app = visit("draft", as_=delegate, id=number)
    with queries(wiring.database()) as said:
        app.run()
    assert len(said) <= 8, said
