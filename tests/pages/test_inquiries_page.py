"""Inquiries: the conveners' queue, and one of them worked to its end."""

from dataclasses import replace

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.people.inquiries import InquiryForm, InquiryState, Topic
from coalition.services.people import asking, inquiries
from tests.builders import a_person, an_organisation

FORM = InquiryForm(
    topic=Topic.JOIN,
    name="Sam <b>Rivers</b>",
    email="sam@rivers.example",
    organisation="River Alliance",
    role="Director",
    message="We would like to join.\n![x](https://evil.example/x.png)",
    pillars=(),
    consent=True,
)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


def sent(db, clock, name="one", **changes):
    return asking.send_inquiry(
        db, clock, form=replace(FORM, **changes), source_key=name, token=name
    )


def only(db, convener, clock):
    [one] = inquiries.queue(db, actor=convener, now=clock())
    return one.inquiry


def press(app, label):
    button = next(one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception, app.exception
    return app


def labels(app):
    return [button.label for button in app.button]


def said(app) -> str:
    kinds = ("title", "header", "markdown", "caption", "success", "error", "warning", "info")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def lines(app):
    """Return the labels of the links in the page itself."""
    return [link.proto.label for link in app.main.get("page_link")]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CONVENER])
def test_nobody_but_a_convener_sees_the_queue(visit, db, clock, role):
    sent(db, clock)

    app = visit("inquiries", as_=a_person(db, role=role))

    assert app.title[0].value == "Not part of your role"
    assert "River" not in said(app) + str(lines(app))


def test_a_stranger_is_asked_to_sign_in(visit, db, clock):
    sent(db, clock)

    app = visit("inquiries")

    assert app.title[0].value == "Sign in"
    assert "River" not in said(app) + str(lines(app))


def test_the_queue_is_by_age_and_marks_the_late_in_glyph_and_word(visit, db, clock, convener):
    sent(db, clock, "old", organisation="Old River")
    clock.move(days=8)
    sent(db, clock, "new", organisation="New River", email="x@gmail.com")

    app = visit("inquiries", as_=convener)

    assert [line for line in lines(app) if "River" in line] == ["**Old River**", "**New River**"]
    told = said(app)
    old = told.index(":small[Joining the table · 8 days ago · New · nobody has taken it yet]")
    assert told.index("Late") < old
    assert old < told.index(":small[Joining the table · 0 minutes ago · New · nobody has taken it")
    assert "2 inquiries · ⚠ 1 late" in said(app)


def test_an_empty_queue_says_where_inquiries_come_from(visit, convener):
    assert "No open inquiry" in said(visit("inquiries", as_=convener))


def test_closed_inquiries_are_shown_when_asked_for(visit, db, clock, convener):
    sent(db, clock)
    this = only(db, convener, clock)
    inquiries.set_state(
        db, clock, actor=convener, inquiry_id=this.id, state=InquiryState.CLOSED, token="close"
    )
    app = visit("inquiries", as_=convener)
    assert "River" not in str(lines(app))

    app.toggle[0].set_value(True).run()

    assert "River Alliance" in str(lines(app))


def test_an_opened_inquiry_shows_its_words_letter_by_letter(visit, db, clock, convener):
    sent(db, clock)

    seen = said(visit("inquiries", as_=convener, id=only(db, convener, clock).id))

    assert r"Sam \<b>Rivers\</b> · Director · River Alliance" in seen
    assert "sam@rivers.example" in seen
    assert r"!\[x\]" in seen


def test_the_same_organisation_twice_and_one_at_the_table_are_flagged(visit, db, clock, convener):
    an_organisation(db, name="River Alliance")
    sent(db, clock, "first", organisation="Someone", email="x@gmail.com")
    sent(db, clock, "second")
    sent(db, clock, "third")
    queue = inquiries.queue(db, actor=convener, now=clock())

    app = visit("inquiries", as_=convener, id=queue[1].inquiry.id)

    assert "Already at the table, by name or domain: River Alliance" in said(app)
    assert "The same organisation wrote more than once" in said(app)
    assert f"Inquiry no. {queue[2].inquiry.id}" in lines(app)
    assert "Already" not in said(visit("inquiries", as_=convener, id=queue[0].inquiry.id))


def test_a_convener_takes_notes_answers_closes_and_opens_again(visit, db, clock, convener):
    told = sent(db, clock)
    this = only(db, convener, clock)
    app = visit("inquiries", as_=convener, id=this.id)

    press(app, "Assign to me")
    assert "taken by Casey Convener" in said(app)
    assert "Assign to me" not in labels(app)
    app.text_area[1].input("Known from the spring meeting.")
    press(app, "Keep this note")
    app.text_area[0].input("Welcome, let us talk.")
    press(app, "Give this answer")
    assert "Being looked at" not in said(app)
    assert "Answered" in said(app)
    assert [area.value for area in app.text_area] == ["", ""]
    press(app, "Close it")
    assert not app.text_area
    press(app, "Open it again")

    kept = inquiries.read(db, actor=convener, inquiry_id=this.id, now=clock())
    assert [note.words for note in kept.notes] == [
        "Known from the spring meeting.",
        "Welcome, let us talk.",
    ]
    assert kept.queued.inquiry.state is InquiryState.ASSIGNED
    own = asking.look_up(db, receipt=told.receipt, email=FORM.email, now=clock())
    assert [note.words for note in own.answers] == ["Welcome, let us talk."]


def test_a_blank_answer_is_refused_at_its_form_and_nothing_is_given(visit, db, clock, convener):
    sent(db, clock)
    app = visit("inquiries", as_=convener, id=only(db, convener, clock).id)

    press(app, "Give this answer")

    assert [error.value for error in app.error] == [
        "Answer, which the sender reads (required): please fill this in."
    ]
    assert only(db, convener, clock).state is InquiryState.NEW


def test_what_somebody_else_closed_meanwhile_is_told(visit, db, clock, convener):
    sent(db, clock)
    this = only(db, convener, clock)
    app = visit("inquiries", as_=convener, id=this.id)
    inquiries.set_state(
        db, clock, actor=convener, inquiry_id=this.id, state=InquiryState.CLOSED, token="close"
    )

    press(app, "Assign to me")

    assert not app.success
    assert "Closed" in said(app)
    assert not app.text_area


def test_a_number_that_is_no_inquiry_is_told(visit, convener):
    app = visit("inquiries", as_=convener, id=404)

    assert [error.value for error in app.error] == ["We found no such inquiry."]


def test_a_long_queue_is_shown_a_page_at_a_time_for_as_many_queries_as_a_short_one(
    visit, db, clock, convener, queries
):
    def asked(count):
        for number in range(count):
            sent(db, clock, f"{count}-{number}")
        visit("inquiries", as_=convener)
        with queries(wiring.database()) as told:
            app = visit("inquiries", as_=convener)
        return len([line for line in lines(app) if "River" in line]), len(told)

    rows, few = asked(2)
    page, many = asked(30)

    assert (rows, page) == (2, 15)
    assert many == few
