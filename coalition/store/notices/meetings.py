"""Meetings, in and out of their table."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.notices.meetings import (
    Meeting,
    MeetingId,
    MeetingNotFound,
    Plan,
    Withdrawal,
)
from coalition.store.schema import meeting as meetings


def add(conn: Connection, plan: Plan, *, called_by: AccountId, at: datetime) -> MeetingId:
    """Store a meeting as called and return its number."""
    row = _said(plan) | {"sequence": 0, "called_by": called_by, "called_at": at, "changed_at": at}
    return MeetingId(conn.execute(insert(meetings).returning(meetings.c.id), row).scalar_one())


def get(conn: Connection, meeting_id: MeetingId) -> Meeting:
    """Return one meeting.

    Raises:
        MeetingNotFound: there is none.
    """
    row = conn.execute(select(meetings).where(meetings.c.id == meeting_id)).first()
    if row is None:
        raise MeetingNotFound
    return _meeting(row)


def save(conn: Connection, this: Meeting) -> None:
    """Store what has become of a meeting."""
    gone = this.withdrawn
    values = _said(this.plan) | {
        "sequence": this.sequence,
        "changed_at": this.changed_at,
        "cancelled": this.cancelled,
        "reason": this.reason,
        "withdrawn_from": gone.begins_at if gone else None,
        "withdrawn_sequence": gone.sequence if gone else None,
        "withdrawn_at": gone.at if gone else None,
    }
    conn.execute(update(meetings).where(meetings.c.id == this.id).values(values))


def since(conn: Connection, at: datetime, *, public: bool) -> tuple[Meeting, ...]:
    """Return the meetings that begin from an instant on, the earliest first.

    Args:
        public: Only those that everybody may read.
    """
    query = select(meetings).where(meetings.c.begins_at >= at)
    if public:
        query = query.where(meetings.c.public)
    rows = conn.execute(query.order_by(meetings.c.begins_at, meetings.c.id))
    return tuple(_meeting(row) for row in rows)


def withdrawn(conn: Connection, at: datetime) -> dict[MeetingId, Withdrawal]:
    """Return what is told of meetings that are public no more, by the beginning last told."""
    query = select(meetings).where(meetings.c.withdrawn_from >= at)
    rows = conn.execute(query.order_by(meetings.c.withdrawn_from, meetings.c.id))
    found = [_meeting(row) for row in rows]
    return {one.id: one.withdrawn for one in found if one.withdrawn}


def _said(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "begins_at": plan.begins_at,
        "minutes": plan.minutes,
        "place": plan.place,
        "link": plan.link,
        "about": plan.about,
        "public": plan.public,
    }


def _meeting(row: Row[Any]) -> Meeting:
    gone = None
    if row.withdrawn_at is not None:
        gone = Withdrawal(row.withdrawn_from, row.withdrawn_sequence, row.withdrawn_at)
    return Meeting(
        MeetingId(row.id),
        Plan(row.title, row.begins_at, row.minutes, row.place, row.link, row.about, row.public),
        row.sequence,
        row.changed_at,
        row.cancelled,
        row.reason,
        gone,
    )
