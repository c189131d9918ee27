"""What an organisation says of itself; standing, dues and parent, which the table keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coalition.domain.ground.errors import NotPermitted
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import TextTooLong
from coalition.domain.people.organisations import (
    NoSeat,
    OrganisationKind,
    OrganisationSize,
    Profile,
    WebsiteUnreadable,
)
from coalition.services.people import organisations, profiles
from coalition.store.ground import audit
from coalition.store.people import organisations as store
from tests import builders
from tests.conftest import NOW

OURS = Profile(
    "Another Name",
    "RA",
    OrganisationKind.CONVENER,
    votes=False,
    pillars=(Pillar.EQUITY,),
    conditions=("lupus",),
    website="river.example.org",
    former_names=("Never So Called",),
    size=OrganisationSize.SMALL,
    good_until=date(2099, 1, 1),
    dues_tier="Free",
    parent="A Foundation",
)


def described(db, clock, person, click="say", **changes):
    return profiles.describe(db, clock, actor=person, profile=replace(OURS, **changes), token=click)


def test_a_delegate_changes_what_is_said_and_not_what_the_table_keeps(db, clock):
    home = builders.an_organisation(db, name="River Alliance")
    delegate = builders.a_delegate(db, organisation_id=home)

    after = described(db, clock, delegate).profile

    assert (after.short_name, after.website, after.conditions) == (
        "RA",
        "river.example.org",
        ("lupus",),
    )
    assert (after.pillars, after.size) == ((Pillar.EQUITY,), OrganisationSize.SMALL)
    assert (after.name, after.kind, after.votes) == (
        "River Alliance",
        OrganisationKind.PATIENT_MEMBER,
        True,
    )
    assert (after.good_until, after.dues_tier, after.parent) == (None, "", "")
    assert after.former_names == ()
    with db.reading() as conn:
        [entry] = audit.trail(conn, action="organisation.described")
    assert entry.subject == f"organisation:{home}"


def test_a_double_click_says_it_once(db, clock):
    delegate = builders.a_delegate(db, organisation_id=builders.an_organisation(db))
    described(db, clock, delegate)
    described(db, clock, delegate, short_name="Later")
    with db.reading() as conn:
        assert len(audit.trail(conn, action="organisation.described")) == 1


def test_bad_words_change_nothing(db, clock):
    home = builders.an_organisation(db)
    delegate = builders.a_delegate(db, organisation_id=home)
    with db.reading() as conn:
        before = store.get(conn, home)
    with pytest.raises(WebsiteUnreadable):
        described(db, clock, delegate, website="javascript:alert(1)")
    with pytest.raises(TextTooLong):
        described(db, clock, delegate, short_name="x" * 81)
    with db.reading() as conn:
        assert store.get(conn, home) == before


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_nobody_else_says_it(db, clock, role):
    person = builders.a_person(db, role=role) if role else None
    with pytest.raises(NotPermitted):
        described(db, clock, person)


def test_a_member_without_a_seat_says_nothing(db, clock):
    with pytest.raises(NoSeat):
        described(db, clock, builders.a_person(db))


def kept(db, clock, convener, name, **said):
    profile = Profile(name, kind=OrganisationKind.PATIENT_MEMBER, votes=True, **said)
    return organisations.add_organisation(db, clock, actor=convener, profile=profile, token=name)


def test_organisations_of_one_parent_find_each_other_and_each_votes(db, clock):
    convener = builders.a_person(db, role=Role.CONVENER)
    for name in ("North Chapter", "South Chapter"):
        kept(db, clock, convener, name, parent="The  Big Foundation")
    kept(db, clock, convener, "Elsewhere")

    one = organisations.read(db, actor=convener, organisation_id=1)
    found = organisations.directory(db, actor=None, now=NOW, search="big foundation")

    assert profiles.of_parent(db, actor=convener, this=one) == ("South Chapter",)
    assert [each.organisation.name for each in found] == ["North Chapter", "South Chapter"]
    with db.reading() as conn:
        assert len(store.voting_ids(conn)) == 3


def test_a_lapsed_standing_is_counted_and_keeps_its_vote(db, clock):
    convener = builders.a_person(db, role=Role.CONVENER)
    today = date(2026, 11, 1)  # at the table, half past one
    kept(db, clock, convener, "Lapsed", good_until=today - timedelta(days=1), dues_tier=" Small ")
    kept(db, clock, convener, "Good today", good_until=today)
    kept(db, clock, convener, "Says nothing")

    assert profiles.count_lapsed(db, actor=convener, now=NOW) == 1
    assert organisations.read(db, actor=convener, organisation_id=1).profile.dues_tier == "Small"
    with db.reading() as conn:
        assert len(store.voting_ids(conn)) == 3
