"""The dates of rounds and reviews, with what changed them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from coalition.domain.deliberation.rounds import NEVER, Ending, RoundKind
from coalition.domain.ground.permissions import OrganisationId
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import (
    outcome_statement,
    proposal,
    round_clock,
    round_extension,
    round_roll,
    supersession,
)

_EXTENDED = (
    select(
        round_extension.c.round_id,
        func.count().label("n"),
        func.max(round_extension.c.at).label("at"),
        func.max(round_extension.c.closes_at).label("closes_at"),
    )
    .group_by(round_extension.c.round_id)
    .subquery()
)
_TURNED = (
    select(
        round_clock.c.round_id,
        func.count().label("n"),
        func.max(round_clock.c.at).label("at"),
        func.max(round_clock.c.closes_at).label("closes_at"),
    )
    .group_by(round_clock.c.round_id)
    .subquery()
)


@dataclass(frozen=True, slots=True)
class Close:
    """When a round closes.

    Args:
        at: The close in force, or the last one known where the clock is stopped.
        changes: How often it was moved, stopped, restarted or ended.
    """

    round_id: int
    proposal_id: int
    reference: str
    title: str
    kind: RoundKind
    at: datetime
    changes: int
    changed_at: datetime
    cancelled: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Review:
    """When a decision is looked at again.

    Args:
        changes: How often it was said anew, or called off.
    """

    round_id: int
    proposal_id: int
    reference: str
    title: str
    on: date
    changes: int
    changed_at: datetime
    cancelled: bool


def closes(
    conn: Connection,
    *,
    since: datetime,
    organisation_id: OrganisationId | None = None,
    published: bool = False,
) -> tuple[Close, ...]:
    """Return the closes of rounds from an instant on, the earliest first.

    Args:
        organisation_id: Only of rounds with this organisation on the roll.
        published: Only of rounds whose result the public may read.
    """
    query = (
        select(
            rounds,
            proposal.c.reference,
            proposal.c.title,
            func.coalesce(_EXTENDED.c.n, 0).label("extended"),
            _EXTENDED.c.at.label("extended_at"),
            _EXTENDED.c.closes_at.label("extended_to"),
            func.coalesce(_TURNED.c.n, 0).label("turned"),
            _TURNED.c.at.label("turned_at"),
            _TURNED.c.closes_at.label("turned_to"),
        )
        .join(proposal, proposal.c.id == rounds.c.proposal_id)
        .outerjoin(_EXTENDED, _EXTENDED.c.round_id == rounds.c.id)
        .outerjoin(_TURNED, _TURNED.c.round_id == rounds.c.id)
        .where(rounds.c.closes_at >= since)
        .order_by(rounds.c.closes_at, rounds.c.id)
    )
    if organisation_id is not None:
        on_roll = select(round_roll.c.round_id).where(
            round_roll.c.organisation_id == organisation_id
        )
        query = query.where(rounds.c.id.in_(on_roll))
    if published:
        query = query.where(rounds.c.published_at.is_not(None))
    return tuple(_close(row) for row in conn.execute(query))


def reviews(conn: Connection, *, since: date, published: bool = False) -> tuple[Review, ...]:
    """Return the latest review day of each decision from a day on, the earliest first.

    One is off where a later statement names no day, or another decision took its place.
    """
    later = outcome_statement.alias("later")
    own = later.c.round_id == outcome_statement.c.round_id
    after = own & (later.c.number > outcome_statement.c.number)
    newest = select(func.max(later.c.number)).where(own).scalar_subquery()
    changed = select(func.max(later.c.at)).where(own).scalar_subquery()
    dated_later = select(later.c.id).where(after, later.c.review_on.is_not(None)).exists()
    query: Select[Any] = (
        select(
            outcome_statement.c.round_id,
            proposal.c.id.label("proposal_id"),
            proposal.c.reference,
            proposal.c.title,
            outcome_statement.c.review_on,
            outcome_statement.c.number,
            newest.label("newest"),
            changed.label("changed_at"),
            supersession.c.at.label("superseded_at"),
        )
        .join(rounds, rounds.c.id == outcome_statement.c.round_id)
        .join(proposal, proposal.c.id == rounds.c.proposal_id)
        .outerjoin(supersession, supersession.c.round_id == outcome_statement.c.round_id)
        .where(outcome_statement.c.review_on >= since, ~dated_later)
        .order_by(outcome_statement.c.review_on, outcome_statement.c.round_id)
    )
    if published:
        query = query.where(rounds.c.published_at.is_not(None))
    return tuple(_review(row) for row in conn.execute(query))


def _review(row: Row[Any]) -> Review:
    superseded = row.superseded_at is not None
    return Review(
        row.round_id,
        row.proposal_id,
        row.reference,
        row.title,
        row.review_on,
        changes=row.newest + superseded,
        changed_at=max(filter(None, (row.changed_at, row.superseded_at))),
        cancelled=superseded or row.newest > row.number,
    )


def _close(row: Row[Any]) -> Close:
    ended, stopped = row.ending is not None, row.closes_at == NEVER
    known = (row.first_closes_at, row.extended_to, row.turned_to)
    moments = [row.opened_at, row.extended_at, row.turned_at]
    moments += [row.closes_at] if ended else []
    return Close(
        row.id,
        row.proposal_id,
        row.reference,
        row.title,
        RoundKind(row.kind),
        max(filter(None, known)) if stopped else row.closes_at,
        row.extended + row.turned + ended,
        max(one for one in moments if one is not None),
        row.ending == Ending.CANCELLED,
        stopped,
    )
