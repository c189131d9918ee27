"""The texts of one round through time, as the chain tells them."""

from collections.abc import Mapping

from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.versions import Mark
from coalition.services.table.verifying.chain import Told

Numbers = Mapping[VersionId, tuple[ProposalId, int]]


class Texts:
    """Which text of a proposal was in force when, and which changed what was asked.

    Args:
        numbers: The proposal and number of each text, as they lie in the tables.
    """

    def __init__(self, this: Round, told: Told, numbers: Numbers) -> None:
        self._this = this
        self._numbers = numbers
        self._opened = told.opened.get(this.id, 0)
        self._written = told.texts.get(this.proposal_id, {})
        self._contests = told.contests.get(this.proposal_id, {})

    @property
    def is_told(self) -> bool:
        """Whether its first, current and latest substantive text are those of the chain."""
        this, moved = self._this, self._moved()
        first = self._at(self._opened)
        current = max([first, *moved])
        wanted = (first, current, self._substantive(moved))
        kept = (this.first_version_id, this.version_id, this.substantive_version_id)
        return tuple(map(self._number, kept)) == wanted

    def was_in_force(self, version_id: VersionId, seq: int) -> bool:
        """Say whether a text was the proposal's newest at a place in the chain."""
        return self._number(version_id) == self._at(seq)

    def _at(self, seq: int) -> int:
        return max((n for n, one in self._written.items() if one.seq < seq), default=0)

    def _moved(self) -> tuple[int, ...]:
        return tuple(n for n, one in self._written.items() if one.round_id == self._this.id)

    def _substantive(self, moved: tuple[int, ...]) -> int:
        before = (
            n
            for n, one in self._written.items()
            if one.seq < self._opened
            and (one.mark != Mark.EDITORIAL or self._was_contested(n, self._opened))
        )
        within = (n for n in moved if self._written[n].mark == Mark.SUBSTANTIVE)
        contested = (n for n, one in self._contests.items() if one.round_id == self._this.id)
        return max([0, *before, *within, *contested])

    def _was_contested(self, number: int, seq: int) -> bool:
        found = self._contests.get(number)
        return found is not None and found.seq < seq

    def _number(self, version_id: VersionId) -> int | None:
        proposal_id, number = self._numbers.get(version_id, (None, None))
        return number if proposal_id == self._this.proposal_id else None
