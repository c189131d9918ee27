"""Accounts: led by their owner, kept in order by an administrator."""

from datetime import datetime

from coalition.domain.ground import moments, text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Actor, Permission, Role, require
from coalition.domain.people.accounts import (
    Account,
    LastAdministrator,
    OwnAccount,
    PasswordWrong,
)
from coalition.services.people import passwords
from coalition.services.people.patience import BY_ACCOUNT, attempt_keys
from coalition.services.people.tickets import issue_ticket
from coalition.store.database import Connection, Database
from coalition.store.ground import attempts, audit, profile
from coalition.store.people import accounts, calendar_addresses, sessions
from coalition.store.people.accounts import AccountLine


def change_password(
    db: Database, clock: Clock, *, actor: Actor | None, current: str, new: str
) -> str:
    """Change one's own password; return a ticket, because every session ends.

    Wrong tries count and wait as at the door.

    Raises:
        NotPermitted: nobody is signed in.
        TooManyAttempts: wait first.
        PasswordWrong: ``current`` is not the present one.
        Invalid: ``new`` is not fit.

    Audited as: ``account.password_changed``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    check_new_password(db, new, person.account_id, clock())
    require_password(db, clock, person, current)
    kept = passwords.hashed(new)
    with db.writing() as conn:
        now = clock()
        replace_password(conn, accounts.get(conn, person.account_id), kept, now)
        record(conn, person, "account.password_changed", person.account_id, now)
        return issue_ticket(conn, person.account_id, at=now)


def save_preferences(
    db: Database, clock: Clock, *, actor: Actor | None, language: str, zone: str
) -> None:
    """Keep one's language and time zone; "" leaves either to the browser.

    Raises:
        NotPermitted: nobody is signed in.
        ZoneUnknown: there is no such zone.

    Audited as: ``account.preferences_saved``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    spoken = text.line(language, "language", limit=8, required=False)
    if zone:
        moments.zone(zone)
    with db.writing() as conn:
        now = clock()
        accounts.set_preferences(conn, person.account_id, language=spoken, zone=zone)
        record(conn, person, "account.preferences_saved", person.account_id, now)


def change_role(
    db: Database, clock: Clock, *, actor: Actor | None, account_id: AccountId, role: Role
) -> None:
    """Give an account another role; it counts from that person's next click on.

    Raises:
        NotPermitted: the actor does not manage accounts.
        AccountNotFound: there is none.
        OwnAccount: nobody changes their own role.
        LastAdministrator: somebody must remain.

    Audited as: ``account.role_changed``.
    """
    person = _manager_of_another(actor, account_id)
    with db.writing() as conn:
        now = clock()
        before = accounts.get(conn, account_id)
        if before.role is role:
            return
        if role is not Role.ADMINISTRATOR:
            _require_another_administrator(conn, before)
        accounts.set_role(conn, account_id, role)
        detail = {"from": before.role.value, "to": role.value}
        record(conn, person, "account.role_changed", account_id, now, **detail)


def deactivate(db: Database, clock: Clock, *, actor: Actor | None, account_id: AccountId) -> None:
    """Close an account: its sessions, links and calendar end; what it did stays on the record.

    Raises:
        NotPermitted: the actor does not manage accounts.
        AccountNotFound: there is none.
        OwnAccount: nobody closes their own.
        LastAdministrator: somebody must remain.

    Audited as: ``account.deactivated``.
    """
    person = _manager_of_another(actor, account_id)
    with db.writing() as conn:
        now = clock()
        account = accounts.get(conn, account_id)
        _require_another_administrator(conn, account)
        accounts.set_active(conn, account_id, active=False)
        accounts.void_invitations(conn, account_id, at=now)
        sessions.revoke_all(conn, account_id, at=now)
        calendar_addresses.take(conn, account_id)
        record(conn, person, "account.deactivated", account_id, now)


