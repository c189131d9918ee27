"""Second factors with their sealed secrets, and recovery codes as hashes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.store.schema import recovery_code as codes
from coalition.store.schema import second_factor as factors


@dataclass(frozen=True, slots=True)
class Kept:
    """A second factor as the database has it.

    Args:
        last_step: The latest time step of which a code was used; 0 before the first.
        confirmed_at: None while it waits for its first code, and does not count.
    """

    sealed: str
    last_step: int
    confirmed_at: datetime | None


def find(conn: Connection, account_id: AccountId) -> Kept | None:
    """Return the account's second factor, confirmed or not, or None."""
    row = conn.execute(select(factors).where(factors.c.account_id == account_id)).first()
    return Kept(row.sealed, row.last_step, row.confirmed_at) if row else None


def is_on(conn: Connection, account_id: AccountId) -> bool:
    """Say whether the account has a second factor that counts."""
    found = find(conn, account_id)
    return found is not None and found.confirmed_at is not None


def put(conn: Connection, account_id: AccountId, sealed: str, *, at: datetime) -> None:
    """Keep a sealed secret that waits for its first code, in place of whatever was there."""
    drop(conn, account_id)
    conn.execute(insert(factors), {"account_id": account_id, "sealed": sealed, "made_at": at})


def confirm(conn: Connection, account_id: AccountId, *, at: datetime) -> None:
    """Let the second factor count from now on."""
    conn.execute(update(factors).where(factors.c.account_id == account_id), {"confirmed_at": at})


def use_step(conn: Connection, account_id: AccountId, step: int) -> bool:
    """Use a time step up; return False where it, or a later one, was used already."""
    unused = (factors.c.account_id == account_id) & (factors.c.last_step < step)
    return conn.execute(update(factors).where(unused), {"last_step": step}).rowcount == 1


def drop(conn: Connection, account_id: AccountId) -> None:
    """Take the second factor and its recovery codes away."""
    for table in (codes, factors):
        conn.execute(delete(table).where(table.c.account_id == account_id))


def replace_codes(conn: Connection, account_id: AccountId, hashes: Iterable[str]) -> None:
    """Keep the hashes of new recovery codes; the old ones open nothing any more."""
    conn.execute(delete(codes).where(codes.c.account_id == account_id))
    rows = [{"secret_hash": one, "account_id": account_id} for one in hashes]
    conn.execute(insert(codes), rows)


def use_code(conn: Connection, account_id: AccountId, secret_hash: str, *, at: datetime) -> bool:
    """Use a recovery code up; return False where it is none of theirs, or was used."""
    unused = (
        (codes.c.account_id == account_id)
        & (codes.c.secret_hash == secret_hash)
        & codes.c.used_at.is_(None)
    )
    return conn.execute(update(codes).where(unused), {"used_at": at}).rowcount == 1


def count_codes(conn: Connection, account_id: AccountId) -> int:
    """Return how many recovery codes are left."""
    query = select(func.count()).where(codes.c.account_id == account_id, codes.c.used_at.is_(None))
    return conn.scalar(query) or 0
