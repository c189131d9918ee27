"""Signing in by a provider's word: what is believed of it, and what is not."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.sign_ins import (
    Policy,
    ProviderStale,
    ProviderUnknown,
    ProviderUnverified,
    Way,
)
from coalition.services.people import provider_sign_ins, sessions, sign_in_policies
from coalition.services.people.tickets import Challenge
from coalition.store import schema
from coalition.store.people import accounts as kept
from tests.builders import a_person
from tests.proving import enrolled

EMAIL = "rae@example.org"


@pytest.fixture
def rae(db):
    return a_person(db, email=EMAIL, role=Role.CONVENER)


def word(clock, **changes):
    claims = {
        "iss": "https://id.example",
        "sub": "7",
        "iat": int(clock().timestamp()),
        "nonce": str(changes.pop("nonce", "n")),
        "email": EMAIL,
        "email_verified": True,
    }
    return claims | changes


def come(db, clock, **changes):
    return provider_sign_ins.sign_in(db, clock, claims=word(clock, **changes))


def arrived(db, clock, ticket):
    secret = sessions.enter(db, clock, ticket=ticket, agent="").secret
    return sessions.arrive(db, secret=secret, now=clock())


@pytest.mark.parametrize("email", [EMAIL, " RAE@example.org "])
def test_a_verified_address_opens_the_account_that_has_it(db, clock, rae, email):
    assert arrived(db, clock, come(db, clock, email=email)).actor == rae
    assert [one.way for one in sign_in_policies.list_tries(db, actor=rae)] == [Way.PROVIDER]


@pytest.mark.parametrize(
    "changes",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email_verified": 1},
        {"email": None},
        {"email": ""},
        {"email": 7},
        {"email": [EMAIL]},
    ],
)
def test_an_address_the_provider_does_not_vouch_for_opens_nothing(db, clock, rae, changes):
    with pytest.raises(ProviderUnverified):
        come(db, clock, **changes)


@pytest.mark.parametrize(
    "email",
    [
        "nobody@example.org",
        "rae@example.com",
        "\N{FULLWIDTH LATIN SMALL LETTER R}ae@example.org",
        "r\u200bae@example.org",
        "rае@example.org",  # Cyrillic
        "\ud800@example.org",
    ],
)
def test_an_address_nobody_has_letter_by_letter_opens_nothing_and_makes_nobody(
    db, clock, rae, email
):
    with pytest.raises(ProviderUnknown):
        come(db, clock, email=email)
    with db.reading() as conn:
        assert len(conn.execute(schema.account.select()).all()) == 1


def test_a_closed_account_opens_no_more_than_an_unknown_one(db, clock, rae):
    with db.writing() as conn:
        kept.set_active(conn, rae.account_id, active=False)
    with pytest.raises(ProviderUnknown):
        come(db, clock)


def test_a_word_counts_once_and_for_ten_minutes(db, clock, rae):
    claims = word(clock)
    provider_sign_ins.sign_in(db, clock, claims=claims)
    with pytest.raises(ProviderStale):
        provider_sign_ins.sign_in(db, clock, claims=claims)
    other = word(clock, nonce="another")
    clock.move(minutes=10)
    with pytest.raises(ProviderStale):
        provider_sign_ins.sign_in(db, clock, claims=other)


@pytest.mark.parametrize("iat", [None, "now", True, 0, -1, 10**12, float("nan")])
def test_a_word_of_no_hour_or_of_a_wrong_one_does_not_count(db, clock, rae, iat):
    with pytest.raises(ProviderStale):
        come(db, clock, iat=iat)


def test_a_second_factor_is_asked_for_unless_the_provider_is_trusted(db, clock, rae):
    enrolled(db, clock, rae)
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    assert isinstance(come(db, clock), Challenge)
    sign_in_policies.set_policy(db, clock, actor=administrator, wanted=Policy(trusts_provider=True))
    assert arrived(db, clock, come(db, clock, nonce=2)).actor == rae


def test_where_one_is_required_only_a_trusted_provider_takes_its_place(db, clock, rae):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    enrolled(db, clock, administrator)
    policy = Policy(second_factor=True)
    sign_in_policies.set_policy(db, clock, actor=administrator, wanted=policy)
    assert arrived(db, clock, come(db, clock)).enrolling == rae
    policy = Policy(second_factor=True, trusts_provider=True)
    sign_in_policies.set_policy(db, clock, actor=administrator, wanted=policy)
    assert arrived(db, clock, come(db, clock, nonce=2)).actor == rae
