"""What an organisation that leaves has open at the table."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.permissions import OrganisationId
from coalition.store.deliberation.searching import settled
from coalition.store.deliberation.tallies import NOT_REPLACED
from coalition.store.schema import (
    ballot,
    consensus_round,
    proposal,
    round_roll,
    verdict,
)


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One round, open now or later, on whose roll the organisation is.

    Args:
        roll_size: Organisations on that roll.
        answered: Whether a ballot of it stands.
    """

    round_id: RoundId
    roll_size: int
    answered: bool


def on_rolls(
    conn: Connection, organisation_id: OrganisationId, now: datetime
) -> tuple[OnRoll, ...]:
    """Return the rounds that have not ended and list the organisation, by number."""
    answered = exists().where(
        ballot.c.round_id == consensus_round.c.id,
        ballot.c.organisation_id == organisation_id,
        NOT_REPLACED,
        ballot.c.stance != WITHDRAWN,
    )
    query = (
        select(consensus_round.c.id, consensus_round.c.roll_size, answered.label("answered"))
        .join(round_roll, round_roll.c.round_id == consensus_round.c.id)
        .outerjoin(verdict, verdict.c.round_id == consensus_round.c.id)
        .where(
            round_roll.c.organisation_id == organisation_id,
            consensus_round.c.closes_at > now,
            consensus_round.c.ending.is_(None),
            verdict.c.round_id.is_(None),
        )
        .order_by(consensus_round.c.id)
    )
    return tuple(OnRoll(row.id, row.roll_size, bool(row.answered)) for row in conn.execute(query))


def championing(conn: Connection, organisation_id: OrganisationId, now: datetime) -> int:
    """Return how many proposals that nobody withdrew and no round settled it champions."""
    query = select(proposal.c.id).where(
        proposal.c.champion_id == organisation_id,
        proposal.c.stage.in_([Stage.DRAFT, Stage.SUBMITTED]),
    )
    found = conn.scalars(query).all()
    return len(found) - len(settled(conn, found, now)) if found else 0
