"""A decision rule in plain sentences, and the names of the rules to choose from."""

from coalition.domain.deliberation.rules import Quorum, Rule, SecondTally, Tier
from coalition.domain.deliberation.shares import Body, Share, Threshold
from coalition.domain.deliberation.stances import HEARD, SUPPORTS, Stance
from coalition.words import codes
from coalition.words.speech import mark, t, tn

PRESETS = {
    "working_table": mark("Working-table consensus"),
    "consensus": mark("Consensus, no objection"),
    "consensus_minus_one": mark("Consensus minus one"),
    "consent": mark("Consent"),
    "two_thirds": mark("Two thirds"),
    "three_quarters": mark("Three quarters"),
    "simple_majority": mark("Simple majority"),
    "bylaw_change": mark("Bylaw change"),
    "sign_on": mark("Sign-on"),
    "rapid_response": mark("Rapid response"),
    "last_call": mark("Last call"),
    "iso_ballot": mark("ISO ballot"),
    "consensus_body": mark("Consensus body (ANSI style)"),
}
NO_RULE = mark("Who signs, signs for itself; nothing is adopted for the others.")
SILENCE = mark("Careful: this rule asks for no support, so silence alone can adopt.")
_SHARES = {
    (1, 2): mark("half"),
    (1, 3): mark("a third"),
    (2, 3): mark("two thirds"),
    (1, 4): mark("a quarter"),
    (3, 4): mark("three quarters"),
}
_BODIES = {
    Body.BASE: mark("the organisations in the base"),
    Body.ROLL: mark("all organisations on the roll"),
}
_VOTES = mark("the votes cast (support and objections)")
_HEARD = mark("those heard from")


def preset_name(code: str) -> str:
    """Return the name of a built-in rule, or of the one a rule of the table's own came from."""
    base, _, own = code.partition(".")
    name = t(PRESETS.get(base, base))
    return t("{rule}, as this table changed it", rule=name) if own else name


def rule_in_words(rule: Rule | None) -> list[str]:
    """Return the rule as plain sentences, in the order in which the engine asks."""
    if rule is None:
        return [t(NO_RULE)]
    sentences = [
        *_reading(rule),
        *_participation(rule),
        *_objections(rule),
        *_asked(rule),
        *_time(rule),
    ]
    return sentences if rule.needs_support else [*sentences, t(SILENCE)]


def _reading(rule: Rule) -> list[str]:
    said = []
    if rule.supporting != SUPPORTS:
        said.append(t("As support counts: {stances}.", stances=_listed(rule.supporting)))
    if rule.base_excludes == (Stance.RECUSED,):
        said.append(t("The base is the roll less those who recuse themselves."))
    elif rule.base_excludes:
        excluded = _listed(rule.base_excludes)
        said.append(t("The base is the roll less those who answer: {stances}.", stances=excluded))
    else:
        said.append(t("The base is the whole roll."))
    return said


def _participation(rule: Rule) -> list[str]:
    said = [_quorum(rule.quorum)] if rule.quorum else []
    if rule.participation_tiers:
        said.append(
            t("How much support it takes depends on how many take part, and on that alone:")
        )
    return [*said, *(_tier(tier) for tier in rule.participation_tiers)]


def _quorum(quorum: Quorum) -> str:
    if isinstance(quorum.reach, Share):
        whole = t(_BODIES[Body.BASE])
        needed = t("Quorum: {share} must be heard from.", share=_floor(quorum.reach, whole))
    else:
        needed = tn(
            "Quorum: at least {n} organisation must be heard from.",
            "Quorum: at least {n} organisations must be heard from.",
            quorum.reach,
        )
    if quorum.counts == HEARD:
        return needed
    counts = t("As heard from count: {stances}.", stances=_listed(quorum.counts))
    return f"{needed} {counts}"


def _tier(tier: Tier) -> str:
    ends = {"lower": _lower(tier.lower), "upper": _upper(tier.upper)}
    if tier.times is None:
        return t("From {lower} up to {upper} of the base heard from: no quorum.", **ends)
    return t(
        "From {lower} up to {upper} of the base heard from: support must be more than "
        "{times} times the objections.",
        times=tier.times,
        **ends,
    )


def _lower(share: Share | None) -> str:
    if share is None:
        return t("nobody")
    said = _fraction(share)
    return t("more than {share}", share=said) if share.strict else said


