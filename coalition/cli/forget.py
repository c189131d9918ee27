"""``forget``: a person's words and contact data go; what was decided stays."""

import argparse
from typing import Any

from coalition import wiring
from coalition.services.table import readiness
from coalition.services.table.forgetting import forget


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "forget", help="erase a person's words and contact data; chain and verdicts stay valid"
    )
    parser.add_argument(
        "who",
        metavar="ACCOUNT-OR-INQUIRY",
        help="an e-mail address, account:NUMBER, or the code of an inquiry",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Erase and say what was erased, without repeating any of it."""
    db = wiring.database()
    readiness.require_ready(db)
    done = forget(db, wiring.clock, who=args.who)
    if done.account_id is not None:
        print(
            f"Account {done.account_id} is erased and closed; words of {done.ballots} ballots and "
            f"{done.notes} notes are gone, {done.seats} seats ended. Its stances stay."
        )
    if done.inquiries:
        print(f"Inquiries erased: {done.inquiries}.")
    print("Backups made before still hold what was erased; let them expire.")
    return 0
