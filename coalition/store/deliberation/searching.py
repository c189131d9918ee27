"""Finding proposals among many: by words, pillar, stage and who is waited for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from coalition.domain.deliberation.decisions import FINAL
from coalition.domain.deliberation.proposals import Proposal, ProposalId, Stage
from coalition.domain.deliberation.rounds import Ending, RoundKind
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.domain.ground.pillars import Pillar
from coalition.store.deliberation.proposals import JOINED, get_many
from coalition.store.deliberation.tallies import has_answered
from coalition.store.schema import (
    consensus_round,
    proposal,
    round_roll,
    verdict,
)

_EARLIER = consensus_round.alias("earlier")  # any round of a proposal, not only its latest
_IDS = select(proposal.c.id).select_from(JOINED)
_COUNT = select(func.count()).select_from(JOINED)


@dataclass(frozen=True, slots=True)
class Search:
    """What a list of proposals is narrowed to.

    Args:
        words: Looked for in reference, title, summary, ask and instrument.
        waiting_for: Only open rounds whose roll holds this organisation and
            which it has not answered.
        drafts_of: Whose drafts without a champion are included: an account.
        champion: Whose drafts are included: an organisation.
        all_drafts: Every draft is included (conveners).
    """

    words: str = ""
    pillar: Pillar | None = None
    stage: Stage | None = None
    waiting_for: OrganisationId | None = None
    drafts_of: AccountId | None = None
    champion: OrganisationId | None = None
    all_drafts: bool = False


def search(
    conn: Connection, wanted: Search, *, now: datetime, limit: int, offset: int = 0
) -> tuple[Proposal, ...]:
    """Return proposals, those with an open round first by deadline, then the latest changed.

    The open ones are few and found by their deadlines; the rest is read along an
    index and only as far as the page reaches.
    """
    listed = _narrowed(_IDS, wanted, now=now)
    running: list[int] = []
    if wanted.stage in {None, Stage.OPEN}:  # an open round makes a stage of its own
        opened = listed.where(_open_at(now))
        running += conn.scalars(opened.order_by(consensus_round.c.closes_at, proposal.c.id.desc()))
    here = running[offset : offset + limit]
    if len(here) < limit and wanted.stage is not Stage.OPEN:
        rest = (
            listed.where(proposal.c.id.not_in(running))
            .order_by(proposal.c.updated_at.desc(), proposal.c.id.desc())
            .limit(limit - len(here))
            .offset(max(0, offset - len(running)))
        )
        here += conn.scalars(rest)
    found = get_many(conn, here)
    return tuple(found[ProposalId(one)] for one in here)


def settled(conn: Connection, ids: Collection[int], now: datetime) -> frozenset[ProposalId]:
    """Return which of these proposals a closed round has settled, in one query."""
    found = conn.scalars(_SETTLED, {"ids": list(ids), "now": now})
    return frozenset(ProposalId(one) for one in found)


def count(conn: Connection, wanted: Search, *, now: datetime) -> int:
    """Return how many proposals ``wanted`` finds."""
    return conn.scalar(_narrowed(_COUNT, wanted, now=now)) or 0


def _open_at(now: datetime) -> ColumnElement[bool]:
    return and_(
        consensus_round.c.opens_at <= now,
        consensus_round.c.closes_at > now,
        consensus_round.c.ending.is_(None),
    )


def _narrowed(query: Select[Any], wanted: Search, *, now: datetime) -> Select[Any]:
    if wanted.words:
        like = wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(proposal.c.search_key.like(f"%{like}%", escape="\\"))
    if wanted.pillar:
        query = query.where(proposal.c.pillar == wanted.pillar)
    if wanted.stage:
        query = query.where(_in_stage(wanted.stage, now))
    if wanted.waiting_for is not None:
        query = query.where(_open_at(now), _unanswered(wanted.waiting_for))
    if not wanted.all_drafts:
        theirs = and_(proposal.c.drafted_by == wanted.drafts_of, proposal.c.champion_id.is_(None))
        mine = [theirs] if wanted.drafts_of else []
        mine += [proposal.c.champion_id == wanted.champion] if wanted.champion else []
        query = query.where(or_(proposal.c.stage != Stage.DRAFT, *mine))
    return query


def _in_stage(stage: Stage, now: datetime) -> ColumnElement[bool]:
    """Return the condition of a derived stage: the stored one, unless a round says more."""
    stored = proposal.c.stage == stage
    if stage is Stage.OPEN:
        return and_(proposal.c.stage == Stage.SUBMITTED, _open_at(now))
    if stage is Stage.DECIDED:
        running = func.coalesce(_open_at(now), false())
        return and_(proposal.c.stage == Stage.SUBMITTED, ~running, _settling(now).exists())
    if stage is Stage.SUBMITTED:
        return and_(
            stored,
            ~func.coalesce(_open_at(now), false()),
            ~_settling(now).exists(),
        )
    return stored


def _settling(now: datetime) -> Select[Any]:
    """Return the rounds of a proposal that settled it."""
    return (
        select(_EARLIER.c.id)
        .outerjoin(verdict, verdict.c.round_id == _EARLIER.c.id)
        .where(_EARLIER.c.proposal_id == proposal.c.id, _settles(now))
    )


def settled_by(now: datetime) -> Select[Any]:
    """Return the proposals that a closed round has settled, for a question about all of them."""
    joined = _EARLIER.outerjoin(verdict, verdict.c.round_id == _EARLIER.c.id)
    return select(_EARLIER.c.proposal_id).select_from(joined).where(_settles(now))


def _settles(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition of a round that settles its proposal.

    One that found no quorum, came to no decision or sent the text round once more
    leaves it to be put to the table again; one whose verdict is not frozen yet
    settles it until that is known.
    """
    return and_(
        _EARLIER.c.kind == RoundKind.BINDING,
        _EARLIER.c.closes_at <= now,
        _EARLIER.c.ending.is_distinct_from(Ending.CANCELLED),
        or_(verdict.c.outcome.is_(None), verdict.c.outcome.in_(FINAL)),
    )


def _unanswered(organisation_id: OrganisationId) -> ColumnElement[bool]:
    on_roll = (
        select(round_roll.c.round_id)
        .where(
            round_roll.c.round_id == consensus_round.c.id,
            round_roll.c.organisation_id == organisation_id,
        )
        .exists()
    )
    return and_(on_roll, ~has_answered(organisation_id))


_SETTLED = (  # built once: building a statement costs more than running it
    select(_EARLIER.c.proposal_id)
    .outerjoin(verdict, verdict.c.round_id == _EARLIER.c.id)
    .where(_EARLIER.c.proposal_id.in_(bindparam("ids", expanding=True)), _settles(bindparam("now")))
)
