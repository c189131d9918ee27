"""What settled a verdict: for each reason code, the clause that tells it with its numbers."""

from collections.abc import Callable

from coalition.words.speech import t, tn


class Figures(dict[str, int]):
    """The numbers of a verdict, by name."""

    def of(self, one: str, many: str, counted: str, **values: str) -> str:
        """Return the sentence that counts one of the numbers, with the others in it."""
        return tn(one, many, self[counted], **{name: self[key] for name, key in values.items()})


Clause = Callable[[Figures], str]


def quorum(figures: Figures) -> str:
    """Return how many were heard from and how many the quorum takes; "" without one."""
    if "quorum_needed" not in figures:
        return ""
    return t(
        "{heard} heard from with {base} in the base, {needed} needed for a quorum",
        heard=figures["heard"],
        base=figures["base"],
        needed=figures["quorum_needed"],
    )


def _empty_base(figures: Figures) -> str:
    return t(
        "nobody is left in the base, with {roll} on the roll, so there is no quorum",
        roll=figures["roll"],
    )


def _no_tier(figures: Figures) -> str:
    return t(
        "{heard} heard from with {base} in the base is too little participation for a quorum",
        heard=figures["heard"],
        base=figures["base"],
    )


def _tier(figures: Figures) -> str:
    return t(
        "{yes} in support and {objections} objecting; with {heard} of {base} heard from, support "
        "must be more than {times} times the objections, so more than {floor}",
        yes=figures["yes"],
        objections=figures["objections"],
        heard=figures["heard"],
        base=figures["base"],
        times=figures["times"],
        floor=figures["tier_floor"],
    )


def _objections(figures: Figures) -> str:
    if not figures["objections_allowed"]:
        return figures.of("{n} objection blocks it", "{n} objections block it", "objections")
    return figures.of(
        "{n} objection blocks it, at most {allowed} allowed",
        "{n} objections block it, at most {allowed} allowed",
        "objections",
        allowed="objections_allowed",
    )


def _concerns(figures: Figures) -> str:
    return figures.of(
        "{n} open concern is not resolved",
        "{n} open concerns are not resolved",
        "open_concerns",
    )


def _outstanding(figures: Figures) -> str:
    return t(
        "{yes} in support and {out} still out; more must support it than are still out, "
        "and at most {allowed} may be out",
        yes=figures["yes"],
        out=figures["out"],
        allowed=figures["out_allowed"],
    )


def _review_share(figures: Figures) -> str:
    return figures.of(
        "{n} of {base} organisations in the base supports it, {needed} needed to end the review",
        "{n} of {base} organisations in the base support it, {needed} needed to end the review",
        "yes",
        base="base",
        needed="review_needed",
    )


def _stand_asides(figures: Figures) -> str:
    return figures.of(
        "{n} of {whole} stands aside, at most {allowed} may",
        "{n} of {whole} stand aside, at most {allowed} may",
        "stand_asides",
        whole="cap_whole",
        allowed="cap_allowed",
    )


def _min_support(figures: Figures) -> str:
    return figures.of(
        "{n} of {base} organisations in the base supports it, at least {needed} must",
        "{n} of {base} organisations in the base support it, at least {needed} must",
        "yes",
        base="base",
        needed="support_needed",
    )


def _negative(figures: Figures) -> str:
    if figures["negative_allowed"] < 0:
        return t("the rule asks for fewer objections than none")
    return figures.of(
        "{n} objection against {whole} that count, at most {allowed} allowed",
        "{n} objections against {whole} that count, at most {allowed} allowed",
        "objections",
        whole="negative_whole",
        allowed="negative_allowed",
    )


def _second_approval(figures: Figures) -> str:
    if "second_needed" not in figures:
        return t("nobody voted in the second tally, and a share of nothing is never reached")
    return figures.of(
        "in the second tally {n} of {whole} supports it, {needed} needed",
        "in the second tally {n} of {whole} support it, {needed} needed",
        "second_yes",
        whole="second_whole",
        needed="second_needed",
    )


def _second_negative(figures: Figures) -> str:
    if figures["negative_allowed"] < 0:
        return t("the rule asks for fewer objections in the second tally than none")
    return figures.of(
        "in the second tally {n} objection against {whole} that count, at most {allowed} allowed",
        "in the second tally {n} objections against {whole} that count, at most {allowed} allowed",
        "second_objections",
        whole="negative_whole",
        allowed="negative_allowed",
    )


def _window(figures: Figures) -> str:
    return t(
        "open for {hours} of the {window} hours the rule asks for",
        hours=figures["hours_open"],
        window=figures["window_hours"],
    )


def _recirculate(figures: Figures) -> str:
    return figures.of(
        "{n} objection sends the text round once more",
        "{n} objections send the text round once more",
        "objections",
    )


def _short_over(figures: Figures) -> str:
    if "over_needed" not in figures:
        return figures.of("{n} objection blocks it", "{n} objections block it", "objections")
    return figures.of(
        "{n} objection stands, and adopting over it needs {needed} of {whole} in support; "
        "{yes} are",
        "{n} objections stand, and adopting over them needs {needed} of {whole} in support; "
        "{yes} are",
        "objections",
        needed="over_needed",
        whole="over_whole",
        yes="yes",
    )


def _over(figures: Figures) -> str:
    return figures.of(
        "adopted over {n} objection, which needs {needed} of {whole} in support; {yes} are",
        "adopted over {n} objections, which needs {needed} of {whole} in support; {yes} are",
        "objections",
        needed="over_needed",
        whole="over_whole",
        yes="yes",
    )


def _unhindered(figures: Figures) -> str:
    return t(
        "{yes} in support, {objections} objecting, and nothing in the rule stands in the way",
        yes=figures["yes"],
        objections=figures["objections"],
    )


def _nothing_further(_: Figures) -> str:
    return ""


REASONS: dict[str, Clause] = {
    "no_quorum.empty_base": _empty_base,
    "no_quorum.heard": quorum,
    "no_quorum.tier": _no_tier,
    "adopted.tier": _tier,
    "not_adopted.tier": _tier,
    "blocked.objections": _objections,
    "pending.concerns": _concerns,
    "pending.review_outstanding": _outstanding,
    "pending.review_share": _review_share,
    "not_adopted.stand_asides": _stand_asides,
    "not_adopted.min_support": _min_support,
    "not_adopted.approval": _nothing_further,
    "not_adopted.negative": _negative,
    "not_adopted.second_approval": _second_approval,
    "not_adopted.second_negative": _second_negative,
    "pending.window": _window,
    "recirculate.objections": _recirculate,
    "blocked.over_objection": _short_over,
    "adopted.over_objection": _over,
    "adopted.approval": _nothing_further,
    "adopted.unhindered": _unhindered,
}
