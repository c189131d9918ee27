"""Accounts and seats: letting in, closing, adding organisations, appointing."""

from datetime import date, timedelta

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Capacity, Role
from coalition.domain.people.organisations import OrganisationKind, OrganisationStatus
from coalition.services.people import accounts, invitations, organisations
from coalition.store.people import seats as store
from tests.builders import PASSWORD, a_delegate, a_person, a_seat, an_organisation
from tests.conftest import NOW

MANAGERS = (Role.CONVENER, Role.ADMINISTRATOR)


@pytest.fixture
def administrator(db):
    return a_person(db, role=Role.ADMINISTRATOR, name="Ada Administrator", password=PASSWORD)


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


def part(app, name):
    """Open one of the three parts."""
    app.segmented_control[0].set_value(name).run()
    assert not app.exception, app.exception
    return app


def field(app, label):
    fields = (*app.text_input, *app.text_area, *app.selectbox, *app.radio, *app.date_input)
    return next(one for one in fields if one.label.startswith(label))


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception, app.exception
    return app


def labels(app):
    return [button.label for button in app.button]


def said(app) -> str:
    kinds = ("title", "header", "markdown", "caption", "success", "error", "warning", "info")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def rows(app, number=0):
    return app.table[number].value.values.tolist()


def held(db, person, at):
    with db.reading() as conn:
        return store.held(conn, person.account_id, at)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER])
def test_members_and_observers_see_nothing_of_it(visit, db, role):
    a_person(db, name="Avery Stone")

    app = visit("accounts", as_=a_person(db, role=role))

    assert app.title[0].value == "Not part of your role"
    assert not app.table


def test_a_stranger_sees_nothing_of_it(visit, db):
    a_person(db, name="Avery Stone")

    app = visit("accounts")

    assert app.title[0].value == "Sign in"
    assert not app.table


@pytest.mark.parametrize("role", MANAGERS)
@pytest.mark.parametrize("name", ["accounts", "organisations", "seats"])
def test_each_part_opens_for_whoever_keeps_it(visit, db, role, name):
    a_delegate(db)

    app = part(visit("accounts", as_=a_person(db, role=role)), name)

    assert app.title[0].value == "Accounts and seats"


def invited(app, *, role, email="kim@lakes.example"):
    field(app, "Name").input("Kim Lake")
    field(app, "E-mail").input(email)
    if role:
        field(app, "Role").set_value(role)
    return press(app, "Make an account and its link")


def test_who_is_let_in_gets_a_link_that_is_shown_once_and_opens(visit, db, clock, convener):
    app = invited(visit("accounts", as_=convener), role=Role.MEMBER)

    [link] = [code.value for code in app.code]
    assert link.startswith("http")
    secret = link.split("invitation=")[1]
    assert invitations.invited(db, secret=secret, now=clock()).email == "kim@lakes.example"
    assert "Kim Lake" in str(rows(app))
    app.run()
    assert not app.code


def test_a_convener_lets_in_members_and_observers_only(visit, convener, administrator):
    offered = field(visit("accounts", as_=convener), "Role").options
    all_offered = field(visit("accounts", as_=administrator), "Role").options

    assert offered == ["Member", "Observer"]
    assert all_offered == ["Member", "Observer", "Convener", "Administrator"]


def test_a_role_is_chosen_and_never_taken_for_granted(visit, db, clock, convener):
    app = visit("accounts", as_=convener)
    assert field(app, "Role").value is None

    invited(app, role=None)

    assert "Role: please choose one." in said(app)
    assert len(accounts.list_accounts(db, actor=convener, now=clock())) == 1


def test_an_address_that_somebody_has_is_told_and_the_words_are_kept(visit, convener):
    app = invited(visit("accounts", as_=convener), role=Role.MEMBER, email=convener.email)

    assert "Somebody here has this e-mail address already." in said(app)
    assert field(app, "Name").value == "Kim Lake"


def test_an_administrator_closes_and_opens_an_account_and_changes_its_role(
    visit, db, clock, administrator
):
    person = a_person(db, name="Avery Stone")
    app = visit("accounts", as_=administrator)
    field(app, "Account").set_value(person.account_id).run()

    press(app, "Close this account")
    assert "Open this account again" in labels(app)
    assert "Close this account" not in labels(app)
    assert next(row for row in rows(app) if row[0] == "Avery Stone")[4] == "closed"
    press(app, "Open this account again")
    field(app, "Another role").set_value(Role.OBSERVER)
    press(app, "Give this role")

    [line] = [
        line
        for line in accounts.list_accounts(db, actor=administrator, now=clock())
        if line.account.id == person.account_id
    ]
    assert (line.account.active, line.account.role) == (True, Role.OBSERVER)


