import json
from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.domain.ground.errors import NotPermitted
from coalition.domain.ground.permissions import PermissionMissing, Role
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.domain.people.accounts import AccountInactive
from coalition.domain.people.inquiries import (
    FormFaulty,
    InquiryClosed,
    InquiryErased,
    InquiryForm,
    InquiryNotFound,
    InquiryState,
    InquiryUnknown,
    MoveNotOpen,
    Topic,
)
from coalition.services.people import accounts, asking, inquiries
from coalition.store.ground import audit
from coalition.store.people import inquiries as store
from tests.builders import a_person, an_organisation

FORM = InquiryForm(
    topic=Topic.JOIN,
    name="Sam Rivers",
    email="Sam@rivers.example",
    organisation="River Alliance",
    role="Director",
    message="We would like to join.",
    pillars=(),
    consent=True,
)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


def sent(db, clock, *, click="send", source="198.51.100.7", **changes):
    form = replace(FORM, **changes)
    return asking.send_inquiry(db, clock, form=form, source_key=source, token=click)


def queued(db, convener, now, **asked):
    return inquiries.queue(db, actor=convener, now=now, **asked)


def only(db, convener, now):
    [one] = queued(db, convener, now)
    return one.inquiry


def own(db, told, now, email="sam@rivers.example"):
    return asking.look_up(db, receipt=told.receipt, email=email, now=now)


def trail(db):
    with db.reading() as conn:
        return audit.trail(conn)


def deeds(db, clock, actor, inquiry_id, click="deed"):
    """Return every deed of a convener at an inquiry, ready to be done."""
    given = {"actor": actor, "inquiry_id": inquiry_id, "token": click}
    return {
        "assign": lambda: inquiries.assign(db, clock, **given),
        "note": lambda: inquiries.add_note(db, clock, words="Known to us.", **given),
        "answer": lambda: inquiries.answer(db, clock, words="Welcome.", **given),
        "close": lambda: inquiries.set_state(db, clock, state=InquiryState.CLOSED, **given),
        "queue": lambda: inquiries.queue(db, actor=actor, now=clock()),
        "count": lambda: inquiries.count_open(db, actor=actor),
        "read": lambda: inquiries.read(db, actor=actor, inquiry_id=inquiry_id, now=clock()),
    }


DEEDS = ("assign", "note", "answer", "close", "queue", "count", "read")


def test_a_visitor_gets_a_receipt_and_the_hour_an_answer_is_promised_by(db, clock, convener):
    told = sent(db, clock)

    this = only(db, convener, clock())
    assert (this.receipt, this.due_at) == (told.receipt, told.due_at)
    assert (this.name, this.email, this.state) == (FORM.name, FORM.email, InquiryState.NEW)
    assert own(db, told, clock()).state is InquiryState.NEW


def test_the_trail_holds_nothing_personal(db, clock, convener):
    told = sent(db, clock)
    this = only(db, convener, clock())
    for name in ("assign", "note", "answer", "close"):
        deeds(db, clock, convener, this.id, click=name)[name]()

    kept = json.dumps([[one.actor, one.subject, dict(one.detail)] for one in trail(db)])

    assert [entry.action.removeprefix("inquiry.") for entry in reversed(trail(db))] == [
        "sent",
        "assigned",
        "noted",
        "answered",
        "state_set",
    ]
    assert trail(db)[-1].actor == "public"
    for word in (FORM.name, FORM.email, FORM.organisation, FORM.message, told.receipt):
        assert word.lower() not in kept.lower()


def test_the_same_form_sent_twice_is_one_inquiry(db, clock, convener):
    assert sent(db, clock) == sent(db, clock)

    only(db, convener, clock())
    assert asking.sent_with(db, token="send") == sent(db, clock)
    assert asking.sent_with(db, token="another") is None


def test_a_form_that_a_program_filled_is_thanked_and_nothing_is_stored(db, clock, convener):
    honest = sent(db, clock)
    told = sent(db, clock, click="robot", trap="https://spam.example")

    assert told.receipt != honest.receipt
    assert told.due_at == honest.due_at
    assert len(queued(db, convener, clock())) == 1
    assert len(trail(db)) == 1


def test_a_faulty_form_stores_nothing(db, clock, convener):
    with pytest.raises(FormFaulty):
        sent(db, clock, consent=False)

    assert queued(db, convener, clock()) == ()
    assert trail(db) == ()


def test_one_source_sends_five_and_then_waits_an_hour(db, clock, convener):
    for number in range(5):
        sent(db, clock, click=str(number))
    with pytest.raises(TooManyAttempts) as refused:
        sent(db, clock, click="sixth")
    assert refused.value.facts["minutes"] == 60
    sent(db, clock, click="elsewhere", source="203.0.113.9")
    clock.move(hours=1)
    sent(db, clock, click="later")

    assert len(queued(db, convener, clock())) == 7


