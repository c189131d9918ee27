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
        screen, item: The screen that tells of it, and the number it is asked for.
        sequence: Grows with each change, so that a calendar takes the newer one.
        changed_at: When it last changed.
        cancelled: It was called off.
        stopped: It has no date just now; ``at`` is the last one known.
        ends_at: None where it is over at once.
    """

    uid: str
    at: datetime | date
    title: str
    text: str
    screen: str
    item: int
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    stopped: bool = False
    ends_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar: its name, in which zone it thinks, and its events.

    Args:
        origin: Names the table, and stays the same wherever it is served.
        url: Where it is served now.
    """

    origin: str
    url: str
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
