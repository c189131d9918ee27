"""Measures of agreement: each with its formula, its unit and where it comes from.

Stances on the scale are object 1, stand aside 2, support with reservations 3, support 4.
Abstaining, recusal and silence are no places on it and enter no measure here. The organisations
are the whole population and no sample of one, so nothing has a confidence interval; what is
still out gives best and worst bounds instead. Krippendorff's alpha, Fleiss' kappa, ideal points
and clustering are left out: with thirty organisations they mislead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import prod

import numpy as np
import numpy.typing as npt

from coalition.domain.deliberation.stances import SUPPORTS, VOTES_CAST, Stance
from coalition.domain.deliberation.tallies import Tally

SCALE = (Stance.OBJECT, Stance.STAND_ASIDE, Stance.SUPPORT_WITH_RESERVATIONS, Stance.SUPPORT)
TOGETHER, SPLIT = Fraction(3, 5), Fraction(1, 5)
FEWEST_ON_SCALE = 5  # stances; under that a word would say more than they do
FEWEST_IN_GROUP = 3  # organisations; under that a group would be a person
FEWEST_JOINT = 5  # stances of a pair


class Accord(StrEnum):
    """How far those who took a place on the scale agree, in one word."""

    TOGETHER = "together"
    MIXED = "mixed"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The share of votes cast that support it: now, and where those still out could bring it.

    Args:
        now: None where no vote is cast.
        worst, best: If everybody not heard from objected, or supported it.

    Unit: shares from 0 to 1, exact.
    """

    now: Fraction | None
    worst: Fraction | None
    best: Fraction | None


@dataclass(frozen=True, slots=True)
class Group:
    """What one declared group of organisations said.

    Args:
        agree: How many support it, with reservations or without.
        seen: How many took a place on the scale.
    """

    agree: int
    seen: int

    @property
    def share(self) -> Fraction:
        """Return (agree + 1) / (seen + 2): the support share, drawn to a half while few are in.

        Source: Laplace's rule of succession, as Polis uses it for the probability that a
        group agrees (Small and others, "Polis: Scaling deliberation", 2021).
        """
        return Fraction(self.agree + 1, self.seen + 2)


def on_scale(counts: Mapping[Stance, int]) -> tuple[int, int, int, int]:
    """Return how many stand at each place of the scale, from object to support."""
    first, second, third, fourth = (counts.get(stance, 0) for stance in SCALE)
    return first, second, third, fourth


def bounds(tally: Tally) -> Bounds:
    """Return the share of votes cast that support it, with its best and worst bounds.

    Votes cast are support, support with reservations and object (decision rules).
    """
    yes, cast, out = tally.number(SUPPORTS), tally.number(VOTES_CAST), tally.missing
    return Bounds(_share(yes, cast), _share(yes, cast + out), _share(yes + out, cast + out))


def agreement(counts: Sequence[int]) -> Fraction | None:
    """Return van der Eijk's agreement A of counts along an ordered scale.

    The counts are taken apart into layers of ones and zeros; each layer's agreement is
    U (1 − (S − 1)/(K − 1)), with K places, S of them taken and U = ((K − 2) TU − (K − 1) TDU) /
    ((K − 2)(TU + TDU)) over the triples that peak (TU) or dip (TDU); A is their mean, weighted
    by how many answers a layer holds.

    Unit: from −1 (two camps at the ends) over 0 (all places alike) to 1 (one place alone).
    None where nobody took a place.

    Source: van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity
    35 (2001), 325–341.
    """
    total = sum(counts)
    if not total:
        return None
    left, summed = list(counts), Fraction(0)
    while any(left):
        least = min(n for n in left if n)
        pattern = [n > 0 for n in left]
        weight = Fraction(least * sum(pattern), total)
        summed += weight * _layer(pattern)
        left = [n - least if n else 0 for n in left]
    return summed


def accord(counts: Sequence[int]) -> Accord | None:
    """Return together (A of 0.6 or more), split (under 0.2) or mixed; None where few are in."""
    found = agreement(counts)
    if found is None or sum(counts) < FEWEST_ON_SCALE:
        return None
    if found >= TOGETHER:
        return Accord.TOGETHER
    return Accord.SPLIT if found < SPLIT else Accord.MIXED


