"""Tries counted by hashed key; forgotten when they are old."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from coalition.domain.ground.attempts import Attempts, Patience
from coalition.store.schema import attempt as attempts


def find(conn: Connection, key: str) -> Attempts | None:
    """Return the tries under ``key``, or None where there are none."""
    tries = attempts.c.count.label("tries")  # a row's own ``count`` is a method
    row = conn.execute(select(attempts, tries).where(attempts.c.key == key)).first()
    return Attempts(row.tries, row.first_at, row.last_at, row.locked_until) if row else None


def note(conn: Connection, key: str, patience: Patience, *, at: datetime) -> Attempts:
    """Count one more try under ``key`` and return what it led to."""
    before = find(conn, key)
    if before is not None and at - before.last_at >= patience.forget:
        clear(conn, key)
        before = None
    count = before.count + 1 if before else 1
    wait = patience.wait(count)
    made = Attempts(count, before.first_at if before else at, at, at + wait if wait else None)
    values = {"count": count, "last_at": at, "locked_until": made.locked_until}
    if before:
        conn.execute(update(attempts).where(attempts.c.key == key), values)
    else:
        conn.execute(insert(attempts), {"key": key, "first_at": at, **values})
    return made


def undo(conn: Connection, key: str) -> None:
    """Take one try under ``key`` back: it turned out to be honest."""
    conn.execute(
        update(attempts)
        .where(attempts.c.key == key, attempts.c.count > 0)
        .values(count=attempts.c.count - 1, locked_until=None)
    )


def clear(conn: Connection, key: str) -> None:
    """Forget every try under ``key``."""
    conn.execute(delete(attempts).where(attempts.c.key == key))


def clear_under(conn: Connection, key: str) -> None:
    """Forget every try under ``key`` and under the narrower keys that begin with it."""
    narrower = attempts.c.key.startswith(f"{key}:", autoescape=True)
    conn.execute(delete(attempts).where((attempts.c.key == key) | narrower))


def drop_before(conn: Connection, at: datetime) -> int:
    """Forget keys without a try since ``at``; return how many."""
    return conn.execute(delete(attempts).where(attempts.c.last_at < at)).rowcount
