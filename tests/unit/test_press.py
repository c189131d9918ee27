"""The press: files that open, that say what they are, and in which no word is markup."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from coalition.domain.insight.reports import Bar, Column, Part, Report, Section, Table
from coalition.press import inks
from coalition.press.pressing import Form, pressed
from coalition.ui import palette
from coalition.words.speech import speak

NASTY = '<script>alert("x")</script> & #panic("no") *bold* $x$ @ref ]'
BAR = Bar((Part("support", "Support", 8), Part("missing", "Not heard from", 3)))
ROWS = tuple((f"2026-{number:03} · {NASTY}", BAR, str(number)) for number in range(60))
TABLE = Table(
    (Column("Proposal", 6), Column("Stances", 5), Column("Waiting", 2, number=True)), ROWS
)
REPORT = Report(
    title="Where consensus stands",
    issuer=f"Table {NASTY}",
    language="es",
    dated="As it stood on 1 Nov 2026",
    at=datetime(2026, 11, 1, 12, tzinfo=UTC),
    sections=(Section("In short", (NASTY,)), Section("How far?", (), TABLE)),
)
STRANGE = (
    '😀 中文 العربية \ue000 e\u0301\u0323 \ufffd 👩\u200d👩\u200d👧 "\u20dd \\\u20e3 ' + "x" * 190
)


@pytest.fixture(scope="module")
def pdf():
    return pressed(REPORT, Form.PDF)


@pytest.fixture(scope="module")
def document():
    return docx.Document(BytesIO(pressed(REPORT, Form.DOCX)))


class Outline(HTMLParser):
    """What a page is made of: its tags, and all its words."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words, self.language = [], "", None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.language = dict(attrs).get("lang", self.language)

    def handle_data(self, data):
        self.words += data


def test_the_pdf_says_that_it_is_accessible_what_it_is_called_and_its_language(pdf):
    assert pdf.startswith(b"%PDF-")
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", pdf)
    assert re.search(rb"pdfuaid:part(>|=\")1", pdf)
    assert re.search(rb"/Lang ?\(es\)", pdf)
    assert b"Where consensus stands</rdf:li>" in pdf
    assert b"/DisplayDocTitle true" in pdf


def test_the_pdf_has_headings_and_the_headings_of_its_tables(pdf):
    tags = re.findall(rb"/S/(\w+)", pdf)
    assert tags.count(b"Title") == 1
    assert tags.count(b"H1") == len(REPORT.sections)
    assert tags.count(b"TH") == pdf.count(b"/Scope/Column") == len(TABLE.columns)
    assert tags.count(b"TR") == len(ROWS) + 1


def test_the_same_report_is_the_same_file(pdf):
    assert pressed(REPORT, Form.PDF) == pdf


def test_every_letter_comes_from_the_typesetters_own_fonts(pdf):
    fonts = {name.split(b"+")[-1] for name in re.findall(rb"/BaseFont/([\w+-]+)", pdf)}
    assert fonts
    assert all(name.startswith((b"Libertinus", b"NewCM", b"DejaVu")) for name in fonts), fonts


@pytest.mark.parametrize("form", Form)
def test_whatever_people_write_a_file_comes_of_it(form):
    told = replace(REPORT, issuer=STRANGE, sections=(Section(STRANGE, (STRANGE,), TABLE),))
    assert len(pressed(told, form)) > 5_000


@pytest.mark.parametrize("form", Form)
def test_a_report_of_nothing_but_a_sentence_is_a_file_too(form):
    assert pressed(replace(REPORT, sections=(Section("In short", ("No.",)),)), form)


def test_what_the_press_says_is_in_the_language_of_the_report_whoever_asks(pdf):
    speak("en")
    other = pressed(replace(REPORT, language="en"), Form.PDF)
    speak("es")
    assert pressed(replace(REPORT, language="en"), Form.PDF) == other
    assert pressed(REPORT, Form.PDF) == pdf
    speak("en")


def test_the_docx_has_a_title_a_language_and_headings(document):
    assert document.core_properties.title == REPORT.title
    assert document.core_properties.language == "es"
    assert document.core_properties.author == REPORT.issuer
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"es"}
    told = [(one.style.name, one.text) for one in document.paragraphs]
    assert ("Title", REPORT.title) in told
    assert [said for style, said in told if style == "Heading 1"] == ["In short", "How far?"]
    assert ("Normal", NASTY) in told


def test_the_docx_says_its_rows_and_stances_in_words(document):
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Proposal", "Stances", "Waiting"]
    said = [cell.text for cell in table.rows[-1].cells]
    assert said == [ROWS[-1][0], "✓\u00a0Support 8, ○\u00a0Not heard from 3", "59"]


def test_the_headings_of_a_docx_table_stand_on_every_page(document):
    repeated = [
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
        for row in document.tables[0].rows
    ]
    assert repeated == [True, *([False] * len(ROWS))]


def test_the_docx_keeps_nothing_of_its_template():
    with zipfile.ZipFile(BytesIO(pressed(REPORT, Form.DOCX))) as file:
        about = file.read("docProps/core.xml").decode()
    assert "python-docx" not in about
    assert "2026-11-01T12:00:00Z" in about


def test_the_page_escapes_every_word_and_has_no_script():
    page = pressed(REPORT, Form.HTML).decode()
    outline = Outline(page)
    assert "script" not in outline.tags
    assert outline.words.count(NASTY) == len(ROWS) + 3  # the title twice, once as its issuer
    assert outline.language == "es"
    assert [outline.tags.count(tag) for tag in ("h1", "h2", "table")] == [1, 2, 1]
    assert page.count('scope="col"') == len(TABLE.columns)
    assert page.count('scope="row"') == len(ROWS)
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=|url\(|https?:", page)


def test_the_page_says_each_bar_in_words():
    assert "Support 8" in Outline(pressed(REPORT, Form.HTML).decode()).words


def test_stances_look_on_paper_as_on_the_screen():
    assert inks.GLYPHS == palette.GLYPHS
    assert {code: ink.fill for code, ink in palette.LIGHT.items()} == inks.FILLS
    assert {code: ink.text for code, ink in palette.LIGHT.items()} == inks.TEXTS
    assert palette.LIGHT[palette.MISSING].line == inks.LINE
    page = palette.LIGHT_PAGE
    assert (page.ink, page.faint, page.hairline) == (inks.INK, inks.FAINT, inks.HAIRLINE)
