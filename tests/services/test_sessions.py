"""Sign-in, sessions and their ends, at the service where all doors lead."""

from datetime import timedelta

import pytest

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.domain.ground.errors import Unavailable
from coalition.domain.ground.permissions import Role, SignInNeeded
from coalition.domain.people import browsers
from coalition.services.people import accounts, passwords, sessions
from coalition.services.people.patience import BY_ACCOUNT, BY_SOURCE
from coalition.services.people.sessions import (
    ABSOLUTE,
    IDLE,
    SessionNotFound,
    SignInRefused,
    TicketSpent,
)
from coalition.store import schema
from coalition.store.ground import audit
from coalition.store.people import accounts as kept
from tests.builders import PASSWORD, a_delegate, a_person, a_seat, an_organisation

EMAIL = "rae@example.org"


@pytest.fixture
def rae(db):
    return a_delegate(db, email=EMAIL, password=PASSWORD)


def signed_in(db, clock, *, email=EMAIL, password=PASSWORD, source="office"):
    """Sign in by the whole way and return the session's secret."""
    return sessions.enter(
        db, clock, ticket=tried(db, clock, email, password, source), agent=""
    ).secret


def tried(db, clock, email=EMAIL, password=PASSWORD, source="office"):
    return sessions.sign_in(
        db, clock, email=email, password=password, source=source, check=passwords.matches
    )


def who(db, clock, secret):
    return sessions.arrive(db, secret=secret, now=clock()).actor


def rows(db, table):
    with db.reading() as conn:
        return [dict(row._mapping) for row in conn.execute(table.select())]


def test_the_right_password_leads_to_the_person_with_their_seat(db, clock, rae):
    assert who(db, clock, signed_in(db, clock)) == rae


def test_case_width_and_composition_of_the_address_make_no_difference(db, clock, rae):
    assert tried(db, clock, email=" RAE@\N{FULLWIDTH LATIN CAPITAL LETTER E}xample.org ")


@pytest.mark.parametrize("secret", [None, "", "garbage", "x" * 10_000, "\ud800", "a\x00b"])
def test_a_cookie_of_no_session_is_nobody(db, clock, rae, secret):
    assert who(db, clock, secret) is None


def test_secrets_are_kept_as_hashes_only(db, clock, rae):
    ticket = tried(db, clock)
    secret = sessions.enter(db, clock, ticket=ticket, agent="").secret
    stored = str([rows(db, table) for table in schema.metadata.sorted_tables])
    assert ticket not in stored
    assert secret not in stored
    assert PASSWORD not in stored


def test_a_ticket_opens_once(db, clock, rae):
    ticket = tried(db, clock)
    sessions.enter(db, clock, ticket=ticket, agent="")
    with pytest.raises(TicketSpent):
        sessions.enter(db, clock, ticket=ticket, agent="")


def test_a_ticket_opens_for_thirty_seconds(db, clock, rae):
    ticket = tried(db, clock)
    clock.move(seconds=30)
    with pytest.raises(TicketSpent):
        sessions.enter(db, clock, ticket=ticket, agent="")


def test_a_ticket_of_an_account_closed_meanwhile_opens_nothing(db, clock, rae):
    ticket = tried(db, clock)
    with db.writing() as conn:
        kept.set_active(conn, rae.account_id, active=False)
    with pytest.raises(TicketSpent):
        sessions.enter(db, clock, ticket=ticket, agent="")


def test_signing_in_again_ends_the_session_the_browser_had(db, clock, rae):
    before = signed_in(db, clock)
    after = sessions.enter(db, clock, ticket=tried(db, clock), agent="", replaces=before)
    assert who(db, clock, before) is None
    assert who(db, clock, after.secret) == rae


def test_a_session_unused_for_twelve_hours_has_ended(db, clock, rae):
    secret = signed_in(db, clock)
    clock.move(seconds=IDLE.total_seconds() - 1)
    assert who(db, clock, secret) == rae
    clock.move(seconds=IDLE.total_seconds())
    assert who(db, clock, secret) is None


def test_a_session_in_daily_use_ends_after_seven_days(db, clock, rae):
    secret = signed_in(db, clock)
    steps = int(ABSOLUTE / timedelta(hours=8))
    for _ in range(steps - 1):
        clock.move(hours=8)
        assert who(db, clock, secret) == rae
    clock.move(hours=8)
    assert who(db, clock, secret) is None


def test_being_seen_is_written_at_most_every_five_minutes(db, clock, rae):
    secret = signed_in(db, clock)
    began = clock()
    clock.move(minutes=4)
    who(db, clock, secret)
    assert rows(db, schema.session)[0]["seen_at"] == began
    clock.move(minutes=1)
    who(db, clock, secret)
    assert rows(db, schema.session)[0]["seen_at"] == clock()


