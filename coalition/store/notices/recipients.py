"""Whom something concerns: people, by the seats they hold and what they did."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.discussion.comments import Audience
from coalition.domain.ground.permissions import AccountId, OrganisationId, Role
from coalition.domain.people.inquiries import InquiryState
from coalition.store.deliberation.tallies import CARRIED, NOT_REPLACED
from coalition.store.people.absences import away
from coalition.store.schema import (
    account,
    ballot,
    comment,
    mention,
    objection,
    proposal,
    round_roll,
    seat,
)
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import inquiry as inquiries


@dataclass(frozen=True, slots=True)
class Awaited:
    """An organisation that has not answered an open round."""

    round_id: int
    organisation_id: OrganisationId


def _held(now: datetime) -> ColumnElement[bool]:
    return and_(
        account.c.active,
        account.c.role == Role.MEMBER,
        seat.c.from_at <= now,
        or_(seat.c.to_at.is_(None), seat.c.to_at > now),
    )


def acting(
    conn: Connection, organisations: Collection[int], now: datetime
) -> dict[OrganisationId, AccountId]:
    """Return who acts for each organisation first: its delegate, or else the first alternate.

    Who is away comes after those who are there, and hears only where nobody is.
    """
    rows = conn.execute(
        select(seat.c.organisation_id, seat.c.account_id)
        .join(account, account.c.id == seat.c.account_id)
        .where(seat.c.organisation_id.in_(organisations), _held(now))
        .order_by(seat.c.organisation_id, away(seat.c.account_id, now), seat.c.rank)
    )
    found: dict[OrganisationId, AccountId] = {}
    for row in rows:
        found.setdefault(OrganisationId(row.organisation_id), AccountId(row.account_id))
    return found


def answered_before(conn: Connection, round_id: int) -> tuple[OrganisationId, ...]:
    """Return whose standing ballot in a round no longer is on the text in force."""
    query = (
        select(ballot.c.organisation_id)
        .join(rounds, rounds.c.id == ballot.c.round_id)
        .where(
            ballot.c.round_id == round_id,
            NOT_REPLACED,
            ballot.c.stance != WITHDRAWN,
            CARRIED,
        )
    )
    return tuple(OrganisationId(one) for one in conn.scalars(query))


def awaited(conn: Connection, ids: Collection[int]) -> tuple[Awaited, ...]:
    """Return who on the rolls of these rounds has no standing answer."""
    answer = (
        select(ballot.c.id)
        .where(
            ballot.c.round_id == round_roll.c.round_id,
            ballot.c.organisation_id == round_roll.c.organisation_id,
            NOT_REPLACED,
            ballot.c.stance != WITHDRAWN,
        )
        .exists()
    )
    rows = conn.execute(select(round_roll).where(round_roll.c.round_id.in_(ids), ~answer))
    return tuple(Awaited(row.round_id, OrganisationId(row.organisation_id)) for row in rows)


def open_round_of(conn: Connection, proposal_id: int, now: datetime) -> int | None:
    """Return the number of the round that runs on a proposal, or None."""
    query = select(rounds.c.id).where(
        rounds.c.proposal_id == proposal_id,
        rounds.c.ending.is_(None),
        rounds.c.opens_at <= now,
        rounds.c.closes_at > now,
    )
    return conn.scalar(query.order_by(rounds.c.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom an objection concerns.

    Args:
        round_id: The round it was raised in, or None.
        drafted_by: Who wrote the proposal.
        champion_id: The organisation that brings it, or None.
        raised_by: Who raised the objection.
    """

    proposal_id: int
    round_id: int | None
    drafted_by: AccountId | None
    champion_id: OrganisationId | None
    organisation_id: OrganisationId
    raised_by: AccountId
    owner_id: AccountId | None


def parties(conn: Connection, objection_id: int) -> Parties | None:
    """Return whom an objection concerns; None where it is gone."""
    row = conn.execute(
        select(
            objection.c.proposal_id,
            objection.c.round_id,
            proposal.c.drafted_by,
            proposal.c.champion_id,
            objection.c.organisation_id,
            objection.c.raised_by,
            objection.c.owner_id,
        )
        .join(proposal, proposal.c.id == objection.c.proposal_id)
        .where(objection.c.id == objection_id)
    ).first()
    return Parties(*row) if row else None


def called(conn: Connection, comment_id: int) -> tuple[list[AccountId], list[OrganisationId]]:
    """Return whom a comment calls: people, and organisations; of conveners' notes, conveners."""
    query = (
        select(mention)
        .join(comment, comment.c.id == mention.c.comment_id)
        .outerjoin(account, account.c.id == mention.c.account_id)
        .where(
            mention.c.comment_id == comment_id,
            or_(comment.c.audience == Audience.TABLE, account.c.role == Role.CONVENER),
        )
    )
    rows = conn.execute(query).all()
    return (
        [AccountId(row.account_id) for row in rows if row.account_id],
        [OrganisationId(row.organisation_id) for row in rows if row.organisation_id],
    )


def assignee(conn: Connection, inquiry_id: int) -> AccountId | None:
    """Return who works an inquiry, or None."""
    return conn.scalar(select(inquiries.c.assigned_to).where(inquiries.c.id == inquiry_id))


def inquiries_due(conn: Connection, until: datetime) -> tuple[tuple[int, AccountId], ...]:
    """Return the assigned inquiries whose answer is promised by ``until``, and who works them."""
    rows = conn.execute(
        select(inquiries.c.id, inquiries.c.assigned_to).where(
            inquiries.c.state == InquiryState.ASSIGNED,
            inquiries.c.answered_at.is_(None),
            inquiries.c.due_at <= until,
            inquiries.c.assigned_to.is_not(None),
        )
    )
    return tuple((row.id, AccountId(row.assigned_to)) for row in rows)


def active(conn: Connection, ids: Collection[int]) -> frozenset[AccountId]:
    """Return which of these accounts are open."""
    query = select(account.c.id).where(account.c.id.in_(ids), account.c.active)
    return frozenset(AccountId(one) for one in conn.scalars(query))
