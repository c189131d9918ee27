"""``demo``: the demonstration, loaded where there is no table, or removed."""

import argparse
from collections.abc import Sequence
from typing import Any

from coalition import wiring
from coalition.services.table import demonstration, readiness
from coalition.services.table.demonstration import TableExists, logins, removing
from coalition.services.table.demonstration.people import Login


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "demo", help="load the demonstration if there is no table yet, and print its accounts"
    )
    parser.add_argument(
        "--remove",
        action="store_true",
        help="delete the demonstration's database; refused where somebody added rows of their own",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load it and print the accounts, or remove it."""
    db = wiring.database()
    if args.remove:
        removing.remove(db)
        print("The demonstration is removed. If a server is still running on it, stop that too.")
        return 0
    readiness.prepare(db)
    found = readiness.find_table(db)
    if found is not None and not found.is_demonstration:
        raise TableExists
    ensure()
    tell()
    return 0


def ensure() -> None:
    """Load the demonstration where there is no table; mend one whose loading was interrupted."""
    db = wiring.database()
    if demonstration.is_half_loaded(db):
        print("The demonstration's loading was interrupted; it is loaded anew.")
        removing.remove(db)
        readiness.prepare(db)
    if readiness.find_table(db) is None:
        print("Loading the demonstration: invented organisations, real policy topics.", flush=True)
        demonstration.load(db, wiring.clock)


def tell() -> None:
    """Print the accounts of the demonstration, where their file is still there."""
    db = wiring.database()
    made = logins.find(db)
    if not made:
        print("The accounts of this demonstration are not kept here any more (their file is gone).")
        return
    print("Accounts of the demonstration (passwords made at random for this database):")
    for line in lines(made):
        print(line)
    print(f"They are kept in {logins.path(db)}, which only you can read.")


def lines(made: Sequence[Login]) -> tuple[str, ...]:
    """Return one line an account: role, address, password, in columns."""
    width = max(len(one.email) for one in made)
    return tuple(f"  {one.role:<13}  {one.email:<{width}}  {one.password}" for one in made)
