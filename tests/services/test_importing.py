from dataclasses import replace
from pathlib import Path

import pytest

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.sheets import SheetRefused
from coalition.domain.people.organisations import OrganisationKind
from coalition.services.deliberation import proposals
from coalition.services.deliberation.importing import import_proposals
from coalition.services.people import organisations
from coalition.services.people.importing import Difference, Imported, import_organisations
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.ground import audit
from coalition.store.people import organisations as store
from coalition.words.sheets import reason
from tests.builders import FINISHED, a_person, an_organisation
from tests.conftest import NOW, ROOT

ORGANISATIONS = (ROOT / "data" / "organizations.csv").read_bytes()
PROPOSALS = (ROOT / "data" / "proposals.csv").read_bytes()
HEADER = (
    "org_id,name,short_name,website_domain,membership_class,voting_right,condition_areas,"
    "sample_pillar_interest"
)
GOOD = "A-1,River Alliance,River,river.example,patient_member,yes,asthma;lupus,Access;equity"
BAD_DRAFT = {"key_date": "2026-02-30", "pillar": "Money", "source_url": "javascript:alert(1)"}


def a_file(*rows, header=HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def cells(row=GOOD, **changes) -> str:
    told = dict(zip(HEADER.split(","), row.split(","), strict=True)) | changes
    return ",".join(told.values())


def refused(deed, db, clock, data) -> list[str]:
    """Return what is told of a file that is refused, and see that nothing was stored."""
    before = stored(db)
    with pytest.raises(SheetRefused) as found:
        deed(db, clock, data=data)
    assert stored(db) == before
    return [f"line {f.line}, {f.field}: {reason(f.reason)}" for f in found.value.faults]


def stored(db):
    with db.reading() as conn:
        return (
            store.list_all(conn),
            proposals_store.by_import_id(conn),
            len(audit.trail(conn, limit=500)),
        )


def test_the_real_organisations_are_stored_as_they_are(db, clock):
    assert import_organisations(db, clock, data=ORGANISATIONS) == Imported(35, 0, ())

    with db.reading() as conn:
        kept = store.by_import_id(conn)
        assert len(store.voting_ids(conn)) == 34
        entries = audit.trail(conn, limit=100)
    ccf = kept["ORG-26"].profile
    assert (ccf.name, ccf.short_name) == ("Crohn's & Colitis Foundation", "CCF")
    assert ccf.pillars == (Pillar.COVERAGE, Pillar.ACCESS)
    assert ccf.conditions == ("Crohn's disease", "ulcerative colitis")
    assert ccf.website == "crohnscolitisfoundation.org"
    convener = kept["ORG-35"].profile
    assert (convener.kind, convener.votes) == (OrganisationKind.CONVENER, False)
    assert convener.conditions == ()
    assert kept["ORG-06"].profile.former_names == ()
    assert {(entry.actor, entry.action) for entry in entries} == {
        ("operator", "organisation.added")
    }


def test_the_real_proposals_arrive_as_drafts_with_references_and_sources(db, clock):
    assert import_proposals(db, clock, data=PROPOSALS) == Imported(24, 0, ())

    with db.reading() as conn:
        kept = proposals_store.by_import_id(conn)
    first, docket = kept["COV-01"], kept["EQU-04"]
    assert {one.stage for one in kept.values()} == {Stage.DRAFT}
    assert first.reference == "2026-001"
    assert first.champion_id is None
    assert first.text.ask == "Cosponsor and pass the HELP Copays Act"
    assert first.text.body == f"{first.text.summary}\n\n{first.text.ask}"
    assert first.text.patient_line == ""
    assert docket.text.source["comment_due_date"] == "2026-07-06"
    assert docket.text.source["source_url"].startswith("https://www.govinfo.gov/")
    assert "congress" not in docket.text.source


@pytest.mark.parametrize(
    ("deed", "data", "rows"),
    [(import_organisations, ORGANISATIONS, 35), (import_proposals, PROPOSALS, 24)],
)
def test_a_second_run_changes_nothing_and_says_so(db, clock, deed, data, rows):
    deed(db, clock, data=data)
    before = stored(db)

    assert deed(db, clock, data=data) == Imported(0, rows, ())

    assert stored(db) == before


def test_only_rows_not_seen_before_are_added(db, clock):
    import_organisations(db, clock, data=a_file(GOOD))

    again = a_file(GOOD, cells(org_id="A-2", name="Lakes"))

    assert import_organisations(db, clock, data=again) == Imported(1, 1, ())


def test_a_row_that_changed_is_named_and_the_table_keeps_its_word(db, clock):
    import_organisations(db, clock, data=a_file(GOOD))
    before = stored(db)

    changed = a_file(cells(website_domain="rivers.example"))

    done = import_organisations(db, clock, data=changed)
    assert done == Imported(0, 1, (Difference(2, "website_domain"),))
    assert stored(db) == before


def test_a_draft_edited_at_the_table_is_not_overwritten(db, clock):
    import_proposals(db, clock, data=PROPOSALS)
    convener = a_person(db, role=Role.CONVENER)
    with db.reading() as conn:
        first = proposals_store.by_import_id(conn)["COV-01"]
    proposals.edit_draft(
        db,
        clock,
        actor=convener,
        proposal_id=first.id,
        revision=first.revision,
        text=replace(FINISHED, source=first.text.source, title=first.text.title),
    )

    done = import_proposals(db, clock, data=PROPOSALS)

    assert done.differences == (Difference(2, "plain_summary"),)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (cells(org_id=""), "line 3, org_id: nothing here, and something must be"),
        (cells(name=" "), "line 3, name: nothing here, and something must be"),
        (cells(name="x" * 201), "line 3, name: 201 characters, and the limit is 200"),
        (cells(name="River\u202eecnaillA"), "line 3, name: holds invisible control characters"),
        (
            cells(membership_class="friend"),
            (
                "line 3, membership_class: friend is not one of: "
                "patient_member, supporting_organization, convener"
            ),
        ),
        (cells(voting_right="maybe"), "line 3, voting_right: maybe is not one of: yes, no"),
        (
            cells(sample_pillar_interest="Access;Money"),
            (
                "line 3, sample_pillar_interest: money is not one of: "
                "coverage, access, research, equity"
            ),
        ),
        (
            cells(website_domain="not a domain"),
            (
                "line 3, website_domain: not a domain is not an address of the web, "
                "such as example.org"
            ),
        ),
        (
            cells(membership_class="convener"),
            "line 3, voting_right: whoever convenes the table holds no vote",
        ),
        (cells(name="lakes"), "line 3, name: the same as in line 2"),
        (cells(org_id="A-0"), "line 3, org_id: the same as in line 2"),
        (cells() + ",more", "line 3, row: 9 cells, and the header has 8"),
    ],
)
def test_a_bad_row_is_told_by_line_column_and_reason_and_nothing_is_stored(db, clock, row, told):
    data = a_file(cells(org_id="A-0", name="Lakes"), row)

    assert refused(import_organisations, db, clock, data) == [told]