def _upper(share: Share | None) -> str:
    if share is None:
        return t("everybody")
    said = _fraction(share)
    return t("less than {share}", share=said) if share.strict else said


def _objections(rule: Rule) -> list[str]:
    said = []
    if rule.objections_need_reasons:
        said.append(t("An objection without a reason counts for the quorum and for nothing else."))
    if rule.max_objections == 0:
        said.append(t("One objection blocks it."))
    elif rule.max_objections is not None:
        said.append(
            tn(
                "More than {n} objection blocks it.",
                "More than {n} objections block it.",
                rule.max_objections,
            )
        )
    return said


def _asked(rule: Rule) -> list[str]:
    second = rule.second_tally or SecondTally()
    said = [
        _review(rule),
        _stand_asides(rule.stand_aside_cap),
        _min_support(rule.min_support),
        _approval(rule.approval),
        _negative(rule.max_negative),
    ]
    if second.approval:
        share = _threshold(second.approval)
        said.append(t("In the second tally, {share} must support it.", share=share))
    if second.max_negative:
        cap = _cap(second.max_negative)
        said.append(t("In the second tally, {share} may object.", share=cap))
    return [sentence for sentence in said if sentence]


def _review(rule: Rule) -> str:
    asked = rule.review
    if asked is None:
        return ""
    if isinstance(asked, Share):
        share = _floor(asked, t(_BODIES[Body.BASE]))
        return t("It stays under review until {share} support it.", share=share)
    return tn(
        "It stays under review until more support it than are still out, and at most {n} is out.",
        "It stays under review until more support it than are still out, and at most {n} are out.",
        asked,
    )


def _stand_asides(cap: Threshold | None) -> str:
    return t("Of stand-asides there may be {share}.", share=_cap(cap)) if cap else ""


def _min_support(asked: Share | int | None) -> str:
    if asked is None:
        return ""
    if isinstance(asked, Share):
        share = _floor(asked, t(_BODIES[Body.BASE]))
        return t("However the votes fall, {share} must support it.", share=share)
    return tn(
        "At least {n} organisation must support it.",
        "At least {n} organisations must support it.",
        asked,
    )


def _approval(asked: Threshold | None) -> str:
    return t("To be adopted, {share} must support it.", share=_threshold(asked)) if asked else ""


def _negative(cap: Threshold | None) -> str:
    return t("Of objections there may be {share}.", share=_cap(cap)) if cap else ""


def _time(rule: Rule) -> list[str]:
    said = [t("While a concern is open, it waits.")] if rule.review is not None else []
    if rule.window_hours:
        said.append(_window(rule.window_hours))
    if rule.over_objection:
        said.append(
            t(
                "An objection sends the text round once more. The second time, {share} in "
                "support may adopt over it; short of that it is blocked.",
                share=_threshold(rule.over_objection),
            )
        )
    elif rule.recirculate_once:
        said.append(t("An objection sends the text round once more before it can be adopted."))
    return said


def _window(hours: int) -> str:
    if hours % 24:
        return tn("It is open for at least {n} hour.", "It is open for at least {n} hours.", hours)
    return tn(
        "It is open for at least {n} day ({hours} hours).",
        "It is open for at least {n} days ({hours} hours).",
        hours // 24,
        hours=hours,
    )


def _threshold(asked: Threshold) -> str:
    return _floor(asked.share, _whole(asked))


def _floor(share: Share, whole: str) -> str:
    values = {"share": _fraction(share), "whole": whole}
    if share.strict:
        return t("more than {share} of {whole}", **values)
    return t("at least {share} of {whole}", **values)


def _cap(cap: Threshold) -> str:
    values = {"share": _fraction(cap.share), "whole": _whole(cap)}
    if cap.share.strict:
        return t("fewer than {share} of {whole}", **values)
    return t("at most {share} of {whole}", **values)


def _whole(asked: Threshold) -> str:
    of = asked.of
    if isinstance(of, Body):
        return t(_BODIES[of])
    if of is None or of == (*SUPPORTS, Stance.OBJECT):
        return t(_VOTES)
    if of == HEARD:
        return t(_HEARD)
    return t("the ballots that say: {stances}", stances=_listed(of))


def _fraction(share: Share) -> str:
    said = _SHARES.get((share.num, share.den))
    return t(said) if said else f"{share.num}/{share.den}"


def _listed(stances: tuple[Stance, ...]) -> str:
    return ", ".join(codes.stance(stance) for stance in stances) or t("none")
