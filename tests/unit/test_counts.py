import pytest

from coalition.domain.deliberation.counts import Count, Group, counts, is_carried
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import COUNTS, MISSING, Terms
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import MalformedCase
from tests.unit.test_versions import a_round

GIVEN = Count(
    (
        Group(Stance.SUPPORT, carried=False, recorded=False, n=4),
        Group(Stance.SUPPORT, carried=True, recorded=False, n=3),
        Group(Stance.ABSTAIN, carried=False, recorded=True, n=2),
        Group(Stance.OBJECT, carried=True, recorded=True, n=1, without_reason=1),
        Group(Stance.RECUSED, carried=False, recorded=False, n=1),
    )
)


@pytest.mark.parametrize(
    ("unconfirmed", "recorded", "support", "abstain", "objections", "returned"),
    [
        (COUNTS, COUNTS, 7, 2, 1, 11),
        (MISSING, COUNTS, 4, 2, 0, 7),
        (COUNTS, MISSING, 7, 0, 0, 8),
        (MISSING, MISSING, 4, 0, 0, 5),
    ],
)
def test_the_terms_say_what_reaches_the_engine(
    unconfirmed, recorded, support, abstain, objections, returned
):
    tally = GIVEN.tally(Terms(unconfirmed, recorded), eligible=20)

    assert tally.counts[Stance.SUPPORT] == support
    assert tally.counts[Stance.ABSTAIN] == abstain
    assert tally.counts[Stance.OBJECT] == tally.objections_without_reason == objections
    assert (tally.returned, tally.missing) == (returned, 20 - returned)
    assert tally.counts[Stance.RECUSED] == 1


def test_confirmed_carried_and_recorded_are_told_apart():
    assert (GIVEN.confirmed, GIVEN.carried, GIVEN.recorded) == (5, 4, 3)


@pytest.mark.parametrize("carried", [False, True])
@pytest.mark.parametrize("recorded", [False, True])
def test_what_is_both_carried_and_recorded_needs_both_terms(carried, recorded):
    for terms in (Terms(a, b) for a in (COUNTS, MISSING) for b in (COUNTS, MISSING)):
        wanted = [terms.unconfirmed] * carried + [terms.recorded] * recorded
        assert counts(terms, carried=carried, recorded=recorded) == (MISSING not in wanted)


@pytest.mark.parametrize("stance", [*Stance, None])
def test_a_ballot_before_the_latest_substantive_text_is_carried_unless_it_recuses(stance):
    this = a_round(substantive=VersionId(5))

    assert is_carried(this, VersionId(4), stance) is (stance is not Stance.RECUSED)
    assert not is_carried(this, VersionId(5), stance)
    assert not is_carried(this, VersionId(6), stance)


def test_more_ballots_than_a_roll_holds_is_no_tally():
    with pytest.raises(MalformedCase):
        GIVEN.tally(Terms(), eligible=10)
