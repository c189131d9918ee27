"""``report board|month FILE``: a report as a file."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from coalition import wiring
from coalition.domain.ground.permissions import AccountId, Actor, Role
from coalition.domain.insight.reports import Month, Report
from coalition.domain.insight.wishes import Wish
from coalition.press.pressing import Form, pressed
from coalition.services.insight import reporting
from coalition.services.table import readiness
from coalition.words import LANGUAGES
from coalition.words.speech import speak

REFUSED = 2
YEARS = range(2000, 2200)
BOARD, MONTH = "board", "month"
# Whoever can open the database can read all of it; a report shows them what a convener may see.
OPERATOR = Actor(AccountId(0), "", "", Role.CONVENER)


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "report", help="write the board report (for conveners) or the monthly note (for members)"
    )
    parser.add_argument("what", choices=(BOARD, MONTH))
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")
    parser.add_argument(
        "--format", type=Form, choices=list(Form), help="pdf unless the file's name says otherwise"
    )
    parser.add_argument(
        "--month", type=month, metavar="YYYY-MM", help="which month; this one unless said"
    )
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    parser.set_defaults(run=run)


def month(text: str) -> Month:
    """Return a month written as ``2026-11``; argparse tells the refusal."""
    try:
        found = datetime.strptime(text, "%Y-%m")  # noqa: DTZ007 (a month has no zone)
        if found.year not in YEARS:
            raise ValueError  # noqa: TRY301 (told like the others)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no month such as 2026-11") from None
    return Month(found.year, found.month)


def run(args: argparse.Namespace) -> int:
    """Make the report and write it to a new file that its owner alone can read."""
    speak(args.language)
    form = args.format or _by_name(args.file)
    try:
        written = _write(args.file, pressed(_report(args), form))
    except OSError as fault:
        print(f"{args.file}: {fault.strerror or 'cannot be written'}", file=sys.stderr)
        return REFUSED
    print(f"{args.file}: {written:,} bytes")
    return 0


def _report(args: argparse.Namespace) -> Report:
    db = wiring.database()
    table, now = readiness.require_table(db), wiring.clock()
    if args.what == BOARD:
        return reporting.board_report(db, actor=OPERATOR, now=now, table=table, wish=Wish())
    asked = args.month or Month.of(now, table.zone)
    return reporting.monthly_note(db, actor=OPERATOR, now=now, table=table, month=asked)


def _by_name(file: Path) -> Form:
    ending = file.suffix.lower().lstrip(".")
    return Form(ending) if ending in set(Form) else Form.PDF


def _write(path: Path, file: bytes) -> int:
    """Write a new file; one that is there already is refused."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        return target.write(file)
