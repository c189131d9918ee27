"""Measures of agreement, whatever the counts are."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coalition.domain.insight import measures
from coalition.domain.insight.measures import Group

COUNTS = st.lists(st.integers(0, 300), min_size=4, max_size=4)
SOME = COUNTS.filter(any)
GROUPS = st.lists(
    st.integers(0, 40).flatmap(lambda seen: st.integers(0, seen).map(lambda n: Group(n, seen)))
)
ANSWERS = arrays.arrays(
    np.int8, st.tuples(st.integers(0, 7), st.integers(0, 7)), elements=st.integers(0, 4)
)


@given(SOME)
def test_agreement_lies_between_two_camps_and_one_place(counts):
    assert -1 <= measures.agreement(counts) <= 1


@given(SOME, st.integers(1, 50))
def test_agreement_knows_neither_direction_nor_size(counts, factor):
    found = measures.agreement(counts)
    assert measures.agreement(counts[::-1]) == found
    assert measures.agreement([factor * n for n in counts]) == found


@given(st.integers(0, 3), st.integers(1, 10**30))
def test_one_place_alone_is_full_agreement(place, many):
    counts = [0, 0, 0, 0]
    counts[place] = many
    assert measures.agreement(counts) == 1


@given(st.integers(1, 10**30))
def test_all_places_alike_is_none(many):
    assert measures.agreement([many] * 4) == 0


@given(COUNTS)
def test_rice_and_hnr_are_shares_where_they_are_defined(counts):
    no, _, *yes = counts
    assert (measures.rice(counts) is None) == (no + sum(yes) == 0)
    assert (measures.hnr(counts) is None) == (sum(counts) == 0)
    assert 0 <= (measures.rice(counts) or Fraction(0)) <= 1
    assert 0 <= (measures.hnr(counts) or Fraction(0)) <= 1


@given(GROUPS, st.integers(0, 40))
def test_one_more_group_never_raises_what_groups_share(groups, seen):
    found = measures.group_aware_consensus(groups)
    assert 0 < found <= 1
    assert measures.group_aware_consensus([*groups, Group(seen, seen)]) < found


@given(GROUPS.filter(bool))
def test_no_group_supports_less_than_the_weakest(groups):
    weakest = groups[measures.weakest(groups)].share
    assert all(weakest <= one.share for one in groups)


@given(ANSWERS)
def test_similar_puts_every_row_in_one_place(answers):
    assert sorted(measures.similar(answers)) == list(range(len(answers)))


@given(ANSWERS)
def test_alignment_is_mutual_and_full_with_oneself(answers):
    alike, joint = measures.alignment(answers)
    assert np.array_equal(alike, alike.T, equal_nan=True)
    assert np.array_equal(joint, joint.T)
    assert all(one == 1 for one in np.diag(alike)[np.diag(joint) > 0])
    assert np.array_equal(np.isnan(alike), joint == 0)
