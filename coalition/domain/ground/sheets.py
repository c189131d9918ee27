"""A CSV file as people make them, read whole or refused with every faulty row named."""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from coalition.domain.ground import text
from coalition.domain.ground.errors import CoalitionError, Invalid
from coalition.domain.ground.sheet_findings import (
    AddressUnreadable,
    CellMissing,
    CellUnknown,
    ColumnMissing,
    ColumnTwice,
    DateImpossible,
    EncodingWrong,
    RowRagged,
    RowTwice,
    SheetBroken,
    SheetEmpty,
    SheetTooLarge,
)

LARGEST = 5_000_000  # bytes of a file
MOST = 10_000  # rows of a file
LONGEST_ID = 80  # characters of a row's own id
T = TypeVar("T")

_ADDRESS = re.compile(r"^https?://[^\s<>\"]+$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell.

    Args:
        line: The line of the file the row begins in, from 1 for the header.
        field: The column.
        reason: The finding, as any other refusal.
    """

    line: int
    field: str
    reason: CoalitionError


class SheetRefused(Invalid):
    """Nothing of the file was stored; each fault is named."""

    code = "sheet.refused"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(field="file", n=len(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: the line it begins in and its cells by column, trimmed."""

    number: int
    cells: Mapping[str, str]

    def required(self, field: str) -> str:
        """Return a cell that must say something.

        Raises:
            CellMissing: it is empty.
        """
        if not self.cells[field]:
            raise CellMissing(field=field)
        return self.cells[field]

    def one_of(self, field: str, known: Collection[str]) -> str:
        """Return a cell, in small letters, that must be one of ``known``.

        Raises:
            CellMissing, CellUnknown.
        """
        return _known(self.required(field).lower(), field, known)

    def several_of(self, field: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the words of a cell, split at semicolons, each one of ``known``.

        Raises:
            CellUnknown: one of them is not.
        """
        return tuple(_known(word.lower(), field, known) for word in self.several(field))

    def several(self, field: str) -> tuple[str, ...]:
        """Return the words of a cell, split at semicolons."""
        words = (word.strip() for word in self.cells[field].split(";"))
        return tuple(word for word in words if word)

    def day(self, field: str) -> date | None:
        """Return the day in a cell, or None where it is empty.

        Raises:
            DateImpossible: it is no day, such as 2026-02-30.
        """
        told = self.cells[field]
        if not told:
            return None
        try:
            found = date.fromisoformat(told)
        except ValueError:
            raise DateImpossible(field=field, value=told) from None
        if found.isoformat() != told:  # week dates and dates without dashes
            raise DateImpossible(field=field, value=told)
        return found

    def address(self, field: str) -> str:
        """Return the address of the web in a cell, or "" where it is empty.

        Raises:
            AddressUnreadable: it is none.
        """
        told = self.cells[field]
        if told and not _ADDRESS.match(told):
            raise AddressUnreadable(field=field)
        return told


@dataclass(slots=True)
class Reading:
    """One row while it is read: every cell is looked at before the row is refused."""

    line: Line
    faults: list[Fault] = field(default_factory=list)

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what ``read`` makes of a cell; keep its refusal and go on with ``otherwise``."""
        try:
            return read()
        except Invalid as reason:
            self.faults.append(Fault(self.line.number, str(reason.facts["field"]), reason))
            return otherwise


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A row that can be stored.

    Args:
        line: Where it begins in the file.
        import_id: The row's own id, by which a second run knows it again.
        content: What it says.
    """

    line: int
    import_id: str
    content: T


def rows(
    data: bytes, columns: Sequence[str], *, own_id: str, read: Callable[[Reading], T | None]
) -> tuple[Row[T], ...]:
    """Return every row of a file as ``read`` understands it, or refuse the whole file.

    Args:
        own_id: The column with the row's own id.
        read: Makes the content of a row; what it cannot take it leaves in
            ``Reading.faults``, and then what it returns is not used.

    Raises:
        SheetRefused: with every fault of every row, in the order of the file.
    """
    found: list[Row[T]] = []
    faults: list[Fault] = []
    ids: list[tuple[int, str]] = []
    for line in lines(data, columns):
        reading = Reading(line)
        import_id = reading.take(_id_of(line, own_id), "")
        content = read(reading)
        ids.append((line.number, import_id))
        faults.extend(reading.faults)
        if content is not None and not reading.faults:
            found.append(Row(line.number, import_id, content))
    faults.extend(repeats(ids, own_id))
    if faults:
        raise SheetRefused(sorted(faults, key=lambda fault: fault.line))
    return tuple(found)


def lines(data: bytes, columns: Sequence[str]) -> tuple[Line, ...]:
    """Return the rows of a CSV file that must have ``columns``; others are passed over.

    A byte-order mark, either line ending and blank lines are taken as they come.

    Raises:
        SheetRefused: the file as a whole cannot be read, or rows are ragged.
    """
    rows = _rows(_decoded(data))
    if not rows:
        raise SheetRefused([Fault(1, columns[0], SheetEmpty(field=columns[0]))])
    _, header = rows[0]
    names = [name.strip() for name in header]
    _require_columns(names, columns)
    ragged = [
        Fault(number, "row", RowRagged(field="row", cells=len(cells), columns=len(names)))
        for number, cells in rows[1:]
        if len(cells) != len(names)
    ]
    if ragged:
        raise SheetRefused(ragged)
    if len(rows) == 1:
        raise SheetRefused([Fault(2, columns[0], SheetEmpty(field=columns[0]))])
    return tuple(
        Line(number, {n: cell.strip() for n, cell in zip(names, cells, strict=True)})
        for number, cells in rows[1:]
    )


def repeats(given: Sequence[tuple[int, str]], field: str) -> tuple[Fault, ...]:
    """Return a fault for each line whose value stands in an earlier line.

    Args:
        given: Line number and value of each row; empty values never repeat.
    """
    first: dict[str, int] = {}
    faults = []
    for number, value in given:
        if value and value in first:
            faults.append(Fault(number, field, RowTwice(field=field, line=first[value])))
        first.setdefault(value, number)
    return tuple(faults)


def _id_of(line: Line, own_id: str) -> Callable[[], str]:
    return lambda: text.line(line.required(own_id), own_id, limit=LONGEST_ID)


def _known(word: str, field: str, known: Collection[str]) -> str:
    if word not in known:
        raise CellUnknown(field=field, value=word, known=", ".join(known))
    return word


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise SheetRefused([Fault(1, "file", SheetTooLarge(field="file", limit=LARGEST))])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise SheetRefused([Fault(line, "file", EncodingWrong(field="file"))]) from None


def _rows(told: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(told, newline=""), strict=True)
    found = []
    begins = 1
    try:
        for cells in reader:
            if cells:
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise SheetRefused([Fault(begins, "row", SheetBroken(field="row"))]) from None
    if len(found) > MOST + 1:
        raise SheetRefused([Fault(MOST + 2, "file", SheetTooLarge(field="file", limit=MOST))])
    return found


def _require_columns(names: Sequence[str], columns: Sequence[str]) -> None:
    faults = [Fault(1, c, ColumnMissing(field=c)) for c in columns if c not in names]
    faults += [
        Fault(1, n, ColumnTwice(field=n)) for n in dict.fromkeys(names) if names.count(n) > 1
    ]
    if faults:
        raise SheetRefused(faults)
