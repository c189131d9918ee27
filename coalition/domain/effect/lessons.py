"""Lessons: what was tried, what happened, and who may tell it to whom."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.deliberation.rounds import Round, RoundId, Status
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, Role, may
from coalition.domain.ground.pillars import Pillar

LessonId = NewType("LessonId", int)


class State(StrEnum):
    """How far a lesson has got; only a public one leaves the table."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


class LessonNotFound(NotFound):
    """No lesson has this number, or not one this person may read."""

    code = "lesson.not_found"


class NotYourLesson(NotPermitted):
    """Another organisation wrote it."""

    code = "lesson.not_yours"


class LessonSettled(RuleBroken):
    """It has been published: from then on only conveners change it."""

    code = "lesson.settled"


class LessonChanged(Conflict):
    """Somebody has changed it since it was shown."""

    code = "lesson.changed"


class LessonNotPublic(RuleBroken):
    """It was never published, so there is nothing to take back."""

    code = "lesson.not_public"


class PillarMissing(Invalid):
    """No pillar was chosen."""

    code = "lesson.pillar_missing"


class NothingToLearnFrom(RuleBroken):
    """The round has not closed, or was cancelled: its writer may not see how it ended."""

    code = "lesson.round_unseen"


class ResultUnpublished(RuleBroken):
    """The lesson tells of a decision that the public may not read."""

    code = "lesson.result_unpublished"


@dataclass(frozen=True, slots=True)
class LessonText:
    """What a lesson says.

    Args:
        pillar: The code of one of the four; "" until one is chosen.
        round_id: The decision it was learned from, or None.
    """

    title: str
    challenge: str
    tried: str
    happened: str
    pillar: str
    round_id: RoundId | None = None

    def checked(self) -> "LessonText":
        """Return the same, its words trimmed and in one Unicode form.

        Raises:
            TextMissing, TextTooLong, TextUnreadable: they cannot be kept as they are.
            PillarMissing: it belongs to one of the four.
        """
        clean = replace(
            self,
            title=text.line(self.title, "title"),
            challenge=text.paragraphs(self.challenge, "challenge"),
            tried=text.paragraphs(self.tried, "tried"),
            happened=text.paragraphs(self.happened, "happened"),
        )
        if self.pillar not in list(Pillar):
            raise PillarMissing(field="pillar")
        return clean


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it stands.

    Args:
        organisation_id: Whose seat the writer held, or None where a convener wrote it.
        changes: How often its words were changed.
        published_at: When it was last published; it stays when it is taken back.
        reason: Why it was taken back; "" where it was not.
    """

    id: LessonId
    text: LessonText
    organisation_id: OrganisationId | None
    organisation: str
    written_at: datetime
    state: State = State.DRAFT
    changes: int = 0
    changed_at: datetime | None = None
    published_at: datetime | None = None
    reason: str = ""

    @property
    def stands_since(self) -> datetime:
        """When it was published, or written if it never was."""
        return self.published_at or self.written_at

    @property
    def updated_at(self) -> datetime:
        """When the words and the state that now stand came about."""
        return max(self.stands_since, self.changed_at or self.stands_since)

    def require_unchanged(self, seen: int) -> None:
        """Stop unless the words are those that were shown.

        Args:
            seen: How often it had been changed then.

        Raises:
            LessonChanged: somebody has changed it since.
        """
        if self.changes != seen:
            raise LessonChanged


def states(actor: Actor | None) -> frozenset[State]:
    """Return which lessons a person may read: the public ones, and at the table all."""
    return frozenset(State if may(actor, Permission.READ_TABLE) else {State.PUBLIC})


def may_write(actor: Actor | None) -> bool:
    """Say whether a person writes lessons: a convener, or who speaks for an organisation."""
    if actor is None or not may(actor, Permission.DRAFT_PROPOSAL):
        return False
    return actor.role is Role.CONVENER or actor.seat is not None


def may_change(actor: Actor | None, this: Lesson) -> bool:
    """Say whether a person may change a lesson: its organisation while a draft, or a convener."""
    if actor is None or not may_write(actor):
        return False
    own = actor.seat is not None and actor.seat.organisation_id == this.organisation_id
    return actor.role is Role.CONVENER or (own and this.state is State.DRAFT)


def require_change(home: OrganisationId | None, this: Lesson) -> None:
    """Stop unless somebody who speaks for ``home`` may change a lesson.

    Args:
        home: The organisation, or None for a convener, who may at any time.

    Raises:
        NotYourLesson: another organisation wrote it.
        LessonSettled: it has been published.
    """
    if home is None:
        return
    if home != this.organisation_id:
        raise NotYourLesson
    if this.state is not State.DRAFT:
        raise LessonSettled


def require_learned(actor: Actor, this: Round, *, now: datetime) -> None:
    """Stop unless a person may see how a round ended, so that something can be learned from it.

    Raises:
        NothingToLearnFrom: it has not closed, or was cancelled.
    """
    if this.status(now) is not Status.CLOSED or not sight(actor, this, now=now).verdict:
        raise NothingToLearnFrom


def require_tellable(this: Round, *, now: datetime) -> None:
    """Stop unless everybody may read the result that a lesson tells of.

    Raises:
        ResultUnpublished: it is not published.
    """
    if not sight(None, this, now=now).verdict:
        raise ResultUnpublished
