"""A comment: what a person says about a proposal or a passage of it, and who may read that."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from coalition.domain.deliberation.passages import Field, Passage, PassageGone, find
from coalition.domain.deliberation.proposals import ProposalId, TextVersion, VersionId
from coalition.domain.ground import text
from coalition.domain.ground.errors import NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    OrganisationId,
    Permission,
    may,
)

CommentId = NewType("CommentId", int)
NEWS = timedelta(days=14)  # how long a mention stands on Today


class Audience(StrEnum):
    """Who may read a thread."""

    TABLE = "table"
    CONVENERS = "conveners"


class Reaction(StrEnum):
    """What may be said to a comment without words."""

    AGREE = "agree"
    THANKS = "thanks"
    QUESTION = "question"


class CommentNotFound(NotFound):
    """No comment here has this number, or not one this person may read."""

    code = "comment.not_found"


class NotYourComment(NotPermitted):
    """Only who wrote a comment may change it."""

    code = "comment.not_yours"


class CommentGone(RuleBroken):
    """The comment was taken back, removed or erased: nothing more is said to it."""

    code = "comment.gone"


class AudienceNotYours(NotPermitted):
    """Only conveners write what only conveners read."""

    code = "comment.audience"


class DraftUndiscussed(RuleBroken):
    """The table discusses a proposal from its submission on, not the draft of it."""

    code = "comment.draft"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it stands.

    Args:
        root_id: The comment that began its thread, or None where it is that one.
        version_id: The text its passage is quoted from; None where it is about the whole.
        organisation_id: Whose seat the writer held when writing, or None.
        removed_by: Who took it away: its writer, or a convener with a reason.
        removal_reason: Why a convener removed it; "" where none did.
        erased_at: When its words were erased with its writer.
    """

    id: CommentId
    proposal_id: ProposalId
    root_id: CommentId | None
    version_id: VersionId | None
    passage: Passage
    written_by: AccountId
    organisation_id: OrganisationId | None
    audience: Audience
    body: str
    at: datetime
    edited_at: datetime | None = None
    removed_at: datetime | None = None
    removed_by: AccountId | None = None
    removal_reason: str = ""
    erased_at: datetime | None = None

    @property
    def thread_id(self) -> CommentId:
        """The comment that began the thread it is in."""
        return self.root_id or self.id

    @property
    def is_gone(self) -> bool:
        """Whether its words are no longer said."""
        return self.removed_at is not None or self.erased_at is not None

    @property
    def is_moderated(self) -> bool:
        """Whether a convener removed it, with a reason."""
        return bool(self.removal_reason)


def audiences(actor: Actor | None) -> frozenset[Audience]:
    """Return which threads a person may read; what conveners note is theirs alone."""
    if not may(actor, Permission.READ_TABLE):
        return frozenset()
    if may(actor, Permission.MODERATE_COMMENT):
        return frozenset(Audience)
    return frozenset({Audience.TABLE})


def shown(actor: Actor, this: Comment) -> Comment:
    """Return a comment as a person may read it: what was removed is told to conveners alone."""
    if this.is_gone and not may(actor, Permission.MODERATE_COMMENT):
        return replace(this, body="")
    return this


def require_audience(actor: Actor, audience: Audience) -> None:
    """Stop unless a person may write for this audience.

    Raises:
        AudienceNotYours: only conveners write what only conveners read.
    """
    if audience not in audiences(actor):
        raise AudienceNotYours


def require_said(this: Comment) -> None:
    """Stop unless the comment still says something.

    Raises:
        CommentGone: it was taken back, removed or erased.
    """
    if this.is_gone:
        raise CommentGone


def require_own(actor: Actor, this: Comment) -> None:
    """Stop unless the person wrote the comment.

    Raises:
        NotYourComment: somebody else did.
    """
    if this.written_by != actor.account_id:
        raise NotYourComment


def checked(body: str) -> str:
    """Return the words of a comment, trimmed and in one Unicode form.

    Raises:
        TextMissing, TextTooLong, TextUnreadable: they cannot be kept as they are.
    """
    return text.paragraphs(body, "body")


def quoted(version: TextVersion, quote: str) -> Passage:
    """Return the passage that a person quoted, from whichever part of the text says it.

    Raises:
        PassageGone: no part does.
        PassageAmbiguous: one says it more than once.
    """
    try:
        return find(version, Field.BODY, quote)
    except PassageGone:
        return find(version, Field.ASK, quote)
