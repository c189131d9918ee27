"""Pairs: exact numbers, every equal at either end, and nothing told of few joint rounds."""

from fractions import Fraction

import numpy as np

from coalition.domain.insight.pairs import Pairs


def places(*rows):
    return np.array(rows, dtype=np.int8)


def test_a_pair_has_the_exact_mean_over_its_joint_rounds():
    (pair,) = Pairs(places([4, 4, 1, 0, 2], [3, 4, 4, 4, 0]))
    assert (pair.alike, pair.joint, pair.is_told) == (Fraction(5, 9), 3, False)


def test_without_a_joint_round_there_is_no_number():
    (pair,) = Pairs(places([4, 0], [0, 4]))
    assert (pair.alike, pair.joint) == (None, 0)


def test_all_that_are_equal_stand_at_the_end():
    found = Pairs(places([4] * 5, [4] * 5, [1] * 5, [4] * 4 + [0]))
    most, least = found.most_alike(), found.least_alike()
    assert (most.pair.first, most.pair.second, most.n) == (0, 1, 1)
    assert (least.pair.first, least.pair.second, least.n) == (0, 2, 2)


def test_of_nobody_or_one_organisation_there_is_no_pair():
    for found in (Pairs(np.zeros((0, 0), np.int8)), Pairs(places([4, 3]))):
        assert (tuple(found), found.most_alike(), found.least_alike()) == ((), None, None)


def test_a_page_holds_each_of_its_pairs_once():
    found = Pairs(places(*([4] * 5 for _ in range(5))))
    assert [(one.first, one.second) for one in found.between(range(2), range(2))] == [(0, 1)]
    across = [(one.first, one.second) for one in found.between(range(2, 4), range(4, 8))]
    assert across == [(2, 4), (3, 4)]
    assert len(found) == len(tuple(found)) == 10
