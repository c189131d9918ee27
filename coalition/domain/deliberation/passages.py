"""A passage: the words of one version that an objection, suggestion or comment is about.

When the text moves on, a passage is found again where it certainly stands, or not at
all: nothing is ever shown or applied in the wrong place.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from coalition.domain.deliberation.differences import Change, compare
from coalition.domain.deliberation.proposals import TextVersion
from coalition.domain.ground.errors import Invalid

_SENTENCE_END = re.compile(r"[.!?]+[)\"'”’]*\s+|\n+")
LONGEST = 2_000  # characters of one passage
NEAR = 16  # characters beside a passage that tell its place from another
UNSEEN = "\u200c"  # stands in a shown text where a colon would make a picture
TELLING = 40  # characters that nobody says twice by chance


class PassageGone(Invalid):
    """The text does not say this, so nothing can be tied to it."""

    code = "passage.gone"


class PassageAmbiguous(Invalid):
    """The text says this more than once; a longer passage would tell them apart."""

    code = "passage.ambiguous"


class Field(StrEnum):
    """The part of a text version a passage is in."""

    ASK = "ask"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one text version.

    Args:
        start: Where they start, in characters from 0.
        quote: The words themselves; "" stands for the whole text.
    """

    field: Field
    start: int
    quote: str

    @property
    def is_whole(self) -> bool:
        """Say whether it is the text as a whole."""
        return not self.quote

    @property
    def end(self) -> int:
        """Where it ends, in characters from 0, exclusive."""
        return self.start + len(self.quote)


WHOLE = Passage(Field.BODY, 0, "")


def part(version: TextVersion, field: Field) -> str:
    """Return one part of a text version."""
    return version.ask if field is Field.ASK else version.body


def find(version: TextVersion, field: Field, quote: str) -> Passage:
    """Return the passage that a person quoted from a version, in the version's own characters.

    White space between its words makes no difference: a browser draws any run of it as one
    space, and that is what is copied from a page.

    Args:
        quote: The words, copied from the text; blank is the whole text.

    Raises:
        PassageGone: the version does not say this.
        PassageAmbiguous: it says it more than once.
    """
    wanted = quote.strip()
    if not wanted:
        return Passage(field, 0, "")
    if len(wanted) > LONGEST:
        raise PassageGone(field="quote")
    told = part(version, field)
    places = _places(told, wanted) or _places(told, _typed(wanted))
    if not places:
        raise PassageGone(field="quote")
    if len(places) > 1:
        raise PassageAmbiguous(field="quote")
    start, end = places[0]
    if end - start > LONGEST:
        raise PassageGone(field="quote")
    return Passage(field, start, told[start:end])


def anywhere(version: TextVersion, quote: str) -> Passage:
    """Return the passage that a person quoted from whichever part of a version says it.

    Raises:
        PassageGone, PassageAmbiguous: as ``find``.
    """
    try:
        return find(version, Field.BODY, quote)
    except PassageGone:
        return find(version, Field.ASK, quote)


def require_there(version: TextVersion, passage: Passage) -> None:
    """Stop unless a version says exactly this at exactly this place.

    Raises:
        PassageGone: it does not.
    """
    if part(version, passage.field)[passage.start : passage.end] != passage.quote:
        raise PassageGone(field="quote")


def locate(passage: Passage, made_on: TextVersion, now_in: TextVersion) -> Passage | None:
    """Return the passage as it stands in another version, or None where it no longer does.

    It stands there if the words and their place are among what did not change and are
    said between the same neighbours, or if both texts say them exactly once, beside a
    neighbour that stayed or so long that nobody says them twice by chance.
    """
    if passage.is_whole or made_on.id == now_in.id:
        return passage
    old, new = part(made_on, passage.field), part(now_in, passage.field)
    beside = _neighbours(old, passage)
    for piece in compare(old, new):
        inside = piece.before <= passage.start and passage.end <= piece.before + len(piece.text)
        if piece.change is Change.SAME and inside:
            start = piece.after + passage.start - piece.before
            found = Passage(passage.field, start, passage.quote)
            if _neighbours(new, found) == beside:
                return found
    if _is_said_once(old, passage.quote) and _is_said_once(new, passage.quote):
        found = Passage(passage.field, new.index(passage.quote), passage.quote)
        stayed = zip(beside, _neighbours(new, found), strict=True)
        if len(passage.quote) >= TELLING or any(one and one == other for one, other in stayed):
            return found
    return None


def sentences(text: str, passage: Passage) -> frozenset[int]:
    """Return the numbers of the sentences a passage touches, from 0."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)] + [len(text) + 1]
    starts = [0, *ends[:-1]]
    return frozenset(
        number
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
        if start < max(passage.end, passage.start + 1) and passage.start < end
    )


def replaced(text: str, changes: dict[Passage, str]) -> str:
    """Return a text with passages of it replaced.

    Args:
        changes: New wording by passage, all of this text; none may overlap another.

    Raises:
        PassageGone: the text does not say a passage where it should stand.
        PassageAmbiguous: two of them overlap.
    """
    told, end = [], 0
    for passage in sorted(changes, key=lambda one: one.start):
        if passage.start < end:
            raise PassageAmbiguous(field="quote")
        if text[passage.start : passage.end] != passage.quote:
            raise PassageGone(field="quote")
        told += [text[end : passage.start], changes[passage]]
        end = passage.end
    return "".join([*told, text[end:]])


def _typed(quote: str) -> str:
    """Return a quote as it was typed: composed, and without the marks a page hides in words."""
    return normalize("NFC", quote).replace(UNSEEN, "").strip()


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Return from where to where a text says a quote, two places at most; they may overlap."""
    words = quote.split()
    if not words or len(quote) > LONGEST:
        return []
    said = re.compile(r"\s+".join(re.escape(word) for word in words))
    found: list[tuple[int, int]] = []
    at = said.search(text)
    while at and len(found) < 2:  # noqa: PLR2004 (more than one is ambiguous)
        found.append(at.span())
        at = said.search(text, at.start() + 1)
    return found


def _neighbours(text: str, passage: Passage) -> tuple[str, str]:
    """Return what stands just before and just after a passage."""
    return text[max(passage.start - NEAR, 0) : passage.start], text[passage.end :][:NEAR]


def _is_said_once(text: str, quote: str) -> bool:
    start = text.find(quote)
    return start >= 0 and text.find(quote, start + 1) < 0