def reactivate(db: Database, clock: Clock, *, actor: Actor | None, account_id: AccountId) -> None:
    """Open a closed account again; its owner signs in as before.

    Raises:
        NotPermitted: the actor does not manage accounts.
        AccountNotFound: there is none.

    Audited as: ``account.reactivated``.
    """
    person = require(actor, Permission.MANAGE_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        accounts.get(conn, account_id)
        accounts.set_active(conn, account_id, active=True)
        record(conn, person, "account.reactivated", account_id, now)


def end_sessions_of(
    db: Database, clock: Clock, *, actor: Actor | None, account_id: AccountId
) -> int:
    """Sign an account out everywhere; return how many sessions ended.

    Raises:
        NotPermitted: the actor does not manage accounts.
        AccountNotFound: there is none.

    Audited as: ``account.signed_out``.
    """
    person = require(actor, Permission.MANAGE_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        accounts.get(conn, account_id)
        ended = sessions.revoke_all(conn, account_id, at=now)
        record(conn, person, "account.signed_out", account_id, now, sessions=ended)
    return ended


def list_accounts(db: Database, *, actor: Actor | None, now: datetime) -> tuple[AccountLine, ...]:
    """Return every account with its seat, by name.

    Raises:
        NotPermitted: the actor may not invite, so has no need of addresses.
    """
    require(actor, Permission.INVITE_ACCOUNT)
    with db.reading() as conn:
        return accounts.list_lines(conn, now=now)


def check_new_password(db: Database, new: str, account_id: AccountId, now: datetime) -> None:
    """Stop unless ``new`` is fit for this account at this table.

    Raises:
        Invalid: as ``passwords.check``.
    """
    with db.reading() as conn:
        account = accounts.get(conn, account_id)
        table = profile.find(conn)
        names = [account.name, *accounts.organisations_of(conn, account_id, now=now)]
    passwords.check(new, account.email, [*names, table.name if table else ""])


def require_password(db: Database, clock: Clock, person: Actor, current: str) -> None:
    """Stop unless ``current`` is the person's present password; wrong tries count and wait.

    Raises:
        TooManyAttempts: wait first.
        PasswordWrong: it is not.
    """
    _, by_account, _ = attempt_keys(person.email, "inside")
    with db.writing() as conn:
        now = clock()
        if made := attempts.find(conn, by_account):
            made.check(now)
        attempts.note(conn, by_account, BY_ACCOUNT, at=now)
        found = accounts.find_credentials(conn, person.email)
    if found is None or not passwords.matches(found[1], passwords.prehash(current)):
        raise PasswordWrong(field="current")
    with db.writing() as conn:
        attempts.clear(conn, by_account)


def _manager_of_another(actor: Actor | None, account_id: AccountId) -> Actor:
    person = require(actor, Permission.MANAGE_ACCOUNT)
    if person.account_id == account_id:
        raise OwnAccount
    return person


def _require_another_administrator(conn: Connection, account: Account) -> None:
    counts = account.role is Role.ADMINISTRATOR and account.active
    if counts and accounts.count_administrators(conn) == 1:
        raise LastAdministrator


def replace_password(conn: Connection, account: Account, password_hash: str, now: datetime) -> None:
    """Keep a new password inside a running deed: tries are forgiven, every session ends."""
    accounts.set_password(conn, account.id, password_hash)
    attempts.clear_under(conn, attempt_keys(account.email, "")[0])
    sessions.revoke_all(conn, account.id, at=now)


def record(
    conn: Connection,
    person: Actor,
    action: str,
    account_id: AccountId,
    now: datetime,
    **detail: object,
) -> None:
    """Append what a person did to an account, inside a running deed."""
    actor = f"account:{person.account_id}"
    audit.append(conn, actor, action, f"account:{account_id}", at=now, detail=detail)


__all__ = [
    "AccountLine",
    "change_password",
    "change_role",
    "check_new_password",
    "deactivate",
    "end_sessions_of",
    "list_accounts",
    "reactivate",
    "record",
    "replace_password",
    "require_password",
    "save_preferences",
]
