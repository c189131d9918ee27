"""Reading a discussion: threads page by page, one thread opened, in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.discussion.comments import (
    Comment,
    CommentId,
    CommentNotFound,
    audiences,
    shown,
)
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.services.discussion.comments import discussed
from coalition.store.database import Connection, Database
from coalition.store.discussion import comments as store
from coalition.store.discussion import mentions as mentions_store
from coalition.store.discussion import reactions as reactions_store
from coalition.store.discussion.mentions import Called
from coalition.store.discussion.reactions import Reacted

PAGE = 10  # threads on one page
LATEST = 3  # replies shown under each thread of a page
REPLIES = 20  # on one page of an opened thread


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as its reader may see it.

    Args:
        writer: "" once they were erased.
        organisation: Whose seat the writer held, or "".
        called: Whom it calls; nobody once it is gone.
        reactions: The earliest first; none once it is gone.
    """

    comment: Comment
    writer: str
    organisation: str
    called: tuple[Called, ...]
    reactions: tuple[Reacted, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and replies to it, oldest first.

    Args:
        replied: How many replies there are in all.
    """

    root: Said
    replies: tuple[Said, ...]
    replied: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of threads, the one with the newest comment first, and how many there are."""

    threads: tuple[Thread, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One thread with one page of its replies.

    Args:
        page: From 1; the last one holds the newest replies.
    """

    thread: Thread
    page: int
    pages: int


def threads(db: Database, *, actor: Actor | None, proposal_id: ProposalId, page: int = 1) -> Page:
    """Return one page of a proposal's threads that a person may read.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is no such proposal, or it is a draft of somebody else.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        discussed(conn, person, proposal_id)
        offset = (page - 1) * PAGE
        heads, total = store.heads(conn, proposal_id, audiences(person), limit=PAGE, offset=offset)
        latest = store.latest_replies(conn, [one.root_id for one in heads], each=LATEST)
        said = _said(conn, person, {*latest, *(id_ for ids in latest.values() for id_ in ids)})
    found = tuple(
        Thread(said[one.root_id], tuple(said[id_] for id_ in latest[one.root_id]), one.replies)
        for one in heads
    )
    return Page(found, total)


def thread(
    db: Database,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    root_id: CommentId,
    page: int | None = None,
) -> Opened:
    """Return one thread of a proposal with one page of its replies.

    Args:
        page: From 1, cut to those there are; None for the last, which is the newest.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound, CommentNotFound: there is no such thread for this person.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        discussed(conn, person, proposal_id)
        root = store.get(conn, root_id, audiences(person))
        if root.proposal_id != proposal_id or root.root_id is not None:
            raise CommentNotFound
        total = store.count_replies(conn, root_id)
        pages = max(1, -(-total // REPLIES))
        here = min(max(1, page or pages), pages)
        ids = store.replies(conn, root_id, limit=REPLIES, offset=(here - 1) * REPLIES)
        said = _said(conn, person, {root_id, *ids})
    opened = Thread(said[root_id], tuple(said[one] for one in ids), total)
    return Opened(opened, here, pages)


def _said(conn: Connection, person: Actor, ids: Collection[CommentId]) -> dict[CommentId, Said]:
    """Return comments with all that stands beside them, as a person may see them."""
    entries = store.entries(conn, ids)
    called = mentions_store.of_comments(conn, ids)
    reactions = reactions_store.of_comments(conn, ids)
    found = {}
    for one, entry in entries.items():
        told = Said(
            shown(person, entry.comment),
            entry.writer,
            entry.organisation,
            called.get(one, ()),
            reactions.get(one, ()),
        )
        is_gone = entry.comment.is_gone
        found[one] = replace(told, called=(), reactions=()) if is_gone else told
    return found
