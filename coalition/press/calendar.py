"""A calendar as iCalendar (RFC 5545), by the ``icalendar`` library."""

from unicodedata import category

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
        made.add_component(_event(event, calendar))
    made.add_missing_timezones()
    told: bytes = made.to_ical()
    return told


def _event(event: Event, calendar: Calendar) -> icalendar.Event:
    made, link = icalendar.Event(), f"{calendar.url}/{event.screen}?id={event.item}"
    made.add("uid", f"{event.uid}@{calendar.origin}")
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("sequence", event.sequence)
    made.add("dtstart", event.at)
    if event.ends_at is not None:
        made.add("dtend", event.ends_at)
    made.add("summary", _clean(event.title), parameters={"LANGUAGE": calendar.language})
    made.add("description", _clean(f"{event.text}\n{link}".strip()))
    if event.place:
        made.add("location", _clean(event.place))
    made.add("url", link)
    made.add("status", "CANCELLED" if event.cancelled or event.stopped else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


def _clean(words: str) -> str:
    """Return words without what no calendar takes; line breaks are escaped by the library."""
    return "".join(sign for sign in words if sign == "\n" or category(sign) not in _NONE)
