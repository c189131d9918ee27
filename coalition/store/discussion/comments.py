"""Comments and their threads, in and out of the tables.

Every reading takes the audiences of the reader, so that what conveners note is never
even counted for anybody else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from coalition.domain.deliberation.passages import Field, Passage
from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.discussion.comments import (
    Audience,
    Comment,
    CommentId,
    CommentNotFound,
)
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import account, comment, organisation

_THREAD = func.coalesce(comment.c.root_id, comment.c.id)


@dataclass(frozen=True, slots=True)
class Head:
    """A thread in a list.

    Args:
        replies: How many there are in all.
    """

    root_id: CommentId
    replies: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment with the names that stand beside it; "" for a writer who was erased."""

    comment: Comment
    writer: str
    organisation: str


def add(conn: Connection, new: Comment) -> CommentId:
    """Store a comment; its ``id`` is given by the database."""
    added = conn.execute(
        insert(comment).returning(comment.c.id),
        {
            "proposal_id": new.proposal_id,
            "root_id": new.root_id,
            "version_id": new.version_id,
            "field": new.passage.field if new.version_id else "",
            "start": new.passage.start,
            "quote": new.passage.quote,
            "written_by": new.written_by,
            "organisation_id": new.organisation_id,
            "audience": new.audience,
            "body": new.body,
            "at": new.at,
        },
    )
    return CommentId(added.scalar_one())


def set_body(conn: Connection, comment_id: CommentId, body: str, *, at: datetime) -> None:
    """Store other words for a comment, and when they were changed."""
    conn.execute(update(comment).where(comment.c.id == comment_id).values(body=body, edited_at=at))


def take_back(conn: Connection, this: Comment, *, at: datetime) -> None:
    """Store that a writer took a comment back; the words go."""
    conn.execute(
        update(comment)
        .where(comment.c.id == this.id)
        .values(body="", removed_at=at, removed_by=this.written_by)
    )


def remove(
    conn: Connection, comment_id: CommentId, *, by: AccountId, reason: str, at: datetime
) -> None:
    """Store that a convener removed a comment, and why; the words stay for conveners."""
    conn.execute(
        update(comment)
        .where(comment.c.id == comment_id)
        .values(removed_at=at, removed_by=by, removal_reason=reason)
    )


def get(conn: Connection, comment_id: CommentId, to: Collection[Audience]) -> Comment:
    """Return one comment.

    Args:
        to: The audiences of the reader.

    Raises:
        CommentNotFound: there is none, or it is not for the reader.
    """
    row = conn.execute(
        select(comment).where(comment.c.id == comment_id, comment.c.audience.in_(to))
    ).first()
    if row is None:
        raise CommentNotFound
    return _comment(row)


def heads(
    conn: Connection,
    proposal_id: ProposalId,
    to: Collection[Audience],
    *,
    limit: int,
    offset: int = 0,
) -> tuple[tuple[Head, ...], int]:
    """Return one page of a proposal's threads, newest comment first, and how many there are."""
    rows = conn.execute(
        select(
            _THREAD.label("root_id"),
            func.count().label("said"),
            func.count().over().label("total"),
        )
        .where(comment.c.proposal_id == proposal_id, comment.c.audience.in_(to))
        .group_by(_THREAD)
        .order_by(func.max(comment.c.id).desc())
        .limit(limit)
        .offset(offset)
    ).all()
    found = tuple(Head(CommentId(row.root_id), row.said - 1) for row in rows)
    return found, rows[0].total if rows else 0


def latest_replies(
    conn: Connection, roots: Collection[CommentId], *, each: int
) -> dict[CommentId, list[CommentId]]:
    """Return the latest replies of some threads by number, oldest first; each reply's thread."""
    place = func.row_number().over(partition_by=comment.c.root_id, order_by=comment.c.id.desc())
    ranked = (
        select(comment.c.id, comment.c.root_id, place.label("place"))
        .where(comment.c.root_id.in_(roots))
        .subquery()
    )
    found: dict[CommentId, list[CommentId]] = {root: [] for root in roots}
    rows = conn.execute(
        select(ranked.c.id, ranked.c.root_id).where(ranked.c.place <= each).order_by(ranked.c.id)
    )
    for row in rows:
        found[CommentId(row.root_id)].append(CommentId(row.id))
    return found


def count_replies(conn: Connection, root_id: CommentId) -> int:
    """Return how many replies a thread has."""
    return conn.scalar(select(func.count()).where(comment.c.root_id == root_id)) or 0


def replies(
    conn: Connection, root_id: CommentId, *, limit: int, offset: int = 0
) -> tuple[CommentId, ...]:
    """Return one page of the replies of a thread, oldest first."""
    ids = conn.scalars(
        select(comment.c.id)
        .where(comment.c.root_id == root_id)
        .order_by(comment.c.id)
        .limit(limit)
        .offset(offset)
    )
    return tuple(CommentId(one) for one in ids)


def entries(conn: Connection, ids: Collection[CommentId]) -> dict[CommentId, Entry]:
    """Return comments by number, with the names beside them."""
    rows = conn.execute(_named().where(comment.c.id.in_(ids)))
    return {CommentId(row.id): Entry(_comment(row), row.writer, row.seat or "") for row in rows}


def erase_words_of(conn: Connection, account_id: AccountId, *, at: datetime) -> int:
    """Erase what a person said in any comment; return in how many.

    Why a convener removed a comment is the table's word, and stays.
    """
    erased = conn.execute(
        update(comment)
        .where(comment.c.written_by == account_id, comment.c.erased_at.is_(None))
        .values(body="", erased_at=at)
    )
    return erased.rowcount


def _named() -> Select[Any]:
    return (
        select(comment, account.c.name.label("writer"), organisation.c.name.label("seat"))
        .join(account, account.c.id == comment.c.written_by)
        .outerjoin(organisation, organisation.c.id == comment.c.organisation_id)
    )


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        id=CommentId(row.id),
        proposal_id=ProposalId(row.proposal_id),
        root_id=CommentId(row.root_id) if row.root_id else None,
        version_id=VersionId(row.version_id) if row.version_id else None,
        passage=Passage(Field(row.field or Field.BODY), row.start, row.quote),
        written_by=AccountId(row.written_by),
        organisation_id=OrganisationId(row.organisation_id) if row.organisation_id else None,
        audience=Audience(row.audience),
        body=row.body,
        at=row.at,
        edited_at=row.edited_at,
        removed_at=row.removed_at,
        removed_by=AccountId(row.removed_by) if row.removed_by else None,
        removal_reason=row.removal_reason,
        erased_at=row.erased_at,
    )
