"""Meetings are called, changed and cancelled by conveners, once, and read by whom they are for."""

import threading
from datetime import time, timedelta

import pytest

from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.moments import HourTwice
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.text import TextMissing
from coalition.domain.notices.meetings import (
    MeetingBegun,
    MeetingCancelled,
    MeetingChanged,
    MeetingHour,
    MeetingNotFound,
)
from coalition.services.notices import meetings
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.table import samples
from tests import builders
from tests.conftest import SettableClock
from tests.convening import a_form, called, cancelled, changed, kept
from tests.services.test_tick import rows


@pytest.fixture
def convener(db):
    return builders.a_person(db, role=Role.CONVENER)


def trail(db):
    with db.reading() as conn:
        return list(audit.walk(conn))


def test_a_meeting_is_kept_as_it_was_said_on_both_databases(any_db, clock):
    convener = builders.a_person(any_db, role=Role.CONVENER)
    number = called(any_db, clock, convener, public=True)
    this = kept(any_db, number)
    assert this.plan == a_form(public=True).checked(zone_name="America/New_York", now=clock())
    assert (this.sequence, this.changed_at, this.cancelled) == (0, clock(), False)
    clock.move(hours=1)
    changed(any_db, clock, convener, number, title="Renamed", public=False)
    moved = kept(any_db, number)
    assert (moved.plan.title, moved.sequence, moved.changed_at) == ("Renamed", 1, clock())
    assert (moved.withdrawn.begins_at, moved.withdrawn.sequence) == (this.plan.begins_at, 1)
    clock.move(hours=1)
    cancelled(any_db, clock, convener, number, "The hall is closed.")
    off = kept(any_db, number)
    assert (off.cancelled, off.reason, off.sequence) == (True, "The hall is closed.", 2)
    assert off.withdrawn == moved.withdrawn
    assert verify(any_db).is_whole


def test_a_double_click_acts_once(db, clock, convener):
    assert len({called(db, clock, convener, token="one") for _ in range(2)}) == 1
    [number] = [row.id for row in rows(db, schema.meeting)]
    for _ in range(2):
        changed(db, clock, convener, number, seen=0, token="two", title="Renamed")
    cancelled(db, clock, convener, number)
    cancelled(db, clock, convener, number, "Said again.")
    assert kept(db, number).reason == "The hall is closed."
    actions = [entry.action for entry in trail(db)]
    assert actions == ["meeting.called", "meeting.changed", "meeting.cancelled"]


def test_two_clicks_at_once_call_one_meeting(any_db, any_url, clock):
    convener = builders.a_person(any_db, role=Role.CONVENER)
    others = [Database(any_url) for _ in range(2)]
    start = threading.Barrier(2)

    def click(db):
        start.wait()
        called(db, SettableClock(), convener, token="same")

    clicks = [threading.Thread(target=click, args=(db,)) for db in others]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    for db in others:
        db.dispose()
    assert len(rows(any_db, schema.meeting)) == 1


def test_who_was_slower_overwrites_nothing(db, clock, convener):
    number = called(db, clock, convener)
    changed(db, clock, convener, number, title="The first")
    before = kept(db, number), trail(db)
    with pytest.raises(MeetingChanged):
        changed(db, clock, convener, number, seen=0, title="The second")
    assert (kept(db, number), trail(db)) == before
    changed(db, clock, convener, number, seen=1, title="The second")
    assert kept(db, number).plan.title == "The second"


def test_a_change_that_changes_nothing_is_none(db, clock, convener):
    number = called(db, clock, convener)
    before = kept(db, number), trail(db)
    clock.move(hours=1)
    changed(db, clock, convener, number)
    assert (kept(db, number), trail(db)) == before


def test_what_has_begun_stays_as_it_was(db, clock, convener):
    number = called(db, clock, convener)
    this = kept(db, number)
    clock.hour = this.plan.begins_at
    with pytest.raises(MeetingBegun):
        changed(db, clock, convener, number, title="Late", day=a_form().day + timedelta(days=9))
    with pytest.raises(MeetingBegun):
        cancelled(db, clock, convener, number)
    assert kept(db, number) == this


def test_what_was_cancelled_is_not_changed_and_stays_cancelled_after_its_hour(db, clock, convener):
    number = called(db, clock, convener)
    cancelled(db, clock, convener, number)
    this = kept(db, number)
    with pytest.raises(MeetingCancelled):
        changed(db, clock, convener, number, title="Back")
    clock.hour = this.plan.ends_at
    cancelled(db, clock, convener, number)
    assert kept(db, number) == this


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (TextMissing, {"title": ""}),
        (MeetingHour, {"day": a_form().day - timedelta(days=40)}),
        (HourTwice, {"day": a_form().day.replace(day=1), "hour": time(1, 30)}),
        (Invalid, {"link": "http://meet.example.org"}),
    ],
)
def test_bad_input_changes_nothing(db, clock, convener, finding, said):
    number = called(db, clock, convener)
    before = rows(db, schema.meeting), trail(db), rows(db, schema.deed_token)
    with pytest.raises(finding):
        called(db, clock, convener, **said)
    with pytest.raises(finding):
        changed(db, clock, convener, number, **said)
    assert (rows(db, schema.meeting), trail(db), rows(db, schema.deed_token)) == before


def test_a_cancellation_needs_a_reason(db, clock, convener):
    number = called(db, clock, convener)
    with pytest.raises(TextMissing):
        cancelled(db, clock, convener, number, " ")
    assert not kept(db, number).cancelled


def test_members_read_every_meeting_and_the_public_the_public_ones(db, clock, convener):
    open_to_all = called(db, clock, convener, public=True)
    inner = called(db, clock, convener, public=False)
    for role in Role:
        person = builders.a_person(db, role=role)
        assert meetings.read(db, actor=person, meeting_id=inner).id == inner
    assert meetings.read(db, actor=None, meeting_id=open_to_all).id == open_to_all
    told = []
    for number in (inner, 999):
        with pytest.raises(MeetingNotFound) as refused:
            meetings.read(db, actor=None, meeting_id=number)
        told.append((refused.value.code, refused.value.facts))
    assert told[0] == told[1], "nobody can tell a hidden meeting from none"


@pytest.mark.parametrize("number", [0, -1, 999, 10**9 - 1])
def test_numbers_of_nothing_are_refused(db, clock, convener, number):
    with pytest.raises(MeetingNotFound):
        changed(db, clock, convener, number, seen=0)
    with pytest.raises(MeetingNotFound):
        cancelled(db, clock, convener, number)


def test_the_trail_holds_numbers_and_no_words(db, clock, convener):
    number = called(db, clock, convener, title="Zebra", place="Zebra", about="Zebra")
    changed(db, clock, convener, number, title="Zebras")
    cancelled(db, clock, convener, number, "Zebra")
    assert "zebra" not in str(trail(db)).casefold()
    assert {entry.subject for entry in trail(db)} == {f"meeting:{number}"}


def test_who_called_it_can_be_forgotten_and_the_meeting_stays(db, clock):
    person = builders.a_person(db, role=Role.CONVENER, name="Quentin Zebedee")
    number = called(db, clock, person)
    forget(db, clock, who=person.email)
    assert kept(db, number).plan.title == a_form().title
    assert "Zebedee" not in str([rows(db, table) for table in schema.metadata.sorted_tables])


def test_a_meeting_of_ones_own_keeps_the_demonstration_from_being_removed(demo, clock):
    called(demo, clock, builders.a_person(demo, role=Role.CONVENER))
    with demo.reading() as conn:
        assert samples.own_rows(conn)["meeting"] == 1
