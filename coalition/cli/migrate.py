"""``migrate`` and ``check-migrations``: the database follows the program."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from coalition import wiring
from coalition.services.table import readiness
from coalition.services.table.readiness import differences


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer both commands."""
    migrate = subparsers.add_parser("migrate", help="bring the database to this version")
    migrate.add_argument(
        "--write", nargs=2, metavar=("NUMBER", "WHAT"), help="for developers: write a new migration"
    )
    migrate.set_defaults(run=run)
    check = subparsers.add_parser(
        "check-migrations", help="prove that the migrations make the schema the program expects"
    )
    check.set_defaults(run=run_check)


def run(args: argparse.Namespace) -> int:
    """Migrate, and say whether anything had to be done; or write a new migration."""
    if args.write:
        number, what = args.write
        with tempfile.TemporaryDirectory() as folder:
            readiness.write_migration(f"sqlite:///{Path(folder) / 'empty.db'}", what, number)
        return 0
    changed = readiness.prepare(wiring.database())
    print("The database is now of this version." if changed else "The database is up to date.")
    return 0


def run_check(_args: argparse.Namespace) -> int:
    """Migrate an empty database and compare; exit 1 with each difference on a line."""
    with tempfile.TemporaryDirectory() as folder:
        found = differences(f"sqlite:///{Path(folder) / 'empty.db'}")
    for line in found:
        print(line)
    if not found:
        print("Migrations and models agree.")
    return 1 if found else 0
