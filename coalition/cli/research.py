"""``research FILE.zip``: the archive for research, as a convener sees it."""

import argparse
import sys
from pathlib import Path
from typing import Any

from coalition import wiring
from coalition.domain.ground.permissions import AccountId, Actor, Role
from coalition.services.insight.research import research
from coalition.services.table import readiness

WRITTEN, REFUSED = 0, 2
OPERATOR = Actor(AccountId(0), "", "", Role.CONVENER)  # sees what any convener does, and no seat's


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "research",
        help="write proposals, rounds, ballots and measures as CSV files with a dictionary",
        description="Writes a ZIP of UTF-8 CSV files as a convener sees the table: of rounds "
        "whose stances are hidden now there is who has answered, no ballot and no measure. "
        "dictionary.csv says what every column means. A file that is there already is not "
        "touched.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file; exit 0 where it is written, 2 with one line where it cannot be."""
    db = wiring.database()
    readiness.require_ready(db)
    content = research(db, actor=OPERATOR, now=wiring.clock())
    try:
        args.file.touch(mode=0o600, exist_ok=False)  # for its owner alone: it holds stances
        args.file.write_bytes(content)
    except OSError as fault:
        print(f"{args.file}: cannot be written: {fault.strerror}", file=sys.stderr)
        return REFUSED
    print(f"{args.file}: {len(content):,} bytes.")
    return WRITTEN