@pytest.mark.parametrize(
    ("receipt", "email"),
    [(None, "other@rivers.example"), ("2222-2222", FORM.email), ("", FORM.email), (None, "")],
)
def test_a_code_and_an_address_that_do_not_belong_together_say_nothing(db, clock, receipt, email):
    told = sent(db, clock)

    with pytest.raises(InquiryUnknown) as refused:
        asking.look_up(
            db, receipt=told.receipt if receipt is None else receipt, email=email, now=clock()
        )

    assert refused.value.facts == {}


def test_the_applicant_reads_answers_but_no_note_and_no_name(db, clock, convener):
    told = sent(db, clock)
    this = only(db, convener, clock())
    for name, words in (("note", "Careful here."), ("answer", "Welcome, Sam.")):
        given = {"actor": convener, "inquiry_id": this.id, "words": words, "token": name}
        (inquiries.add_note if name == "note" else inquiries.answer)(db, clock, **given)

    seen = own(db, told, clock())

    assert [(note.by, note.words) for note in seen.answers] == [("", "Welcome, Sam.")]
    assert seen.state is InquiryState.ANSWERED
    assert "Careful" not in str(seen)


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.CONVENER)])
@pytest.mark.parametrize("name", DEEDS)
def test_only_conveners_work_inquiries(db, clock, convener, role, name):
    sent(db, clock)
    this = only(db, convener, clock())
    person = a_person(db, role=role) if role else None

    with pytest.raises(NotPermitted):
        deeds(db, clock, person, this.id)[name]()

    assert only(db, convener, clock()) == this
    assert len(trail(db)) == 1


@pytest.mark.parametrize("name", ["assign", "note", "answer", "close", "read"])
def test_an_inquiry_that_is_not_there_is_not_worked(db, clock, convener, name):
    with pytest.raises(InquiryNotFound):
        deeds(db, clock, convener, 404)[name]()


@pytest.mark.parametrize("name", ["assign", "note", "answer", "close"])
def test_a_double_click_works_once(db, clock, convener, name):
    sent(db, clock)
    this = only(db, convener, clock())

    for _ in range(2):
        deeds(db, clock, convener, this.id)[name]()

    assert len(trail(db)) == 2
    notes = inquiries.read(db, actor=convener, inquiry_id=this.id, now=clock()).notes
    assert len(notes) == (name in {"note", "answer"})


def test_who_takes_an_inquiry_on_is_named(db, clock, convener):
    sent(db, clock)
    this = only(db, convener, clock())

    inquiries.assign(db, clock, actor=convener, inquiry_id=this.id, token="take")

    after = only(db, convener, clock())
    assert (after.state, after.assignee) == (InquiryState.ASSIGNED, "Casey Convener")


def test_an_inquiry_is_given_to_conveners_only(db, clock, convener):
    sent(db, clock)
    this = only(db, convener, clock())
    member, gone = a_person(db), a_person(db, role=Role.CONVENER)
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    accounts.deactivate(db, clock, actor=administrator, account_id=gone.account_id)

    for person, finding in ((member, PermissionMissing), (gone, AccountInactive)):
        with pytest.raises(finding):
            inquiries.assign(
                db,
                clock,
                actor=convener,
                inquiry_id=this.id,
                to=person.account_id,
                token=person.email,
            )

    assert only(db, convener, clock()).assigned_to is None


def test_answering_takes_the_inquiry_on_and_keeps_the_promise(db, clock, convener):
    told = sent(db, clock)
    this = only(db, convener, clock())
    inquiries.answer(db, clock, actor=convener, inquiry_id=this.id, words="Yes.", token="first")
    first = clock()
    clock.move(days=30)
    inquiries.answer(db, clock, actor=convener, inquiry_id=this.id, words="And?", token="then")

    [one] = queued(db, convener, clock())

    assert one.inquiry.assignee == "Casey Convener"
    assert (one.inquiry.answered_at, one.is_late) == (first, False)
    assert len(own(db, told, clock()).answers) == 2


@pytest.mark.parametrize(("words", "finding"), [(" \n", TextMissing), ("x" * 2001, TextTooLong)])
@pytest.mark.parametrize("deed", [inquiries.add_note, inquiries.answer])
def test_a_blank_or_endless_answer_is_not_given(db, clock, convener, deed, words, finding):
    sent(db, clock)
    this = only(db, convener, clock())

    with pytest.raises(finding):
        deed(db, clock, actor=convener, inquiry_id=this.id, words=words, token="deed")

    assert only(db, convener, clock()).state is InquiryState.NEW


