"""The roll of a round: at its opening, after each change the chain tells of, and in force."""

from collections.abc import Sequence
from functools import cached_property

from coalition.domain.deliberation.rolls import Change, after, before
from coalition.domain.ground.permissions import OrganisationId

Changes = Sequence[tuple[Change, OrganisationId]]


class Roll:
    """One round's roll through time.

    Args:
        now: The roll in force, as it lies in the tables.
        kept: Its changes as they lie there, oldest first.
        told: Its changes as the chain tells them.
    """

    def __init__(self, now: frozenset[OrganisationId], kept: Changes, told: Changes) -> None:
        self.now = now
        self._kept = kept
        self._told = told

    @property
    def is_told(self) -> bool:
        """Whether its changes are those of the chain, and lead to the roll in force."""
        led_to = after(self.at_opening, self._told)
        return list(self._kept) == list(self._told) and led_to == self.now

    @cached_property
    def at_opening(self) -> frozenset[OrganisationId]:
        """The roll that was frozen, if nothing was changed behind the chain's back."""
        return before(self.now, self._told)

    def held(self, organisation_id: OrganisationId, changes: int) -> bool:
        """Say whether an organisation was on the roll after so many changes."""
        if not self._told:
            return organisation_id in self.now
        return organisation_id in after(self.at_opening, self._told[:changes])