def test_a_convener_makes_links_but_closes_no_account(visit, db, convener):
    person = a_person(db, name="Avery Stone")
    app = visit("accounts", as_=convener)
    field(app, "Account").set_value(person.account_id).run()

    assert {"New link"} < set(labels(app))
    assert not {"Close this account", "Give this role"} & set(labels(app))
    press(app, "New link")
    assert len(app.code) == 1


def test_the_last_administrator_and_one_s_own_account_stay_open(visit, administrator):
    app = visit("accounts", as_=administrator)
    field(app, "Account").set_value(administrator.account_id).run()

    press(app, "Close this account")

    assert "You cannot close your own account" in said(app)


def test_a_search_finds_accounts_by_name_address_or_organisation(visit, db, convener):
    a_delegate(db, organisation_id=an_organisation(db, name="River Alliance"), name="Avery Stone")
    app = visit("accounts", as_=convener)

    field(app, "Search").input("river").run()

    assert [row[0] for row in rows(app)] == ["Avery Stone"]
    field(app, "Search").input("nobody at all").run()
    assert not app.table


def test_an_organisation_is_added_with_every_choice_made(visit, db, convener):
    app = part(visit("accounts", as_=convener), "organisations")
    field(app, "Name").input("River Alliance")
    press(app, "Add this organisation")
    assert "Class: please choose one." in said(app)
    assert field(app, "Name").value == "River Alliance"

    field(app, "Class").set_value(OrganisationKind.PATIENT_MEMBER)
    field(app, "Does it vote?").set_value(True)
    field(app, "Website").input("river.example")
    field(app, "Speaks for").input("asthma\nlupus")
    field(app, "Former names").input("Old River")
    field(app, "Member since").set_value(date(2024, 2, 1))
    press(app, "Add this organisation")

    [one] = organisations.directory(db, actor=None, now=NOW)
    mine = one.organisation.profile
    assert (mine.name, mine.votes, mine.conditions) == ("River Alliance", True, ("asthma", "lupus"))
    assert (mine.since, mine.former_names) == (date(2024, 2, 1), ("Old River",))
    assert "River Alliance" in str(rows(app))


def test_a_renamed_organisation_keeps_its_old_name(visit, db, convener):
    home = an_organisation(db, name="JDRF")
    app = part(visit("accounts", as_=convener), "organisations")
    field(app, "Organisation").set_value(home).run()

    field(app, "Name").input("Breakthrough T1D")
    press(app, "Save")

    assert "Breakthrough T1D (formerly JDRF)" in str(rows(app))


def test_an_organisation_is_paused(visit, db, convener):
    home = an_organisation(db, name="River Alliance")
    app = part(visit("accounts", as_=convener), "organisations")
    field(app, "Organisation").set_value(home).run()

    field(app, "Other standing").set_value(OrganisationStatus.PAUSED)
    press(app, "Set this standing")

    one = organisations.read(db, actor=convener, organisation_id=home)
    assert one.status is OrganisationStatus.PAUSED


def test_an_organisation_leaves_into_another_with_a_reason(visit, db, convener):
    going, heir = (an_organisation(db, name=name) for name in ("River Alliance", "Lake Friends"))
    app = part(visit("accounts", as_=convener), "organisations")
    field(app, "Organisation").set_value(going).run()

    press(app, "Note that it leaves")
    assert "Reason: please fill this in." in [one.value for one in app.error]
    field(app, "It merges into").set_value(heir)
    field(app, "Reason, read by members").input("The two boards voted for it.")
    press(app, "Note that it leaves")

    one = organisations.read(db, actor=convener, organisation_id=going)
    assert (one.status, one.successor) == (OrganisationStatus.LEFT, "Lake Friends")
    app = part(visit("accounts", as_=convener), "organisations")
    assert any("merged into Lake Friends" in " ".join(row) for row in rows(app))


