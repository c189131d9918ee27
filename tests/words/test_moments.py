"""Instants in words."""

from datetime import UTC, datetime

import pytest

from coalition.words import moments, speak

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "english", "spanish"),
    [
        ("America/New_York", "Eastern Time", "hora oriental"),
        ("US/Eastern", "Eastern Time", "hora oriental"),
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_zone_is_called_what_people_call_it_and_never_an_unknown_region(zone, english, spanish):
    for code, name in (("es", spanish), ("en", english)):
        speak(code)
        assert moments.zone_name(zone) == name


def test_a_reader_whose_clock_shows_another_hour_is_told_both():
    speak("en")
    told = moments.when_both(NOON, "America/New_York", "America/Denver")
    assert told == (
        "Tue 24 Nov 2026, 07:00 (Eastern Time); for you Tue 24 Nov 2026, 05:00 (Mountain Time)"
    )
    assert "for you" not in moments.when_both(NOON, "America/New_York", "America/Toronto")
