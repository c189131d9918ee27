"""``reset-second-factor``: for somebody whom no administrator can help, the last one themselves."""

import argparse
from typing import Any

from coalition import wiring
from coalition.services.people import second_factors
from coalition.services.table import readiness


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "reset-second-factor", help="take a lost second factor away; the password still counts"
    )
    parser.add_argument("email", metavar="E-MAIL", help="whose")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Reset it and say what follows."""
    db = wiring.database()
    readiness.require_ready(db)
    second_factors.reset_by_operator(db, wiring.clock, email=args.email)
    print("The second factor is gone, and every session of the account has ended.")
    print("At the next sign-in the password is enough; a new one can be set up in My account.")
    return 0
