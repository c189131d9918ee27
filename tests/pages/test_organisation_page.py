"""Our organisation: the seat, and what was said from it."""

from datetime import timedelta

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from tests.builders import a_ballot, a_delegate, a_person, a_round, a_seat, a_table, an_organisation
from tests.conftest import NOW

DAY = timedelta(days=1)


def said(app) -> str:
    kinds = ("title", "header", "markdown", "caption")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def table(app, number=0):
    return app.table[number].value.values.tolist()


def test_a_member_without_a_seat_is_told_so_and_where_to_look(visit, db):
    app = visit("organisation", as_=a_person(db))

    assert "You hold no seat" in said(app)
    assert not app.table


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
def test_it_is_not_for_whoever_is_given_no_seat(visit, db, role):
    assert "Not part of your role" in said(visit("organisation", as_=a_person(db, role=role)))


def test_a_stranger_reads_nothing_of_it(visit, db):
    an_organisation(db, name="River Alliance")

    app = visit("organisation")

    assert app.title[0].value == "Sign in"
    assert "River" not in said(app)


def test_delegate_alternates_and_who_held_it_before_are_named(visit, db, clock):
    home = an_organisation(db, name="River Alliance")
    delegate = a_delegate(db, organisation_id=home, name="Avery Stone")
    a_seat(db, home, a_person(db, name="Kim Lake").account_id, rank=1, from_at=NOW + DAY)
    before = a_person(db, name="Robin Past").account_id
    a_seat(db, home, before, rank=2, from_at=NOW - 2 * DAY, to_at=NOW - DAY)

    app = visit("organisation", as_=delegate)

    assert "River Alliance" in said(app)
    assert [(row[0], row[1], row[4]) for row in table(app)] == [
        ("Primary delegate", "Avery Stone", "may act"),
        ("Alternate no. 1", "Kim Lake", "begins later"),
    ]
    assert [row[1] for row in table(app, 1)] == ["Robin Past"]


def test_what_the_organisation_said_stands_there_with_its_receipt_and_no_other_s(visit, db, clock):
    convener, [ours, theirs, _] = a_table(db)
    this = a_round(db, clock, convener)
    first = a_ballot(db, clock, ours, this, "support")
    clock.move(hours=1)
    second = a_ballot(
        db, clock, ours, this, "object", replaces=first.id, reason="It shuts *us* out."
    )
    a_ballot(db, clock, theirs, this, "abstain")

    app = visit("organisation", as_=ours)

    rows = table(app, 1)
    assert [(row[2], row[4]) for row in rows] == [
        ("Object", second.receipt),
        ("Support", first.receipt),
    ]
    assert rows[0][5] == r"It shuts \*us\* out."
    assert rows[0][1].endswith("Count all copay help toward patient costs")


def test_a_delegate_of_a_silent_organisation_is_told_what_will_stand_there(visit, db):
    assert "No stance yet" in said(visit("organisation", as_=a_delegate(db)))


def test_a_long_history_is_shown_a_page_at_a_time_for_as_many_queries_as_a_short_one(
    visit, db, clock, queries
):
    convener, [ours, *_] = a_table(db)

    def asked(count):
        for _ in range(count):
            a_ballot(db, clock, ours, a_round(db, clock, convener), "support")
            clock.move(minutes=1)
        visit("organisation", as_=ours)
        with queries(wiring.database()) as told:
            app = visit("organisation", as_=ours)
        return len(table(app, 1)), len(told)

    rows, few = asked(1)
    page, many = asked(26)

    assert (rows, page) == (1, 25)
    assert many == few


def test_a_delegate_changes_what_is_said_and_reads_it_at_once(visit, db):
    app = visit("organisation", as_=a_delegate(db))
    next(one for one in app.text_input if one.label.startswith("Website")).input("river.example")
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert "Saved. Everybody reads it under Members." in [one.value for one in app.success]
    assert "Website: river.example" in [one.value for one in app.markdown]


def test_without_a_vote_it_says_why_and_what_can_be_done(visit, db):
    home = an_organisation(db, votes=False, kind="supporting_organization")
    app = visit("organisation", as_=a_delegate(db, organisation_id=home))
    assert any("No round asks you for a stance" in one.value for one in app.info)
    app = visit("organisation", as_=a_delegate(db))
    assert not any("No round asks" in one.value for one in app.info)
