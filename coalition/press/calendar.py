"""A calendar as iCalendar (RFC 5545), by the ``icalendar`` library."""

from unicodedata import category
from urllib.parse import urlsplit

import icalendar

from coalition.domain.notices.feeds import Calendar, Event

MEDIA = "text/calendar; charset=utf-8"
_PRODUCT = "-//Working Table//Calendar//EN"
_NONE = {"Cc", "Cs"}  # control characters and halves of pairs (RFC 5545, 3.1)
_AGAIN = "PT1H"  # how soon a calendar should ask again


def write(calendar: Calendar) -> bytes:
    """Return the calendar's file, the same for the same calendar.

    Instants stand in the table's zone with its rules beside them, so that a calendar shows the
    deadline as the coalition set it, over a change of the clocks too.
    """
    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", _clean(calendar.name))
    made.add("x-wr-calname", _clean(calendar.name))
    made.add("x-wr-timezone", calendar.zone)
    made.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"}, encode=False)
    for event in calendar.events:
        made.add_component(_event(event, calendar.language))
    made.add_missing_timezones()
    told: bytes = made.to_ical()
    return told


def _event(event: Event, language: str) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", f"{event.uid}@{urlsplit(event.link).hostname}")
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("sequence", event.sequence)
    made.add("dtstart", event.at)
    made.add("summary", _clean(event.title), parameters={"LANGUAGE": language})
    made.add("description", _clean(f"{event.text}\n{event.link}"))
    made.add("url", event.link)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


def _clean(words: str) -> str:
    """Return words without what no calendar takes; line breaks are escaped by the library."""
    return "".join(sign for sign in words if sign == "\n" or category(sign) not in _NONE)
