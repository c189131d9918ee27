"""A copy of a SQLite database by SQLite's own backup, and what the copy says of itself."""

from pathlib import Path

from sqlalchemy import Connection

from coalition.store.database import Database

PAGES = 2_000  # copied at once; writers may come between


def copy(db: Database, path: Path) -> None:
    """Copy the whole database into a new file while others go on reading and writing.

    Never by copying files: a live database lies in two.
    """
    into = Database(f"sqlite:///{path}")
    try:
        with db.engine.connect() as source, into.engine.connect() as target:
            driver = source.connection.driver_connection
            if driver is None:
                raise RuntimeError("no connection to copy from")
            driver.backup(target.connection.driver_connection, pages=PAGES)
            target.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        into.dispose()


def faults(conn: Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with a database: its pages and its references."""
    pages = conn.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    found = [f"integrity: {line}" for line in pages if line != "ok"]
    found += [
        f"reference: {row[0]} row {row[1]} names a {row[2]} that is not there"
        for row in conn.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return tuple(found)
