"""What has happened since a moment, counted, with what hidden rounds keep back left out."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
)

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.objections import UNRESOLVED
from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.rounds import Ending, Results
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.news import News
from coalition.store.deliberation.tallies import NOT_REPLACED
from coalition.store.schema import (
    UtcDateTime,
    ballot,
    objection,
    objection_step,
    proposal,
    text_version,
)
from coalition.store.schema import consensus_round as rounds

STEPS = 2_000  # of objections: further back nobody looks, however large the archive
_SINCE = bindparam("since", type_=UtcDateTime)
_NOW = bindparam("now", type_=UtcDateTime)
_BEFORE = ballot.alias("before")

# As ``visibility.tells_stances``: while it runs, and for ever once it is cancelled.
HIDDEN = and_(
    rounds.c.results == Results.HIDDEN,
    or_(rounds.c.closes_at > _NOW, func.coalesce(rounds.c.ending == Ending.CANCELLED, false())),
)


def _number(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


_ROUNDS = rounds.join(proposal, proposal.c.id == rounds.c.proposal_id)
_STOOD = (  # what an organisation said last before then, in the same round
    select(_BEFORE.c.stance)
    .where(
        _BEFORE.c.round_id == ballot.c.round_id,
        _BEFORE.c.organisation_id == ballot.c.organisation_id,
        _BEFORE.c.cast_at < _SINCE,
    )
    .order_by(_BEFORE.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
# A ballot given since then belongs to a round that ended after it: the index on ``closes_at``
# finds those few rounds.
_SAID = (
    select(
        ballot.c.stance,
        # A first ballot has none before it to look for.
        case(
            (ballot.c.replaces_id.is_(None), WITHDRAWN), else_=func.coalesce(_STOOD, WITHDRAWN)
        ).label("stood"),
        HIDDEN.label("hidden"),
    )
    .select_from(_ROUNDS.join(ballot, ballot.c.round_id == rounds.c.id))
    .where(
        rounds.c.closes_at >= _SINCE,
        rounds.c.opens_at <= _NOW,
        ballot.c.cast_at >= _SINCE,
        NOT_REPLACED,
    )
)


def _answers(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Count what an organisation says now against what it said then, not each step between."""
    said = query.subquery()
    spoke, speaks = said.c.stood != WITHDRAWN, said.c.stance != WITHDRAWN
    return select(
        _number(and_(~spoke, speaks)).label("answers"),
        _number(and_(spoke, ~speaks)).label("withdrawn"),
        _number(and_(spoke, speaks, ~said.c.hidden, said.c.stood != said.c.stance)).label(
            "changed"
        ),
    )


_LIVES = (
    select(
        _number(
            and_(
                rounds.c.opens_at >= _SINCE,
                rounds.c.opens_at <= _NOW,
                rounds.c.closes_at > rounds.c.opens_at,
            )
        ).label("opened"),
        _number(
            and_(
                rounds.c.closes_at <= _NOW,
                rounds.c.ending.is_distinct_from(Ending.CANCELLED),
            )
        ).label("closed"),
    )
    .select_from(_ROUNDS)
    .where(rounds.c.closes_at >= _SINCE)
)
_TEXTS = (  # a new text is a change to its proposal, and changes of those have an index
    select(func.count().label("texts"))
    .select_from(proposal.join(text_version, text_version.c.proposal_id == proposal.c.id))
    .where(
        proposal.c.updated_at >= _SINCE,
        proposal.c.stage != Stage.DRAFT,
        text_version.c.at >= _SINCE,
    )
)
_RECENT = select(objection_step).order_by(objection_step.c.id.desc()).limit(STEPS).subquery()
_OBJECTIONS = (
    select(
        func.count(func.distinct(case((objection.c.raised_at >= _SINCE, objection.c.id)))).label(
            "raised"
        ),
        func.count(
            func.distinct(case((objection.c.state.not_in(sorted(UNRESOLVED)), objection.c.id)))
        ).label("resolved"),
    )
    .select_from(
        _RECENT.join(objection, objection.c.id == _RECENT.c.objection_id)
        .join(proposal, proposal.c.id == objection.c.proposal_id)
        .outerjoin(rounds, rounds.c.id == objection.c.round_id)
    )
    .where(
        _RECENT.c.at >= _SINCE,
        or_(objection.c.ballot_id.is_(None), rounds.c.id.is_(None), ~HIDDEN),
    )
)


_OF_PILLARS = proposal.c.pillar.in_(bindparam("pillars", expanding=True))
_OTHERS: tuple[Select[*tuple[Any, ...]], ...] = (_LIVES, _TEXTS, _OBJECTIONS)
_QUERIES = (_answers(_SAID), *_OTHERS)
_QUERIES_OF_PILLARS = (
    _answers(_SAID.where(_OF_PILLARS)),
    *(query.where(_OF_PILLARS) for query in _OTHERS),
)


def news(conn: Connection, since: datetime, now: datetime, *, pillars: Collection[Pillar]) -> News:
    """Return what has happened since a moment, in four queries.

    Nothing in it moves when a stance in a hidden round changes.

    Args:
        pillars: Only to proposals with one of these main pillars; empty: to all.
    """
    found: dict[str, int] = {}
    asked = {"since": since, "now": now, "pillars": list(pillars)}
    for query in _QUERIES_OF_PILLARS if pillars else _QUERIES:
        found |= conn.execute(query, asked).mappings().one()
    return News(**found)
