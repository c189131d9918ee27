"""Ask to join, and My inquiry: a stranger's whole way."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.inquiries import Topic
from coalition.services.people import inquiries
from coalition.words.people import TOPICS
from tests.builders import a_person

MESSAGE = "We would like to join."


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


def field(app, label):
    return next(one for one in (*app.text_input, *app.text_area) if one.label.startswith(label))


def filled(app, **changes):
    told = {
        "Your name": "Sam Rivers",
        "Your e-mail": "sam@rivers.example",
        "Your organisation": "River Alliance",
        "Your message": MESSAGE,
    } | changes
    for label, words in told.items():
        field(app, label).input(words)
    app.selectbox[0].set_value(Topic.JOIN)
    app.checkbox[0].check()
    return app


def press(app, label):
    button = next(one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception, app.exception
    return app


def send(app):
    return press(app, "Send inquiry")


def stored(db, convener, clock):
    return inquiries.queue(db, actor=convener, now=clock())


def said(app) -> str:
    kinds = ("markdown", "caption", "success", "error", "warning", "info")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def test_where_to_find_help_stands_before_the_first_field(visit):
    app = visit("join")

    assert "call 911" in app.info[0].value
    assert "988" in app.info[0].value


def test_required_fields_say_so_in_words_and_nothing_is_chosen_for_anybody(visit):
    app = visit("join")

    labels = [one.label for one in (*app.selectbox, *app.text_input, *app.text_area, *app.checkbox)]
    assert [label for label in labels if "required" in label.lower()] == [
        "Topic (required)",
        "Your name (required)",
        "Your e-mail address (required)",
        "Your organisation (required)",
        "Your message (required)",
        "Required: you may keep what I write here to answer me.",
    ]
    assert app.selectbox[0].value is None
    assert app.checkbox[0].value is False
    assert [field(app, label).proto.autocomplete for label in ("Your name", "Your e-mail")] == [
        "name",
        "email",
    ]


def test_a_visitor_gets_a_code_what_happens_next_and_by_when(visit, db, clock, convener):
    app = send(filled(visit("join")))

    [one] = stored(db, convener, clock)
    assert [code.value for code in app.code] == [one.inquiry.receipt]
    assert "answers by **Fri 6 Nov 2026, 17:00 (Eastern Time)**" in said(app)
    assert not app.text_area


def test_the_thanks_stay_and_a_second_click_sends_nothing(visit, db, clock, convener):
    app = send(filled(visit("join")))
    first = app.code[0].value

    app.run()

    assert app.code[0].value == first
    assert len(stored(db, convener, clock)) == 1


def test_a_page_loaded_anew_is_an_empty_form(visit, db, clock, convener):
    send(filled(visit("join")))

    assert field(visit("join"), "Your name").value == ""
    assert len(stored(db, convener, clock)) == 1


def test_another_inquiry_begins_with_an_empty_form(visit, db, clock, convener):
    app = send(filled(visit("join")))

    press(app, "Send another inquiry")
    assert [field(app, label).value for label in ("Your name", "Your message")] == ["", ""]
    send(filled(app))

    assert len(stored(db, convener, clock)) == 2


def test_every_fault_is_told_at_its_field_and_together_and_the_words_are_kept(
    visit, db, clock, convener
):
    app = send(filled(visit("join"), **{"Your name": "  ", "Your e-mail": "nobody"}))

    told = [error.value for error in app.error]
    assert "Your name" in told[0]
    assert "Your e-mail address" in told[0]
    assert told[1:] == [
        "Your name: please fill this in.",
        "Your e-mail address: this is not an address that mail can reach.",
    ]
    assert field(app, "Your message").value == MESSAGE
    assert stored(db, convener, clock) == ()


def test_without_consent_nothing_is_kept(visit, db, clock, convener):
    app = filled(visit("join"))
    app.checkbox[0].uncheck()

    send(app)

    assert "only keep and answer your inquiry if you agree" in said(app)
    assert stored(db, convener, clock) == ()


def test_a_program_that_fills_every_field_is_thanked_and_nothing_is_kept(
    visit, db, clock, convener
):
    app = filled(visit("join"))
    field(app, "Leave this empty").input("https://spam.example")

    send(app)

    assert len(app.code) == 1
    assert stored(db, convener, clock) == ()


def test_the_sixth_inquiry_of_an_hour_waits_and_keeps_its_words(visit, db, clock, convener):
    for _ in range(5):
        send(filled(visit("join")))

    app = send(filled(visit("join")))

    assert "Too many tries" in said(app)
    assert field(app, "Your message").value == MESSAGE
    assert len(stored(db, convener, clock)) == 5


def looked_up(visit, receipt, email="sam@rivers.example"):
    app = visit("inquiry")
    app.text_input[0].input(receipt)
    app.text_input[1].input(email)
    return press(app, "Look it up")


def test_the_sender_sees_state_next_step_and_by_when(visit):
    receipt = send(filled(visit("join"))).code[0].value

    seen = said(looked_up(visit, receipt.lower().replace("-", " ")))

    assert TOPICS["join"] in seen
    assert "State: **New**" in seen
    assert "Next step: A convener reads it and takes it on." in seen
    assert "By when: Fri 6 Nov 2026, 17:00 (Eastern Time)" in seen


def test_a_promise_that_was_broken_is_owned_up_to(visit, clock):
    receipt = send(filled(visit("join"))).code[0].value
    clock.move(days=8)

    seen = said(looked_up(visit, receipt))

    assert "are late" in seen


def test_the_sender_reads_the_answer_letter_by_letter_but_no_note(visit, db, clock, convener):
    receipt = send(filled(visit("join"))).code[0].value
    [one] = stored(db, convener, clock)
    for deed, words in ((inquiries.add_note, "Secret"), (inquiries.answer, "Hi <b>*Sam*</b>")):
        deed(db, clock, actor=convener, inquiry_id=one.inquiry.id, words=words, token=words)

    seen = said(looked_up(visit, receipt))

    assert "State: **Answered**" in seen
    assert r"Hi \<b>\*Sam\*\</b>" in seen
    assert "Secret" not in seen
    assert convener.name not in seen


@pytest.mark.parametrize(
    ("receipt", "email"), [("2222-2222", None), (None, "other@rivers.example"), ("", "")]
)
def test_a_wrong_code_and_a_wrong_address_are_told_alike(visit, receipt, email):
    right = send(filled(visit("join"))).code[0].value

    app = looked_up(
        visit,
        right if receipt is None else receipt,
        "sam@rivers.example" if email is None else email,
    )

    [told] = [error.value for error in app.error]
    assert told.startswith("We found no inquiry with this code and this e-mail address.")
