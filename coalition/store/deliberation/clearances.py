"""Reviews that organisations have under way, in and out of the tables."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.clearances import Clearance
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.deliberation.tallies import NOT_REPLACED
from coalition.store.schema import ballot, clearance, consensus_round, round_roll

_LATER = clearance.alias("later")
_LATEST = (
    ~select(_LATER.c.id)
    .where(
        _LATER.c.round_id == clearance.c.round_id,
        _LATER.c.organisation_id == clearance.c.organisation_id,
        _LATER.c.id > clearance.c.id,
    )
    .exists()
)
_ANSWERED = (  # since; or before, as that one stands
    select(ballot.c.id)
    .where(
        ballot.c.round_id == clearance.c.round_id,
        ballot.c.organisation_id == clearance.c.organisation_id,
        or_(
            ballot.c.cast_at > clearance.c.at,
            and_(NOT_REPLACED, ballot.c.stance != WITHDRAWN),
        ),
    )
    .exists()
)
_ON_ROLL = (
    select(round_roll.c.round_id)
    .where(
        round_roll.c.round_id == clearance.c.round_id,
        round_roll.c.organisation_id == clearance.c.organisation_id,
    )
    .exists()
)
_IN_FORCE = (
    select(clearance)
    .join(consensus_round, consensus_round.c.id == clearance.c.round_id)
    .where(
        clearance.c.round_id.in_(bindparam("ids", expanding=True)),
        clearance.c.until_at > bindparam("now"),
        consensus_round.c.opens_at <= bindparam("now"),
        consensus_round.c.closes_at > bindparam("now"),
        consensus_round.c.ending.is_(None),
        _LATEST,
        ~_ANSWERED,
        _ON_ROLL,
    )
)
_IN_FORCE_OF = _IN_FORCE.where(clearance.c.organisation_id == bindparam("organisation_id"))


def add(
    conn: Connection,
    round_id: RoundId,
    organisation_id: OrganisationId,
    *,
    until: datetime | None,
    note: str,
    marked_by: AccountId,
    at: datetime,
) -> int:
    """Store what an organisation says of its review, in place of what it said; return its number.

    Args:
        until: None where it has ended.
    """
    added = conn.execute(
        insert(clearance).returning(clearance.c.id),
        {
            "round_id": round_id,
            "organisation_id": organisation_id,
            "until_at": until,
            "note": note,
            "marked_by": marked_by,
            "at": at,
        },
    )
    return int(added.scalar_one())


def in_force(
    conn: Connection,
    ids: Collection[int],
    now: datetime,
    *,
    organisation_id: OrganisationId | None = None,
) -> dict[tuple[RoundId, OrganisationId], Clearance]:
    """Return the reviews under way in several rounds, in one query.

    A review ends by itself at its date, with a ballot, and with the round.

    Args:
        organisation_id: Only this organisation's.
    """
    if not ids:
        return {}
    query = _IN_FORCE if organisation_id is None else _IN_FORCE_OF
    asked = {"ids": list(ids), "now": now, "organisation_id": organisation_id}
    return {
        (row.round_id, row.organisation_id): Clearance(
            row.round_id, row.organisation_id, row.until_at, row.note
        )
        for row in conn.execute(query, asked)
    }


def erase_notes_of(conn: Connection, account_id: AccountId) -> int:
    """Erase the notes a person wrote about reviews; return how many."""
    done = conn.execute(
        update(clearance)
        .where(clearance.c.marked_by == account_id, clearance.c.note != "")
        .values(note="")
    )
    return done.rowcount
