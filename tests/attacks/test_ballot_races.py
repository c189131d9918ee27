"""Whoever lost the right to vote meanwhile, and clocks and threads that do not keep in step."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.deliberation.ballots import SeatMissing, SomebodyAnswered
from coalition.domain.deliberation.proposals import ProposalFixed
from coalition.domain.deliberation.rounds import RoundClosed, RoundKind
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import ballots, proposals, rounds
from coalition.services.people import accounts
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from tests import builders
from tests.conftest import SettableClock
from tests.services.test_tick import rows


@pytest.mark.parametrize("lost", ["deactivated", "observer", "erased"])
def test_who_lost_the_vote_while_the_page_stood_open_casts_nothing(db, clock, lost):
    convener, [delegate, *_] = builders.a_table(db)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    this = builders.a_round(db, clock, convener)
    if lost == "deactivated":
        accounts.deactivate(db, clock, actor=administrator, account_id=delegate.account_id)
    elif lost == "observer":
        accounts.change_role(
            db, clock, actor=administrator, account_id=delegate.account_id, role=Role.OBSERVER
        )
    else:
        forget(db, clock, who=delegate.email)
    with pytest.raises(SeatMissing):
        builders.a_ballot(db, clock, delegate, this, "support")
    assert rows(db, schema.ballot) == []


def test_a_clock_set_back_opens_no_frozen_round_again(db, clock):
    convener, delegates = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    clock.move(days=16)
    rounds.freeze_due(db, clock)
    clock.move(days=-5)
    with pytest.raises(RoundClosed):
        builders.a_ballot(db, clock, delegates[0], this, "support")
    with pytest.raises(RoundClosed):
        rounds.extend_round(
            db, clock, actor=convener, round_id=this.id,
            closes_at=this.closes_at + timedelta(days=3), reason="Later",
        )  # fmt: skip
    with pytest.raises(RoundClosed):
        rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="No")
    assert verify(db).findings == ()


def test_an_adopted_proposal_stays_decided_when_a_sign_on_follows(db, clock):
    convener, delegates = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    for delegate in delegates:
        builders.a_ballot(db, clock, delegate, this, "support")
    clock.move(days=16)
    rounds.freeze_due(db, clock)
    builders.a_round(
        db, clock, convener, proposal_id=this.proposal_id, kind=RoundKind.TEMPERATURE,
        preset="temperature", rule=None,
    )  # fmt: skip
    clock.move(days=16)
    with pytest.raises(ProposalFixed):
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=this.proposal_id)


def test_votes_in_the_second_of_the_close_are_counted_or_refused(any_db):
    """Ten delegates vote while the deadline passes and three jobs freeze the verdict."""
    clock = SettableClock()
    convener, delegates = builders.a_table(any_db, organisations=10)
    this = builders.a_round(any_db, clock, convener)
    ticks = iter(range(10_000))

    def running():
        return this.closes_at + timedelta(milliseconds=next(ticks) - 6)

    def vote(delegate):
        try:
            return builders.a_ballot(any_db, running, delegate, this, "support").receipt
        except RoundClosed:
            return None

    def freeze(_):
        rounds.freeze_due(any_db, running)

    with ThreadPoolExecutor(5) as pool:
        freezing = [pool.submit(freeze, n) for n in range(3)]
        receipts = [one for one in pool.map(vote, delegates) if one]
        for one in freezing:
            one.result()
    clock.hour = this.closes_at + timedelta(hours=1)
    rounds.freeze_due(any_db, clock)
    [verdict] = rows(any_db, schema.verdict)
    assert verdict.tally["ballots"]["support"] == len(receipts) == len(rows(any_db, schema.ballot))
    assert verify(any_db).findings == ()
    assert rounds.freeze_due(any_db, clock) == 0


def test_an_extension_and_a_vote_after_the_old_close_keep_in_order(any_db):
    clock = SettableClock()
    convener, delegates = builders.a_table(any_db, organisations=6)
    this = builders.a_round(any_db, clock, convener)
    clock.hour = this.closes_at - timedelta(seconds=1)

    def late():
        return this.closes_at + timedelta(seconds=5)

    def vote(delegate):
        try:
            builders.a_ballot(any_db, late, delegate, this, "abstain")
        except RoundClosed:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        extending = pool.submit(
            rounds.extend_round, any_db, clock, actor=convener, round_id=this.id,
            closes_at=this.closes_at + timedelta(days=1), reason="One board meets late.",
        )  # fmt: skip
        cast = sum(pool.map(vote, delegates))
        extending.result()
    assert cast == len(rows(any_db, schema.ballot))
    clock.move(days=3)
    rounds.freeze_due(any_db, clock)
    assert verify(any_db).findings == ()


def test_one_delegate_of_another_organisation_never_votes_with_a_forged_seat(db, clock):
    convener, [first, second, _] = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    forged = replace(first, seat=second.seat)
    cast = builders.a_ballot(db, clock, forged, this, "support")
    assert cast.organisation_id == first.seat.organisation_id


def test_an_alternate_replaces_only_what_it_was_shown(db, clock):
    convener, [first, *_] = builders.a_table(db)
    other = builders.a_delegate(db, organisation_id=first.seat.organisation_id, rank=1)
    this = builders.a_round(db, clock, convener)
    mine = builders.a_ballot(db, clock, first, this, "support")
    with pytest.raises(SomebodyAnswered):
        builders.a_ballot(db, clock, other, this, "object")
    again = builders.a_ballot(db, clock, other, this, "object", replaces=mine.id)
    assert again.capacity == "alternate"
    assert ballots.offer(db, actor=first, now=clock(), round_id=this.id).standing is not None
