"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

_SENTENCE = re.compile(r".+?(?:[.!?;:]+[)\"'”’]*(?=\s)\s+|\n+|\Z)", re.DOTALL)
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*\s*|\W\s*")
MOST_PAIRS = 60_000  # of parts that say the same; where there are more, all counts as replaced


Block = tuple[Sequence[str], Sequence[str]]


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came.

    Args:
        before: Where it starts in the older text, in characters.
        after: Where it starts in the newer text, in characters.
    """

    change: Change
    text: str
    before: int
    after: int


@lru_cache(maxsize=64)  # pure; a page asks the same of every objection and comment on one text
def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from one text to another, in order.

    The pieces that are not ``ADDED`` spell the older text, those not ``REMOVED``
    the newer one. Sentences are matched first and words within what is left, so
    that a long text costs little more than what changed in it.
    """
    pieces: list[Piece] = []
    for old, new in _blocks(_parts(_SENTENCE, before), _parts(_SENTENCE, after)):
        if old == new:
            _add(pieces, Change.SAME, "".join(old))
            continue
        for gone, come in _blocks(_words(old), _words(new)):
            _add_words(pieces, gone, come)
    return tuple(pieces)


def _words(parts: Sequence[str]) -> list[str]:
    return _parts(_WORD, "".join(parts))


def _add_words(pieces: list[Piece], gone: Sequence[str], come: Sequence[str]) -> None:
    """Append what stands for what; words that are followed by other white space stay the same."""
    if [one.rstrip() for one in gone] != [one.rstrip() for one in come]:
        _add(pieces, Change.REMOVED, "".join(gone))
        _add(pieces, Change.ADDED, "".join(come))
        return
    for old, new in zip(gone, come, strict=True):
        word = old.rstrip()
        _add(pieces, Change.SAME, old if old == new else word)
        if old != new:
            _add(pieces, Change.REMOVED, old[len(word) :])
            _add(pieces, Change.ADDED, new[len(word) :])


def _parts(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the text cut into parts that, joined, are the text again."""
    found: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        if match.group():
            found.append(match.group())
        end = match.end()
    if end < len(text):
        found.append(text[end:])
    return found


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield what stands for what, in order; the white space after a part says nothing."""
    before, after = [one.rstrip() for one in old], [one.rstrip() for one in new]
    most = min(len(old), len(new))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    most -= head
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    a, b = len(old) - tail, len(new) - tail
    yield old[:head], new[:head]
    for i, j, k, n in _matched(before[head:a], after[head:b]):
        yield old[head + i : head + j], new[head + k : head + n]
    yield old[a:], new[b:]


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield from where to where one stands for the other, of two sequences whose ends differ.

    The matcher's work grows with the pairs of equal parts: a list of a thousand
    lines that all say the same would keep it busy for minutes.
    """
    often = Counter(new)
    if sum(often[one] for one in old) > MOST_PAIRS:
        yield 0, len(old), 0, len(new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield a, b, c, d


def _add(pieces: list[Piece], change: Change, text: str) -> None:
    """Append a piece, or lengthen the last one of the same kind."""
    if not text:
        return
    if pieces and pieces[-1].change is change:
        last = pieces[-1]
        pieces[-1] = Piece(change, last.text + text, last.before, last.after)
        return
    before = after = 0
    if pieces:
        last = pieces[-1]
        before = last.before + (len(last.text) if last.change is not Change.ADDED else 0)
        after = last.after + (len(last.text) if last.change is not Change.REMOVED else 0)
    pieces.append(Piece(change, text, before, after))
