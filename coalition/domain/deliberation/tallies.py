"""Tallies: how many organisations took each stance, and the state of a round around them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coalition.domain.deliberation.fields import Fields, Malformed
from coalition.domain.deliberation.stances import HEARD, STANCES, Stance


class MalformedCase(Malformed):
    """A tally that no round could have, or a state that cannot be read."""

    code = "case.malformed"


@dataclass(frozen=True, slots=True)
class Tally:
    """The ballots of one roll, counted.

    Args:
        eligible: Organisations on the roll when the round opened.
        counts: Ballots by stance; every stance is there.
        objections_without_reason: How many of the ``object`` ballots give none.
    """

    eligible: int
    counts: Mapping[Stance, int] = field(hash=False)
    objections_without_reason: int = 0

    def __hash__(self) -> int:
        """Tell tallies apart by their counts too: without them, a cache of verdicts is one heap."""
        counts = tuple(self.counts[stance] for stance in STANCES)
        return hash((self.eligible, counts, self.objections_without_reason))

    @classmethod
    def of(
        cls,
        ballots: Mapping[Stance, int] | Iterable[Stance],
        *,
        eligible: int,
        objections_without_reason: int = 0,
    ) -> "Tally":
        """Return the tally of stances, given one by one or already counted.

        Raises:
            MalformedCase: more ballots than organisations, or less than none.
        """
        counted = Counter(ballots)
        return cls.from_json(
            {
                "eligible": eligible,
                "ballots": {str(stance): n for stance, n in counted.items()},
                "objections_without_reason": objections_without_reason,
            }
        )

    @classmethod
    def from_json(cls, value: object) -> "Tally":
        """Return the tally in a case; members that are not a tally's are ignored.

        Raises:
            MalformedCase: with the field that cannot be read.
        """
        case = Fields(value, "", malformed=MalformedCase)
        eligible = case.count("eligible")
        counts = _counts(case, "ballots")
        if sum(counts.values()) > eligible:
            raise case.refused("ballots", "above_roll")
        without = case.count("objections_without_reason", 0)
        if without > counts[Stance.OBJECT]:
            raise case.refused("objections_without_reason", "above_objections")
        return cls(eligible, counts, without)

    def to_json(self) -> dict[str, Any]:
        """Return the tally as it is frozen beside a verdict."""
        return {
            "eligible": self.eligible,
            "ballots": {stance.value: self.counts[stance] for stance in STANCES},
            "objections_without_reason": self.objections_without_reason,
        }

    @property
    def returned(self) -> int:
        """Organisations that gave a ballot, recusals included."""
        return sum(self.counts.values())

    @property
    def missing(self) -> int:
        """Organisations not heard from."""
        return self.eligible - self.returned

    @property
    def heard(self) -> int:
        """Organisations heard from: all but the recused and the missing."""
        return self.number(HEARD)

    def number(self, stances: Iterable[Stance]) -> int:
        """Return how many ballots took one of these stances."""
        return sum(self.counts[stance] for stance in stances)

    def adding(self, stance: Stance, n: int) -> "Tally":
        """Return the tally with ``n`` further ballots of one stance."""
        counts = {**self.counts, stance: self.counts[stance] + n}
        return Tally(self.eligible, counts, self.objections_without_reason)


@dataclass(frozen=True, slots=True)
class Case:
    """All that the engine reads beside the rule.

    Args:
        open_concerns: Concerns raised and not resolved.
        hours_open: Whole hours since the round opened.
        recirculated: Whether this text already went round a second time.
        second_ballots: Ballots of a second electorate, by stance; it has no roll of
            its own, so whoever answered there is its whole.
    """

    tally: Tally
    open_concerns: int = 0
    hours_open: int = 0
    recirculated: bool = False
    second_ballots: Mapping[Stance, int] = field(default_factory=dict, hash=False)

    @classmethod
    def from_json(cls, value: object) -> "Case":
        """Return the state in a case; its id, its rule and unknown members are ignored.

        Raises:
            MalformedCase: with the field that cannot be read.
        """
        case = Fields(value, "", malformed=MalformedCase)
        return cls(
            Tally.from_json(value),
            open_concerns=case.count("open_concerns", 0),
            hours_open=case.count("hours_open", 0),
            recirculated=case.flag("recirculated"),
            second_ballots=case.maybe("second_ballots", _counts) or {},
        )

    @property
    def second(self) -> Tally:
        """The tally of the second electorate.

        Unreasoned objections are left out of either tally. A case counts them once,
        among its own ballots, and the two electorates overlap (members, and members
        with voting rights), so as many are taken to be in the second.
        """
        counts = {stance: self.second_ballots.get(stance, 0) for stance in STANCES}
        without = min(self.tally.objections_without_reason, counts[Stance.OBJECT])
        return Tally(sum(counts.values()), counts, without)


def _counts(case: Fields, name: str) -> dict[Stance, int]:
    ballots = case.inner(name, tuple(stance.value for stance in STANCES))
    return {stance: ballots.count(stance.value, 0) for stance in STANCES}
