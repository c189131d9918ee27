"""Today: what waits for one's organisation, at most five, and what was decided lately."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coalition.domain.deliberation.clearances import Clearance
from coalition.domain.deliberation.proposals import Proposal, ProposalId, ProposalUnfinished, Stage
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, may, require
from coalition.domain.table.queues import AT_MOST, NEWS
from coalition.services.deliberation.standings import Standing, standings
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances, searching, tallies
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation.searching import Search
from coalition.store.table import waiting as store


class Waits(StrEnum):
    """What something waits for."""

    STANCE = "stance"
    RECORDED = "recorded"  # a convener entered an answer: confirm or replace it
    CARRIED = "carried"  # the text has changed since the answer: confirm or change it
    DRAFT = "draft"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits.

    Args:
        round: The open round whose close is the deadline; None for a draft.
        missing: For a draft, the first field that is still empty, or "".
        clearance: The review under way in the person's organisation, or None.
        version: Number of the text that an unconfirmed answer was given on, or 0.
    """

    waits_for: Waits
    proposal: Proposal
    round: Round | None = None
    missing: str = ""
    clearance: Clearance | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """A round that closed lately, as this person may see it."""

    proposal: Proposal
    standing: Standing


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A proposal that was withdrawn while the organisation's answer stood, and why."""

    proposal: Proposal
    reason: str


@dataclass(frozen=True, slots=True)
class Today:
    """One person's day.

    Args:
        waiting: For the person's organisation: stances by deadline, then drafts.
        waiting_total: How many wait in all.
        reading: Open rounds, soonest to close first, for who has no stance to give.
        withdrawn: Proposals that went while the organisation's answer stood, the latest first.
    """

    waiting: tuple[Task, ...]
    waiting_total: int
    reading: tuple[Task, ...]
    news: tuple[News, ...]
    withdrawn: tuple[Withdrawn, ...] = ()


def today(db: Database, *, actor: Actor | None, now: datetime) -> Today:
    """Return what waits for this person and what was decided, in a fixed number of queries.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.READ_TABLE)
    own = person.seat.organisation_id if person.seat else None
    with db.reading() as conn:
        ids, total = store.waiting(conn, now, own, limit=AT_MOST)
        gone = store.withdrawn(conn, now - NEWS, own, limit=AT_MOST) if own else ()
        rounds = rounds_store.get_many(conn, [*ids, *gone])
        told = _Told(conn, ids, own, now)
        drafts = _drafts(conn, person, now)
        latest = [
            one for one in rounds_store.recent(conn, now, limit=AT_MOST) if _is_news(one, now)
        ]
        wanted = {one.proposal_id for one in (*rounds.values(), *latest)}
        proposals = proposals_store.get_many(conn, wanted)
        stand = standings(conn, person, latest, now=now)
    shown = [rounds[one] for one in ids]
    tasks = tuple(told.task(proposals[one.proposal_id], one) for one in shown)
    mine = tuple(_draft(one) for one in drafts)
    waiting = (*(tasks if person.seat else ()), *mine)
    return Today(
        waiting=waiting[:AT_MOST],
        waiting_total=(total if person.seat else 0) + len(mine),
        reading=() if person.seat else tasks,
        news=_news(latest, proposals, stand),
        withdrawn=tuple(
            Withdrawn(proposals[one.proposal_id], one.ending_reason)
            for one in (rounds[round_id] for round_id in gone)
        ),
    )


class _Told:
    """What an organisation has said of the rounds that wait, in two queries."""

    def __init__(
        self, conn: Connection, ids: Collection[RoundId], own: OrganisationId | None, now: datetime
    ) -> None:
        self._own = own
        self._given = tallies.given(conn, ids, organisation_id=own) if own else {}
        self._reviews = clearances.in_force(conn, ids, now, organisation_id=own) if own else {}

    def task(self, proposal: Proposal, this: Round) -> Task:
        """Return a round as what it waits for."""
        if self._own is None:
            return Task(Waits.READING, proposal, this)
        given = self._given.get((this.id, self._own))
        if given is None:
            review = self._reviews.get((this.id, self._own))
            return Task(Waits.STANCE, proposal, this, clearance=review)
        kind = Waits.RECORDED if given.recorded else Waits.CARRIED
        return Task(kind, proposal, this, version=given.version)


def _drafts(conn: Connection, person: Actor, now: datetime) -> tuple[Proposal, ...]:
    if not may(person, Permission.DRAFT_PROPOSAL):
        return ()
    mine = Search(
        stage=Stage.DRAFT,
        drafts_of=person.account_id,
        champion=person.seat.organisation_id if person.seat else None,
    )
    return searching.search(conn, mine, now=now, limit=AT_MOST)


def _draft(one: Proposal) -> Task:
    try:
        one.text.require_finished()
    except ProposalUnfinished as unfinished:
        return Task(Waits.DRAFT, one, missing=str(unfinished.facts["field"]))
    return Task(Waits.DRAFT, one)


def _is_news(this: Round, now: datetime) -> bool:
    return now - this.closes_at <= NEWS


def _news(
    rounds: Iterable[Round],
    proposals: Mapping[ProposalId, Proposal],
    stand: Mapping[RoundId, Standing],
) -> tuple[News, ...]:
    return tuple(News(proposals[one.proposal_id], stand[one.id]) for one in rounds)
