"""What a case still needs, found by asking the engine itself.

Every test of a rule is a linear inequality in the number of ballots added (or of objections
resolved), so along that number it turns at most once; only at the ends can a whole be
nothing. The engine's answer can therefore change only at an end or where some test turns.
Those few numbers are tried with the engine, smallest first, so what is said to be needed
can never disagree with what the engine then decides, however large the roll.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from coalition.domain.deliberation import judging
from coalition.domain.deliberation.judging import Outcome, Step
from coalition.domain.deliberation.readings import Reading, View, view
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import HEARD, SUPPORTS, Stance
from coalition.domain.deliberation.tallies import Case

OBJECTED = (judging.objections, judging.negative, judging.recirculation, judging.overruling)
T = TypeVar("T")
Test = Callable[[View], bool]
Grown = Callable[[int], View]  # the case with that many more ballots, or fewer objections


@dataclass(frozen=True, slots=True)
class StillNeeded:
    """What is missing; each a number of its own, all else staying as it is.

    Args:
        supports: Fewest further supports, from organisations not heard from, that lead
            to adoption once the window has passed; 0 if none are needed, None if no
            number of them does (an objection blocks, a concern is open, too few are left).
        objections: Fewest counted objections to resolve so that none is in the way: none
            blocks, breaks ``max_negative``, or sends the text round. A resolved objection is
            read like one without a reason: heard from, and in nothing else. 0 if
            none is in the way; None if resolving every one would not help.
        ballots: Fewest further ballots that make the quorum; 0 if there is one, None if
            the organisations not heard from are too few.
    """

    supports: int | None
    objections: int | None
    ballots: int | None

    def to_json(self) -> dict[str, int | None]:
        """Return the three numbers by name."""
        return {
            "supports": self.supports,
            "objections": self.objections,
            "ballots": self.ballots,
        }


def still_needed(rule: Rule, case: Case) -> StillNeeded:
    """Return what ``case`` still needs under ``rule``."""
    return StillNeeded(_supports(rule, case), _objections(rule, case), _ballots(rule, case))


def _supports(rule: Rule, case: Case) -> int | None:
    stance = next((one for one in SUPPORTS if one in rule.supporting), None)
    late = replace(case, hours_open=rule.window_hours or 0)
    limit = case.tally.missing if stance else 0
    return _fewest(limit, _adopts, _tests(rule), _growing(rule, late, stance))


def _adopts(this: View) -> bool:
    return judging.settle(this).outcome is Outcome.ADOPTED


def _ballots(rule: Rule, case: Case) -> int | None:
    counting = rule.quorum.counts if rule.quorum else HEARD
    # A ballot that counts and stays in the base, where the rule has such; else any that counts.
    staying = (one for one in counting if one not in rule.base_excludes)
    stance = next(iter((*staying, *counting)), None)
    limit = case.tally.missing if stance else 0
    tests = (judging.empty_base, judging.quorum)
    held = (*(_passes(step) for step in tests), *_tier_tests(rule))
    return _fewest(limit, _has_quorum, held, _growing(rule, case, stance))


def _has_quorum(this: View) -> bool:
    return judging.settle(this).outcome is not Outcome.NO_QUORUM


def _objections(rule: Rule, case: Case) -> int | None:
    limit = view(rule, case).first.objections
    set_aside = case.tally.objections_without_reason if rule.objections_need_reasons else 0
    asking = replace(rule, objections_need_reasons=True)

    def resolved(n: int) -> View:
        tally = replace(case.tally, objections_without_reason=set_aside + n)
        return view(asking, replace(case, tally=tally))

    return _fewest(limit, _unobjected, [_passes(step) for step in OBJECTED], resolved)


def _unobjected(this: View) -> bool:
    return all(step(this) is None for step in OBJECTED)


def _growing(rule: Rule, case: Case, stance: Stance | None) -> Grown:
    def grown(n: int) -> View:
        tally = case.tally.adding(stance, n) if stance and n else case.tally
        return view(rule, replace(case, tally=tally))

    return grown


def _fewest(limit: int, goal: Test, tests: Iterable[Test], grown: Grown) -> int | None:
    """Return the smallest number from 0 to ``limit`` that meets the goal, or None."""
    seen = cache(grown)  # the tests ask about the same few numbers
    if goal(seen(0)):
        return 0
    turns = {_turn(test, seen, limit - 1) for test in tests} if limit > 1 else set()
    candidates = sorted({n for n in (1, limit, *turns) if n is not None and n <= limit})
    return next((n for n in candidates if n and goal(seen(n))), None)


def _turn(test: Test, seen: Grown, high: int) -> int | None:
    """Return the first number from 1 to ``high`` where ``test`` changes its answer, by halving."""
    low = 1
    before = test(seen(low))
    if test(seen(high)) is before:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if test(seen(middle)) is before:
            low = middle
        else:
            high = middle
    return high


def _tests(rule: Rule) -> list[Test]:
    """Return every test that could turn while ballots are added; the window has passed."""
    steps = (one for one in judging.STEPS if one not in (judging.tiers, judging.window))
    return [*(_passes(step) for step in steps), *_tier_tests(rule)]


def _tier_tests(rule: Rule) -> list[Test]:
    tiers = rule.participation_tiers
    times = {tier.times for tier in tiers if tier.times is not None}
    return [
        *(_at(judging.above, tier) for tier in tiers),
        *(_at(judging.below, tier) for tier in tiers),
        *(_at(judging.exceeds, number) for number in times),
    ]


def _passes(step: Step) -> Test:
    return lambda this: step(this) is None


def _at(test: Callable[[T, Reading], bool], asked: T) -> Test:
    return lambda this: test(asked, this.first)
