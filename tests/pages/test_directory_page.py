"""Members: what everybody may read, and what only members see."""

from datetime import date

import pandas as pd
import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import OrganisationKind, OrganisationStatus, Profile
from coalition.services.people import organisations as organisation_deeds
from coalition.store.people import organisations
from coalition.ui import downloads
from coalition.ui.downloads import csv_bytes
from coalition.ui.entry import Visit
from coalition.ui.people import directory
from coalition.words import language, speak
from tests.builders import a_delegate, a_person, a_seat
from tests.conftest import NOW, TABLE


def kept(db, name, **changes):
    told = {"kind": OrganisationKind.PATIENT_MEMBER, "votes": True}
    status = changes.pop("status", OrganisationStatus.ACTIVE)
    with db.writing() as conn:
        profile = Profile(name, **(told | changes)).checked()
        return organisations.add(conn, profile, at=NOW, status=status)


@pytest.fixture
def river(db):
    return kept(
        db,
        "Breakthrough T1D",
        former_names=("JDRF",),
        conditions=("type 1 diabetes",),
        pillars=(Pillar.RESEARCH,),
        website="breakthrought1d.org",
        since=date(2024, 3, 1),
    )


def shown(app):
    """Return the table as text, headings first."""
    [table] = app.table
    return [list(table.value.columns), *table.value.to_numpy().tolist()]


def everything(app) -> str:
    told = [element.value for kind in ("markdown", "caption", "title") for element in app.get(kind)]
    return " ".join([*map(str, told), *(str(table.value) for table in app.table)])


def test_the_public_finds_an_organisation_by_the_name_it_had(visit, db, river):
    kept(db, "Lupus Voices")
    app = visit("members")

    app.text_input[0].input("jdrf").run()

    [headings, row] = shown(app)
    assert headings == [
        "Organisation",
        "Class",
        "Vote",
        "Speaks for",
        "Pillars",
        "Member since",
        "Website",
    ]
    assert row == [
        "Breakthrough T1D (formerly JDRF)",
        "Patient organisation",
        "Yes",
        "type 1 diabetes",
        "Research",
        "Mar 2024",
        "breakthrought1d.org",
    ]


def test_a_column_of_which_nothing_is_known_is_not_shown(visit, db):
    kept(db, "Lupus Voices")
    [headings, row] = shown(visit("members"))
    assert "Member since" not in headings
    assert len(row) == len(headings)


def test_the_public_reads_no_name_of_a_delegate_and_nobody_who_left(visit, db, river):
    person = a_person(db, name="Avery Stone")
    a_seat(db, river, person.account_id)
    kept(db, "Gone Group", status=OrganisationStatus.LEFT)

    seen = everything(visit("members"))

    assert "Breakthrough" in seen
    assert "Avery" not in seen
    assert "Gone Group" not in seen


@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_signed_in_reads_who_acts_and_who_left(visit, db, river, role):
    a_seat(db, river, a_person(db, name="Avery Stone").account_id)
    kept(db, "Gone Group", status=OrganisationStatus.LEFT)

    [headings, first, second] = shown(visit("members", as_=a_person(db, role=role)))

    assert headings[-3:] == ["Standing", "Acts for it", "Declared interests"]
    assert first[-3:] == ["Active", "Avery Stone (Primary delegate)", ""]
    assert [second[0], *second[-3:]] == ["Gone Group", "Has left", "Nobody", ""]


def test_a_name_that_would_run_or_fetch_is_shown_letter_by_letter(visit, db):
    kept(db, "![x](https://evil.example/x.png) <b>Bold</b>")

    [_, row] = shown(visit("members"))

    assert "![x]" not in row[0]
    assert row[0].endswith(r"\<b>Bold\</b>")


def test_a_name_that_begins_a_formula_is_no_formula_in_the_file(db):
    kept(db, "=SUM(A1)")
    found = organisation_deeds.directory(db, actor=None, now=NOW)

    file = csv_bytes(directory.frame(found, NOW.date(), inside=False)).decode("utf-8-sig")
    [_, row] = file.splitlines()

    assert row.startswith("'=SUM(A1),")


def test_the_file_holds_all_that_was_found_and_not_only_the_page(db):
    for number in range(45):
        kept(db, f"Group {number}")
    here = Visit(db, None, NOW, lambda: NOW, TABLE, "UTC", None)

    told = directory._all(here, "group 44", None)()

    assert list(told[told.columns[0]]) == ["Group 44"]
    assert len(directory._all(here, "", None)()) == 45


def test_a_file_made_later_speaks_the_language_of_the_page_it_was_asked_on():
    speak("es")
    make = downloads._maker(lambda: pd.DataFrame(columns=[language()]), downloads.csv_bytes)
    speak("en")

    assert make().decode("utf-8-sig") == "es\r\n"


def test_a_search_that_finds_nothing_says_what_to_do(visit, db, river):
    app = visit("members")

    app.text_input[0].input("unheard of").run()

    assert not app.table
    assert "Try a part of the name, or empty the search." in [c.value for c in app.caption]


def test_an_empty_table_says_how_organisations_get_here(visit):
    assert "No organisation yet" in everything(visit("members"))


def test_the_pillar_narrows_the_list_and_is_not_chosen_for_one(visit, db, river):
    kept(db, "Lupus Voices")
    app = visit("members")
    assert app.selectbox[0].value is None

    app.selectbox[0].set_value(Pillar.RESEARCH).run()

    assert [row[0] for row in shown(app)[1:]] == ["Breakthrough T1D (formerly JDRF)"]


def test_a_long_list_is_shown_a_page_at_a_time_for_as_many_queries_as_a_short_one(
    visit, served, db, queries
):
    def asked(count):
        for number in range(count):
            kept(db, f"Group {count} {number}")
        reader = a_delegate(db)
        visit("members", as_=reader)
        with queries(wiring.database()) as told:
            app = visit("members", as_=reader)
        return len(shown(app)) - 1, len(told)

    rows, few = asked(3)
    page, many = asked(60)

    assert (rows, page) == (4, 40)
    assert many == few
