"""The joining checklist: what conveners ask of every applicant, version by version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken

ItemId = NewType("ItemId", int)
VersionId = NewType("VersionId", int)

QUESTION = 500  # characters


class Answer(StrEnum):
    """What was found for one item."""

    YES = "yes"
    NO = "no"
    WAIVED = "waived"  # it is not asked of this applicant, for a reason


class ItemNotFound(NotFound):
    """The checklist has no such item."""

    code = "screening.not_found"


class ItemChanged(Conflict):
    """Somebody changed the item since the page was opened."""

    code = "screening.changed"


class WaiverUnexplained(Invalid):
    """Waiving an item needs a reason."""

    code = "screening.waiver"


class ScreeningUnfinished(RuleBroken):
    """A required item is neither answered yes nor waived."""

    code = "screening.unfinished"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version of an item says.

    Args:
        required: Whether acceptance waits for it.
        retired: Whether it is asked no more.
    """

    question: str
    required: bool
    retired: bool = False

    def checked(self) -> "Wording":
        """Return the same, its question trimmed and in one Unicode form.

        Raises:
            TextMissing, TextTooLong, TextUnreadable.
        """
        said = text.line(self.question, "question", limit=QUESTION)
        return Wording(said, self.required, self.retired)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist, in its latest version."""

    id: ItemId
    version_id: VersionId
    number: int
    wording: Wording

    def require_version(self, seen: VersionId) -> None:
        """Stop unless the reader saw the latest version.

        Raises:
            ItemChanged.
        """
        if self.version_id != seen:
            raise ItemChanged


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the form gives it.

    Args:
        seen: The version that was on the form.
        answer: None where nobody has chosen.
    """

    item_id: ItemId
    seen: VersionId
    answer: Answer | None
    note: str = ""

    def checked(self) -> "Given":
        """Return the same, its note trimmed and in one Unicode form.

        Raises:
            WaiverUnexplained: a waiver without a note.
            TextTooLong, TextUnreadable.
        """
        note = text.line(self.note, "note", limit=QUESTION, required=False)
        if self.answer is Answer.WAIVED and not note:
            raise WaiverUnexplained(field="note")
        return Given(self.item_id, self.seen, self.answer, note)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is kept, on the version it was given on.

    Args:
        by: Name of who answered; "" once erased.
    """

    item_id: ItemId
    version_id: VersionId
    number: int
    answer: Answer
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One item with its answer for one application, or None."""

    item: Item
    answered: Answered | None

    @property
    def is_settled(self) -> bool:
        """Say whether acceptance need not wait for it."""
        if not self.item.wording.required:
            return True
        return self.answered is not None and self.answered.answer is not Answer.NO

    @property
    def is_older(self) -> bool:
        """Say whether it was answered on an earlier version."""
        return self.answered is not None and self.answered.version_id != self.item.version_id


def require_settled(asked: Iterable[Asked]) -> None:
    """Stop unless every required item is answered yes or waived.

    Raises:
        ScreeningUnfinished: with how many are not.
    """
    if n := sum(not one.is_settled for one in asked):
        raise ScreeningUnfinished(n=n)
