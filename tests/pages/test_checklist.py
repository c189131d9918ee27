"""The checklist as a convener, an author and a member meet it."""

import pytest

from coalition.domain.deliberation.readiness import Item
from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import checklists, proposals
from coalition.store.deliberation import rounds as rounds_store
from tests.builders import a_person, a_proposal, a_round, a_table
from tests.pages.conftest import folded
from tests.pages.screen import press, shown, write
from tests.pages.test_round import pick, prepared

HARD = "Utilisation management determinations necessitate expeditious communication."


@pytest.fixture
def table(db):
    return a_table(db)


def rounds_of(db, subject):
    with db.reading() as conn:
        return rounds_store.of_proposal(conn, subject)


def text_of(db, clock, person, subject):
    return proposals.detail(db, actor=person, now=clock(), proposal_id=subject).proposal.text


def test_each_item_stands_with_sign_and_word(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener, summary=HARD, heard="", summary_es_by="")
    said = shown(visit("round", as_=convener, id=subject))
    for line in (
        "harder than grade 8",
        "✓ Plain summary, reading grade",
        "✓ What this means for a patient",
        "✓ Equity note",
        "✓ Sources",
        "○ Someone affected was heard: **missing**",
        "○ Champion asked for its interests: **missing**",
        "○ Spanish summary, read over: **there is a draft, not read over**",
    ):
        assert line in said


def test_a_missing_item_is_named_and_what_was_typed_stays(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener, heard="")
    app = press(prepared(visit("round", as_=convener, id=subject)), "Open the round")
    assert "Someone affected was heard: this is missing. Nothing was opened." in shown(app)
    kept = [area.value for area in app.text_area if area.label.startswith("Champion asked")]
    assert kept == ["It has no champion."]
    assert rounds_of(db, subject) == ()


def test_a_reason_waives_it_and_members_read_it_under_the_rule(visit, db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, convener, heard="")
    app = prepared(visit("round", as_=convener, id=subject))
    write(app, "Someone affected was heard", "We <b>listen</b> next week.")
    press(app, "Open the round")
    (opened,) = rounds_of(db, subject)
    kept = checklists.waivers(db, actor=delegate, round_id=opened.id)
    assert kept[Item.HEARD] == "We <b>listen</b> next week."
    for reader in (delegate, a_person(db, role=Role.OBSERVER), convener):
        said = shown(visit("proposal", as_=reader, id=subject, view="stances"))
        assert "What it opened without" in said
        assert "**Someone affected was heard:** We \\<b>listen" in said


def test_only_a_consensus_call_asks_for_reasons(visit, db, clock, table):
    convener, _ = table
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener, heard=""))
    pick(app, "What kind", RoundKind.TEMPERATURE)
    assert "Only a consensus call waits for these" in shown(app)
    assert not [area for area in app.text_area if "why can it open" in area.label]


def test_a_complete_round_shows_no_waivers(visit, db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener, kind=RoundKind.TEMPERATURE, rule=None)
    page = visit("proposal", as_=delegate, id=this.proposal_id, view="stances")
    assert "What it opened without" not in shown(page)


def test_the_author_sees_the_grade_and_the_hardest_sentences(visit, db, clock, table):
    _, (delegate, *_) = table
    subject = a_proposal(db, clock, delegate, submitted=False, summary=f"Pay for it. {HARD}")
    said = shown(visit("draft", as_=delegate, id=subject))
    assert "we aim at 8 or below." in said
    assert f"- {HARD}" in said
    assert "Pay for it." not in said
    easy = a_proposal(db, clock, delegate, submitted=False)
    assert "hardest" not in shown(visit("draft", as_=delegate, id=easy))


def test_the_draft_asks_who_was_heard_and_for_the_spanish_summary(visit, db, clock, table):
    _, (delegate, *_) = table
    subject = a_proposal(db, clock, delegate, submitted=False, heard="", summary_es="")
    app = visit("draft", as_=delegate, id=subject)
    write(app, "Who was heard", "Two families.")
    write(app, "Spanish summary", "Los planes deben contar la ayuda.")
    write(app, "Read over by", "Lucía Prado")
    press(app, "Save as a draft")
    text = text_of(db, clock, delegate, subject)
    assert (text.heard, text.summary_es, text.summary_es_by) == (
        "Two families.", "Los planes deben contar la ayuda.", "Lucía Prado",
    )  # fmt: skip


def test_it_can_be_filled_in_after_submitting(visit, db, clock, table):
    _, (delegate, other, _) = table
    subject = a_proposal(db, clock, delegate, heard="")
    app = visit("proposal", as_=delegate, id=subject)
    write(app, "Who was heard", "turned \u202e round")
    press(app, "Save")
    assert "Who was heard: this holds invisible control characters" in shown(app)
    write(app, "Who was heard", "Two families.")
    press(app, "Save")
    assert "Saved. Members see it on this page." in shown(app)
    assert text_of(db, clock, other, subject).heard == "Two families."
    assert "Two families." in shown(visit("proposal", as_=other, id=subject))


def test_a_form_that_was_opened_stays_on_the_page_when_it_is_folded_away(visit, db, clock, table):
    """A field that is not drawn forgets what was typed; the browser test types it."""
    _, (delegate, *_) = table
    app = visit("proposal", as_=delegate, id=a_proposal(db, clock, delegate))
    assert "Who was heard" in str([area.label for area in folded(app).text_area])


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_others_are_not_offered_to_fill_it_in(visit, db, clock, table, role):
    subject = a_proposal(db, clock, table[0])
    app = visit("proposal", as_=a_person(db, role=role), id=subject)
    assert "Save" not in [button.label for button in app.button]


def test_of_two_who_fill_it_in_the_second_keeps_what_they_typed(visit, db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, delegate)
    app = visit("proposal", as_=delegate, id=subject)
    write(app, "Who was heard", "Mine.")
    given = checklists.Supplement(2, "Note", "Theirs.", "", "")
    checklists.supplement(db, clock, actor=convener, proposal_id=subject, given=given)
    press(app, "Save")
    assert "while you were writing. Nothing was overwritten" in shown(app)
    assert "Mine." in [area.value for area in app.text_area]
    assert text_of(db, clock, delegate, subject).heard == "Theirs."


def test_a_spanish_reader_gets_the_spanish_summary_first(visit, db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, convener)
    words = shown(visit("proposal", as_=delegate, id=subject, lang="es"))
    assert words.index("Los planes de salud") < words.index("Health plans must count")
    words = shown(visit("proposal", as_=delegate, id=subject))
    assert words.index("Health plans must count") < words.index("Los planes de salud")
    assert "read over by Lucía Prado" in words


def test_a_spanish_draft_says_that_nobody_read_it_over(visit, db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, convener, summary_es_by="")
    assert "draft, not read over" in shown(visit("proposal", as_=delegate, id=subject))
