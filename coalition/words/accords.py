"""The words for how far organisations agree, and for shares."""

from fractions import Fraction

from coalition.domain.insight.measures import Accord
from coalition.words.speech import mark, t

ACCORDS = {
    Accord.TOGETHER: mark("Together"),
    Accord.MIXED: mark("Mixed"),
    Accord.SPLIT: mark("Split"),
}


def accord(found: Accord | None) -> str:
    """Return how far those on the scale agree, in one word; "" where few are in."""
    return t(ACCORDS[found]) if found else ""


def percent(share: Fraction | None) -> str:
    """Return a share as whole per cent, or a dash; 0 and 100 only where it is exactly that."""
    if share is None:
        return "–"
    if share.denominator == 1:
        return t("{n}%", n=int(share) * 100)
    return t("{n}%", n=min(max(round(share * 100), 1), 99))
