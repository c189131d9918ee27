"""How old objections are and what became of them, from plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from coalition.domain.deliberation.objections import Objection, ObjectionWords, Severity, State
from coalition.domain.deliberation.passages import Field, Passage
from coalition.domain.deliberation.stances import Stance
from coalition.domain.insight import ageing

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def an_objection(number=1, *, state=State.OPEN, age=5, changed=2, proposal=1, who=1, owner=None):
    return Objection(
        id=number,
        proposal_id=proposal,
        version_id=1,
        version=1,
        round_id=None,
        organisation_id=who,
        organisation=f"Organisation {who}",
        severity=Severity.MUST,
        passage=Passage(Field.BODY, 0, ""),
        words=ObjectionWords("Why."),
        ballot=False,
        raised_at=NOW - timedelta(days=age),
        state=state,
        owner_id=owner,
        owner="",
        met_version=None,
        named=False,
        changed_at=NOW - timedelta(days=changed),
    )


@pytest.mark.parametrize(
    ("state", "days"),
    [
        (State.OPEN, 5),
        (State.ANSWERED, 5),
        (State.WITHDRAWN, 3),
        (State.MET, 3),
        (State.UPHELD, 3),
        (State.OVERRIDDEN, 3),
    ],
)
def test_days_stop_when_it_is_resolved_and_not_when_it_is_answered(state, days):
    assert ageing.days(an_objection(state=state), NOW) == days


def test_a_day_counts_once_it_is_whole_and_never_below_nought():
    almost = an_objection(age=1)
    assert ageing.days(almost, NOW - timedelta(seconds=1)) == 0
    assert ageing.days(almost, NOW - timedelta(days=9)) == 0


def test_those_that_wait_stand_first_and_of_each_the_oldest():
    these = [
        an_objection(1, state=State.MET, age=9),
        an_objection(2, age=1),
        an_objection(3, state=State.ANSWERED, age=4),
        an_objection(4, state=State.WITHDRAWN, age=20),
    ]
    assert [one.id for one in ageing.ordered(these)] == [3, 2, 4, 1]


def test_an_objector_with_something_still_waiting_is_not_counted_as_resolved():
    these = [
        an_objection(1, state=State.MET, who=1),
        an_objection(2, state=State.MET, who=2),
        an_objection(3, who=2, owner=7),
        an_objection(4, who=3),
    ]
    said = {(1, 1): Stance.SUPPORT, (1, 2): Stance.SUPPORT}
    assert ageing.summed(these, said, [1]) == ageing.Sum(
        all=4, unresolved=2, unowned=1, parties=1, supporting=1
    )


def test_two_objections_of_one_organisation_to_one_proposal_are_one_objector():
    these = [an_objection(n, state=State.WITHDRAWN) for n in (1, 2)]
    these.append(an_objection(3, state=State.WITHDRAWN, proposal=2))
    found = ageing.summed(these, {(1, 1): Stance.SUPPORT_WITH_RESERVATIONS}, [1, 2])
    assert (found.parties, found.supporting) == (2, 1)


def test_where_stances_are_hidden_nobody_is_counted():
    these = [an_objection(state=State.MET)]
    assert ageing.summed(these, {(1, 1): Stance.SUPPORT}, []).parties == 0


def test_of_none_all_is_nought():
    assert ageing.summed([], {}, []) == ageing.Sum(0, 0, 0, 0, 0)
