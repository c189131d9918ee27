"""Accounts and the one-use links that begin them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from coalition.domain.ground import text
from coalition.domain.ground.permissions import AccountId, Role
from coalition.domain.people.accounts import (
    Account,
    AccountNotFound,
    EmailTaken,
    Invitation,
    InvitationUnknown,
)
from coalition.store.schema import account as accounts
from coalition.store.schema import invitation as invitations
from coalition.store.schema import organisation as organisations
from coalition.store.schema import seat as seats
from coalition.store.schema import session as sessions


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account in the administrator's list.

    Args:
        organisation: Whose seat the person holds now, or "".
        seen_at: When a session of theirs last acted, or None.
        invited_until: End of the link that is still unused, or None.
    """

    account: Account
    organisation: str
    seen_at: datetime | None
    invited_until: datetime | None


def add(
    conn: Connection,
    *,
    name: str,
    email: str,
    role: Role,
    at: datetime,
    password_hash: str | None = None,
    sample: bool = False,
) -> AccountId:
    """Add an account and return its id.

    Raises:
        EmailTaken: another account has this address.
    """
    if find_id(conn, email) is not None:
        raise EmailTaken(field="email")
    values = {
        "name": name,
        "email": email,
        "email_key": text.key(email),
        "role": role,
        "password_hash": password_hash,
        "created_at": at,
        "sample": sample,
    }
    return AccountId(conn.execute(insert(accounts).returning(accounts.c.id), values).scalar_one())


def get(conn: Connection, account_id: AccountId) -> Account:
    """Return the account.

    Raises:
        AccountNotFound: there is none, or it was erased.
    """
    query = select(accounts).where(accounts.c.id == account_id, accounts.c.erased_at.is_(None))
    row = conn.execute(query).first()
    if row is None:
        raise AccountNotFound
    return _account(row)


def find_id(conn: Connection, email: str) -> AccountId | None:
    """Return the id of the account with this address, or None."""
    found = conn.scalar(select(accounts.c.id).where(accounts.c.email_key == text.key(email)))
    return None if found is None else AccountId(found)


def find_credentials(conn: Connection, email: str) -> tuple[AccountId, str] | None:
    """Return id and password hash of an active account that has a password, or None."""
    row = conn.execute(
        select(accounts.c.id, accounts.c.password_hash).where(
            accounts.c.email_key == text.key(email),
            accounts.c.active,
            accounts.c.erased_at.is_(None),
            accounts.c.password_hash.is_not(None),
        )
    ).first()
    return (AccountId(row.id), row.password_hash) if row else None


def find_active(conn: Connection, email: str) -> tuple[AccountId, str] | None:
    """Return id and address of an active account, with a password or without, or None."""
    row = conn.execute(
        select(accounts.c.id, accounts.c.email).where(
            accounts.c.email_key == text.key(email),
            accounts.c.active,
            accounts.c.erased_at.is_(None),
        )
    ).first()
    return (AccountId(row.id), row.email) if row else None


def addresses(conn: Connection) -> tuple[str, ...]:
    """Return the address of every account that was not erased."""
    return tuple(conn.scalars(select(accounts.c.email).where(accounts.c.erased_at.is_(None))))


def organisations_of(conn: Connection, account_id: AccountId, *, now: datetime) -> tuple[str, ...]:
    """Return the names of the organisations whose seat an account holds, or will."""
    query = (
        select(organisations.c.name)
        .join(seats, seats.c.organisation_id == organisations.c.id)
        .where(seats.c.account_id == account_id, seats.c.to_at.is_(None) | (seats.c.to_at > now))
    )
    return tuple(conn.scalars(query))


def set_password(conn: Connection, account_id: AccountId, password_hash: str) -> None:
    """Keep a new password hash."""
    conn.execute(
        update(accounts).where(accounts.c.id == account_id), {"password_hash": password_hash}
    )


def set_active(conn: Connection, account_id: AccountId, *, active: bool) -> None:
    """Open or close the account."""
    conn.execute(update(accounts).where(accounts.c.id == account_id), {"active": active})


