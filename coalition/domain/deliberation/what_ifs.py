"""What a rule would make of a few telling tallies, so that a convener can try it first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coalition.domain.deliberation.decisions import Outcome, Verdict, decide
from coalition.domain.deliberation.judging import judge
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally


class Trial(StrEnum):
    """A story told by one tally."""

    EVERYONE = "everyone"
    JUST_ENOUGH = "just_enough"
    ONE_SHORT = "one_short"
    ONE_OBJECTION = "one_objection"
    OBJECTION_AGAIN = "objection_again"
    CONTESTED = "contested"
    NO_QUORUM = "no_quorum"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One story, the tally that tells it and what the rule makes of it."""

    trial: Trial
    tally: Tally
    verdict: Verdict


def what_ifs(rule: Rule, roll: int) -> tuple[WhatIf, ...]:
    """Return what ``rule`` makes of telling tallies of a roll of ``roll`` organisations.

    The window has passed in each, and every objection has a reason. Stories that a rule
    does not know (a tally too small for its quorum, where it asks for none) are left out.
    """
    told = [*_supported(rule, roll), *_objected(rule, roll), *_quiet(rule, roll)]
    return tuple(WhatIf(trial, case.tally, decide(rule, case)) for trial, case in told)


def _supported(rule: Rule, roll: int) -> Iterator[tuple[Trial, Case]]:
    """Everyone supports; and where the line runs while the others abstain."""
    yield Trial.EVERYONE, _case(rule, roll, {Stance.SUPPORT: roll})

    def split(n: int) -> Case:
        return _case(rule, roll, {Stance.SUPPORT: n, Stance.ABSTAIN: roll - n})

    least = _fewest(rule, roll, split)
    if least is not None:
        yield Trial.JUST_ENOUGH, split(least)
        yield Trial.ONE_SHORT, split(least - 1)


def _objected(rule: Rule, roll: int) -> Iterator[tuple[Trial, Case]]:
    """One objects, the first time and again; and where the line runs against objections."""
    one = {Stance.SUPPORT: roll - 1, Stance.OBJECT: 1}
    yield Trial.ONE_OBJECTION, _case(rule, roll, one)
    if rule.recirculate_once or rule.over_objection is not None:
        yield Trial.OBJECTION_AGAIN, _case(rule, roll, one, recirculated=True)

    def split(n: int) -> Case:
        against = {Stance.SUPPORT: n, Stance.OBJECT: roll - n}
        return _case(rule, roll, against, recirculated=True)

    least = _fewest(rule, roll, split)
    if least is not None and least < roll - 1:
        yield Trial.CONTESTED, split(least)


def _quiet(rule: Rule, roll: int) -> Iterator[tuple[Trial, Case]]:
    """As many support as leave the quorum one short; and nobody answers at all."""

    def alone(n: int) -> Case:
        return _case(rule, roll, {Stance.SUPPORT: n})

    short = [n for n in range(1, roll + 1) if _outcome(rule, alone(n)) is Outcome.NO_QUORUM]
    if short:
        yield Trial.NO_QUORUM, alone(short[-1])
    yield Trial.SILENCE, alone(0)


def _case(rule: Rule, roll: int, counts: dict[Stance, int], *, recirculated: bool = False) -> Case:
    tally = Tally.of(counts, eligible=roll)
    return Case(tally, hours_open=rule.window_hours or 0, recirculated=recirculated)


def _outcome(rule: Rule, case: Case) -> Outcome:
    return judge(rule, case).outcome


def _fewest(rule: Rule, roll: int, split: Callable[[int], Case]) -> int | None:
    """Return the fewest supports that adopt, of those that need any; None if none do."""
    found = (n for n in range(1, roll + 1) if _outcome(rule, split(n)) is Outcome.ADOPTED)
    return next(found, None)
