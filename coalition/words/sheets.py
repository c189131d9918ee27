"""What is wrong in a cell of a file, in a few words after the line and the column."""

from coalition.domain.ground.errors import CoalitionError
from coalition.words.speech import mark, t

REASONS = {
    "text.missing": mark("nothing here, and something must be"),
    "text.too_long": mark("{length} characters, and the limit is {limit}"),
    "text.unreadable": mark("holds invisible control characters"),
    "sheet.missing": mark("nothing here, and something must be"),
    "sheet.unknown": mark("{value} is not one of: {known}"),
    "sheet.date": mark("{value} is no day of the calendar, written like 2026-11-24"),
    "sheet.twice": mark("the same as in line {line}"),
    "sheet.ragged": mark("{cells} cells, and the header has {columns}"),
    "sheet.column_missing": mark("the header lacks this column"),
    "sheet.column_twice": mark("the header names this column twice"),
    "sheet.encoding": mark("not UTF-8; save the file as CSV UTF-8"),
    "sheet.broken": mark("not CSV: a quote does not end, or a character cannot be read"),
    "sheet.too_large": mark("larger than {limit}, the most that is taken at once"),
    "sheet.empty": mark("no row below the header"),
    "sheet.address": mark("not a web address that begins with https:// or http://"),
    "organisation.website": mark("{website} is not an address of the web, such as example.org"),
    "organisation.too_many": mark("more than {limit} entries"),
    "organisation.convener_votes": mark("whoever convenes the table holds no vote"),
    "organisation.name_taken": mark("an organisation at this table has this name, or had it"),
}
REFUSALS = {code: words for code, words in REASONS.items() if code.startswith("sheet.")} | {
    "sheet.refused": mark("Nothing was stored. {n} things in the file need another look.")
}


def reason(error: CoalitionError) -> str:
    """Return why a cell cannot be taken, without its column."""
    return t(REASONS[error.code], **error.facts)
