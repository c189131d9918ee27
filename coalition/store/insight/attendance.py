"""Questions about many rounds at once, in as many queries for forty as for one."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import COUNTS, Ending, Round, RoundId, RoundKind
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.pillars import Pillar
from coalition.store.deliberation.tallies import CARRIED, NOT_REPLACED, RECORDED
from coalition.store.schema import ballot, proposal, round_roll
from coalition.store.schema import consensus_round as rounds

_ON_ROLLS = (
    select(round_roll.c.organisation_id, func.count())
    .where(round_roll.c.round_id.in_(bindparam("ids", expanding=True)))
    .group_by(round_roll.c.organisation_id)
)
_HEARD = (
    select(ballot.c.organisation_id, func.count())
    .where(
        ballot.c.round_id.in_(bindparam("ids", expanding=True)),
        NOT_REPLACED,
        ballot.c.stance != WITHDRAWN,
    )
    .group_by(ballot.c.organisation_id)
)
_LEFT_OUT = _HEARD.select_from(ballot.join(rounds, rounds.c.id == ballot.c.round_id)).where(
    or_(
        and_(CARRIED, rounds.c.id.in_(bindparam("carried_out", expanding=True))),
        and_(RECORDED, rounds.c.id.in_(bindparam("recorded_out", expanding=True))),
    )
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """In how many of some rounds an organisation was on the roll, and in how many it is heard."""

    on_rolls: int
    heard: int


def attendance(
    conn: Connection, ids: Collection[int], told: Collection[Round] = ()
) -> dict[OrganisationId, Attendance]:
    """Return how often each organisation on the rolls of these rounds has answered.

    Two counts over an index each; joined row by row they took twice as long.

    Args:
        told: Those of the rounds whose stances may be seen: a ballot that their terms leave
            out is no answer. Of the others every ballot is one.
    """
    asked = {"ids": list(ids)}
    heard = Counter[int](dict(conn.execute(_HEARD, asked).all()))
    out = {
        "carried_out": [one.id for one in told if one.terms.unconfirmed != COUNTS],
        "recorded_out": [one.id for one in told if one.terms.recorded != COUNTS],
    }
    if any(out.values()):
        heard.subtract(dict(conn.execute(_LEFT_OUT, asked | out).all()))
    return {
        OrganisationId(who): Attendance(n, heard[who])
        for who, n in conn.execute(_ON_ROLLS, asked).all()
    }


@dataclass(frozen=True, slots=True)
class Closed:
    """A round that has closed, so that everybody may know who answered it and when."""

    id: RoundId
    proposal_id: ProposalId
    opens_at: datetime
    closes_at: datetime


def closed(
    conn: Connection,
    now: datetime,
    *,
    pillars: Collection[Pillar],
    limit: int,
    kinds: Collection[RoundKind] = tuple(RoundKind),
) -> tuple[Closed, ...]:
    """Return the rounds of some pillars or any that closed last, latest first.

    Only when they ran; neither their rules nor the texts of their proposals are read.
    """
    one = rounds.c
    query = (
        select(one.id, one.proposal_id, one.opens_at, one.closes_at)
        .join(proposal, proposal.c.id == one.proposal_id)
        .where(
            one.closes_at <= now,
            one.ending.is_distinct_from(Ending.CANCELLED),
            one.kind.in_(kinds),
        )
        .order_by(one.closes_at.desc(), one.id.desc())
        .limit(limit)
    )
    if pillars:
        query = query.where(proposal.c.pillar.in_(pillars))
    return tuple(
        Closed(RoundId(row.id), ProposalId(row.proposal_id), row.opens_at, row.closes_at)
        for row in conn.execute(query)
    )


def of_pillars(
    conn: Connection, ids: Collection[ProposalId], pillars: Collection[Pillar]
) -> frozenset[ProposalId]:
    """Return which of these proposals have one of these main pillars."""
    query = select(proposal.c.id).where(proposal.c.id.in_(ids), proposal.c.pillar.in_(pillars))
    return frozenset(ProposalId(one) for one in conn.scalars(query))


def count_open(conn: Connection, now: datetime, *, pillars: Collection[Pillar]) -> int:
    """Return how many rounds are open, of proposals with one of these main pillars or any."""
    is_open = and_(rounds.c.opens_at <= now, rounds.c.closes_at > now, rounds.c.ending.is_(None))
    return _count(conn, is_open, pillars)


def count_closed(
    conn: Connection, now: datetime, *, pillars: Collection[Pillar], limit: int
) -> int:
    """Return how many of the ``limit`` rounds that closed last have one of these pillars."""
    latest = (
        select(rounds.c.id)
        .where(rounds.c.closes_at <= now, rounds.c.ending.is_distinct_from(Ending.CANCELLED))
        .order_by(rounds.c.closes_at.desc())
        .limit(limit)
    )
    return _count(conn, rounds.c.id.in_(latest), pillars)


def _count(conn: Connection, which: ColumnElement[bool], pillars: Collection[Pillar]) -> int:
    query = (
        select(func.count())
        .select_from(rounds.join(proposal, proposal.c.id == rounds.c.proposal_id))
        .where(which)
    )
    if pillars:
        query = query.where(proposal.c.pillar.in_(pillars))
    return conn.scalar(query) or 0
