"""``import organizations FILE.csv`` and ``import proposals FILE.csv``: all rows or none."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coalition import wiring
from coalition.domain.ground.sheets import SheetRefused
from coalition.services.deliberation.importing import import_proposals
from coalition.services.people.importing import Imported, import_organisations
from coalition.words.sheets import reason

REFUSED = 2  # exit code: nothing was stored, each fault is on a line
IMPORTS: dict[str, Callable[..., Imported]] = {
    "organizations": import_organisations,
    "proposals": import_proposals,
}


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "import", help="store the rows of a CSV file; exit 2 and nothing stored if any is faulty"
    )
    parser.add_argument("what", choices=sorted(IMPORTS))
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Import the file and say what was stored, what was known, what is wrong where."""
    try:
        data = args.file.read_bytes()
    except OSError as failure:
        print(f"{args.file}: {failure.strerror or 'cannot be read'}", file=sys.stderr)
        return REFUSED
    wiring.check_database()
    try:
        done = IMPORTS[args.what](wiring.database(), wiring.clock, data=data)
    except SheetRefused as refused:
        for fault in refused.faults:
            print(f"line {fault.line}, {fault.field}: {reason(fault.reason)}", file=sys.stderr)
        print("Nothing was stored.", file=sys.stderr)
        return REFUSED
    _tell(done)
    return 0


def _tell(done: Imported) -> None:
    for one in done.differences:
        print(
            f"line {one.line}: already imported, differs in {one.field}; "
            "not changed, edit it at the table"
        )
    if not done.added:
        print(f"Nothing changed: all {done.known} rows were imported before.")
    elif done.known:
        print(f"Stored {done.added} rows; {done.known} more were imported before.")
    else:
        print(f"Stored {done.added} rows.")
