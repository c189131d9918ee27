"""A row of a proposals file as a draft."""

from collections.abc import Callable
from datetime import date
from typing import Any

from coalition.domain.deliberation.proposals import AskType, InstrumentType, ProposalText
from coalition.domain.ground import sheets, text
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.sheets import Line, Reading, Row

ID = "proposal_id"
COLUMN_OF = {  # the column each field of a draft comes from
    "title": "title",
    "pillar": "pillar",
    "summary": "plain_summary",
    "ask": "ask",
    "ask_type": "ask_type",
    "target": "target",
    "instrument_type": "instrument_type",
    "instrument": "bill_or_docket",
}
DATES = ("comment_due_date", "key_date", "status_as_of")
FACTS = ("congress", "key_date_meaning", "status_in_source", "confidence", "unsure_note")
COLUMNS = (ID, *COLUMN_OF.values(), *DATES, *FACTS, "source_url")


def read(data: bytes) -> tuple[Row[ProposalText], ...]:
    """Return the drafts of a file.

    Raises:
        SheetRefused: with every fault; no row may be stored then.
    """
    return sheets.rows(data, COLUMNS, own_id=ID, read=_draft)


def differs_in(before: ProposalText, after: ProposalText) -> str:
    """Return the first column in which a row differs from what is at the table, or ""."""
    for field, column in COLUMN_OF.items():
        if getattr(before, field) != getattr(after, field):
            return column
    for column in (*DATES, *FACTS, "source_url"):
        if before.source.get(column) != after.source.get(column):
            return column
    return ""


def _draft(reading: Reading) -> ProposalText | None:
    """Return the draft of a row, or None where it has faults.

    The text to decide on begins as the summary and the ask; what it means for a
    patient is left for people to write, because a file does not know it.
    """
    line, take = reading.line, reading.take
    pillar = take(lambda: line.one_of("pillar", tuple(Pillar)), "")
    ask_type = take(lambda: line.one_of("ask_type", tuple(AskType)), "")
    instrument_type = take(lambda: _optional(line, "instrument_type"), "")
    title = take(_words(line, "title", required=True), "")
    ask = take(_words(line, "ask", required=True), "")
    target = take(_words(line, "target", required=False), "")
    instrument = take(_words(line, "bill_or_docket", required=False), "")
    summary = take(lambda: text.paragraphs(line.required("plain_summary"), "plain_summary"), "")
    source = _source(reading)
    if reading.faults:
        return None
    return ProposalText(
        pillar=Pillar(pillar),
        ask_type=AskType(ask_type),
        instrument_type=InstrumentType(instrument_type) if instrument_type else None,
        title=title,
        ask=ask,
        target=target,
        instrument=instrument,
        summary=summary,
        body=f"{summary}\n\n{ask}",
        source=source,
    ).checked()


def _source(reading: Reading) -> dict[str, Any]:
    """Return the facts about the instrument that the file knows: dates, links and doubts."""
    line, take = reading.line, reading.take
    facts: dict[str, str] = {}
    for column in DATES:
        day = take(_day(line, column), None)
        facts[column] = day.isoformat() if day else ""
    for column in FACTS:
        facts[column] = take(_words(line, column, required=False), "")
    facts["source_url"] = take(lambda: line.address("source_url"), "")
    return {column: told for column, told in facts.items() if told}


def _words(line: Line, column: str, *, required: bool) -> Callable[[], str]:
    return lambda: text.line(line.cells[column], column, required=required)


def _day(line: Line, column: str) -> Callable[[], date | None]:
    return lambda: line.day(column)


def _optional(line: Line, column: str) -> str:
    return line.one_of(column, tuple(InstrumentType)) if line.cells[column] else ""
