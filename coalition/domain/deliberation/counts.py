"""The standing ballots of a round, told apart by whether their organisations confirmed them.

A ballot given on an earlier text is *carried*; one that a convener entered for an
organisation is *recorded*. Both stay unconfirmed until the organisation confirms or
replaces them, and the round's terms say whether they reach the engine.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import COUNTS, Round, Terms
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally


@dataclass(frozen=True, slots=True)
class Group:
    """Standing ballots of one kind.

    Args:
        n: How many ballots.
        without_reason: How many of them object and give no reason.
    """

    stance: Stance
    carried: bool
    recorded: bool
    n: int
    without_reason: int = 0

    def counts(self, terms: Terms) -> bool:
        """Say whether the round's terms let these ballots reach the engine."""
        return counts(terms, carried=self.carried, recorded=self.recorded)


@dataclass(frozen=True, slots=True)
class Count:
    """All standing ballots of one round."""

    groups: tuple[Group, ...]

    def tally(self, terms: Terms, *, eligible: int) -> Tally:
        """Return what reaches the engine under these terms.

        Source: decision rules, "Terms of a round".
        """
        stances: Counter[Stance] = Counter()
        without = 0
        for group in self.groups:
            if group.counts(terms):
                stances[group.stance] += group.n
                without += group.without_reason
        return Tally.of(stances, eligible=eligible, objections_without_reason=without)

    @property
    def confirmed(self) -> int:
        """Ballots given on the text in force by the organisations themselves."""
        return self._number(one for one in self.groups if not (one.carried or one.recorded))

    @property
    def standing(self) -> int:
        """All of them, whether or not the terms let them reach the engine."""
        return self._number(self.groups)

    @property
    def carried(self) -> int:
        """Ballots given on an earlier text."""
        return self._number(group for group in self.groups if group.carried)

    @property
    def recorded(self) -> int:
        """Ballots that a convener entered and the organisation has not confirmed."""
        return self._number(group for group in self.groups if group.recorded)

    @staticmethod
    def _number(groups: Iterable[Group]) -> int:
        return sum(group.n for group in groups)


@dataclass(frozen=True, slots=True)
class Given:
    """What an organisation's standing ballot says.

    Args:
        version: Number of the text it was given on.
        carried: Whether that text has changed in substance since.
        recorded: Whether a convener entered it and nobody of the seat confirmed it.
    """

    stance: Stance
    version: int
    carried: bool
    recorded: bool

    @property
    def is_confirmed(self) -> bool:
        """Say whether the organisation itself gave it on the text in force."""
        return not (self.carried or self.recorded)


def counts(terms: Terms, *, carried: bool, recorded: bool) -> bool:
    """Say whether a standing ballot reaches the engine under a round's terms."""
    if carried and terms.unconfirmed != COUNTS:
        return False
    return not recorded or terms.recorded == COUNTS


def is_carried(this: Round, version_id: VersionId, stance: Stance | None) -> bool:
    """Say whether a ballot on ``version_id`` was given on an earlier text.

    Later versions have higher numbers. A recusal leaves the base whatever the
    text says, so it is never asked again.
    """
    return stance is not Stance.RECUSED and version_id < this.substantive_version_id