def test_a_database_that_can_only_be_read_still_lets_people_read(db, clock, rae, monkeypatch):
    secret = signed_in(db, clock)
    clock.move(minutes=10)

    def refusing():
        raise Unavailable

    monkeypatch.setattr(db, "writing", refusing)
    assert who(db, clock, secret) == rae


def test_who_is_here_costs_one_query_and_the_table_another(db, clock, rae, queries):
    secret = signed_in(db, clock)
    with queries(db) as asked:
        sessions.arrive(db, secret=secret, now=clock())
    assert len(asked) == 2, asked


def test_signing_out_ends_this_session_alone(db, clock, rae):
    here, elsewhere = signed_in(db, clock), signed_in(db, clock)
    sessions.leave(db, clock, secret=here)
    assert who(db, clock, here) is None
    assert who(db, clock, elsewhere) == rae


def test_a_seat_that_ends_leaves_the_person_without_it(db, clock):
    person = a_person(db, email=EMAIL, password=PASSWORD)
    a_seat(db, an_organisation(db), person.account_id, to_at=clock() + timedelta(hours=1))
    secret = signed_in(db, clock)
    assert who(db, clock, secret).seat is not None
    clock.move(hours=1)
    assert who(db, clock, secret).seat is None


def test_one_sees_and_ends_ones_own_sessions(db, clock, rae):
    here, elsewhere = signed_in(db, clock), signed_in(db, clock)
    arrived = sessions.arrive(db, secret=here, now=clock())
    listed = sessions.list_sessions(db, actor=rae, now=clock())
    assert len(listed) == 2
    other = next(line.id for line in listed if line.id != arrived.session_id)
    sessions.end_session(db, clock, actor=rae, session_id=other)
    assert who(db, clock, elsewhere) is None
    assert who(db, clock, here) == rae


def test_all_others_end_at_once(db, clock, rae):
    here, *others = [signed_in(db, clock) for _ in range(3)]
    keep = sessions.arrive(db, secret=here, now=clock()).session_id
    assert sessions.end_other_sessions(db, clock, actor=rae, keep=keep) == 2
    assert [who(db, clock, secret) for secret in others] == [None, None]
    assert who(db, clock, here) == rae


def test_nobody_ends_another_persons_session(db, clock, rae):
    secret = signed_in(db, clock)
    number = sessions.arrive(db, secret=secret, now=clock()).session_id
    stranger = a_person(db)
    with pytest.raises(SessionNotFound):
        sessions.end_session(db, clock, actor=stranger, session_id=number)
    assert who(db, clock, secret) == rae


def test_a_stranger_has_no_sessions_to_see_or_end(db, clock):
    with pytest.raises(SignInNeeded):
        sessions.list_sessions(db, actor=None, now=clock())
    with pytest.raises(SignInNeeded):
        sessions.end_session(db, clock, actor=None, session_id=1)
    with pytest.raises(SignInNeeded):
        sessions.end_other_sessions(db, clock, actor=None, keep=None)


@pytest.mark.parametrize(
    ("agent", "kept_as"),
    [
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/140.0 Safari/537.36 Edg/140.0"
            ),
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
            "Firefox · Linux",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
                "Version/19.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari · iPhone",
        ),
        ("curl/8.5\r\n\x1b[31m", "curl/8.5[31m"),
        ("x" * 5000, "x" * 120),
        ("", ""),
    ],
)
def test_of_a_browser_only_its_name_and_system_are_kept(agent, kept_as):
    assert browsers.label(agent) == kept_as


def test_the_record_says_who_came_and_left(db, clock, rae):
    sessions.leave(db, clock, secret=signed_in(db, clock))
    with db.reading() as conn:
        trail = audit.trail(conn)
    assert [entry.action for entry in trail][:2] == ["session.ended", "session.begun"]
    assert trail[0].actor == f"account:{rae.account_id}"


# --- too many tries ---


def fail(db, clock, times, email=EMAIL, source="office"):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sessions.sign_in(
                db, clock, email=email, password="wrong", source=source, check=lambda *_: False
            )


def test_the_wait_begins_with_the_fifth_wrong_try_and_the_right_password_waits_too(db, clock, rae):
    fail(db, clock, BY_ACCOUNT.free)
    with pytest.raises(TooManyAttempts):
        tried(db, clock)


