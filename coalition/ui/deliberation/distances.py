"""How far a round is from adoption: the numbers of its bar, and the distance in words."""

from collections.abc import Mapping

from coalition.domain.deliberation.decisions import Verdict
from coalition.domain.deliberation.rounds import Status
from coalition.domain.deliberation.tallies import Tally
from coalition.services.deliberation.standings import Standing
from coalition.ui import palette
from coalition.words import distances, verdicts


def counts(standing: Standing) -> Mapping[str, int]:
    """Return what a bar shows of a round; nothing where its stances are hidden."""
    return counted(standing.tally) if standing.tally else {}


def counted(tally: Tally) -> Mapping[str, int]:
    """Return the organisations by stance, those not heard from among them."""
    return {one.value: n for one, n in tally.counts.items()} | {palette.MISSING: tally.missing}


def needed(verdict: Verdict) -> int | None:
    """Return at how many supports it would pass, all else as it is; None without such a number.

    Short of it, from what is still needed; past it, from the share the rule asks for.
    """
    more = verdict.still_needed.supports
    return verdict.numbers["yes"] + more if more else verdict.numbers.get("approval_needed")


def distance(standing: Standing) -> str:
    """Return how far a round is from adoption, in one line."""
    return distances.distance(
        standing.round,
        standing.status,
        answered=standing.answered,
        verdict=standing.verdict,
        tally=standing.tally,
    )


def reason(standing: Standing) -> str:
    """Return the numbers behind the distance; "" where they are hidden or said already."""
    if standing.verdict is None or standing.status is Status.CLOSED:
        return ""
    return distances.sentence([verdicts.explanation(standing.verdict)])
