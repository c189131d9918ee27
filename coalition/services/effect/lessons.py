"""Lessons: writing one, changing it, publishing it and taking it back."""

from collections.abc import Mapping
from datetime import datetime

from coalition.domain.effect.lessons import (
    LessonId,
    LessonNotPublic,
    LessonText,
    State,
    require_change,
    require_learned,
    require_tellable,
)
from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    Actor,
    OrganisationId,
    Permission,
    Role,
    require,
)
from coalition.services.deliberation.casting import seat_now
from coalition.store.database import Connection, Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.effect import lessons as store
from coalition.store.ground import audit, tokens


def write_lesson(
    db: Database, clock: Clock, *, actor: Actor | None, words: LessonText, token: str
) -> LessonId:
    """Keep a lesson as a draft, which the table reads; return its number.

    Audited as ``lesson.written``; the words are not in the trail.

    Raises:
        PermissionMissing, SeatMissing: observers and administrators do not, nor members
            without a seat.
        RoundNotFound, NothingToLearnFrom: the decision is none that the writer may see.
        Invalid: a field cannot be kept as it is.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    checked = words.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "lesson.written"):
            return LessonId(int(done))
        home = _home(conn, person, now)
        _require_round(conn, person, checked, now, public=False)
        kept = store.add(conn, checked, by=(person.account_id, home), at=now)
        _append(conn, person, "lesson.written", kept, now)
        tokens.keep(conn, token, "lesson.written", str(kept), at=now)
    return kept


def change_lesson(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    lesson_id: LessonId,
    words: LessonText,
    seen: int,
    token: str,
) -> None:
    """Change what a lesson says: its organisation while it is a draft, conveners at any time.

    Audited as ``lesson.changed``.

    Args:
        seen: How often it had been changed when the form was shown.

    Raises:
        LessonNotFound, NotYourLesson, LessonSettled: it is not this person's to change now.
        LessonChanged: somebody has changed it since; nothing was overwritten.
        ResultUnpublished: it is public, and would tell of a result that is not.
        Invalid, RoundNotFound, NothingToLearnFrom, SeatMissing: as in ``write_lesson``.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    checked = words.checked()
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "lesson.changed"):
            return
        this = store.get(conn, lesson_id)
        require_change(_home(conn, person, now), this)
        this.require_unchanged(seen)
        _require_round(conn, person, checked, now, public=this.state is State.PUBLIC)
        store.change(conn, this, checked, at=now)
        _append(conn, person, "lesson.changed", lesson_id, now, {"changes": this.changes + 1})
        tokens.keep(conn, token, "lesson.changed", str(lesson_id), at=now)


def publish_lesson(
    db: Database, clock: Clock, *, actor: Actor | None, lesson_id: LessonId, seen: int
) -> None:
    """Let everybody read a lesson; doing it twice does it once.

    Audited as ``lesson.published``.

    Args:
        seen: As in ``change_lesson``: nobody publishes words they have not seen.

    Raises:
        PermissionMissing: only conveners.
        LessonNotFound: there is no such lesson.
        LessonChanged: somebody has changed it since.
        ResultUnpublished: it tells of a decision whose result is not published.
    """
    person = require(actor, Permission.RUN_ROUND)
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, lesson_id)
        if this.state is State.PUBLIC:
            return
        this.require_unchanged(seen)
        _require_round(conn, person, this.text, now, public=True)
        store.publish(conn, lesson_id, at=now)
        _append(conn, person, "lesson.published", lesson_id, now, {"changes": this.changes})


def withdraw_lesson(
    db: Database, clock: Clock, *, actor: Actor | None, lesson_id: LessonId, reason: str
) -> None:
    """Take a lesson back from the public; the table still reads it, with the reason.

    Doing it twice does it once. Audited as ``lesson.withdrawn``.

    Raises:
        PermissionMissing: only conveners.
        LessonNotFound, LessonNotPublic: the public reads no such lesson.
        Invalid: the reason is blank, too long or unreadable.
    """
    person = require(actor, Permission.RUN_ROUND)
    why = text.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, lesson_id)
        if this.state is State.WITHDRAWN:
            return
        if this.state is not State.PUBLIC:
            raise LessonNotPublic
        store.withdraw(conn, lesson_id, by=person.account_id, reason=why)
        _append(conn, person, "lesson.withdrawn", lesson_id, now)


def _home(conn: Connection, person: Actor, now: datetime) -> OrganisationId | None:
    """Return whom a person speaks for, or None for a convener.

    Raises:
        SeatMissing: a member without a current seat.
    """
    if person.role is Role.CONVENER:
        return None
    return seat_now(conn, person, now).organisation_id


def _require_round(
    conn: Connection, person: Actor, words: LessonText, now: datetime, *, public: bool
) -> None:
    """Stop unless a lesson may tell of its decision, to the table or to the public."""
    if words.round_id is None:
        return
    this = rounds_store.get(conn, words.round_id)
    require_learned(person, this, now=now)
    if public:
        require_tellable(this, now=now)


def _append(
    conn: Connection,
    person: Actor,
    action: str,
    lesson_id: LessonId,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    audit.append(conn, person.label, action, f"lesson:{lesson_id}", at=at, detail=detail)
