"""What a round follows and what it leads to, read off the rounds and verdicts before it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.presets import DEFAULT
from coalition.domain.deliberation.rounds import Ending, Results, Round, RoundKind, Terms
from coalition.domain.deliberation.successions import Succession, follows, suggested

AT = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = Round(
    id=1,
    proposal_id=1,
    version_id=1,
    version=1,
    kind=RoundKind.BINDING,
    preset="consensus",
    rule=None,
    terms=Terms(),
    results=Results.OPEN,
    roll_size=3,
    opens_at=AT,
    first_closes_at=AT + timedelta(days=14),
    closes_at=AT + timedelta(days=14),
    first_version_id=1,
    substantive_version_id=1,
    runs_from=AT,
)
SAME = replace(FIRST, id=2)
CHANGED = replace(SAME, substantive_version_id=2)


@pytest.mark.parametrize(
    ("this", "outcome", "how"),
    [
        (SAME, Outcome.RECIRCULATE, Succession.SECOND_ROUND),
        (CHANGED, Outcome.RECIRCULATE, Succession.NEW_TEXT),
        (CHANGED, Outcome.BLOCKED, Succession.NEW_TEXT),
        (SAME, Outcome.BLOCKED, Succession.AFTER_BLOCK),
        (SAME, Outcome.PENDING, Succession.FALLBACK),
        (SAME, Outcome.NO_QUORUM, Succession.FALLBACK),
        (CHANGED, Outcome.NO_QUORUM, Succession.FALLBACK),
        (SAME, Outcome.NOT_ADOPTED, Succession.AFTER_REFUSAL),
        (replace(SAME, kind=RoundKind.TEMPERATURE), Outcome.PENDING, None),
    ],
)
def test_a_round_says_what_it_follows(this, outcome, how):
    assert follows(this, [FIRST], {1: outcome}) is how


def test_the_first_round_follows_nothing():
    assert follows(FIRST, [], {}) is None


def test_a_call_after_a_check_or_a_cancelled_round_says_so():
    check = replace(FIRST, kind=RoundKind.TEMPERATURE)
    cancelled = replace(FIRST, ending=Ending.CANCELLED)
    assert follows(SAME, [check], {}) is Succession.AFTER_CHECK
    assert follows(SAME, [cancelled], {}) is Succession.AFTER_CANCELLATION


def test_a_second_round_stays_one_though_another_was_cancelled_between():
    cancelled = replace(SAME, ending=Ending.CANCELLED)
    this = replace(SAME, id=3)
    assert follows(this, [FIRST, cancelled], {1: Outcome.RECIRCULATE}) is Succession.SECOND_ROUND


@pytest.mark.parametrize(
    ("ended", "outcome", "wanted"),
    [
        (FIRST, Outcome.RECIRCULATE, (Succession.SECOND_ROUND, RoundKind.BINDING, "consensus")),
        (FIRST, Outcome.NO_QUORUM, (Succession.FALLBACK, RoundKind.BINDING, "consensus")),
        (FIRST, Outcome.NOT_ADOPTED, (Succession.AFTER_REFUSAL, RoundKind.TEMPERATURE, "")),
        (
            replace(FIRST, kind=RoundKind.TEMPERATURE),
            None,
            (Succession.AFTER_CHECK, RoundKind.BINDING, DEFAULT),
        ),
        (
            replace(FIRST, ending=Ending.CANCELLED),
            None,
            (Succession.AFTER_CANCELLATION, RoundKind.BINDING, "consensus"),
        ),
    ],
)
def test_an_end_suggests_the_next_round(ended, outcome, wanted):
    found = suggested(ended, outcome)
    assert (found.how, found.kind, found.preset) == wanted


@pytest.mark.parametrize("kind", [RoundKind.BINDING, RoundKind.SIGN_ON])
def test_nothing_follows_what_was_adopted_or_signed(kind):
    outcome = Outcome.ADOPTED if kind is RoundKind.BINDING else None
    assert suggested(replace(FIRST, kind=kind), outcome) is None
