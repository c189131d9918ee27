"""``report``: the board's or a month's, as a file of the form asked for."""

import stat

import pytest


@pytest.fixture
def laid(wired, db):
    wired(db.url.render_as_string(hide_password=False))


@pytest.mark.parametrize("what", ["board", "month"])
@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")]
)
def test_a_report_is_written_for_its_owner_alone(laid, command, tmp_path, what, form, begins):
    path = tmp_path / "report"
    said = command("report", what, "--format", form, str(path))
    assert (said.code, said.err) == (0, "")
    assert path.read_bytes().startswith(begins)
    assert said.out == f"{path}: {path.stat().st_size:,} bytes\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_files_name_says_its_form(laid, command, tmp_path):
    path = tmp_path / "note.html"
    assert command("report", "month", "--month=2026-10", "--language=es", str(path)).code == 0
    assert "La mesa en octubre de 2026" in path.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_left_alone(laid, command, tmp_path):
    path = tmp_path / "board.html"
    path.write_text("mine")
    said = command("report", "board", str(path))
    assert (said.code, said.out) == (2, "")
    assert str(path) in said.err
    assert path.read_text() == "mine"


@pytest.mark.parametrize("month", ["2026-13", "November", "2026", "0001-01", "9999-12"])
def test_what_is_no_month_is_refused_in_a_line(laid, command, tmp_path, month):
    path = tmp_path / "note.pdf"
    said = command("report", "month", f"--month={month}", str(path))
    assert said.code == 2
    assert "is no month such as 2026-11" in said.err
    assert not path.exists()


def test_a_month_that_has_not_begun_is_refused(laid, command, tmp_path):
    path = tmp_path / "note.html"
    said = command("report", "month", "--month=2190-03", str(path))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("March 2190 has not begun, so there is nothing to tell of it.")
    assert not path.exists()


def test_without_a_table_there_is_no_report(wired, command, tmp_path):
    wired(f"sqlite:///{tmp_path / 'none.db'}")
    said = command("report", "board", str(tmp_path / "board.pdf"))
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err
