"""Pairs: exact numbers, every equal at either end, and nothing told of few joint rounds."""

from fractions import Fraction

import numpy as np

from coalition.domain.insight.pairs import least_alike, most_alike, pairs


def places(*rows):
    return np.array(rows, dtype=np.int8)


def test_a_pair_has_the_exact_mean_over_its_joint_rounds():
    (pair,) = pairs(places([4, 4, 1, 0, 2], [3, 4, 4, 4, 0]))
    assert (pair.alike, pair.joint, pair.is_told) == (Fraction(5, 9), 3, False)


def test_without_a_joint_round_there_is_no_number():
    (pair,) = pairs(places([4, 0], [0, 4]))
    assert (pair.alike, pair.joint) == (None, 0)


def test_all_that_are_equal_stand_at_the_end():
    found = pairs(places([4] * 5, [4] * 5, [1] * 5, [4] * 4 + [0]))
    assert [(one.first, one.second) for one in most_alike(found)] == [(0, 1)]
    assert [(one.first, one.second) for one in least_alike(found)] == [(0, 2), (1, 2)]


def test_of_nobody_or_one_organisation_there_is_no_pair():
    for found in (pairs(np.zeros((0, 0), np.int8)), pairs(places([4, 3]))):
        assert (found, most_alike(found), least_alike(found)) == ((), (), ())
