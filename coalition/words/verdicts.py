"""A verdict in words: one sentence whose numbers can be added up by hand."""

from coalition.domain.deliberation.decisions import StillNeeded, Verdict
from coalition.words.reasons import REASONS, Figures, quorum
from coalition.words.rules import rule_in_words
from coalition.words.speech import t, tn

__all__ = ["explanation", "rule_in_words", "still_needed_in_words"]


_BEFORE_APPROVAL = frozenset(
    reason for reason in REASONS if reason.startswith("no_quorum.") or reason.endswith(".tier")
)
_ADOPTED = frozenset(reason for reason in REASONS if reason.startswith("adopted."))


def explanation(verdict: Verdict) -> str:
    """Return why the verdict is what it is, in the language spoken.

    Like "12 of 13 votes cast support it, 9 needed; 1 objection blocks it".
    """
    figures = Figures(verdict.numbers)
    clauses = [_approval(figures)] if verdict.reason not in _BEFORE_APPROVAL else []
    clauses.append(REASONS[verdict.reason](figures))
    if verdict.reason in _ADOPTED:
        clauses.append(quorum(figures))
    clauses.append(_unreasoned(figures))
    said = "; ".join(clause for clause in clauses if clause)
    return said[:1].upper() + said[1:]


def still_needed_in_words(needed: StillNeeded) -> list[str]:
    """Return each thing still needed as a phrase; an empty list where nothing is.

    None of the three says that it cannot be done by that alone, so it is not listed.
    """
    phrases = [
        tn("{n} more ballot for a quorum", "{n} more ballots for a quorum", needed.ballots or 0),
        tn("{n} objection to resolve", "{n} objections to resolve", needed.objections or 0),
        tn("{n} more support", "{n} more supports", needed.supports or 0),
    ]
    counts = (needed.ballots, needed.objections, needed.supports)
    return [phrase for phrase, n in zip(phrases, counts, strict=True) if n]


def _approval(figures: Figures) -> str:
    sentences = {
        "votes_cast": _of_votes_cast,
        "base_whole": _of_base,
        "roll_whole": _of_roll,
        "returned": _of_returned,
        "ballots_counted": _of_counted,
        "ballots_weighed": _of_weighed,
    }
    whole = next((name for name in sentences if name in figures), None)
    if whole is None:
        return ""
    if "approval_needed" not in figures:
        return t("nothing to count support against, and a share of nothing is never reached")
    return sentences[whole](figures)


def _unreasoned(figures: Figures) -> str:
    if "objections_without_reason" not in figures:
        return ""
    return figures.of(
        "{n} objection without a reason does not count",
        "{n} objections without a reason do not count",
        "objections_without_reason",
    )


def _of_votes_cast(figures: Figures) -> str:
    return figures.of(
        "{n} of {whole} votes cast supports it, {needed} needed",
        "{n} of {whole} votes cast support it, {needed} needed",
        "yes",
        whole="votes_cast",
        needed="approval_needed",
    )


def _of_base(figures: Figures) -> str:
    return figures.of(
        "{n} of {whole} organisations in the base supports it, {needed} needed",
        "{n} of {whole} organisations in the base support it, {needed} needed",
        "yes",
        whole="base_whole",
        needed="approval_needed",
    )


def _of_roll(figures: Figures) -> str:
    return figures.of(
        "{n} of {whole} organisations on the roll supports it, {needed} needed",
        "{n} of {whole} organisations on the roll support it, {needed} needed",
        "yes",
        whole="roll_whole",
        needed="approval_needed",
    )


def _of_returned(figures: Figures) -> str:
    return figures.of(
        "{n} of {whole} heard from supports it, {needed} needed",
        "{n} of {whole} heard from support it, {needed} needed",
        "yes",
        whole="returned",
        needed="approval_needed",
    )


def _of_counted(figures: Figures) -> str:
    return figures.of(
        "{n} of {whole} ballots that count supports it, {needed} needed",
        "{n} of {whole} ballots that count support it, {needed} needed",
        "yes",
        whole="ballots_counted",
        needed="approval_needed",
    )


def _of_weighed(figures: Figures) -> str:
    return figures.of(
        "{n} in support, counted against {whole} ballots, {needed} needed",
        "{n} in support, counted against {whole} ballots, {needed} needed",
        "yes",
        whole="ballots_weighed",
        needed="approval_needed",
    )
