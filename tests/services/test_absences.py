"""Being away: journey J7 and what could go wrong in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.deliberation.ballots import SomebodyAnswered
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.people.absences import (
    LONGEST,
    AbsenceDates,
    AbsenceEndMissing,
    AbsenceNotFound,
    AbsenceOverlaps,
    window,
)
from coalition.services.deliberation import standings
from coalition.services.notices.smtp import Smtp
from coalition.services.people import absences, seats
from coalition.services.table import today
from coalition.services.table.ticking import tick
from coalition.store.notices import recipients
from tests import builders
from tests.conftest import NOW
from tests.post import Box, a_mail_server
from tests.services.test_notices import SENDER

TODAY = date(2026, 11, 1)
WEEK = timedelta(days=7)


@pytest.fixture
def us(db):
    """A delegate, two alternates of the same organisation, and a delegate of another."""
    delegate = builders.a_delegate(db)
    ours = delegate.seat.organisation_id
    others = [builders.a_delegate(db, organisation_id=ours, rank=rank) for rank in (1, 2)]
    return [delegate, *others, builders.a_delegate(db)]


def away(db, clock, person, days=7, token=None):
    return absences.go_away(
        db, clock, actor=person, from_on=TODAY, until_on=TODAY + timedelta(days=days - 1),
        token=token or f"away {person.account_id}",
    )  # fmt: skip


def first(db, now, person):
    with db.reading() as conn:
        found = recipients.acting(conn, [person.seat.organisation_id], now)
    return found.get(person.seat.organisation_id)


def test_what_waits_goes_to_the_first_alternate_who_is_there_and_back_by_itself(db, clock, us):
    delegate, alternate, second, _ = us
    assert first(db, clock(), delegate) == delegate.account_id
    away(db, clock, delegate)
    assert first(db, clock(), delegate) == alternate.account_id
    away(db, clock, alternate, days=3)
    assert first(db, clock(), delegate) == second.account_id
    clock.move(days=7)
    assert first(db, clock(), delegate) == delegate.account_id, "it ended with nobody doing a thing"


def test_the_alternate_is_mailed_and_the_delegate_is_not(db, clock, us):
    delegate, alternate, *_ = us
    convener = builders.a_person(db, role=Role.CONVENER)
    away(db, clock, delegate)
    builders.a_round(db, clock, convener)
    with a_mail_server(Box()) as box:
        tick(db, clock, post=Smtp(box.url), sender=SENDER)
        assert len(box.to(alternate.email)) == 1
        assert box.to(delegate.email) == []


def test_both_may_vote_the_last_counts_and_replacing_is_asked(db, clock, us):
    delegate, alternate, *_ = us
    convener = builders.a_person(db, role=Role.CONVENER)
    this = builders.a_round(db, clock, convener)
    away(db, clock, delegate)
    one = builders.a_ballot(db, clock, alternate, this, "support")
    with pytest.raises(SomebodyAnswered):
        builders.a_ballot(db, clock, delegate, this, "abstain")
    builders.a_ballot(db, clock, delegate, this, "abstain", replaces=one.id)
    stands = standings.standing(db, actor=delegate, now=clock(), round_id=this.id)
    assert stands.own_stance == "abstain"
    assert stands.answered == 1


def test_the_alternate_sees_what_waits_of_their_own_organisation_alone(db, clock, us):
    delegate, alternate, _, stranger = us
    builders.a_round(db, clock, builders.a_person(db, role=Role.CONVENER))
    away(db, clock, delegate)
    assert today.today(db, actor=alternate, now=clock()).waiting_total == 1
    seen = {one.account_id for one in absences.ours(db, actor=alternate, now=clock())}
    assert seen == {delegate.account_id}
    assert absences.ours(db, actor=stranger, now=clock()) == ()


def test_an_end_is_needed_and_days_that_make_sense(db, clock, us):
    def say(first_day, last_day):
        absences.go_away(db, clock, actor=us[0], from_on=first_day, until_on=last_day, token="one")

    with pytest.raises(AbsenceEndMissing):
        say(TODAY, None)
    for first_day, last_day in (
        (TODAY, TODAY - WEEK),
        (TODAY - 2 * WEEK, TODAY - WEEK),
        (TODAY, TODAY + timedelta(days=400)),
    ):
        with pytest.raises(AbsenceDates):
            say(first_day, last_day)
    assert absences.ours(db, actor=us[0], now=clock()) == ()


def test_nobody_is_away_twice_at_once_and_a_double_click_is_once(db, clock, us):
    assert away(db, clock, us[0]) == away(db, clock, us[0])
    with pytest.raises(AbsenceOverlaps):
        away(db, clock, us[0], token="another")


def test_one_comes_back_early_and_nobody_else_does_it_for_them(db, clock, us):
    delegate, alternate, *_ = us
    number = away(db, clock, delegate)
    with pytest.raises(AbsenceNotFound):
        absences.come_back(db, clock, actor=alternate, absence_id=number)
    absences.come_back(db, clock, actor=delegate, absence_id=number)
    assert first(db, clock(), delegate) == delegate.account_id
    with pytest.raises(AbsenceNotFound):
        absences.come_back(db, clock, actor=delegate, absence_id=number)


def test_an_organisation_with_everybody_away_is_shown_to_the_convener(db, clock, us):
    convener = builders.a_person(db, role=Role.CONVENER)
    for one in us[:3]:
        assert not _vacant(db, clock, convener, us[0])
        away(db, clock, one)
    [vacancy] = _vacant(db, clock, convener, us[0])
    assert vacancy.all_away
    assert first(db, clock(), us[0]) == us[0].account_id, "better somebody than nobody"


def _vacant(db, clock, convener, delegate):
    found = seats.vacancies(db, actor=convener, now=clock())
    return [one for one in found if one.organisation_id == delegate.seat.organisation_id]


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_who_can_hold_no_seat_has_nothing_to_be_away_from(db, clock, role):
    person = builders.a_person(db, role=role)
    with pytest.raises(PermissionMissing):
        away(db, clock, person)
    with pytest.raises(PermissionMissing):
        absences.ours(db, actor=person, now=clock())


def test_a_stranger_is_refused(db, clock):
    with pytest.raises(SignInNeeded):
        absences.go_away(db, clock, actor=None, from_on=TODAY, until_on=TODAY, token="t")


@given(start=st.integers(0, 500), days=st.integers(0, 360))
def test_a_window_begins_no_earlier_than_now_and_ends_after_its_last_day(start, days):
    from_on = TODAY + timedelta(days=start)
    begins, ends = window(
        from_on, from_on + timedelta(days=days), zone_name="America/New_York", now=NOW
    )
    assert NOW <= begins < ends
    assert (
        timedelta(days=days) < ends - begins <= min(timedelta(days=days + 1, hours=1), LONGEST)
        or begins == NOW
    )
