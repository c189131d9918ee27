"""How old each objection is, which comes first, and what share of them is resolved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.objections import Objection
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.stances import SUPPORTS, Stance
from coalition.domain.ground.permissions import OrganisationId

Said = Mapping[tuple[ProposalId, OrganisationId], Stance]


@dataclass(frozen=True, slots=True)
class Sum:
    """What became of some objections.

    Args:
        unresolved: How many still wait; objections, as ``all`` and ``unowned``.
        unowned: How many of those nobody answers for.
        parties: Objecting organisations, once a proposal, of whose objections there nothing
            waits any more and whose stances may be seen.
        supporting: How many of ``parties`` now support that proposal.
    """

    all: int
    unresolved: int
    unowned: int
    parties: int
    supporting: int

    @property
    def resolved(self) -> int:
        """How many do not wait any more."""
        return self.all - self.unresolved


def ended(this: Objection, now: datetime) -> datetime:
    """Return until when an objection has waited: until it was resolved, or until now."""
    return now if this.is_unresolved else this.changed_at


def days(this: Objection, now: datetime) -> int:
    """Return for how many whole days an objection has waited, or did."""
    return max((ended(this, now) - this.raised_at).days, 0)


def ordered(these: Iterable[Objection]) -> list[Objection]:
    """Return those that wait before those resolved, of each the oldest first."""
    return sorted(these, key=lambda one: (not one.is_unresolved, one.raised_at, one.id))


def summed(these: Iterable[Objection], said: Said, shown: Iterable[ProposalId]) -> Sum:
    """Return what became of some objections.

    Args:
        said: What each organisation says now, by proposal and organisation.
        shown: The proposals whose stances may be seen.
    """
    every = list(these)
    waiting = [one for one in every if one.is_unresolved]
    visible = frozenset(shown)
    parties = {
        (one.proposal_id, one.organisation_id) for one in every if one.proposal_id in visible
    } - {(one.proposal_id, one.organisation_id) for one in waiting}
    return Sum(
        all=len(every),
        unresolved=len(waiting),
        unowned=sum(one.owner_id is None for one in waiting),
        parties=len(parties),
        supporting=sum(said.get(party) in SUPPORTS for party in parties),
    )
