"""A meeting for members changes nothing that the public is sent: no screen, file or calendar."""

from datetime import time

import pytest

from coalition.domain.ground.permissions import Role
from coalition.press import calendar
from coalition.services.notices import calendars
from coalition.ui.screens import SCREENS
from tests import builders, deciding
from tests.attacks.test_hidden_canary import sent
from tests.convening import called, cancelled, changed

pytestmark = pytest.mark.usefixtures("same_tokens")
WORDS = {
    "title": "Xylophone", "place": "Xylophone hall", "about": "Xylophones for all",
    "link": "https://xylophone.example/join",
}  # fmt: skip


def public(visit, db, clock, files):
    """Return all that a stranger is sent, by where."""
    seen = {
        screen.key: sent(visit(screen.key), files) for screen in SCREENS if screen.may_open(None)
    }
    seen["no meeting"] = sent(visit("calendar", id=2), files)
    for language in ("en", "es"):
        found = calendars.public(db, now=clock(), url="https://t.example", language=language)
        seen[language] = calendar.write(found).decode()
    return seen


def test_the_public_cannot_tell_whether_members_meet(visit, db, clock, files):
    made = deciding.a_decision(db, clock)
    deciding.an_outcome(db, clock, made.convener, made.round, on=clock().date().replace(month=12))
    called(db, clock, made.convener, public=True)
    before = public(visit, db, clock, files)
    assert "Questions before the vote" in before["calendar"]
    assert "Questions before the vote" in before["en"]

    number = called(db, clock, made.convener, **WORDS)
    told = [public(visit, db, clock, files)]
    changed(db, clock, made.convener, number, **WORDS, hour=time(9))
    told.append(public(visit, db, clock, files))
    cancelled(db, clock, made.convener, number, "Xylophones are out of tune.")
    told.append(public(visit, db, clock, files))
    assert [[where for where in one if one[where] != before[where]] for one in told] == [[]] * 3


def test_members_are_told_of_it(visit, db, clock, files):
    called(db, clock, builders.a_person(db, role=Role.CONVENER), **WORDS)
    seen = sent(visit("calendar", as_=builders.a_person(db)), files)
    assert "Xylophone hall" in seen
    assert "https://xylophone.example/join" in seen, "in the file"
