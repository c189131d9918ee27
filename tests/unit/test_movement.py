"""Which way an organisation moved, from what it entered alone."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from coalition.domain.deliberation.stances import Stance
from coalition.domain.insight.measures import SCALE
from coalition.domain.insight.movement import Entry, Move, across_rounds, across_versions

AT = datetime(2026, 11, 1, tzinfo=UTC)
SUPPORT, OBJECT = Stance.SUPPORT, Stance.OBJECT
ABSTAIN, RECUSED = Stance.ABSTAIN, Stance.RECUSED


def chain(*told):
    """Return entries from (version, stance) pairs, an hour apart."""
    return [
        Entry(version, stance, AT + timedelta(hours=place))
        for place, (version, stance) in enumerate(told)
    ]


@pytest.mark.parametrize(("before", "after"), list(product(SCALE, SCALE)))
def test_up_the_scale_is_better_and_down_is_worse(before, after):
    was, now = SCALE.index(before), SCALE.index(after)
    way = Move.IMPROVED if now > was else Move.WORSENED if now < was else Move.SAME
    assert across_versions(chain((1, before), (2, after)), 2).move is way
    assert across_rounds(chain((1, before)), chain((2, after))).move is way


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (SUPPORT, ABSTAIN, Move.LEFT),
        (OBJECT, RECUSED, Move.LEFT),
        (SUPPORT, None, Move.LEFT),
        (ABSTAIN, SUPPORT, Move.JOINED),
        (RECUSED, OBJECT, Move.JOINED),
        (ABSTAIN, RECUSED, Move.BESIDE),
        (ABSTAIN, None, Move.BESIDE),
        (ABSTAIN, ABSTAIN, Move.SAME),
    ],
)
def test_without_a_place_on_one_side_it_leaves_joins_or_stays_beside_the_scale(before, after, way):
    assert across_versions(chain((1, before), (2, after)), 2).move is way


def test_an_answer_on_an_earlier_text_stands_unconfirmed():
    change = across_versions(chain((1, OBJECT), (2, SUPPORT)), 3)
    assert (change.before, change.after, change.move) == (SUPPORT, SUPPORT, Move.UNCONFIRMED)
    assert change.at is None


def test_who_said_something_in_the_round_before_and_nothing_since_has_not_confirmed():
    change = across_rounds(chain((1, SUPPORT)), chain((2, SUPPORT), (2, None)))
    assert (change.before, change.after, change.move) == (SUPPORT, None, Move.UNCONFIRMED)


@pytest.mark.parametrize("told", [[], [(1, RECUSED)], [(1, SUPPORT), (1, None)]])
def test_who_had_nothing_to_confirm_is_left_out(told):
    assert across_versions(chain(*told), 2) is None
    assert across_rounds(chain(*told), []) is None


def test_a_first_answer_on_the_new_text_joins_the_scale():
    assert across_versions(chain((2, SUPPORT)), 2).move is Move.JOINED
    assert across_versions(chain((2, None)), 2) is None
    assert across_rounds([], chain((2, OBJECT))).move is Move.JOINED
