"""A report before it is a file: a title, sections of sentences, tables. No layout, no markup."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from coalition.domain.ground import moments
from coalition.domain.ground.errors import Invalid

MONTHS = 12  # in a year


class MonthAhead(Invalid):
    """The month has not begun, so nothing can be told of it."""

    code = "report.month_ahead"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stance bar.

    Args:
        code: The stance, or ``missing``.
        word: What it is called, in the language of the report.
    """

    code: str
    word: str
    n: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A roll as a bar of its stances, from yes to no, then what takes no side; no part is 0."""

    parts: tuple[Part, ...]


Cell = str | Bar


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        share: How wide it is beside the others of its table.
        number: Whether it holds numbers, which stand at the right.
    """

    heading: str
    share: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what there is to say under it, and the numbers as a table."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report in one language.

    Args:
        issuer: The name of the table it is of.
        language: Code of the language all its words are in.
        dated: The line under the title: of what hour the report is.
        at: The same as an instant, for the file's own date.
    """

    title: str
    issuer: str
    language: str
    dated: str
    at: datetime
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar; where it begins and ends depends on the zone."""

    year: int
    number: int

    @classmethod
    def of(cls, at: datetime, zone: str) -> "Month":
        """Return the month that the calendar shows in ``zone``."""
        day = at.astimezone(moments.zone(zone))
        return cls(day.year, day.month)

    @property
    def before(self) -> "Month":
        """The month before this one."""
        return Month(self.year, self.number - 1) if self.number > 1 else Month(self.year - 1, 12)

    @property
    def after(self) -> "Month":
        """The month after this one."""
        if self.number < MONTHS:
            return Month(self.year, self.number + 1)
        return Month(self.year + 1, 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    def starts(self, zone: str) -> datetime:
        """Return the instant it begins in ``zone``, in UTC."""
        here = moments.zone(zone)
        return datetime(self.year, self.number, 1, tzinfo=here).astimezone(UTC)
