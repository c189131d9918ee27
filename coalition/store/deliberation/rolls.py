"""Which rounds an organisation belongs to, and how many results the public may read."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.permissions import OrganisationId
from coalition.store.schema import consensus_round, proposal, round_roll, verdict


def holding(
    conn: Connection, ids: Collection[int], organisation_id: OrganisationId
) -> frozenset[RoundId]:
    """Return which of these rounds have this organisation on their frozen roll."""
    if not ids:
        return frozenset()
    query = select(round_roll.c.round_id).where(
        round_roll.c.round_id.in_(list(ids)), round_roll.c.organisation_id == organisation_id
    )
    return frozenset(RoundId(one) for one in conn.scalars(query))


def count_published(conn: Connection, *, pillar: str = "", outcome: str = "") -> int:
    """Return how many published results there are."""
    query = (
        select(func.count())
        .select_from(consensus_round)
        .join(proposal, proposal.c.id == consensus_round.c.proposal_id)
        .where(consensus_round.c.published_at.is_not(None))
    )
    if pillar:
        query = query.where(proposal.c.pillar == pillar)
    if outcome:
        query = query.join(verdict, verdict.c.round_id == consensus_round.c.id).where(
            verdict.c.outcome == outcome
        )
    return conn.scalar(query) or 0
