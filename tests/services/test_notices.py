"""Notices and mails, against a real mail server."""

import socket
from datetime import timedelta

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.rounds import Results
from coalition.domain.discussion.mentions import Mentions
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Pace
from coalition.services.deliberation import clearances, responses, rounds
from coalition.services.notices.composing import From
from coalition.services.notices.smtp import Smtp
from coalition.services.table.ticking import tick
from coalition.store import schema
from coalition.store.ground import jobs
from coalition.store.notices import choices
from tests import builders
from tests.post import GREYLISTED, TAKEN, UNKNOWN, Box, a_mail_server

SENDER = From("https://table.example", "Our table <table@example.org>", b"k" * 32)


@pytest.fixture
def box():
    with a_mail_server(Box()) as running:
        yield running


def run(db, clock, box):
    return tick(db, clock, post=Smtp(box.url), sender=SENDER)


def subjects(box, person):
    return [mail["Subject"] for mail in box.to(person.email)]


def a_quiet_start(db, clock, box, **plan):
    """A round whose opening everybody has heard of."""
    convener, delegates = builders.a_table(db)
    this = builders.a_round(db, clock, convener, **plan)
    run(db, clock, box)
    box.mails.clear()
    return convener, delegates, this


def test_whose_seat_is_on_the_roll_hears_once_that_a_round_opened(db, clock, box):
    convener, delegates = builders.a_table(db)
    builders.a_person(db, role=Role.OBSERVER)
    builders.a_round(db, clock, convener)

    run(db, clock, box)
    run(db, clock, box)

    assert sorted(to for (to,), _ in box.mails) == sorted(one.email for one in delegates)
    [mail] = box.to(delegates[0].email)
    assert "a round is open" in mail["Subject"]
    link = "https://table.example/stance?id=1"
    assert link in mail.get_body(("plain",)).get_content()
    assert link in mail.get_body(("html",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<https://table.example/unsubscribe/")


def test_a_proposal_that_nobody_is_asked_about_sends_nothing(db, clock, box):
    convener, _ = builders.a_table(db)
    builders.a_proposal(db, clock, convener)
    assert run(db, clock, box)["mails_sent"] == 0
    assert box.mails == []


def test_only_who_has_not_answered_and_reviews_nothing_is_reminded(db, clock, box):
    _, [answered, reviewing, silent], this = a_quiet_start(db, clock, box, days=15)
    builders.a_ballot(db, clock, answered, this, "support")
    clearances.mark_clearance(
        db, clock, actor=reviewing, round_id=this.id, until=clock() + timedelta(days=12), note="",
        token="review",
    )  # fmt: skip

    for days_left in (7, 3, 1):
        clock.hour = this.closes_at - timedelta(days=days_left)
        run(db, clock, box)
        run(db, clock, box)

    assert [to for (to,), _ in box.mails if to == answered.email] == []
    assert len(subjects(box, silent)) == 3
    assert len(subjects(box, reviewing)) == 2, "the review ended by itself before the last two"


def test_a_job_that_slept_sends_one_reminder_and_not_three(db, clock, box):
    _, [silent, *_], this = a_quiet_start(db, clock, box, days=15)
    clock.hour = this.closes_at - timedelta(hours=20)
    run(db, clock, box)
    assert len(subjects(box, silent)) == 1


def test_who_answers_between_the_reminder_and_the_mail_is_left_alone(db, clock, box):
    _, [us, *_], this = a_quiet_start(db, clock, box, days=15)
    clock.hour = this.closes_at - timedelta(days=3)
    tick(db, clock)  # no mail server: told at the table only
    builders.a_ballot(db, clock, us, this, "support")
    run(db, clock, box)
    assert subjects(box, us) == []


def test_a_digest_holds_five_at_most_and_a_weekly_one_is_due_after_seven_days(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    with db.writing() as conn:
        choices.choose(conn, us.account_id, {NoticeKind.ROUND_OPENED: Pace.WEEKLY})
    clock.hour = clock().replace(hour=14)  # nine in the morning in New York
    first = clock()
    for _ in range(7):
        builders.a_round(db, clock, convener, days=30)
    run(db, clock, box)
    [digest] = box.to(us.email)
    assert digest["Subject"].startswith("7 things")
    assert digest.get_body(("plain",)).get_content().count("a round is open") == 5
    assert "2 more wait" in digest.get_body(("plain",)).get_content()

    clock.move(hours=1)
    builders.a_round(db, clock, convener, days=30)
    clock.hour = first + timedelta(days=6)
    run(db, clock, box)
    assert len(box.to(us.email)) == 1
    clock.hour = first + timedelta(days=7)
    run(db, clock, box)
    assert len(box.to(us.email)) == 2


def test_nothing_goes_out_on_a_quiet_day_and_all_of_it_after(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    with db.writing() as conn:
        habit = choices.habits(conn, [us.account_id])[us.account_id]
        choices.keep(conn, us.account_id, type(habit)(habit.paces, frozenset({6})))
    builders.a_round(db, clock, convener)  # 1 November 2026 is a Sunday
    run(db, clock, box)
    assert subjects(box, us) == []
    clock.move(days=1)
    run(db, clock, box)
    assert len(subjects(box, us)) == 1


def test_a_server_that_greylists_gets_it_again_later_and_once(db, clock):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)
    with a_mail_server(Box(GREYLISTED, GREYLISTED, GREYLISTED, TAKEN)) as box:
        assert run(db, clock, box)["mails_put_off"] == 3
        assert run(db, clock, box)["mails_sent"] == 0, "not before its time"
        clock.move(minutes=2)
        run(db, clock, box)
        clock.move(minutes=30)
        run(db, clock, box)
        assert len(box.to(us.email)) == 1


def test_a_server_that_hangs_up_half_way_gets_the_same_mail_again(db, clock):
    convener, _ = builders.a_table(db)
    builders.a_round(db, clock, convener)
    with a_mail_server(Box(hangs_up=1)) as box:
        run(db, clock, box)
        clock.move(minutes=2)
        run(db, clock, box)
        assert len(box.mails) == 3
        assert len({mail["Message-ID"] for _, mail in box.mails}) == 3


def test_a_server_that_is_not_there_loses_nothing(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)
    assert tick(db, clock, post=Smtp("smtp://127.0.0.1:1"), sender=SENDER)["mails_put_off"] == 3
    clock.move(minutes=2)
    run(db, clock, box)
    assert len(subjects(box, us)) == 1


def test_an_address_that_is_refused_is_not_tried_again(db, clock):
    convener, _ = builders.a_table(db)
    builders.a_round(db, clock, convener)
    with a_mail_server(Box(UNKNOWN)) as box:
        assert run(db, clock, box)["mails_dropped"] == 3
        clock.move(days=1)
        assert run(db, clock, box)["mails_sent"] == 0
    with db.reading() as conn:
        kept = conn.execute(select(schema.mail)).all()
    assert {one.state for one in kept} == {"bounced"}
    assert all("no such mailbox" in one.fault for one in kept)


def test_a_sender_that_died_in_the_middle_is_followed_by_another(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)

    class Killed(BaseException):
        """The process is gone."""

    class Dying:
        def deliver(self, _message, _to):
            raise Killed

    with pytest.raises(Killed):
        tick(db, clock, post=Dying(), sender=SENDER)
    run(db, clock, box)
    assert len(box.mails) == 2, "the one on its way is nobody else's until its lease is over"
    clock.move(minutes=11)
    run(db, clock, box)
    assert len(subjects(box, us)) == 1


def test_a_hidden_objection_tells_the_champion_nothing(db, clock, box):
    _, [us, *_], this = a_quiet_start(db, clock, box, results=Results.HIDDEN)
    builders.a_ballot(db, clock, us, this, "object", reason="Xylophone", remedy="Marimba")
    run(db, clock, box)
    assert box.mails == []


def test_a_published_result_reaches_the_roll_and_holds_no_stance(db, clock, box):
    convener, delegates, this = a_quiet_start(db, clock, box, rule=builders.QUICK, days=2)
    for one in delegates:
        builders.a_ballot(db, clock, one, this, "support", reason="Xylophone")
    clock.move(days=2)
    tick(db, clock)
    rounds.publish(db, clock, actor=convener, round_id=this.id)
    run(db, clock, box)
    assert len(box.mails) == 3
    assert not any("Xylophone" in str(mail) for _, mail in box.mails)


def test_a_name_with_line_breaks_makes_no_header_of_its_own(db, clock, box):
    convener, _ = builders.a_table(db)
    us = builders.a_delegate(db, name="Ann\r\nBcc: all@example.org")
    builders.a_round(db, clock, convener)
    run(db, clock, box)
    [mail] = box.to(us.email)
    assert mail["Bcc"] is None


def test_two_runs_never_overlap(db, clock, box):
    convener, _ = builders.a_table(db)
    builders.a_round(db, clock, convener)
    seen = []

    class Nosy:
        def deliver(self, _message, _to):
            seen.append(run(db, clock, box))

    tick(db, clock, post=Nosy(), sender=SENDER)
    assert seen == [{"busy_elsewhere": 1}] * 3
    assert box.mails == []


def test_a_server_that_hangs_holds_nobody_up_for_long(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        done = tick(db, clock, post=Smtp(url, patience=0.05), sender=SENDER)
    assert done["mails_put_off"] == 3
    clock.move(minutes=2)
    run(db, clock, box)
    assert len(subjects(box, us)) == 1


def test_a_clock_that_steps_back_an_hour_loses_nothing_and_tells_nothing_twice(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    clock.move(hours=2)
    builders.a_round(db, clock, convener)
    run(db, clock, box)
    with db.writing() as conn:
        assert jobs.take(conn, "tick", "died", at=clock(), lease=timedelta(minutes=45))
    clock.move(hours=-1)
    builders.a_round(db, clock, convener)
    run(db, clock, box)
    run(db, clock, box)
    assert len(subjects(box, us)) == 2


def test_what_a_lock_that_is_held_keeps_out_comes_in_when_its_holder_is_dead(db, clock, box):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)
    with db.writing() as conn:
        assert jobs.take(conn, "tick", "killed", at=clock(), lease=timedelta(minutes=45))
    assert run(db, clock, box) == {"busy_elsewhere": 1}
    clock.move(minutes=45)
    run(db, clock, box)
    assert len(subjects(box, us)) == 1


def test_an_answer_to_an_objection_and_a_mention_reach_their_people_without_their_words(
    db, clock, box
):
    convener, [us, other, *_], this = a_quiet_start(db, clock, box)
    builders.a_ballot(db, clock, us, this, "object", reason="Xylophone", remedy="Marimba")
    with db.reading() as conn:
        [objection_id] = conn.scalars(select(schema.objection.c.id))
    responses.answer_objection(
        db, clock, actor=convener, objection_id=objection_id, response="Marimba", token="answer"
    )
    called = Mentions(frozenset({other.account_id}))
    builders.a_comment(db, clock, convener, this.proposal_id, "Marimba", mentions=called)
    clock.move(hours=10)  # past eight in New York: a mention comes with the daily digest
    run(db, clock, box)
    assert any("objection was answered" in one for one in subjects(box, us))
    told = box.to(other.email)[0].get_body(("plain",)).get_content()
    assert "mentioned" in told
    assert not any("Marimba" in str(mail) or "Xylophone" in str(mail) for _, mail in box.mails)
