"""What deeds left in the outbox, and working it off."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import NoticeKind, Transactional
from coalition.store.schema import outbox


@dataclass(frozen=True, slots=True)
class Left:
    """One thing to tell."""

    id: int
    kind: NoticeKind | Transactional
    subject: str
    by: AccountId | None
    at: datetime

    @property
    def number(self) -> int:
        """Return the number of what it is about: 17 of ``round:17``."""
        return int(self.subject.rpartition(":")[2])


def pending(conn: Connection, *, limit: int) -> tuple[Left, ...]:
    """Return what is not worked off, the oldest first."""
    rows = conn.execute(
        select(outbox).where(outbox.c.handled_at.is_(None)).order_by(outbox.c.id).limit(limit)
    )
    return tuple(Left(r.id, _kind(r.kind), r.subject, r.made_by, r.at) for r in rows)


def handled(conn: Connection, one: Left, *, at: datetime) -> None:
    """Store that this was worked off."""
    conn.execute(update(outbox).where(outbox.c.id == one.id).values(handled_at=at))


def _kind(code: str) -> NoticeKind | Transactional:
    return Transactional(code) if code in set(Transactional) else NoticeKind(code)
