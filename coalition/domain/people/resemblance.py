"""Names that may mean the same organisation: a warning, never a verdict."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from coalition.domain.ground import text
from coalition.domain.people.organisations import Organisation

ALIKE = 86  # of 100: one letter in seven may differ
FEW = 5  # organisations named at most
_EMPTY = frozenset({"a", "an", "and", "for", "in", "inc", "of", "the", "de", "del", "la", "y"})
_TELLING = 2  # words a name needs before it may be found within a longer one


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation whose name, or a former or short one, is like the one asked about.

    Args:
        name: The name that is alike; another than the present one where it was renamed.
        score: From 0 to 100, where 100 is the same in other order or spelling.
    """

    organisation: str
    name: str
    score: int


def resembling(name: str, table: Iterable[Organisation]) -> tuple[Alike, ...]:
    """Return the organisations whose names are like ``name``, the most alike first."""
    wanted = _plain(name)
    found = []
    for one in table:
        mine = one.profile
        names = (mine.name, mine.short_name, *mine.former_names)
        score, which = max((_score(wanted, _plain(other)), other) for other in names)
        if score >= ALIKE:
            found.append(Alike(one.name, which, score))
    return tuple(sorted(found, key=lambda alike: -alike.score)[:FEW])


def _score(one: str, other: str) -> int:
    if not one or not other:
        return 0
    score = fuzz.token_sort_ratio(one, other)
    if min(len(one.split()), len(other.split())) >= _TELLING:
        score = max(score, fuzz.token_set_ratio(one, other))
    return int(score)


def _plain(name: str) -> str:
    """Return a name in small letters without accents, marks and words that say nothing."""
    bare = unicodedata.normalize("NFKD", text.key(name))
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(word for word in kept.split() if word not in _EMPTY)
