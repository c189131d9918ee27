"""Accounts: who may let in whom, and what each deed leaves behind."""

import pytest

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.moments import ZoneUnknown
from coalition.domain.ground.permissions import (
    GRANTS,
    Permission,
    PermissionMissing,
    Role,
    SignInNeeded,
)
from coalition.domain.people.accounts import (
    AccountInactive,
    AccountNotFound,
    AdministratorThere,
    EmailInvalid,
    EmailTaken,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    LastAdministrator,
    OwnAccount,
    PasswordCommon,
    PasswordLong,
    PasswordShort,
    PasswordTellsName,
    PasswordWrong,
    RoleNotYours,
)
from coalition.services.people import accounts, invitations, passwords, sessions
from coalition.services.people.patience import BY_ACCOUNT
from coalition.services.people.sessions import SignInRefused
from coalition.store import schema
from coalition.store.ground import audit
from coalition.store.people import accounts as kept
from tests.builders import PASSWORD, a_person

FRESH = "another long sentence"
EMAIL = "rae@example.org"
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in "PASSWORD1234")  # full-width


@pytest.fixture
def admin(db):
    return a_person(db, role=Role.ADMINISTRATOR)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


def invited(db, clock, actor, *, role=Role.MEMBER, email=EMAIL, form="one"):
    return invitations.invite(
        db, clock, actor=actor, name="Rae Stone", email=email, role=role, token=form
    )


def begun(db, clock, actor, **invitation):
    """Invite somebody who then chooses a password; return their account's id."""
    made = invited(db, clock, actor, **invitation)
    invitations.accept_invitation(db, clock, secret=made.secret, password=PASSWORD)
    return made.account_id


def signed_in(db, clock, *, email=EMAIL, password=PASSWORD):
    ticket = sessions.sign_in(
        db, clock, email=email, password=password, source="office", check=passwords.matches
    )
    return sessions.enter(db, clock, ticket=ticket, agent="").secret


def who(db, clock, secret):
    return sessions.arrive(db, secret=secret, now=clock()).actor


def actions(db):
    with db.reading() as conn:
        return [entry.action for entry in reversed(audit.trail(conn))]


def count(db, table):
    with db.reading() as conn:
        return len(conn.execute(table.select()).all())


# --- every deed refused to every role that lacks it, leaving no trace ---

DEEDS = {
    "invite": (Permission.INVITE_ACCOUNT, lambda db, c, who, _: invited(db, c, who)),
    "renew": (
        Permission.INVITE_ACCOUNT,
        lambda db, c, who, one: invitations.renew_link(db, c, actor=who, account_id=one),
    ),
    "list": (
        Permission.INVITE_ACCOUNT,
        lambda db, c, who, _: accounts.list_accounts(db, actor=who, now=c()),
    ),
    "change role": (
        Permission.MANAGE_ACCOUNT,
        lambda db, c, who, one: accounts.change_role(
            db, c, actor=who, account_id=one, role=Role.OBSERVER
        ),
    ),
    "deactivate": (
        Permission.MANAGE_ACCOUNT,
        lambda db, c, who, one: accounts.deactivate(db, c, actor=who, account_id=one),
    ),
    "reactivate": (
        Permission.MANAGE_ACCOUNT,
        lambda db, c, who, one: accounts.reactivate(db, c, actor=who, account_id=one),
    ),
    "end sessions": (
        Permission.MANAGE_ACCOUNT,
        lambda db, c, who, one: accounts.end_sessions_of(db, c, actor=who, account_id=one),
    ),
    "change password": (
        Permission.OWN_ACCOUNT,
        lambda db, c, who, _: accounts.change_password(
            db, c, actor=who, current=PASSWORD, new=FRESH
        ),
    ),
    "preferences": (
        Permission.OWN_ACCOUNT,
        lambda db, c, who, _: accounts.save_preferences(db, c, actor=who, language="es", zone=""),
    ),
}


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_for_the_roles_that_hold_its_permission(db, clock, deed, role):
    permission, do = DEEDS[deed]
    person = a_person(db, role=role, password=PASSWORD) if role else None
    other = a_person(db).account_id
    if role and permission in GRANTS[role]:
        do(db, clock, person, other)
        return
    before = actions(db), count(db, schema.account), count(db, schema.invitation)
    with pytest.raises(PermissionMissing if role else SignInNeeded):
        do(db, clock, person, other)
    assert (actions(db), count(db, schema.account), count(db, schema.invitation)) == before


# --- invitations ---


def test_an_invited_person_chooses_a_password_and_is_in(db, clock, convener):
    made = invited(db, clock, convener)
    greeted = invitations.invited(db, secret=made.secret, now=clock())
    assert (greeted.name, greeted.email, greeted.has_password) == ("Rae Stone", EMAIL, False)
    ticket = invitations.accept_invitation(db, clock, secret=made.secret, password=PASSWORD)
    secret = sessions.enter(db, clock, ticket=ticket, agent="").secret
    assert who(db, clock, secret).account_id == made.account_id
    assert actions(db) == ["account.invited", "account.begun", "session.begun"]


