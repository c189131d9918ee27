"""The lock on the due work: one process does it at a time, and a dead one lets go by itself."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from coalition.store.schema import job


def take(conn: Connection, name: str, holder: str, *, at: datetime, lease: timedelta) -> bool:
    """Take the lock for ``lease`` unless somebody else has it; return whether it is ours."""
    row = conn.execute(select(job).where(job.c.name == name)).first()
    if row is None:
        conn.execute(insert(job), {"name": name, "holder": holder, "held_until": at + lease})
        return True
    if row.held_until is not None and at < row.held_until <= at + lease:
        return False  # further off than any lease: the clock was set back, and it is nobody's
    taken = {"holder": holder, "held_until": at + lease}
    conn.execute(update(job).where(job.c.name == name).values(taken))
    return True


def let_go(conn: Connection, name: str, holder: str, *, at: datetime) -> None:
    """Let go of the lock, if it is still ours, and store when the work was done."""
    done = {"holder": "", "held_until": None, "done_at": at}
    conn.execute(update(job).where(job.c.name == name, job.c.holder == holder).values(done))


def last_done(conn: Connection, name: str) -> datetime | None:
    """Return when the work was last done, or None."""
    found: datetime | None = conn.scalar(select(job.c.done_at).where(job.c.name == name))
    return found
