"""Whom comments call, who can be called, and what somebody was called to."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Subquery,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
)

from coalition.domain.deliberation.proposals import ProposalId, Stage
from coalition.domain.discussion.comments import Audience, CommentId
from coalition.domain.discussion.mentions import Mentions, Person, Present
from coalition.domain.ground.permissions import AccountId, OrganisationId, Role
from coalition.domain.people.organisations import OrganisationStatus
from coalition.store.schema import account, comment, mention, organisation, proposal, seat


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody was called in a comment.

    Args:
        writer: Who called; "" once erased.
        seat: The organisation the writer held a seat of, or "".
    """

    proposal_id: ProposalId
    reference: str
    title: str
    thread_id: CommentId
    writer: str
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """One person or one organisation that a comment calls."""

    account_id: AccountId | None
    organisation_id: OrganisationId | None
    name: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks what they were called to, and what they may read.

    Args:
        organisation_id: The organisation whose seat they hold, or None.
        drafts: Whether they read every draft.
    """

    account_id: AccountId
    organisation_id: OrganisationId | None
    audiences: frozenset[Audience]
    drafts: bool


def add(conn: Connection, comment_id: CommentId, called: Mentions, *, at: datetime) -> None:
    """Store whom a comment calls, besides those it calls already."""
    people = [(one, None) for one in sorted(called.people)]
    organisations = [(None, one) for one in sorted(called.organisations)]
    rows = [
        {"comment_id": comment_id, "account_id": person, "organisation_id": body, "at": at}
        for person, body in (*people, *organisations)
    ]
    if rows:
        conn.execute(insert(mention), rows)


def drop(conn: Connection, comment_id: CommentId, called: Mentions) -> None:
    """Store that a comment calls some no longer."""
    theirs = or_(
        mention.c.account_id.in_(called.people), mention.c.organisation_id.in_(called.organisations)
    )
    conn.execute(delete(mention).where(mention.c.comment_id == comment_id, theirs))


def of_comment(conn: Connection, comment_id: CommentId) -> Mentions:
    """Return whom a comment calls."""
    rows = conn.execute(select(mention).where(mention.c.comment_id == comment_id)).all()
    return Mentions(
        frozenset(AccountId(row.account_id) for row in rows if row.account_id),
        frozenset(OrganisationId(row.organisation_id) for row in rows if row.organisation_id),
    )


def of_comments(
    conn: Connection, ids: Collection[CommentId]
) -> dict[CommentId, tuple[Called, ...]]:
    """Return whom comments call, in the order they were called; who was erased has no name."""
    name = func.coalesce(account.c.name, organisation.c.name, "")
    rows = conn.execute(
        select(mention, name.label("name"))
        .outerjoin(account, account.c.id == mention.c.account_id)
        .outerjoin(organisation, organisation.c.id == mention.c.organisation_id)
        .where(mention.c.comment_id.in_(ids))
        .order_by(mention.c.id)
    )
    found: dict[CommentId, tuple[Called, ...]] = defaultdict(tuple)
    for row in rows:
        person = AccountId(row.account_id) if row.account_id else None
        body = OrganisationId(row.organisation_id) if row.organisation_id else None
        found[CommentId(row.comment_id)] += (Called(person, body, row.name),)
    return found


def present(conn: Connection, now: datetime) -> Present:
    """Return who takes part now and can be called, by name."""
    held = and_(
        seat.c.account_id == account.c.id,
        account.c.role == Role.MEMBER,
        seat.c.from_at <= now,
        or_(seat.c.to_at.is_(None), seat.c.to_at > now),
    )
    people = conn.execute(
        select(account.c.id, account.c.name, account.c.role, organisation.c.name.label("seat"))
        .outerjoin(seat, held)
        .outerjoin(organisation, organisation.c.id == seat.c.organisation_id)
        .where(account.c.active, account.c.erased_at.is_(None))
        .order_by(account.c.name, account.c.id)
    )
    organisations = conn.execute(
        select(organisation.c.id, organisation.c.name)
        .where(organisation.c.status == OrganisationStatus.ACTIVE)
        .order_by(organisation.c.name_key)
    )
    return Present(
        tuple(Person(AccountId(r.id), r.name, Role(r.role), r.seat or "") for r in people),
        tuple((OrganisationId(row.id), row.name) for row in organisations),
    )


def calls(conn: Connection, to: Reader, *, since: datetime, limit: int) -> tuple[Call, ...]:
    """Return what somebody was called to since then, newest first, each comment once.

    Nobody is called by themselves, to what they may not read, or to what is gone.
    """
    asked = {
        "account_id": to.account_id,
        "organisation_id": to.organisation_id,
        "audiences": list(to.audiences),
        "since": since,
        "limit": limit,
    }
    rows = conn.execute(_calls(drafts=to.drafts), asked)
    return tuple(
        Call(
            ProposalId(row.proposal_id),
            row.reference,
            row.title,
            CommentId(row.thread_id),
            row.writer,
            row.seat or "",
            row.at,
        )
        for row in rows
    )


@cache
def _calls(*, drafts: bool) -> Select[Any]:
    """Return the select of ``calls``; building it costs more than running it."""
    called = _called()
    return (
        select(
            called.c.at,
            comment.c.proposal_id,
            func.coalesce(comment.c.root_id, comment.c.id).label("thread_id"),
            proposal.c.reference,
            proposal.c.title,
            account.c.name.label("writer"),
            organisation.c.name.label("seat"),
        )
        .join(comment, comment.c.id == called.c.comment_id)
        .join(proposal, proposal.c.id == comment.c.proposal_id)
        .join(account, account.c.id == comment.c.written_by)
        .outerjoin(organisation, organisation.c.id == comment.c.organisation_id)
        .where(
            comment.c.audience.in_(bindparam("audiences", expanding=True)),
            comment.c.written_by != bindparam("account_id"),
            comment.c.removed_at.is_(None),
            comment.c.erased_at.is_(None),
            true() if drafts else proposal.c.stage != Stage.DRAFT,
        )
        .order_by(called.c.at.desc(), called.c.comment_id.desc())
        .limit(bindparam("limit"))
    )


def _called() -> Subquery:
    """Return which comments call a person or their organisation, and when they last did.

    Without a seat the organisation asked for is NULL, which no mention equals.
    """
    mine = or_(
        mention.c.account_id == bindparam("account_id"),
        mention.c.organisation_id == bindparam("organisation_id"),
    )
    return (
        select(mention.c.comment_id, func.max(mention.c.at).label("at"))
        .where(mine, mention.c.at >= bindparam("since"))
        .group_by(mention.c.comment_id)
        .subquery()
    )
