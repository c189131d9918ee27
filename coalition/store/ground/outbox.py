"""The outbox: that something is to be told, written in the transaction of what it tells."""

from datetime import datetime

from sqlalchemy import Connection, insert

from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import NoticeKind, Transactional
from coalition.store.schema import outbox

# Built once: building a statement costs more than running it.
_PUT = insert(outbox)


def put(
    conn: Connection,
    kind: NoticeKind | Transactional,
    subject: str,
    *,
    by: AccountId | None,
    at: datetime,
) -> None:
    """Leave word of a deed; whom it concerns is worked out by the job, within a minute.

    Args:
        subject: What it is about, as the audit trail names it: ``round:17``.
        by: Who did it, and needs no word of it.
    """
    row = {"kind": kind, "subject": subject, "made_by": by, "at": at}
    conn.execute(_PUT, row)
