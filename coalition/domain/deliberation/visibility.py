"""Who may see what of a round: the one function every output asks.

Screens, charts, exports, receipts, counters, feeds and mails all ask ``sight``
and draw no more than it allows.
"""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.rounds import Results, Round, Status
from coalition.domain.ground.permissions import Actor, OrganisationId, Role


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see of one round at one moment.

    Args:
        round: That it exists, its text, rule and dates.
        answered: Which organisations have answered, and how many.
        stances: Each organisation's stance, the tally and what it would mean.
        verdict: The frozen result.
        own: The organisation whose stance is always visible: the person's own.
    """

    round: bool = False
    answered: bool = False
    stances: bool = False
    verdict: bool = False
    own: OrganisationId | None = None

    def sees_stance_of(self, organisation_id: OrganisationId) -> bool:
        """Say whether this organisation's stance may be shown."""
        return self.stances or organisation_id == self.own


def sight(actor: Actor | None, this: Round, *, now: datetime) -> Sight:
    """Return what ``actor`` may see of ``this`` round at ``now``.

    The public sees nothing until the result is published, and then the verdict
    and its tally, never a single organisation's stance but those that support.
    Members see stances while a round with open results runs, and the verdict at
    the close. While results are hidden a stance is its organisation's alone, and
    a convener sees only who has answered. A cancelled round has no verdict, and
    what was hidden in it stays hidden.
    """
    status = this.status(now)
    if actor is None:
        return Sight(round=_public(this, status), verdict=_public(this, status))
    own = actor.seat.organisation_id if actor.seat else None
    shown = tells_stances(this, now=now)
    return Sight(
        round=True,
        answered=shown or actor.role is Role.CONVENER,
        stances=shown,
        verdict=status is Status.CLOSED,
        own=own,
    )


def tells_stances(this: Round, *, now: datetime) -> bool:
    """Say whether a round's stances are for everybody at the table at ``now``."""
    return this.results is Results.OPEN or this.status(now) is Status.CLOSED


def _public(this: Round, status: Status) -> bool:
    return this.published_at is not None and status is Status.CLOSED
