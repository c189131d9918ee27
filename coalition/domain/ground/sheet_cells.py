"""Cells of the files we write: none of them runs where a spreadsheet opens it."""

import re

_SIGN = "[=+\\-@\uff0b\uff0d\uff1d\uff20]"
_FORMULA = re.compile(rf"^\s*(?:{_SIGN}|[\t\r])")
# A spreadsheet set to Spanish parts cells at semicolons, and there heeds no quotes of ours.
_LATER_FORMULA = re.compile(rf"([;\t\r\n][\s\"]*)(?={_SIGN})")


def csv_cell(value: object) -> str:
    """Return a cell that no spreadsheet runs as a formula; numbers and dates stay as they are.

    A text that starts, after any white space, with a sign that starts a formula gets an
    apostrophe before it, as OWASP advises (CSV injection); so does such a sign after a
    semicolon or a line's end.
    """
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    told = str(value)
    start = "'" if _FORMULA.match(told) else ""
    return start + _LATER_FORMULA.sub(r"\1'", told)
