"""Transactional mail: links that somebody asked for, and word of an inquiry."""

import re
from datetime import timedelta

import pytest

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.domain.ground.permissions import Role
from coalition.domain.people.accounts import InvitationExpired, InvitationUsed
from coalition.domain.people.inquiries import InquiryForm, Topic
from coalition.services.notices.smtp import Smtp
from coalition.services.people import accounts, asking, inquiries, invitations, resetting
from coalition.services.people.patience import BY_SOURCE
from coalition.services.table.ticking import tick
from coalition.store.people import inquiries as inquiries_store
from tests import builders
from tests.post import GREYLISTED, TAKEN, Box, a_mail_server
from tests.services.test_notices import SENDER

NEW = "eleven chairs around a table"


@pytest.fixture
def box():
    with a_mail_server(Box()) as running:
        yield running


def run(db, clock, box):
    tick(db, clock, post=Smtp(box.url), sender=SENDER)


def secret_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"/invitation\?invitation=(\S+)", text)[1]


def ask(db, clock, email, source="office"):
    resetting.ask_for_reset(db, clock, email=email, source=source)


def test_a_mailed_invitation_is_read_by_its_owner_alone(db, clock, box):
    convener = builders.a_person(db, role=Role.CONVENER)
    made = invitations.invite(
        db, clock, actor=convener, name="Rae", email="rae@example.org", role=Role.MEMBER,
        token="t", by_mail=True,
    )  # fmt: skip
    assert made.secret == ""
    run(db, clock, box)
    run(db, clock, box)
    [mail] = box.to("rae@example.org")
    assert invitations.invited(db, secret=secret_in(mail), now=clock()).name == "Rae"
    clock.move(days=30)
    with pytest.raises(InvitationExpired):
        invitations.invited(db, secret=secret_in(mail), now=clock())


def test_a_forgotten_password_is_replaced_once_and_within_the_hour(db, clock, box):
    person = builders.a_person(db, password=builders.PASSWORD)
    ask(db, clock, person.email)
    run(db, clock, box)
    secret = secret_in(box.to(person.email)[0])
    invitations.accept_invitation(db, clock, secret=secret, password=NEW)
    with pytest.raises(InvitationUsed):
        invitations.accept_invitation(db, clock, secret=secret, password=NEW)

    ask(db, clock, person.email)
    run(db, clock, box)
    late = secret_in(box.to(person.email)[1])
    clock.move(minutes=61)
    with pytest.raises(InvitationExpired):
        invitations.invited(db, secret=late, now=clock())


def test_a_mail_that_is_tried_again_carries_the_same_link(db, clock):
    person = builders.a_person(db, password=builders.PASSWORD)
    ask(db, clock, person.email)
    with a_mail_server(Box(GREYLISTED, TAKEN)) as box:
        run(db, clock, box)
        clock.move(minutes=2)
        run(db, clock, box)
        secret = secret_in(box.to(person.email)[0])
    assert invitations.invited(db, secret=secret, now=clock()).id == person.account_id


def test_nobody_unknown_invited_or_closed_gets_a_link(db, clock, box):
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    closed = builders.a_person(db, password=builders.PASSWORD)
    accounts.deactivate(db, clock, actor=administrator, account_id=closed.account_id)
    for address in (closed.email, "nobody@example.org", "x" * 300, "a\r\nBcc: b@example.org"):
        ask(db, clock, address)
    run(db, clock, box)
    assert box.mails == []


def test_asking_again_and_again_waits_but_not_for_others(db, clock):
    for n in range(BY_SOURCE.free):
        ask(db, clock, f"person{n}@example.org", source="flood")
    with pytest.raises(TooManyAttempts):
        ask(db, clock, "one.more@example.org", source="flood")
    ask(db, clock, "rae@example.org", source="home")


def test_an_applicant_hears_that_it_came_and_that_it_was_answered_and_no_word_of_it(db, clock, box):
    convener = builders.a_person(db, role=Role.CONVENER)
    form = InquiryForm(
        topic=Topic.JOIN, name="Robin", email="robin@example.org", organisation="A group",
        role="", message="Xylophone", pillars=(), consent=True,
    )  # fmt: skip
    asking.send_inquiry(db, clock, form=form, source_key="s", token="t")
    run(db, clock, box)
    with db.reading() as conn:
        [one] = inquiries_store.list_open(conn, limit=10)
    inquiries.answer(db, clock, actor=convener, inquiry_id=one.id, words="Marimba", token="answer")
    clock.move(minutes=5)
    run(db, clock, box)
    received, answered = box.to("robin@example.org")
    assert "988" in received.get_body(("plain",)).get_content()
    assert "answered" in answered["Subject"]
    assert not re.search("xylophone|marimba", f"{received}{answered}", re.IGNORECASE)
    assert one.receipt not in f"{received}{answered}", "code and address together open the inquiry"


def test_an_erased_inquiry_is_written_to_no_more(db, clock, box):
    form = InquiryForm(
        topic=Topic.JOIN, name="Robin", email="robin@example.org", organisation="A group",
        role="", message="May we?", pillars=(), consent=True,
    )  # fmt: skip
    asking.send_inquiry(db, clock, form=form, source_key="s", token="t")
    tick(db, clock)
    with db.writing() as conn:
        [one] = inquiries_store.list_open(conn, limit=10)
        inquiries_store.erase(conn, one.id, clock() + timedelta(0))
    run(db, clock, box)
    assert box.mails == []
