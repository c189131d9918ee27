"""Pairs of organisations: how alike two of them answered, and on how many rounds both did."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt

from coalition.domain.insight.measures import FEWEST_JOINT, SCALE, alignment


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations, by their rows.

    Args:
        alike: From 0, always at opposite ends, to 1, always the same, exact; None without a
            joint round.
        joint: Rounds in which both took a place on the scale.
    """

    first: int
    second: int
    alike: Fraction | None
    joint: int

    @property
    def is_told(self) -> bool:
        """Say whether they have enough joint rounds for the number to say something."""
        return self.joint >= FEWEST_JOINT


def pairs(places: npt.NDArray[np.int8]) -> tuple[Pair, ...]:
    """Return every pair of rows once, in the order of the rows.

    Shape: ``places`` is organisations × rounds, as ``measures.alignment`` takes it.
    """
    alike, joint = alignment(places)
    return tuple(
        Pair(first, second, _exact(alike[first, second], rounds), rounds)
        for first, second in combinations(range(len(places)), 2)
        for rounds in (int(joint[first, second]),)
    )


def most_alike(these: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pair that answered most alike, and those as alike; () where none is told."""
    return _at_the_end(these, 1)


def least_alike(these: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pair that answered least alike, and those as little; () where none is told."""
    return _at_the_end(these, -1)


def _at_the_end(these: Iterable[Pair], sign: int) -> tuple[Pair, ...]:
    told = [(sign * one.alike, one) for one in these if one.is_told and one.alike is not None]
    end = max((alike for alike, _ in told), default=None)
    return tuple(one for alike, one in told if alike == end)


def _exact(alike: np.float64, joint: int) -> Fraction | None:
    """Return the fraction a float stands for: a whole number of steps over all steps."""
    if not joint:
        return None
    return Fraction(float(alike)).limit_denominator(joint * (len(SCALE) - 1))
