"""``decide FILE``: hold cases against their rules and answer with verdicts, one a line."""

import argparse
import json
import sys
from typing import Any

from coalition.cli import reading
from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.fields import Fields, Malformed
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.tallies import Case, MalformedCase
from coalition.words.speech import speak
from coalition.words.verdicts import explanation

EVALUATED = 0


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``decide`` to the commands."""
    parser = subparsers.add_parser(
        "decide",
        help="evaluate one case or a list of cases against their decision rules",
        description="Reads one case, or a list of cases, as JSON and prints one JSON object a "
        "line for each. Exit 0 when every case was evaluated; 2 when one is malformed, with "
        "one line naming the field and nothing evaluated.",
    )
    parser.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a verdict for each case of ``args.file``, or one line on what is malformed.

    All cases are read before any is evaluated.
    """
    speak("en")
    try:
        cases = reading.each(reading.from_file(args.file), _read, called="case")
    except (reading.Unreadable, Malformed) as fault:
        return reading.refused("decide", fault)
    sys.stdout.write("".join(f"{json.dumps(_answer(*one))}\n" for one in cases))
    return EVALUATED


def _read(one: object) -> tuple[str | int | None, Rule, Case]:
    fields = Fields(one, "", malformed=MalformedCase)
    name = fields.value("id") if "id" in fields else None
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        raise fields.refused("id", "id")
    return name, Rule.from_json(fields.value("rule")), Case.from_json(one)


def _answer(name: str | int | None, rule: Rule, case: Case) -> dict[str, Any]:
    verdict = decide(rule, case)
    return {
        "id": name,
        "quorum_met": verdict.quorum_met,
        "outcome": verdict.outcome.value,
        "explanation": explanation(verdict),
        "still_needed": verdict.still_needed.to_json(),
    }
