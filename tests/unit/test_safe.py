"""What people wrote is shown letter by letter, and no spreadsheet runs it."""

import csv
import re
from io import StringIO

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from coalition.domain.ground.sheet_cells import csv_cell
from coalition.ui import safe
from coalition.ui.downloads import csv_bytes

UNSEEN = "\u200c"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "hardbreak"}
MARKS = some.text(alphabet="ab1 .\n\t#>-+*_`~[]()!<>&$|:=\\/{}^@\"'é", max_size=60)
HOSTILE = [
    "# heading",
    "> quote",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "    code",
    "\tcode",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "Title\n===",
    "Title\n---",
    "***",
    "| a | b |\n|---|---|\n| c | d |",
    "**bold** _it_ `code` ~~gone~~",
    "[text](https://evil.example)",
    "![img](https://evil.example/x.png)",
    "[ref]\n\n[ref]: https://evil.example",
    "<b>bold</b> <script>x</script> <!-- c -->",
    "<https://evil.example>",
    "&lt;b&gt; &amp; &#42;",
    "back\\slash \\*",
    "a  \nb",
]


def tokens(text):
    found = []
    for block in READER.parse(safe.md(text)):
        found += [block, *(block.children or [])]
    return found


def shown(text):
    parts = [" " if t.type == "hardbreak" else t.content for t in tokens(text) if not t.children]
    return "".join(parts).replace(UNSEEN, "").split()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_mark_becomes_markdown_and_every_letter_is_shown(text):
    assert {token.type for token in tokens(text)} <= PLAIN
    assert "".join(shown(text)) == "".join(text.split())


@given(text=MARKS)
@example("1.\\")
@example(":a_b:")
@example("a\n=")
@example("www.a_b*c*")
def test_whatever_is_typed_stays_text(text):
    assert {token.type for token in tokens(text)} <= PLAIN
    assert "".join(shown(text)) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        ":smile:",
        ":+1:",
        ":material/check_circle:",
        ":material_check:",
        ":streamlit:",
        "done :white_check_mark: approved",
        "::a::",
        "https://ours.example/:material_check:",
    ],
)
def test_shortcodes_do_not_become_pictures(text):
    # Streamlit looks for a colon, word characters and a colon, after Markdown took its backslashes.
    read = safe.md(text).replace("\\", "")
    assert UNSEEN in read
    assert re.search(r":(material/)?[\w+-]+:", read) is None
    assert read.replace(UNSEEN, "") == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (":red[APPROVED]", "\\:red\\[APPROVED\\]"),
        (":green-badge[ok]", "\\:green-badge\\[ok\\]"),
        (":::note", "\\:\\:\\:note"),
        ("$x^2$ and $5", "\\$x^2\\$ and \\$5"),
    ],
)
def test_colours_badges_blocks_and_formulas_stay_letters(text, told):
    assert safe.md(text) == told


def test_paragraphs_and_lines_are_kept():
    assert safe.md("one\ntwo\r\n\r\n\n three ") == "one\\\ntwo\n\nthree"


def test_ordinary_sentences_are_left_alone():
    text = 'At 10:30, "Lupus Forward" (18 seats) said: go on! See page 4/5; it costs 3% - or less.'
    assert safe.md(text) == text


def test_a_plain_address_keeps_working():
    assert safe.md("See https://ours.example/a_b?x=1&y=~z.") == (
        "See https://ours.example/a_b?x=1&y=~z."
    )


def test_a_label_is_one_line():
    assert safe.label(" # Two\n\n lines ") == "\\# Two lines"
    assert safe.label("a\n- b") == "a - b"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\ttab", " =1", "\u00a0=1", "\uff1d1", "-item"],
)
def test_a_cell_that_starts_a_formula_gets_an_apostrophe(cell):
    assert csv_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "told"),
    [(-3, "-3"), (2.5, "2.5"), ("a=b", "a=b"), ("", ""), (None, ""), (True, "True")],
)
def test_numbers_and_harmless_cells_stay_as_they_are(cell, told):
    assert csv_cell(cell) == told


def test_a_table_in_markdown_holds_its_cells_and_sets_numbers_right():
    told = safe.table_md(["Who", "Seats"], [["a|b\n# c", 3], ["<b>", 12]])
    assert told == "| Who | Seats |\n| :--- | ---: |\n| a\\|b # c | 3 |\n| \\<b> | 12 |"
    cells = [t.content for t in READER.parse(told) if t.type == "inline"]
    assert cells == ["Who", "Seats", "a|b # c", "3", "\\<b>", "12"]


def test_a_download_opens_with_accents_and_without_formulas():
    frame = pd.DataFrame({"=Organisation": ["Niñez, A.C.", '=HYPERLINK("x")'], "n": [1, -2]})
    content = csv_bytes(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["'=Organisation", "n"], ["Niñez, A.C.", "1"], ['\'=HYPERLINK("x")', "-2"]]


@given(some.lists(some.sampled_from(["Kim", "Kim (2)", "Lee", ""]), max_size=6))
@example(["Kim", "Kim", "Kim (2)"])
def test_no_two_choices_are_called_alike_and_the_first_of_a_name_keeps_it(names):
    told = safe.apart(dict(enumerate(names)))
    assert list(told) == list(range(len(names)))
    assert len(set(told.values())) == len(names)
    assert all(told[names.index(name)] == name for name in ("Kim", "Lee") if name in names)


@pytest.mark.parametrize(
    "name", ["Fair *start* _now_", "**Big** [x](y)", "1. One", "A\\B", "a & b"]
)
def test_a_sentence_read_out_has_the_name_as_it_was_written_and_no_marks_of_ours(name):
    assert safe.plain(f"**{safe.label(name)}** objects.") == f"{name} objects."
