"""How hard a text is to read, as the school grade at which it is read with ease."""

import re
from math import ceil

AIM = 8  # the grade that public words aim at
# A sentence ends at a stop that blank space follows, or at a line's end. A stop after a single
# letter ends none: "H.R. 1520", "U.S. Senate", "e.g. a clinic".
_END = re.compile(r"(?<=[.!?…])(?<!\b\w\.)[\"'”’)\]]*\s+|\n+")


def grade(text: str) -> int | None:
    """Return the reading grade of an English text; None where it has no words.

    The Automated Readability Index, 4.71 times the letters and digits a word plus half
    the words a sentence less 21.43, rounded up and never below 0. It counts no
    syllables, so it needs no dictionary and says the same on every machine.

    Source: E. A. Smith and R. J. Senter, "Automated Readability Index",
    AMRL-TR-66-220 (1967). The aim of grade 8: ``product.md`` 5.4.
    """
    counted = [_count(one) for one in sentences(text)]
    words = sum(one for one, _ in counted)
    if not words:
        return None
    signs = sum(one for _, one in counted)
    return max(0, ceil(4.71 * signs / words + 0.5 * words / len(counted) - 21.43))


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that hold words, in their order."""
    parts = (one.strip() for one in _END.split(text))
    return tuple(one for one in parts if _count(one)[0])


def hardest(text: str, *, most: int = 2) -> tuple[str, ...]:
    """Return the sentences above the aim, the hardest first, at most so many."""
    graded = {one: grade(one) or 0 for one in sentences(text)}
    above = [one for one, level in graded.items() if level > AIM]
    return tuple(sorted(above, key=lambda one: -graded[one])[:most])


def _count(sentence: str) -> tuple[int, int]:
    """Return how many words a sentence has, and how many letters and digits in them."""
    signs = [sum(c.isalnum() for c in word) for word in sentence.split()]
    return sum(1 for n in signs if n), sum(signs)
