"""Deciding on an application: all of a seat at once, or a day from when to ask again."""

from datetime import date

import pytest
from sqlalchemy import event, func, select

from coalition.domain.ground.permissions import Role
from coalition.domain.people.accounts import EmailTaken
from coalition.domain.people.admissions import (
    Acceptance,
    DelegateMissing,
    Guest,
    GuestTwice,
    NotAtDecision,
    Refusal,
)
from coalition.domain.people.applications import (
    ApplicationEnded,
    DayMissing,
    DayPassed,
    Ending,
    Stage,
)
from coalition.domain.people.inquiries import InquiryState
from coalition.domain.people.organisations import (
    OrganisationKind,
    OrganisationNameTaken,
    OrganisationUnfinished,
    Profile,
)
from coalition.domain.people.screening import Answer, Given, ScreeningUnfinished, Wording
from coalition.services.people import (
    admissions,
    applications,
    invitations,
    organisations,
    screening,
    seats,
    sessions,
)
from coalition.services.table.verifying import verify
from coalition.store.ground import audit
from coalition.store.schema import metadata
from tests.builders import a_person, an_organisation
from tests.joining import begun, own, sent

PROFILE = Profile("River Alliance", kind=OrganisationKind.PATIENT_MEMBER, votes=True)
GUESTS = (Guest("Sam Rivers", "sam@rivers.example"), Guest("Ana Brook", "ana@rivers.example"))
YES = Acceptance(PROFILE, (*GUESTS, Guest("", " ")), "You fit.", "Proposal 12")
NO = Refusal("You began last month.", date(2027, 5, 1))


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


@pytest.fixture
def inquiry(db, clock, convener):
    """Bring an inquiry to its decision; return its number and receipt."""
    inquiry_id, receipt = sent(db, clock)
    begun(db, clock, convener, inquiry_id, stage=Stage.DECISION)
    return inquiry_id, receipt


def accepted(db, clock, convener, inquiry, acceptance=YES, click="accept"):
    return admissions.accept(
        db, clock, actor=convener, inquiry_id=inquiry[0], acceptance=acceptance, token=click
    )


def refused(db, clock, convener, inquiry, refusal=NO, click="refuse"):
    admissions.refuse(
        db, clock, actor=convener, inquiry_id=inquiry[0], refusal=refusal, token=click
    )


