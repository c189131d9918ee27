"""The second factor: set up, asked for, used once, ended, and required."""

import pyotp
import pytest
from sqlalchemy import select

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.domain.ground.permissions import Role
from coalition.domain.people.accounts import PasswordWrong
from coalition.domain.people.second_factors import (
    CODES,
    STEP,
    CodeWrong,
    OwnFactor,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorUnreadable,
)
from coalition.domain.people.sign_ins import ChallengeSpent, Outcome, OwnFactorFirst, Policy, Way
from coalition.services.people import (
    accounts,
    challenges,
    invitations,
    passwords,
    second_factors,
    sessions,
    sign_in_policies,
)
from coalition.services.people.second_factors import (
    begin_enrolment,
    confirm_enrolment,
    end_second_factor,
    renew_codes,
    reset_second_factor,
)
from coalition.services.people.tickets import Challenge
from coalition.services.table import forgetting, retention
from coalition.store import schema
from coalition.store.people import second_factors as store
from tests.builders import PASSWORD, a_person
from tests.proving import KEY, enrolled

EMAIL = "rae@example.org"
OTHER_KEY = b"o" * 32


@pytest.fixture
def rae(db):
    return a_person(db, email=EMAIL, password=PASSWORD, role=Role.CONVENER)


@pytest.fixture
def app(db, clock, rae):
    """Rae's second factor, turned on; a step later."""
    return enrolled(db, clock, rae)


def tried(db, clock, source="office"):
    return sessions.sign_in(
        db, clock, email=EMAIL, password=PASSWORD, source=source, check=passwords.matches
    )


def answered(db, clock, asked, code, *, source="office", key=KEY):
    return challenges.answer(db, clock, key=key, challenge=asked.secret, code=code, source=source)


def signed_in(db, clock, way_in):
    return sessions.enter(db, clock, ticket=way_in, agent="").secret


def arrived(db, clock, secret):
    return sessions.arrive(db, secret=secret, now=clock())


def history(db, person):
    return [(one.outcome, one.way) for one in sign_in_policies.list_tries(db, actor=person)]


def everything_kept(db):
    with db.reading() as conn:
        return str([conn.execute(table.select()).all() for table in schema.metadata.sorted_tables])


# --- setting up ---


def test_until_its_first_code_is_given_a_second_factor_asks_for_nothing(db, clock, rae):
    begin_enrolment(db, clock, actor=rae, key=KEY)
    assert isinstance(tried(db, clock), str)


def test_begun_twice_it_is_the_same_secret(db, clock, rae):
    begun = begin_enrolment(db, clock, actor=rae, key=KEY)
    assert begin_enrolment(db, clock, actor=rae, key=KEY) == begun
    assert second_factors.pending(db, actor=rae, key=KEY) == begun
    assert begun.address.startswith("otpauth://totp/Test%20table:rae%40example.org?secret=")
    assert begun.groups.replace(" ", "") == begun.secret


def test_a_wrong_first_code_turns_nothing_on(db, clock, rae):
    begin_enrolment(db, clock, actor=rae, key=KEY)
    with pytest.raises(CodeWrong):
        confirm_enrolment(db, clock, actor=rae, key=KEY, code="000000", session_id=None)
    assert second_factors.standing(db, actor=rae).since is None


def test_turning_it_on_gives_ten_recovery_codes_and_ends_the_other_sessions(db, clock, rae):
    here, elsewhere = (signed_in(db, clock, tried(db, clock)) for _ in range(2))
    app = enrolled(db, clock, rae, session_id=arrived(db, clock, here).session_id)
    assert len(set(app.recovery)) == CODES
    assert arrived(db, clock, here).actor == rae
    assert arrived(db, clock, elsewhere).actor is None


def test_what_is_on_cannot_be_set_up_or_confirmed_again(db, clock, rae, app):
    with pytest.raises(SecondFactorOn):
        begin_enrolment(db, clock, actor=rae, key=KEY)
    with pytest.raises(SecondFactorOn):
        confirm_enrolment(db, clock, actor=rae, key=KEY, code=app.shows(), session_id=None)


def test_neither_the_secret_nor_a_recovery_code_can_be_read_from_the_database(db, clock, rae):
    begun = begin_enrolment(db, clock, actor=rae, key=KEY)
    assert begun.secret not in everything_kept(db)
    code = pyotp.TOTP(begun.secret).at(clock())
    codes = confirm_enrolment(db, clock, actor=rae, key=KEY, code=code, session_id=None)
    assert all(code.replace(" ", "") not in everything_kept(db) for code in codes)


