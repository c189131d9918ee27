"""The engine, and the only two ways to a connection: reading and writing.

One writer at a time on both databases: SQLite by ``BEGIN IMMEDIATE``, PostgreSQL
by an advisory lock taken first. So the clock a writer reads inside its
transaction orders deeds as they were done, and a late ballot can never pass a
verdict. Readers never wait.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError

from coalition.store.faults import DatabaseUnknown, translated

try:  # the standard library's SQLite is often older than the WAL-reset repair (3.51.3)
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # not built for this platform; ``doctor`` judges what is there
    import sqlite3 as sqlite

__all__ = ["SQLITE_VERSION", "Connection", "Database"]

WRITERS = 7_130_914  # the advisory lock all writers of one PostgreSQL database share
# What a transaction starts with, to read and to write. SQLite's driver starts none by itself
# here, and a listener that did would cost every statement as much as the two look-ups it takes.
SQLITE_BEGINS = ("BEGIN", "BEGIN IMMEDIATE")
POSTGRES_BEGINS = ("", f"SELECT pg_advisory_xact_lock({WRITERS})")
BUSY = 10_000  # milliseconds a writer waits for another
SQLITE_VERSION = sqlite.sqlite_version
BACKENDS = ("sqlite", "postgresql")


class Database:
    """An engine safe to share between threads; connections are never kept.

    Args:
        url: SQLAlchemy URL, ``sqlite:///path`` or ``postgresql+psycopg://…``.
        busy: Milliseconds a writer waits for its turn before ``DatabaseBusy``.

    Raises:
        DatabaseUnknown: the URL is neither.
    """

    def __init__(self, url: str, *, busy: int = BUSY) -> None:
        self.url = _known(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url, busy) if self.is_sqlite else _postgres_engine(url, busy)
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        self._read, self._write = SQLITE_BEGINS if self.is_sqlite else POSTGRES_BEGINS

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one snapshot to read from.

        Raises:
            Unavailable: the database cannot be read now.
        """
        try:
            with self.engine.connect() as connection, connection.begin():
                if self._read:
                    connection.exec_driver_sql(self._read)
                yield connection
        except DBAPIError as fault:
            raise translated(fault) from fault

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction as the only writer; commit on a clean exit, else undo all.

        Raises:
            DatabaseBusy, DatabaseReadOnly, DatabaseFull: nothing was changed.
        """
        try:
            with self._turn, self.engine.connect() as connection, connection.begin():
                connection.exec_driver_sql(self._write)
                yield connection
        except DBAPIError as fault:
            raise translated(fault) from fault

    def scrub(self) -> None:
        """Empty the write-ahead log, where what was erased just now may still lie.

        Does nothing on PostgreSQL, whose vacuum comes by itself, nor while somebody
        reads: then the next writers overwrite it.
        """
        if self.is_sqlite:
            with suppress(DBAPIError), self.engine.connect() as bare:
                bare.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _known(url: str) -> URL:
    try:
        found = make_url(url)
    except ArgumentError as fault:
        raise DatabaseUnknown from fault
    if found.get_backend_name() not in BACKENDS:
        raise DatabaseUnknown
    return found


def _sqlite_engine(url: str, busy: int) -> Engine:
    engine = create_engine(
        url,
        module=sqlite,
        connect_args={"timeout": busy / 1000, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        pragmas = (
            "journal_mode = WAL",
            "synchronous = FULL",  # an acknowledged ballot survives a power cut
            "foreign_keys = ON",
            "recursive_triggers = ON",  # else INSERT OR REPLACE slips past the guards
            "secure_delete = ON",  # what is erased is overwritten, whatever the build's habit
            f"busy_timeout = {busy}",
        )
        try:
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
        except sqlite.DatabaseError as fault:  # SQLAlchemy wraps none that comes from here
            raise translated(DBAPIError(None, None, fault)) from fault
        cursor.close()

    return engine


def _postgres_engine(url: str, busy: int) -> Engine:
    settings: dict[str, Any] = {"options": f"-c lock_timeout={busy} -c timezone=UTC"}
    return create_engine(url, pool_pre_ping=True, connect_args=settings)
