"""Forgetting a person: nothing of theirs is left, and nothing that was decided moves."""

import pytest
from sqlalchemy import select

from coalition.domain.ground.permissions import Role
from coalition.domain.people.accounts import LastAdministrator
from coalition.services.deliberation import rounds
from coalition.services.people import invitations
from coalition.services.table.forgetting import NobodyToForget, forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.people import seats, sessions
from tests import builders
from tests.services.test_tick import an_inquiry, rows

REASON = "Our zebra committee fears the second paragraph"


@pytest.fixture
def decided(db, clock):
    """A round with one objection by the person to forget, and a verdict."""
    convener, delegates = builders.a_table(db, organisations=3)
    person = builders.a_delegate(db, name="Quentin Zebedee", email="quentin@zebra.example")
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    for delegate in delegates:
        builders.a_ballot(db, clock, delegate, this, "support")
    builders.a_ballot(db, clock, person, this, "object", reason=REASON, remedy="Drop it, zebra")
    clock.move(days=16)
    rounds.freeze_due(db, clock)
    return person


def test_nothing_of_the_person_is_left_in_the_rows(db, clock, decided):
    forget(db, clock, who="quentin@zebra.example")
    told = str([rows(db, table) for table in schema.metadata.sorted_tables]).casefold()
    assert "zebra" not in told
    assert "zebedee" not in told


def test_the_verdict_and_the_stance_stay(db, clock, decided):
    before = rows(db, schema.verdict), rows(db, schema.ballot)
    done = forget(db, clock, who="quentin@zebra.example")
    assert done.ballots == 1
    assert (rows(db, schema.verdict), rows(db, schema.ballot)) == before
    assert verify(db).findings == ()


def test_an_erased_objection_still_counts_as_one_with_a_reason(db, clock):
    convener, _ = builders.a_table(db)
    person = builders.a_delegate(db)
    this = builders.a_round(db, clock, convener)
    builders.a_ballot(db, clock, person, this, "object")
    forget(db, clock, who=person.email)
    clock.move(days=16)
    rounds.freeze_due(db, clock)
    assert rows(db, schema.verdict)[0].tally["objections_without_reason"] == 0
    assert verify(db).is_whole


def test_sessions_links_and_the_seat_end_at_once(db, clock, decided):
    with db.writing() as conn:
        sessions.begin(
            conn,
            decided.account_id,
            "h" * 64,
            agent="zebra browser",
            at=clock(),
            expires_at=clock() + builders.timedelta(days=7),
        )
    done = forget(db, clock, who=f"account:{decided.account_id}")
    assert done.seats == 1
    assert rows(db, schema.session) == []
    with db.reading() as conn:
        assert seats.held(conn, decided.account_id, clock()) is None


def test_an_inquiry_is_forgotten_by_its_code(db, clock):
    an_inquiry(db, clock)
    receipt = rows(db, schema.inquiry)[0].receipt
    assert forget(db, clock, who=f" {receipt.lower()} ").inquiries == 1
    kept = rows(db, schema.inquiry)[0]
    assert (kept.name, kept.email, kept.message) == ("", "", "")
    assert kept.erased_at == clock()
    assert verify(db).is_whole


def test_an_address_takes_the_account_and_the_inquiries_sent_from_it(db, clock):
    an_inquiry(db, clock)
    person = builders.a_person(db, email="ROBIN1@example.org")
    done = forget(db, clock, who="robin1@EXAMPLE.org")
    assert (done.account_id, done.inquiries) == (person.account_id, 1)


def test_the_number_of_an_account_takes_no_inquiry(db, clock):
    an_inquiry(db, clock)
    person = builders.a_person(db, email="robin1@example.org")
    assert forget(db, clock, who=f"account:{person.account_id}").inquiries == 0


def test_a_second_account_may_take_the_address(db, clock):
    person = builders.a_person(db)
    forget(db, clock, who=person.email)
    assert builders.an_account(db, email=person.email) != person.account_id


@pytest.mark.parametrize("who", ["", "nobody@example.org", "account:999", "account:x", "7KQX-3MNP"])
def test_an_unknown_person_is_told_as_unknown(db, clock, who):
    before = verify(db).head
    with pytest.raises(NobodyToForget):
        forget(db, clock, who=who)
    assert verify(db).head == before


def test_somebody_is_forgotten_once(db, clock):
    person = builders.a_person(db)
    forget(db, clock, who=person.email)
    for who in (person.email, f"account:{person.account_id}"):
        with pytest.raises(NobodyToForget):
            forget(db, clock, who=who)


def test_the_last_administrator_stays(db, clock):
    last = builders.a_person(db, role=Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        forget(db, clock, who=last.email)
    builders.a_person(db, role=Role.ADMINISTRATOR)
    assert forget(db, clock, who=last.email).account_id == last.account_id


def test_a_link_handed_out_before_opens_nothing_afterwards(db, clock):
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    made = invitations.invite(
        db,
        clock,
        actor=administrator,
        name="New person",
        email="new@example.org",
        role=Role.MEMBER,
        token="invite",
    )
    forget(db, clock, who="new@example.org")
    with db.reading() as conn:
        assert conn.execute(select(schema.invitation)).all() == []
    assert made.secret