def test_a_secret_begun_under_another_key_is_made_anew(db, clock, rae):
    before = begin_enrolment(db, clock, actor=rae, key=OTHER_KEY)
    assert second_factors.pending(db, actor=rae, key=KEY) is None
    assert begin_enrolment(db, clock, actor=rae, key=KEY) != before


# --- signing in ---


def test_after_the_right_password_the_code_is_asked_for_before_any_ticket(db, clock, rae, app):
    asked = tried(db, clock)
    assert isinstance(asked, Challenge)
    with pytest.raises(sessions.TicketSpent):
        sessions.enter(db, clock, ticket=asked.secret, agent="")
    assert arrived(db, clock, asked.secret).actor is None
    secret = signed_in(db, clock, answered(db, clock, asked, app.shows()))
    assert arrived(db, clock, secret).actor == rae


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_telephone_may_be_thirty_seconds_off(db, clock, app, steps):
    assert answered(db, clock, tried(db, clock), app.shows(steps))


@pytest.mark.parametrize("steps", [-2, 2])
def test_but_not_a_minute(db, clock, app, steps):
    with pytest.raises(CodeWrong):
        answered(db, clock, tried(db, clock), app.shows(steps))


def test_a_code_counts_once_even_for_another_sign_in(db, clock, app):
    code = app.shows()
    first, second = tried(db, clock), tried(db, clock)
    answered(db, clock, first, code)
    with pytest.raises(CodeWrong):
        answered(db, clock, second, code)


def test_a_code_older_than_one_used_does_not_count_either(db, clock, app):
    before = app.shows(-1)
    answered(db, clock, tried(db, clock), app.shows())
    with pytest.raises(CodeWrong):
        answered(db, clock, tried(db, clock), before)


def test_the_code_that_turned_it_on_does_not_sign_in(db, clock, rae):
    begun = begin_enrolment(db, clock, actor=rae, key=KEY)
    code = pyotp.TOTP(begun.secret).at(clock())
    confirm_enrolment(db, clock, actor=rae, key=KEY, code=code, session_id=None)
    with pytest.raises(CodeWrong):
        answered(db, clock, tried(db, clock), code)


def test_a_step_is_used_up_once_whoever_asks_first(db, clock, rae, app):
    with db.writing() as conn:
        step = 10**8
        assert store.use_step(conn, rae.account_id, step)
        assert not store.use_step(conn, rae.account_id, step)
        assert not store.use_step(conn, rae.account_id, step - 1)


def test_spaces_width_and_hyphens_make_no_difference(db, clock, app):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in app.shows())
    assert answered(db, clock, tried(db, clock), f" {wide[:3]}-{wide[3:]} ")


@pytest.mark.parametrize(
    "code", ["", " ", "12345", "1234567", "abcdef", "\x00", "\ud800" * 6, "٠١٢٣٤٥", "9" * 10_000]
)
def test_what_is_no_code_is_refused_as_a_wrong_one(db, clock, app, code):
    with pytest.raises(CodeWrong):
        answered(db, clock, tried(db, clock), code)


def test_each_recovery_code_lets_in_once(db, clock, rae, app):
    code = app.recovery[0].lower()
    secret = signed_in(db, clock, answered(db, clock, tried(db, clock), code))
    assert arrived(db, clock, secret).actor == rae
    assert second_factors.standing(db, actor=rae).codes_left == CODES - 1
    with pytest.raises(CodeWrong):
        answered(db, clock, tried(db, clock), code)


def test_a_challenge_opens_once_and_for_five_minutes(db, clock, app):
    asked = tried(db, clock)
    answered(db, clock, asked, app.shows())
    clock.move(minutes=1)
    with pytest.raises(ChallengeSpent):
        answered(db, clock, asked, app.shows())
    late = tried(db, clock)
    clock.move(minutes=5)
    with pytest.raises(ChallengeSpent):
        answered(db, clock, late, app.shows())


@pytest.mark.parametrize("secret", ["", "garbage", "\ud800"])
def test_a_challenge_that_never_was_opens_nothing(db, clock, app, secret):
    with pytest.raises(ChallengeSpent):
        challenges.answer(db, clock, key=KEY, challenge=secret, code=app.shows(), source="office")


def test_a_challenge_of_an_account_closed_or_given_a_new_password_opens_nothing(
    db, clock, rae, app
):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    asked = tried(db, clock)
    accounts.end_sessions_of(db, clock, actor=administrator, account_id=rae.account_id)
    with pytest.raises(ChallengeSpent):
        answered(db, clock, asked, app.shows())
    asked = tried(db, clock)
    accounts.deactivate(db, clock, actor=administrator, account_id=rae.account_id)
    with pytest.raises(ChallengeSpent):
        answered(db, clock, asked, app.shows())


