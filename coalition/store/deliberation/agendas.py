"""Which rounds wait for a convener's hand."""

from datetime import datetime

from sqlalchemy import Connection, select

from coalition.domain.deliberation.rounds import Ending, RoundId, RoundKind
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import proposal


def not_ended(conn: Connection, now: datetime, *, limit: int) -> tuple[RoundId, ...]:
    """Return the rounds that are open or open later, soonest to close first."""
    query = (
        select(rounds.c.id)
        .where(rounds.c.closes_at > now, rounds.c.ending.is_(None))
        .order_by(rounds.c.closes_at)
        .limit(limit)
    )
    return tuple(RoundId(one) for one in conn.scalars(query))


def unpublished(conn: Connection, now: datetime, *, limit: int) -> tuple[RoundId, ...]:
    """Return the rounds with a result that nobody has published, the last closed first.

    Temperature checks have none to publish, and a round that was followed by another
    is settled by that one.
    """
    query = (
        select(rounds.c.id)
        .join(proposal, proposal.c.latest_round_id == rounds.c.id)
        .where(
            rounds.c.published_at.is_(None),
            rounds.c.closes_at <= now,
            rounds.c.kind != RoundKind.TEMPERATURE,
            rounds.c.ending.is_distinct_from(Ending.CANCELLED),
        )
        .order_by(rounds.c.closes_at.desc())
        .limit(limit)
    )
    return tuple(RoundId(one) for one in conn.scalars(query))
