"""Trying a rule before it is used."""

import pytest

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.what_ifs import Trial, what_ifs

CAST = ["support", "support_with_reservations", "object"]
HALF = {"num": 1, "den": 2}
TWO_THIRDS = {"num": 2, "den": 3}
CONSENSUS = Rule.from_json(
    {
        "quorum": HALF,
        "approval": TWO_THIRDS | {"of": CAST},
        "min_support": {"num": 1, "den": 3},
        "objections_need_reasons": True,
        "over_objection": TWO_THIRDS | {"of": "roll"},
        "window_hours": 336,
    }
)
MAJORITY = Rule.from_json({"quorum": HALF, "approval": HALF | {"strict": True, "of": CAST}})


def told(rule, roll):
    return {one.trial: one for one in what_ifs(rule, roll)}


def test_the_line_runs_between_just_enough_and_one_short():
    trials = told(CONSENSUS, 18)
    enough, short = trials[Trial.JUST_ENOUGH], trials[Trial.ONE_SHORT]
    assert (enough.tally.counts[Stance.SUPPORT], enough.verdict.outcome) == (6, Outcome.ADOPTED)
    assert (short.tally.counts[Stance.SUPPORT], short.verdict.outcome) == (5, Outcome.NOT_ADOPTED)


def test_an_objection_sends_the_text_round_once_and_may_be_overruled_then():
    trials = told(CONSENSUS, 18)
    assert trials[Trial.ONE_OBJECTION].verdict.outcome is Outcome.RECIRCULATE
    assert trials[Trial.OBJECTION_AGAIN].verdict.outcome is Outcome.ADOPTED
    assert trials[Trial.CONTESTED].tally.counts[Stance.SUPPORT] == 12


def test_the_largest_tally_without_a_quorum_is_one_short_of_it():
    found = told(MAJORITY, 9)[Trial.NO_QUORUM]
    assert (found.tally.returned, found.verdict.outcome) == (4, Outcome.NO_QUORUM)


def test_a_rule_that_asks_for_nothing_says_so_when_nobody_answers():
    assert told(Rule(), 5)[Trial.SILENCE].verdict.outcome is Outcome.ADOPTED


@pytest.mark.parametrize("roll", [1, 2, 18, 200])
def test_every_rule_has_at_least_five_stories_of_possible_tallies(roll):
    for rule in (CONSENSUS, MAJORITY, Rule(max_objections=0, min_support=1)):
        stories = what_ifs(rule, roll)
        assert len(stories) >= 5
        assert all(one.tally.returned <= roll for one in stories)
