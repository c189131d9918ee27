"""Lessons, in and out of their table; one whose words were erased is nowhere."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.lessons import Lesson, LessonId, LessonNotFound, LessonText, State
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import lesson as lessons
from coalition.store.schema import organisation

_SELECT = select(lessons, organisation.c.name.label("organisation")).outerjoin(
    organisation, organisation.c.id == lessons.c.organisation_id
)
_KEPT = lessons.c.erased_at.is_(None)
_IN_ORDER = (  # what waits to be published, then the newest
    lessons.c.published_at.is_(None).desc(),
    lessons.c.published_at.desc(),
    lessons.c.id.desc(),
)


def add(
    conn: Connection,
    words: LessonText,
    *,
    by: tuple[AccountId, OrganisationId | None],
    at: datetime,
) -> LessonId:
    """Store a draft and return its id.

    Args:
        by: The person, and the organisation they speak for or None.
    """
    row = {
        **_columns(words),
        "written_by": by[0],
        "organisation_id": by[1],
        "written_at": at,
        "state": State.DRAFT,
    }
    return LessonId(conn.execute(insert(lessons).returning(lessons.c.id), row).scalar_one())


def change(conn: Connection, this: Lesson, words: LessonText, *, at: datetime) -> None:
    """Store what a lesson says from now on."""
    _set(conn, this.id, **_columns(words), changes=this.changes + 1, changed_at=at)


def publish(conn: Connection, lesson_id: LessonId, *, at: datetime) -> None:
    """Store that everybody may read it from now on."""
    _set(conn, lesson_id, state=State.PUBLIC, published_at=at, withdrawn_by=None, reason="")


def withdraw(conn: Connection, lesson_id: LessonId, *, by: AccountId, reason: str) -> None:
    """Store that it was taken back from the public, and why."""
    _set(conn, lesson_id, state=State.WITHDRAWN, withdrawn_by=by, reason=reason)


def get(conn: Connection, lesson_id: LessonId) -> Lesson:
    """Return one lesson.

    Raises:
        LessonNotFound: there is none.
    """
    row = conn.execute(_SELECT.where(lessons.c.id == lesson_id, _KEPT)).first()
    if row is None:
        raise LessonNotFound
    return _lesson(row)


def page(
    conn: Connection, states: Collection[State], *, pillar: str, limit: int, offset: int
) -> tuple[Lesson, ...]:
    """Return lessons in these states, those never published first, then the newest.

    Args:
        pillar: Only those under it; "": all.
    """
    query = _SELECT.where(_among(states, pillar)).order_by(*_IN_ORDER)
    return tuple(_lesson(row) for row in conn.execute(query.limit(limit).offset(offset)))


def count(conn: Connection, states: Collection[State], *, pillar: str) -> int:
    """Return how many lessons ``page`` knows."""
    query = select(func.count()).select_from(lessons).where(_among(states, pillar))
    return conn.scalar(query) or 0


def of_round(
    conn: Connection, round_id: RoundId, states: Collection[State], *, limit: int
) -> tuple[Lesson, ...]:
    """Return the lessons in these states that were learned from a round, in the same order."""
    query = _SELECT.where(lessons.c.round_id == round_id, _among(states, ""))
    return tuple(_lesson(row) for row in conn.execute(query.order_by(*_IN_ORDER).limit(limit)))


def erase_words_of(conn: Connection, account_id: AccountId, *, at: datetime) -> int:
    """Erase what a person wrote in lessons that are not public; return how many.

    A public one is the word of the coalition, and stays.
    """
    hidden = lessons.c.state != State.PUBLIC
    done = conn.execute(
        update(lessons)
        .where(lessons.c.written_by == account_id, hidden, _KEPT)
        .values(title="", challenge="", tried="", happened="", reason="", erased_at=at)
    )
    theirs = (lessons.c.withdrawn_by == account_id) & (lessons.c.reason != "")
    reasons = conn.execute(update(lessons).where(theirs).values(reason=""))
    return done.rowcount + reasons.rowcount


def _among(states: Collection[State], pillar: str) -> ColumnElement[bool]:
    among = and_(lessons.c.state.in_(sorted(states)), _KEPT)
    return and_(among, lessons.c.pillar == pillar) if pillar else among


def _set(conn: Connection, lesson_id: LessonId, **values: Any) -> None:  # noqa: ANN401 (a column's)
    conn.execute(update(lessons).where(lessons.c.id == lesson_id).values(**values))


def _columns(words: LessonText) -> dict[str, Any]:
    return {
        "title": words.title,
        "challenge": words.challenge,
        "tried": words.tried,
        "happened": words.happened,
        "pillar": words.pillar,
        "round_id": words.round_id,
    }


def _lesson(row: Row[Any]) -> Lesson:
    words = LessonText(
        row.title,
        row.challenge,
        row.tried,
        row.happened,
        row.pillar,
        RoundId(row.round_id) if row.round_id else None,
    )
    return Lesson(
        id=LessonId(row.id),
        text=words,
        organisation_id=OrganisationId(row.organisation_id) if row.organisation_id else None,
        organisation=row.organisation or "",
        written_at=row.written_at,
        state=State(row.state),
        changes=row.changes,
        changed_at=row.changed_at,
        published_at=row.published_at,
        reason=row.reason,
    )
