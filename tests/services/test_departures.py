"""Leaving, merging, pausing, renaming: what ends, and what was said before stands."""

from datetime import timedelta

import pytest

from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.errors import NotPermitted
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.text import TextMissing
from coalition.domain.people.departures import LeavingUnsaid, LeftAlready, SuccessorUnfit
from coalition.domain.people.organisations import OrganisationStatus
from coalition.services.deliberation import departures, rounds
from coalition.services.people import organisations, seats
from coalition.services.table.verifying import verify
from coalition.store.deliberation import proposals, tallies, verdicts
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.ground import audit
from coalition.store.people import organisations as store
from coalition.store.people import seats as seats_store
from tests import builders, deciding, deliberating

WHY = "It closed its doors in October."


@pytest.fixture
def table(any_db, clock):
    convener, delegates = builders.a_table(any_db, organisations=4)
    return convener, delegates, builders.a_round(any_db, clock, convener, rule=builders.QUICK)


def left(db, clock, person, delegate, *, successor=None, reason=WHY, token="leave"):
    departures.leave(
        db,
        clock,
        actor=person,
        organisation_id=delegate.seat.organisation_id,
        successor_id=successor and successor.seat.organisation_id,
        reason=reason,
        token=token,
    )


def roll(db, this):
    with db.reading() as conn:
        return set(rounds_store.roll(conn, this.id))


def of(delegate):
    return delegate.seat.organisation_id


def organisation(db, delegate):
    with db.reading() as conn:
        return store.get(conn, of(delegate))


def actions(db):
    with db.reading() as conn:
        return [entry.action for entry in audit.trail(conn)]


def test_an_organisation_that_has_not_answered_leaves_the_open_roll(any_db, clock, table):
    convener, [going, *staying], this = table

    left(any_db, clock, convener, going)

    assert roll(any_db, this) == {of(one) for one in staying}
    assert organisation(any_db, going).status is OrganisationStatus.LEFT
    with any_db.reading() as conn:
        assert seats_store.held(conn, going.account_id, clock()) is None
    assert {"organisation.left", "seat.ended", "roll.removed"} <= set(actions(any_db))
    assert verify(any_db).findings == ()


def test_an_objection_given_before_it_left_stands_and_decides(any_db, clock, table):
    convener, [going, *staying], this = table
    builders.a_ballot(any_db, clock, going, this, "object", reason="It shuts us out.")
    for one in staying:
        builders.a_ballot(any_db, clock, one, this, "support")

    left(any_db, clock, convener, going)
    clock.move(days=30)
    rounds.freeze_due(any_db, clock)

    assert of(going) in roll(any_db, this)
    with any_db.reading() as conn:
        stood = tallies.stances(conn, [this.id])
        verdict = verdicts.verdicts(conn, [this.id])[this.id]
    assert stood[this.id, of(going)] is Stance.OBJECT
    counts = verdict.tally.counts
    assert (counts[Stance.OBJECT], counts[Stance.SUPPORT]) == (1, 3)
    assert verify(any_db).findings == ()


def test_a_withdrawn_ballot_keeps_nobody_on_the_roll(any_db, clock, table):
    convener, [going, *_], this = table
    builders.a_ballot(any_db, clock, going, this, "support")
    deliberating.withdrawn(any_db, clock, going, this)

    left(any_db, clock, convener, going)

    assert of(going) not in roll(any_db, this)


def test_the_last_one_stays_on_the_roll(any_db, clock):
    convener, [alone] = builders.a_table(any_db, organisations=1)
    this = builders.a_round(any_db, clock, convener, rule=builders.QUICK)

    left(any_db, clock, convener, alone)

    assert roll(any_db, this) == {of(alone)}


def test_a_round_that_has_ended_keeps_its_roll(any_db, clock, table):
    convener, [going, *_], this = table
    clock.move(days=30)

    left(any_db, clock, convener, going)

    assert of(going) in roll(any_db, this)


def test_both_ballots_stand_when_two_merge_and_one_seat_remains(any_db, clock, table):
    convener, [going, heir, *_], this = table
    builders.a_ballot(any_db, clock, going, this, "support")
    builders.a_ballot(any_db, clock, heir, this, "object", reason="It shuts us out.")

    left(any_db, clock, convener, going, successor=heir)
    later = builders.a_round(any_db, clock, convener, rule=builders.QUICK)

    with any_db.reading() as conn:
        assert len(tallies.stances(conn, [this.id])) == 2
    assert of(going) not in roll(any_db, later)
    assert of(heir) in roll(any_db, later)
    assert organisation(any_db, going).successor == organisation(any_db, heir).name


