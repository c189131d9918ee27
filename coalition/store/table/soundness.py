"""Whether the database still holds what keeps history whole, and which rows cannot be read."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, Table, inspect, select

from coalition.domain.deliberation.ballots import BallotId
from coalition.store import triggers
from coalition.store.deliberation import ballots
from coalition.store.schema import ballot, metadata

SPOILT = (KeyError, TypeError, ValueError)  # what a row raises that holds what it cannot


def missing_guards(conn: Connection) -> tuple[str, ...]:
    """Return the names of guards of history and of unique indexes that are gone or changed."""
    there = inspect(conn)
    found = [*triggers.missing(conn)]
    for table in metadata.sorted_tables:
        unique = {str(one.name) for one in table.indexes if one.unique}
        if unique:
            found += sorted(unique - {str(one["name"]) for one in there.get_indexes(table.name)})
    return tuple(found)


def dangling(conn: Connection) -> tuple[str, ...]:
    """Return the rows, as ``table:number``, that name a row that is not there.

    PostgreSQL lets none be.
    """
    if conn.dialect.name != "sqlite":
        return ()
    rows = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
    return tuple(dict.fromkeys(f"{row[0]}:{row[1]}" for row in rows))


def unreadable(conn: Connection) -> Iterator[str]:
    """Yield each row, as ``table:key``, with a value that cannot be read. Slow: row by row."""
    for table in metadata.sorted_tables:
        if _fails(partial(_read, conn, select(table))):
            yield from _rows(conn, table)
    for number in conn.scalars(select(ballot.c.id).order_by(ballot.c.id)).all():
        if _fails(partial(ballots.get, conn, BallotId(number))):
            yield f"ballot:{number}"


def _rows(conn: Connection, table: Table) -> Iterator[str]:
    keys = list(table.primary_key.columns)
    for key in conn.execute(select(*keys)).all():
        wanted = [column == value for column, value in zip(keys, key, strict=True)]
        if _fails(partial(_read, conn, select(table).where(*wanted))):
            yield f"{table.name}:{'-'.join(map(str, key))}"


def _read(conn: Connection, query: Select[Any]) -> None:
    conn.execute(query).all()


def _fails(read: Callable[[], object]) -> bool:
    try:
        read()
    except SPOILT:
        return True
    return False
