"""Pairs of organisations: how alike two of them answered, and on how many rounds both did."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt

from coalition.domain.insight.measures import FEWEST_JOINT, SCALE, alignment

_SAME = 1e-9  # two different fractions of so few rounds are further apart than this


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


@dataclass(frozen=True, slots=True)
class Extreme:
    """One end of all pairs that can be told: the first pair there, and how many stand there."""

    pair: Pair
    n: int


class Pairs:
    """Every pair of rows once, kept as numbers; a ``Pair`` is made of those that are looked at.

    Args:
        places: Organisations × rounds, as ``measures.alignment`` takes it.
    """

    def __init__(self, places: npt.NDArray[np.int8]) -> None:
        self._rows = len(places)
        self._alike, self._joint = alignment(places)

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return self._rows * (self._rows - 1) // 2

    def __iter__(self) -> Iterator[Pair]:
        """Yield every pair once, in the order of the rows."""
        return (self._pair(first, second) for first, second in combinations(range(self._rows), 2))

    def __eq__(self, other: object) -> bool:
        """Say whether the other has the same pairs."""
        return isinstance(other, Pairs) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def between(self, rows: range, columns: range) -> list[Pair]:
        """Return each pair of one of ``rows`` with one of ``columns``, once."""
        ours = {
            (min(one, other), max(one, other))
            for one in rows
            for other in columns
            if one != other and max(one, other) < self._rows
        }
        return [self._pair(first, second) for first, second in sorted(ours)]

    def most_alike(self) -> Extreme | None:
        """Return the pair that answered most alike; None where none is told."""
        return self._extreme(1)

    def least_alike(self) -> Extreme | None:
        """Return the pair that answered least alike; None where none is told."""
        return self._extreme(-1)

    def _extreme(self, sign: int) -> Extreme | None:
        told = np.triu(self._joint >= FEWEST_JOINT, 1)
        if not told.any():
            return None
        ranked = np.where(told, sign * self._alike, -np.inf)
        there = np.argwhere(ranked >= ranked.max() - _SAME)
        return Extreme(self._pair(int(there[0][0]), int(there[0][1])), len(there))

    def _pair(self, first: int, second: int) -> Pair:
        joint = int(self._joint[first, second])
        if not joint:
            return Pair(first, second, None, 0)
        steps = joint * (len(SCALE) - 1)
        alike = Fraction(round(float(self._alike[first, second]) * steps), steps)
        return Pair(first, second, alike, joint)