def test_a_link_alone_opens_no_more_than_a_password_alone(db, clock, rae, app):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    made = invitations.renew_link(db, clock, actor=administrator, account_id=rae.account_id)
    way_in = invitations.accept_invitation(
        db, clock, secret=made.secret, password="another table for twelve"
    )
    assert isinstance(way_in, Challenge)
    assert answered(db, clock, way_in, app.shows())


def test_under_another_key_the_app_is_of_no_use_but_a_recovery_code_is(db, clock, app):
    asked = tried(db, clock)
    with pytest.raises(SecondFactorUnreadable):
        answered(db, clock, asked, app.shows(), key=OTHER_KEY)
    assert answered(db, clock, asked, app.recovery[0], key=OTHER_KEY)


# --- guessing ---


def guess(db, clock, asked, times, source="attic"):
    for _ in range(times):
        with pytest.raises((CodeWrong, TooManyAttempts)):
            answered(db, clock, asked, "000000", source=source)


def test_after_a_few_wrong_codes_one_waits_though_the_right_one_comes(db, clock, app):
    guess(db, clock, tried(db, clock), 5)
    with pytest.raises(TooManyAttempts):
        answered(db, clock, tried(db, clock), app.shows(), source="attic")
    assert answered(db, clock, tried(db, clock), app.shows(), source="office")


def test_many_places_together_wait_too_but_never_for_a_recovery_code(db, clock, app):
    asked = tried(db, clock)
    for place in range(20):
        guess(db, clock, asked, 1, source=f"attic {place}")
    with pytest.raises(TooManyAttempts):
        answered(db, clock, asked, app.shows())
    assert answered(db, clock, asked, app.recovery[0])


def test_nobody_is_kept_out_for_longer_than_five_minutes_by_tries_elsewhere(db, clock, app):
    for round_ in range(12):
        guess(db, clock, tried(db, clock), 3, source=f"attic {round_}")
    clock.move(minutes=5)
    assert answered(db, clock, tried(db, clock), app.shows())


# --- the history its owner reads ---


def test_the_history_tells_who_came_in_and_who_was_refused(db, clock, rae, app):
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(
            db,
            clock,
            email=EMAIL,
            password="wrong",
            source="x",
            check=passwords.matches,
            agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0",
        )
    clock.move(minutes=1)
    asked = tried(db, clock)
    with pytest.raises(CodeWrong):
        answered(db, clock, asked, "000000")
    clock.move(minutes=1)
    asked = tried(db, clock)
    signed_in(db, clock, answered(db, clock, asked, app.shows()))
    told = sign_in_policies.list_tries(db, actor=rae)
    assert [(one.outcome, one.way) for one in told] == [
        (Outcome.IN, Way.CODE),
        (Outcome.CODE_REFUSED, Way.CODE),
        (Outcome.CODE_MISSING, Way.PASSWORD),
        (Outcome.REFUSED, Way.PASSWORD),
    ]
    assert told[-1].agent == "Firefox · Windows"


def test_a_sign_in_without_a_second_factor_is_one_line(db, clock, rae):
    signed_in(db, clock, tried(db, clock))
    assert history(db, rae) == [(Outcome.IN, Way.PASSWORD)]


def test_a_try_at_an_address_that_nobody_has_leaves_no_line(db, clock, rae):
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in(
            db,
            clock,
            email="nobody@example.org",
            password="x",
            source="x",
            check=passwords.matches,
        )
    assert history(db, rae) == []


# --- ending ---


def test_it_ends_with_password_and_code(db, clock, rae, app):
    with pytest.raises(PasswordWrong):
        end_second_factor(db, clock, actor=rae, key=KEY, password="wrong", code=app.shows())
    with pytest.raises(CodeWrong):
        end_second_factor(db, clock, actor=rae, key=KEY, password=PASSWORD, code="000000")
    end_second_factor(db, clock, actor=rae, key=KEY, password=PASSWORD, code=app.shows())
    assert isinstance(tried(db, clock), str)
    with pytest.raises(SecondFactorOff):
        end_second_factor(db, clock, actor=rae, key=KEY, password=PASSWORD, code=app.shows())