def rows(db):
    """Return how many rows each table has."""
    with db.reading() as conn:
        return {
            table.name: conn.scalar(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
        }


def test_accepting_makes_organisation_class_seat_and_links(db, clock, convener, inquiry):
    made = accepted(db, clock, convener, inquiry)

    [one] = organisations.directory(db, actor=convener, now=clock())
    assert (one.organisation.name, one.organisation.votes_now) == ("River Alliance", True)
    held = seats.seat_holders(
        db, actor=convener, organisation_id=made.organisation_id, now=clock()
    ).holdings
    assert [(seat.holder, seat.rank) for seat in held] == [("Sam Rivers", 0), ("Ana Brook", 1)]
    for link, guest in zip(made.invited, GUESTS, strict=True):
        found = invitations.invited(db, secret=link.secret, now=clock())
        assert (found.email, found.role) == (guest.email, Role.MEMBER)
    way = applications.way(db, actor=convener, inquiry_id=inquiry[0], now=clock())
    assert (way.stage, way.application.ending) == (Stage.ONBOARDING, Ending.ACCEPTED)
    kept = way.decision
    assert (kept.organisation, kept.decided_in, kept.by) == (
        "River Alliance",
        "Proposal 12",
        "Casey Convener",
    )
    assert verify(db).findings == ()


def test_the_invited_delegate_begins_and_acts_for_the_seat(db, clock, convener, inquiry):
    made = accepted(db, clock, convener, inquiry)

    ticket = invitations.accept_invitation(
        db, clock, secret=made.invited[0].secret, password="eleven chairs and a table"
    )
    begun_here = sessions.enter(db, clock, ticket=ticket, agent="test")

    delegate = sessions.arrive(db, secret=begun_here.secret, now=clock()).actor
    assert (delegate.role, delegate.seat.organisation) == (Role.MEMBER, "River Alliance")


def test_a_second_click_makes_nothing_twice_and_shows_no_second_link(db, clock, convener, inquiry):
    first = accepted(db, clock, convener, inquiry)
    before = rows(db)

    second = accepted(db, clock, convener, inquiry)

    assert (second.organisation_id, second.invited) == (first.organisation_id, ())
    assert rows(db) == before
    invitations.invited(db, secret=first.invited[0].secret, now=clock())  # it still opens


def test_a_fault_at_any_statement_leaves_nothing_of_an_acceptance(db, clock, convener, inquiry):
    """Break each write in turn, until one run has no more writes to break."""
    before = rows(db)
    broken = 0
    while True:
        writes = []

        def fail(_conn, _cursor, statement, *_rest, writes=writes, at=broken):
            if statement.startswith(("INSERT", "UPDATE", "DELETE")):
                writes.append(statement)
                if len(writes) > at:
                    raise RuntimeError("the power fails")

        event.listen(db.engine, "before_cursor_execute", fail)
        try:
            accepted(db, clock, convener, inquiry)
        except RuntimeError:
            broken += 1
        else:
            break
        finally:
            event.remove(db.engine, "before_cursor_execute", fail)
        assert rows(db) == before, writes[-1]

    assert broken >= 15  # organisation, two accounts, seats and links, decision, step, trail
    assert rows(db)["seat"] == before["seat"] + 2


def test_declining_tells_the_applicant_why_and_from_when_to_ask_again(db, clock, convener, inquiry):
    for _ in range(2):
        refused(db, clock, convener, inquiry)

    seen = own(db, clock, inquiry[1]).joining
    assert (seen.ending, seen.reason, seen.reapply_on) == (Ending.REFUSED, NO.reason, NO.reapply_on)
    assert seen.stage is Stage.DECISION
    assert own(db, clock, inquiry[1]).state is InquiryState.CLOSED
    assert organisations.directory(db, actor=convener, now=clock()) == ()


@pytest.mark.parametrize(("day", "finding"), [(None, DayMissing), (date(2026, 10, 31), DayPassed)])
def test_a_refusal_without_a_day_to_come_is_not_kept(db, clock, convener, inquiry, day, finding):
    with pytest.raises(finding):
        refused(db, clock, convener, inquiry, Refusal("No.", day))

    assert own(db, clock, inquiry[1]).joining.ending is None


def test_what_is_decided_is_decided_once(db, clock, convener, inquiry):
    refused(db, clock, convener, inquiry)

    with pytest.raises(ApplicationEnded):
        accepted(db, clock, convener, inquiry)
    with pytest.raises(ApplicationEnded):
        refused(db, clock, convener, inquiry, click="again")


def test_it_is_decided_at_the_stage_of_decision_alone(db, clock, convener):
    early = sent(db, clock)
    begun(db, clock, convener, early[0])

    for decide in (accepted, refused):
        with pytest.raises(NotAtDecision):
            decide(db, clock, convener, early)


def test_acceptance_waits_for_the_required_items_of_the_checklist(db, clock, convener, inquiry):
    wording = Wording("Are its funders disclosed?", required=True)
    screening.add_items(db, clock, actor=convener, wordings=[wording], token="add")
    [item] = screening.checklist(db, actor=convener)
    with pytest.raises(ScreeningUnfinished):
        accepted(db, clock, convener, inquiry)

    screening.answer_items(
        db,
        clock,
        actor=convener,
        inquiry_id=inquiry[0],
        answers=[Given(item.id, item.version_id, Answer.YES)],
        token="answer",
    )

    assert accepted(db, clock, convener, inquiry).invited


@pytest.mark.parametrize(
    ("guests", "finding"),
    [
        ((), DelegateMissing),
        ((Guest("", ""), GUESTS[1]), DelegateMissing),
        ((GUESTS[0], Guest("Sam", "SAM@rivers.example")), GuestTwice),
    ],
)
def test_a_seat_needs_a_delegate_and_each_person_an_address(
    db, clock, convener, inquiry, guests, finding
):
    with pytest.raises(finding):
        accepted(db, clock, convener, inquiry, Acceptance(PROFILE, guests, "You fit."))


def test_a_name_or_an_address_that_is_taken_makes_nothing(db, clock, convener, inquiry):
    a_person(db, email="ana@rivers.example")
    with pytest.raises(EmailTaken):
        accepted(db, clock, convener, inquiry)
    an_organisation(db, name="river alliance")
    with pytest.raises(OrganisationNameTaken):
        accepted(db, clock, convener, inquiry)
    with pytest.raises(OrganisationUnfinished):
        accepted(db, clock, convener, inquiry, Acceptance(Profile("X"), GUESTS, "You fit."))

    with db.reading() as conn:
        assert [entry.action for entry in audit.trail(conn)] == [
            "application.begun",
            "inquiry.sent",
        ]


def test_an_organisation_of_a_like_name_now_or_before_is_named_and_blocks_nothing(
    db, clock, convener, inquiry
):
    organisations.add_organisation(
        db,
        clock,
        actor=convener,
        profile=Profile(
            "Delta Partners",
            kind=OrganisationKind.PATIENT_MEMBER,
            votes=True,
            former_names=("The Rivers Alliance, Inc.",),
        ),
        token="old",
    )
    an_organisation(db, name="Lake Patients")

    way = applications.way(db, actor=convener, inquiry_id=inquiry[0], now=clock())

    assert [(one.organisation, one.name) for one in way.alike] == [
        ("Delta Partners", "The Rivers Alliance, Inc.")
    ]
    assert accepted(db, clock, convener, inquiry).invited
