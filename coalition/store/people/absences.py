"""Absences, in and out of their table."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, insert, select, update

from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.domain.people.absences import Absence, AbsenceId
from coalition.store.schema import absence, account, seat


def away(account_id: ColumnElement[int], now: datetime) -> ColumnElement[bool]:
    """Return the condition that the person of an outer query is away."""
    return exists().where(
        absence.c.account_id == account_id, absence.c.from_at <= now, absence.c.until_at > now
    )


def add(
    conn: Connection, account_id: AccountId, from_at: datetime, until_at: datetime, *, at: datetime
) -> AbsenceId:
    """Store an absence and return its number."""
    row = {"account_id": account_id, "from_at": from_at, "until_at": until_at, "at": at}
    added = conn.execute(insert(absence).returning(absence.c.id), row)
    return AbsenceId(added.scalar_one())


def unended(conn: Connection, account_id: AccountId, now: datetime) -> tuple[Absence, ...]:
    """Return a person's absences that are not over, the earliest first."""
    return _list(conn, absence.c.account_id == account_id, now)


def of_organisation(
    conn: Connection, organisation_id: OrganisationId, now: datetime
) -> tuple[Absence, ...]:
    """Return who of an organisation's seat is or will be away, the earliest first."""
    theirs = select(seat.c.account_id).where(
        seat.c.organisation_id == organisation_id,
        seat.c.from_at <= now,
        seat.c.to_at.is_(None) | (seat.c.to_at > now),
    )
    return _list(conn, absence.c.account_id.in_(theirs), now)


def end(conn: Connection, this: Absence, *, at: datetime) -> None:
    """End an absence early; one that has not begun never does."""
    until = max(at, this.from_at)
    conn.execute(update(absence).where(absence.c.id == this.id).values(until_at=until))


def _list(conn: Connection, whose: ColumnElement[bool], now: datetime) -> tuple[Absence, ...]:
    rows = conn.execute(
        select(absence, account.c.name)
        .join(account, account.c.id == absence.c.account_id)
        .where(whose, absence.c.until_at > now, absence.c.until_at > absence.c.from_at)
        .order_by(absence.c.from_at, absence.c.id)
    )
    return tuple(
        Absence(AbsenceId(r.id), AccountId(r.account_id), r.name, r.from_at, r.until_at)
        for r in rows
    )
