"""The clock of a last call: stopped by an objection, restarted when it is resolved."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from coalition.domain.deliberation.objections import ObjectionId
from coalition.domain.deliberation.rounds import NEVER, Round, RoundId
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import round_clock


def stop(conn: Connection, this: Round, objection_id: ObjectionId, *, at: datetime) -> None:
    """Store that an objection stopped the clock; the round then has no close."""
    change = {
        "round_id": this.id,
        "change": "stopped",
        "objection_id": objection_id,
        "closes_at": None,
        "at": at,
    }
    conn.execute(insert(round_clock), change)
    stopped = {"stopped": True, "closes_at": NEVER}
    conn.execute(update(rounds).where(rounds.c.id == this.id).values(stopped))


def stopped(conn: Connection) -> dict[RoundId, ObjectionId]:
    """Return the rounds whose clock stands still, each with the objection that stopped it last."""
    query = (
        select(round_clock.c.round_id, func.max(round_clock.c.objection_id).label("objection_id"))
        .join(rounds, rounds.c.id == round_clock.c.round_id)
        .where(rounds.c.stopped, round_clock.c.change == "stopped")
        .group_by(round_clock.c.round_id)
    )
    return {RoundId(row.round_id): ObjectionId(row.objection_id) for row in conn.execute(query)}


def restart(
    conn: Connection, this: Round, objection_id: ObjectionId, *, closes_at: datetime, at: datetime
) -> None:
    """Store that a full period begins again, up to ``closes_at``."""
    change = {
        "round_id": this.id,
        "change": "restarted",
        "objection_id": objection_id,
        "closes_at": closes_at,
        "at": at,
    }
    conn.execute(insert(round_clock), change)
    runs_from = max(at, this.opens_at)
    started = {"stopped": False, "closes_at": closes_at, "runs_from": runs_from}
    conn.execute(update(rounds).where(rounds.c.id == this.id).values(started))
