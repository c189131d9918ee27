"""The conveners' desk: what needs a hand, queue by queue."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.effect.lessons import Lesson, State
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people.inquiries import Inquiry
from coalition.domain.people.seats import Vacancy
from coalition.domain.table.queues import closes_soon, is_quiet
from coalition.services.deliberation.standings import Standing, standings
from coalition.services.effect import outcomes
from coalition.store.database import Connection, Database
from coalition.store.deliberation import agendas, clearances
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.effect import lessons as lessons_store
from coalition.store.people import inquiries as inquiries_store
from coalition.store.people import seats as seats_store
from coalition.store.table import desk as store

LONGEST = 10  # lines of one queue
DRAFTS = (State.DRAFT,)


@dataclass(frozen=True, slots=True)
class Line:
    """A round in a queue, as this convener may see it.

    Args:
        reviewing: How many organisations have it in clearance, and need no call.
    """

    proposal: Proposal
    standing: Standing
    reviewing: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """The first lines of a queue and how many there are in all."""

    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk.

    Args:
        closing: Open rounds that close within 72 hours, soonest first.
        quiet: Open rounds past half their window with fewer than half heard from.
        objections: Open rounds with a standing objection, where stances may be seen, and
            last calls whose clock one stopped; hidden rounds are never among them.
        unpublished: Closed rounds with a result that the public cannot read yet.
        reviews: Rounds whose review day has come, the earliest first.
        inquiries: Open ones, the oldest first.
        vacancies: Voting organisations for which no delegate acts now.
        lessons: Drafts that wait to be published, the newest first.
    """

    closing: Queue
    quiet: Queue
    objections: Queue
    unpublished: Queue
    reviews: Queue
    inquiries: tuple[Inquiry, ...]
    inquiries_total: int
    inquiries_late: int
    vacancies: tuple[Vacancy, ...]
    lessons: tuple[Lesson, ...]
    lessons_total: int


def desk(db: Database, *, actor: Actor | None, now: datetime) -> Desk:
    """Return the queues of the desk, in a fixed number of queries.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        open_rounds = rounds_store.open_at(conn, now)
        waiting = agendas.unpublished(conn, now, limit=LONGEST + 1)
        due = outcomes.reviews_due(conn, now)
        closed = rounds_store.get_many(conn, [*waiting, *due[:LONGEST]])
        stand = standings(conn, person, [*open_rounds, *closed.values()], now=now)
        opened = [stand[one.id] for one in open_rounds]
        cleared = clearances.in_force(conn, [one.id for one in open_rounds], now)
        reviewing = Counter(round_id for round_id, _ in cleared)
        queues = (
            [one for one in opened if closes_soon(one.round, now)],
            [one for one in opened if is_quiet(one.round, one.answered or 0, now)],
            [one for one in opened if one.round.stopped or _has_objection(one)],
            [stand[round_id] for round_id in waiting if round_id in stand],
            [stand[round_id] for round_id in due[:LONGEST]],
        )
        proposals = _proposals(conn, queues)
        closing, quiet, objections, unpublished, reviews = (
            _queue(one, proposals, reviewing) for one in queues
        )
        return Desk(
            closing=closing,
            quiet=quiet,
            objections=objections,
            unpublished=unpublished,
            reviews=replace(reviews, total=len(due)),
            inquiries=inquiries_store.list_open(conn, limit=LONGEST),
            inquiries_total=inquiries_store.count_open(conn),
            inquiries_late=store.count_late(conn, now),
            vacancies=seats_store.list_vacancies(conn, now),
            lessons=lessons_store.page(conn, DRAFTS, pillar="", limit=LONGEST, offset=0),
            lessons_total=lessons_store.count(conn, DRAFTS, pillar=""),
        )


def _has_objection(one: Standing) -> bool:
    return one.tally is not None and bool(one.tally.counts[Stance.OBJECT])


def _proposals(conn: Connection, queues: Iterable[list[Standing]]) -> Mapping[ProposalId, Proposal]:
    shown = {one.round.proposal_id for queue in queues for one in queue[:LONGEST]}
    return proposals_store.get_many(conn, shown)


def _queue(
    found: list[Standing],
    proposals: Mapping[ProposalId, Proposal],
    reviewing: Mapping[RoundId, int],
) -> Queue:
    lines = (
        Line(proposals[one.round.proposal_id], one, reviewing.get(one.round.id, 0))
        for one in found[:LONGEST]
    )
    return Queue(tuple(lines), len(found))
