"""Objections that wait to be resolved, counted, with what hidden rounds keep back left out."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select

from coalition.domain.deliberation.objections import UNRESOLVED
from coalition.domain.deliberation.proposals import ProposalId
from coalition.store.insight.news import HIDDEN
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import objection

_UNRESOLVED = (
    select(func.count())
    .select_from(objection.outerjoin(rounds, rounds.c.id == objection.c.round_id))
    .where(
        objection.c.proposal_id.in_(bindparam("ids", expanding=True)),
        objection.c.state.in_(sorted(UNRESOLVED)),
        or_(objection.c.ballot_id.is_(None), rounds.c.id.is_(None), ~HIDDEN),
    )
)


def unresolved(conn: Connection, ids: Collection[ProposalId], now: datetime) -> int:
    """Return how many objections to these proposals are unresolved, in one query."""
    return conn.scalar(_UNRESOLVED, {"ids": list(ids), "now": now}) or 0
