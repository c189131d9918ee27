"""How rfcbot's last call and adhocracy's phases behave, held against our own.

rfcbot has no tests of its own for this; these prove ours through the engine.
"""

from datetime import timedelta

import pytest

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.decisions import Outcome, decide
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.services.table.desk import desk
from coalition.services.table.today import Waits, today
from tests import builders
from tests.services.test_today import a_titled_round, titles

LAST_CALL = presets.get("last_call").rule
ENOUGH = ((3, 2), (4, 3), (5, 3), (6, 4), (10, 8), (20, 18))  # on the roll, approvals needed


def outcome(roll, approvals, concerns=0):
    tally = Tally.of({Stance.SUPPORT: approvals}, eligible=roll)
    return decide(LAST_CALL, Case(tally, open_concerns=concerns, hours_open=240)).outcome


@pytest.mark.parametrize(("roll", "needed"), ENOUGH)
def test_last_call_needs_more_approvals_than_missing_and_fewer_than_three_missing(roll, needed):
    """rfcbot: of 3 it takes 2, of 4 3, of 5 3, of 6 4, of 10 8, of 20 18."""
    fewest = next(n for n in range(roll + 1) if outcome(roll, n) is Outcome.ADOPTED)
    assert fewest == needed
    assert outcome(roll, needed - 1) is Outcome.PENDING


@pytest.mark.parametrize(("roll", "needed"), ENOUGH)
def test_last_call_waits_while_a_concern_is_open(roll, needed):
    """rfcbot: it starts only with no open concern."""
    assert outcome(roll, roll, concerns=1) is Outcome.PENDING
    assert outcome(roll, needed, concerns=1) is Outcome.PENDING


def test_ends_within_24_hours_lists_only_active_phases(db, clock):
    """adhocracy4: active phases that end in that window. Ours: the desk, and within 72 hours."""
    convener, _ = builders.a_table(db)
    for title, days in (("Closing", 3), ("Later", 3.1)):
        a_titled_round(db, clock, convener, title, rule=builders.QUICK, days=days)
    a_titled_round(
        db, clock, convener, "Not begun", rule=builders.QUICK, days=2,
        opens_at=clock() + timedelta(days=1),
    )  # fmt: skip
    told = desk(db, actor=convener, now=clock()).closing
    assert [line.proposal.text.title for line in told.lines] == ["Closing"]
    clock.move(days=3)
    told = desk(db, actor=convener, now=clock()).closing
    assert [line.proposal.text.title for line in told.lines] == ["Later"]


def test_drafts_send_no_start_mail(db, clock):
    """adhocracy4: no start mail for drafts. Ours: a draft waits on nobody's Today but its own."""
    convener, (drafter, other, *_) = builders.a_table(db)
    builders.a_proposal(db, clock, drafter, submitted=False, title="A draft")
    assert today(db, actor=other, now=clock()).waiting == ()
    [task] = today(db, actor=drafter, now=clock()).waiting
    assert task.waits_for is not Waits.STANCE

    a_titled_round(
        db, clock, convener, "Begins tomorrow", opens_at=clock() + timedelta(days=1), days=20
    )
    assert titles(today(db, actor=other, now=clock()).waiting) == []
    clock.move(days=1)
    assert titles(today(db, actor=other, now=clock()).waiting) == ["Begins tomorrow"]
