"""Levers: which answers of one organisation, changed to support, would carry a round."""

from collections.abc import Callable

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally

# What can still become support; one recused takes no part, and one that supports already does.
MOVABLE: tuple[Stance | None, ...] = (
    None,
    Stance.ABSTAIN,
    Stance.STAND_ASIDE,
    Stance.OBJECT,
    Stance.SUPPORT_WITH_RESERVATIONS,
)


def supporting(tally: Tally, before: Stance | None) -> Tally | None:
    """Return the tally if one organisation of a given answer supported it instead.

    Of objections with and without a reason one with a reason is taken to go first: it is the
    one that holds something up.

    Args:
        before: What it says now; None for one not heard from.

    Returns:
        None where no organisation answered so.
    """
    if not (tally.missing if before is None else tally.counts[before]):
        return None
    counts = dict(tally.counts)
    if before is not None:
        counts[before] -= 1
    counts[Stance.SUPPORT] += 1
    without = min(tally.objections_without_reason, counts[Stance.OBJECT])
    return Tally(tally.eligible, counts, without)


def carrying(
    tally: Tally, outcome: Callable[[Tally, Stance | None], Outcome]
) -> frozenset[Stance | None]:
    """Return the answers of which a single one, changed to support, would have it adopted.

    Args:
        outcome: Asks the engine, at most once an answer: what it would make of the changed
            tally, and which answer was changed.
    """
    return frozenset(
        before
        for before in MOVABLE
        if (changed := supporting(tally, before)) is not None
        and outcome(changed, before) is Outcome.ADOPTED
    )
