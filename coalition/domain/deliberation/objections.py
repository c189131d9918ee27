"""An objection: what one organisation wants changed, and what became of it.

It never disappears. Only who raised it takes it back or says that a version meets it;
over its head it goes only by the rule's own second vote.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.deliberation.decisions import Outcome, Verdict
from coalition.domain.deliberation.judging import OVER_OBJECTION
from coalition.domain.deliberation.passages import LONGEST, Field, Passage
from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground import text
from coalition.domain.ground.audit import fingerprint
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import AccountId, OrganisationId

ObjectionId = NewType("ObjectionId", int)


class Severity(StrEnum):
    """How much hangs on it."""

    MUST = "must"
    SHOULD = "should"
    COMMENT = "comment"


class State(StrEnum):
    """What became of it."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    MET = "met"
    UPHELD = "upheld"
    OVERRIDDEN = "overridden"


UNRESOLVED = frozenset({State.OPEN, State.ANSWERED})


class ObjectionNotFound(NotFound):
    """No objection has this number, or not one this person may read."""

    code = "objection.not_found"


class SeverityMissing(Invalid):
    """Nobody said how much hangs on it."""

    code = "objection.severity_missing"


class ObjectionIsABallot(RuleBroken):
    """While a round decides, a must-change objection is the organisation's ballot."""

    code = "objection.is_a_ballot"


class BallotStillObjects(RuleBroken):
    """The organisation's ballot in the open round objects; changing it takes this back."""

    code = "objection.ballot_stands"


class NotYourObjection(NotPermitted):
    """Only the organisation that raised it may take it back or say that it is met."""

    code = "objection.not_yours"


class ObjectionResolved(Conflict):
    """It was resolved already."""

    code = "objection.resolved"


class NoNewerVersion(Invalid):
    """No version newer than the one it was raised on can have met it."""

    code = "objection.no_newer_version"


@dataclass(frozen=True, slots=True)
class ObjectionWords:
    """What the objector wrote: kept apart, so that it can be erased.

    Args:
        reason: What is wrong.
        wording: What the passage should say instead, or "".
        remedy: What would remove the objection, or "".
    """

    reason: str
    wording: str = ""
    remedy: str = ""

    def checked(self) -> "ObjectionWords":
        """Return the words, trimmed and in one Unicode form.

        Raises:
            TextMissing: there is no reason.
            TextTooLong, TextUnreadable: a field cannot be kept as it is.
        """
        return ObjectionWords(
            text.paragraphs(self.reason, "reason"),
            text.paragraphs(self.wording, "wording", limit=LONGEST, required=False),
            text.paragraphs(self.remedy, "remedy", required=False),
        )


@dataclass(frozen=True, slots=True)
class Pointed:
    """What an objection points at, as a form sends it.

    Args:
        quote: The words of the text it is about; "" is the whole text.
        wording: What they should say instead, or "".
        named: Whether the organisation agrees to be named in public.
    """

    quote: str = ""
    wording: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection as it stands.

    Args:
        version: Number of the text it was raised on.
        round_id: The round it was raised in, or None.
        ballot: Whether a ballot that objects raised it.
        owner: Name of whoever answers for it, or "".
        met_version: Number of the version that meets it, or None.
        named: Whether the objector agrees to be named in public.
    """

    id: ObjectionId
    proposal_id: ProposalId
    version_id: VersionId
    version: int
    round_id: RoundId | None
    organisation_id: OrganisationId
    organisation: str
    severity: Severity
    passage: Passage
    words: ObjectionWords
    ballot: bool
    raised_at: datetime
    state: State
    owner_id: AccountId | None
    owner: str
    met_version: int | None
    named: bool
    changed_at: datetime

    @property
    def is_unresolved(self) -> bool:
        """Say whether it still waits."""
        return self.state in UNRESOLVED

    @property
    def is_concern(self) -> bool:
        """Say whether a last call waits for it."""
        return self.is_unresolved and self.severity is Severity.MUST


@dataclass(frozen=True, slots=True)
class Step:
    """One state an objection came to.

    Args:
        by: Name of who moved it; "" for the rule, when a round closed.
        note: What they wrote: the response, the reason.
        version: Number of the version that met it, or None.
    """

    objection_id: ObjectionId
    state: State
    at: datetime
    by: str
    note: str
    version: int | None


def digest(severity: Severity, field: Field, quote: str, reason: str) -> str:
    """Return what two ways of raising the same objection share.

    Source: issue "Deliberation": the same objection twice is one.
    """
    return fingerprint([severity, field, text.key(quote), text.key(reason)])


def require_unresolved(this: Objection) -> None:
    """Stop unless the objection still waits.

    Raises:
        ObjectionResolved: it was withdrawn, met, upheld or overridden.
    """
    if not this.is_unresolved:
        raise ObjectionResolved(state=this.state.value)


def require_own(this: Objection, organisation_id: OrganisationId) -> None:
    """Stop unless this organisation raised it.

    Raises:
        NotYourObjection: another did.
    """
    if this.organisation_id != organisation_id:
        raise NotYourObjection


def settled(state: State, verdict: Verdict) -> State:
    """Return what a verdict makes of an unresolved objection whose ballot it counted.

    Blocked upholds it; adopted over it, by the rule's own second vote, overrides it;
    anything else leaves it as it is, on the record. Nobody overrides one by hand.

    Source: decision rules, ``over_objection``; issue "Deliberation", Objections as work.
    """
    if verdict.outcome is Outcome.BLOCKED:
        return State.UPHELD
    return State.OVERRIDDEN if verdict.reason == OVER_OBJECTION else state
