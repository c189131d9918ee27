"""How far a round is from adoption, in words."""

from collections.abc import Sequence

from coalition.domain.deliberation.decisions import Verdict
from coalition.domain.deliberation.rounds import Round, RoundKind, Status
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.words import verdicts
from coalition.words.speech import t, tn


def distance(
    this: Round,
    status: Status,
    *,
    answered: int | None,
    verdict: Verdict | None,
    tally: Tally | None,
) -> str:
    """Return how far a round is from adoption, in one line.

    Args:
        answered: How many organisations have answered; None where that is hidden.
        verdict, tally: None where stances are hidden, or there is no rule.
    """
    if this.kind is not RoundKind.BINDING or verdict is None or tally is None:
        return _answered(this, answered)
    if status is Status.CLOSED:
        return sentence([verdicts.explanation(verdict)])
    return sentence(_ahead(verdict, tally.counts[Stance.OBJECT]))


def _answered(this: Round, answered: int | None) -> str:
    """Return how many have answered, where there is no more to say."""
    heard = {"answered": answered, "roll": this.roll_size}
    if answered is None:
        return t("Stances stay hidden until it closes.")
    if this.kind is RoundKind.SIGN_ON:
        return t("{answered} of {roll} have signed.", **heard)
    if this.kind is not RoundKind.BINDING:
        return t("{answered} of {roll} have answered; nothing is decided by it.", **heard)
    return t("Stances stay hidden until it closes. {answered} of {roll} have answered.", **heard)


def short(verdict: Verdict, tally: Tally) -> str:
    """Return what an open round still lacks, as phrases that a longer sentence can end with."""
    return ", ".join(_ahead(verdict, tally.counts[Stance.OBJECT]))


def sentence(told: Sequence[str]) -> str:
    """Return phrases as one sentence."""
    said = ", ".join(told)
    return said[:1].upper() + said[1:] + "."


def _ahead(verdict: Verdict, objections: int) -> list[str]:
    """Return what lies between an open round and its adoption, in phrases."""
    told = verdicts.still_needed_in_words(verdict.still_needed)
    concerns = objections or verdict.numbers.get("open_concerns", 0)
    if concerns and not verdict.still_needed.objections:
        told.append(tn("{n} open objection", "{n} open objections", concerns))
    if not told and verdict.still_needed.supports is None:
        return [verdicts.explanation(verdict)]
    told = told or [t("nothing more is needed")]
    if verdict.quorum_met and "quorum_needed" in verdict.numbers:
        told.append(t("quorum met"))
    return told
