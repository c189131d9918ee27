"""What a notice is about, as it is when it is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from coalition.store.schema import comment, objection, proposal
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import inquiry as inquiries


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be told of one thing, to everybody who is told of it.

    Args:
        at: The hour that matters: a close, or what was promised by; None without one.
    """

    proposal_id: int = 0
    reference: str = ""
    title: str = ""
    at: datetime | None = None
    thread_id: int = 0


def of(conn: Connection, subjects: Collection[str]) -> dict[str, Facts]:
    """Return the facts of these subjects; what is gone is not among them."""
    by_kind: dict[str, list[int]] = {}
    for one in subjects:
        kind, _, number = one.partition(":")
        by_kind.setdefault(kind, []).append(int(number))
    found: dict[str, Facts] = {}
    for kind, ids in by_kind.items():
        found |= _ASKED[kind](conn, ids)
    return found


def _rounds(conn: Connection, ids: list[int]) -> dict[str, Facts]:
    rows = conn.execute(
        select(
            rounds.c.id, proposal.c.id, proposal.c.reference, proposal.c.title, rounds.c.closes_at
        )
        .join(proposal, proposal.c.id == rounds.c.proposal_id)
        .where(rounds.c.id.in_(ids))
    )
    return {f"round:{number}": Facts(*rest) for number, *rest in rows}


def _proposals(conn: Connection, ids: list[int]) -> dict[str, Facts]:
    rows = conn.execute(select(proposal).where(proposal.c.id.in_(ids)))
    return {f"proposal:{r.id}": Facts(r.id, r.reference, r.title) for r in rows}


def _objections(conn: Connection, ids: list[int]) -> dict[str, Facts]:
    rows = conn.execute(
        select(objection.c.id, proposal.c.id, proposal.c.reference, proposal.c.title)
        .join(proposal, proposal.c.id == objection.c.proposal_id)
        .where(objection.c.id.in_(ids))
    )
    return {f"objection:{number}": Facts(*rest) for number, *rest in rows}


def _comments(conn: Connection, ids: list[int]) -> dict[str, Facts]:
    rows = conn.execute(
        select(comment, proposal.c.reference, proposal.c.title)
        .join(proposal, proposal.c.id == comment.c.proposal_id)
        .where(comment.c.id.in_(ids))
    )
    return {
        f"comment:{r.id}": Facts(r.proposal_id, r.reference, r.title, thread_id=r.root_id or r.id)
        for r in rows
    }


def _inquiries(conn: Connection, ids: list[int]) -> dict[str, Facts]:
    rows = conn.execute(
        select(inquiries).where(inquiries.c.id.in_(ids), inquiries.c.erased_at.is_(None))
    )
    return {f"inquiry:{r.id}": Facts(r.id, r.receipt, "", r.due_at) for r in rows}


_ASKED = {
    "round": _rounds,
    "proposal": _proposals,
    "objection": _objections,
    "comment": _comments,
    "inquiry": _inquiries,
}
