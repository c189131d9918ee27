"""What calendars and feed readers are told, before it takes their form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One date of a calendar.

    Args:
        uid: Stays the same whatever becomes of the event (RFC 5545, 3.8.4.7).
        at: An instant in the table's zone, or a whole day.
        sequence: Grows with each change, so that a calendar takes the newer one.
        changed_at: When it last changed.
        cancelled: It was called off, or has no date just now.
    """

    uid: str
    at: datetime | date
    title: str
    text: str
    link: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar: its name, in which zone it thinks, and its events."""

    name: str
    zone: str
    language: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed; ``link`` is its identity too.

    Args:
        categories: What it is and what it is about: the code of each, and its word.
    """

    link: str
    title: str
    summary: str
    categories: Mapping[str, str]
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: whose it is, where it lies, and its entries, the latest first."""

    title: str
    author: str
    language: str
    link: str
    home: str
    entries: tuple[FeedEntry, ...]
    began_at: datetime

    @property
    def updated_at(self) -> datetime:
        """Return when the latest entry changed."""
        return max((one.updated_at for one in self.entries), default=self.began_at)
