"""What happened to the rolls of rounds since they were opened, in and out of the tables."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from coalition.domain.deliberation.rolls import Change, RollChange
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import consensus_round, organisation, roll_change, round_roll


def record(
    conn: Connection,
    round_id: RoundId,
    organisation_id: OrganisationId,
    change: Change,
    *,
    reason: str,
    made_by: AccountId,
    at: datetime,
) -> None:
    """Change the roll in force, its size with it, and keep what was done and why."""
    row = {"round_id": round_id, "organisation_id": organisation_id}
    if change is Change.ADDED:
        conn.execute(insert(round_roll), row)
    else:
        conn.execute(
            delete(round_roll).where(
                round_roll.c.round_id == round_id,
                round_roll.c.organisation_id == organisation_id,
            )
        )
    conn.execute(
        insert(roll_change),
        {**row, "change": change, "reason": reason, "made_by": made_by, "at": at},
    )
    size = select(func.count()).where(round_roll.c.round_id == round_id).scalar_subquery()
    conn.execute(
        update(consensus_round).where(consensus_round.c.id == round_id).values(roll_size=size)
    )


def of_round(conn: Connection, round_id: RoundId) -> tuple[RollChange, ...]:
    """Return the changes of one roll with names and reasons, oldest first."""
    query = (
        select(roll_change, organisation.c.name)
        .join(organisation, organisation.c.id == roll_change.c.organisation_id)
        .where(roll_change.c.round_id == round_id)
        .order_by(roll_change.c.id)
    )
    return tuple(
        RollChange(row.organisation_id, row.name, Change(row.change), row.reason, row.at)
        for row in conn.execute(query)
    )


def of_rounds(
    conn: Connection, ids: Collection[int]
) -> dict[RoundId, list[tuple[Change, OrganisationId]]]:
    """Return the changes of several rolls, oldest first, in one query."""
    query = select(roll_change).where(roll_change.c.round_id.in_(ids)).order_by(roll_change.c.id)
    found: dict[RoundId, list[tuple[Change, OrganisationId]]] = {}
    for row in conn.execute(query):
        found.setdefault(row.round_id, []).append((Change(row.change), row.organisation_id))
    return found
