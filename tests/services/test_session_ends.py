"""When a session ends, what puts that off, and which cookies are nobody's."""

from datetime import timedelta

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.accounts import EmailLooksAlike, EmailTaken, PasswordFamiliar
from coalition.services.people import accounts, invitations, passwords, sessions
from coalition.services.people.sessions import ABSOLUTE, IDLE
from tests.builders import PASSWORD, a_delegate, a_person, an_organisation
from tests.conftest import a_fresh_table

EMAIL = "rae@example.org"


@pytest.fixture
def secret(db, clock):
    a_person(db, email=EMAIL, password=PASSWORD)
    return begun(db, clock)


def begun(db, clock):
    ticket = sessions.sign_in(
        db, clock, email=EMAIL, password=PASSWORD, source="x", check=passwords.matches
    )
    return sessions.enter(db, clock, ticket=ticket, agent="").secret


def ending(db, clock, secret, *, seen=True):
    return sessions.arrive(db, secret=secret, now=clock(), seen=seen).ending


def test_a_session_says_when_it_ends(db, clock, secret):
    told = ending(db, clock, secret)
    assert (told.at, told.by_idleness) == (clock() + IDLE, True)


def test_a_page_that_runs_again_by_itself_keeps_no_session_open(db, clock, secret):
    at = ending(db, clock, secret).at
    clock.move(hours=11)
    assert ending(db, clock, secret, seen=False).at == at
    clock.move(hours=1)
    assert sessions.arrive(db, secret=secret, now=clock(), seen=False).actor is None


def test_who_says_so_in_time_stays(db, clock, secret):
    clock.move(hours=11, minutes=50)
    assert sessions.stay(db, clock, secret=secret).ending.at == clock() + IDLE


def test_nobody_stays_beyond_seven_days_or_comes_back_from_the_end(db, clock, secret):
    last = clock() + ABSOLUTE
    while clock() + timedelta(hours=10) < last:
        clock.move(hours=10)
        told = sessions.stay(db, clock, secret=secret).ending
    assert (told.at, told.by_idleness) == (last, False)
    clock.hour = last
    assert sessions.stay(db, clock, secret=secret).ending is None


def test_a_cookie_of_another_table_is_nobodys_here(db, clock, secret, tmp_path):
    elsewhere = a_fresh_table(tmp_path / "elsewhere.db")
    a_person(elsewhere, email=EMAIL, password=PASSWORD)
    theirs = begun(elsewhere, clock)
    assert sessions.arrive(db, secret=theirs, now=clock()).actor is None
    assert sessions.arrive(elsewhere, secret=secret, now=clock()).actor is None
    elsewhere.dispose()


def test_an_altered_cookie_is_nobodys(db, clock, secret):
    for altered in (secret[:-1], secret + "A", secret.swapcase(), f" {secret}", secret[::-1]):
        assert sessions.arrive(db, secret=altered, now=clock()).actor is None


def test_the_cookie_of_an_ended_session_is_nobodys_for_ever(db, clock, secret):
    sessions.leave(db, clock, secret=secret)
    assert sessions.arrive(db, secret=secret, now=clock()).actor is None
    assert sessions.stay(db, clock, secret=secret).actor is None
    again = begun(db, clock)
    assert sessions.arrive(db, secret=secret, now=clock()).actor is None
    assert sessions.arrive(db, secret=again, now=clock()).actor is not None


# --- who is let in ---


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, email="pat@example.org")


def invited(db, clock, convener, email):
    return invitations.invite(
        db, clock, actor=convener, name="Pat", email=email, role=Role.MEMBER, token=email
    )


@pytest.mark.parametrize("email", ["pаt@example.org", "pat@exаmple.org", "pαt@example.org"])
def test_an_address_that_only_looks_like_one_that_is_here_is_not_invited(
    db, clock, convener, email
):
    with pytest.raises(EmailLooksAlike):
        invited(db, clock, convener, email)


@pytest.mark.parametrize(
    "email", ["PAT@example.org", "p\N{FULLWIDTH LATIN SMALL LETTER A}t@example.org"]
)
def test_another_spelling_of_one_that_is_here_is_the_same(db, clock, convener, email):
    with pytest.raises(EmailTaken):
        invited(db, clock, convener, email)


def test_an_address_in_letters_of_its_own_is_welcome(db, clock, convener):
    assert invited(db, clock, convener, "дина@пример.org").secret


# --- passwords ---


@pytest.mark.parametrize(
    "password",
    [
        "TestTable2026!",
        "Avery-Stone-11",
        "harbor lights 7",
        "coalition-2026",
        "EXAMPLE example 1",
        "Passwordpassword9",
        "\N{FULLWIDTH LATIN CAPITAL LETTER T}esttable-99",
    ],
)
def test_names_that_everybody_here_knows_make_no_password(db, clock, password):
    home = an_organisation(db, name="Harbor Lights")
    person = a_delegate(db, organisation_id=home, password=PASSWORD)
    with pytest.raises(PasswordFamiliar):
        accounts.change_password(db, clock, actor=person, current=PASSWORD, new=password)


@pytest.mark.parametrize(
    "password",
    [
        "Harbor Lights shine on us",
        "a table for twelve people",
        "x" + "ñandú " * 4,
        "🌊🌊 mar y tierra",
        "пароль из слов",
        "k7" * 5 + "qzwv" + "é" * 180,
    ],
)
def test_a_sentence_may_hold_them(db, clock, password):
    home = an_organisation(db, name="Harbor Lights")
    person = a_delegate(db, organisation_id=home, password=PASSWORD)
    assert accounts.change_password(db, clock, actor=person, current=PASSWORD, new=password)
