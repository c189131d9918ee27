"""Shares of a whole, exact: whole numbers multiplied crosswise, never divided."""

from dataclasses import dataclass
from enum import StrEnum

from coalition.domain.deliberation.stances import Stance


class Body(StrEnum):
    """A whole that is counted in organisations rather than in ballots."""

    BASE = "base"
    ROLL = "roll"


Whole = tuple[Stance, ...] | Body


@dataclass(frozen=True, slots=True)
class Share:
    """``num`` of ``den``, as a floor to reach or a cap to keep.

    Args:
        strict: Whether lying exactly on the share is not enough (a floor) or
            already too much (a cap).

    Source: decision rules, "Exact".
    """

    num: int
    den: int
    strict: bool = False

    def reached_by(self, part: int, whole: int) -> bool:
        """Say whether ``part`` of ``whole`` is this share. A share of nothing is never reached."""
        gap = part * self.den - self.num * whole
        return whole > 0 and (gap > 0 if self.strict else gap >= 0)

    def kept_by(self, part: int, whole: int) -> bool:
        """Say whether ``part`` of ``whole`` stays within this share. A cap on nothing is met."""
        room = self.num * whole - part * self.den
        return whole <= 0 or (room > 0 if self.strict else room >= 0)

    def needed(self, whole: int) -> int:
        """Return the smallest part of ``whole`` that reaches the share."""
        if self.strict:
            return self.num * whole // self.den + 1
        return -(-self.num * whole // self.den)

    def allowed(self, whole: int) -> int:
        """Return the largest part of ``whole`` within the share; -1 if not even none is."""
        if self.strict:
            return -(-self.num * whole // self.den) - 1
        return self.num * whole // self.den


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share and what it is a share of; ``of`` None means yes and objections."""

    share: Share
    of: Whole | None = None