def test_the_wait_grows_and_never_exceeds_a_quarter_of_an_hour(db, clock, rae):
    fail(db, clock, BY_ACCOUNT.free)
    waits = []
    for _ in range(8):
        with pytest.raises(TooManyAttempts) as told:
            tried(db, clock)
        waits.append(told.value.facts["minutes"])
        clock.move(minutes=told.value.facts["minutes"])
        fail(db, clock, 1)
    assert waits == [1, 1, 2, 4, 8, 15, 15, 15]


def test_after_the_wait_the_right_password_opens_and_forgives_all(db, clock, rae):
    fail(db, clock, BY_ACCOUNT.free)
    clock.move(seconds=30)
    assert tried(db, clock)
    fail(db, clock, BY_ACCOUNT.free - 1)
    assert tried(db, clock)


def test_a_wait_on_one_account_is_no_wait_on_another(db, clock, rae):
    a_person(db, email="sam@example.org", password=PASSWORD)
    fail(db, clock, BY_ACCOUNT.free)
    assert tried(db, clock, email="sam@example.org")


def test_one_source_trying_many_addresses_waits(db, clock, rae):
    for number in range(BY_SOURCE.free):
        fail(db, clock, 1, email=f"guess{number}@example.org", source="robot")
    with pytest.raises(TooManyAttempts):
        tried(db, clock, source="robot")
    assert tried(db, clock, source="office")


def test_honest_sign_ins_from_one_office_never_add_up(db, clock, rae):
    for _ in range(BY_SOURCE.free * 2):
        assert tried(db, clock)


def test_a_locked_account_is_on_the_record_and_an_unknown_address_is_not(db, clock, rae):
    fail(db, clock, BY_ACCOUNT.free)
    fail(db, clock, BY_ACCOUNT.free, email="nobody@example.org")
    with db.reading() as conn:
        locked = audit.trail(conn, action="session.locked")
    assert [entry.subject for entry in locked] == [f"account:{rae.account_id}"]


def test_addresses_and_sources_are_not_readable_among_the_tries(db, clock, rae):
    fail(db, clock, 1)
    assert "rae" not in str(rows(db, schema.attempt))


@pytest.mark.parametrize("case", ["unknown", "wrong", "closed", "not begun"])
def test_every_refusal_says_the_same_and_compares_one_password(db, clock, rae, case):
    compared = []

    def counting(password_hash, given):
        compared.append(password_hash)
        return passwords.matches(password_hash, given)

    email, password = EMAIL, PASSWORD
    if case == "unknown":
        email = "nobody@example.org"
    elif case == "wrong":
        password = "wrong wrong wrong"
    elif case == "closed":
        with db.writing() as conn:
            kept.set_active(conn, rae.account_id, active=False)
    else:
        email = a_person(db, role=Role.OBSERVER).email
    with pytest.raises(SignInRefused) as told:
        sessions.sign_in(db, clock, email=email, password=password, source="office", check=counting)
    assert told.value.facts == {}
    assert len(compared) == 1


@pytest.mark.parametrize("email", ["", "a\x00b", "\ud800", "x" * 10_000, "r\u202ea@example.org"])
def test_an_address_no_database_would_take_is_an_unknown_one(db, clock, rae, email):
    with pytest.raises(SignInRefused):
        tried(db, clock, email=email)


def test_what_unknown_addresses_are_compared_with_costs_as_much_as_a_real_hash():
    assert passwords.NOBODY.split("$")[2] == f"{passwords.COST:02}"
    assert passwords.hashed("a table for eleven chairs", cost=4).startswith("$2b$04$")


def test_a_tried_password_that_matches_the_dummy_still_opens_nothing(db, clock):
    with pytest.raises(SignInRefused):
        sessions.sign_in(
            db, clock, email="nobody@example.org", password="", source="", check=lambda *_: True
        )


@pytest.mark.parametrize("password", ["ñ" * 90, "x1" * 100, "  spaced at both ends  ", "🪑" * 50])
def test_long_and_unusual_passwords_work_whole(db, clock, password):
    a_person(db, email=EMAIL, password=password)
    assert tried(db, clock, password=password)
    with pytest.raises(SignInRefused):
        tried(db, clock, password=password[:-1])


def test_a_password_change_ends_every_session_and_every_ticket(db, clock, rae):
    secret, ticket = signed_in(db, clock), tried(db, clock)
    fresh = accounts.change_password(
        db, clock, actor=rae, current=PASSWORD, new="another long sentence"
    )
    assert who(db, clock, secret) is None
    with pytest.raises(TicketSpent):
        sessions.enter(db, clock, ticket=ticket, agent="")
    assert who(db, clock, sessions.enter(db, clock, ticket=fresh, agent="").secret) == rae
    with pytest.raises(SignInRefused):
        tried(db, clock)