def test_a_closed_inquiry_takes_nothing_until_it_is_opened_again(db, clock, convener):
    sent(db, clock)
    this = only(db, convener, clock())

    def move(state, click):
        inquiries.set_state(db, clock, actor=convener, inquiry_id=this.id, state=state, token=click)

    move(InquiryState.CLOSED, "close")
    assert queued(db, convener, clock()) == ()
    [closed] = queued(db, convener, clock(), closed=True)
    assert closed.inquiry.closed_at == clock()
    for name in ("assign", "note", "answer"):
        with pytest.raises(InquiryClosed):
            deeds(db, clock, convener, this.id)[name]()
    with pytest.raises(MoveNotOpen):
        move(InquiryState.ANSWERED, "no")
    move(InquiryState.NEW, "open")

    after = only(db, convener, clock())
    assert (after.state, after.closed_at) == (InquiryState.NEW, None)


def test_the_queue_is_by_age_and_marks_what_is_late(db, clock, convener):
    for number in range(2):
        sent(db, clock, click=str(number), name=f"Sender {number}")
        clock.move(days=4)
    clock.move(days=1)

    told = [(one.inquiry.name, one.is_late) for one in queued(db, convener, clock())]

    assert told == [("Sender 0", True), ("Sender 1", False)]
    assert inquiries.count_open(db, actor=convener) == 2


def test_the_same_organisation_twice_is_flagged_by_name_and_by_its_own_domain(db, clock, convener):
    told = {
        "first": {},
        "same name": {"email": "sam@gmail.com", "organisation": " river  ALLIANCE"},
        "same domain": {"email": "ana@rivers.example", "organisation": "The Rivers"},
        "stranger": {"email": "kim@gmail.com", "organisation": "Lakes"},
    }
    for number, (name, changes) in enumerate(told.items()):
        sent(db, clock, click=name, source=str(number), **({"name": name} | changes))

    found = queued(db, convener, clock())
    by_id = {one.inquiry.id: one.inquiry.name for one in found}

    assert {one.inquiry.name: {by_id[twin] for twin in one.twins} for one in found} == {
        "first": {"same name", "same domain"},
        "same name": {"first"},
        "same domain": {"first"},
        "stranger": set(),
    }


def test_an_organisation_already_at_the_table_is_named(db, clock, convener):
    an_organisation(db, name="River Alliance")
    an_organisation(db, name="Lakes")

    sent(db, clock)

    [one] = queued(db, convener, clock())
    assert one.known == ("River Alliance",)


def test_erasing_blanks_the_person_and_keeps_code_topic_and_dates(db, clock, convener):
    told = sent(db, clock)
    this = only(db, convener, clock())
    inquiries.answer(db, clock, actor=convener, inquiry_id=this.id, words="Dear Sam", token="a")

    with db.writing() as conn:
        assert store.erase(conn, this.id, clock())
        assert not store.erase(conn, this.id, clock())

    [one] = queued(db, convener, clock(), closed=True)
    left = one.inquiry
    assert (left.receipt, left.topic, left.created_at) == (
        told.receipt,
        Topic.JOIN,
        this.created_at,
    )
    blank = (left.name, left.email, left.organisation, left.role, left.message)
    assert blank == ("",) * 5
    seen = inquiries.read(db, actor=convener, inquiry_id=this.id, now=clock())
    assert [note.words for note in seen.notes] == [""]
    with pytest.raises(InquiryUnknown):
        own(db, told, clock())
    with pytest.raises(InquiryUnknown):
        own(db, told, clock(), email="")
    with pytest.raises(InquiryErased):
        deeds(db, clock, convener, this.id)["answer"]()


def test_what_was_closed_long_ago_is_found_for_erasing(db, clock, convener):
    sent(db, clock)
    this = only(db, convener, clock())
    inquiries.set_state(
        db, clock, actor=convener, inquiry_id=this.id, state=InquiryState.CLOSED, token="close"
    )

    with db.reading() as conn:
        assert store.list_closed_before(conn, clock()) == ()
        later = clock() + timedelta(microseconds=1)
        assert store.list_closed_before(conn, later) == (this.id,)


def test_the_queue_asks_as_much_of_the_database_for_many_as_for_few(db, clock, convener, queries):
    def asked(times):
        for number in range(times):
            sent(db, clock, click=f"{times}-{number}", source=f"{times}-{number}")
        with queries(db) as counted:
            queued(db, convener, clock())
        return len(counted)

    assert asked(1) == asked(30)
