from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.inquiries import (
    RECEIPT_LETTERS,
    FormFaulty,
    Inquiry,
    InquiryClosed,
    InquiryErased,
    InquiryForm,
    InquiryId,
    InquiryState,
    MoveNotOpen,
    Topic,
    due_at,
    own_domain,
    receipt,
    receipt_key,
)
from tests.conftest import NOW

FORM = InquiryForm(
    topic=Topic.JOIN,
    name="Sam Rivers",
    email="sam@rivers.example",
    organisation="River Alliance",
    role="",
    message="We would like to join.",
    pillars=(Pillar.EQUITY, Pillar.ACCESS),
    consent=True,
)
INQUIRY = Inquiry(
    id=InquiryId(1),
    receipt="7KQX-3MNP",
    topic=Topic.JOIN,
    pillars=(),
    state=InquiryState.NEW,
    assigned_to=None,
    assignee="",
    name="Sam",
    email="sam@rivers.example",
    organisation="River Alliance",
    role="",
    message="We would like to join.",
    language="en",
    created_at=NOW,
    due_at=NOW + timedelta(days=5),
    answered_at=None,
    closed_at=None,
    erased_at=None,
)


def test_a_good_form_is_trimmed_and_its_role_may_be_blank():
    clean = replace(FORM, name=" Sam ", message="One\r\ntwo ").checked()

    assert (clean.name, clean.message, clean.role) == ("Sam", "One\ntwo", "")
    assert clean.pillars == (Pillar.ACCESS, Pillar.EQUITY)


def test_every_faulty_field_is_named_at_once_in_the_order_of_the_form():
    with pytest.raises(FormFaulty) as refused:
        InquiryForm(None, " ", "sam", "x" * 201, "a\u0000b", "", (), consent=False).checked()

    assert {field: fault.code for field, fault in refused.value.faults.items()} == {
        "topic": "inquiry.choice_missing",
        "name": "text.missing",
        "email": "account.email_invalid",
        "organisation": "text.too_long",
        "role": "text.unreadable",
        "message": "text.missing",
        "consent": "inquiry.consent_missing",
    }


@pytest.mark.parametrize(
    "email",
    [
        "sam",
        "sam@rivers",
        "@rivers.example",
        "sam@@rivers.example",
        "sam@rivers.example\r\nBcc: all@rivers.example",
        "sam\u202e@rivers.example",
        "sam rivers@rivers.example",
        "x" * 250 + "@a.example",
    ],
)
def test_nothing_but_an_address_passes_for_one(email):
    with pytest.raises(FormFaulty) as refused:
        replace(FORM, email=email).checked()

    assert list(refused.value.faults) == ["email"]


def test_an_answer_is_promised_at_five_in_the_afternoon_five_working_days_on():
    friday_night_in_new_york = datetime(2026, 10, 31, 2, 0, tzinfo=UTC)

    due = due_at(friday_night_in_new_york, "America/New_York")

    # Friday 30 October to Friday 6 November, over the night the clocks go back.
    assert due == datetime(2026, 11, 6, 22, 0, tzinfo=UTC)


def test_a_receipt_has_no_letter_that_is_taken_for_another():
    assert not set("01IO") & set(RECEIPT_LETTERS)
    assert len(RECEIPT_LETTERS) == 32
    assert receipt(list("7KQX3MNP")) == "7KQX-3MNP"


@pytest.mark.parametrize("typed", ["7KQX-3MNP", " 7kqx 3mnp ", "7kqx3mnp", "7K-QX-3M-NP."])
def test_a_receipt_is_known_however_it_is_typed(typed):
    assert receipt_key(typed) == "7KQX-3MNP"


@pytest.mark.parametrize("typed", ["", "7KQX-3MN", "7KQX-3MNP2", "x" * 10_000])
def test_what_is_no_receipt_is_none(typed):
    assert receipt_key(typed) == ""


@pytest.mark.parametrize(
    ("email", "domain"),
    [("sam@Rivers.example", "rivers.example"), ("sam@gmail.com", ""), ("sam@YAHOO.com", "")],
)
def test_a_shared_mail_provider_says_nothing_about_an_organisation(email, domain):
    assert own_domain(email) == domain


@pytest.mark.parametrize(
    ("state", "answered", "after", "late"),
    [
        ("new", False, timedelta(0), True),
        ("new", False, -timedelta(microseconds=1), False),
        ("assigned", False, timedelta(days=1), True),
        ("answered", True, timedelta(days=1), False),
        ("closed", False, timedelta(days=1), False),
    ],
)
def test_an_inquiry_is_late_when_its_hour_has_come_without_an_answer(state, answered, after, late):
    this = replace(INQUIRY, state=InquiryState(state), answered_at=NOW if answered else None)

    assert this.is_late(this.due_at + after) is late


@pytest.mark.parametrize(
    ("state", "assignee", "moves"),
    [
        ("new", None, ["closed"]),
        ("assigned", 7, ["new", "closed"]),
        ("answered", 7, ["closed"]),
        ("closed", 7, ["assigned"]),
        ("closed", None, ["new"]),
    ],
)
def test_a_state_set_by_hand_follows_the_present_one(state, assignee, moves):
    held = AccountId(assignee) if assignee else None
    this = replace(INQUIRY, state=InquiryState(state), assigned_to=held)

    assert list(this.moves()) == moves
    for other in set(InquiryState) - set(this.moves()):
        with pytest.raises(MoveNotOpen):
            this.require_move(other)


def test_what_is_closed_or_erased_takes_nothing_more():
    with pytest.raises(InquiryClosed):
        replace(INQUIRY, state=InquiryState.CLOSED).require_open()
    erased = replace(INQUIRY, state=InquiryState.CLOSED, erased_at=NOW)
    with pytest.raises(InquiryErased):
        erased.require_open()
    with pytest.raises(InquiryErased):
        erased.require_move(InquiryState.NEW)
    assert erased.moves() == ()
