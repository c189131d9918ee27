"""Minority statements and dissociations, in and out of the tables."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.dissents import Dissent, DissentId, DissentKind
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import dissent, organisation

# Built once: building a statement costs more than running it.
_STANDING = (
    select(dissent, organisation.c.name)
    .join(organisation, organisation.c.id == dissent.c.organisation_id)
    .where(
        dissent.c.round_id.in_(bindparam("ids", expanding=True)), dissent.c.withdrawn_at.is_(None)
    )
    .order_by(organisation.c.name_key, dissent.c.id)
)


def add(conn: Connection, new: Dissent, *, made_by: AccountId) -> DissentId:
    """Store a dissent, whatever its id says, and return the id; a second that stands is refused."""
    row = {
        "round_id": new.round_id,
        "organisation_id": new.organisation_id,
        "kind": new.kind,
        "statement": new.words,
        "made_by": made_by,
        "at": new.at,
    }
    return DissentId(conn.execute(insert(dissent).returning(dissent.c.id), row).scalar_one())


def withdraw(conn: Connection, dissent_id: DissentId, *, at: datetime) -> None:
    """Store that a dissent no longer stands."""
    conn.execute(update(dissent).where(dissent.c.id == dissent_id).values(withdrawn_at=at))


def standing_id(
    conn: Connection, round_id: RoundId, organisation_id: OrganisationId, kind: DissentKind
) -> DissentId | None:
    """Return the organisation's dissent of one kind that stands beside a round, or None."""
    found = conn.scalar(
        select(dissent.c.id).where(
            dissent.c.round_id == round_id,
            dissent.c.organisation_id == organisation_id,
            dissent.c.kind == kind,
            dissent.c.withdrawn_at.is_(None),
        )
    )
    return None if found is None else DissentId(found)


def standing(conn: Connection, ids: Collection[RoundId]) -> dict[RoundId, tuple[Dissent, ...]]:
    """Return what stands beside several rounds, by name of organisation, in one query."""
    found: dict[RoundId, tuple[Dissent, ...]] = {}
    for row in conn.execute(_STANDING, {"ids": list(ids)}):
        one = Dissent(
            DissentId(row.id),
            RoundId(row.round_id),
            OrganisationId(row.organisation_id),
            row.name,
            DissentKind(row.kind),
            row.statement,
            row.at,
        )
        found[one.round_id] = (*found.get(one.round_id, ()), one)
    return found


def erase_withdrawn_of(conn: Connection, account_id: AccountId) -> int:
    """Erase the words of what a person wrote and nothing shows any more; return how many.

    What stands is the organisation's own word on the public record, and stays.
    """
    done = conn.execute(
        update(dissent)
        .where(
            dissent.c.made_by == account_id,
            dissent.c.withdrawn_at.is_not(None),
            dissent.c.statement != "",
        )
        .values(statement="")
    )
    return done.rowcount
