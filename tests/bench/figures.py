"""What a measurement says: a name, a figure, the aim it has."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report; ``aim`` in words, ``met`` where it has one."""

    name: str
    figure: float
    aim: str = ""
    met: bool | None = None


def at_least(name: str, figure: float, aim: float) -> Figure:
    """Return a figure that should not be below ``aim``."""
    return Figure(name, round(figure, 3), f">= {aim}", figure >= aim)


def at_most(name: str, figure: float, aim: float) -> Figure:
    """Return a figure that should not be above ``aim``."""
    return Figure(name, round(figure, 3), f"<= {aim}", figure <= aim)


def tell(figures: Sequence[Figure]) -> None:
    """Print the figures and write them to ``build/bench.json``."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    told = [{k: v for k, v in asdict(each).items() if v is not None} for each in figures]
    (build / "bench.json").write_text(json.dumps(told, indent=1) + "\n")
    for each in figures:
        verdict = {True: "met", False: "MISSED", None: ""}[each.met]
        print(f"{each.name:<82} {each.figure:>10} {each.aim:>8} {verdict}")
