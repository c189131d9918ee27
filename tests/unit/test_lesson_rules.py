"""What a lesson must say, who may read and change it, and when it was last new."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.effect.lessons import (
    Lesson,
    LessonChanged,
    LessonId,
    LessonSettled,
    NotYourLesson,
    PillarMissing,
    State,
    may_change,
    may_write,
    require_change,
    states,
)
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    Capacity,
    OrganisationId,
    Role,
    SeatHeld,
)
from tests.conftest import NOW
from tests.learning import WORDS

OURS, THEIRS = OrganisationId(1), OrganisationId(2)
DRAFT = Lesson(LessonId(1), WORDS, OURS, "Ours", NOW)
SEAT = SeatHeld(OURS, "Ours", Capacity.PRIMARY)


def somebody(role, seat=None):
    return Actor(AccountId(1), "Somebody", "x@example.org", role, seat)


PEOPLE = [None, *(somebody(role, seat) for role in Role for seat in (None, SEAT))]


def test_the_public_reads_public_lessons_and_everybody_at_the_table_all():
    assert states(None) == {State.PUBLIC}
    for role in Role:
        assert states(somebody(role)) == set(State)


def test_conveners_and_who_holds_a_seat_write():
    who = [(person.role, person.seat is not None) for person in PEOPLE if may_write(person)]
    assert who == [(Role.MEMBER, True), (Role.CONVENER, False), (Role.CONVENER, True)]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("home", [OURS, THEIRS, None])
def test_what_the_page_offers_is_what_the_deed_allows(state, home):
    this = replace(DRAFT, state=state, organisation_id=home)
    for person in PEOPLE:
        if not may_write(person):
            assert not may_change(person, this)
            continue
        speaks_for = None if person.role is Role.CONVENER else OURS
        try:
            require_change(speaks_for, this)
        except (NotYourLesson, LessonSettled):
            assert not may_change(person, this)
        else:
            assert may_change(person, this)


def test_words_are_trimmed_and_a_pillar_is_one_of_the_four():
    assert replace(WORDS, title="  Phone first ").checked() == replace(WORDS, title="Phone first")
    for pillar in ("", "Access", "housing"):
        with pytest.raises(PillarMissing):
            replace(WORDS, pillar=pillar).checked()


def test_a_form_must_have_shown_the_words_that_stand():
    replace(DRAFT, changes=3).require_unchanged(3)
    for seen in (2, 4):
        with pytest.raises(LessonChanged):
            replace(DRAFT, changes=3).require_unchanged(seen)


HOURS = st.none() | st.integers(0, 100).map(lambda hours: NOW + timedelta(hours=hours))


@given(published_at=HOURS, changed_at=HOURS)
def test_it_is_as_new_as_the_later_of_its_publication_and_its_last_change(published_at, changed_at):
    this = replace(DRAFT, published_at=published_at, changed_at=changed_at)
    told = [one for one in (NOW, published_at, changed_at) if one]
    assert this.updated_at == max(told)
    assert this.stands_since == (published_at or NOW)
