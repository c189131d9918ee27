"""First steps: a buddy, a practice vote of which nothing is kept, the first ballot."""

import pytest
from sqlalchemy import select

from coalition.domain.ground.permissions import Actor, Role
from coalition.domain.people.admissions import (
    Acceptance,
    BuddyUnfit,
    Guest,
    NotAdmitted,
)
from coalition.domain.people.applications import Stage
from coalition.domain.people.organisations import OrganisationKind, Profile
from coalition.services.deliberation import first_ballots
from coalition.services.people import admissions, invitations, onboarding
from coalition.store.ground import audit
from coalition.store.schema import practice_vote
from tests import builders
from tests.joining import begun, sent


@pytest.fixture
def convener(db):
    return builders.a_person(db, role=Role.CONVENER, password=builders.PASSWORD)


@pytest.fixture
def new(db, clock, convener):
    """Accept an application; return the number of its inquiry and what was made."""
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id, stage=Stage.DECISION)
    profile = Profile("River Alliance", kind=OrganisationKind.PATIENT_MEMBER, votes=True)
    acceptance = Acceptance(profile, (Guest("Sam", "sam@rivers.example"),), "You fit.")
    made = admissions.accept(
        db, clock, actor=convener, inquiry_id=inquiry_id, acceptance=acceptance, token="accept"
    )
    return inquiry_id, made


def steps(db, clock, convener, new):
    return onboarding.onboarding(db, actor=convener, inquiry_id=new[0], now=clock())


def named(db, clock, convener, new, account_id, click="buddy"):
    onboarding.set_buddy(
        db, clock, actor=convener, inquiry_id=new[0], account_id=account_id, token=click
    )


def sam(made):
    return Actor(made.invited[0].account_id, "Sam", "sam@rivers.example", Role.MEMBER)


def test_a_buddy_is_named_and_named_anew(db, clock, convener, new):
    helper = builders.a_delegate(db, name="Robin Helper", password=builders.PASSWORD)
    assert steps(db, clock, convener, new).buddy == ""
    for _ in range(2):
        named(db, clock, convener, new, convener.account_id)

    named(db, clock, convener, new, helper.account_id, click="another")

    assert steps(db, clock, convener, new).buddy == "Robin Helper"
    with db.reading() as conn:
        actions = [entry.action for entry in audit.trail(conn)]
    assert actions.count("onboarding.buddy_set") == 2


def test_nobody_of_the_new_organisation_and_nobody_without_a_way_in_is_a_buddy(
    db, clock, convener, new
):
    uninvited, observer = (
        builders.a_person(db),
        builders.a_person(db, role=Role.OBSERVER, password=builders.PASSWORD),
    )
    for account_id in (sam(new[1]).account_id, uninvited.account_id, observer.account_id, 0, None):
        with pytest.raises(BuddyUnfit):
            named(db, clock, convener, new, account_id)


def test_there_are_no_first_steps_before_acceptance(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id)

    with pytest.raises(NotAdmitted):
        steps(db, clock, convener, (inquiry_id,))
    with pytest.raises(NotAdmitted):
        named(db, clock, convener, (inquiry_id,), convener.account_id)


def test_each_delegate_s_link_and_practice_vote_are_seen(db, clock, convener, new):
    [one] = steps(db, clock, convener, new).delegates
    assert (one.name, one.has_begun, one.practised_at) == ("Sam", False, None)
    invitations.accept_invitation(
        db, clock, secret=new[1].invited[0].secret, password="eleven chairs and a table"
    )
    first = onboarding.record_practice(db, clock, actor=sam(new[1]))
    clock.move(days=1)

    again = onboarding.record_practice(db, clock, actor=sam(new[1]))

    [one] = steps(db, clock, convener, new).delegates
    assert (one.has_begun, one.practised_at, again) == (True, first, first)
    assert onboarding.practised_at(db, actor=sam(new[1])) == first
    with db.reading() as conn:
        [row] = conn.execute(select(practice_vote))
    assert set(row._fields) == {"account_id", "at"}


def test_the_first_ballot_is_the_first_its_own_seat_cast(db, clock, convener, new):
    organisation_id = new[1].organisation_id

    def first():
        return first_ballots.first_ballot_at(db, actor=convener, organisation_id=organisation_id)

    this = builders.a_round(db, clock, convener)
    clock.move(hours=1)
    recorded = builders.a_recorded(db, clock, convener, this, organisation_id, "support")
    assert first() is None
    clock.move(hours=1)
    cast = builders.a_ballot(db, clock, sam(new[1]), this, "support", replaces=recorded.id)
    began = clock()
    clock.move(hours=1)
    builders.a_ballot(db, clock, sam(new[1]), this, "abstain", replaces=cast.id)

    assert first() == began
