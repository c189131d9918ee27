"""The reports page as a convener meets it."""

from dataclasses import replace

import pytest

from coalition.domain.insight.reports import Month
from coalition.press.pressing import Form
from coalition.ui.insight import report_desk
from tests.builders import QUICK, a_round, a_table
from tests.pages.screen import press, shown


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


@pytest.fixture
def offered(monkeypatch):
    """Every file as it comes from the press."""
    files = []
    press = report_desk.pressed
    monkeypatch.setattr(
        report_desk, "pressed", lambda *given: files.append(press(*given)) or files[-1]
    )
    return files


def download(app):
    (button,) = app.get("download_button")
    return button.proto


def test_a_report_is_made_only_when_it_is_asked_for(visit, table, offered):
    app = visit("reports", as_=table[0])
    assert not offered
    assert not app.get("download_button")
    assert "It names who has not answered, so it is for conveners." in shown(app)


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")]
)
def test_a_board_report_can_be_taken_away_as_each_kind_of_file(
    visit, db, clock, table, offered, form, begins
):
    a_round(db, clock, table[0], rule=QUICK)
    app = press(visit("reports", as_=table[0], format=form), "Make the report")
    (file,) = offered
    assert file.startswith(begins)
    assert download(app).label == "Download the report"
    (progress,) = app.get("progress")
    assert (progress.proto.value, progress.proto.text) == (100, "The report is ready.")


def test_the_note_of_an_earlier_month_is_chosen_by_its_name(visit, table, offered):
    app = visit("reports", as_=table[0], report="month", format="html")
    assert "It holds no more than every member may see." in shown(app)
    assert app.selectbox[0].options[:2] == ["November 2026", "October 2026"]
    app.selectbox[0].set_value("2026-10").run()
    assert app.query_params["month"] == "2026-10"
    press(app, "Make the report")
    assert "The table in October 2026" in offered[0].decode()


def test_a_month_that_has_not_begun_is_not_offered(visit, table, offered):
    app = visit("reports", as_=table[0], report="month", month="2027-03", format="html")
    assert app.selectbox[0].value == "2026-11"
    assert app.selectbox[0].options[0] == "November 2026"
    press(app, "Make the report")
    assert "The table in November 2026" in offered[0].decode()


def test_a_report_is_in_the_readers_language(visit, table, offered):
    app = visit("reports", as_=table[0], format="html", lang="es")
    press(app, "Hacer el informe")
    assert '<html lang="es">' in offered[0].decode()
    assert "Cómo va el consenso" in offered[0].decode()


def test_the_same_file_never_has_the_same_address(visit, table, offered):
    """Streamlit makes the address from name and content, so the name must not be guessed."""
    app = visit("reports", as_=table[0], format="html")
    addresses = {download(press(app, "Make the report")).url for _ in range(2)}
    assert offered[0] == offered[1]
    assert len(addresses) == 2


def test_a_file_is_called_what_it_is():
    asked = report_desk.Asked(report_desk.Kind.MONTH, Month(2026, 10), Form.PDF)
    assert asked.stem == "monthly-note-2026-10"
    assert replace(asked, kind=report_desk.Kind.BOARD).stem == "board-report"
