"""From an inquiry to an application, stage by stage."""

import json
from datetime import date

import pytest

from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.permissions import PermissionMissing, Role
from coalition.domain.people.applications import (
    ApplicationEnded,
    ApplicationNotFound,
    ApplicationThere,
    Ending,
    NotAboutJoining,
    Plan,
    Stage,
    StageMoved,
)
from coalition.domain.people.inquiries import InquiryClosed, InquiryState, Topic
from coalition.services.people import applications, inquiries
from coalition.store.ground import audit
from coalition.store.people import inquiries as store
from tests.builders import a_person
from tests.joining import begun, own, plan, sent


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


def way(db, convener, clock, inquiry_id):
    return applications.way(db, actor=convener, inquiry_id=inquiry_id, now=clock())


def test_an_inquiry_about_joining_becomes_an_application(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    assert way(db, convener, clock, inquiry_id).stage is Stage.INQUIRY

    applications.begin(
        db, clock, actor=convener, inquiry_id=inquiry_id, plan=plan(convener), token="begin"
    )

    stands = way(db, convener, clock, inquiry_id)
    assert (stands.stage, stands.application.owner) == (Stage.CONVERSATION, "Casey Convener")
    [step] = stands.history
    assert (step.moved_by, step.at, step.step.next_step) == (
        "Casey Convener",
        clock(),
        "We call you",
    )
    kept = inquiries.read(db, actor=convener, inquiry_id=inquiry_id, now=clock()).queued.inquiry
    assert (kept.state, kept.assigned_to) == (InquiryState.ASSIGNED, convener.account_id)


def test_the_applicant_reads_stage_next_step_and_day_but_no_name(db, clock, convener):
    inquiry_id, receipt = sent(db, clock)
    assert own(db, clock, receipt).joining.stage is Stage.INQUIRY
    begun(db, clock, convener, inquiry_id)

    seen = own(db, clock, receipt).joining

    assert (seen.stage, seen.next_step, seen.due_on) == (
        Stage.CONVERSATION,
        "We call you",
        date(2026, 11, 20),
    )
    assert "Casey" not in str(seen)


def test_each_move_is_kept_with_who_moved_it_when(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id)
    other = a_person(db, role=Role.CONVENER, name="Robin Convener")
    clock.move(hours=30)

    for _ in range(2):  # a double click moves once
        applications.move(
            db,
            clock,
            actor=other,
            inquiry_id=inquiry_id,
            plan=plan(convener, Stage.APPLICATION, "You send your form"),
            seen=1,
            token="move",
        )

    stands = way(db, convener, clock, inquiry_id)
    assert [(past.step.stage, past.moved_by) for past in stands.history] == [
        (Stage.CONVERSATION, "Casey Convener"),
        (Stage.APPLICATION, "Robin Convener"),
    ]
    assert stands.history[1].at == clock()


def test_two_conveners_do_not_move_it_past_each_other(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id)
    given = {"actor": convener, "inquiry_id": inquiry_id, "plan": plan(convener), "seen": 1}
    applications.move(db, clock, token="first", **given)

    with pytest.raises(StageMoved):
        applications.move(db, clock, token="second", **given)

    assert len(way(db, convener, clock, inquiry_id).history) == 2


@pytest.mark.parametrize(
    "faulty",
    [
        {"stage": None},
        {"stage": Stage.INQUIRY},
        {"stage": Stage.ONBOARDING},
        {"owner_id": None},
        {"next_step": " "},
        {"next_step": "x" * 201},
        {"due_on": None},
        {"due_on": date(2026, 10, 30)},  # at the table it is 1 November
    ],
)
def test_a_plan_with_a_gap_begins_nothing(db, clock, convener, faulty):
    inquiry_id, _ = sent(db, clock)
    given = {"actor": convener, "inquiry_id": inquiry_id, "token": "begin"}
    full = plan(convener)
    fields = {name: getattr(full, name) for name in ("stage", "owner_id", "next_step", "due_on")}

    with pytest.raises(Invalid):
        applications.begin(db, clock, plan=Plan(**fields | faulty), **given)

    assert way(db, convener, clock, inquiry_id).application is None


def test_only_a_convener_sees_to_a_step(db, clock, convener):
    inquiry_id, _ = sent(db, clock)

    with pytest.raises(PermissionMissing):
        begun(db, clock, convener, inquiry_id, owner=a_person(db))


def test_only_an_open_inquiry_about_joining_becomes_an_application_and_only_once(
    db, clock, convener
):
    press, _ = sent(db, clock, topic=Topic.PRESS, email="press@paper.example")
    with pytest.raises(NotAboutJoining):
        begun(db, clock, convener, press)
    assert way(db, convener, clock, press) is None
    inquiry_id, _ = sent(db, clock)
    with pytest.raises(ApplicationNotFound):
        applications.move(
            db,
            clock,
            actor=convener,
            inquiry_id=inquiry_id,
            plan=plan(convener),
            seen=0,
            token="m",
        )
    begun(db, clock, convener, inquiry_id)
    with pytest.raises(ApplicationThere):
        begun(db, clock, convener, inquiry_id, token="again")
    closed, _ = sent(db, clock, email="kim@lakes.example")
    inquiries.set_state(
        db, clock, actor=convener, inquiry_id=closed, state=InquiryState.CLOSED, token="close"
    )
    with pytest.raises(InquiryClosed):
        begun(db, clock, convener, closed)


def test_the_trail_tells_of_each_move_without_a_word_of_it(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id)

    with db.reading() as conn:
        [last, *_] = audit.trail(conn)

    assert (last.action, last.subject) == ("application.begun", f"inquiry:{inquiry_id}")
    assert "call" not in json.dumps(dict(last.detail))


def test_erasing_an_inquiry_blanks_its_application_and_ends_it(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id)

    with db.writing() as conn:
        store.erase(conn, inquiry_id, clock())

    stands = way(db, convener, clock, inquiry_id)
    assert stands.application.ending is Ending.LAPSED
    assert [past.step.next_step for past in stands.history] == [""]
    with pytest.raises(ApplicationEnded):
        applications.move(
            db,
            clock,
            actor=convener,
            inquiry_id=inquiry_id,
            plan=plan(convener),
            seen=1,
            token="m",
        )
