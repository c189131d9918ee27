"""The door under attack: locking others out, forged sources, tickets, secrets at rest."""

import logging

import pytest

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.domain.ground.permissions import Role
from coalition.http.guard import source_of
from coalition.services.people import invitations, sessions
from coalition.settings import Settings
from coalition.store import schema
from tests import builders
from tests.conftest import SettableClock
from tests.services.test_tick import rows


def _try(db, clock, person, *, right=False, source="attacker"):
    return sessions.sign_in(
        db, clock, email=person.email, password="x", source=source, check=lambda *_: right
    )


def test_a_stranger_who_guesses_all_day_keeps_nobody_out_for_long(db, clock):
    """The stranger tries every ten seconds and always first; the owner comes from elsewhere."""
    person = builders.a_person(db, password=builders.PASSWORD)
    for _ in range(14 * 360):
        with pytest.raises((sessions.SignInRefused, TooManyAttempts)):
            _try(db, clock, person)
        clock.move(seconds=10)
    waited = 0
    while True:
        with pytest.raises((sessions.SignInRefused, TooManyAttempts)):
            _try(db, clock, person)
        try:
            _try(db, clock, person, right=True, source="owner")
        except TooManyAttempts:
            waited += 10
            clock.move(seconds=10)
        else:
            break
    assert waited <= 60


def test_many_places_together_are_slowed_down_as_well(db, clock):
    person = builders.a_person(db, password=builders.PASSWORD)
    looked_at = 0
    for number in range(600):  # an hour, a new place every six seconds
        try:
            _try(db, clock, person, source=f"bot {number}")
        except sessions.SignInRefused:
            looked_at += 1
        except TooManyAttempts:
            pass
        clock.move(seconds=6)
    assert looked_at <= 110


def test_a_proxy_that_adds_its_own_line_is_believed_not_the_visitor(served):
    settings = Settings("sqlite://", "https://table.example", None, ("10.0.0.1",))

    def source(*told):
        headers = [(b"x-forwarded-for", one.encode()) for one in told]
        return source_of({"client": ("10.0.0.1", 1), "headers": headers}, settings)

    honest = source("203.0.113.9")
    assert source("6.6.6.6", "203.0.113.9") == honest
    assert source("7.7.7.7", "203.0.113.9") == honest
    assert source("6.6.6.6, 203.0.113.9") == honest


def test_no_secret_lies_in_the_database_or_the_log(db, clock, caplog):
    caplog.set_level(logging.DEBUG)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    made = invitations.invite(
        db, clock, actor=administrator, name="New", email="new@example.org", role=Role.MEMBER,
        token="t",
    )  # fmt: skip
    ticket = invitations.accept_invitation(
        db, clock, secret=made.secret, password="twelve green chairs stand here"
    )
    begun = sessions.enter(db, clock, ticket=ticket, agent="Test")
    with pytest.raises(sessions.TicketSpent):
        sessions.enter(db, clock, ticket=ticket, agent="Test")
    told = str([rows(db, table) for table in schema.metadata.sorted_tables]) + caplog.text
    for secret in (made.secret, ticket, begun.secret, "twelve green chairs"):
        assert secret not in told


def test_a_ticket_dies_with_its_account_and_its_password(db, clock):
    person = builders.a_person(db, password=builders.PASSWORD)
    ticket = _try(db, clock, person, right=True)
    clock.move(seconds=31)
    with pytest.raises(sessions.TicketSpent):
        sessions.enter(db, clock, ticket=ticket, agent="")


def test_an_invited_account_without_a_password_opens_to_nobody(db, clock):
    person = builders.a_person(db)
    checked = []
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(
            db, clock, email=person.email, password="", source="s",
            check=lambda kept, _: checked.append(kept) or True,
        )  # fmt: skip
    assert len(checked) == 1  # as slow as for anybody else


@pytest.mark.parametrize("email", ["", "\x00", "a\x00b@example.org", "erased-1", "x" * 100_000])
def test_absurd_addresses_are_refused_like_any_other(any_db, email):
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(
            any_db, SettableClock(), email=email, password="\x00\ud800", source="s",
            check=lambda *_: True,
        )  # fmt: skip
