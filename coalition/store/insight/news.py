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
_BEFORE, _LAST, _AFTER = (ballot.alias(name) for name in ("before", "last", "after"))

# As ``visibility.tells_stances``: while it runs, and for ever once it is cancelled.
_HIDDEN = and_(
    rounds.c.results == Results.HIDDEN,
    or_(rounds.c.closes_at > _NOW, func.coalesce(rounds.c.ending == Ending.CANCELLED, false())),
)
_STANDS = and_(NOT_REPLACED, ballot.c.stance != WITHDRAWN)


def _number(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


_GONE = (  # the first answer of an organisation that has withdrawn it since
    select(_LAST.c.id)
    .where(
        _LAST.c.round_id == ballot.c.round_id,
        _LAST.c.organisation_id == ballot.c.organisation_id,
        _LAST.c.stance == WITHDRAWN,
        ~select(_AFTER.c.id).where(_AFTER.c.replaces_id == _LAST.c.id).exists(),
    )
    .exists()
)
_ROUNDS = rounds.join(proposal, proposal.c.id == rounds.c.proposal_id)
# A ballot given since then belongs to a round that ended after it: the index on ``closes_at``
# finds those few rounds.
_ANSWERS = (
    select(
        _number(and_(ballot.c.replaces_id.is_(None), ~_GONE)).label("answers"),
        _number(
            and_(
                ~_HIDDEN,
                _STANDS,
                func.coalesce(_BEFORE.c.stance.not_in([ballot.c.stance, WITHDRAWN]), false()),
            )
        ).label("changed"),
    )
    .select_from(
        _ROUNDS.join(ballot, ballot.c.round_id == rounds.c.id).outerjoin(
            _BEFORE, _BEFORE.c.id == ballot.c.replaces_id
        )
    )
    .where(rounds.c.closes_at >= _SINCE, rounds.c.opens_at <= _NOW, ballot.c.cast_at >= _SINCE)
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
        or_(objection.c.ballot_id.is_(None), rounds.c.id.is_(None), ~_HIDDEN),
    )
)


_QUERIES: tuple[Select[*tuple[Any, ...]], ...] = (_ANSWERS, _LIVES, _TEXTS, _OBJECTIONS)
_OF_PILLARS = proposal.c.pillar.in_(bindparam("pillars", expanding=True))
_QUERIES_OF_PILLARS = tuple(query.where(_OF_PILLARS) for query in _QUERIES)


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
