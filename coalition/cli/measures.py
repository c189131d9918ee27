"""``measures FILE``: compute the board's measures of agreement for a stranger."""

import argparse
import json
import sys
from fractions import Fraction
from typing import Any

from coalition.cli import reading
from coalition.domain.deliberation.fields import Malformed
from coalition.domain.insight import measures
from coalition.domain.insight.measured import Asked
from coalition.words.speech import speak

COMPUTED = 0
MANUAL = """\
Reads one object, or a list of objects, as JSON and prints the answer as one line of JSON: an
object for one, a list for a list.

{"counts": [object, stand aside, support with reservations, support]} is answered with
"agreement" (van der Eijk's A, from -1 to 1), "rice" and "hnr" (Hix, Noury and Roland), each
null where it is undefined.

{"groups": [{"agree": 3, "seen": 4}, ...]} is answered with "group_aware_consensus", the
product of (agree + 1) / (seen + 2), from 0 to 1, and "weakest", the place of the group with
the lowest of these, counted from 0, the first of equals; null where there is no group.

An object may ask for both. Other members are ignored. Exit 0 when all was computed; 2 when
something is malformed, with one line naming the field and nothing computed."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``measures`` to the commands."""
    parser = subparsers.add_parser(
        "measures",
        help="compute the measures of agreement of counts or groups",
        description=MANUAL,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the measures of what ``args.file`` holds, or one line on what is malformed."""
    speak("en")
    try:
        given = reading.from_file(args.file)
        asked = reading.each(given, Asked.from_json, called="entry")
    except (reading.Unreadable, Malformed) as fault:
        return reading.refused("measures", fault)
    answers = [_answer(one) for one in asked]
    sys.stdout.write(f"{json.dumps(answers if isinstance(given, list) else answers[0])}\n")
    return COMPUTED


def _answer(asked: Asked) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    if asked.counts is not None:
        answer["agreement"] = _number(measures.agreement(asked.counts))
        answer["rice"] = _number(measures.rice(asked.counts))
        answer["hnr"] = _number(measures.hnr(asked.counts))
    if asked.groups is not None:
        answer["group_aware_consensus"] = float(measures.group_aware_consensus(asked.groups))
        answer["weakest"] = measures.weakest(asked.groups)
    return answer


def _number(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)
