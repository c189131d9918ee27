"""Making a coalition's own table, and letting its administrator in."""

from datetime import datetime
from secrets import token_urlsafe

from coalition.domain.ground import moments, text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Role
from coalition.domain.ground.profile import TableKind, TableProfile
from coalition.domain.people.accounts import (
    INVITATION,
    AccountInactive,
    AccountNotFound,
    address,
)
from coalition.services.people.tickets import fingerprint
from coalition.services.table.demonstration import TableExists
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, profile
from coalition.store.people import accounts


def found(
    db: Database, clock: Clock, *, name: str, zone: str, administrator: str, email: str
) -> str:
    """Make the table and its first administrator; return the secret of their one-use link.

    All in one transaction: there is never a table that nobody can administer.
    Audited as ``table.founded`` and ``account.invited`` by ``operator``.

    Args:
        zone: IANA name; deadlines are set in it.
        administrator: The person's name.

    Raises:
        TableExists: there is a table already; nothing was changed.
        ZoneUnknown, EmailInvalid, TextMissing, TextTooLong, TextUnreadable.
    """
    called, person = text.line(name, "name"), text.line(administrator, "administrator")
    mail = address(email)
    moments.zone(zone)
    secret = token_urlsafe(32)
    with db.writing() as conn:
        now = clock()
        if profile.find(conn) is not None:
            raise TableExists
        profile.put(conn, TableProfile(called, zone, TableKind.OWN), at=now)
        detail = {"kind": TableKind.OWN.value}
        audit.append(conn, "operator", "table.founded", "table:1", at=now, detail=detail)
        number = accounts.add(conn, name=person, email=mail, role=Role.ADMINISTRATOR, at=now)
        _open_link(conn, number, secret, now)
        role = {"role": Role.ADMINISTRATOR.value}
        audit.append(conn, "operator", "account.invited", f"account:{number}", at=now, detail=role)
    return secret


def renew_link(db: Database, clock: Clock, *, email: str) -> str:
    """Make a new one-use link for an administrator who lost theirs, or their password.

    For whoever holds the server: with nobody able to administer, no screen can help.
    Audited as ``account.link_renewed`` by ``operator``.

    Raises:
        AccountNotFound: no administrator has this address.
        AccountInactive: the account was closed.
    """
    secret = token_urlsafe(32)
    with db.writing() as conn:
        now = clock()
        number = accounts.find_id(conn, email)
        if number is None or (this := accounts.get(conn, number)).role is not Role.ADMINISTRATOR:
            raise AccountNotFound
        if not this.active:
            raise AccountInactive
        _open_link(conn, number, secret, now)
        audit.append(conn, "operator", "account.link_renewed", f"account:{number}", at=now)
    return secret


def _open_link(conn: Connection, number: AccountId, secret: str, now: datetime) -> None:
    until, hidden = now + INVITATION, fingerprint(secret)
    accounts.add_invitation(conn, number, hidden, made_by=None, at=now, expires_at=until)