def test_every_bad_cell_of_every_bad_row_is_told(db, clock):
    data = a_file(cells(voting_right="", name=""), GOOD, cells(org_id="A-3", name="\u200b"))

    assert [fault.split(":")[0] for fault in refused(import_organisations, db, clock, data)] == [
        "line 2, voting_right",
        "line 2, name",
        "line 3, org_id",
        "line 4, name",
    ]


def test_a_line_is_counted_as_an_editor_counts_it(db, clock):
    two_lines = '"River\nAlliance"'
    data = a_file(
        "",
        cells(org_id="A-0", name="Lakes"),
        GOOD.replace("River Alliance", two_lines),
        cells(org_id="A-2", name="Hills", voting_right="x"),
    )

    assert [fault.split(":")[0] for fault in refused(import_organisations, db, clock, data)] == [
        "line 4, name",
        "line 6, voting_right",
    ]


def test_a_name_at_the_table_already_is_told(db, clock):
    an_organisation(db, name="RIVER  alliance")

    assert refused(import_organisations, db, clock, a_file(GOOD)) == [
        "line 2, name: an organisation at this table has this name, or had it"
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1, org_id: no row below the header"),
        (a_file(), "line 2, org_id: no row below the header"),
        (
            a_file(GOOD, header=HEADER.replace("voting_right", "vote")),
            "line 1, voting_right: the header lacks this column",
        ),
        (
            a_file(GOOD + ",x", header=HEADER + ",name"),
            "line 1, name: the header names this column twice",
        ),
        (
            a_file(GOOD).replace(b"lupus", "Sjögren".encode("cp1252")),
            "line 2, file: not UTF-8; save the file as CSV UTF-8",
        ),
        (
            a_file(GOOD).decode().encode("utf-16"),
            "line 1, file: not UTF-8; save the file as CSV UTF-8",
        ),
        (
            a_file(GOOD.replace("River,", '"River,')),
            "line 2, row: not CSV: a quote does not end, or a character cannot be read",
        ),
        (
            a_file(GOOD) + b"x" * 5_000_001,
            "line 1, file: larger than 5000000, the most that is taken at once",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_a_whole(db, clock, data, told):
    assert refused(import_organisations, db, clock, data) == [told]


def test_a_mark_of_byte_order_and_windows_line_ends_make_no_difference(db, clock):
    data = b"\xef\xbb\xbf" + a_file(GOOD).replace(b"\n", b"\r\n")

    assert import_organisations(db, clock, data=data).added == 1
    assert import_organisations(db, clock, data=a_file(GOOD)) == Imported(0, 1, ())


def test_a_cell_that_begins_a_formula_is_kept_as_it_is(db, clock):
    import_organisations(db, clock, data=a_file(cells(name="=SUM(A1)")))

    [one] = organisations.directory(db, actor=None, now=NOW)
    assert one.organisation.name == "=SUM(A1)"


def test_a_bad_draft_is_told_cell_by_cell(db, clock):
    header, first, *_ = PROPOSALS.decode().splitlines()
    told = dict(zip(header.split(","), first.split(","), strict=False)) | BAD_DRAFT
    row = ",".join(told.values())

    assert refused(import_proposals, db, clock, f"{header}\n{row}\n".encode()) == [
        "line 2, pillar: money is not one of: coverage, access, research, equity",
        "line 2, key_date: 2026-02-30 is no day of the calendar, written like 2026-11-24",
        "line 2, source_url: not a web address that begins with https:// or http://",
    ]


@pytest.mark.parametrize("day", ["2026-02-30", "30.11.2026", "20261124", "2026-W48-2", "soon"])
def test_a_day_that_does_not_exist_is_told(db, clock, day):
    data = PROPOSALS.replace(b"2026-07-31,2027-01-01", f"{day},2027-01-01".encode())
    assert data != PROPOSALS

    [told] = refused(import_proposals, db, clock, data)

    assert told.startswith("line 13, comment_due_date: ")


def test_the_files_of_the_demonstration_are_there():
    assert {path.name for path in Path(ROOT / "data").glob("*.csv")} >= {
        "organizations.csv",
        "proposals.csv",
    }