def test_new_recovery_codes_take_the_place_of_the_old(db, clock, rae, app):
    fresh = renew_codes(db, clock, actor=rae, key=KEY, password=PASSWORD, code=app.shows())
    with pytest.raises(CodeWrong):
        answered(db, clock, tried(db, clock), app.recovery[0])
    assert answered(db, clock, tried(db, clock), fresh[0])


def test_an_administrator_resets_it_for_others_and_signs_them_out(db, clock, rae, app):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    secret = signed_in(db, clock, answered(db, clock, tried(db, clock), app.shows()))
    reset_second_factor(db, clock, actor=administrator, account_id=rae.account_id)
    assert arrived(db, clock, secret).actor is None
    assert isinstance(tried(db, clock), str)
    with pytest.raises(SecondFactorOff):
        reset_second_factor(db, clock, actor=administrator, account_id=rae.account_id)
    with pytest.raises(OwnFactor):
        reset_second_factor(db, clock, actor=administrator, account_id=administrator.account_id)


def test_everything_is_in_the_audit_trail_without_a_secret(db, clock, rae, app):
    answered(db, clock, tried(db, clock), app.recovery[0])
    entry = schema.audit_entry
    with db.reading() as conn:
        actions = conn.scalars(select(entry.c.action).order_by(entry.c.seq)).all()
    assert [one for one in actions if one.startswith("second_factor")] == [
        "second_factor.begun",
        "second_factor.confirmed",
        "second_factor.code_spent",
    ]


# --- required ---


@pytest.fixture
def required(db, clock):
    """The table asks for second factors; its administrator has one."""
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    enrolled(db, clock, administrator)
    sign_in_policies.set_policy(db, clock, actor=administrator, wanted=Policy(second_factor=True))


def test_who_requires_it_has_one(db, clock):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    with pytest.raises(OwnFactorFirst):
        sign_in_policies.set_policy(
            db, clock, actor=administrator, wanted=Policy(second_factor=True)
        )
    assert sign_in_policies.read_policy(db, actor=administrator) == Policy()


def test_a_convener_without_one_is_nobody_until_it_is_set_up(db, clock, rae, required):
    secret = signed_in(db, clock, tried(db, clock))
    come = arrived(db, clock, secret)
    assert (come.actor, come.enrolling) == (None, rae)
    enrolled(db, clock, rae, session_id=come.session_id)
    assert arrived(db, clock, secret).actor == rae


def test_it_bites_a_session_that_is_open_already_and_a_role_just_given(db, clock, rae):
    secret = signed_in(db, clock, tried(db, clock))
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    enrolled(db, clock, administrator)
    sign_in_policies.set_policy(db, clock, actor=administrator, wanted=Policy(second_factor=True))
    assert arrived(db, clock, secret).actor is None


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER])
def test_members_and_observers_are_free_to_choose(db, clock, required, role):
    person = a_person(db, email="free@example.org", password=PASSWORD, role=role)
    ticket = sessions.sign_in(
        db, clock, email=person.email, password=PASSWORD, source="x", check=passwords.matches
    )
    assert arrived(db, clock, signed_in(db, clock, ticket)).actor == person


def test_whoever_ends_theirs_is_led_to_set_one_up_again(db, clock, rae, app, required):
    secret = signed_in(db, clock, answered(db, clock, tried(db, clock), app.shows()))
    clock.move(seconds=2 * STEP.total_seconds())
    end_second_factor(db, clock, actor=rae, key=KEY, password=PASSWORD, code=app.shows())
    assert arrived(db, clock, secret).enrolling == rae


# --- letting go ---


def kept_of(db, *tables):
    with db.reading() as conn:
        return [len(conn.execute(table.select()).all()) for table in tables]


def test_the_history_is_let_go_after_ninety_days(db, clock, rae, app):
    tried(db, clock)
    signed_in(db, clock, answered(db, clock, tried(db, clock), app.shows()))
    clock.move(days=89)
    retention.sweep(db, clock)
    assert kept_of(db, schema.sign_in_try) == [2]
    clock.move(days=1, minutes=1)
    assert retention.sweep(db, clock)["sign_ins"] == 2
    assert kept_of(db, schema.sign_in_try, schema.sign_in_challenge) == [0, 0]


def test_a_person_forgotten_leaves_no_second_factor_and_no_history(db, clock, rae, app):
    signed_in(db, clock, answered(db, clock, tried(db, clock), app.shows()))
    forgetting.forget(db, clock, who=EMAIL)
    tables = (
        schema.second_factor,
        schema.recovery_code,
        schema.sign_in_challenge,
        schema.sign_in_try,
    )
    assert kept_of(db, *tables) == [0, 0, 0, 0]
