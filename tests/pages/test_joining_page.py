"""Joining on the conveners' page and on My inquiry."""

from datetime import date

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.admissions import Acceptance, Guest
from coalition.domain.people.applications import Stage
from coalition.domain.people.organisations import OrganisationKind, Profile
from coalition.domain.people.screening import Answer, Wording
from coalition.domain.people.templates import Template
from coalition.services.people import admissions, inquiries, onboarding, screening, templates
from coalition.store.ground import audit
from tests.builders import PASSWORD, a_delegate, a_person, an_organisation
from tests.joining import FORM, begun, sent


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


def press(app, label):
    button = next(one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception, app.exception
    return app


def said(app) -> str:
    kinds = ("title", "header", "markdown", "caption", "success", "error", "warning", "info")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def field(app, label):
    fields = (*app.text_input, *app.text_area, *app.selectbox, *app.date_input)
    return next(one for one in fields if one.label.startswith(label))


def test_a_convener_begins_an_application_and_the_applicant_follows_it(visit, db, clock, convener):
    inquiry_id, receipt = sent(db, clock)
    app = visit("inquiries", as_=convener, id=inquiry_id)
    assert "**● Inquiry, now** → ○ Conversation → ○ Application" in said(app)

    field(app, "Stage").set_value(Stage.CONVERSATION)
    field(app, "Next step").input("We call you on Monday")
    field(app, "By when").set_value(date(2026, 11, 20))
    press(app, "Begin the application")

    assert "✓ Inquiry, done → **● Conversation, now** → ○ Application" in said(app)
    assert "Next: We call you on Monday · Casey Convener · by 20 Nov 2026" in said(app)
    assert "Casey Convener · Conversation: We call you on Monday" in said(app)
    mine = visit("inquiry")
    mine.text_input[0].input(receipt)
    mine.text_input[1].input(FORM.email)
    press(mine, "Look it up")
    assert "**● Conversation, now**" in said(mine)
    assert "Next step: We call you on Monday" in said(mine)
    assert "Casey" not in said(mine)


def test_a_gap_in_the_form_is_told_and_nothing_begins(visit, db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    app = visit("inquiries", as_=convener, id=inquiry_id)

    press(app, "Begin the application")

    assert [one.value for one in app.error] == ["Stage: please choose one."]
    assert "**● Inquiry, now**" in said(app)


def test_a_step_past_its_day_is_marked_late_in_glyph_and_word(visit, db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id)
    clock.move(days=40)

    assert "**⚠ Late** · Next: We call you" in said(visit("inquiries", as_=convener, id=inquiry_id))


def decided(db, clock, convener):
    inquiry_id, receipt = sent(db, clock)
    begun(db, clock, convener, inquiry_id, stage=Stage.DECISION)
    return inquiry_id, receipt


def looked_up(visit, receipt):
    mine = visit("inquiry")
    mine.text_input[0].input(receipt)
    mine.text_input[1].input(FORM.email)
    return said(press(mine, "Look it up"))


def accept(app):
    field(app, "Class").set_value(OrganisationKind.PATIENT_MEMBER)
    next(one for one in app.radio if one.label.startswith("Does it vote")).set_value(True)
    field(app, "Reason").input("You fit.")
    field(app, "Alternate 1: name").input("Ana Brook")
    field(app, "Alternate 1: e-mail").input("ana@rivers.example")
    press(app, "Accept this organisation")


def test_a_convener_screens_and_accepts_and_sees_each_link_once(visit, db, clock, convener):
    an_organisation(db, name="The Rivers Alliance")
    inquiry_id, receipt = decided(db, clock, convener)
    wording = Wording("Does its mission fit?", required=True)
    screening.add_items(db, clock, actor=convener, wordings=[wording], token="add")
    app = visit("inquiries", as_=convener, id=inquiry_id)
    assert "A like name is at the table: The Rivers Alliance" in said(app)

    accept(app)
    assert "neither answered yes nor waived: 1" in said(app)
    next(one for one in app.radio if "mission" in one.label).set_value(Answer.YES)
    press(app, "Keep these answers")
    accept(app)

    links = [code.value for code in app.code]
    assert len(links) == 2
    assert "invitation?invitation=" in links[0]
    assert "**● First steps, now**" in said(app)
    assert "✓ Does its mission fit?: **Yes**" in said(app)
    app.run()
    assert not app.code
    assert "accepted your organisation" in looked_up(visit, receipt)


def test_a_convener_declines_and_the_applicant_reads_why_and_from_when(visit, db, clock, convener):
    inquiry_id, receipt = decided(db, clock, convener)
    app = visit("inquiries", as_=convener, id=inquiry_id)

    press(app, "Decline this application")
    assert "Reason, which the applicant reads: please fill this in." in said(app)
    field(app, "May ask again").set_value(date(2027, 5, 1))
    app.text_area[-1].input("You began last month.")
    press(app, "Decline this application")

    assert "**✗ Decision: Not accepted**" in said(app)
    told = looked_up(visit, receipt)
    assert "You began last month." in told
    assert "You may ask again from 1 May 2027." in told


def test_a_template_fills_the_answer_with_the_sender_s_own_words(visit, db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    template = Template("Welcome", "Dear {name} of {organisation}")
    templates.save_template(db, clock, actor=convener, template=template, token="save")
    app = visit("inquiries", as_=convener, id=inquiry_id)
    [kept] = templates.templates(db, actor=convener)

    field(app, "Begin the answer").set_value(kept.id).run()

    assert app.text_area[0].value == "Dear Sam Rivers of River Alliance"


def test_conveners_keep_checklist_and_templates(visit, db, clock, convener):
    app = visit("intake", as_=convener)
    assert "Nothing is asked yet" in said(app)

    press(app, "Begin with the five usual items")
    assert "statement of values? · version 1 · acceptance waits for it" in said(app)
    [first, *_] = screening.checklist(db, actor=convener)
    field(app, "Change an item").set_value(first.id).run()
    app.text_input[1].input("Does it fit?")
    press(app, "Save as a new version")
    assert "Does it fit? · version 2" in said(app)
    field(app, "Name").input("Welcome")
    field(app, "Text").input("Dear {nobody}")
    press(app, "Keep this template")
    assert "not: nobody" in said(app)
    field(app, "Text").input("Dear {name}")
    press(app, "Keep this template")

    assert [one.label for one in app.expander] == ["Welcome"]


def test_the_form_says_how_the_promise_is_kept_and_where_there_is_help(visit, db, clock, convener):
    assert "is not measured yet: fewer than 5" in said(visit("join"))
    for number in range(5):
        inquiry_id, _ = sent(db, clock, email=f"s{number}@a{number}.example")
        inquiries.answer(
            db, clock, actor=convener, inquiry_id=inquiry_id, words="Yes.", token=str(number)
        )

    told = said(visit("join"))

    assert "5 inquiries were answered. Half of the first answers took 1 working hour" in told
    assert "100 of 100 came in time" in told
    assert "text AYUDA to 988" in told
    assert "envíe AYUDA al 988" in said(visit("join", lang="es"))


def test_an_applicant_withdraws_only_when_they_say_so(visit, db, clock):
    _, receipt = sent(db, clock)
    app = visit("inquiry")
    field(app, "Code of the inquiry").input(receipt)
    field(app, "E-mail address you gave").input(FORM.email)

    press(app, "Withdraw it")
    assert "Please tick the box first" in said(app)
    app.checkbox[0].check()
    press(app, "Withdraw it")

    assert "is withdrawn" in said(app)
    assert "We found no inquiry" in looked_up(visit, receipt)


def test_first_steps_are_shown_and_a_buddy_is_named(visit, db, clock, convener):
    inquiry_id, _ = decided(db, clock, convener)
    profile = Profile("River Alliance", kind=OrganisationKind.PATIENT_MEMBER, votes=True)
    acceptance = Acceptance(profile, (Guest("Sam Rivers", FORM.email),), "You fit.")
    admissions.accept(
        db, clock, actor=convener, inquiry_id=inquiry_id, acceptance=acceptance, token="accept"
    )
    helper = a_person(db, name="Robin Helper", password=PASSWORD)
    app = visit("inquiries", as_=convener, id=inquiry_id)
    assert "○ Practice vote: Sam Rivers (to come)" in said(app)
    assert "○ First ballot (to come)" in said(app)

    field(app, "Buddy").set_value(helper.account_id)
    press(app, "Name this buddy")

    assert "✓ Buddy: Robin Helper (done)" in said(app)


def test_a_new_delegate_practises_and_only_that_is_kept(visit, db, clock):
    delegate = a_delegate(db)
    app = visit("practice", as_=delegate)
    app.radio[0].set_value("object").run()
    app.text_area[0].input("It drips.")
    app.checkbox[0].check()
    press(app, "Check before you confirm")
    press(app, "Confirm and record")

    told = said(app)
    assert "Your answer was not kept." in told
    assert "Object**. Ten invented organisations answered or did not" in told
    assert "6 of 8 votes cast support it" in told
    assert onboarding.practised_at(db, actor=delegate) == clock()
    with db.reading() as conn:
        assert "drips" not in str(audit.trail(conn))
    assert "You practised on 1 Nov 2026." in said(visit("practice", as_=delegate))