@pytest.mark.parametrize("role", [Role.CONVENER, Role.ADMINISTRATOR])
def test_a_convener_invites_members_and_observers_only(db, clock, convener, admin, role):
    with pytest.raises(RoleNotYours):
        invited(db, clock, convener, role=role)
    assert invited(db, clock, admin, role=role)


def test_the_same_form_sent_twice_makes_one_account_with_one_open_link(db, clock, convener):
    first = invited(db, clock, convener)
    again = invited(db, clock, convener)
    assert again.account_id == first.account_id
    with pytest.raises(InvitationUsed):
        invitations.invited(db, secret=first.secret, now=clock())
    assert invitations.invited(db, secret=again.secret, now=clock())


def test_an_address_in_use_is_not_invited_again(db, clock, convener):
    invited(db, clock, convener)
    with pytest.raises(EmailTaken):
        invited(db, clock, convener, email="RAE@example.org", form="another")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "rae",
        "rae@",
        "@example.org",
        "a@b@example.org",
        "rae@example",
        "r e@example.org",
        "rae@example..org",
        "rae@.org",
        "r\u202eae@example.org",
        "x" * 250 + "@example.org",
    ],
)
def test_an_address_that_mail_cannot_reach_is_refused(db, clock, convener, email):
    with pytest.raises(Invalid):
        invited(db, clock, convener, email=email)


def test_the_strangest_real_addresses_are_taken(db, clock, convener):
    assert invited(db, clock, convener, email="o'rae+table@sub.münchen.example")


def test_a_link_opens_once(db, clock, convener):
    made = invited(db, clock, convener)
    invitations.accept_invitation(db, clock, secret=made.secret, password=PASSWORD)
    with pytest.raises(InvitationUsed):
        invitations.accept_invitation(db, clock, secret=made.secret, password=FRESH)


def test_a_link_is_good_for_seven_days(db, clock, convener):
    made = invited(db, clock, convener)
    clock.move(days=7, seconds=-1)
    assert invitations.invited(db, secret=made.secret, now=clock())
    clock.move(seconds=1)
    with pytest.raises(InvitationExpired):
        invitations.accept_invitation(db, clock, secret=made.secret, password=PASSWORD)


def test_a_newer_link_takes_the_place_of_the_older(db, clock, convener):
    older = invited(db, clock, convener)
    newer = invitations.renew_link(db, clock, actor=convener, account_id=older.account_id)
    with pytest.raises(InvitationUsed):
        invitations.invited(db, secret=older.secret, now=clock())
    assert invitations.invited(db, secret=newer.secret, now=clock())


def test_a_mistyped_link_opens_nothing(db, clock):
    with pytest.raises(InvitationUnknown):
        invitations.invited(db, secret="guess", now=clock())


def test_the_link_of_an_account_closed_meanwhile_opens_nothing(db, clock, admin):
    made = invited(db, clock, admin)
    accounts.deactivate(db, clock, actor=admin, account_id=made.account_id)
    with pytest.raises(InvitationUsed):
        invitations.invited(db, secret=made.secret, now=clock())


def test_a_convener_cannot_replace_the_password_of_a_delegate(db, clock, convener, admin):
    account_id = begun(db, clock, convener)
    with pytest.raises(PermissionMissing):
        invitations.renew_link(db, clock, actor=convener, account_id=account_id)
    assert invitations.renew_link(db, clock, actor=admin, account_id=account_id)


def test_a_forgotten_password_changes_only_when_the_link_is_used(db, clock, admin):
    account_id = begun(db, clock, admin)
    secret = signed_in(db, clock)
    made = invitations.renew_link(db, clock, actor=admin, account_id=account_id)
    assert who(db, clock, secret)
    invitations.accept_invitation(db, clock, secret=made.secret, password=FRESH)
    assert who(db, clock, secret) is None
    assert signed_in(db, clock, password=FRESH)
    with pytest.raises(SignInRefused):
        signed_in(db, clock)


def test_no_link_is_made_for_a_closed_account(db, clock, admin):
    account_id = begun(db, clock, admin)
    accounts.deactivate(db, clock, actor=admin, account_id=account_id)
    with pytest.raises(AccountInactive):
        invitations.renew_link(db, clock, actor=admin, account_id=account_id)


def test_the_first_administrator_is_made_once(db, clock):
    made = invitations.invite_first_administrator(db, clock, name="Ada", email="ada@example.org")
    assert invitations.invited(db, secret=made.secret, now=clock()).role is Role.ADMINISTRATOR
    with pytest.raises(AdministratorThere):
        invitations.invite_first_administrator(db, clock, name="Bo", email="bo@example.org")


