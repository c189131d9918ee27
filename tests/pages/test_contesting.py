"""Saying on the proposal's page that a change marked editorial changes what is asked."""

from datetime import timedelta

import pytest

from coalition.domain.deliberation.rules import Rule
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from tests.builders import a_ballot, a_person, a_round, a_table
from tests.deliberating import EDITORIAL, now_of, revised, texts
from tests.pages.screen import press

SENT_BACK = Rule.from_json({"min_support": 1, "recirculate_once": True})
OFFER = "It changes what is asked"


@pytest.fixture
def table(db, clock):
    convener, delegates = a_table(db)
    this = a_round(db, clock, convener, rule=SENT_BACK, days=5)
    a_ballot(db, clock, delegates[0], this, "support")
    a_ballot(db, clock, delegates[1], this, "object")
    return convener, delegates, this


def opened(visit, person, this):
    """Return the text of the proposal as a person sees it, and whether contesting is offered."""
    app = visit("proposal", as_=person, id=this.proposal_id, view="text")
    return app, OFFER in [button.label for button in app.button]


@pytest.mark.parametrize("between", [False, True])
def test_a_delegate_contests_while_the_round_runs_and_between_two(visit, db, clock, table, between):
    convener, delegates, this = table
    if between:
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)
    made = revised(db, clock, convener, this, EDITORIAL)
    app, offered = opened(visit, delegates[2], this)
    assert offered
    [reason] = [area for area in app.text_area if area.key.startswith("why-")]
    reason.set_value("It moves the year.")
    press(app, OFFER)
    assert not opened(visit, delegates[2], this)[1]
    assert (now_of(db, this).substantive_version_id == made.id) is not between


def test_nobody_is_offered_to_once_the_hours_have_passed(visit, db, clock, table):
    convener, delegates, this = table
    revised(db, clock, convener, this, EDITORIAL)
    clock.hour += timedelta(hours=48)
    assert not opened(visit, delegates[2], this)[1]
    assert len(texts(db, this)) == 2


def test_conveners_and_observers_contest_nothing(visit, db, clock, table):
    convener, _, this = table
    revised(db, clock, convener, this, EDITORIAL)
    for person in (convener, a_person(db, role=Role.OBSERVER)):
        assert not opened(visit, person, this)[1]
