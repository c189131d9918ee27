"""What is erased is gone from the file itself, not from its rows alone."""

from pathlib import Path

import pytest

from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from coalition.services.people import invitations, sessions
from coalition.services.table import retention
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from tests import builders
from tests.services.test_tick import an_inquiry, rows

SIGNS = ("zebra", "zebedee", "quagga")


@pytest.fixture
def person(db, clock):
    """Somebody who has left a trace wherever a person can."""
    convener, delegates = builders.a_table(db)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    person = builders.a_delegate(
        db, name="Quentin Zebedee", email="quentin@zebra.example", password=builders.PASSWORD
    )
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    first = builders.a_ballot(db, clock, person, this, "object", reason="A zebra reason" * 40)
    builders.a_ballot(
        db, clock, person, this, "object", replaces=first.id, reason="Quagga", remedy="No zebra"
    )
    for delegate in delegates:
        builders.a_ballot(db, clock, delegate, this, "support")
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(
            db, clock, email="quentin@zebra.example", password="x", source="s",
            check=lambda *_: False,
        )  # fmt: skip
    invitations.renew_link(db, clock, actor=administrator, account_id=person.account_id)
    clock.move(days=16)
    rounds.freeze_due(db, clock)
    return person


def test_no_byte_of_the_database_tells_of_a_forgotten_person(db, clock, person):
    verdict = rows(db, schema.verdict)
    forget(db, clock, who=person.email)

    told = str([rows(db, one) for one in schema.metadata.sorted_tables]).casefold()
    assert [sign for sign in SIGNS if sign in told] == []
    assert sessions.attempt_keys(person.email, "")[0] not in told
    assert verify(db).is_whole
    assert rows(db, schema.verdict) == verdict
    path = Path(db.url.database)
    files = [one for one in path.parent.iterdir() if one.name.startswith(path.name)]
    left = {
        (one.name, sign)
        for one in files
        for sign in SIGNS
        if sign in one.read_bytes().decode("latin-1").casefold()
    }
    assert left == set()


def test_freed_pages_are_overwritten_whatever_the_build_of_sqlite_does(db):
    with db.reading() as conn:
        assert conn.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_an_inquiry_past_its_term_leaves_no_byte(db, clock):
    an_inquiry(db, clock)
    clock.move(days=4_000)
    retention.sweep(db, clock)
    path = Path(db.url.database)
    for one in path.parent.glob(f"{path.name}*"):
        assert b"robin1@example.org" not in one.read_bytes(), one.name
