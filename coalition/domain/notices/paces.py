"""How soon a person wants to hear of what, and when a mail may go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.moments import zone
from coalition.domain.ground.permissions import GRANTS, Permission, Role
from coalition.domain.ground.telling import NoticeKind

AT_MOST = 5  # things in one digest
WEEK = 7  # days
MORNING = time(8, 0)  # on the reader's clock: no digest before
SENT_WITHIN = timedelta(days=3)  # what is older is read at the table, not mailed as if new


class Pace(StrEnum):
    """How soon."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


DEFAULTS: Mapping[NoticeKind, Pace] = MappingProxyType(
    {
        NoticeKind.ROUND_OPENED: Pace.NOW,
        NoticeKind.CLOSING: Pace.NOW,
        NoticeKind.TEXT_CHANGED: Pace.NOW,
        NoticeKind.OBJECTION: Pace.DAILY,
        NoticeKind.ANSWER: Pace.NOW,
        NoticeKind.MENTION: Pace.DAILY,
        NoticeKind.RESULT: Pace.NOW,
        NoticeKind.INQUIRY: Pace.NOW,
        NoticeKind.DUE: Pace.DAILY,
    }
)


_SEATED = frozenset(
    {
        NoticeKind.ROUND_OPENED,
        NoticeKind.CLOSING,
        NoticeKind.TEXT_CHANGED,
        NoticeKind.ANSWER,
        NoticeKind.RESULT,
    }
)
_INQUIRING = frozenset({NoticeKind.INQUIRY, NoticeKind.DUE})


def concerning(role: Role) -> tuple[NoticeKind, ...]:
    """Return the kinds that may ever concern a person of this role, in their order."""
    may = GRANTS[role]
    left_out = frozenset[NoticeKind]()
    if Permission.CAST_BALLOT not in may:
        left_out |= _SEATED
    if Permission.WORK_INQUIRY not in may:
        left_out |= _INQUIRING
    if Permission.DRAFT_PROPOSAL not in may:
        left_out |= {NoticeKind.OBJECTION}
    return tuple(kind for kind in NoticeKind if kind not in left_out)


class QuietDaysTooMany(Invalid):
    """Somebody quiet on all seven days would never hear; the pace "never" says that."""

    code = "notice.quiet_days"


@dataclass(frozen=True, slots=True)
class Habit:
    """How one person wants to be told.

    Args:
        paces: By kind, where the person chose; else ``DEFAULTS``.
        quiet: Weekdays without mail, Monday 0 to Sunday 6, on the person's own calendar.
    """

    paces: Mapping[NoticeKind, Pace] = field(default_factory=dict)
    quiet: frozenset[int] = frozenset()

    def pace(self, kind: NoticeKind) -> Pace:
        """Return how soon this person hears of this kind."""
        return self.paces.get(kind, DEFAULTS[kind])

    def is_quiet(self, now: datetime, zone_name: str) -> bool:
        """Say whether no mail goes to this person on the day that ``now`` is in their zone."""
        return now.astimezone(zone(zone_name)).weekday() in self.quiet


def checked_quiet(days: Collection[int]) -> frozenset[int]:
    """Return weekdays without mail.

    Raises:
        QuietDaysTooMany: all seven, or what is no weekday.
    """
    found = frozenset(days)
    if len(found) > WEEK - 1 or not found <= frozenset(range(WEEK)):
        raise QuietDaysTooMany(field="quiet")
    return found


def is_due(pace: Pace, last: datetime | None, now: datetime, zone_name: str) -> bool:
    """Say whether a digest of this pace is due: from eight in the morning, by calendar days.

    Days are counted on the reader's calendar and not in hours, so one sent exactly seven days
    ago is due, whatever the minute of the job, and a change of the clocks moves nothing.
    """
    here = now.astimezone(zone(zone_name))
    if here.time() < MORNING:
        return False
    if last is None:
        return True
    days = (here.date() - last.astimezone(zone(zone_name)).date()).days
    return days >= (WEEK if pace is Pace.WEEKLY else 1)
