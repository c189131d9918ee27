"""Calendars and the feed, read back by the library that calendars use."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import icalendar
import pytest

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import Role, SignInNeeded
from coalition.services.deliberation import rounds
from coalition.services.notices import calendars, feeds
from coalition.services.people import accounts
from coalition.services.table.ticking import tick
from tests import builders, deciding, deliberating, learning

DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


def fetch(site, address):
    answer = site.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n")), "folded"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def entries(answer):
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 (our own answer)


def own(site, db, clock, person):
    secret = calendars.give_address(db, clock, actor=person)
    return fetch(site, f"/calendar/{secret}.ics")


@pytest.fixture
def table(db, clock):
    convener, delegates = builders.a_table(db)
    return convener, delegates, builders.a_round(db, clock, convener)


def a_published(db, clock, convener, delegates):
    this = builders.a_round(db, clock, convener, rule=builders.QUICK, days=2)
    for one in delegates:
        builders.a_ballot(db, clock, one, this, "support", reason="Xylophone")
    clock.move(days=2)
    tick(db, clock)
    rounds.publish(db, clock, actor=convener, round_id=this.id)
    return this


def test_a_delegate_reads_the_close_in_the_tables_zone_with_its_link(site, db, clock, table):
    _, [us, *_], this = table
    [event] = own(site, db, clock, us)
    assert event.decoded("dtstart") == this.closes_at
    assert event["dtstart"].params["TZID"] == "America/New_York"
    assert event["url"] == f"http://localhost:8501/stance?id={this.id}"
    assert event["status"] == "CONFIRMED"
    assert "the round closes" in event["summary"]


def test_an_extension_is_the_same_event_with_a_higher_number(site, db, clock, table):
    convener, [us, *_], this = table
    [before] = own(site, db, clock, us)
    clock.move(hours=1)
    later = this.closes_at + timedelta(days=3)
    rounds.extend_round(
        db, clock, actor=convener, round_id=this.id, closes_at=later, reason="More time"
    )
    [after] = own(site, db, clock, us)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") > before.decoded("last-modified")
    assert after.decoded("dtstart") == later


def test_a_cancelled_round_is_cancelled_in_the_calendar(site, db, clock, table):
    convener, [us, *_], this = table
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake")
    [event] = own(site, db, clock, us)
    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 1


def test_a_round_called_off_before_it_opens_changed_no_later_than_now(site, db, clock):
    convener, [us, *_] = builders.a_table(db)
    opens = clock() + timedelta(days=3)
    this = builders.a_round(db, clock, convener, opens_at=opens, closes_at=opens + 15 * DAY)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake")
    [event] = own(site, db, clock, us)
    assert event["status"] == "CANCELLED"
    assert event.decoded("last-modified") <= clock()


def test_a_stopped_clock_keeps_the_last_close_known(site, db, clock):
    convener, [us, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener, rule=deliberating.LAST_CALL, days=12)
    later = this.closes_at + 3 * DAY
    rounds.extend_round(
        db, clock, actor=convener, round_id=this.id, closes_at=later, reason="More time"
    )
    deliberating.an_objection(db, clock, us, this.proposal_id, deliberating.MUST)
    [event] = own(site, db, clock, us)
    assert event["status"] == "CANCELLED"
    assert event.decoded("dtstart") == later
    assert "stopped the clock" in event["description"]


def test_whoever_has_no_stance_to_record_is_led_to_the_proposal(site, db, clock, table):
    convener, _, this = table
    for person in (convener, builders.a_person(db, role=Role.OBSERVER)):
        [event] = own(site, db, clock, person)
        assert event["url"] == f"http://localhost:8501/proposal?id={this.proposal_id}"


def test_a_review_is_moved_called_off_and_ends_with_its_decision(site, db, clock):
    decided = deciding.a_decision(db, clock)
    older, convener, delegates = decided.round, decided.convener, decided.delegates
    newer = deciding.a_decision(db, clock, table=(convener, delegates)).round
    day = clock().date() + 30 * DAY

    def review():
        found = own(site, db, clock, convener)
        return next(one for one in found if one["uid"].startswith(f"review-{older.id}"))

    deciding.an_outcome(db, clock, convener, older, on=day)
    first = review()
    assert (first.decoded("dtstart"), first["status"]) == (day, "CONFIRMED")
    clock.move(hours=1)
    deciding.an_outcome(db, clock, convener, older, on=day + 7 * DAY)
    moved = review()
    assert moved.decoded("dtstart") == day + 7 * DAY
    assert moved["sequence"] > first["sequence"]
    clock.move(hours=1)
    deciding.an_outcome(db, clock, convener, older, on=None)
    off = review()
    assert (off["status"], off.decoded("dtstart")) == ("CANCELLED", day + 7 * DAY)
    assert off["sequence"] > moved["sequence"]
    clock.move(hours=1)
    deciding.an_outcome(db, clock, convener, older, on=day)
    deciding.superseded(db, clock, convener, older, newer)
    assert review()["status"] == "CANCELLED"


def test_a_calendar_says_that_it_comes_later_when_the_database_is_gone(site, db):
    with db.writing() as conn:
        conn.exec_driver_sql("ALTER TABLE coalition_table RENAME TO gone")
    answer = site.get("/calendar/public.ics")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_a_sign_on_says_so(site, db, clock, table):
    convener, [us, *_], _ = table
    builders.a_round(db, clock, convener, kind=RoundKind.SIGN_ON, rule=None, preset="")
    assert any("sign-on closes" in event["summary"] for event in own(site, db, clock, us))


def test_each_sees_what_the_table_would_show_them(site, db, clock, table):
    convener, _, _ = table
    late = builders.a_delegate(db)  # its organisation is on no roll
    assert own(site, db, clock, late) == []
    assert len(own(site, db, clock, convener)) == 1
    assert len(own(site, db, clock, builders.a_person(db, role=Role.OBSERVER))) == 1
    assert own(site, db, clock, builders.a_person(db)) == [], "a member without a seat"


def test_the_public_sees_published_rounds_alone_and_never_a_stance(site, db, clock, table):
    convener, delegates, _ = table
    assert fetch(site, "/calendar/public.ics") == []
    this = a_published(db, clock, convener, delegates)
    [event] = fetch(site, "/calendar/public.ics")
    assert event["url"].endswith(f"/positions?id={this.id}")
    for address in ("/calendar/public.ics", "/positions.atom"):
        assert "Xylophone" not in site.get(address).text


def test_hidden_answers_move_no_calendar(site, db, clock):
    convener, [us, other, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener, results=Results.HIDDEN)
    secret = calendars.give_address(db, clock, actor=other)
    before = site.get(f"/calendar/{secret}.ics").content
    builders.a_ballot(db, clock, us, this, "object", reason="Xylophone", remedy="Marimba")
    assert site.get(f"/calendar/{secret}.ics").content == before


def test_an_address_opens_until_it_is_renewed_taken_away_or_its_owner_leaves(site, db, clock):
    person = builders.a_person(db)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    first = calendars.give_address(db, clock, actor=person)
    second = calendars.give_address(db, clock, actor=person)
    assert site.get(f"/calendar/{first}.ics").status_code == 404
    assert site.get(f"/calendar/{second}.ics").status_code == 200
    calendars.take_address(db, clock, actor=person)
    assert site.get(f"/calendar/{second}.ics").status_code == 404
    third = calendars.give_address(db, clock, actor=person)
    accounts.deactivate(db, clock, actor=administrator, account_id=person.account_id)
    assert site.get(f"/calendar/{third}.ics").status_code == 404
    accounts.reactivate(db, clock, actor=administrator, account_id=person.account_id)
    assert site.get(f"/calendar/{third}.ics").status_code == 404, "an old address stays shut"
    assert site.get("/calendar/none.ics").status_code == 404


def test_nobody_who_is_signed_out_is_given_an_address(db, clock):
    for deed in (calendars.give_address, calendars.take_address):
        with pytest.raises(SignInNeeded):
            deed(db, clock, actor=None)


def test_what_a_reader_has_is_not_sent_again(site, db, clock, table):
    convener, delegates, _ = table
    a_published(db, clock, convener, delegates)
    for address in ("/calendar/public.ics", "/positions.atom"):
        first = site.get(address)
        again = site.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert site.get(address, headers={"if-none-match": "*"}).status_code == 304
        assert site.head(address).status_code == 200


@pytest.mark.parametrize(
    "title",
    [
        "Semi; colon, comma\\ and slash",
        "مرحبا بكم",
        "Long " + "word " * 39,
        "Line 😀",
        "Family 👩‍👩‍👧 in one sign",
        "می‌خواهم",
    ],
)
def test_any_title_comes_back_as_it_was(site, db, clock, title):
    convener, [us, *_] = builders.a_table(db)
    proposal_id = builders.a_proposal(db, clock, convener, title=title.strip())
    builders.a_round(db, clock, convener, proposal_id=proposal_id)
    [event] = own(site, db, clock, us)
    assert str(event["description"]).startswith(title.strip())


def test_the_close_is_right_on_both_sides_of_the_clock_change(site, db, clock):
    convener, [us, *_] = builders.a_table(db)  # the clocks go back half an hour from now
    made = [builders.a_round(db, clock, convener, days=days) for days in (15, 130)]
    found = [event.decoded("dtstart") for event in own(site, db, clock, us)]
    assert found == sorted(one.closes_at for one in made)


def test_the_feed_holds_what_was_adopted_and_a_reader_can_parse_it(site, db, clock, table):
    convener, delegates, _ = table
    assert entries(site.get("/positions.atom")) == []
    this = a_published(db, clock, convener, delegates)
    answer = site.get("/positions.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    [entry] = entries(answer)
    assert entry.find(f"{ATOM}id").text == f"http://localhost:8501/positions?id={this.id}"
    assert entry.find(f"{ATOM}updated").text.endswith("Z")
    assert "3 organisations support it" in entry.find(f"{ATOM}summary").text
    spanish = site.get("/positions.atom?lang=es").text
    assert "organizaciones" in spanish


def test_what_is_said_of_a_decision_travels_in_the_feed(site, db, clock):
    older = deciding.a_decision(db, clock, "support", "support", "stand_aside")
    newer = deciding.a_decision(db, clock, table=(older.convener, older.delegates))
    clock.move(hours=1)
    deciding.a_dissent(db, clock, older.delegates[2], older.round, words="Marimbas are too slow.")
    clock.move(hours=1)
    deciding.superseded(db, clock, older.convener, older.round, newer.round)

    found = {one.find(f"{ATOM}id").text: one for one in entries(site.get("/positions.atom"))}
    entry = found[f"http://localhost:8501/positions?id={older.round.id}"]
    said = entry.find(f"{ATOM}summary").text
    name = older.delegates[2].seat.organisation
    assert f"Minority statement of {name}: Marimbas are too slow." in said
    assert f"{newer.reference(db)} took its place" in said
    assert entry.find(f"{ATOM}updated").text == f"{clock():%Y-%m-%dT%H:%M:%SZ}"


def categories(entry):
    return {one.get("term"): one.get("label") for one in entry.findall(f"{ATOM}category")}


def test_public_lessons_stand_in_the_feed_among_the_positions_newest_first(site, db, clock):
    first = deciding.a_decision(db, clock, title="First")
    clock.move(hours=1)
    number = learning.a_public_lesson(
        db, clock, first.convener, writer=first.delegates[0], round_id=first.round.id
    )
    learning.a_lesson(db, clock, first.delegates[0], title="Xylophone")
    clock.move(hours=1)
    second = deciding.a_decision(db, clock, title="Second")
    answer = site.get("/positions.atom")
    assert b"Xylophone" not in answer.content, "a draft is for the table"
    ids = [one.find(f"{ATOM}id").text.partition(":8501/")[2] for one in entries(answer)]
    assert ids == [
        f"positions?id={second.round.id}",
        f"lessons?id={number}",
        f"positions?id={first.round.id}",
    ]
    lesson, position = entries(answer)[1:]
    assert categories(lesson) == {"lesson": "Lesson", "access": "Access"}
    assert categories(position) == {"position": "Position", "coverage": "Coverage"}
    assert lesson.find(f"{ATOM}title").text == learning.WORDS.title
    said = lesson.find(f"{ATOM}summary").text
    for words in (learning.WORDS.challenge, learning.WORDS.tried, learning.WORDS.happened):
        assert words in said
    assert first.delegates[0].seat.organisation in said
    assert f"Learned from {first.reference(db)}: http://localhost:8501/positions?id=" in said
    title = ET.fromstring(answer.content).find(f"{ATOM}title").text  # noqa: S314 (our own answer)
    assert title == "Test table: adopted positions and lessons"


def test_a_lesson_that_is_changed_is_newer_and_one_taken_back_is_gone(site, db, clock):
    convener, _ = builders.a_table(db)
    number = learning.a_public_lesson(db, clock, convener)
    at_first = clock()
    clock.move(hours=1)
    learning.changed(db, clock, convener, number, title="Mended")
    [entry] = entries(site.get("/positions.atom"))
    assert entry.find(f"{ATOM}title").text == "Mended"
    assert entry.find(f"{ATOM}published").text == f"{at_first:%Y-%m-%dT%H:%M:%SZ}"
    assert entry.find(f"{ATOM}updated").text == f"{clock():%Y-%m-%dT%H:%M:%SZ}"
    learning.taken_back(db, clock, convener, number)
    assert entries(site.get("/positions.atom")) == []


def test_the_feed_ends_somewhere(db, clock, monkeypatch):
    monkeypatch.setattr(feeds, "LATEST", 3)
    made = deciding.a_decision(db, clock)
    for hour in range(4):
        clock.move(hours=1)
        learning.a_public_lesson(db, clock, made.convener, title=f"Lesson {hour}")
    found = feeds.latest(db, now=clock(), url="http://t.example")
    assert [one.title for one in found.entries] == ["Lesson 3", "Lesson 2", "Lesson 1"]


def test_a_calendar_asks_as_much_for_many_rounds_as_for_one(site, db, clock, table, queries):
    convener, [us, *_], _ = table
    secret = calendars.give_address(db, clock, actor=us)
    calls = []
    for _ in range(2):
        with queries(db) as asked:
            calendars.own(db, secret=secret, now=clock(), url="http://t.example")
        calls.append(len(asked))
        for _ in range(5):
            builders.a_round(db, clock, convener)
    assert calls[0] == calls[1] <= 7
