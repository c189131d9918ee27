"""What the conveners' desk looks for and no other screen does."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from coalition.domain.people.inquiries import InquiryState
from coalition.store.schema import inquiry


def count_late(conn: Connection, now: datetime) -> int:
    """Return how many inquiries wait for an answer past the hour it was promised by."""
    query = select(func.count()).where(
        inquiry.c.answered_at.is_(None),
        inquiry.c.state != InquiryState.CLOSED,
        inquiry.c.due_at <= now,
    )
    return conn.scalar(query) or 0
