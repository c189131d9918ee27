"""In clearance: an organisation's board is reviewing, and an answer is expected by a date.

A state of a seat that has not answered, never a stance: it counts as missing everywhere.
"""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.errors import Invalid, RuleBroken
from coalition.domain.ground.permissions import OrganisationId

NOTE = 200  # characters


class AlreadyAnswered(RuleBroken):
    """The organisation has a standing ballot, so nothing is left to review."""

    code = "clearance.already_answered"


class DateMissing(Invalid):
    """It has no date by which the answer comes."""

    code = "clearance.date_missing"


class DateInThePast(Invalid):
    """The date by which the answer comes has passed."""

    code = "clearance.date_past"


class DateAfterClose(Invalid):
    """The date lies after the close, which no review moves."""

    code = "clearance.after_close"


@dataclass(frozen=True, slots=True)
class Clearance:
    """One organisation's review in one round.

    Args:
        until: When its answer is expected; it ends then by itself.
        note: What it says about it, in one line.
    """

    round_id: RoundId
    organisation_id: OrganisationId
    until: datetime
    note: str


def require_date(this: Round, until: datetime | None, *, now: datetime) -> datetime:
    """Return the date if a review may last until then.

    Source: decision rules, "Stances": a review never holds the round past its deadline.

    Raises:
        DateMissing, DateInThePast, DateAfterClose.
    """
    if until is None:
        raise DateMissing(field="until")
    if until <= now:
        raise DateInThePast(field="until")
    if until > this.closes_at:
        raise DateAfterClose(field="until", closes_at=this.closes_at)
    return until
