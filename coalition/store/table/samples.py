"""What belongs to the demonstration, and what people have added beside it."""

from sqlalchemy import Connection, func, or_, select, text, update

from coalition.domain.table.actions import HOUSEKEEPING
from coalition.store.database import Database
from coalition.store.schema import (
    account,
    audit_entry,
    inquiry,
    lesson,
    meeting,
    metadata,
    organisation,
    proposal,
)

LOADED = "table.demonstration_loaded"  # the audit entry that ends the loading
_FLAGGED = (organisation, account, proposal, inquiry, meeting, lesson)


def mark_all(conn: Connection) -> None:
    """Mark everything there is as part of the demonstration."""
    for table in _FLAGGED:
        conn.execute(update(table).values(sample=True))


def own_rows(conn: Connection) -> dict[str, int]:
    """Return how many rows of each kind people have added of their own; only kinds with any."""
    found = {
        table.name: conn.scalar(select(func.count()).select_from(table).where(~table.c.sample))
        for table in _FLAGGED
    }
    return {name: n for name, n in found.items() if n}


def own_deeds(conn: Connection) -> int:
    """Count what people have done to the demonstration since its loading came to its end.

    Most of what they add bears no mark of its own (a ballot, a comment, an absence); all of it
    leaves an entry in the trail.
    """
    by, action = audit_entry.c.actor, audit_entry.c.action
    end = select(func.min(audit_entry.c.seq)).where(action == LOADED).scalar_subquery()
    query = select(func.count()).where(
        audit_entry.c.seq > end,
        or_(by.startswith("account:"), by == "public"),
        action.not_in(HOUSEKEEPING),
    )
    return conn.scalar(query) or 0


def is_loaded(conn: Connection) -> bool:
    """Say whether the loading of the demonstration came to its end."""
    query = select(audit_entry.c.seq).where(audit_entry.c.action == LOADED).limit(1)
    return conn.scalar(query) is not None


def drop_all(db: Database) -> None:
    """Drop every table of ours, the guards with them; for PostgreSQL, where no file can go."""
    with db.writing() as conn:
        metadata.drop_all(conn)
        conn.execute(text("DROP TABLE IF EXISTS alembic_version"))
        conn.execute(text("DROP FUNCTION IF EXISTS history_is_kept()"))
