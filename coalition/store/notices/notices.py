"""Notices to people: one row a person and a happening."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.mails import MailId
from coalition.domain.notices.paces import Pace
from coalition.store.schema import notice


@dataclass(frozen=True, slots=True)
class Notice:
    """One person told of one thing.

    Args:
        occasion: What makes the same notice twice one.
    """

    account_id: AccountId
    kind: NoticeKind
    subject: str
    occasion: str
    pace: Pace
    at: datetime
    id: int = 0

    @property
    def number(self) -> int:
        """Return the number of what it is about: 17 of ``round:17``."""
        return int(self.subject.rpartition(":")[2])


def add(conn: Connection, new: Iterable[Notice]) -> int:
    """Store notices that are not there yet; return how many were new."""
    added = 0
    for one in new:
        same = (
            notice.c.account_id == one.account_id,
            notice.c.kind == one.kind,
            notice.c.occasion == one.occasion,
        )
        if conn.scalar(select(notice.c.id).where(*same)) is None:
            row = {
                "account_id": one.account_id,
                "kind": one.kind,
                "subject": one.subject,
                "occasion": one.occasion,
                "pace": one.pace,
                "at": one.at,
            }
            conn.execute(insert(notice), row)
            added += 1
    return added


def unmailed(conn: Connection, *, since: datetime) -> tuple[Notice, ...]:
    """Return what is to be mailed and is in no mail yet, by person, the oldest first."""
    rows = conn.execute(
        select(notice)
        .where(notice.c.mail_id.is_(None), notice.c.pace != Pace.NEVER, notice.c.at >= since)
        .order_by(notice.c.account_id, notice.c.id)
    )
    return tuple(_notice(row) for row in rows)


def mailed(conn: Connection, ids: Collection[int], mail_id: MailId) -> None:
    """Store which mail tells of these."""
    conn.execute(update(notice).where(notice.c.id.in_(ids)).values(mail_id=mail_id))


def of_mail(conn: Connection, mail_id: MailId) -> tuple[Notice, ...]:
    """Return what a mail tells of, the oldest first."""
    rows = conn.execute(select(notice).where(notice.c.mail_id == mail_id).order_by(notice.c.id))
    return tuple(_notice(row) for row in rows)


def latest(conn: Connection, account_id: AccountId, *, limit: int) -> tuple[Notice, ...]:
    """Return what somebody was told, the newest first."""
    rows = conn.execute(
        select(notice)
        .where(notice.c.account_id == account_id)
        .order_by(notice.c.at.desc(), notice.c.id.desc())
        .limit(limit)
    )
    return tuple(_notice(row) for row in rows)


def _notice(row: Row[Any]) -> Notice:
    kind, pace = NoticeKind(row.kind), Pace(row.pace)
    return Notice(AccountId(row.account_id), kind, row.subject, row.occasion, pace, row.at, row.id)
