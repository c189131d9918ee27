"""The calendar on the screen: what each reads there, and what a convener does with meetings."""

from datetime import date, time, timedelta

import pytest

from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from coalition.services.notices import dates
from coalition.store import schema
from coalition.ui.notices import calendar_list
from tests import builders, deciding, deliberating
from tests.conftest import TABLE
from tests.convening import called, cancelled, changed, kept
from tests.pages.screen import files, links, press, shown, write
from tests.services.test_tick import rows

TITLE = "Count all copay help toward patient costs"  # of the builders' proposal
FIELDS = {
    "What the meeting is called": "A walk",
    "Where it is": "Maple Hall",
    "Link to join": "https://meet.example.org/walk",
    "What it is about": "Bring shoes.",
}


@pytest.fixture
def convener(db):
    return builders.a_person(db, role=Role.CONVENER)


def leads(app, label):
    """Return where the link with this label leads."""
    [link] = [one for one in app.get("page_link") if one.proto.label.strip("*") == label]
    return link.proto.page, link.proto.query_string


def fill(app, *, day=date(2026, 11, 20), hour=time(14, 30), readers="members", **other):
    """Fill the form of a meeting in."""
    for label, words in (FIELDS | other).items():
        write(app, label, words)
    app.date_input[0].set_value(day)
    app.time_input[0].set_value(hour)
    app.radio[0].set_value(readers)


def table_of(db, clock, person):
    """Return what the file holds for this reader."""

    class Here:
        table, zone = TABLE, TABLE.zone

    found = dates.agenda(db, actor=person, now=clock())
    return calendar_list.frame(found, Here)


@pytest.mark.parametrize("role", [None, *Role])
def test_everybody_may_open_it_and_reads_how_to_subscribe(visit, db, role):
    app = visit("calendar", as_=builders.a_person(db, role=role) if role else None)
    said = shown(app)
    assert app.title[0].value == "Calendar"
    assert "Nothing lies ahead" in said
    assert "How do I get it into my own calendar?" in said
    if role is None:
        assert app.code[0].value == "http://localhost:8501/calendar/public.ics"
    else:
        assert "My calendar address" in links(app)
    assert ("Call it" in {one.label for one in app.button}) == (role is Role.CONVENER)


def test_dates_stand_by_day_with_hour_zone_and_link(visit, db, clock):
    convener, [us, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener, days=15)
    number = called(db, clock, convener, day=date(2026, 11, 16))
    app = visit("calendar", as_=us)
    assert [one.value for one in app.subheader] == ["Mon 16 Nov 2026"]
    said = shown(app)
    assert "14:30–16:00 Eastern Time · Maple Hall" in said
    assert leads(app, "Questions before the vote")[1] == f"id={number}"
    assert "the round closes" in said
    [title] = [one for one in links(app) if TITLE in one]
    assert leads(app, title.strip("*"))[1] == f"id={this.id}"
    assert files(app) == ["calendar"]


@pytest.mark.parametrize("role", Role)
def test_members_read_place_and_link_of_a_meeting_for_members(visit, db, clock, convener, role):
    number = called(db, clock, convener)
    person = builders.a_person(db, role=role)
    assert "Questions before the vote" in str(links(visit("calendar", as_=person)))
    app = visit("calendar", as_=person, id=number)
    said = shown(app)
    assert app.title[0].value == "Questions before the vote"
    assert "Maple Hall" in said
    assert "Bring one question." in said
    [join] = app.get("link_button")
    assert join.proto.url == "https://meet.example.org/vote"
    assert "meet.example.org" in join.proto.label
    buttons = {one.label for one in app.button}
    assert ({"Save the change", "Cancel the meeting"} <= buttons) == (role is Role.CONVENER)


def test_a_stranger_reads_public_meetings_alone(visit, db, clock, convener):
    inner = called(db, clock, convener, title="Xylophone", place="Marimba", about="Marimba")
    outer = called(db, clock, convener, public=True)
    app = visit("calendar")
    assert "Questions before the vote" in str(links(app))
    assert "Maple Hall" in shown(app)
    assert "Maple Hall" in shown(visit("calendar", id=outer))
    told = [shown(one) + str(links(one)) for one in (app, visit("calendar", id=inner))]
    assert not any("Xylophone" in words or "Marimba" in words for words in told)
    assert told[1] == (shown(none := visit("calendar", id=999)) + str(links(none)))
    assert "No meeting here" in told[1]
    assert [field.label for field in none.text_input] == ["E-mail", "Password"], "a way in"
    assert "Xylophone" not in table_of(db, clock, None).to_csv()


