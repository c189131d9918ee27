"""Frozen verdicts, in and out of the tables."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from coalition.domain.deliberation.decisions import Outcome, Verdict
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.tallies import Tally
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import verdict

# Built once: building a statement costs more than running it.
_VERDICTS = select(verdict).where(verdict.c.round_id.in_(bindparam("ids", expanding=True)))
_EARLIER = rounds.alias("earlier")
_SENT_BACK = (
    select(rounds.c.id)
    .join(
        _EARLIER,
        (_EARLIER.c.proposal_id == rounds.c.proposal_id)
        & (_EARLIER.c.substantive_version_id == rounds.c.substantive_version_id)
        & (_EARLIER.c.id < rounds.c.id),
    )
    .join(verdict, verdict.c.round_id == _EARLIER.c.id)
    .where(
        rounds.c.id.in_(bindparam("ids", expanding=True)),
        verdict.c.outcome == Outcome.RECIRCULATE,
    )
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A verdict as it was frozen, with the tally it was computed from."""

    round_id: RoundId
    verdict: Verdict
    tally: Tally
    frozen_at: datetime


def freeze(conn: Connection, frozen: Frozen) -> None:
    """Store a verdict with its tally; a second one is refused by the database."""
    conn.execute(
        insert(verdict),
        {
            "round_id": frozen.round_id,
            "outcome": frozen.verdict.outcome,
            "answer": frozen.verdict.to_json(),
            "tally": frozen.tally.to_json(),
            "frozen_at": frozen.frozen_at,
        },
    )


def verdicts(conn: Connection, ids: Iterable[int]) -> dict[RoundId, Frozen]:
    """Return the frozen verdicts of several rounds, in one query."""
    rows = conn.execute(_VERDICTS, {"ids": list(ids)})
    return {RoundId(row.round_id): _frozen(row) for row in rows}


def sent_back(conn: Connection, ids: Collection[int]) -> frozenset[RoundId]:
    """Return which of these rounds put a text to the table that was sent back before."""
    return frozenset(RoundId(one) for one in conn.scalars(_SENT_BACK, {"ids": list(ids)}))


def _frozen(row: Row[Any]) -> Frozen:
    return Frozen(
        RoundId(row.round_id),
        Verdict.from_json(row.answer),
        Tally.from_json(row.tally),
        row.frozen_at,
    )
