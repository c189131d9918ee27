"""Which perspectives each proposal has heard, and which are missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.ground.perspectives import Perspective


@dataclass(frozen=True, slots=True)
class Hearing:
    """Whose views one proposal has heard.

    Args:
        answered: Organisations that speak from each perspective and have answered.
    """

    proposal: Proposal
    answered: Mapping[Perspective, int]

    def is_noted(self, perspective: Perspective) -> bool:
        """Say whether the proposal itself records that this view was heard."""
        return perspective in self.proposal.text.perspectives

    def is_missing(self, perspective: Perspective) -> bool:
        """Say whether nobody of this perspective has answered and the proposal notes no view."""
        return not self.answered.get(perspective) and not self.is_noted(perspective)


def gaps(these: Iterable[Hearing]) -> dict[Perspective, tuple[Hearing, ...]]:
    """Return where each perspective is missing, the one missing most often first.

    A perspective that is missing nowhere is not among them.
    """
    listed = list(these)
    missing = {
        one: tuple(heard for heard in listed if heard.is_missing(one)) for one in Perspective
    }
    often = sorted(missing, key=lambda one: -len(missing[one]))
    return {one: missing[one] for one in often if missing[one]}