def test_a_scheduled_round_loses_it_too(any_db, clock):
    convener, [going, *_] = builders.a_table(any_db)
    opens = clock() + timedelta(days=2)
    coming = builders.a_round(any_db, clock, convener, rule=builders.QUICK, opens_at=opens)

    left(any_db, clock, convener, going)

    assert of(going) not in roll(any_db, coming)


def test_a_pause_keeps_the_open_roll_and_leaves_the_next(any_db, clock, table):
    convener, [resting, *_], this = table
    organisations.set_status(
        any_db, clock, actor=convener, organisation_id=of(resting),
        status=OrganisationStatus.PAUSED, token="pause",
    )  # fmt: skip
    builders.a_ballot(any_db, clock, resting, this, "support")

    later = builders.a_round(any_db, clock, convener, rule=builders.QUICK)

    assert of(resting) in roll(any_db, this)
    assert of(resting) not in roll(any_db, later)


def test_leaving_is_no_pause(db, clock):
    convener, [going, *_] = builders.a_table(db)
    with pytest.raises(LeavingUnsaid):
        organisations.set_status(
            db, clock, actor=convener, organisation_id=of(going),
            status=OrganisationStatus.LEFT, token="t",
        )  # fmt: skip
    assert organisation(db, going).status is OrganisationStatus.ACTIVE


def test_who_left_leaves_once_and_is_given_no_seat_until_it_returns(db, clock):
    convener, [going, heir, *_] = builders.a_table(db)
    left(db, clock, convener, going, successor=heir)
    left(db, clock, convener, going, successor=heir)  # the same click
    before = actions(db)

    with pytest.raises(LeftAlready):
        left(db, clock, convener, going, token="again")
    person = builders.a_person(db)
    appointment = {
        "actor": convener, "organisation_id": of(going), "account_id": person.account_id, "rank": 0,
    }  # fmt: skip
    with pytest.raises(LeftAlready):
        seats.appoint(db, clock, **appointment, token="seat")
    assert actions(db) == before

    organisations.set_status(
        db, clock, actor=convener, organisation_id=of(going),
        status=OrganisationStatus.ACTIVE, token="back",
    )  # fmt: skip
    seats.appoint(db, clock, **appointment, token="seat")
    assert organisation(db, going).successor == ""


def test_no_organisation_merges_into_itself_or_into_one_that_rests(db, clock):
    convener, [going, resting, *_] = builders.a_table(db)
    organisations.set_status(
        db, clock, actor=convener, organisation_id=of(resting),
        status=OrganisationStatus.PAUSED, token="pause",
    )  # fmt: skip
    for successor in (going, resting):
        with pytest.raises(SuccessorUnfit):
            left(db, clock, convener, going, successor=successor)
    with pytest.raises(TextMissing):
        left(db, clock, convener, going, reason="  ")
    assert organisation(db, going).status is OrganisationStatus.ACTIVE


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.OBSERVER])
def test_nobody_else_notes_or_foresees_a_departure(db, clock, role):
    _, [going, *_] = builders.a_table(db)
    person = builders.a_person(db, role=role) if role else None
    with pytest.raises(NotPermitted):
        left(db, clock, person, going)
    with pytest.raises(NotPermitted):
        departures.foresee(db, actor=person, organisation_id=of(going), now=clock())


def test_what_leaving_would_touch_is_told_before(db, clock):
    convener, [going, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    builders.a_ballot(db, clock, going, this, "support")

    told = departures.foresee(db, actor=convener, organisation_id=of(going), now=clock())

    assert (told.holders, told.rounds) == (1, 1)


def test_what_it_champions_is_told_until_a_round_has_decided_it(db, clock):
    convener, delegates = builders.a_table(db)
    going = delegates[0]
    decided = deciding.a_decision(db, clock, table=(convener, delegates)).round.proposal_id
    waiting = builders.a_proposal(db, clock, convener)
    for one in (decided, waiting):
        with db.writing() as conn:
            proposals.set_champion(conn, one, of(going))

    told = departures.foresee(db, actor=convener, organisation_id=of(going), now=clock())

    assert told.championed == 1
