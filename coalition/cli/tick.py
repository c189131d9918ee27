"""``tick``: what the clock does, for cron."""

import argparse
import json
from datetime import datetime
from typing import Any

from coalition import wiring
from coalition.services.table import readiness
from coalition.services.table.ticking import tick


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "tick",
        help="freeze verdicts, tell and mail what is due, let go of what is past its term",
    )
    parser.add_argument(
        "--now",
        type=instant,
        metavar="INSTANT",
        help="act as if it were this hour, such as 2026-11-24T22:00:00Z",
    )
    parser.set_defaults(run=run)


def instant(text: str) -> datetime:
    """Return an instant that says its zone; argparse tells the refusal."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date and time") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} does not say its zone; end it with Z or +00:00")
    return at


def run(args: argparse.Namespace) -> int:
    """Do it and print one JSON object of counts."""
    db = wiring.database()
    readiness.require_ready(db)
    given: datetime | None = args.now
    post, sender = wiring.mail()
    done = tick(db, (lambda: given) if given else wiring.clock, post=post, sender=sender)
    print(json.dumps(done))
    return 0
