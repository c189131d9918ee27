"""The roll after the opening: who is added and taken off, why, and how that is proved."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, text, update

from coalition.domain.deliberation.ballots import NotOnTheRoll
from coalition.domain.deliberation.rolls import (
    Change,
    ChangeMissing,
    HasAnswered,
    LastOnRoll,
    MayNotVote,
)
from coalition.domain.deliberation.rounds import RoundClosed
from coalition.domain.ground.text import TextMissing
from coalition.domain.people.organisations import OrganisationNotFound
from coalition.services.deliberation import ballots, rolls, rounds, standings
from coalition.services.deliberation.chronicle import chronicle
from coalition.services.table.verifying import verify
from coalition.store import schema, triggers
from coalition.store.deliberation import rounds as store
from coalition.store.ground import audit
from tests import builders
from tests.services.test_tick import rows

WHY = "It joined the week the round opened."


@pytest.fixture
def laid(db):
    return builders.a_table(db)


@pytest.fixture
def this(db, clock, laid):
    return builders.a_round(db, clock, laid[0], rule=builders.QUICK)


@pytest.fixture
def latecomer(db, this):
    return builders.a_delegate(db)


def changed(db, clock, convener, this, organisation_id, change, reason=WHY):
    rolls.change_roll(
        db, clock, actor=convener, round_id=this.id, organisation_id=organisation_id,
        change=change, reason=reason,
    )  # fmt: skip


def roll(db, this):
    with db.reading() as conn:
        found = store.get(conn, this.id)
        return found.roll_size, set(store.roll(conn, this.id))


def test_a_latecomer_is_added_answers_and_counts(db, clock, laid, this, latecomer):
    convener, delegates = laid
    own = latecomer.seat.organisation_id
    with pytest.raises(NotOnTheRoll):
        builders.a_ballot(db, clock, latecomer, this, "support")
    changed(db, clock, convener, this, own, Change.ADDED)
    assert roll(db, this) == (4, {own, *(one.seat.organisation_id for one in delegates)})
    builders.a_ballot(db, clock, latecomer, this, "support")
    found = standings.standing(db, actor=latecomer, now=clock(), round_id=this.id)
    assert (found.tally.eligible, found.tally.returned) == (4, 1)
    assert verify(db).findings == ()


def test_one_that_has_not_answered_is_taken_off(db, clock, laid, this):
    convener, [us, *_] = laid
    own = us.seat.organisation_id
    changed(db, clock, convener, this, own, Change.REMOVED, "It left the coalition.")
    assert roll(db, this)[0] == 2
    with pytest.raises(NotOnTheRoll):
        builders.a_ballot(db, clock, us, this, "support")
    assert verify(db).findings == ()


def test_one_whose_ballot_stands_stays_and_one_that_took_it_back_may_go(db, clock, laid, this):
    convener, [us, *others] = laid
    own = us.seat.organisation_id
    builders.a_ballot(db, clock, us, this, "object")
    with pytest.raises(HasAnswered):
        changed(db, clock, convener, this, own, Change.REMOVED)
    ballots.withdraw_ballot(db, clock, actor=us, round_id=this.id, token="out")
    changed(db, clock, convener, this, own, Change.REMOVED)
    assert roll(db, this)[0] == 2
    for one in others:
        builders.a_ballot(db, clock, one, this, "support")
    clock.hour = this.closes_at
    rounds.freeze_due(db, clock)
    assert verify(db).findings == ()


def test_the_last_one_is_never_taken_off(db, clock, laid, this):
    convener, [us, *others] = laid
    for one in others:
        changed(db, clock, convener, this, one.seat.organisation_id, Change.REMOVED)
    with pytest.raises(LastOnRoll):
        changed(db, clock, convener, this, us.seat.organisation_id, Change.REMOVED)
    assert roll(db, this)[0] == 1


def test_a_double_click_changes_once(db, clock, laid, this, latecomer):
    for change in (Change.ADDED, Change.REMOVED):
        for _ in range(2):
            changed(db, clock, laid[0], this, latecomer.seat.organisation_id, change)
    assert [row.change for row in rows(db, schema.roll_change)] == ["added", "removed"]


def test_only_who_may_vote_now_is_added(db, clock, laid, this):
    convener, _ = laid
    with pytest.raises(MayNotVote):
        changed(db, clock, convener, this, builders.an_organisation(db, votes=False), Change.ADDED)
    with pytest.raises(OrganisationNotFound):
        changed(db, clock, convener, this, 9_999, Change.ADDED)


def test_it_needs_a_reason_and_something_to_do(db, clock, laid, this, latecomer):
    convener, own = laid[0], latecomer.seat.organisation_id
    with pytest.raises(TextMissing):
        changed(db, clock, convener, this, own, Change.ADDED, " \n ")
    with pytest.raises(ChangeMissing):
        changed(db, clock, convener, this, None, Change.ADDED)
    with pytest.raises(ChangeMissing):
        changed(db, clock, convener, this, own, None)
    assert rows(db, schema.roll_change) == []


def test_a_round_that_opens_later_takes_changes_and_one_that_ended_none(
    db, clock, laid, this, latecomer
):
    convener, own = laid[0], latecomer.seat.organisation_id
    later = builders.a_round(db, clock, convener, opens_at=clock() + timedelta(days=2), days=20)
    changed(db, clock, convener, later, laid[1][0].seat.organisation_id, Change.REMOVED)
    clock.hour = this.closes_at
    with pytest.raises(RoundClosed):
        changed(db, clock, convener, this, own, Change.ADDED)
    cancelled = builders.a_round(db, clock, convener)
    rounds.cancel_round(db, clock, actor=convener, round_id=cancelled.id, reason="No")
    with pytest.raises(RoundClosed):
        changed(db, clock, convener, cancelled, own, Change.REMOVED)


def test_members_read_the_reason_and_the_trail_holds_none_of_it(db, clock, laid, this, latecomer):
    changed(db, clock, laid[0], this, latecomer.seat.organisation_id, Change.ADDED)
    [told] = chronicle(db, actor=laid[1][0], now=clock(), round_id=this.id).roll_changes
    assert (told.organisation, told.change, told.reason, told.at) == (
        latecomer.seat.organisation, Change.ADDED, WHY, clock(),
    )  # fmt: skip
    with db.reading() as conn:
        [entry] = audit.trail(conn, subject=f"round:{this.id}", action="roll.added")
    assert entry.detail == {"organisation": latecomer.seat.organisation_id}


def test_the_convener_chooses_among_those_who_can_come_and_go(db, clock, laid, this, latecomer):
    convener, [us, *others] = laid
    builders.an_organisation(db, votes=False)
    builders.a_ballot(db, clock, us, this, "support")
    found = rolls.choices(db, actor=convener, round_id=this.id)
    assert set(found.addable) == {latecomer.seat.organisation_id}
    assert set(found.removable) == {one.seat.organisation_id for one in others}


# --- what verify says ---


@pytest.fixture
def history(db, clock, laid, this, latecomer):
    """One added who answered, one taken off, two who answered; the verdict is frozen."""
    convener, [us, *others] = laid
    builders.a_ballot(db, clock, us, this, "support")
    changed(db, clock, convener, this, latecomer.seat.organisation_id, Change.ADDED)
    changed(db, clock, convener, this, others[0].seat.organisation_id, Change.REMOVED)
    builders.a_ballot(db, clock, latecomer, this, "support")
    clock.hour = this.closes_at
    rounds.freeze_due(db, clock)
    assert verify(db).findings == ()
    return us, latecomer, others[0]


def found_after(db, *statements):
    with db.writing() as conn:
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            conn.execute(statement)
    return {one.code for one in verify(db).findings}


def test_one_slipped_onto_the_roll_by_hand_is_found(db, history, this):
    _, _, removed = history
    row = {"round_id": this.id, "organisation_id": removed.seat.organisation_id}
    slipped = insert(schema.round_roll).values(row)
    grown = update(schema.consensus_round).values(roll_size=4)
    assert {"round.roll", "verdict.tally"} <= found_after(db, slipped, grown)


def test_one_that_was_never_there_slipped_on_by_hand_is_found(db, history, this):
    row = {"round_id": this.id, "organisation_id": builders.an_organisation(db)}
    assert "round.frozen" in found_after(db, insert(schema.round_roll).values(row))


def test_one_struck_from_the_roll_by_hand_is_found(db, history, this):
    us, *_ = history
    own = schema.round_roll.c.organisation_id == us.seat.organisation_id
    assert {"round.frozen", "round.roll"} <= found_after(db, delete(schema.round_roll).where(own))


def test_a_change_written_or_struck_by_hand_is_found(db, history, this):
    change = schema.roll_change
    assert "round.roll" in found_after(db, update(change).values(change="added"))
    assert "round.roll" in found_after(db, delete(change))


def test_a_ballot_of_one_not_on_the_roll_at_that_hour_is_found(db, clock, laid, this, latecomer):
    """The chain itself tells that it was cast before its organisation was added."""
    convener, own = laid[0], latecomer.seat.organisation_id
    with db.writing() as conn:
        conn.execute(insert(schema.round_roll), {"round_id": this.id, "organisation_id": own})
    builders.a_ballot(db, clock, latecomer, this, "support")
    with db.writing() as conn:
        conn.execute(delete(schema.round_roll).where(schema.round_roll.c.organisation_id == own))
    changed(db, clock, convener, this, own, Change.ADDED)
    assert {one.code for one in verify(db).findings} == {"ballot.roll"}