def test_a_lapsed_standing_is_told_to_whoever_keeps_the_table(visit, db, clock, convener):
    home = an_organisation(db, name="River Alliance")
    app = part(visit("accounts", as_=convener), "organisations")
    field(app, "Organisation").set_value(home).run()
    field(app, "In good standing until").set_value(date(2026, 10, 1))
    press(app, "Save")

    app = part(visit("accounts", as_=convener), "organisations")
    assert "1 active organisation is past the day" in app.warning[0].value
    assert any("lapsed on 1 Oct 2026" in " ".join(row) for row in rows(app))


def test_a_vacant_seat_is_named_and_filled(visit, db, clock, convener):
    home = an_organisation(db, name="River Alliance")
    person = a_person(db, name="Avery Stone")
    app = part(visit("accounts", as_=convener), "seats")
    assert "1 organisation with a vote has no delegate who can act." in said(app)
    field(app, "Organisation").set_value(home).run()

    field(app, "Person").set_value(person.account_id)
    field(app, "Place").set_value(Capacity.PRIMARY)
    press(app, "Appoint")

    assert held(db, person, clock()).capacity is Capacity.PRIMARY
    assert [(row[0], row[1], row[4]) for row in rows(app)] == [
        ("Primary delegate", "Avery Stone", "may act")
    ]
    assert "no delegate who can act" not in said(app)


def test_neither_person_nor_place_is_taken_for_granted(visit, db, convener):
    home = an_organisation(db)
    a_person(db)
    app = part(visit("accounts", as_=convener), "seats")
    field(app, "Organisation").set_value(home).run()
    assert (field(app, "Person").value, field(app, "Place").value) == (None, None)

    press(app, "Appoint")

    assert "Please choose a person and a place." in said(app)


def test_an_alternate_acts_from_one_day_until_the_end_of_another(visit, db, convener):
    home = an_organisation(db)
    person = a_person(db)
    app = part(visit("accounts", as_=convener), "seats")
    field(app, "Organisation").set_value(home).run()

    field(app, "Person").set_value(person.account_id)
    field(app, "Place").set_value(Capacity.ALTERNATE)
    field(app, "From").set_value(date(2026, 11, 2))
    field(app, "Until").set_value(date(2026, 11, 3))
    press(app, "Appoint")

    midnight = NOW.replace(day=2, hour=5, minute=0)  # in New York, after the clocks went back
    seen = [midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=2)]
    assert [held(db, person, at) is not None for at in seen] == [False, True, False]


def test_a_time_in_a_seat_is_ended_and_the_alternate_comes_first(visit, db, clock, convener):
    home = an_organisation(db)
    delegate = a_delegate(db, organisation_id=home, name="Avery Stone")
    alternate = a_delegate(db, organisation_id=home, rank=1, name="Kim Lake")
    app = part(visit("accounts", as_=convener), "seats")
    field(app, "Organisation").set_value(home).run()
    with db.reading() as conn:
        seat_of = {one.holder: one.id for one in store.list_unended(conn, clock())}

    field(app, "Somebody").set_value(seat_of["Kim Lake"]).run()
    press(app, "Make primary delegate")
    assert held(db, alternate, clock()).capacity is Capacity.PRIMARY
    field(app, "Somebody").set_value(seat_of["Avery Stone"]).run()
    press(app, "End this person's time in the seat")

    assert held(db, delegate, clock()) is None
    assert [row[1] for row in rows(app)] == ["Kim Lake"]


def test_who_holds_a_seat_elsewhere_is_not_offered(visit, db, convener):
    home = an_organisation(db)
    a_delegate(db, name="Taken")
    free = a_person(db, name="Free", email="free@lakes.example")
    a_seat(db, home, a_person(db, name="Ours").account_id)
    app = part(visit("accounts", as_=convener), "seats")
    field(app, "Organisation").set_value(home).run()

    assert field(app, "Person").options == [f"Free ({free.email})"]


@pytest.mark.parametrize("name", ["accounts", "organisations", "seats"])
def test_each_part_asks_as_much_of_the_database_for_many_as_for_few(
    visit, db, convener, queries, name
):
    def asked(count):
        for _ in range(count):
            a_delegate(db)
        part(visit("accounts", as_=convener), name)
        with queries(wiring.database()) as told:
            part(visit("accounts", as_=convener), name)
        return len(told)

    assert asked(2) == asked(45)
