"""``doctor``: what is unsafe or missing, and what to do about it."""

import argparse
import os
from typing import Any

from coalition import settings, wiring


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "doctor", help="say what is unsafe or missing, and what to do; exit 1 if it is dangerous"
    )
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print every gate with its state; exit 1 where a dangerous one fails."""
    os.chdir(settings.ROOT)  # where Streamlit finds .streamlit/config.toml
    gates = wiring.gates()
    for gate in gates:
        state = "ok    " if gate.ok else "DANGER" if gate.dangerous else "advice"
        print(f"{state}  {gate.name}{': ' + gate.advice if gate.advice else ''}")
    dangerous = sum(gate.dangerous and not gate.ok for gate in gates)
    print("Safe to serve." if not dangerous else f"Not safe to serve: {dangerous} to mend.")
    return 1 if dangerous else 0
