"""The secret addresses of people's calendars; only their hashes are kept."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from coalition.domain.ground.permissions import AccountId
from coalition.store.schema import calendar_key


def owner(conn: Connection, secret_hash: str) -> AccountId | None:
    """Return whose calendar lies at this address, or None."""
    query = select(calendar_key.c.account_id).where(calendar_key.c.secret_hash == secret_hash)
    found: int | None = conn.scalar(query)
    return None if found is None else AccountId(found)


def made_at(conn: Connection, account_id: AccountId) -> datetime | None:
    """Return when a person's address was made, or None where they have none."""
    query = select(calendar_key.c.made_at).where(calendar_key.c.account_id == account_id)
    found: datetime | None = conn.scalar(query)
    return found


def give(conn: Connection, account_id: AccountId, secret_hash: str, *, at: datetime) -> None:
    """Give a person an address in place of the one they had."""
    take(conn, account_id)
    row = {"account_id": account_id, "secret_hash": secret_hash, "made_at": at}
    conn.execute(insert(calendar_key), row)


def take(conn: Connection, account_id: AccountId) -> int:
    """Take a person's address away; return how many they had."""
    gone = delete(calendar_key).where(calendar_key.c.account_id == account_id)
    return conn.execute(gone).rowcount
