"""What can be said of a meeting, and what is refused in words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.moments import HourSkipped, HourTwice
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable
from coalition.domain.notices.meetings import (
    FARTHEST,
    LONGEST,
    SHORTEST,
    Meeting,
    MeetingBegun,
    MeetingCancelled,
    MeetingChanged,
    MeetingHour,
    MeetingId,
    MeetingLength,
    MeetingLink,
    MeetingUnfinished,
    reads_all,
)
from tests.conftest import NOW
from tests.convening import a_form

ZONE = "America/New_York"
TODAY = date(2026, 11, 1)  # 01:30 at the table; at two the clocks go back to one


def plan(now=NOW, **said):
    return a_form(**said).checked(zone_name=ZONE, now=now)


def test_a_plan_is_trimmed_and_begins_in_utc():
    made = plan(title="  Questions  ", about="  One.\r\nTwo. ", link="")
    assert (made.title, made.about, made.link) == ("Questions", "One.\nTwo.", "")
    assert made.begins_at == datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
    assert made.ends_at - made.begins_at == timedelta(minutes=90)


@given(
    st.integers(0, FARTHEST), st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.integers(SHORTEST, LONGEST), st.sampled_from([ZONE, "Asia/Kathmandu", "Pacific/Apia"]),
)  # fmt: skip
def test_the_tables_clock_shows_what_was_entered(days, hour, minutes, zone):
    day = NOW.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    try:
        made = a_form(day=day, hour=hour, minutes=minutes).checked(zone_name=zone, now=NOW)
    except (MeetingHour, HourSkipped, HourTwice):
        return
    there = made.begins_at.astimezone(ZoneInfo(zone))
    assert (there.date(), there.time()) == (day, hour)
    assert made.begins_at > NOW
    assert made.ends_at == made.begins_at + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("finding", "field", "said"),
    [
        (TextMissing, "title", {"title": "  "}),
        (TextMissing, "title", {"title": "\u2800"}),
        (TextTooLong, "title", {"title": "x" * 201}),
        (TextUnreadable, "title", {"title": "A\x00B"}),
        (TextUnreadable, "title", {"title": "A\u202eB"}),
        (TextMissing, "place", {"place": ""}),
        (TextTooLong, "place", {"place": "x" * 201}),
        (TextUnreadable, "place", {"place": "Maple\nHall"}),
        (TextTooLong, "about", {"about": "x" * 2_001}),
        (TextUnreadable, "about", {"about": "A\u2066B"}),
        (MeetingUnfinished, "day", {"day": None}),
        (MeetingUnfinished, "hour", {"hour": None}),
        (MeetingUnfinished, "public", {"public": None}),
        (MeetingHour, "day", {"day": TODAY - timedelta(days=1)}),
        (MeetingHour, "day", {"day": TODAY + timedelta(days=FARTHEST + 1)}),
        (MeetingHour, "day", {"day": date.min}),
        (MeetingHour, "day", {"day": date.max}),
        (MeetingHour, "hour", {"day": TODAY, "hour": time(0, 30)}),
        (HourTwice, None, {"day": TODAY, "hour": time(1, 45)}),
        (HourSkipped, None, {"day": date(2027, 3, 14), "hour": time(2, 30)}),
        (MeetingLength, "minutes", {"minutes": SHORTEST - 1}),
        (MeetingLength, "minutes", {"minutes": LONGEST + 1}),
        (MeetingLength, "minutes", {"minutes": None}),
        (TextTooLong, "link", {"link": "https://x.example/" + "x" * 1_000}),
    ],
)
def test_what_cannot_stand_is_refused_by_its_name(finding, field, said):
    with pytest.raises(Invalid) as refused:
        plan(**said)
    assert type(refused.value) is finding
    assert field is None or refused.value.facts["field"] == field


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.org", "javascript:alert(1)", "data:text/html,x", "meet.example.org",
        "//meet.example.org", "https://", "https:///vote", "https:meet.example.org",
        "https://bank.example@evil.example", "https://a b.example", "https://[broken",
        "https://meet.example.org:x", "https://meet.example.org:0", "https://me\u0435t.example.org",
        'https://meet.example.org/"><b>', "https://meet.example.org\\@evil.example",
        "ftp://meet.example.org", "tel:+1555",
    ],
)  # fmt: skip
def test_only_a_whole_https_address_is_a_link(link):
    with pytest.raises(MeetingLink):
        plan(link=link)


@pytest.mark.parametrize(
    "link",
    ["https://meet.example.org", "HTTPS://meet.example.org:8443/j/1?pwd=a%20b&x=y#z", ""],
)
def test_an_address_is_kept_as_it_was_given(link):
    assert plan(link=f" {link} ").link == link


def test_the_first_instant_ahead_is_ahead():
    begins = plan().begins_at
    assert plan(now=begins - timedelta(microseconds=1))
    with pytest.raises(MeetingHour):
        plan(now=begins)


def test_what_has_begun_was_cancelled_or_was_changed_meanwhile_cannot_be_changed():
    this = Meeting(MeetingId(1), plan(), 3, NOW)
    this.require_changeable(seen=3, now=NOW)
    with pytest.raises(MeetingChanged):
        this.require_changeable(seen=2, now=NOW)
    with pytest.raises(MeetingBegun):
        this.require_changeable(seen=3, now=this.plan.begins_at)
    off = Meeting(MeetingId(1), plan(), 3, NOW, cancelled=True)
    with pytest.raises(MeetingCancelled):
        off.require_changeable(seen=3, now=NOW)


def test_the_public_is_told_once_that_a_meeting_is_gone_and_nothing_after():
    this = Meeting(MeetingId(1), plan(public=True), 3, NOW)
    later = plan(public=False, hour=time(9))
    gone = this.withdrawal(later, now=NOW)
    assert (gone.begins_at, gone.sequence, gone.at) == (this.plan.begins_at, 4, NOW)
    hidden = Meeting(MeetingId(1), later, 4, NOW, withdrawn=gone)
    after = NOW + timedelta(days=1)
    assert hidden.withdrawal(plan(public=False, hour=time(10)), now=after) == gone
    assert hidden.withdrawal(plan(public=True), now=after) is None
    never = Meeting(MeetingId(1), later, 0, NOW)
    assert never.withdrawal(plan(public=False), now=after) is None


def test_whoever_reads_the_table_reads_every_meeting_and_nobody_else():
    assert all(reads_all(role) for role in Role)
    assert not reads_all(None)
