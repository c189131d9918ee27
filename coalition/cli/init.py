"""``init``: a table of one's own."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from coalition import wiring
from coalition.domain.ground import moments, text
from coalition.domain.ground.errors import Invalid
from coalition.domain.people import accounts
from coalition.services.table import founding, readiness
from coalition.services.table.demonstration import TableExists
from coalition.words.refusals import refusal

REFUSED = 2
DEFAULT_ZONE = "America/New_York"
QUESTIONS: dict[str, tuple[str, Callable[[str], object]]] = {  # asked in order, and checked so
    "name": ("Name of the table", lambda given: text.line(given, "name")),
    "zone": ("Time zone of its deadlines", moments.zone),
    "administrator": ("Name of the first administrator", lambda given: text.line(given, "name")),
    "email": ("Their e-mail address", accounts.address),
}


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "init", help="make a table of your own; asks for what the options do not say"
    )
    parser.add_argument("--name", help="of the table")
    parser.add_argument("--zone", help=f"IANA time zone of its deadlines, such as {DEFAULT_ZONE}")
    parser.add_argument("--administrator", help="name of the first administrator")
    parser.add_argument("--email", help="their e-mail address")
    parser.add_argument(
        "--new-link",
        metavar="EMAIL",
        help="make nothing but a new one-use link for an administrator who cannot get in",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the table and print the administrator's one-use link."""
    db = wiring.database()
    if args.new_link:
        readiness.require_table(db)
        _tell_link(founding.renew_link(db, wiring.clock, email=args.new_link))
        return 0
    readiness.prepare(db)
    if readiness.find_table(db) is not None:
        raise TableExists  # before anything is asked
    given = {name: getattr(args, name) for name in QUESTIONS}
    lacking = [name for name, value in given.items() if value is None]
    if lacking and not sys.stdin.isatty():
        print(f"Say also: {' '.join('--' + name for name in lacking)}", file=sys.stderr)
        return REFUSED
    for name in lacking:
        given[name] = _ask(name)
    secret = founding.found(db, wiring.clock, **given)
    print(f"The table “{given['name']}” is made.")
    _tell_link(secret)
    print("Start the table with: python -m coalition serve")
    return 0


def _tell_link(secret: str) -> None:
    print(f"The administrator chooses a password here, within {accounts.INVITATION.days} days:")
    print(f"  {wiring.deployment().public_url}/invitation?invitation={secret}")
    print("The link opens once and is shown this once.")


def _ask(name: str) -> str:
    """Ask until the answer can be taken."""
    question, check = QUESTIONS[name]
    default = DEFAULT_ZONE if name == "zone" else ""
    shown = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        answer = input(shown).strip() or default
        try:
            check(answer)
        except Invalid as fault:
            print(refusal(fault))
        else:
            return answer
