"""An application: how an inquiry about joining becomes a seat, stage by stage."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken
from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.inquiries import Inquiry, Topic

ApplicationId = NewType("ApplicationId", int)


class Stage(StrEnum):
    """How far an application has come; an inquiry without one stands at the first."""

    INQUIRY = "inquiry"
    CONVERSATION = "conversation"
    APPLICATION = "application"
    DECISION = "decision"
    ONBOARDING = "onboarding"


class Ending(StrEnum):
    """What became of an application; an open one has none."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the applicant
    LAPSED = "lapsed"  # erased before anything was decided


BY_HAND = (Stage.CONVERSATION, Stage.APPLICATION, Stage.DECISION)  # others follow from deeds


class NotAboutJoining(RuleBroken):
    """Only an inquiry about joining the table becomes an application."""

    code = "application.not_joining"


class ApplicationNotFound(NotFound):
    """The inquiry has not become an application."""

    code = "application.not_found"


class ApplicationThere(Conflict):
    """The inquiry is an application already; somebody was first."""

    code = "application.there"


class ApplicationEnded(RuleBroken):
    """It is decided or withdrawn; nothing is moved any more."""

    code = "application.ended"


class StageMoved(Conflict):
    """Somebody moved it since the page was opened."""

    code = "application.moved"


class StageUnknown(Invalid):
    """No stage, or one that only follows from a deed."""

    code = "application.stage"


class DayMissing(Invalid):
    """A day that must be named is not."""

    code = "application.day_missing"


class DayPassed(Invalid):
    """The day named has passed."""

    code = "application.day_passed"


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what until when, at one stage.

    Args:
        next_step: What happens next, as the applicant reads it; "" once erased.
    """

    stage: Stage
    owner_id: AccountId
    next_step: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a convener fills in to begin or move an application.

    Args:
        stage, owner_id, due_on: None where nobody has chosen.
    """

    stage: Stage | None
    owner_id: AccountId | None
    next_step: str
    due_on: date | None

    def checked(self, today: date) -> Step:
        """Return the step planned, its words trimmed and in one Unicode form.

        Raises:
            StageUnknown: no stage was chosen, or one that follows from a deed alone.
            OwnerMissing: nobody is to see to it.
            DayMissing, DayPassed: no day, or one before ``today``.
            TextMissing, TextTooLong, TextUnreadable: the next step.
        """
        if self.stage not in BY_HAND:
            raise StageUnknown(field="stage")
        if self.owner_id is None:
            raise OwnerMissing(field="owner_id")
        said = text.line(self.next_step, "next_step")
        return Step(self.stage, self.owner_id, said, require_day(self.due_on, "due_on", today))


class OwnerMissing(Invalid):
    """Somebody has to see to the next step."""

    code = "application.owner_missing"


@dataclass(frozen=True, slots=True)
class Past:
    """One step of the history.

    Args:
        owner, moved_by: Names of people; "" once erased.
        by_applicant: Whether the applicant took it, by withdrawing; nobody else is named then.
    """

    step: Step
    owner: str
    moved_by: str
    at: datetime
    by_applicant: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it stands.

    Args:
        owner: Name of who sees to the next step; "" once erased.
        moves: How often it has been moved: what a form was opened on.
        ending: What became of it, or None while it is open.
    """

    id: ApplicationId
    inquiry_id: int
    step: Step
    owner: str
    moves: int
    ending: Ending | None = None

    def is_late(self, today: date) -> bool:
        """Say whether its next step is past its day."""
        return self.ending is None and self.step.due_on < today

    def require_open(self) -> None:
        """Stop unless it can still be moved and decided.

        Raises:
            ApplicationEnded.
        """
        if self.ending is not None:
            raise ApplicationEnded

    def require_unmoved(self, seen: int) -> None:
        """Stop if somebody moved it since the reader saw it.

        Raises:
            StageMoved.
        """
        if self.moves != seen:
            raise StageMoved


def require_joining(inquiry: Inquiry) -> None:
    """Stop unless an application may come of this inquiry.

    Raises:
        NotAboutJoining, InquiryErased, InquiryClosed.
    """
    if inquiry.topic is not Topic.JOIN:
        raise NotAboutJoining
    inquiry.require_open()


def require_day(day: date | None, field: str, today: date) -> date:
    """Return a day that was named and is not over.

    Raises:
        DayMissing, DayPassed.
    """
    if day is None:
        raise DayMissing(field=field)
    if day < today:
        raise DayPassed(field=field)
    return day


def reached(stage: Stage) -> int:
    """Return the place of a stage on the way, from 0."""
    return list(Stage).index(stage)
