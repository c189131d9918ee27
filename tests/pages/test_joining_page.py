"""Joining on the conveners' page and on My inquiry."""

from datetime import date

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.applications import Stage
from tests.builders import a_person
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