# --- passwords ---


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("", PasswordShort),
        ("eleven char", PasswordShort),
        ("x" * 5 + "y" * 196, PasswordLong),
        ("password1234", PasswordCommon),
        ("PASSWORD1234", PasswordCommon),
        (WIDE, PasswordCommon),
        ("aaaaaaaaaaaaaaaa", PasswordCommon),
        ("abababababababab", PasswordCommon),
        ("my-rae.stone-secret", PasswordTellsName),
    ],
)
def test_a_password_that_would_be_guessed_is_refused_and_the_link_stays_good(
    db, clock, convener, password, error
):
    made = invited(db, clock, convener, email="rae.stone@example.org")
    with pytest.raises(error):
        invitations.accept_invitation(db, clock, secret=made.secret, password=password)
    assert invitations.invited(db, secret=made.secret, now=clock())


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "solo minúsculas aquí",
        "1029384756574839",
        "密码密码一二三四五六七八",
        "long " * 40,
    ],
)
def test_length_is_asked_for_and_kinds_of_characters_are_not(password):
    passwords.check(password, EMAIL)


def test_ones_password_changes_with_the_present_one_only(db, clock, admin):
    begun(db, clock, admin)
    person = who(db, clock, signed_in(db, clock))
    with pytest.raises(PasswordWrong):
        accounts.change_password(db, clock, actor=person, current="guess", new=FRESH)
    assert signed_in(db, clock)


def test_guessing_the_present_password_waits_as_at_the_door(db, clock):
    person = a_person(db, password=PASSWORD)
    for _ in range(BY_ACCOUNT.free):
        with pytest.raises(PasswordWrong):
            accounts.change_password(db, clock, actor=person, current="guess", new=FRESH)
    with pytest.raises(TooManyAttempts):
        accounts.change_password(db, clock, actor=person, current=PASSWORD, new=FRESH)


# --- what an administrator does ---


def test_a_closed_account_is_out_at_once_and_comes_back_as_it_was(db, clock, admin):
    account_id = begun(db, clock, admin)
    secret = signed_in(db, clock)
    accounts.deactivate(db, clock, actor=admin, account_id=account_id)
    assert who(db, clock, secret) is None
    with pytest.raises(SignInRefused):
        signed_in(db, clock)
    accounts.reactivate(db, clock, actor=admin, account_id=account_id)
    assert who(db, clock, secret) is None, "sessions that ended stay ended"
    assert signed_in(db, clock)


def test_a_role_counts_from_the_next_click_on(db, clock, admin):
    account_id = begun(db, clock, admin)
    secret = signed_in(db, clock)
    accounts.change_role(db, clock, actor=admin, account_id=account_id, role=Role.OBSERVER)
    assert who(db, clock, secret).role is Role.OBSERVER
    assert "account.role_changed" in actions(db)


def test_nobody_closes_or_changes_their_own_account(db, clock, admin):
    a_person(db, role=Role.ADMINISTRATOR)
    with pytest.raises(OwnAccount):
        accounts.deactivate(db, clock, actor=admin, account_id=admin.account_id)
    with pytest.raises(OwnAccount):
        accounts.change_role(db, clock, actor=admin, account_id=admin.account_id, role=Role.MEMBER)


def test_the_last_administrator_stays(db, clock, admin):
    other = a_person(db, role=Role.ADMINISTRATOR)
    with db.writing() as conn:  # the one who acts was closed a moment ago, in another tab
        kept.set_active(conn, admin.account_id, active=False)
    with pytest.raises(LastAdministrator):
        accounts.deactivate(db, clock, actor=admin, account_id=other.account_id)
    with pytest.raises(LastAdministrator):
        accounts.change_role(db, clock, actor=admin, account_id=other.account_id, role=Role.MEMBER)


def test_an_account_is_signed_out_everywhere(db, clock, admin):
    account_id = begun(db, clock, admin)
    secrets = [signed_in(db, clock) for _ in range(2)]
    assert accounts.end_sessions_of(db, clock, actor=admin, account_id=account_id) == 2
    assert [who(db, clock, secret) for secret in secrets] == [None, None]


def test_an_account_that_is_not_there_is_not_found(db, clock, admin):
    with pytest.raises(AccountNotFound):
        accounts.deactivate(db, clock, actor=admin, account_id=999)


def test_preferences_are_kept_and_a_zone_must_exist(db, clock):
    person = a_person(db, email=EMAIL, password=PASSWORD)
    accounts.save_preferences(db, clock, actor=person, language="es", zone="America/Denver")
    found = who(db, clock, signed_in(db, clock))
    assert (found.language, found.zone) == ("es", "America/Denver")
    with pytest.raises(ZoneUnknown):
        accounts.save_preferences(db, clock, actor=person, language="es", zone="Mars/Base")


def test_the_list_shows_who_has_not_begun_yet(db, clock, admin):
    invited(db, clock, admin)
    lines = {
        line.account.email: line for line in accounts.list_accounts(db, actor=admin, now=clock())
    }
    assert not lines[EMAIL].account.has_password
    assert lines[EMAIL].invited_until is not None
    assert lines[admin.email].invited_until is None


def test_an_address_without_a_dot_is_told_as_such(db, clock, admin):
    with pytest.raises(EmailInvalid):
        invited(db, clock, admin, email="rae@localhost")
