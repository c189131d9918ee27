"""What people said to comments without words."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from coalition.domain.discussion.comments import CommentId, Reaction
from coalition.domain.ground.permissions import AccountId
from coalition.store.schema import account, reaction


@dataclass(frozen=True, slots=True)
class Reacted:
    """One person's reaction; the name is "" once they were erased."""

    reaction: Reaction
    account_id: AccountId
    name: str


def stands(conn: Connection, comment_id: CommentId, by: AccountId, said: Reaction) -> bool:
    """Say whether a person has this reaction to a comment."""
    return conn.scalar(select(reaction.c.code).where(*_one(comment_id, by, said))) is not None


def add(
    conn: Connection, comment_id: CommentId, by: AccountId, said: Reaction, *, at: datetime
) -> None:
    """Store a person's reaction to a comment."""
    conn.execute(
        insert(reaction),
        {"comment_id": comment_id, "account_id": by, "code": said, "at": at},
    )


def drop(conn: Connection, comment_id: CommentId, by: AccountId, said: Reaction) -> None:
    """Take a person's reaction to a comment away."""
    conn.execute(delete(reaction).where(*_one(comment_id, by, said)))


def of_comments(
    conn: Connection, ids: Collection[CommentId]
) -> dict[CommentId, tuple[Reacted, ...]]:
    """Return the reactions to comments, the earliest first."""
    rows = conn.execute(
        select(reaction, account.c.name)
        .join(account, account.c.id == reaction.c.account_id)
        .where(reaction.c.comment_id.in_(ids))
        .order_by(reaction.c.comment_id, reaction.c.at, reaction.c.account_id)
    )
    found: dict[CommentId, tuple[Reacted, ...]] = defaultdict(tuple)
    for row in rows:
        made = Reacted(Reaction(row.code), AccountId(row.account_id), row.name)
        found[CommentId(row.comment_id)] += (made,)
    return found


def _one(comment_id: CommentId, by: AccountId, said: Reaction) -> tuple[ColumnElement[bool], ...]:
    return (
        reaction.c.comment_id == comment_id,
        reaction.c.account_id == by,
        reaction.c.code == said,
    )