def test_a_meeting_that_is_public_no_more_is_gone_from_the_strangers_screen(
    visit, db, clock, convener
):
    number = called(db, clock, convener, public=True)
    changed(db, clock, convener, number, public=False)
    assert "Nothing lies ahead" in shown(visit("calendar"))
    assert "No meeting here" in shown(visit("calendar", id=number))
    assert table_of(db, clock, None).empty


def test_each_reads_the_dates_that_their_calendar_holds(visit, db, clock):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)
    late = builders.a_delegate(db)  # its organisation is on no roll
    for person, sees in (
        (us, True), (convener, True), (builders.a_person(db, role=Role.OBSERVER), True),
        (builders.a_person(db, role=Role.ADMINISTRATOR), True), (late, False),
        (builders.a_person(db), False), (None, False),
    ):  # fmt: skip
        assert ("the round closes" in shown(visit("calendar", as_=person))) == sees


def test_a_review_leads_to_the_decision(visit, db, clock):
    made = deciding.a_decision(db, clock)
    day = clock().date() + timedelta(days=30)
    deciding.an_outcome(db, clock, made.convener, made.round, on=day)
    public = visit("calendar")
    assert "review of the decision" in shown(public)
    asked = [one.proto.query_string for one in public.get("page_link") if TITLE in one.proto.label]
    assert set(asked) == {f"id={made.round.id}"}
    theirs = visit("calendar", as_=made.convener).get("page_link")
    asked = [one.proto.query_string for one in theirs if TITLE in one.proto.label]
    assert f"id={made.round.proposal_id}" in asked
    assert "review of the decision" not in shown(visit("calendar", as_=made.delegates[0]))


def test_what_is_off_says_so_in_words(visit, db, clock):
    convener, [us, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener, rule=deliberating.LAST_CALL, days=12)
    off = builders.a_round(db, clock, convener)
    number = called(db, clock, convener)
    deliberating.an_objection(db, clock, us, this.proposal_id, deliberating.MUST)
    rounds.cancel_round(db, clock, actor=convener, round_id=off.id, reason="A mistake")
    cancelled(db, clock, convener, number)
    said = shown(visit("calendar", as_=us))
    assert said.count("Cancelled]") == 2, "the round and the meeting"
    assert said.count("Clock stopped]") == 1
    assert set(table_of(db, clock, us)["State"]) == {"Cancelled", "Clock stopped"}
    app = visit("calendar", as_=us, id=number)
    assert "Why it is cancelled: The hall is closed." in shown(app)
    assert not app.get("link_button"), "nobody joins what does not take place"


def test_what_runs_lies_ahead_and_the_past_is_folded_away(visit, db, clock, convener):
    number = called(db, clock, convener)
    this = kept(db, number)
    clock.hour = this.plan.ends_at - timedelta(minutes=1)
    found = dates.agenda(db, actor=convener, now=clock())
    assert (len(found.ahead), len(found.past)) == (1, 0)
    clock.hour = this.plan.ends_at
    found = dates.agenda(db, actor=convener, now=clock())
    assert (len(found.ahead), len(found.past)) == (0, 1)
    said = shown(visit("calendar", as_=convener))
    assert "Nothing lies ahead" in said
    assert "Fri 20 Nov 2026" in said
    clock.move(days=dates.RECENT.days)
    assert "Fri 20 Nov 2026" not in shown(visit("calendar", as_=convener))


def test_a_long_calendar_is_cut_on_the_page_and_whole_in_the_file(visit, db, clock, convener):
    for number in range(calendar_list.AT_MOST + 2):
        called(db, clock, convener, title=f"Meeting {number}")
    app = visit("calendar", as_=convener)
    assert sum(one.startswith("**Meeting") for one in links(app)) == calendar_list.AT_MOST
    assert "2 later dates are in the file." in shown(app)
    assert len(table_of(db, clock, convener)) == calendar_list.AT_MOST + 2


def test_it_asks_as_much_for_many_dates_as_for_one(visit, db, clock, asked):
    convener, [us, *_] = builders.a_table(db)
    counts = []
    for _ in range(2):
        builders.a_round(db, clock, convener)
        called(db, clock, convener)
        counts.append(asked(visit("calendar", as_=us)))
        for _ in range(3):
            builders.a_round(db, clock, convener)
            called(db, clock, convener)
    assert counts[0] == counts[1] <= 7


def test_a_convener_calls_a_meeting(visit, db, convener):
    app = visit("calendar", as_=convener)
    assert app.radio[0].value is None, "who may see it is chosen, not suggested"
    fill(app)
    press(app, "Call it")
    assert "It is called" in shown(app)
    assert "A walk" in str(links(app)), "the list shows it in the same run"
    this = kept(db, 1)
    assert (this.plan.title, this.plan.minutes, this.plan.public) == ("A walk", 60, False)
    app.run()
    assert [one.value for one in app.text_input] == ["", "", ""], "the form is empty again"


