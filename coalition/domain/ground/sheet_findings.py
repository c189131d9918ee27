"""What can be wrong in a cell, a row or a whole file."""

from coalition.domain.ground.errors import Invalid


class CellMissing(Invalid):
    """A cell that must say something is empty."""

    code = "sheet.missing"


class CellUnknown(Invalid):
    """A cell holds none of the words it may hold."""

    code = "sheet.unknown"


class DateImpossible(Invalid):
    """A cell is no day of the calendar, written as 2026-11-24."""

    code = "sheet.date"


class AddressUnreadable(Invalid):
    """A cell is no address of the web that begins with http:// or https://."""

    code = "sheet.address"


class RowTwice(Invalid):
    """The row's own id, or its name, stands in an earlier row of the file."""

    code = "sheet.twice"


class RowRagged(Invalid):
    """The row has more or fewer cells than the header."""

    code = "sheet.ragged"


class ColumnMissing(Invalid):
    """The header lacks a column."""

    code = "sheet.column_missing"


class ColumnTwice(Invalid):
    """The header names a column twice."""

    code = "sheet.column_twice"


class EncodingWrong(Invalid):
    """The file is not UTF-8."""

    code = "sheet.encoding"


class SheetBroken(Invalid):
    """The file is not CSV: a quote that never ends, or a control character."""

    code = "sheet.broken"


class SheetTooLarge(Invalid):
    """The file is larger than is taken in one go."""

    code = "sheet.too_large"


class SheetEmpty(Invalid):
    """The file has no row below its header."""

    code = "sheet.empty"