def rice(counts: Sequence[int]) -> Fraction | None:
    """Return Rice's index of cohesion: |yes − no| / (yes + no).

    Yes is support with reservations or without, no is object; standing aside votes neither way
    (decision rules, "Votes cast").

    Unit: from 0 (halves) to 1 (all alike). None where nobody voted either way.

    Source: Rice, "The behavior of legislative groups", Political Science Quarterly 40 (1925).
    """
    no, _, reservations, support = counts
    yes = reservations + support
    return Fraction(abs(yes - no), yes + no) if yes + no else None


def hnr(counts: Sequence[int]) -> Fraction | None:
    """Return the agreement index of Hix, Noury and Roland over three answers.

    (max(Y, N, A) − ½ (Y + N + A − max(Y, N, A))) / (Y + N + A), with Y support (with
    reservations or without), N object, and A standing aside: the third way beside yes and no.

    Unit: from 0 (thirds) to 1 (all alike). None where nobody took a place.

    Source: Hix, Noury and Roland, "Power to the parties", British Journal of Political
    Science 35 (2005), 209–234.
    """
    no, aside, reservations, support = counts
    answers = (reservations + support, no, aside)
    total, most = sum(answers), max(answers)
    return Fraction(3 * most - total, 2 * total) if total else None


def group_aware_consensus(groups: Iterable[Group]) -> Fraction:
    """Return the product over all groups of (agree + 1) / (seen + 2).

    High only where every declared group agrees; a group left out of the talk lowers it.

    Unit: from 0 to 1; 1 where there is no group.

    Source: Polis, group-aware consensus (Small and others, 2021), over declared groups.
    """
    return prod((group.share for group in groups), start=Fraction(1))


def weakest(groups: Sequence[Group]) -> int | None:
    """Return the place of the group that supports least, the first of equals; None of none."""
    places = range(len(groups))
    return min(places, key=lambda place: groups[place].share, default=None)


def alignment(
    places: npt.NDArray[np.int8],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return how alike each pair of organisations answered, and on how many rounds both did.

    The mean over the rounds both answered of 1 − |xi − xj| / 3.

    Shape: ``places`` is organisations × rounds, 1 to 4, 0 where it took no place; both results
    are organisations × organisations and symmetric.

    Unit: from 0 (always at opposite ends) to 1 (always the same); NaN without a joint round.
    """
    # Counted as floats, which are exact here and multiplied by BLAS; whole numbers are not. Two
    # places are as many steps apart as there are steps that one of them is above and one is not.
    taken = (places > 0).astype(np.float32)
    steps = np.maximum(places - 1, 0).astype(np.float32)
    above = np.hstack([places > step for step in range(1, len(SCALE))]).astype(np.float32)
    joint = (taken @ taken.T).astype(np.int64)
    reached = steps @ taken.T
    apart = (reached + reached.T - 2 * (above @ above.T)).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return 1 - apart / (joint * (len(SCALE) - 1)), joint


def similar(answers: npt.NDArray[np.int8]) -> list[int]:
    """Return the rows so that neighbours answered most alike, the same order at every look.

    Begins with the row that supports most often, then always takes the row that gives the
    same answer as the one before in most columns; of equals the first as given.

    Shape: ``answers`` is organisations × rounds, any code for an answer, 0 for none.
    """
    codes = np.unique(answers[answers > 0])
    alike = np.zeros((len(answers), len(answers)), dtype=np.float32)
    for code in codes:
        said = (answers == code).astype(np.float32)
        alike += said @ said.T
    left = np.ones(len(answers), dtype=bool)
    ordered: list[int] = []
    nearness = (answers == place(Stance.SUPPORT)).sum(axis=1)
    while left.any():
        following = int(np.where(left, nearness, -1).argmax())
        left[following] = False
        ordered.append(following)
        nearness = alike[following]
    return ordered


def place(stance: Stance | None) -> int:
    """Return the place of a stance on the scale, from 1; 0 for none."""
    return SCALE.index(stance) + 1 if stance in SCALE else 0


def _layer(pattern: Sequence[bool]) -> Fraction:
    size, taken = len(pattern), sum(pattern)
    if taken == 1:
        return Fraction(1)
    peaks = dips = 0
    for low, middle, high in combinations(pattern, 3):
        peaks += middle and low != high
        dips += low and high and not middle
    if taken == size or not peaks + dips:
        return Fraction(0)
    unimodal = Fraction((size - 2) * peaks - (size - 1) * dips, (size - 2) * (peaks + dips))
    return unimodal * (1 - Fraction(taken - 1, size - 1))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
