from datetime import date, timedelta

import pytest

from coalition.domain.ground.errors import NotPermitted
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.perspectives import Perspective
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import (
    ConvenerHasNoVote,
    OrganisationKind,
    OrganisationNameTaken,
    OrganisationNotFound,
    OrganisationSize,
    OrganisationStatus,
    Profile,
    Region,
)
from coalition.services.people import organisations
from coalition.store.ground import audit
from coalition.store.people import organisations as store
from tests.builders import a_delegate, a_person, a_seat, an_organisation
from tests.conftest import NOW

RIVER = Profile(
    name="Breakthrough T1D",
    kind=OrganisationKind.PATIENT_MEMBER,
    votes=True,
    pillars=(Pillar.RESEARCH,),
    conditions=("type 1 diabetes",),
    website="breakthrought1d.org",
    since=date(2024, 2, 1),
    size=OrganisationSize.LARGE,
    region=Region.NATIONAL,
    perspectives=(Perspective.PATIENTS, Perspective.RESEARCHERS),
)
MANAGERS = (Role.CONVENER, Role.ADMINISTRATOR)
OTHERS = (None, Role.MEMBER, Role.OBSERVER)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


def added(db, clock, person, click="add", **changes):
    profile = Profile(**({f: getattr(RIVER, f) for f in RIVER.__slots__} | changes))
    return organisations.add_organisation(db, clock, actor=person, profile=profile, token=click)


def edited(db, clock, person, organisation_id, click="edit", **changes):
    profile = Profile(**({f: getattr(RIVER, f) for f in RIVER.__slots__} | changes))
    return organisations.edit_organisation(
        db, clock, actor=person, organisation_id=organisation_id, profile=profile, token=click
    )


def names(db, person, **asked):
    found = organisations.directory(db, actor=person, now=NOW, **asked)
    return [one.organisation.name for one in found]


def trail(db, action=""):
    with db.reading() as conn:
        return audit.trail(conn, action=action)


@pytest.mark.parametrize("role", MANAGERS)
def test_conveners_and_administrators_bring_an_organisation_to_the_table(db, clock, role):
    person = a_person(db, role=role)

    organisation_id = added(db, clock, person)

    kept = organisations.read(db, actor=person, organisation_id=organisation_id)
    assert kept.profile == RIVER.checked()
    assert kept.status is OrganisationStatus.ACTIVE
    [entry] = trail(db)
    assert (entry.actor, entry.action) == (person.label, "organisation.added")
    assert entry.subject == f"organisation:{organisation_id}"
    assert entry.detail == {"kind": "patient_member", "votes": True}


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_changes_an_organisation(db, clock, role):
    home = an_organisation(db, name="River Alliance")
    person = a_person(db, role=role) if role else None

    with pytest.raises(NotPermitted):
        added(db, clock, person)
    with pytest.raises(NotPermitted):
        edited(db, clock, person, home)
    with pytest.raises(NotPermitted):
        organisations.set_status(
            db,
            clock,
            actor=person,
            organisation_id=home,
            status=OrganisationStatus.PAUSED,
            token="pause",
        )

    assert names(db, None) == ["River Alliance"]
    assert trail(db) == ()


def test_a_double_click_adds_one_organisation(db, clock, convener):
    assert added(db, clock, convener) == added(db, clock, convener)

    assert names(db, None) == ["Breakthrough T1D"]
    assert len(trail(db)) == 1


def test_a_new_name_leaves_the_old_one_findable_by_everybody(db, clock, convener):
    home = added(db, clock, convener, name="Juvenile Diabetes Research Foundation (JDRF)")

    edited(db, clock, convener, home)

    assert names(db, None, search="jdrf") == ["Breakthrough T1D"]
    assert names(db, None, search="lupus") == []
    assert trail(db)[0].detail["renamed"] is True


