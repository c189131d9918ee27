"""How many proposals are in each stage, and how long the latest took through them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, literal, select

from coalition.domain.deliberation.proposals import ProposalId, Stage
from coalition.domain.ground.pillars import Pillar
from coalition.store.deliberation.searching import settled_by
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import proposal, text_version


@dataclass(frozen=True, slots=True)
class Course:
    """When a proposal came to its stages.

    Args:
        opened_at: When its first round opened that was not cancelled.
    """

    drafted_at: datetime
    submitted_at: datetime
    opened_at: datetime


def counts(
    conn: Connection, now: datetime, *, pillars: Collection[Pillar]
) -> dict[tuple[Stage, Pillar], int]:
    """Return how many proposals are in each derived stage, by main pillar, in one query.

    Args:
        pillars: Only these; empty: all.
    """
    is_open = and_(rounds.c.opens_at <= now, rounds.c.closes_at > now, rounds.c.ending.is_(None))
    # The open and the settled are each looked for once, not once a proposal.
    stage = case(  # as ``stages.derived_stage``
        (proposal.c.stage != Stage.SUBMITTED, proposal.c.stage),
        (
            proposal.c.latest_round_id.in_(select(rounds.c.id).where(is_open)),
            literal(Stage.OPEN.value),
        ),
        (proposal.c.id.in_(settled_by(now)), literal(Stage.DECIDED.value)),
        else_=literal(Stage.SUBMITTED.value),
    )
    each = select(stage.label("stage"), proposal.c.pillar).subquery()
    query = select(each.c.stage, each.c.pillar, func.count().label("n")).group_by(
        each.c.stage, each.c.pillar
    )
    if pillars:
        query = query.where(each.c.pillar.in_(pillars))
    return {(Stage(row.stage), Pillar(row.pillar)): row.n for row in conn.execute(query)}


def courses(conn: Connection, ids: Collection[ProposalId]) -> dict[ProposalId, Course]:
    """Return when these proposals came to their stages, in one query; of those that opened."""
    opened = (
        select(rounds.c.proposal_id, func.min(rounds.c.opens_at).label("at"))
        .where(rounds.c.proposal_id.in_(ids), rounds.c.closes_at > rounds.c.opens_at)
        .group_by(rounds.c.proposal_id)
        .subquery()
    )
    query = (
        select(proposal.c.id, proposal.c.created_at, text_version.c.at, opened.c.at.label("opened"))
        .join(text_version, text_version.c.proposal_id == proposal.c.id)
        .join(opened, opened.c.proposal_id == proposal.c.id)
        .where(proposal.c.id.in_(ids), text_version.c.number == 1)
    )
    return {
        ProposalId(row.id): Course(row.created_at, row.at, row.opened)
        for row in conn.execute(query)
    }
