"""The one function that decides a proposal, and the verdict that is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coalition.domain.deliberation.figures import figures
from coalition.domain.deliberation.judging import Outcome, settle
from coalition.domain.deliberation.needs import StillNeeded, still_needed
from coalition.domain.deliberation.readings import view
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.tallies import Case

FINAL = frozenset(
    {Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.BLOCKED}
)  # no round follows of itself

__all__ = ["FINAL", "Outcome", "StillNeeded", "Verdict", "decide"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule makes of a case, as codes and numbers; sentences are made from them.

    Args:
        reason: A stable code, ``outcome.what``: the first step that settled it.
        numbers: The figures it rests on, enough to add it up again by hand.
    """

    outcome: Outcome
    reason: str
    numbers: Mapping[str, int] = field(hash=False)
    still_needed: StillNeeded

    @property
    def quorum_met(self) -> bool:
        """Whether enough were heard from for there to be a decision at all."""
        return self.outcome is not Outcome.NO_QUORUM

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as it is frozen: no sentence in it."""
        return {
            "outcome": self.outcome.value,
            "quorum_met": self.quorum_met,
            "reason": self.reason,
            "numbers": dict(self.numbers),
            "still_needed": self.still_needed.to_json(),
        }

    @classmethod
    def from_json(cls, frozen: Mapping[str, Any]) -> "Verdict":
        """Return a frozen verdict."""
        return cls(
            Outcome(frozen["outcome"]),
            frozen["reason"],
            dict(frozen["numbers"]),
            StillNeeded(**frozen["still_needed"]),
        )


def decide(rule: Rule, case: Case) -> Verdict:
    """Return the verdict of ``rule`` on ``case``.

    Pure and in whole numbers: the same rule and case give the same verdict for ever.

    Source: decision rules.
    """
    this = view(rule, case)
    finding = settle(this)
    return Verdict(
        finding.outcome,
        finding.reason,
        {**figures(this), **finding.numbers},
        still_needed(rule, case),
    )
