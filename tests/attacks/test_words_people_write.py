"""Text that lies: blank names, hidden marks, cells that run, bytes no database takes."""

import pytest

from coalition.domain.deliberation.ballots import ReceiptUnknown
from coalition.domain.ground import text
from coalition.domain.ground.sheet_cells import csv_cell
from coalition.domain.ground.text import TextMissing, TextUnreadable
from coalition.domain.people.inquiries import InquiryUnknown
from coalition.services.deliberation import proposals, receipts
from coalition.services.people import asking
from tests import builders
from tests.conftest import SettableClock

BLANK = ["\u200c", "\u200d\u200c", "\u3164", "\u115f\u1160", "\u2800", "\u00ad", "\ufe0f", "\u034f"]


@pytest.mark.parametrize("blank", BLANK, ids=ascii)
def test_a_name_of_which_nothing_is_seen_is_missing(blank):
    with pytest.raises((TextMissing, TextUnreadable)):
        text.line(f" {blank} ", "name")


@pytest.mark.parametrize(
    "hidden", ["\u2028", "\u2029", "\u061c", "\u180e", "\u2062", "\ufffe"], ids=ascii
)
def test_marks_that_break_or_turn_a_line_unseen_are_refused(hidden):
    with pytest.raises(TextUnreadable):
        text.line(f"Acme{hidden}Group", "name")


@pytest.mark.parametrize("hidden", ["\u200c", "\u00ad", "\u034f", "\ufe0f"], ids=ascii)
def test_two_names_that_look_alike_have_one_key(hidden):
    assert text.key(f"Ac{hidden}me Group") == text.key("Acme Group")


def test_words_that_need_joiners_are_kept():
    assert text.line("می‌خواهم", "name") == "می‌خواهم"
    assert text.line("👩‍⚕️ Nurses", "name") == "👩‍⚕️ Nurses"


@pytest.mark.parametrize("words", ["\x00", "a\x00b", "'; --", "%", "_", "\\", "x" * 5_000])
def test_searches_take_anything_on_both_databases(any_db, words):
    clock = SettableClock()
    person = builders.a_delegate(any_db)
    found = proposals.list_proposals(any_db, actor=person, now=clock(), words=words)
    assert found.total == 0
    with pytest.raises(InquiryUnknown):
        asking.look_up(any_db, receipt=words, email=words, now=clock())
    with pytest.raises(ReceiptUnknown):
        receipts.find(any_db, actor=person, now=clock(), receipt=words)


@pytest.mark.parametrize(
    "cell",
    [
        "a;=1+1",
        "a; =1+1",
        "a\n=1+1",
        "a\r\n@SUM(1)",
        "\n=1",
        "\t=1",
        "\r=1",
        ";+1",
        "a\t=1",
        "a;\uff1d1",
        '";=1;"',
    ],
)
def test_no_part_of_a_cell_runs_where_a_semicolon_or_line_parts_cells(cell):
    """A spreadsheet set to Spanish parts cells at semicolons and heeds no quotes in between."""
    told = csv_cell(cell)
    for part in told.replace("\r", "\n").replace("\t", "\n").replace(";", "\n").split("\n"):
        assert not part.lstrip(' "').startswith(("=", "+", "-", "@", "\uff1d")), told


def test_ordinary_words_stay_as_they_are_in_a_cell():
    for words in ("we-ll known", "a = b", "first; second", "1; 2", "line\nline", "x@example.org"):
        assert csv_cell(words) == words
