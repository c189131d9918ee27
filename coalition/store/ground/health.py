"""What a database says of itself, for the gates before serving."""

from datetime import datetime

from sqlalchemy import Connection, select

from coalition.store.schema import audit_entry as entries

SAFE_SINCE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))  # the WAL-reset repair, and its backports
_WANTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
}


def unsafe_pragmas(conn: Connection) -> tuple[str, ...]:
    """Return the SQLite settings that are not as ballots on record need them."""
    found = {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _WANTED}
    return tuple(f"{name} = {value}" for name, value in found.items() if value != _WANTED[name])


def last_entry_at(conn: Connection) -> datetime | None:
    """Return when the latest audit entry was made, or None where there is none."""
    return conn.scalar(select(entries.c.at).order_by(entries.c.seq.desc()).limit(1))


def is_safe_sqlite(version: str) -> bool:
    """Say whether this SQLite has the repair without which a checkpoint may lose a commit.

    Source: SQLite 3.51.3 release log; backports 3.50.7 and 3.44.6.
    """
    found = tuple(int(part) for part in version.split("."))
    newest, *backports = SAFE_SINCE
    return found >= newest or any(
        found[:2] == backport[:2] and found >= backport for backport in backports
    )
