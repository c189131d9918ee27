"""A report as DOCX: real headings, a language, a title, tables whose headings go on every page."""

from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DrawnTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from coalition.domain.insight.reports import Bar, Cell, Column, Report, Section, Table
from coalition.press.inks import FAINT, GLYPHS, HAIRLINE, INK, TEXTS

WIDTH, HEIGHT, MARGIN = Cm(21.59), Cm(27.94), Cm(2.2)  # US Transactional
FONT = "Cambria"
SIZES = {"Normal": 10.5, "Title": 24, "Heading 1": 14, "Subtitle": 10.5}


def pressed(report: Report) -> bytes:
    """Return the file."""
    made = Document()
    _tell_about(made, report)
    _dress(made, report.language)
    made.add_paragraph(report.issuer, style="Subtitle")
    made.add_paragraph(report.title, style="Title")
    made.add_paragraph(report.dated, style="Subtitle")
    for one in report.sections:
        _section(made, one)
    told = BytesIO()
    made.save(told)
    return told.getvalue()


def _tell_about(made: Made, report: Report) -> None:
    """Write the file's own title, language and date; nothing of the template's stays."""
    about = made.core_properties
    about.title, about.language = report.title, report.language
    about.author = about.last_modified_by = report.issuer
    about.comments = about.keywords = ""
    about.created = about.modified = report.at.replace(tzinfo=None, microsecond=0)


def _dress(made: Made, language: str) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = WIDTH, HEIGHT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    for spoken in made.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    for name, size in SIZES.items():
        style = made.styles[name]
        if isinstance(style, ParagraphStyle):
            _plain(style, size)


def _plain(style: ParagraphStyle, size: float) -> None:
    """Give a style of the template our ink and type: no theme's blue, no line under the title."""
    quiet = style.name == "Subtitle"
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.italic, style.font.bold = False, style.name == "Heading 1"
    style.font.color.rgb = _rgb(FAINT if quiet else INK)
    for fonts in style.element.iter(qn("w:rFonts")):
        for key in [key for key in fonts.attrib if "Theme" in str(key)]:
            del fonts.attrib[key]
    for line in list(style.element.iter(qn("w:pBdr"))):
        line.getparent().remove(line)
    if style.name == "Heading 1":
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(20), Pt(4)
        style.paragraph_format.keep_with_next = True


def _section(made: Made, one: Section) -> None:
    made.add_heading(one.heading, level=1)
    for sentence in one.sentences:
        made.add_paragraph(sentence)
    if one.table:
        _table(made, one.table)


def _table(made: Made, table: Table) -> None:
    drawn = made.add_table(rows=1, cols=len(table.columns))
    drawn.autofit = False
    _lines(drawn)
    widths = _widths(table.columns)
    head = drawn.rows[0]
    _mark(head, "w:tblHeader")
    for cell, column in zip(head.cells, table.columns, strict=True):
        _write(cell, column.heading, column, heading=True)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width  # which its first cell, and all below, then have
    for row in table.rows:
        new = drawn.add_row()
        _mark(new, "w:cantSplit")
        for cell, said, column in zip(new.cells, row, table.columns, strict=True):
            _write(cell, said, column)


def _write(into: _Cell, said: Cell, column: Column, *, heading: bool = False) -> None:
    line = into.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(3)
    if column.number:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if isinstance(said, Bar):
        _bar(line, said)
        return
    run = line.add_run(said)
    run.font.size, run.font.bold = Pt(9.5), heading
    if heading:
        run.font.color.rgb = _rgb(FAINT)


def _bar(line: Paragraph, bar: Bar) -> None:
    """Write the stances as glyph, word and number; a drawn bar would be silent here."""
    for place, part in enumerate(bar.parts):
        glyph = line.add_run(f"{', ' if place else ''}{GLYPHS[part.code]}\u00a0")
        glyph.font.size, glyph.font.color.rgb = Pt(9.5), _rgb(TEXTS[part.code])
        line.add_run(f"{part.word} {part.n}").font.size = Pt(9.5)


def _widths(columns: tuple[Column, ...]) -> list[Length]:
    whole, shares = WIDTH - 2 * MARGIN, sum(one.share for one in columns)
    return [Length(whole * one.share // shares) for one in columns]


def _mark(row: _Row, name: str) -> None:
    """Say of a row that it stands on every page again, or is never broken over two."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 (its only door)


def _lines(drawn: DrawnTable) -> None:
    """Draw hairlines between the rows and nothing else."""
    borders = OxmlElement("w:tblBorders")
    for side in ("w:top", "w:bottom", "w:insideH"):
        borders.append(_line(side))
    drawn._tbl.tblPr.append(borders)  # noqa: SLF001 (its only door)


def _line(side: str) -> BaseOxmlElement:
    line: BaseOxmlElement = OxmlElement(side)
    for key, value in {"val": "single", "sz": "4", "color": HAIRLINE.lstrip("#")}.items():
        line.set(qn(f"w:{key}"), value)
    return line


def _rgb(ink: str) -> RGBColor:
    return RGBColor.from_string(ink.lstrip("#"))