def set_role(conn: Connection, account_id: AccountId, role: Role) -> None:
    """Give the account another role."""
    conn.execute(update(accounts).where(accounts.c.id == account_id), {"role": role})


def set_preferences(conn: Connection, account_id: AccountId, *, language: str, zone: str) -> None:
    """Keep the person's language and time zone; "" is the table's own."""
    conn.execute(
        update(accounts).where(accounts.c.id == account_id), {"language": language, "zone": zone}
    )


def count_administrators(conn: Connection) -> int:
    """Return how many active administrators there are."""
    query = select(func.count()).where(
        accounts.c.role == Role.ADMINISTRATOR, accounts.c.active, accounts.c.erased_at.is_(None)
    )
    return conn.scalar(query) or 0


def list_lines(conn: Connection, *, now: datetime) -> tuple[AccountLine, ...]:
    """Return every account that was not erased, by name."""
    seen = (
        select(func.max(sessions.c.seen_at))
        .where(sessions.c.account_id == accounts.c.id)
        .scalar_subquery()
    )
    invited = (
        select(func.max(invitations.c.expires_at))
        .where(
            invitations.c.account_id == accounts.c.id,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now,
        )
        .scalar_subquery()
    )
    held = (seats.c.account_id == accounts.c.id) & seats.c.to_at.is_(None)
    query = (
        select(
            accounts,
            organisations.c.name.label("organisation"),
            seen.label("last_seen"),
            invited.label("invited_until"),
        )
        .outerjoin(seats, held)
        .outerjoin(organisations, organisations.c.id == seats.c.organisation_id)
        .where(accounts.c.erased_at.is_(None))
        .order_by(accounts.c.name, accounts.c.id)
    )
    return tuple(
        AccountLine(_account(row), row.organisation or "", row.last_seen, row.invited_until)
        for row in conn.execute(query)
    )


def add_invitation(
    conn: Connection,
    account_id: AccountId,
    secret_hash: str,
    *,
    made_by: AccountId | None,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Keep the hash of a new link; every older one of this account opens no more."""
    void_invitations(conn, account_id, at=at)
    conn.execute(
        insert(invitations),
        {
            "secret_hash": secret_hash,
            "account_id": account_id,
            "made_by": made_by,
            "made_at": at,
            "expires_at": expires_at,
        },
    )


def void_invitations(conn: Connection, account_id: AccountId, *, at: datetime) -> None:
    """Use up every link of this account."""
    conn.execute(
        update(invitations).where(
            invitations.c.account_id == account_id, invitations.c.used_at.is_(None)
        ),
        {"used_at": at},
    )


def has_invitation(conn: Connection, secret_hash: str) -> bool:
    """Say whether there is a link with this hash, used or not."""
    query = select(invitations.c.account_id).where(invitations.c.secret_hash == secret_hash)
    return conn.scalar(query) is not None


def get_invitation(conn: Connection, secret_hash: str) -> Invitation:
    """Return the link with this hash.

    Raises:
        InvitationUnknown: there is none.
    """
    row = conn.execute(select(invitations).where(invitations.c.secret_hash == secret_hash)).first()
    if row is None:
        raise InvitationUnknown
    return Invitation(AccountId(row.account_id), row.made_at, row.expires_at, row.used_at)


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        id=AccountId(row.id),
        name=row.name,
        email=row.email,
        role=Role(row.role),
        active=row.active,
        has_password=row.password_hash is not None,
        language=row.language,
        zone=row.zone,
        created_at=row.created_at,
    )


def conveners(conn: Connection) -> dict[AccountId, str]:
    """Return the name of every convener who can act, by number, in alphabetical order."""
    rows = conn.execute(
        select(accounts.c.id, accounts.c.name)
        .where(accounts.c.role == Role.CONVENER, accounts.c.active)
        .order_by(accounts.c.name, accounts.c.id)
    )
    return {AccountId(row.id): row.name for row in rows}
