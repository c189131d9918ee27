"""A round: one text put to one roll, under one rule, in one window of time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken

RoundId = NewType("RoundId", int)
COUNTS, MISSING = "counts", "missing"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the close of a round whose clock an objection stops


class RoundKind(StrEnum):
    """What a round is for; only a binding one has a rule and a verdict."""

    BINDING = "binding"
    TEMPERATURE = "temperature"
    SIGN_ON = "sign_on"


class Results(StrEnum):
    """Whether stances can be seen while the round is open."""

    OPEN = "open"
    HIDDEN = "hidden"


class Ending(StrEnum):
    """How a round ended other than by its deadline."""

    CLOSED_EARLY = "closed_early"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """Where a round is, by the clock alone."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


LIVE = frozenset({Status.SCHEDULED, Status.OPEN})  # its text can still move, its roll change


class RoundNotFound(NotFound):
    """No round has this number, or not one this person may read."""

    code = "round.not_found"


class RoundNotOpen(RuleBroken):
    """The round has not opened yet, so nothing can be recorded."""

    code = "round.not_open"


class RoundClosed(RuleBroken):
    """The deadline has passed, or the round was closed or cancelled."""

    code = "round.closed"


class RoundAlreadyOpen(Conflict):
    """The proposal has a round that has not ended."""

    code = "round.already_open"


class ExtensionShortens(Invalid):
    """An extension must move the deadline later."""

    code = "round.extension_shortens"


class NotEveryoneHeard(RuleBroken):
    """Closing early needs every organisation on the roll to have answered."""

    code = "round.not_everyone_heard"


class WindowStillRunning(RuleBroken):
    """Closing early needs the rule's window to have passed."""

    code = "round.window_running"


class ConcernsOpen(RuleBroken):
    """A must-change objection is unresolved, so a last call can neither begin nor end."""

    code = "round.concerns_open"


class NotDecidedYet(RuleBroken):
    """Only a round that has closed with a result can be published."""

    code = "round.not_decided"


@dataclass(frozen=True, slots=True)
class Terms:
    """Which ballots reach the engine; frozen with the rule.

    Args:
        unconfirmed: ``counts`` or ``missing``: ballots given on an earlier text.
        recorded: the same for ballots entered for an organisation.
        urgency: Why this cannot wait, where the preset asks for it.

    Source: decision rules, "Terms of a round".
    """

    unconfirmed: str = COUNTS
    recorded: str = COUNTS
    urgency: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the terms as they are stored with the round."""
        return {
            "unconfirmed": self.unconfirmed,
            "recorded": self.recorded,
            "urgency": self.urgency,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Terms":
        """Return stored terms."""
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class Round:
    """One round as it stands; ``[opens_at, closes_at)`` in UTC.

    Args:
        version_id: The text in force; ``version`` is its number.
        rule: None for temperature checks and sign-ons.
        roll_size: Organisations on the roll in force.
        closes_at: By the latest extension, or the moment it ended otherwise;
            ``NEVER`` while an objection stops the clock.
        first_version_id: The text it opened on.
        substantive_version_id: The latest text that changed what was asked; a
            ballot on an earlier one is carried.
        runs_from: Where the rule's window counts from.
        published_at: When the public could first read the result, or None.
    """

    id: RoundId
    proposal_id: ProposalId
    version_id: VersionId
    version: int
    kind: RoundKind
    preset: str
    rule: Rule | None
    terms: Terms
    results: Results
    roll_size: int
    opens_at: datetime
    first_closes_at: datetime
    closes_at: datetime
    first_version_id: VersionId
    substantive_version_id: VersionId
    runs_from: datetime
    stopped: bool = False
    ending: Ending | None = None
    ending_reason: str = ""
    published_at: datetime | None = None

    def status(self, now: datetime) -> Status:
        """Return where the round is at ``now``; no job has to run for it to close."""
        if self.ending is Ending.CANCELLED:
            return Status.CANCELLED
        if now < self.opens_at:
            return Status.SCHEDULED
        return Status.OPEN if now < self.closes_at else Status.CLOSED

    def is_open(self, now: datetime) -> bool:
        """Say whether a ballot can be recorded at ``now``."""
        return self.status(now) is Status.OPEN

    def require_open(self, now: datetime) -> None:
        """Stop unless a ballot can be recorded at ``now``.

        Raises:
            RoundNotOpen: it opens later.
            RoundClosed: it has ended.
        """
        status = self.status(now)
        if status is Status.SCHEDULED:
            raise RoundNotOpen(opens_at=self.opens_at)
        if status is not Status.OPEN:
            raise RoundClosed(closes_at=self.closes_at)

    @property
    def full_period(self) -> timedelta:
        """How long it was to be open when it was opened; a restarted clock runs as long again."""
        return self.first_closes_at - self.opens_at

    @property
    def is_last_call(self) -> bool:
        """Say whether its rule waits for open concerns, so that an objection stops the clock."""
        return self.rule is not None and self.rule.review is not None

    @property
    def window_hours(self) -> int:
        """Hours the rule wants the round to be open; 0 where it does not say."""
        return (self.rule.window_hours or 0) if self.rule else 0

    @property
    def stances(self) -> tuple[Stance, ...]:
        """The stances offered: a sign-on has one, to sign."""
        return (Stance.SUPPORT,) if self.kind is RoundKind.SIGN_ON else tuple(Stance)


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension of a deadline, with its reason; the latest sets the close."""

    closes_at: datetime
    reason: str
    at: datetime


def require_extension(this: Round, closes_at: datetime, *, now: datetime) -> None:
    """Stop unless the deadline may be moved to ``closes_at``.

    Raises:
        RoundClosed: it has ended; what has passed is not opened again.
        ConcernsOpen: an objection stops its clock; a full period follows its resolution.
        ExtensionShortens: the new deadline is not later than the one in force.
    """
    if this.status(now) not in {Status.OPEN, Status.SCHEDULED}:
        raise RoundClosed(closes_at=this.closes_at)
    if this.stopped:
        raise ConcernsOpen
    if closes_at <= this.closes_at:
        raise ExtensionShortens(field="closes_at", closes_at=this.closes_at)


def require_early_close(this: Round, *, heard: int, now: datetime) -> None:
    """Stop unless the round may close before its deadline.

    Source: decision rules, "Closing early needs the window passed and everyone heard".

    Args:
        heard: Organisations on the roll with a standing ballot, recusals included.

    Raises:
        RoundNotOpen, RoundClosed: there is nothing to close.
        ConcernsOpen: an objection stops its clock.
        WindowStillRunning: the rule's hours have not passed.
        NotEveryoneHeard: somebody on the roll has not answered.
    """
    this.require_open(now)
    if this.stopped:
        raise ConcernsOpen
    if now - this.runs_from < timedelta(hours=this.window_hours):
        raise WindowStillRunning(hours=this.window_hours)
    if heard < this.roll_size:
        raise NotEveryoneHeard(missing=this.roll_size - heard)
