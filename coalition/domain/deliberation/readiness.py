"""What a proposal has before a binding round opens, and what a convener waives with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coalition.domain.deliberation.proposals import ProposalText
from coalition.domain.ground import grades, text
from coalition.domain.ground.errors import Invalid


class Item(StrEnum):
    """One line of the checklist, in its order."""

    SUMMARY = "summary"
    PATIENT_LINE = "patient_line"
    EQUITY_NOTE = "equity_note"
    SOURCES = "sources"
    HEARD = "heard"
    INTERESTS = "interests"
    TRANSLATION = "translation"


class Translation(StrEnum):
    """How far the Spanish summary has come."""

    NONE = "none"
    DRAFT = "draft"
    READ_OVER = "read_over"


class NotReady(Invalid):
    """An item of the checklist is neither there nor waived; ``field`` names the first."""

    code = "round.not_ready"


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is there and what is not.

    Args:
        met: Each item, in the order of the list.
        grade: Of the summary, or None without one. It is shown and holds nothing: a
            formula does not know that the bill's own name is the long word.
    """

    met: Mapping[Item, bool]
    grade: int | None
    translation: Translation

    @property
    def is_hard(self) -> bool:
        """Say whether the summary is harder to read than it aims to be."""
        return self.grade is not None and self.grade > grades.AIM

    @property
    def unmet(self) -> tuple[Item, ...]:
        """The items that are missing, in the order of the list."""
        return tuple(item for item, there in self.met.items() if not there)


def translation(told: ProposalText) -> Translation:
    """Return how far the Spanish summary has come; a draft is one that nobody read over."""
    if not told.summary_es:
        return Translation.NONE
    return Translation.READ_OVER if told.summary_es_by else Translation.DRAFT


def checklist(told: ProposalText, *, interests_asked: bool) -> Checklist:
    """Return the checklist of a proposal.

    Source: issue "Deliberation", Readiness before a round opens; ``product.md`` 5.4 (the
    reading grade helps the author and never blocks).

    Args:
        interests_asked: Whether the champion organisation has said if it has an interest.
    """
    state = translation(told)
    met = {
        Item.SUMMARY: bool(told.summary),
        Item.PATIENT_LINE: bool(told.patient_line),
        Item.EQUITY_NOTE: bool(told.equity_note),
        Item.SOURCES: bool(told.instrument or told.source.get("source_url")),
        Item.HEARD: bool(told.heard),
        Item.INTERESTS: interests_asked,
        Item.TRANSLATION: state is Translation.READ_OVER,
    }
    return Checklist(met, grades.grade(told.summary), state)


def require_ready(found: Checklist, waivers: Mapping[Item, str]) -> dict[Item, str]:
    """Return the waivers that are needed, or stop at the first item that is not settled.

    A reason for what is there, and a blank one, waive nothing.

    Raises:
        NotReady: an item is missing, and no reason says why that is right.
        TextTooLong, TextUnreadable: a reason cannot be kept as it is.
    """
    reasons = checked(waivers, found.unmet)
    for item in found.unmet:
        if item not in reasons:
            raise NotReady(field=item.value)
    return reasons


def checked(waivers: Mapping[Item, str], items: Sequence[Item]) -> dict[Item, str]:
    """Return the reasons given for ``items``, trimmed, without the blank ones.

    Raises:
        TextTooLong, TextUnreadable.
    """
    told = {
        item: text.paragraphs(waivers[item], item.value, required=False)
        for item in items
        if item in waivers
    }
    return {item: why for item, why in told.items() if why}
