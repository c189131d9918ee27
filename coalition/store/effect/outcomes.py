"""Outcome statements and the notices of their reviews, in and out of the tables."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.outcomes import OutcomeId, OutcomeStatement
from coalition.domain.ground.permissions import AccountId
from coalition.store.schema import outcome_statement as outcomes
from coalition.store.schema import review_notice, supersession

# Built once: building a statement costs more than running it.
_OF = (
    select(outcomes)
    .where(outcomes.c.round_id.in_(bindparam("ids", expanding=True)))
    .order_by(outcomes.c.round_id, outcomes.c.number.desc())
)
_LATER = outcomes.alias("later")


def add(conn: Connection, new: OutcomeStatement, *, made_by: AccountId) -> OutcomeStatement:
    """Store a statement as the current one of its round, and return it with id and number."""
    query = select(func.max(outcomes.c.number)).where(outcomes.c.round_id == new.round_id)
    number = (conn.scalar(query) or 0) + 1
    row = {
        "round_id": new.round_id,
        "number": number,
        "statement": new.words,
        "review_on": new.review_on,
        "made_by": made_by,
        "at": new.at,
    }
    added = conn.execute(insert(outcomes).returning(outcomes.c.id), row).scalar_one()
    return replace(new, id=OutcomeId(added), number=number)


def of_rounds(
    conn: Connection, ids: Collection[RoundId]
) -> dict[RoundId, tuple[OutcomeStatement, ...]]:
    """Return the statements of several rounds, the current one first, in one query."""
    found: dict[RoundId, tuple[OutcomeStatement, ...]] = {}
    for row in conn.execute(_OF, {"ids": list(ids)}):
        one = OutcomeStatement(
            OutcomeId(row.id),
            RoundId(row.round_id),
            row.number,
            row.statement,
            row.review_on,
            row.at,
        )
        found[one.round_id] = (*found.get(one.round_id, ()), one)
    return found


def reviews_due(conn: Connection, today: date) -> tuple[RoundId, ...]:
    """Return the rounds whose review day has come, the earliest day first.

    Until a newer statement takes the place of the one that set the day, or a newer
    decision that of the round's.
    """
    query = _due(today).order_by(outcomes.c.review_on, outcomes.c.id)
    return tuple(RoundId(row.round_id) for row in conn.execute(query))


def announce(conn: Connection, today: date, *, at: datetime) -> dict[OutcomeId, RoundId]:
    """Store a notice of every review that is due and was not announced; return those."""
    told = select(review_notice.c.at).where(review_notice.c.outcome_statement_id == outcomes.c.id)
    rows = conn.execute(_due(today).where(~told.exists()).order_by(outcomes.c.id))
    found = {OutcomeId(row.id): RoundId(row.round_id) for row in rows}
    if found:
        notices = [{"outcome_statement_id": one, "at": at} for one in found]
        conn.execute(insert(review_notice), notices)
    return found


def _due(today: date) -> Select[tuple[int, int]]:
    later = select(_LATER.c.id).where(
        _LATER.c.round_id == outcomes.c.round_id, _LATER.c.number > outcomes.c.number
    )
    replaced = select(supersession.c.at).where(supersession.c.round_id == outcomes.c.round_id)
    return select(outcomes.c.id, outcomes.c.round_id).where(
        outcomes.c.review_on <= today, ~later.exists(), ~replaced.exists()
    )
