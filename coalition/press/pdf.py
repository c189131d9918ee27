"""A report as PDF/UA: tagged, titled, its language set, in the typesetter's own fonts.

The typesetter reads our template and one JSON text. What people wrote is only ever in the
JSON, and the template sets it as text, so no word of theirs can be markup.
"""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from coalition.domain.insight.reports import Bar, Cell, Report, Section
from coalition.press.inks import FAINT, FILLS, GLYPHS, HAIRLINE, INK, LINE, TEXTS
from coalition.words import mark, t

TEMPLATE = Path(__file__).with_name("report.typ")
BLANK = "□"  # for a character that the fonts do not have; PDF/UA allows no other stand-in
NOTE = mark("{sign} stands for a character that this file has no letter for; the page as HTML has.")
_UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def pressed(report: Report) -> bytes:
    """Return the file.

    Characters that the fonts lack (emoji, Chinese) are replaced, and the report says so: the
    fonts of whatever machine it runs on would make another file on each.
    """
    lacking: frozenset[str] = frozenset()
    while True:  # each try names what it has met, and a text has an end
        try:
            return _compiled(report, lacking)
        except typst.TypstError as fault:
            more = _unknown(fault.diagnostic) - lacking
            if not more:
                raise
            lacking |= more


def _compiled(report: Report, lacking: frozenset[str]) -> bytes:
    told: Any = _data(report, t(NOTE, sign=BLANK) if lacking else "")
    if lacking:
        longest = sorted(lacking, key=len, reverse=True)
        told = _replaced(told, re.compile("|".join(map(re.escape, longest))))
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(told, ensure_ascii=False)},
        timestamp=int(report.at.timestamp()),
    )


def _replaced(told: Any, lacking: re.Pattern[str]) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return the same with a stand-in in place of what the fonts lack."""
    if isinstance(told, str):
        return lacking.sub(BLANK, told)
    if isinstance(told, dict):
        return {key: _replaced(value, lacking) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_replaced(value, lacking) for value in told]
    return told


def _unknown(diagnostic: str) -> frozenset[str]:
    """Return the characters that the typesetter says it has no sign for."""
    return frozenset(_ESCAPED.sub(_unescaped, one) for one in _UNKNOWN.findall(diagnostic))


def _unescaped(found: re.Match[str]) -> str:
    number, plain = found.groups()
    return chr(int(number, 16)) if number else str(plain)


def _data(report: Report, note: str) -> dict[str, Any]:
    """Return what the template reads; only whole words are in it, never markup."""
    return {
        "title": report.title,
        "issuer": report.issuer,
        "language": report.language,
        "dated": report.dated,
        "note": note,
        "page": t("Page {n} of {all}"),
        "ink": INK,
        "faint": FAINT,
        "hairline": HAIRLINE,
        "line": LINE,
        "sections": [_section(one) for one in report.sections],
    }


def _section(one: Section) -> dict[str, Any]:
    table = one.table
    told: dict[str, Any] = {"heading": one.heading, "sentences": one.sentences, "table": None}
    if table:
        told["table"] = {
            "columns": [asdict(column) for column in table.columns],
            "rows": [[_cell(cell) for cell in row] for row in table.rows],
        }
    return told


def _cell(cell: Cell) -> dict[str, Any]:
    if not isinstance(cell, Bar):
        return {"text": cell}
    parts = [
        {
            "fill": FILLS[part.code],
            "glyph": GLYPHS[part.code],
            "ink": TEXTS[part.code],
            "word": part.word,
            "n": part.n,
        }
        for part in cell.parts
    ]
    return {"bar": parts}
