"""``backup FILE``: a copy that was read again."""

import argparse
from pathlib import Path
from typing import Any

from coalition import wiring
from coalition.cli.verify import sentence
from coalition.services.table import readiness
from coalition.services.table.backups import back_up


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "backup", help="copy the SQLite database to a new file, while it serves, and check the copy"
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Copy and check; exit 0 where the copy is whole, 1 with each fault on a line."""
    db = wiring.database()
    readiness.require_ready(db)
    made = back_up(db, args.file)
    for line in (*made.damage, *map(sentence, made.findings)):
        print(line)
    print(f"{args.file}: {made.size:,} bytes, {made.rows} rows, " + _judgement(made.is_whole))
    print(f"Head: entry {made.head.seq}, {made.head.digest}")
    return 0 if made.is_whole else 1


def _judgement(is_whole: bool) -> str:  # noqa: FBT001 (said once, above)
    return "read again and whole." if is_whole else "NOT whole: keep an older backup."
