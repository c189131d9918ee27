"""What each organisation answered on the scale, as bare rows: ten thousand make no objects."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.counts import counts
from coalition.domain.deliberation.rounds import Ending, RoundId, RoundKind, Terms
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.pillars import Pillar
from coalition.store.deliberation.tallies import CARRIED, NOT_REPLACED, RECORDED
from coalition.store.schema import ballot, proposal
from coalition.store.schema import consensus_round as rounds

Answer = tuple[RoundId, OrganisationId, Stance]

# Built once: building a statement costs more than running it.
_ANSWERS = (
    select(
        ballot.c.round_id,
        ballot.c.organisation_id,
        ballot.c.stance,
        CARRIED.label("carried"),
        RECORDED.label("recorded"),
    )
    .select_from(ballot.join(rounds, rounds.c.id == ballot.c.round_id))
    .where(
        ballot.c.round_id.in_(bindparam("ids", expanding=True)),
        NOT_REPLACED,
        ballot.c.stance != WITHDRAWN,
    )
)


def latest_terms(
    conn: Connection,
    now: datetime,
    *,
    pillars: Collection[Pillar],
    kinds: Collection[RoundKind],
    limit: int,
) -> dict[RoundId, Terms]:
    """Return the terms of the ``limit`` rounds that closed last, of some kinds, pillars or any."""
    latest = (
        select(rounds.c.id, rounds.c.proposal_id, rounds.c.kind, rounds.c.terms)
        .where(rounds.c.closes_at <= now, rounds.c.ending.is_distinct_from(Ending.CANCELLED))
        .order_by(rounds.c.closes_at.desc())
        .limit(limit)
        .subquery()
    )
    query = select(latest.c.id, latest.c.terms).where(latest.c.kind.in_(kinds))
    if pillars:
        query = query.join(proposal, proposal.c.id == latest.c.proposal_id)
        query = query.where(proposal.c.pillar.in_(pillars))
    return {RoundId(row.id): Terms.from_json(row.terms) for row in conn.execute(query)}


def answers(conn: Connection, terms: Mapping[RoundId, Terms]) -> Iterator[Answer]:
    """Yield each standing answer that reaches the engine under its round's terms."""
    rows = conn.execute(_ANSWERS, {"ids": list(terms)}).all()
    for round_id, who, stance, carried, recorded in rows:
        if (carried or recorded) and not counts(
            terms[round_id], carried=carried, recorded=recorded
        ):
            continue
        yield round_id, who, stance
