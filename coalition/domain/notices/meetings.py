"""Meetings of the table: what is said of one, when it can be said, and who may read it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NewType
from urllib.parse import urlsplit

from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken
from coalition.domain.ground.moments import day_at, from_wall
from coalition.domain.ground.permissions import GRANTS, Permission, Role

MeetingId = NewType("MeetingId", int)

SHORTEST, LONGEST = 5, 1_440  # minutes
FARTHEST = 730  # days ahead
LINK = 1_000  # characters: invitations to calls are long
_NO_ADDRESS = frozenset("<>\"\\^`{|}'")  # what stands in no address as it is


class MeetingNotFound(NotFound):
    """No meeting has this number, or none this person may know of."""

    code = "meeting.not_found"


class MeetingUnfinished(Invalid):
    """Something that must be chosen was not."""

    code = "meeting.unfinished"


class MeetingHour(Invalid):
    """It would not begin ahead of now, or too far ahead."""

    code = "meeting.hour"


class MeetingLength(Invalid):
    """It would be too short or too long."""

    code = "meeting.length"


class MeetingLink(Invalid):
    """The link is no plain https address."""

    code = "meeting.link"


class MeetingBegun(RuleBroken):
    """It has begun: what was said of it stays."""

    code = "meeting.begun"


class MeetingCancelled(RuleBroken):
    """It was cancelled; another one can be called."""

    code = "meeting.cancelled"


class MeetingChanged(Conflict):
    """Somebody changed it since the form was opened."""

    code = "meeting.changed"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said of a meeting.

    Args:
        minutes: How long it is.
        link: Where to join by computer, an https address, or "".
        public: Whether everybody may read it, or members alone.
    """

    title: str
    begins_at: datetime
    minutes: int
    place: str
    link: str
    about: str
    public: bool

    @property
    def ends_at(self) -> datetime:
        """Return when it ends."""
        return self.begins_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """A plan as somebody fills it in; None is not chosen yet.

    Args:
        day, hour: On the table's clock.
    """

    title: str
    day: date | None
    hour: time | None
    minutes: int | None
    place: str
    link: str
    about: str
    public: bool | None

    def checked(self, *, zone_name: str, now: datetime) -> Plan:
        """Return the plan, its texts trimmed and its beginning in UTC.

        Raises:
            TextMissing, TextTooLong, TextUnreadable, MeetingUnfinished, MeetingHour,
            MeetingLength, MeetingLink.
            HourSkipped, HourTwice: as ``moments.from_wall``, on a daylight-saving night.
        """
        title = text.line(self.title, "title")
        begins_at = self._begins_at(zone_name, now)
        if self.minutes is None or not SHORTEST <= self.minutes <= LONGEST:
            raise MeetingLength(field="minutes", least=SHORTEST, most=LONGEST)
        place, link = text.line(self.place, "place"), _link(self.link)
        about = text.paragraphs(self.about, "about", required=False)
        if self.public is None:
            raise MeetingUnfinished(field="public")
        return Plan(title, begins_at, self.minutes, place, link, about, self.public)

    def _begins_at(self, zone_name: str, now: datetime) -> datetime:
        if self.day is None or self.hour is None:
            raise MeetingUnfinished(field="hour" if self.day else "day")
        if not 0 <= (self.day - day_at(now, zone_name)).days <= FARTHEST:
            raise MeetingHour(field="day", days=FARTHEST)
        begins_at = from_wall(self.day, self.hour, zone_name)
        if begins_at <= now:
            raise MeetingHour(field="hour", days=FARTHEST)
        return begins_at


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What calendars of the public are told once a meeting is not public any more.

    It stays as it was on that day, whatever becomes of the meeting.

    Args:
        begins_at: The beginning they were last told.
        sequence: Of the change that withdrew it.
    """

    begins_at: datetime
    sequence: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as it stands now.

    Args:
        sequence: 0 when it is called; grows with each change and the cancellation.
        cancelled: Whether it was cancelled, for this ``reason``.
        withdrawn: None where it is public, or never was.
    """

    id: MeetingId
    plan: Plan
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    reason: str = ""
    withdrawn: Withdrawal | None = None

    def withdrawal(self, plan: Plan, *, now: datetime) -> Withdrawal | None:
        """Return what the public is told once this meeting follows ``plan``."""
        if self.plan.public and not plan.public:
            return Withdrawal(self.plan.begins_at, self.sequence + 1, now)
        return None if plan.public else self.withdrawn

    def require_changeable(self, *, seen: int, now: datetime) -> None:
        """Stop unless it can be changed by somebody who saw it at sequence ``seen``.

        Raises:
            MeetingCancelled, MeetingBegun, MeetingChanged.
        """
        if self.cancelled:
            raise MeetingCancelled
        if self.plan.begins_at <= now:
            raise MeetingBegun
        if self.sequence != seen:
            raise MeetingChanged


def reads_all(role: Role | None) -> bool:
    """Say whether somebody of this role reads every meeting; the public, None, reads its own."""
    return role is not None and Permission.READ_TABLE in GRANTS[role]


def _link(value: str) -> str:
    given = text.line(value, "link", limit=LINK, required=False)
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError:  # no such host or port can be
        raise MeetingLink(field="link") from None
    plain = given.isascii() and not any(sign.isspace() or sign in _NO_ADDRESS for sign in given)
    named = "@" in parts.netloc  # a name before the host poses as one
    if not plain or named or parts.scheme != "https" or not host or port == 0:
        raise MeetingLink(field="link")
    return given
