"""Invitations: one-use links by which accounts begin, and forgotten passwords end.

A password is known to its owner alone: whoever invites hands on a link, and the
invited person chooses.
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Actor, Permission, Role, require
from coalition.domain.ground.telling import Transactional
from coalition.domain.people import accounts as rules
from coalition.domain.people import lookalikes
from coalition.domain.people.accounts import (
    Account,
    AccountInactive,
    AdministratorThere,
    EmailLooksAlike,
)
from coalition.domain.people.sign_ins import Way
from coalition.services.people import passwords
from coalition.services.people.accounts import check_new_password, record, replace_password
from coalition.services.people.tickets import Challenge, admit, fingerprint
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, outbox, tokens
from coalition.store.people import accounts


@dataclass(frozen=True, slots=True)
class Invited:
    """An account and the secret of its link, which is told this once.

    Args:
        secret: "" where the link goes by mail, and only its owner reads it.
    """

    account_id: AccountId
    secret: str
    expires_at: datetime


def invite(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    name: str,
    email: str,
    role: Role,
    token: str,
    by_mail: bool = False,
) -> Invited:
    """Make an account without a password, and the link its owner begins it with.

    A seat is given apart (``seats.appoint``). The same form sent twice makes one
    account, and the second link voids the first.

    Args:
        by_mail: Send the link to the address, so that nobody else reads it.

    Raises:
        NotPermitted: the actor may not invite, or not to this role.
        Invalid: name or address.
        EmailTaken: somebody has this address.
        EmailLooksAlike: somebody has one that looks the same.

    Audited as: ``account.invited``.
    """
    person = require(actor, Permission.INVITE_ACCOUNT)
    rules.require_invitable(person.role, role)
    called, address = text.line(name, "name"), rules.address(email)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "account.invite"):
            return make_link(conn, AccountId(int(done)), person.account_id, now, by_mail=by_mail)
        _require_unlike(conn, address)
        account_id = accounts.add(conn, name=called, email=address, role=role, at=now)
        record(conn, person, "account.invited", account_id, now, role=role.value)
        tokens.keep(conn, token, "account.invite", str(account_id), at=now)
        return make_link(conn, account_id, person.account_id, now, by_mail=by_mail)


def invite_first_administrator(db: Database, clock: Clock, *, name: str, email: str) -> Invited:
    """Make the table's first administrator, for ``python -m coalition init``.

    Raises:
        AdministratorThere: there is an active administrator already.
        Invalid: name or address.

    Audited as: ``account.invited`` by ``operator``.
    """
    called, address = text.line(name, "name"), rules.address(email)
    with db.writing() as conn:
        now = clock()
        if accounts.count_administrators(conn):
            raise AdministratorThere
        role = Role.ADMINISTRATOR
        account_id = accounts.add(conn, name=called, email=address, role=role, at=now)
        detail = {"role": role.value}
        subject = f"account:{account_id}"
        audit.append(conn, "operator", "account.invited", subject, at=now, detail=detail)
        return make_link(conn, account_id, None, now)


def renew_link(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    account_id: AccountId,
    by_mail: bool = False,
) -> Invited:
    """Make a new link for an account; every older one opens no more.

    For an account that has a password this is how a forgotten one is replaced, and
    only an administrator may: else a convener could let themselves in as a delegate.

    Raises:
        NotPermitted: the actor may not, or not for this account.
        AccountNotFound, AccountInactive: there is nobody to hand it to.

    Audited as: ``account.link_renewed``.
    """
    person = require(actor, Permission.INVITE_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        account = accounts.get(conn, account_id)
        if account.has_password:
            require(person, Permission.MANAGE_ACCOUNT)
        rules.require_invitable(person.role, account.role)
        if not account.active:
            raise AccountInactive
        record(conn, person, "account.link_renewed", account_id, now)
        return make_link(conn, account_id, person.account_id, now, by_mail=by_mail)


def link_by_mail(
    conn: Connection, account_id: AccountId, secret: str, *, at: datetime, until: datetime
) -> None:
    """Let ``secret`` open an account, inside the job that mails it; twice is once."""
    if not accounts.has_invitation(conn, fingerprint(secret)):
        accounts.add_invitation(
            conn, account_id, fingerprint(secret), made_by=None, at=at, expires_at=until
        )


def invited(db: Database, *, secret: str, now: datetime) -> Account:
    """Return whose account a link opens, for the greeting on its page.

    Raises:
        InvitationUnknown, InvitationUsed, InvitationExpired: it opens nothing.
        AccountInactive: the account was closed meanwhile.
    """
    with db.reading() as conn:
        return _open(conn, secret, now)


def accept_invitation(db: Database, clock: Clock, *, secret: str, password: str) -> str | Challenge:
    """Use a link up with the password its owner chose; return a ticket to come in.

    Where the account has a second factor, its code is asked for first: a link alone opens
    no more than a password alone.

    Every session of the account ends: the link may replace a password that others know.

    Raises:
        InvitationUnknown, InvitationUsed, InvitationExpired, AccountInactive: as ``invited``.
        Invalid: the password is not fit.

    Audited as: ``account.begun`` the first time, then ``account.password_replaced``.
    """
    asked = clock()
    account = invited(db, secret=secret, now=asked)
    check_new_password(db, password, account.id, asked)
    kept = passwords.hashed(password)  # slow by intention, so outside the transaction
    with db.writing() as conn:
        now = clock()
        account = _open(conn, secret, now)
        accounts.void_invitations(conn, account.id, at=now)
        replace_password(conn, account, kept, now)
        action = "account.password_replaced" if account.has_password else "account.begun"
        audit.append(conn, f"account:{account.id}", action, f"account:{account.id}", at=now)
        return admit(conn, account.id, way=Way.LINK, at=now)


def _require_unlike(conn: Connection, address: str) -> None:
    """Stop where an address only looks like one that is here: it is somebody else's mailbox."""
    twin = lookalikes.skeleton(address)
    for kept in accounts.addresses(conn):
        if lookalikes.skeleton(kept) == twin and text.key(kept) != text.key(address):
            raise EmailLooksAlike(field="email", email=kept)


def _open(conn: Connection, secret: str, now: datetime) -> Account:
    link = accounts.get_invitation(conn, fingerprint(secret))
    link.check(now)
    account = accounts.get(conn, link.account_id)
    if not account.active:
        raise AccountInactive
    return account


def make_link(
    conn: Connection,
    account_id: AccountId,
    by: AccountId | None,
    now: datetime,
    *,
    by_mail: bool = False,
) -> Invited:
    """Make the one-use link of an account inside the transaction of a deed; audit it there.

    Args:
        by_mail: The job makes and mails it, and only its owner reads it.
    """
    until = now + rules.INVITATION
    if by_mail:
        outbox.put(conn, Transactional.INVITATION, f"account:{account_id}", by=by, at=now)
        return Invited(account_id, "", until)
    secret = token_urlsafe(32)
    accounts.add_invitation(
        conn, account_id, fingerprint(secret), made_by=by, at=now, expires_at=until
    )
    return Invited(account_id, secret, until)
