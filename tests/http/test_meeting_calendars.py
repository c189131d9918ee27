"""Meetings in calendars: updates and cancellations that clients honour, and nothing hidden."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coalition.domain.ground.permissions import Role
from coalition.services.notices import calendars
from coalition.store.ground import audit
from tests import builders
from tests.convening import a_form, called, cancelled, changed, kept
from tests.http.test_feeds import fetch, own

NEW_YORK = ZoneInfo("America/New_York")
PUBLIC = "/calendar/public.ics"


@pytest.fixture
def convener(db):
    return builders.a_person(db, role=Role.CONVENER)


def the_one(events):
    [event] = events
    return event


def test_a_meeting_stands_with_zone_end_place_link_and_text(site, db, clock, convener):
    number = called(db, clock, convener)
    event = the_one(own(site, db, clock, builders.a_delegate(db)))
    begins = event.decoded("dtstart")
    assert (begins.hour, begins.minute) == (14, 30)
    assert event["dtstart"].params["TZID"] == event["dtend"].params["TZID"] == "America/New_York"
    assert event.decoded("dtend") - begins == timedelta(minutes=90)
    assert (event["summary"], event["location"]) == ("Questions before the vote", "Maple Hall")
    assert event["url"] == f"http://localhost:8501/calendar?id={number}"
    assert "Bring one question." in event["description"]
    assert "https://meet.example.org/vote" in event["description"]
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert str(event["uid"]).startswith(f"meeting-{number}@")


def test_a_change_and_a_cancellation_are_the_same_event_with_higher_numbers(
    site, db, clock, convener
):
    person = builders.a_person(db, role=Role.OBSERVER)
    number = called(db, clock, convener)
    first = the_one(own(site, db, clock, person))
    clock.move(hours=1)
    changed(db, clock, convener, number, hour=time(16), place="Linden Hall")
    moved = the_one(own(site, db, clock, person))
    assert (moved.decoded("dtstart").hour, moved["location"]) == (16, "Linden Hall")
    clock.move(hours=1)
    cancelled(db, clock, convener, number)
    off = the_one(own(site, db, clock, person))
    assert off["status"] == "CANCELLED"
    assert "The hall is closed." in off["description"]
    assert first["uid"] == moved["uid"] == off["uid"]
    assert [one["sequence"] for one in (first, moved, off)] == [0, 1, 2]
    stamps = [one.decoded("last-modified") for one in (first, moved, off)]
    assert stamps == sorted(set(stamps))


def test_an_end_over_a_change_of_the_clocks_is_as_long_after(site, db, clock, convener):
    called(db, clock, convener, day=date(2027, 3, 14), hour=time(1, 30), minutes=60)
    event = the_one(own(site, db, clock, convener))
    assert event.decoded("dtstart").astimezone(NEW_YORK).time() == time(1, 30)
    assert event.decoded("dtend").astimezone(NEW_YORK).time() == time(3, 30)


@pytest.mark.parametrize("role", Role)
def test_everybody_with_an_account_has_every_meeting(site, db, clock, convener, role):
    called(db, clock, convener, public=True)
    called(db, clock, convener, public=False)
    assert len(own(site, db, clock, builders.a_person(db, role=role))) == 2


def test_the_public_has_the_public_ones_alone(site, db, clock, convener):
    called(db, clock, convener, title="Xylophone", place="Xylophone", public=False)
    assert fetch(site, PUBLIC) == []
    called(db, clock, convener, public=True)
    event = the_one(fetch(site, PUBLIC))
    assert (event["location"], event["status"]) == ("Maple Hall", "CONFIRMED")
    assert "Xylophone" not in site.get(PUBLIC).text


def test_a_meeting_that_is_public_no_more_is_called_off_and_tells_nothing(
    site, db, clock, convener
):
    number = called(db, clock, convener, public=True, title="Xylophone one")
    had = the_one(fetch(site, PUBLIC))
    clock.move(hours=1)
    changed(
        db, clock, convener, number, public=False, title="Xylophone two", hour=time(9),
        place="Xylophone hall", about="Xylophones", link="https://xylophone.example",
    )  # fmt: skip
    off = the_one(fetch(site, PUBLIC))
    assert (off["uid"], off["status"]) == (had["uid"], "CANCELLED")
    assert off["sequence"] > had["sequence"]
    assert off.decoded("last-modified") > had.decoded("last-modified")
    assert off.decoded("dtstart") == had.decoded("dtstart"), "the hour they know, not the new one"
    assert "location" not in off
    told = site.get(PUBLIC)
    assert "xylophone" not in told.text.lower()

    clock.move(hours=1)
    changed(db, clock, convener, number, public=False, hour=time(10))
    clock.move(hours=1)
    cancelled(db, clock, convener, number)
    assert site.get(PUBLIC).content == told.content, "what became of it moves no byte"


def test_a_meeting_that_is_public_again_comes_back(site, db, clock, convener):
    number = called(db, clock, convener, public=True)
    changed(db, clock, convener, number, public=False)
    off = the_one(fetch(site, PUBLIC))
    changed(db, clock, convener, number, public=True)
    back = the_one(fetch(site, PUBLIC))
    assert (back["uid"], back["status"]) == (off["uid"], "CONFIRMED")
    assert back["sequence"] > off["sequence"]
    assert kept(db, number).withdrawn is None


def test_a_cancelled_public_meeting_is_cancelled_for_the_public(site, db, clock, convener):
    number = called(db, clock, convener, public=True)
    cancelled(db, clock, convener, number)
    event = the_one(fetch(site, PUBLIC))
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_a_table_that_moves_to_another_host_doubles_nobodys_dates(db, clock):
    convener, _ = builders.a_table(db)
    called(db, clock, convener, public=True)
    builders.a_round(db, clock, convener)
    secret = calendars.give_address(db, clock, actor=convener)
    hosts = ("https://old.example", "https://new.example/table")
    told = [calendars.own(db, secret=secret, now=clock(), url=url) for url in hosts]
    assert [one.url for one in told] == list(hosts)
    assert told[0].origin == told[1].origin
    with db.reading() as conn:
        assert told[0].origin == audit.birthmark(conn)
    assert len(told[0].origin) == 64


def test_the_uid_names_the_table_and_not_its_host(site, db, clock, convener):
    called(db, clock, convener, public=True)
    with db.reading() as conn:
        origin = audit.birthmark(conn)
    assert the_one(fetch(site, PUBLIC))["uid"] == f"meeting-1@{origin}"
    assert "localhost" not in the_one(own(site, db, clock, convener))["uid"]


@pytest.mark.parametrize("title", ["Semi; colon, comma\\ and slash", "مرحبا بكم", "Family 👩‍👩‍👧"])
def test_any_words_come_back_as_they_were(site, db, clock, convener, title):
    called(db, clock, convener, title=title, place=title, about=f"{title}\n{title}")
    event = the_one(own(site, db, clock, convener))
    assert (str(event["summary"]), str(event["location"])) == (title, title)
    assert str(event["description"]).startswith(f"{title}\n{title}\n")


def test_old_meetings_leave_the_calendar(site, db, clock, convener):
    called(db, clock, convener, public=True)
    gone = called(db, clock, convener, public=True)
    changed(db, clock, convener, gone, public=False)
    clock.hour = a_form().checked(zone_name="America/New_York", now=clock()).begins_at
    clock.move(days=calendars.PUBLIC_BACK.days)
    assert len(fetch(site, PUBLIC)) == 2
    clock.move(minutes=1)
    assert fetch(site, PUBLIC) == []
