"""The dates of rounds and reviews with what changed them, and who may fetch a calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from coalition.domain.deliberation.rounds import NEVER, Ending, RoundKind
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import (
    calendar_key,
    outcome_statement,
    proposal,
    round_clock,
    round_extension,
    round_roll,
)
from coalition.store.schema import consensus_round as rounds

_EXTENDED = (
    select(
        round_extension.c.round_id,
        func.count().label("n"),
        func.max(round_extension.c.at).label("at"),
    )
    .group_by(round_extension.c.round_id)
    .subquery()
)
_TURNED = (
    select(round_clock.c.round_id, func.count().label("n"), func.max(round_clock.c.at).label("at"))
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
    """When a decision is looked at again."""

    round_id: int
    proposal_id: int
    reference: str
    title: str
    on: date
    number: int
    at: datetime


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
            func.coalesce(_TURNED.c.n, 0).label("turned"),
            _TURNED.c.at.label("turned_at"),
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
    """Return the review days from a day on that the latest statements set, the earliest first."""
    later = outcome_statement.alias()
    newer = (
        select(later.c.id)
        .where(
            later.c.round_id == outcome_statement.c.round_id,
            later.c.number > outcome_statement.c.number,
        )
        .exists()
    )
    query = (
        select(
            outcome_statement.c.round_id,
            proposal.c.id,
            proposal.c.reference,
            proposal.c.title,
            outcome_statement.c.review_on,
            outcome_statement.c.number,
            outcome_statement.c.at,
        )
        .join(rounds, rounds.c.id == outcome_statement.c.round_id)
        .join(proposal, proposal.c.id == rounds.c.proposal_id)
        .where(outcome_statement.c.review_on >= since, ~newer)
        .order_by(outcome_statement.c.review_on, outcome_statement.c.round_id)
    )
    if published:
        query = query.where(rounds.c.published_at.is_not(None))
    return tuple(Review(*row) for row in conn.execute(query))


def owner(conn: Connection, secret_hash: str) -> AccountId | None:
    """Return whose calendar lies at this address, or None."""
    query = select(calendar_key.c.account_id).where(calendar_key.c.secret_hash == secret_hash)
    found: int | None = conn.scalar(query)
    return None if found is None else AccountId(found)


def made_at(conn: Connection, account_id: AccountId) -> datetime | None:
    """Return when a person's address was made, or None where they have none."""
    query = select(calendar_key.c.made_at).where(calendar_key.c.account_id == account_id)
    found: datetime | None = conn.scalar(query)
    return found


def give(conn: Connection, account_id: AccountId, secret_hash: str, *, at: datetime) -> None:
    """Give a person an address in place of the one they had."""
    take(conn, account_id)
    row = {"account_id": account_id, "secret_hash": secret_hash, "made_at": at}
    conn.execute(insert(calendar_key), row)


def take(conn: Connection, account_id: AccountId) -> int:
    """Take a person's address away; return how many they had."""
    gone = delete(calendar_key).where(calendar_key.c.account_id == account_id)
    return conn.execute(gone).rowcount


def _close(row: Row[Any]) -> Close:
    ended, stopped = row.ending is not None, row.closes_at == NEVER
    moments = [row.opened_at, row.extended_at, row.turned_at]
    moments += [row.closes_at] if ended else []
    return Close(
        row.id,
        row.proposal_id,
        row.reference,
        row.title,
        RoundKind(row.kind),
        row.first_closes_at if stopped else row.closes_at,
        row.extended + row.turned + ended,
        max(one for one in moments if one is not None),
        row.ending == Ending.CANCELLED,
        stopped,
    )