def test_a_name_that_somebody_has_or_had_is_refused_and_nothing_is_changed(db, clock, convener):
    home = added(db, clock, convener, name="JDRF")
    edited(db, clock, convener, home, name="Breakthrough T1D")
    other = added(db, clock, convener, click="other", name="Lupus Voices")

    for taken in ("jdrf", "BREAKTHROUGH t1d"):
        with pytest.raises(OrganisationNameTaken):
            added(db, clock, convener, click=taken, name=taken)
        with pytest.raises(OrganisationNameTaken):
            edited(db, clock, convener, other, click=f"edit {taken}", name=taken)

    assert names(db, None) == ["Breakthrough T1D", "Lupus Voices"]
    assert len(trail(db)) == 3


def test_an_organisation_may_take_its_own_former_name_again(db, clock, convener):
    home = added(db, clock, convener, name="JDRF")
    edited(db, clock, convener, home, click="there", name="Breakthrough T1D")

    back = edited(db, clock, convener, home, click="back", name="JDRF", former_names=("JDRF",))

    assert (back.name, back.profile.former_names) == ("JDRF", ("Breakthrough T1D",))


def test_a_convener_organisation_holds_no_vote(db, clock, convener):
    with pytest.raises(ConvenerHasNoVote):
        added(db, clock, convener, kind=OrganisationKind.CONVENER)

    assert names(db, None) == []


def test_an_organisation_that_is_not_there_is_not_edited(db, clock, convener):
    with pytest.raises(OrganisationNotFound):
        edited(db, clock, convener, 404)


def test_only_active_organisations_with_a_vote_enter_the_roll(db, clock, convener):
    staying = added(db, clock, convener, name="Staying")
    for status in (OrganisationStatus.PAUSED, OrganisationStatus.LEFT):
        home = added(db, clock, convener, click=f"add {status}", name=status.value)
        with db.writing() as conn:
            store.set_status(conn, home, status)
    added(db, clock, convener, click="no vote", name="Supporters", votes=False)

    with db.reading() as conn:
        assert store.voting_ids(conn) == (staying,)


def test_setting_the_status_it_has_leaves_no_trace(db, clock, convener):
    home = added(db, clock, convener)

    for token in ("once", "twice"):
        organisations.set_status(
            db,
            clock,
            actor=convener,
            organisation_id=home,
            status=OrganisationStatus.PAUSED,
            token=token,
        )

    [entry] = trail(db, "organisation.status_set")
    assert entry.detail == {"status": "paused"}


def test_the_public_sees_neither_who_left_nor_who_holds_a_seat(db, clock, convener):
    delegate = a_delegate(db, organisation_id=an_organisation(db, name="River"), name="Avery")
    gone = added(db, clock, convener)
    with db.writing() as conn:
        store.set_status(conn, gone, OrganisationStatus.LEFT)

    [public] = organisations.directory(db, actor=None, now=NOW)
    inside = organisations.directory(db, actor=delegate, now=NOW)

    assert (public.organisation.name, public.holders) == ("River", None)
    assert [one.organisation.name for one in inside] == ["Breakthrough T1D", "River"]
    assert [[h.holder for h in one.holders] for one in inside] == [[], ["Avery"]]


def test_a_seat_that_has_ended_or_has_yet_to_begin_names_nobody(db):
    home = an_organisation(db)
    ended, coming, reader = (a_person(db) for _ in range(3))
    a_seat(db, home, ended.account_id, from_at=NOW - timedelta(days=2), to_at=NOW)
    a_seat(db, home, coming.account_id, rank=1, from_at=NOW + timedelta(seconds=1))

    [one] = organisations.directory(db, actor=reader, now=NOW)

    assert one.holders == ()


def test_the_directory_is_narrowed_by_pillar(db, clock, convener):
    added(db, clock, convener)

    assert names(db, None, pillar=Pillar.RESEARCH) == ["Breakthrough T1D"]
    assert names(db, None, pillar=Pillar.EQUITY) == []


def test_a_stranger_reads_the_directory_but_no_single_organisation(db):
    home = an_organisation(db)

    with pytest.raises(NotPermitted):
        organisations.read(db, actor=None, organisation_id=home)
