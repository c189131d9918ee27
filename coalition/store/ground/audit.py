"""The audit trail: append and read, never change."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from coalition.domain.ground.audit import FIRST, AuditEntry, chained
from coalition.store.schema import audit_entry as entries

# Built once: building a statement costs more than running it.
_APPEND = insert(entries)
_FIRST = select(entries.c.digest).where(entries.c.seq == 1)
_HEAD = select(entries.c.seq, entries.c.digest).order_by(entries.c.seq.desc()).limit(1)
# For a question that asks more in one go.
_LAST = select(func.max(entries.c.seq)).scalar_subquery()
HEAD = (_LAST, select(entries.c.digest).where(entries.c.seq == _LAST).scalar_subquery())
Head = tuple[int, str]  # number and digest of the last entry


def append(
    conn: Connection,
    actor: str,
    action: str,
    subject: str,
    *,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    after: Head | None = None,
) -> AuditEntry:
    """Add one entry to the end of the chain and return it.

    Only inside ``Database.writing``, where one writer acts at a time: the last
    entry read here is the last there is.

    Args:
        after: That entry, where this transaction has read it; another is refused, as no two
            entries have one number.
    """
    seq, previous = after or head(conn)
    entry = AuditEntry(actor, action, subject, at, dict(detail or {}), seq + 1, previous)
    digest = chained(entry, previous, seq + 1)
    conn.execute(
        _APPEND,
        {
            "seq": entry.seq,
            "actor": actor,
            "action": action,
            "subject": subject,
            "at": at,
            "detail": entry.detail,
            "previous": previous,
            "digest": digest,
        },
    )
    return AuditEntry(actor, action, subject, at, entry.detail, seq + 1, previous, digest)


def head(conn: Connection) -> Head:
    """Return number and digest of the last entry; 0 and zeros where there is none."""
    row = conn.execute(_HEAD).first()
    return (row.seq, row.digest) if row else (0, FIRST)


def birthmark(conn: Connection) -> str:
    """Return the digest of the first entry, which no other table has; "" before there is one.

    It stays the table's wherever the table moves.
    """
    return conn.scalar(_FIRST) or ""


def walk(conn: Connection) -> Iterator[AuditEntry]:
    """Yield every entry, oldest first, without holding them all."""
    query = select(entries).order_by(entries.c.seq)
    for row in conn.execute(query, execution_options={"yield_per": 2_000}):
        yield AuditEntry(
            row.actor,
            row.action,
            row.subject,
            row.at,
            row.detail,
            row.seq,
            row.previous,
            row.digest,
        )


def trail(
    conn: Connection,
    *,
    subject: str = "",
    action: str = "",
    before: int = 0,
    limit: int = 50,
) -> tuple[AuditEntry, ...]:
    """Return the latest entries, newest first, before number ``before`` (0: the end)."""
    query = select(entries).order_by(entries.c.seq.desc()).limit(limit)
    if subject:
        query = query.where(entries.c.subject == subject)
    if action:
        query = query.where(entries.c.action == action)
    if before:
        query = query.where(entries.c.seq < before)
    return tuple(
        AuditEntry(r.actor, r.action, r.subject, r.at, r.detail, r.seq, r.previous, r.digest)
        for r in conn.execute(query)
    )
