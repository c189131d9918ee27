"""A suggested change: other words for a passage, the answer to it, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.deliberation import passages
from coalition.domain.deliberation.passages import Passage
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    Stage,
    TextVersion,
    VersionId,
)
from coalition.domain.deliberation.versions import TextSettled
from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import AccountId, OrganisationId

SuggestionId = NewType("SuggestionId", int)
TITLE_WORDS = 12  # of the wording, at the head of the proposal it becomes


class State(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


TAKEN = frozenset({State.ACCEPTED, State.IN_PART})


class SuggestionNotFound(NotFound):
    """No suggestion has this number, or not one this person may read."""

    code = "suggestion.not_found"


class SomebodyElseAnswered(Conflict):
    """Somebody answered the suggestion since this form was opened."""

    code = "suggestion.somebody_answered"


class AnswerStands(RuleBroken):
    """The suggestion is withdrawn, in the text or a proposal of its own; its answer stays."""

    code = "suggestion.answer_stands"


class NotYourSuggestion(NotPermitted):
    """Only the person who made a suggestion may do this."""

    code = "suggestion.not_yours"


class SuggestionAnswered(RuleBroken):
    """It has been answered, so it can no longer be withdrawn."""

    code = "suggestion.answered"


class NotDeclined(RuleBroken):
    """Only a declined suggestion can become a proposal of its own."""

    code = "suggestion.not_declined"


class NotWaiting(RuleBroken):
    """The suggestion is not accepted, or is in the text already."""

    code = "suggestion.not_waiting"


class NotInText(Invalid):
    """The new text does not say what was agreed on."""

    code = "suggestion.not_in_text"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words for a passage of one version.

    Args:
        version_id: The text it was made on.
        organisation: The author's at that time; "" for one without.
        author: The person's name; "" once erased.
        wording: "" takes the passage out.
        answer: The reason of whoever answered.
        agreed: The wording that goes into the text, once it is accepted.
        became_id: The proposal a declined one became.
        erased_at: When its words were erased with the person who wrote them.
    """

    id: SuggestionId
    proposal_id: ProposalId
    version_id: VersionId
    organisation_id: OrganisationId | None
    organisation: str
    made_by: AccountId
    author: str
    passage: Passage
    at: datetime
    wording: str
    reason: str
    state: State = State.OPEN
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""
    agreed: str = ""
    applied_version_id: VersionId | None = None
    became_id: ProposalId | None = None
    erased_at: datetime | None = None

    @property
    def by(self) -> str:
        """Whose it is: the organisation's, or the person's who has none."""
        return self.organisation or self.author

    @property
    def is_waiting(self) -> bool:
        """Whether it is accepted and not in the text yet."""
        return self.state in TAKEN and self.applied_version_id is None

    @property
    def is_alive(self) -> bool:
        """Whether it may still change the text."""
        return self.state is State.OPEN or self.is_waiting

    @property
    def words(self) -> str:
        """What it would put in place of the passage, as it stands."""
        return self.agreed if self.state in TAKEN else self.wording

    @property
    def is_settled(self) -> bool:
        """Whether its answer stays: it is withdrawn, erased, in the text or its own proposal."""
        ended = self.applied_version_id or self.became_id or self.erased_at
        return self.state is State.WITHDRAWN or bool(ended)

    def require_answerable(self, *, seen: datetime | None) -> None:
        """Stop unless it can be answered, or its answer changed.

        Args:
            seen: When the answer was given that the form was shown with, or None.

        Raises:
            AnswerStands: it is withdrawn, erased, in the text or a proposal of its own.
            SomebodyElseAnswered: another answer was given since.
        """
        if self.is_settled:
            raise AnswerStands
        if self.answered_at != seen:
            raise SomebodyElseAnswered

    def require_author(self, account_id: AccountId) -> None:
        """Stop unless this person made it.

        Source: behaviour cases, amendments: only its author withdraws or promotes it.

        Raises:
            NotYourSuggestion: somebody else did.
        """
        if self.made_by != account_id:
            raise NotYourSuggestion

    def require_declined(self) -> None:
        """Stop unless it can become a proposal of its own.

        Raises:
            NotDeclined: it was not declined.
        """
        if self.state is not State.DECLINED:
            raise NotDeclined

    def title(self) -> str:
        """Return the first words of the wording, or of the reason where words go out."""
        words = (self.wording or self.reason).split()
        return " ".join(words[:TITLE_WORDS])[: text.LINE].strip()

    def require_included(self, made_on: TextVersion, version: TextVersion) -> None:
        """Stop unless a new version says what was agreed on, where the passage stood.

        Raises:
            NotWaiting: it is not accepted, or is in the text already.
            NotInText: the version says something else.
        """
        if not self.is_waiting:
            raise NotWaiting(by=self.by)
        said = passages.part(version, self.passage.field)
        still = passages.locate(self.passage, made_on, version)
        if still is None:
            there = self.agreed in said
        else:  # the passage may be part of what was agreed on: "five" of "five or six"
            there = any(
                self.agreed.startswith(still.quote, at) and said.startswith(self.agreed, start)
                for at in range(len(self.agreed))
                if (start := still.start - at) >= 0
            )
        if not there:
            raise NotInText(field="body", by=self.by)


def require_open(this: Proposal, *, settled: bool) -> None:
    """Stop unless changes to a proposal's text can be suggested or taken in.

    Raises:
        TextSettled: it is a draft, withdrawn or decided.
    """
    if this.stage is not Stage.SUBMITTED or settled:
        raise TextSettled(reference=this.reference)
