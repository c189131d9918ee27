"""How OpenSlides behaves, held against our own table.

Its delegation table lets a vote go to somebody else. Ours, on purpose, has no delegation between
organisations: an organisation has one seat with a primary delegate and ordered alternates, whoever
holds it at that moment acts for it, and the history says in which capacity. Each row of that table
is a test here. Presence at a meeting is nothing that we know of: a round is open for days.
"""

from dataclasses import replace

import pytest

from coalition.domain.deliberation.ballots import NotOnTheRoll, SeatMissing, SomebodyAnswered
from coalition.domain.deliberation.proposals import ProposalFixed
from coalition.domain.ground.permissions import Capacity
from coalition.services.deliberation import proposals, standings
from coalition.services.deliberation.chronicle import chronicle
from coalition.services.people import seats
from tests import builders
from tests.conftest import NOW
from tests.deliberating import count_of, standing, voted


@pytest.fixture
def laid(db):
    return builders.a_table(db)


@pytest.fixture
def primary(laid):
    return laid[1][0]


@pytest.fixture
def alternate(db, primary):
    """Somebody who stands in for the first delegate, and votes for nobody else."""
    return builders.a_delegate(db, organisation_id=primary.seat.organisation_id, rank=1)


@pytest.fixture
def this(db, clock, laid):
    return builders.a_round(db, clock, laid[0], rule=builders.QUICK)


class TestDelegationTable:
    """OpenSlides: who may vote for whom (TestVoteDelegationAndGroup)."""

    @pytest.mark.parametrize("has_alternate", [True, False])
    def test_for_oneself_with_delegation_on_or_off(
        self, db, clock, primary, this, has_alternate, request
    ):
        """Counted either way; ours: with an alternate or without."""
        if has_alternate:
            request.getfixturevalue("alternate")
        builders.a_ballot(db, clock, primary, this, "support")
        assert standing(db, this, primary).capacity is Capacity.PRIMARY

    def test_not_in_an_entitled_group_is_refused(self, db, clock, this):
        """Ours: an organisation that is not on the roll."""
        with pytest.raises(NotOnTheRoll):
            builders.a_ballot(db, clock, builders.a_delegate(db), this, "support")

    def test_for_another_without_delegation_is_refused(self, db, clock, laid, this):
        """Ours: no form names an organisation; a seat that is only claimed is none."""
        primary, other, _ = laid[1]
        with pytest.raises(SeatMissing):
            builders.a_ballot(
                db, clock, replace(builders.a_person(db), seat=primary.seat), this, "support"
            )
        builders.a_ballot(db, clock, replace(other, seat=primary.seat), this, "support")
        assert standing(db, this, primary) is None, "it counted for their own organisation"
        assert standing(db, this, other).stance == "support"

    def test_with_delegation_it_counts_for_the_principal(self, db, clock, primary, alternate, this):
        """Though the delegate is not entitled; ours: an alternate has no vote of their own."""
        builders.a_ballot(db, clock, alternate, this, "support")
        stood = standing(db, this, primary)
        assert (stood.stance, stood.capacity) == ("support", Capacity.ALTERNATE)
        assert count_of(db, this).confirmed == 1

    def test_principal_not_entitled_is_refused(self, db, clock, this):
        """Ours: an alternate of an organisation that is not on the roll."""
        outside = builders.an_organisation(db)
        stand_in = builders.a_delegate(db, organisation_id=outside, rank=1)
        with pytest.raises(NotOnTheRoll):
            builders.a_ballot(db, clock, stand_in, this, "support")

    def test_feature_off_is_refused(self, db, clock, laid, alternate, this):
        """Ours: the alternate's time in the seat has ended."""
        holdings = seats.seat_holders(
            db, actor=laid[0], organisation_id=alternate.seat.organisation_id, now=clock()
        ).holdings
        seats.end_seat(db, clock, actor=laid[0], seat_id=holdings[-1].id, token="end")
        with pytest.raises(SeatMissing):
            builders.a_ballot(db, clock, alternate, this, "support")

    def test_a_delegator_may_vote_all_the_same(self, db, clock, primary, alternate, this):
        """Theirs is a setting; ours: always, replacing what the alternate said; both stay."""
        builders.a_ballot(db, clock, alternate, this, "abstain")
        with pytest.raises(SomebodyAnswered):
            builders.a_ballot(db, clock, primary, this, "support")
        voted(db, clock, primary, this, "support")
        told = chronicle(db, actor=primary, now=clock(), round_id=this.id).entries
        assert [one.ballot.stance for one in told] == ["support", "abstain"]
        assert [one.ballot.capacity for one in told] == [Capacity.PRIMARY, Capacity.ALTERNATE]
        assert count_of(db, this).confirmed == 1


def test_the_snapshot_lists_each_voter_once_with_voted_no(db, clock, laid, alternate, this):
    """OpenSlides: one in two groups, absent, with a delegate, is listed once with voted=no."""
    clock.hour = this.closes_at
    roll = standings.participation(db, actor=laid[0], now=clock(), round_id=this.id)
    names = [one.organisation for one in roll]
    assert len(names) == len(set(names)) == this.roll_size
    assert not any(one.answered for one in roll)


def test_a_motion_moves_only_to_a_neighbouring_state(db, clock, laid):
    """OpenSlides: next or previous state only. Ours: forward only; a submitted text is fixed."""
    made = builders.a_proposal(db, clock, laid[0])
    with pytest.raises(ProposalFixed):
        proposals.edit_draft(
            db, clock, actor=laid[0], proposal_id=made, revision=1, text=builders.FINISHED
        )


def test_a_submitter_moves_it_to_the_withdraw_state(db, clock, laid):
    """OpenSlides: a submitter may withdraw. Ours: the champion's people may."""
    champion = laid[1][0]
    made = builders.a_proposal(db, clock, champion)
    proposals.withdraw_proposal(db, clock, actor=champion, proposal_id=made)
    told = proposals.detail(db, actor=champion, now=clock(), proposal_id=made)
    assert told.stage == "withdrawn"


def test_number_1_is_not_used_again(db, clock, laid):
    """OpenSlides: not after a deletion. Ours: nothing is deleted; a withdrawal keeps it too."""
    first = builders.a_proposal(db, clock, laid[0])
    proposals.withdraw_proposal(db, clock, actor=laid[0], proposal_id=first)
    second = builders.a_proposal(db, clock, laid[0])
    references = [
        proposals.detail(db, actor=laid[0], now=clock(), proposal_id=one).proposal.reference
        for one in (first, second)
    ]
    assert references == [f"{NOW.year}-001", f"{NOW.year}-002"]
