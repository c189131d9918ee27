"""Weaving accepted suggestions into the next text, and finding those that meet in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coalition.domain.deliberation import passages
from coalition.domain.deliberation.passages import Field, Passage
from coalition.domain.deliberation.proposals import TextVersion, VersionId
from coalition.domain.discussion.suggestions import Suggestion, SuggestionId

Texts = Mapping[VersionId, TextVersion]
Places = Mapping[SuggestionId, Passage]


@dataclass(frozen=True, slots=True)
class Prefilled:
    """The next text as far as accepted suggestions make it, and those left to a person.

    Args:
        applied: Whose agreed wording stands in it.
        gone: Whose passage the text no longer says.
        clashing: Whose passages overlap, so that one of them would undo the other.
    """

    ask: str
    body: str
    applied: tuple[Suggestion, ...]
    gone: tuple[Suggestion, ...]
    clashing: tuple[Suggestion, ...]


def places(every: Sequence[Suggestion], texts: Texts, now_in: TextVersion) -> Places:
    """Return where the passages stand in a version; those that no longer do are left out."""
    found = {one.id: passages.locate(one.passage, texts[one.version_id], now_in) for one in every}
    return {number: place for number, place in found.items() if place is not None}


def prefilled(base: TextVersion, every: Sequence[Suggestion], texts: Texts) -> Prefilled:
    """Return the base text with every accepted suggestion where its passage certainly stands.

    Of two that overlap neither is taken: a person decides.
    """
    waiting = tuple(one for one in every if one.is_waiting)
    found = places(waiting, texts, base)
    here = tuple(one for one in waiting if one.id in found)
    clashing = tuple(
        one for one in here if any(_clash(one, other, found) for other in here if other != one)
    )
    applied = tuple(one for one in here if one not in clashing)
    parts = {
        field: passages.replaced(
            passages.part(base, field),
            {
                _with_blank(passages.part(base, field), found[one.id], one.agreed): one.agreed
                for one in applied
                if one.passage.field is field
            },
        )
        for field in Field
    }
    gone = tuple(one for one in waiting if one.id not in found)
    return Prefilled(parts[Field.ASK], parts[Field.BODY], applied, gone, clashing)


def conflicts(
    every: Sequence[Suggestion], found: Places, base: TextVersion
) -> Mapping[SuggestionId, tuple[Suggestion, ...]]:
    """Return for each suggestion the others that touch a sentence it touches.

    Args:
        every: Those that may still change the text.
        found: Where they stand in ``base``.
    """
    touched = {
        one.id: (
            one.passage.field,
            passages.sentences(passages.part(base, one.passage.field), found[one.id]),
        )
        for one in every
        if one.id in found
    }
    return {
        number: tuple(
            other
            for other in every
            if other.id in touched
            and other.id != number
            and touched[other.id][0] is field
            and touched[other.id][1] & sentences
        )
        for number, (field, sentences) in touched.items()
    }


def credited(every: Sequence[Suggestion]) -> Mapping[VersionId, tuple[str, ...]]:
    """Return with whose words each version was made, by name, each once."""
    names: dict[VersionId, set[str]] = {}
    for one in every:
        if one.applied_version_id is not None and one.by:
            names.setdefault(one.applied_version_id, set()).add(one.by)
    return {version: tuple(sorted(these)) for version, these in names.items()}


def _clash(one: Suggestion, other: Suggestion, found: Places) -> bool:
    """Say whether two passages overlap; the same words for the same passage do no harm."""
    a, b = found[one.id], found[other.id]
    if a == b and one.agreed == other.agreed:
        return False
    return a.field is b.field and a.start < b.end and b.start < a.end


def _with_blank(text: str, passage: Passage, wording: str) -> Passage:
    """Return a passage with the blank after it, where it goes out between two blanks."""
    if wording or (text[: passage.start].strip() and not text[passage.start - 1].isspace()):
        return passage
    rest = text[passage.end :]
    blank = rest[: len(rest) - len(rest.lstrip())]
    return Passage(passage.field, passage.start, passage.quote + blank)
