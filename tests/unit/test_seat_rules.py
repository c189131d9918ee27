from datetime import timedelta

import pytest

from coalition.domain.ground.permissions import AccountId, Capacity, OrganisationId, Role
from coalition.domain.people.seats import (
    DatesCrossed,
    HolderSeated,
    HolderUnfit,
    Holding,
    RankTaken,
    RankUnknown,
    SeatBackdated,
    SeatEnded,
    SeatId,
    Window,
    capacity,
    ending,
    next_rank,
    require_fit,
    require_free,
    require_rank,
    require_window,
)
from tests.conftest import NOW

DAY = timedelta(days=1)
ENDLESS = Window(NOW)
TODAY = Window(NOW, NOW + DAY)


def a_holding(*, organisation=1, account=1, rank=0, window=ENDLESS) -> Holding:
    return Holding(
        SeatId(1), OrganisationId(organisation), AccountId(account), "Avery", rank, window
    )


def test_a_window_holds_its_first_instant_and_not_its_last():
    assert TODAY.holds(NOW)
    assert not TODAY.holds(NOW - timedelta(microseconds=1))
    assert not TODAY.holds(NOW + DAY)
    assert TODAY.is_over(NOW + DAY)


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (ENDLESS, True),
        (Window(NOW + DAY), False),
        (Window(NOW - DAY, NOW), False),
        (Window(NOW - DAY, NOW + timedelta(seconds=1)), True),
        (Window(NOW, NOW), False),
    ],
)
def test_windows_that_touch_do_not_meet(other, meets):
    assert TODAY.meets(other) is meets
    assert other.meets(TODAY) is meets


def test_the_first_place_is_the_delegates_and_all_others_are_alternates():
    assert [capacity(rank) for rank in (0, 1, 2)] == [
        Capacity.PRIMARY,
        Capacity.ALTERNATE,
        Capacity.ALTERNATE,
    ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
def test_only_members_hold_a_seat(role):
    with pytest.raises(HolderUnfit):
        require_fit(role, is_active=True)


def test_a_closed_account_holds_no_seat():
    require_fit(Role.MEMBER, is_active=True)
    with pytest.raises(HolderUnfit):
        require_fit(Role.MEMBER, is_active=False)


@pytest.mark.parametrize(
    ("held", "finding"),
    [
        (a_holding(organisation=2, account=7, rank=3), HolderSeated),
        (a_holding(organisation=1, account=9, rank=0), RankTaken),
    ],
)
def test_neither_a_person_nor_a_place_is_taken_twice_at_a_time(held, finding):
    with pytest.raises(finding):
        require_free(
            [held],
            account_id=AccountId(7),
            organisation_id=OrganisationId(1),
            rank=0,
            window=TODAY,
        )


@pytest.mark.parametrize(
    "held",
    [
        a_holding(organisation=2, account=9, rank=0),
        a_holding(organisation=1, account=9, rank=1),
        a_holding(organisation=1, account=7, window=Window(NOW - DAY, NOW)),
        a_holding(organisation=1, account=9, window=Window(NOW + DAY)),
    ],
)
def test_what_lies_elsewhere_or_at_another_time_is_in_nobodys_way(held):
    require_free(
        [held], account_id=AccountId(7), organisation_id=OrganisationId(1), rank=0, window=TODAY
    )


def test_a_holding_begins_now_or_later_and_ends_after_it_begins():
    require_window(TODAY, NOW)
    with pytest.raises(SeatBackdated):
        require_window(Window(NOW - timedelta(seconds=1)), NOW)
    with pytest.raises(DatesCrossed):
        require_window(Window(NOW, NOW), NOW)


def test_the_next_alternate_comes_after_the_last_and_never_takes_the_first_place():
    assert next_rank([]) == 1
    assert next_rank([a_holding(rank=0), a_holding(rank=3)]) == 4


@pytest.mark.parametrize("rank", [-1, 10])
def test_there_are_ten_places(rank):
    assert (require_rank(0), require_rank(9)) == (0, 9)
    with pytest.raises(RankUnknown):
        require_rank(rank)


def test_ending_a_holding_before_it_begins_calls_it_off():
    coming = Window(NOW + DAY, NOW + 2 * DAY)

    assert ending(coming, NOW) == Window(NOW + DAY, NOW + DAY)
    assert ending(coming, NOW).is_empty
    assert ending(ENDLESS, NOW + DAY) == TODAY
    with pytest.raises(SeatEnded):
        ending(TODAY, NOW + DAY)
