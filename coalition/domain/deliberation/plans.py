"""A plan: what a convener asks to open, and whether it can stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coalition.domain.deliberation.readiness import Item
from coalition.domain.deliberation.rounds import Results, RoundKind, Terms
from coalition.domain.deliberation.rules import Rule
from coalition.domain.ground.errors import Invalid, RuleBroken


class RollEmpty(RuleBroken):
    """No organisation with a voting right would be on the roll."""

    code = "round.empty_roll"


class ClosesInThePast(Invalid):
    """The closing time is not in the future."""

    code = "round.closes_in_the_past"


class ClosesBeforeOpening(Invalid):
    """The closing time does not come after the opening."""

    code = "round.closes_before_opening"


class WindowTooShort(Invalid):
    """The rule asks for a longer window than the dates leave."""

    code = "round.window_too_short"


class UrgencyUnexplained(Invalid):
    """This rule needs a written reason why it cannot wait."""

    code = "round.urgency_unexplained"


class LastCallHidden(Invalid):
    """A last call shows its objections as they come, so its results cannot be hidden."""

    code = "round.last_call_hidden"


class RuleMissing(Invalid):
    """A binding round needs a rule."""

    code = "round.rule_missing"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a convener asks to open.

    Args:
        waivers: Why the round may open though this item is missing; members read it.
    """

    kind: RoundKind
    preset: str
    rule: Rule | None
    results: Results
    opens_at: datetime
    closes_at: datetime
    terms: Terms = field(default_factory=Terms)
    waivers: Mapping[Item, str] = field(default_factory=dict)

    @property
    def is_last_call(self) -> bool:
        """Say whether its rule waits for open concerns."""
        return self.rule is not None and self.rule.review is not None

    def require_sound(self, *, now: datetime, needs_urgency: bool = False) -> None:
        """Stop unless the plan's dates and terms can stand.

        The window is counted in UTC: a wall-clock day is 23 or 25 hours long on
        a daylight-saving night.

        Raises:
            RuleMissing: a binding round without a rule.
            LastCallHidden: a last call with hidden results.
            ClosesInThePast, ClosesBeforeOpening, WindowTooShort: the dates.
            UrgencyUnexplained: the preset wants a reason for the hurry.
        """
        if self.kind is RoundKind.BINDING and self.rule is None:
            raise RuleMissing(field="rule")
        if self.is_last_call and self.results is Results.HIDDEN:
            raise LastCallHidden(field="results")
        if self.closes_at <= now:
            raise ClosesInThePast(field="closes_at")
        if self.closes_at <= self.opens_at:
            raise ClosesBeforeOpening(field="closes_at")
        hours = (self.rule.window_hours or 0) if self.rule else 0
        if self.closes_at - max(self.opens_at, now) < timedelta(hours=hours):
            raise WindowTooShort(field="closes_at", hours=hours)
        if needs_urgency and not self.terms.urgency.strip():
            raise UrgencyUnexplained(field="urgency")
