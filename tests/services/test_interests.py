"""Interests: declared by whoever holds the seat, read by every member, ended with their dates."""

from datetime import date, timedelta

import pytest

from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.domain.people.interests import (
    Declaration,
    InterestDates,
    InterestId,
    InterestNotFound,
    PillarsMissing,
    SpeaksForNobody,
)
from coalition.services.people import interests, organisations
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store.ground import audit
from tests.builders import a_delegate, a_person, a_seat, an_organisation

TODAY = date(2026, 11, 1)


def a_declaration(**changes):
    told = {
        "topic": "Grant from a maker of insulin",
        "pillars": (Pillar.COVERAGE,),
        "statement": "It pays for our summer camp.",
        "from_on": TODAY,
    }
    return Declaration(**(told | changes))


def declare(db, clock, delegate, token="t", **changes):
    return interests.declare_interest(
        db, clock, actor=delegate, declared=a_declaration(**changes), token=token
    )


def read(db, clock, reader, organisation_id):
    return interests.interests_of(db, actor=reader, now=clock(), organisation_id=organisation_id)


@pytest.fixture
def delegate(db):
    return a_delegate(db)


def test_what_a_delegate_declares_every_member_reads(db, clock, delegate):
    made = declare(db, clock, delegate)
    home = delegate.seat.organisation_id
    for reader in (delegate, a_delegate(db), a_person(db, role=Role.OBSERVER)):
        (kept,) = read(db, clock, reader, home).current
        assert (kept.id, kept.declared) == (made, a_declaration())
    with pytest.raises(SignInNeeded):
        read(db, clock, None, home)


def test_the_trail_tells_of_it_by_number_alone(db, clock, delegate):
    made = declare(db, clock, delegate)
    subject = f"organisation:{delegate.seat.organisation_id}"
    with db.reading() as conn:
        (entry,) = audit.trail(conn, subject=subject)
    assert (entry.action, entry.detail) == ("interest.declared", {"interest": made})


def test_one_form_declares_once(db, clock, delegate):
    assert declare(db, clock, delegate) == declare(db, clock, delegate)
    assert len(read(db, clock, delegate, delegate.seat.organisation_id).current) == 1


def test_it_ends_today_on_the_calendar_of_the_table_and_once(db, clock, delegate):
    made = declare(db, clock, delegate, from_on=TODAY - timedelta(days=9))
    clock.hour = clock.hour.replace(day=2, hour=3)  # still the evening before in New York
    for _ in range(2):
        interests.end_interest(db, clock, actor=delegate, interest_id=made)
    found = read(db, clock, delegate, delegate.seat.organisation_id)
    assert found.current == ()
    assert found.ended[0].declared.to_on == TODAY
    with db.reading() as conn:
        ended = audit.trail(conn, action="interest.ended")
    assert len(ended) == 1


def test_one_that_has_not_begun_lasts_its_first_day(db, clock, delegate):
    made = declare(db, clock, delegate, from_on=TODAY + timedelta(days=5))
    for _ in range(2):
        interests.end_interest(db, clock, actor=delegate, interest_id=made)
    with db.reading() as conn:
        assert len(audit.trail(conn, action="interest.ended")) == 1


def test_an_alternate_may_end_it_and_another_organisation_may_not(db, clock, delegate):
    made = declare(db, clock, delegate)
    with pytest.raises(InterestNotFound):
        interests.end_interest(db, clock, actor=a_delegate(db), interest_id=made)
    alternate = a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)
    interests.end_interest(db, clock, actor=alternate, interest_id=made)
    assert read(db, clock, delegate, delegate.seat.organisation_id).current == ()


def test_an_unknown_one_is_told_as_such(db, clock, delegate):
    with pytest.raises(InterestNotFound):
        interests.end_interest(db, clock, actor=delegate, interest_id=InterestId(999))


def test_a_seat_that_ended_speaks_for_nobody(db, clock):
    home = an_organisation(db)
    person = a_person(db)
    a_seat(db, home, person.account_id, to_at=clock())
    with pytest.raises(SpeaksForNobody):
        declare(db, clock, person)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_who_holds_no_vote_declares_nothing(db, clock, role):
    with pytest.raises(PermissionMissing):
        declare(db, clock, a_person(db, role=role))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"topic": "  "}, TextMissing),
        ({"statement": ""}, TextMissing),
        ({"statement": "x" * 100_000}, TextTooLong),
        ({"pillars": ()}, PillarsMissing),
        ({"to_on": TODAY - timedelta(days=1)}, InterestDates),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(db, clock, delegate, changes, refusal):
    with pytest.raises(refusal):
        declare(db, clock, delegate, **changes)
    found = read(db, clock, delegate, delegate.seat.organisation_id)
    assert (found.current, found.ended) == ((), ())


def test_the_directory_tells_members_and_no_stranger(db, clock, delegate, queries):
    declare(db, clock, delegate)
    with queries(db) as few:
        listed = organisations.directory(db, actor=delegate, now=clock())
    told = {one.organisation.id: one.interests for one in listed}
    assert len(told[delegate.seat.organisation_id]) == 1
    assert all(one.interests == () for one in organisations.directory(db, actor=None, now=clock()))
    for n in range(5):
        declare(db, clock, a_delegate(db), token=f"more {n}")
    with queries(db) as many:
        organisations.directory(db, actor=delegate, now=clock())
    assert len(few) == len(many)


def test_forgetting_a_person_erases_the_words_and_keeps_the_dates(db, clock, delegate):
    made = declare(db, clock, delegate)
    done = forget(db, clock, who=delegate.email)
    (kept,) = read(db, clock, a_delegate(db), delegate.seat.organisation_id).current
    assert done.interests == 1
    assert (kept.id, kept.declared) == (made, a_declaration(topic="", statement=""))
    assert verify(db).is_whole
