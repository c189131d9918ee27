"""Which decision took the place of which, in and out of the tables."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind
from coalition.domain.effect.supersessions import Supersession
from coalition.domain.ground.permissions import AccountId
from coalition.store.deliberation.rounds import SELECT, from_row
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import supersession, verdict

# Built once: building a statement costs more than running it.
_TOUCHING = (
    select(supersession)
    .where(
        or_(
            supersession.c.round_id.in_(bindparam("ids", expanding=True)),
            supersession.c.by_round_id.in_(bindparam("ids", expanding=True)),
        )
    )
    .order_by(supersession.c.at, supersession.c.round_id)
)


def add(conn: Connection, new: Supersession, *, made_by: AccountId) -> None:
    """Store that one decision took the place of another; a second one is refused."""
    row = {
        "round_id": new.round_id,
        "by_round_id": new.by_round_id,
        "reason": new.reason,
        "made_by": made_by,
        "at": new.at,
    }
    conn.execute(insert(supersession), row)


def touching(conn: Connection, ids: Collection[RoundId]) -> tuple[Supersession, ...]:
    """Return every supersession that has one of these rounds on either side, oldest first."""
    return tuple(_from(row) for row in conn.execute(_TOUCHING, {"ids": list(ids)}))


def is_superseded(conn: Connection, round_id: RoundId) -> bool:
    """Say whether a newer decision took this one's place."""
    query = select(supersession.c.at).where(supersession.c.round_id == round_id)
    return conn.scalar(query) is not None


def adopted_since(conn: Connection, this: Round, *, limit: int) -> tuple[Round, ...]:
    """Return the adopted decisions made after this one, newest first."""
    query = (
        SELECT.join(verdict, verdict.c.round_id == rounds.c.id)
        .where(
            verdict.c.outcome == Outcome.ADOPTED,
            rounds.c.kind == RoundKind.BINDING,
            rounds.c.closes_at >= this.closes_at,
            or_(rounds.c.closes_at > this.closes_at, rounds.c.id > this.id),
        )
        .order_by(rounds.c.closes_at.desc(), rounds.c.id.desc())
        .limit(limit)
    )
    return tuple(from_row(row) for row in conn.execute(query))


def _from(row: Row[Any]) -> Supersession:
    return Supersession(RoundId(row.round_id), RoundId(row.by_round_id), row.reason, row.at)
