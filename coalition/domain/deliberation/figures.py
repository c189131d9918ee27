"""The numbers every verdict carries, so that it can be added up again by hand."""

from coalition.domain.deliberation.readings import View
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.shares import Body, Share, Threshold
from coalition.domain.deliberation.stances import HEARD, Stance


def figures(this: View) -> dict[str, int]:
    """Return the numbers every verdict carries, whichever step settled it.

    The whole of the approval stands under a name that says what it is:
    ``votes_cast`` (yes and objections), ``base_whole``, ``roll_whole``, ``returned``
    (all heard from), ``ballots_counted`` (another list of stances, support among them) or
    ``ballots_weighed`` (a list that support is only held against).
    ``approval_needed`` is left out where that whole is nothing: no number reaches it.
    """
    reading, rule = this.first, this.rule
    numbers = {
        "roll": reading.roll,
        "base": reading.base,
        "heard": reading.heard,
        "missing": this.case.tally.missing,
        "yes": reading.yes,
        "objections": reading.objections,
    }
    without = this.case.tally.objections_without_reason
    if rule.objections_need_reasons and without:
        numbers["objections_without_reason"] = without
    if rule.quorum is not None:
        reach = rule.quorum.reach
        numbers["quorum_needed"] = reach.needed(reading.base) if isinstance(reach, Share) else reach
    if rule.approval is not None:
        whole = reading.whole(rule.approval.of)
        numbers[_called(rule, rule.approval)] = whole
        numbers |= {"approval_needed": rule.approval.share.needed(whole)} if whole else {}
    return numbers


def _called(rule: Rule, asked: Threshold) -> str:
    if isinstance(asked.of, Body):
        return f"{asked.of}_whole"
    if asked.of is None or set(asked.of) == {*rule.supporting, Stance.OBJECT}:
        return "votes_cast"
    if asked.of == HEARD:
        return "returned"
    return "ballots_counted" if set(rule.supporting) <= set(asked.of) else "ballots_weighed"
