"""Measures of agreement meet the values published for them, exactly."""

from fractions import Fraction

import numpy as np
import pytest

from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.insight import measures
from coalition.domain.insight.measures import Accord, Group


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ([0, 0, 10, 10], Fraction(2, 3)),
        ([1, 0, 0, 19], Fraction(4, 5)),
        ([3, 0, 0, 17], Fraction(2, 5)),
        ([10, 0, 0, 10], Fraction(-1)),
        ([5, 5, 5, 5], Fraction(0)),
        ([0, 7, 0, 0], Fraction(1)),
    ],
)
def test_agreement_is_what_was_published(counts, published):
    assert measures.agreement(counts) == published


def test_nobody_on_the_scale_has_no_agreement_and_no_index():
    nobody = [0, 0, 0, 0]
    assert measures.agreement(nobody) is None
    assert measures.rice(nobody) is None
    assert measures.hnr(nobody) is None
    assert measures.rice([0, 4, 0, 0]) is None, "standing aside votes neither way"


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([1, 0, 0, 9], Accord.TOGETHER),  # 0.6, on the line
        ([11, 0, 0, 89], Accord.MIXED),
        ([1, 0, 0, 4], Accord.MIXED),  # 0.2, on the line
        ([21, 0, 0, 79], Accord.SPLIT),
        ([0, 0, 0, 4], None),  # too few
        ([0, 0, 0, 5], Accord.TOGETHER),
    ],
)
def test_one_word_says_it_exactly_on_its_lines(counts, word):
    assert measures.accord(counts) is word


def test_rice_and_hix_noury_roland():
    assert measures.rice([2, 1, 0, 3]) == Fraction(1, 5)
    assert measures.hnr([2, 1, 0, 3]) == Fraction(1, 4)
    assert measures.hnr([1, 1, 1, 0]) == 0
    assert measures.hnr([0, 0, 2, 3]) == 1


def test_bounds_let_those_still_out_object_or_support():
    tally = Tally.of({Stance.SUPPORT: 3, Stance.OBJECT: 1, Stance.ABSTAIN: 1}, eligible=7)
    found = measures.bounds(tally)
    assert (found.now, found.worst, found.best) == (
        Fraction(3, 4),
        Fraction(3, 6),
        Fraction(5, 6),
    )
    silent = measures.bounds(Tally.of({Stance.RECUSED: 2}, eligible=2))
    assert (silent.now, silent.worst, silent.best) == (None, None, None)


def test_a_group_that_never_spoke_stands_at_a_half_and_the_product_falls():
    groups = [Group(9, 9), Group(0, 0), Group(1, 4)]
    assert [one.share for one in groups] == [Fraction(10, 11), Fraction(1, 2), Fraction(1, 3)]
    assert measures.group_aware_consensus(groups) == Fraction(10, 66)
    assert measures.group_aware_consensus([]) == 1
    assert measures.weakest(groups) == 2
    assert measures.weakest([]) is None
    assert measures.weakest([Group(1, 4), Group(1, 4)]) == 0


def test_alignment_is_the_mean_nearness_on_the_rounds_both_answered():
    places = np.array([[4, 4, 1, 0], [4, 1, 1, 2], [1, 0, 0, 0]], dtype=np.int8)
    found, joint = measures.alignment(places)
    assert joint.tolist() == [[3, 3, 1], [3, 4, 1], [1, 1, 1]]
    assert found[0, 1] == pytest.approx(2 / 3)
    assert found[0, 2] == 0
    apart, none = measures.alignment(np.array([[4, 0], [0, 4]], dtype=np.int8))
    assert none[0, 1] == 0
    assert np.isnan(apart[0, 1])


def test_the_likest_stand_side_by_side_from_the_one_that_supports_most():
    answers = np.array([[1, 1, 1], [4, 4, 4], [1, 1, 4], [4, 4, 1]], dtype=np.int8)
    assert measures.similar(answers) == [1, 3, 0, 2]
    assert measures.similar(np.zeros((0, 0), dtype=np.int8)) == []


def test_only_the_scale_enters_in_its_order():
    counts = {
        Stance.SUPPORT: 4,
        Stance.OBJECT: 1,
        Stance.ABSTAIN: 9,
        Stance.RECUSED: 9,
        Stance.STAND_ASIDE: 2,
    }
    assert measures.on_scale(counts) == (1, 2, 0, 4)


def test_a_stance_has_its_place_and_what_is_off_the_scale_has_none():
    assert [measures.place(one) for one in measures.SCALE] == [1, 2, 3, 4]
    assert [measures.place(one) for one in (Stance.ABSTAIN, Stance.RECUSED, None)] == [0, 0, 0]


def test_alignment_is_what_a_slow_sum_makes_of_it():
    rows = [[4, 4, 3, 0, 1, 2], [4, 3, 3, 1, 0, 2], [1, 1, 2, 4, 4, 0], [0] * 6, [1, 0, 0, 0, 0, 0]]
    alike, joint = measures.alignment(np.array(rows, dtype=np.int8))
    for i, one in enumerate(rows):
        for j, other in enumerate(rows):
            both = [(x, y) for x, y in zip(one, other, strict=True) if x and y]
            assert joint[i, j] == len(both)
            if both:
                slow = sum(1 - abs(x - y) / 3 for x, y in both) / len(both)
                assert alike[i, j] == pytest.approx(slow)
            else:
                assert np.isnan(alike[i, j])
