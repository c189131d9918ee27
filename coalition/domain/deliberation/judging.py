"""Holding a case against a rule, step by step, in the order that is part of the rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coalition.domain.deliberation.readings import Reading, View, view
from coalition.domain.deliberation.rules import Rule, Tier
from coalition.domain.deliberation.shares import Share, Threshold
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case


class Outcome(StrEnum):
    """What a rule makes of a case."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    BLOCKED = "blocked"
    NO_QUORUM = "no_quorum"
    PENDING = "pending"
    RECIRCULATE = "recirculate"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that settles a case.

    Args:
        reason: A stable code, ``outcome.what``.
        numbers: The figures it rests on, each a whole number.
    """

    outcome: Outcome
    reason: str
    numbers: Mapping[str, int] = field(default_factory=dict, hash=False)


Step = Callable[[View], Finding | None]
OVER_OBJECTION = "adopted.over_objection"  # what the rule's own second vote says


def judge(rule: Rule, case: Case) -> Finding:
    """Return the finding of the first step that settles the case, or its adoption.

    Source: decision rules, "Order, which is part of the rule".
    """
    return settle(view(rule, case))


def settle(this: View) -> Finding:
    """Return the finding on a case that is read already."""
    return next((finding for step in STEPS if (finding := step(this))), None) or _adoption(this)


def empty_base(this: View) -> Finding | None:
    """Nobody is left to decide, whatever the rule asks."""
    if this.first.base > 0:
        return None
    return Finding(Outcome.NO_QUORUM, "no_quorum.empty_base")


def quorum(this: View) -> Finding | None:
    """Too few were heard from."""
    asked = this.rule.quorum
    if asked is None or _reaches(asked.reach, this.first.heard, this.first.base):
        return None
    return Finding(Outcome.NO_QUORUM, "no_quorum.heard")


def tiers(this: View) -> Finding | None:
    """Where the rule has tiers of participation, the first that fits decides alone."""
    if not this.rule.participation_tiers:
        return None
    tier = next((one for one in this.rule.participation_tiers if holds(one, this.first)), None)
    if tier is None or tier.times is None:
        return Finding(Outcome.NO_QUORUM, "no_quorum.tier")
    numbers = {"times": tier.times, "tier_floor": tier.times * this.first.objections}
    if exceeds(tier.times, this.first):
        return Finding(Outcome.ADOPTED, "adopted.tier", numbers)
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.tier", numbers)


def above(tier: Tier, reading: Reading) -> bool:
    """Say whether participation is above a tier's lower end."""
    return tier.lower is None or tier.lower.reached_by(reading.heard, reading.base)


def below(tier: Tier, reading: Reading) -> bool:
    """Say whether participation is below a tier's upper end."""
    return tier.upper is None or tier.upper.kept_by(reading.heard, reading.base)


def holds(tier: Tier, reading: Reading) -> bool:
    """Say whether participation falls in a tier."""
    return above(tier, reading) and below(tier, reading)


def exceeds(times: int, reading: Reading) -> bool:
    """Say whether support exceeds that many times the objections."""
    return reading.yes > times * reading.objections


def objections(this: View) -> Finding | None:
    """More objections than the rule lets pass."""
    allowed = this.rule.max_objections
    if allowed is None or this.first.objections <= allowed:
        return None
    return Finding(Outcome.BLOCKED, "blocked.objections", {"objections_allowed": allowed})


def concerns(this: View) -> Finding | None:
    """A concern was raised and is not resolved."""
    if not this.case.open_concerns:
        return None
    numbers = {"open_concerns": this.case.open_concerns}
    return Finding(Outcome.PENDING, "pending.concerns", numbers)


def review(this: View) -> Finding | None:
    """Too many are still out for the text to be called reviewed."""
    asked, reading = this.rule.review, this.first
    if isinstance(asked, Share):
        if asked.reached_by(reading.yes, reading.base):
            return None
        numbers = {"review_needed": asked.needed(reading.base)}
        return Finding(Outcome.PENDING, "pending.review_share", numbers)
    if asked is None or (reading.out <= asked and reading.yes > reading.out):
        return None
    numbers = {"out": reading.out, "out_allowed": asked}
    return Finding(Outcome.PENDING, "pending.review_outstanding", numbers)


