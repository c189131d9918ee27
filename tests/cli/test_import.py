import pytest

from coalition import wiring
from coalition.__main__ import main
from coalition.store.people import organisations
from tests.conftest import ROOT

ORGANISATIONS = ROOT / "data" / "organizations.csv"


@pytest.fixture
def table(db, monkeypatch, tmp_path):
    """The wiring of this process, laid on the test's database."""
    monkeypatch.setenv("COALITION_DATABASE_URL", db.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COALITION_KEY_FILE", str(tmp_path / "key"))
    for cached in (wiring.deployment, wiring.database):
        cached.cache_clear()
    yield db
    wiring.database().dispose()
    for cached in (wiring.deployment, wiring.database):
        cached.cache_clear()


def count(db) -> int:
    with db.reading() as conn:
        return len(organisations.list_all(conn))


def test_both_files_are_stored_once_and_a_second_run_says_that_nothing_changed(table, capsys):
    for what, rows in (("organizations", 35), ("proposals", 24)):
        path = str(ROOT / "data" / f"{what}.csv")

        assert main(["import", what, path]) == 0
        assert capsys.readouterr().out == f"Stored {rows} rows.\n"
        assert main(["import", what, path]) == 0
        assert capsys.readouterr().out == (
            f"Nothing changed: all {rows} rows were imported before.\n"
        )


def test_each_bad_row_is_on_a_line_and_nothing_is_stored(table, tmp_path, capsys):
    bad = tmp_path / "bad.csv"
    told = (
        ORGANISATIONS.read_text().replace("ORG-03,", "ORG-02,").replace("NDSS,ndss", "NDSS,-ndss")
    )
    bad.write_text(told)

    assert main(["import", "organizations", str(bad)]) == 2

    assert capsys.readouterr().err.splitlines() == [
        "line 4, org_id: the same as in line 3",
        "line 5, website_domain: -ndss.org is not an address of the web, such as example.org",
        "Nothing was stored.",
    ]
    assert count(table) == 0


def test_a_row_that_differs_from_the_table_is_named_and_kept(table, tmp_path, capsys):
    assert main(["import", "organizations", str(ORGANISATIONS)]) == 0
    capsys.readouterr()
    changed = tmp_path / "changed.csv"
    changed.write_text(ORGANISATIONS.read_text().replace("ndss.org", "ndss.example"))

    assert main(["import", "organizations", str(changed)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "line 5: already imported, differs in website_domain; not changed, edit it at the table",
        "Nothing changed: all 35 rows were imported before.",
    ]


def test_a_file_that_is_not_there_is_told_in_words(table, tmp_path, capsys):
    assert main(["import", "proposals", str(tmp_path / "none.csv")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_told_in_words(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COALITION_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    for cached in (wiring.deployment, wiring.database):
        cached.cache_clear()

    assert main(["import", "organizations", str(ORGANISATIONS)]) == 2

    assert "COALITION_DATABASE_URL" in capsys.readouterr().err
    wiring.database().dispose()
    for cached in (wiring.deployment, wiring.database):
        cached.cache_clear()