def test_what_was_forgotten_is_named_and_what_was_written_stays(visit, db, convener):
    app = visit("calendar", as_=convener)
    fill(app, day=None)
    press(app, "Call it")
    assert "Day of the meeting: please choose one." in shown(app)
    assert app.text_input[0].value == "A walk"
    app.date_input[0].set_value(date(2026, 11, 1))
    app.time_input[0].set_value(time(1, 30))
    press(app, "Call it")
    assert "the clocks show 01:30 twice" in shown(app)
    app.date_input[0].set_value(date(2026, 11, 20))
    write(app, "Link to join", "http://meet.example.org")
    press(app, "Call it")
    assert "please give the whole address" in shown(app)
    assert rows(db, schema.meeting) == []


def test_a_convener_changes_and_cancels_a_meeting(visit, db, clock, convener):
    number = called(db, clock, convener)
    app = visit("calendar", as_=convener, id=number)
    assert app.time_input[0].value == time(14, 30)
    write(app, "Where it is", "Linden Hall")
    press(app, "Save the change")
    assert "Changed." in shown(app)
    assert "Linden Hall" in shown(app), "it is shown as it stands now"
    assert kept(db, number).plan.place == "Linden Hall"
    write(app, "Why it is cancelled", "The hall is closed.")
    press(app, "Cancel the meeting")
    assert "It is cancelled." in shown(app)
    assert "Cancelled]" in shown(app)
    app.run()
    assert not {"Save the change", "Cancel the meeting"} & {one.label for one in app.button}
    assert kept(db, number).sequence == 2


def test_who_was_slower_is_told_and_keeps_the_words(visit, db, clock, convener):
    number = called(db, clock, convener)
    app = visit("calendar", as_=convener, id=number)
    changed(db, clock, convener, number, place="Linden Hall")
    write(app, "What the meeting is called", "Mine")
    press(app, "Save the change")
    assert "Somebody changed this meeting while you were writing." in shown(app)
    assert "Linden Hall" in shown(app), "how it stands now"
    assert kept(db, number).plan.title == "Questions before the vote"
    assert app.text_input[0].value == "Mine"
    press(app, "Save the change")
    assert kept(db, number).plan.title == "Mine"


def test_a_form_left_open_past_the_hour_says_why_it_does_nothing(visit, db, clock, convener):
    number = called(db, clock, convener, day=date(2026, 11, 1), hour=time(3))
    app = visit("calendar", as_=convener, id=number)
    clock.hour = kept(db, number).plan.begins_at
    write(app, "What the meeting is called", "Late")
    press(app, "Save the change")
    assert "This meeting has begun" in shown(app)
    assert kept(db, number).sequence == 0
    app.run()
    assert "Save the change" not in {one.label for one in app.button}


def test_what_people_write_is_shown_as_they_wrote_it(visit, db, clock, convener):
    number = called(db, clock, convener, title="**Bold** [x](https://x.example)", place="# One")
    app = visit("calendar", as_=convener, id=number)
    assert app.title[0].value == "\\*\\*Bold\\*\\* \\[x\\](https://x.example)"
    assert "\\# One" in shown(app)
    assert str(table_of(db, clock, convener)["Place"][0]) == "# One"


def test_it_is_spoken_in_spanish(visit, db, clock, convener):
    called(db, clock, convener)
    app = visit("calendar", as_=convener, lang="es")
    assert app.title[0].value == "Calendario"
    assert "¿Qué viene?" in shown(app)
    assert "vie 20 nov 2026" in shown(app)


def test_an_hour_that_differs_is_told_for_the_reader_too(visit, db, clock, convener):
    called(db, clock, convener, hour=time(22))
    with db.writing() as conn:
        conn.execute(schema.account.update().values(zone="Asia/Tokyo"))
    said = shown(visit("calendar", as_=convener)).replace("\\", "")
    assert "22:00–23:30 Eastern Time; for you Sat 21 Nov 2026, 12:00 (Japan Time)" in said


def test_the_demonstration_has_something_for_everybody(demo, clock):
    def meetings(person):
        found = dates.agenda(demo, actor=person, now=clock())
        spans = (found.ahead, found.past)
        return [[one for one in span if one.screen == "calendar"] for span in spans]

    [ahead, past] = meetings(None)
    assert [one.title for one in ahead] == ["Open house: how a coalition decides"]
    assert past == []
    [ahead, past] = meetings(builders.a_person(demo))
    assert sorted(one.cancelled for one in ahead) == [False, False, True]
    assert len(past) == 1
