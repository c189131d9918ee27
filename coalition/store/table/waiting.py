"""Which open rounds wait for an organisation."""

from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.rounds import Ending, RoundId
from coalition.domain.ground.permissions import OrganisationId
from coalition.store.deliberation.tallies import NOT_REPLACED, has_answered
from coalition.store.schema import ballot, proposal, round_roll
from coalition.store.schema import consensus_round as rounds

# Built once: building a statement costs more than running it.
_OPEN = (
    select(rounds.c.id, func.count().over().label("total"))
    .where(
        rounds.c.closes_at > bindparam("now"),
        rounds.c.opens_at <= bindparam("now"),
        rounds.c.ending.is_(None),
    )
    .order_by(rounds.c.closes_at, rounds.c.id)
    .limit(bindparam("limit"))
)
_WHO: BindParameter[int] = bindparam("organisation_id")
# Asked of each open round by its key: from the roll's side it would read every round the
# organisation was ever on.
_ON_ROLL = select(round_roll.c.round_id).where(
    round_roll.c.round_id == rounds.c.id, round_roll.c.organisation_id == _WHO
)
_WAITING = _OPEN.where(_ON_ROLL.exists(), ~has_answered(_WHO))
_VOTED = (
    select(ballot.c.id)
    .where(
        ballot.c.round_id == rounds.c.id,
        ballot.c.organisation_id == _WHO,
        ballot.c.stance != WITHDRAWN,
        NOT_REPLACED,
    )
    .exists()
)
_WITHDRAWN = (
    select(rounds.c.id)
    .join(proposal, proposal.c.latest_round_id == rounds.c.id)
    .where(
        rounds.c.closes_at >= bindparam("since"),
        rounds.c.ending == Ending.CANCELLED,
        proposal.c.stage == Stage.WITHDRAWN,
        _VOTED,
    )
    .order_by(rounds.c.closes_at.desc())
    .limit(bindparam("limit"))
)


def waiting(
    conn: Connection, now: datetime, organisation_id: OrganisationId | None, *, limit: int
) -> tuple[tuple[RoundId, ...], int]:
    """Return the first open rounds, soonest to close first, and how many there are in all.

    Args:
        organisation_id: Only rounds whose roll holds it and which it has not answered, or
            where its answer stands unconfirmed; None for every open round.
    """
    query = _OPEN if organisation_id is None else _WAITING
    asked = {"now": now, "organisation_id": organisation_id, "limit": limit}
    found = conn.execute(query, asked).all()
    return tuple(RoundId(row.id) for row in found), found[0].total if found else 0


def withdrawn(
    conn: Connection, since: datetime, organisation_id: OrganisationId, *, limit: int
) -> tuple[RoundId, ...]:
    """Return the rounds cancelled since, with their proposals withdrawn, that this one voted in.

    The latest first.
    """
    asked = {"since": since, "organisation_id": organisation_id, "limit": limit}
    return tuple(RoundId(one) for one in conn.scalars(_WITHDRAWN, asked))
