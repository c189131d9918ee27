"""The rules of what follows a decision, exactly on their lines and one off them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.effect.dissents import (
    DissentKind,
    NothingAdopted,
    NothingDecided,
    require_open_to,
)
from coalition.domain.effect.outcomes import today

FINAL = {Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.BLOCKED}


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_a_statement_needs_a_final_outcome(outcome):
    if outcome in FINAL:
        require_open_to(DissentKind.MINORITY_STATEMENT, outcome)
    else:
        with pytest.raises(NothingDecided):
            require_open_to(DissentKind.MINORITY_STATEMENT, outcome)


@pytest.mark.parametrize("outcome", sorted(FINAL - {Outcome.ADOPTED}))
def test_a_dissociation_needs_an_adopted_one(outcome):
    require_open_to(DissentKind.DISSOCIATION, Outcome.ADOPTED)
    with pytest.raises(NothingAdopted):
        require_open_to(DissentKind.DISSOCIATION, outcome)


@pytest.mark.parametrize(
    ("zone", "day"), [("America/New_York", 31), ("UTC", 1), ("Pacific/Auckland", 1)]
)
def test_the_day_is_the_one_at_the_table(zone, day):
    now = datetime(2026, 11, 1, 3, 59, tzinfo=UTC)
    assert today(now, zone).day == day
    assert today(now + timedelta(minutes=1), "America/New_York") == date(2026, 11, 1)
