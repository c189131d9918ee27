"""The roll after the opening: who may be added or taken off, and what it was before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coalition.domain.deliberation.rounds import Round, RoundClosed, Status
from coalition.domain.ground.errors import Invalid, RuleBroken
from coalition.domain.ground.permissions import OrganisationId


class Change(StrEnum):
    """What happened to the roll."""

    ADDED = "added"
    REMOVED = "removed"


class MayNotVote(RuleBroken):
    """The organisation has no vote, or takes no part now."""

    code = "roll.may_not_vote"


class HasAnswered(RuleBroken):
    """Its ballot stands; it stays on the roll."""

    code = "roll.has_answered"


class LastOnRoll(RuleBroken):
    """Without it nobody would be on the roll."""

    code = "roll.last"


class ChangeMissing(Invalid):
    """What to do with the roll, or with whom, was not chosen."""

    code = "roll.change_missing"


@dataclass(frozen=True, slots=True)
class RollChange:
    """One change of a round's roll since it was opened, with the reason members read."""

    organisation_id: OrganisationId
    organisation: str
    change: Change
    reason: str
    at: datetime


def require_changeable(this: Round, *, now: datetime) -> None:
    """Stop unless the roll may still change: the round is open, or opens later.

    Raises:
        RoundClosed: it has ended.
    """
    if this.status(now) not in {Status.OPEN, Status.SCHEDULED}:
        raise RoundClosed(closes_at=this.closes_at)


def require_removable(roll: Collection[OrganisationId], *, has_answered: bool) -> None:
    """Stop unless one organisation may be taken off this roll.

    Raises:
        HasAnswered: its ballot stands.
        LastOnRoll: it is the only one.
    """
    if has_answered:
        raise HasAnswered
    if len(roll) == 1:
        raise LastOnRoll


def before(
    roll: Collection[OrganisationId], changes: Sequence[tuple[Change, OrganisationId]]
) -> frozenset[OrganisationId]:
    """Return what the roll was before these changes, oldest first, led to ``roll``."""
    members = set(roll)
    for change, organisation_id in reversed(changes):
        _do(members, Change.REMOVED if change is Change.ADDED else Change.ADDED, organisation_id)
    return frozenset(members)


def after(
    roll: Collection[OrganisationId], changes: Sequence[tuple[Change, OrganisationId]]
) -> frozenset[OrganisationId]:
    """Return what these changes, oldest first, make of ``roll``."""
    members = set(roll)
    for change, organisation_id in changes:
        _do(members, change, organisation_id)
    return frozenset(members)


def _do(members: set[OrganisationId], change: Change, organisation_id: OrganisationId) -> None:
    if change is Change.ADDED:
        members.add(organisation_id)
    else:
        members.discard(organisation_id)
