from datetime import timedelta

import pytest

from coalition.domain.ground.errors import NotPermitted
from coalition.domain.ground.permissions import Capacity, Role
from coalition.domain.people.accounts import AccountNotFound
from coalition.domain.people.organisations import OrganisationNotFound
from coalition.domain.people.seats import (
    DatesCrossed,
    HolderSeated,
    HolderUnfit,
    RankTaken,
    RankUnknown,
    SeatBackdated,
    SeatEnded,
    SeatNotFound,
    SeatsMoved,
)
from coalition.services.people import accounts, seats
from coalition.store.ground import audit
from coalition.store.people import seats as store
from tests.builders import a_delegate, a_person, a_seat, an_organisation
from tests.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


@pytest.fixture
def home(db):
    return an_organisation(db, name="River Alliance")


@pytest.fixture
def member(db):
    return a_person(db, name="Avery Stone")


def appointed(db, clock, person, home, member, *, token=None, **changes):
    return seats.appoint(
        db,
        clock,
        actor=person,
        organisation_id=home,
        account_id=member.account_id,
        token=token or f"appoint {member.account_id}",
        **({"rank": 0} | changes),
    )


def held(db, member, at):
    with db.reading() as conn:
        return store.held(conn, member.account_id, at)


def ranks(db, reader, home, at=NOW):
    told = seats.seat_holders(db, actor=reader, organisation_id=home, now=at)
    return [(holding.account_id, holding.rank) for holding in told.holdings]


def trail(db):
    with db.reading() as conn:
        return [(entry.actor, entry.action, dict(entry.detail)) for entry in audit.trail(conn)]


@pytest.mark.parametrize("role", [Role.CONVENER, Role.ADMINISTRATOR])
def test_who_is_appointed_acts_for_the_organisation_at_once(db, clock, home, member, role):
    person = a_person(db, role=role)

    seat_id = appointed(db, clock, person, home, member)

    seat = held(db, member, NOW)
    assert (seat.organisation, seat.capacity) == ("River Alliance", Capacity.PRIMARY)
    detail = {"seat": seat_id, "account": member.account_id, "rank": 0}
    assert trail(db) == [(person.label, "seat.appointed", detail)]


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.OBSERVER])
def test_nobody_else_moves_a_seat_or_reads_the_list_of_candidates(db, clock, home, member, role):
    person = a_person(db, role=role) if role else None
    a_seat(db, home, member.account_id)
    with db.reading() as conn:
        [holding] = store.list_unended(conn, NOW)

    with pytest.raises(NotPermitted):
        appointed(db, clock, person, home, a_person(db), rank=1)
    with pytest.raises(NotPermitted):
        seats.end_seat(db, clock, actor=person, seat_id=holding.id, token="end")
    with pytest.raises(NotPermitted):
        seats.reorder(
            db, clock, actor=person, organisation_id=home, seat_ids=[holding.id], token="order"
        )
    with pytest.raises(NotPermitted):
        seats.candidates(db, actor=person, now=NOW)
    with pytest.raises(NotPermitted):
        seats.vacancies(db, actor=person, now=NOW)

    assert held(db, member, NOW) is not None
    assert trail(db) == []


def test_a_stranger_reads_no_names(db, home):
    with pytest.raises(NotPermitted):
        seats.seat_holders(db, actor=None, organisation_id=home, now=NOW)


def test_a_double_click_appoints_once(db, clock, convener, home, member):
    assert appointed(db, clock, convener, home, member) == appointed(
        db, clock, convener, home, member
    )

    assert len(trail(db)) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
def test_conveners_administrators_and_observers_are_given_no_seat(db, clock, convener, home, role):
    with pytest.raises(HolderUnfit):
        appointed(db, clock, convener, home, a_person(db, role=role))

    assert trail(db) == []


def test_a_closed_account_is_given_no_seat(db, clock, convener, home, member):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    accounts.deactivate(db, clock, actor=administrator, account_id=member.account_id)

    with pytest.raises(HolderUnfit):
        appointed(db, clock, convener, home, member)


def test_who_is_not_there_is_not_appointed(db, clock, convener, home, member):
    with pytest.raises(OrganisationNotFound):
        appointed(db, clock, convener, 404, member)
    with pytest.raises(AccountNotFound):
        seats.appoint(
            db, clock, actor=convener, organisation_id=home, account_id=404, rank=0, token="x"
        )


def test_one_person_holds_one_seat_and_one_place_holds_one_person(
    db, clock, convener, home, member
):
    appointed(db, clock, convener, home, member)
    other = an_organisation(db)

    with pytest.raises(HolderSeated):
        appointed(db, clock, convener, other, member, token="elsewhere")
    with pytest.raises(HolderSeated):
        appointed(db, clock, convener, home, member, token="twice", rank=1)
    with pytest.raises(RankTaken):
        appointed(db, clock, convener, home, a_person(db))

    assert ranks(db, convener, home) == [(member.account_id, 0)]


def test_alternates_follow_in_the_order_they_were_appointed(db, clock, convener, home, member):
    first, second = a_person(db), a_person(db)
    appointed(db, clock, convener, home, first, rank=None)
    appointed(db, clock, convener, home, second, rank=None)
    appointed(db, clock, convener, home, member)

    assert ranks(db, convener, home) == [
        (member.account_id, 0),
        (first.account_id, 1),
        (second.account_id, 2),
    ]
    assert held(db, second, NOW).capacity is Capacity.ALTERNATE


def test_there_are_no_more_than_nine_alternates(db, clock, convener, home):
    for _ in range(9):
        appointed(db, clock, convener, home, a_person(db), rank=None)

    with pytest.raises(RankUnknown):
        appointed(db, clock, convener, home, a_person(db), rank=None)