def stand_asides(this: View) -> Finding | None:
    """More stand aside than the rule lets pass: send it back, though nobody blocks."""
    cap = this.rule.stand_aside_cap
    part = this.first.counts[Stance.STAND_ASIDE]
    if cap is None or cap.share.kept_by(part, whole := this.first.whole(cap.of)):
        return None
    numbers = {"stand_asides": part, "cap_whole": whole, "cap_allowed": cap.share.allowed(whole)}
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.stand_asides", numbers)


def min_support(this: View) -> Finding | None:
    """Too few support it, however few object."""
    asked, base = this.rule.min_support, this.first.base
    if asked is None or _reaches(asked, this.first.yes, base):
        return None
    needed = asked.needed(base) if isinstance(asked, Share) else asked
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.min_support", {"support_needed": needed})


def approval(this: View) -> Finding | None:
    """Support is short of the share the rule asks for."""
    asked = this.rule.approval
    if asked is None or _approves(asked, this.first):
        return None
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.approval")


def negative(this: View) -> Finding | None:
    """Objections are more than the share the rule lets pass."""
    cap = this.rule.max_negative
    if cap is None or _bears(cap, this.first):
        return None
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.negative", _negative(cap, this.first))


def second_approval(this: View) -> Finding | None:
    """The second electorate's support is short."""
    asked = this.rule.second_tally.approval if this.rule.second_tally else None
    if asked is None or _approves(asked, this.second):
        return None
    whole = this.second.whole(asked.of)
    numbers = {"second_yes": this.second.yes, "second_whole": whole}
    numbers |= {"second_needed": asked.share.needed(whole)} if whole else {}
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.second_approval", numbers)


def second_negative(this: View) -> Finding | None:
    """The second electorate's objections are too many."""
    cap = this.rule.second_tally.max_negative if this.rule.second_tally else None
    if cap is None or _bears(cap, this.second):
        return None
    numbers = {"second_objections": this.second.objections, **_negative(cap, this.second)}
    return Finding(Outcome.NOT_ADOPTED, "not_adopted.second_negative", numbers)


def window(this: View) -> Finding | None:
    """The round has not been open for as long as the rule asks."""
    hours = this.rule.window_hours
    if hours is None or this.case.hours_open >= hours:
        return None
    numbers = {"hours_open": this.case.hours_open, "window_hours": hours}
    return Finding(Outcome.PENDING, "pending.window", numbers)


def recirculation(this: View) -> Finding | None:
    """An objection sends the text round once more, where the rule says so."""
    goes_round = this.rule.recirculate_once or this.rule.over_objection is not None
    if not (goes_round and this.first.objections) or this.case.recirculated:
        return None
    return Finding(Outcome.RECIRCULATE, "recirculate.objections")


def overruling(this: View) -> Finding | None:
    """The second time round, too few support it to adopt over the objection."""
    asked = this.rule.over_objection
    if asked is None or not this.first.objections or _approves(asked, this.first):
        return None
    return Finding(Outcome.BLOCKED, "blocked.over_objection", _over(asked, this.first))


STEPS: tuple[Step, ...] = (
    empty_base,
    quorum,
    tiers,
    objections,
    concerns,
    review,
    stand_asides,
    min_support,
    approval,
    negative,
    second_approval,
    second_negative,
    window,
    recirculation,
    overruling,
)


def _adoption(this: View) -> Finding:
    over = this.rule.over_objection
    if over is not None and this.first.objections:
        return Finding(Outcome.ADOPTED, OVER_OBJECTION, _over(over, this.first))
    if this.rule.approval is not None:
        return Finding(Outcome.ADOPTED, "adopted.approval")
    return Finding(Outcome.ADOPTED, "adopted.unhindered")


def _reaches(asked: Share | int, part: int, whole: int) -> bool:
    return asked.reached_by(part, whole) if isinstance(asked, Share) else part >= asked


def _approves(asked: Threshold, reading: Reading) -> bool:
    return asked.share.reached_by(reading.yes, reading.whole(asked.of))


def _bears(cap: Threshold, reading: Reading) -> bool:
    return cap.share.kept_by(reading.objections, reading.whole(cap.of))


def _negative(cap: Threshold, reading: Reading) -> dict[str, int]:
    whole = reading.whole(cap.of)
    return {"negative_whole": whole, "negative_allowed": cap.share.allowed(whole)}


def _over(asked: Threshold, reading: Reading) -> dict[str, int]:
    whole = reading.whole(asked.of)
    return {"over_whole": whole} | ({"over_needed": asked.share.needed(whole)} if whole else {})
