"""Declared interests, in and out of their table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.interests import (
    Declaration,
    Interest,
    InterestId,
    InterestNotFound,
)
from coalition.store.schema import interest

_OF = (
    select(interest)
    .where(interest.c.organisation_id.in_(bindparam("ids", expanding=True)))
    .order_by(interest.c.from_on.desc(), interest.c.id.desc())
)


def add(
    conn: Connection,
    declared: Declaration,
    organisation: OrganisationId,
    *,
    by: AccountId,
    at: datetime,
) -> InterestId:
    """Store an interest and return its id."""
    added = conn.execute(
        insert(interest).returning(interest.c.id),
        {
            "organisation_id": organisation,
            "topic": declared.topic,
            "pillars": [str(pillar) for pillar in declared.pillars],
            "statement": declared.statement,
            "from_on": declared.from_on,
            "to_on": declared.to_on,
            "declared_by": by,
            "at": at,
        },
    )
    return InterestId(added.scalar_one())


def get(conn: Connection, interest_id: InterestId) -> Interest:
    """Return one interest.

    Raises:
        InterestNotFound: there is none.
    """
    row = conn.execute(select(interest).where(interest.c.id == interest_id)).first()
    if row is None:
        raise InterestNotFound
    return _interest(row)


def end(conn: Connection, interest_id: InterestId, on: date) -> None:
    """Store its last day."""
    conn.execute(update(interest).where(interest.c.id == interest_id).values(to_on=on))


def of_organisations(conn: Connection, *ids: OrganisationId) -> tuple[Interest, ...]:
    """Return what some organisations have declared, ended ones too, the latest first."""
    return tuple(_interest(row) for row in conn.execute(_OF, {"ids": ids}))


def erase_words_of(conn: Connection, account_id: AccountId) -> int:
    """Erase what a person wrote in declarations; return in how many. Pillars and days stay."""
    done = conn.execute(
        update(interest)
        .where(interest.c.declared_by == account_id, interest.c.topic != "")
        .values(topic="", statement="")
    )
    return done.rowcount


def _interest(row: Row[Any]) -> Interest:
    pillars = tuple(Pillar(pillar) for pillar in row.pillars)
    declared = Declaration(row.topic, pillars, row.statement, row.from_on, row.to_on)
    return Interest(InterestId(row.id), OrganisationId(row.organisation_id), declared)
