"""Meetings for tests: called, changed and cancelled in one line."""

from dataclasses import replace
from datetime import date, time
from itertools import count

from coalition.domain.notices.meetings import MeetingForm
from coalition.services.notices import meetings
from coalition.store.notices import meetings as store

_number = count(1)
FORM = MeetingForm(
    title="Questions before the vote",
    day=date(2026, 11, 20),
    hour=time(14, 30),
    minutes=90,
    place="Maple Hall",
    link="https://meet.example.org/vote",
    about="Bring one question.",
    public=False,
)


def a_form(**said):
    """Return what a convener fills in, with changes."""
    return replace(FORM, **said)


def called(db, clock, convener, *, token="", **said):
    """Let a convener call a meeting; return its number."""
    token = token or f"call {next(_number)}"
    return meetings.call_meeting(db, clock, actor=convener, form=a_form(**said), token=token)


def changed(db, clock, convener, number, *, seen=None, token="", **said):
    """Let a convener change a meeting from what they see now, or saw at a sequence."""
    seen = kept(db, number).sequence if seen is None else seen
    meetings.change_meeting(
        db, clock, actor=convener, meeting_id=number, seen=seen, form=a_form(**said),
        token=token or f"change {next(_number)}",
    )  # fmt: skip


def cancelled(db, clock, convener, number, reason="The hall is closed."):
    """Let a convener cancel a meeting."""
    meetings.cancel_meeting(db, clock, actor=convener, meeting_id=number, reason=reason)


def kept(db, number):
    """Return a meeting as it is kept."""
    with db.reading() as conn:
        return store.get(conn, number)


def every_deed(db, clock, convener):
    """Return how each deed is done so that it would succeed."""
    first, second = called(db, clock, convener), called(db, clock, convener, title="Another")
    return {
        "notices.meetings.call_meeting": {
            "actor": convener, "form": a_form(about="A note"), "token": "called",
        },
        "notices.meetings.change_meeting": {
            "actor": convener, "meeting_id": first, "seen": 0, "form": a_form(place="A note"),
            "token": "changed",
        },
        "notices.meetings.cancel_meeting": {
            "actor": convener, "meeting_id": second, "reason": "A note",
        },
    }  # fmt: skip
