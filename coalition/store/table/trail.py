"""The names behind the numbers of the audit trail."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from coalition.store.schema import account


def names(conn: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of accounts by number; "" once erased."""
    query = select(account.c.id, account.c.name).where(account.c.id.in_(ids))
    return {row.id: row.name for row in conn.execute(query)}
