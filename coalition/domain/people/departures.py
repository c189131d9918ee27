"""Leaving the table, alone or into another organisation: what ends then and what stands.

Source: ``docs/organisations.md``, "Leaving and merging".
"""

from dataclasses import dataclass

from coalition.domain.ground.errors import Invalid, RuleBroken
from coalition.domain.people.organisations import Organisation, OrganisationStatus


class LeftAlready(RuleBroken):
    """The organisation is not at the table any more."""

    code = "departure.left_already"


class LeavingUnsaid(Invalid):
    """That an organisation leaves is not a pause: it has a reason and ends its seat."""

    code = "departure.unsaid"


class SuccessorUnfit(Invalid):
    """An organisation merges into another one that is active at the table."""

    code = "departure.successor"


@dataclass(frozen=True, slots=True)
class Departure:
    """What the leaving of one organisation ends, and what stands without it.

    Args:
        holders: People who stop acting for it, now or from a coming day.
        rounds: Rounds, open now or later, on whose roll it is.
        championed: Proposals not yet decided that it champions.
    """

    holders: int
    rounds: int
    championed: int


def require_there(this: Organisation) -> None:
    """Stop unless this organisation is at the table, active or paused.

    Raises:
        LeftAlready: it left.
    """
    if this.status is OrganisationStatus.LEFT:
        raise LeftAlready


def require_leaving(this: Organisation, successor: Organisation | None) -> None:
    """Stop unless this organisation may leave now, into ``successor`` if there is one.

    Raises:
        LeftAlready: it left before.
        SuccessorUnfit: the other one is itself, or not active.
    """
    require_there(this)
    if successor is None:
        return
    if successor.id == this.id or successor.status is not OrganisationStatus.ACTIVE:
        raise SuccessorUnfit(field="successor_id")
