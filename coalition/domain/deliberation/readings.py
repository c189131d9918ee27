"""A tally as one rule reads it: who counts as yes, what the base is, what objects."""

from dataclasses import dataclass

from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.shares import Body, Whole
from coalition.domain.deliberation.stances import HEARD, Stance
from coalition.domain.deliberation.tallies import Case, Tally


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures every part of a rule is held against.

    Args:
        counts: Ballots by stance, unreasoned objections left out where the rule asks for
            reasons. Their organisations are then as good as missing: on the roll, in the
            base, heard from for the quorum, and in nothing else.
        heard: Organisations that count as heard from in the quorum.
    """

    counts: dict[Stance, int]
    roll: int
    base: int
    heard: int
    yes: int
    objections: int

    @property
    def out(self) -> int:
        """Those still out: in the base and not a yes."""
        return self.base - self.yes

    def whole(self, of: Whole | None) -> int:
        """Return how many ``of`` is; None stands for yes and objections."""
        if of is None:
            return self.yes + self.objections
        if isinstance(of, Body):
            return self.base if of is Body.BASE else self.roll
        return sum(self.counts[stance] for stance in of)


@dataclass(frozen=True, slots=True)
class View:
    """A case under a rule, read once: the roll's tally and the second electorate's."""

    rule: Rule
    case: Case
    first: Reading
    second: Reading


def view(rule: Rule, case: Case) -> View:
    """Return ``case`` as ``rule`` reads it."""
    return View(rule, case, read(rule, case.tally), read(rule, case.second))


def read(rule: Rule, tally: Tally) -> Reading:
    """Return ``tally`` as ``rule`` reads it."""
    counts = dict(tally.counts)
    if rule.objections_need_reasons:
        counts[Stance.OBJECT] -= tally.objections_without_reason
    return Reading(
        counts=counts,
        roll=tally.eligible,
        base=tally.eligible - sum(counts[stance] for stance in rule.base_excludes),
        heard=tally.number(rule.quorum.counts if rule.quorum else HEARD),
        yes=sum(counts[stance] for stance in rule.supporting),
        objections=counts[Stance.OBJECT],
    )