def test_a_seat_is_held_from_its_first_instant_until_just_before_its_last(
    db, clock, convener, home, member
):
    appointed(db, clock, convener, home, member, from_at=NOW + DAY, to_at=NOW + 2 * DAY)

    before, first = NOW + DAY - timedelta(microseconds=1), NOW + DAY
    seen = [held(db, member, at) is not None for at in (before, first, NOW + 2 * DAY)]
    assert seen == [False, True, False]


def test_one_hands_over_to_the_next_without_a_gap(db, clock, convener, home, member):
    seat_id = appointed(db, clock, convener, home, member)
    seats.end_seat(db, clock, actor=convener, seat_id=seat_id, at=NOW + DAY, token="end")
    following = a_person(db)

    appointed(db, clock, convener, home, following, from_at=NOW + DAY)

    assert held(db, member, NOW + DAY) is None
    assert held(db, following, NOW + DAY).capacity is Capacity.PRIMARY


def test_a_seat_begins_and_ends_in_no_past_and_ends_after_it_begins(
    db, clock, convener, home, member
):
    with pytest.raises(SeatBackdated):
        appointed(db, clock, convener, home, member, from_at=NOW - DAY)
    with pytest.raises(DatesCrossed):
        appointed(db, clock, convener, home, member, to_at=NOW)
    seat_id = appointed(db, clock, convener, home, member)
    with pytest.raises(SeatBackdated):
        seats.end_seat(db, clock, actor=convener, seat_id=seat_id, at=NOW - DAY, token="end")

    assert held(db, member, NOW) is not None


def test_ending_a_seat_ends_it_at_once_and_is_kept_among_the_past(
    db, clock, convener, home, member
):
    seat_id = appointed(db, clock, convener, home, member)
    clock.move(hours=1)

    seats.end_seat(db, clock, actor=convener, seat_id=seat_id, token="end")

    assert held(db, member, clock()) is None
    told = seats.seat_holders(db, actor=convener, organisation_id=home, now=clock())
    assert [holding.holder for holding in told.past] == ["Avery Stone"]
    assert trail(db)[0][1] == "seat.ended"
    with pytest.raises(SeatEnded):
        seats.end_seat(db, clock, actor=convener, seat_id=seat_id, token="again")


def test_a_double_click_ends_a_seat_once(db, clock, convener, home, member):
    seat_id = appointed(db, clock, convener, home, member)
    clock.move(hours=1)

    windows = {
        seats.end_seat(db, clock, actor=convener, seat_id=seat_id, token="end").to_at
        for _ in range(2)
    }

    assert windows == {clock()}
    assert len(trail(db)) == 2


def test_a_seat_that_has_not_begun_is_called_off_and_was_never_held(
    db, clock, convener, home, member
):
    seat_id = appointed(db, clock, convener, home, member, from_at=NOW + DAY)

    seats.end_seat(db, clock, actor=convener, seat_id=seat_id, token="end")

    assert held(db, member, NOW + DAY) is None
    told = seats.seat_holders(db, actor=convener, organisation_id=home, now=NOW + 2 * DAY)
    assert told == seats.Seats((), ())
    appointed(db, clock, convener, home, member, token="now")


def test_an_unknown_seat_is_not_ended(db, clock, convener):
    with pytest.raises(SeatNotFound):
        seats.end_seat(db, clock, actor=convener, seat_id=404, token="end")


def test_delegate_and_alternate_change_places(db, clock, convener, home, member):
    other = a_person(db)
    first = appointed(db, clock, convener, home, member)
    second = appointed(db, clock, convener, home, other, rank=1)

    seats.reorder(
        db,
        clock,
        actor=convener,
        organisation_id=home,
        seat_ids=[second, first],
        token="order",
    )

    assert ranks(db, convener, home) == [(other.account_id, 0), (member.account_id, 1)]
    assert trail(db)[0][1:] == ("seat.reordered", {"seats": [second, first]})


def test_an_order_of_seats_that_moved_meanwhile_is_refused(db, clock, convener, home, member):
    first = appointed(db, clock, convener, home, member)
    appointed(db, clock, convener, home, a_person(db), rank=1)

    for stale in ([first], [first, first], [first, 404]):
        with pytest.raises(SeatsMoved):
            seats.reorder(
                db,
                clock,
                actor=convener,
                organisation_id=home,
                seat_ids=stale,
                token="order",
            )

    assert ranks(db, convener, home)[0] == (member.account_id, 0)


def test_a_seat_without_a_delegate_who_can_act_is_vacant(db, clock, convener, home, member):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    appointed(db, clock, convener, home, member)
    appointed(db, clock, convener, home, a_person(db), rank=1)
    an_organisation(db, name="No vote", votes=False)
    empty = an_organisation(db, name="Empty")

    def told():
        found = seats.vacancies(db, actor=convener, now=NOW)
        return [(one.organisation_id, one.has_alternate) for one in found]

    assert told() == [(empty, False)]
    accounts.deactivate(db, clock, actor=administrator, account_id=member.account_id)
    assert told() == [(empty, False), (home, True)]


def test_candidates_are_active_members_without_a_seat_now_or_later(db, convener, home):
    free = a_person(db, name="Free")
    a_delegate(db)
    coming = a_person(db)
    a_seat(db, home, coming.account_id, from_at=NOW + DAY)
    past = a_person(db, name="Past")
    a_seat(db, home, past.account_id, rank=1, from_at=NOW - DAY, to_at=NOW)

    found = seats.candidates(db, actor=convener, now=NOW)

    assert [one.account_id for one in found] == [free.account_id, past.account_id]
