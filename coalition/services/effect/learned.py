"""What was learned, as far as one reader may see it; everything that shows a lesson asks here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.visibility import sight
from coalition.domain.effect.lessons import Lesson, LessonId, LessonNotFound, states
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.effect import lessons as store

PAGE, EVERY = 10, 1_000  # lessons on one page, and in one file
BESIDE = 5  # lessons named beside one decision
CHOICES = 200  # decisions on offer; an older one is hardly ever meant


@dataclass(frozen=True, slots=True)
class Decision:
    """A round that something was, or may be, learned from."""

    round: Round
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson, with the decision it was learned from where its reader may see that."""

    lesson: Lesson
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lessons, and how many there are in all."""

    items: tuple[Learned, ...]
    total: int


def page(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    pillar: str = "",
    number: int = 1,
    size: int = PAGE,
) -> Page:
    """Return one page of lessons: to the public the public ones, newest first; at the table all.

    Args:
        pillar: Only those under it; "": all.
        number: From 1.
    """
    read = states(actor)
    with db.reading() as conn:
        total = store.count(conn, read, pillar=pillar)
        offset = (number - 1) * size
        found = store.page(conn, read, pillar=pillar, limit=size, offset=offset)
        decisions = _decisions(conn, found, actor, now)
    return Page(tuple(_learned(one, decisions) for one in found), total)


def one(db: Database, *, actor: Actor | None, now: datetime, lesson_id: LessonId) -> Learned:
    """Return one lesson.

    Raises:
        LessonNotFound: there is none that this person may read.
    """
    with db.reading() as conn:
        this = store.get(conn, lesson_id)
        if this.state not in states(actor):
            raise LessonNotFound
        return _learned(this, _decisions(conn, [this], actor, now))


def of_round(db: Database, *, actor: Actor | None, round_id: RoundId) -> tuple[Lesson, ...]:
    """Return the lessons learned from a decision, a few at most, in one query."""
    with db.reading() as conn:
        return store.of_round(conn, round_id, states(actor), limit=BESIDE)


def decisions(db: Database, *, actor: Actor | None, now: datetime) -> tuple[Decision, ...]:
    """Return the decisions that a lesson may be learned from, the latest first.

    Raises:
        PermissionMissing: observers and administrators write none.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.reading() as conn:
        found = rounds_store.recent(conn, now, limit=CHOICES)
        seen = [one for one in found if sight(person, one, now=now).verdict]
        about = proposals_store.get_many(conn, {one.proposal_id for one in seen})
    return tuple(Decision(one, about[one.proposal_id]) for one in seen)


def _decisions(
    conn: Connection, found: Iterable[Lesson], actor: Actor | None, now: datetime
) -> dict[RoundId, Decision]:
    """Return the decisions behind lessons, those whose result the reader may see."""
    rounds = rounds_store.get_many(conn, {one.text.round_id for one in found})
    seen = [one for one in rounds.values() if sight(actor, one, now=now).verdict]
    if not seen:
        return {}
    about = proposals_store.get_many(conn, {one.proposal_id for one in seen})
    return {one.id: Decision(one, about[one.proposal_id]) for one in seen}


def _learned(this: Lesson, decisions: dict[RoundId, Decision]) -> Learned:
    behind = this.text.round_id
    return Learned(this, decisions.get(behind) if behind is not None else None)
