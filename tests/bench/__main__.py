"""Measure, print, and write ``build/bench.json``: name, figure, aim."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import figures, seed
from tests.bench.ballots import measure_ballots
from tests.bench.crowds import measure_crowds
from tests.bench.figures import Figure
from tests.bench.pages import Served, measure_board, measure_pages
from tests.bench.server import serving
from tests.bench.table import Bench


def main() -> int:
    """Run every measurement and say which aims were missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", choices=["pages", "board", "crowds", "ballots"])
    only = parser.parse_args().only
    found: list[Figure] = []
    with TemporaryDirectory() as folder:
        full = Bench(Path(folder) / "full", seed.FULL)
        if only in {None, "ballots"}:
            found.append(measure_ballots(full))
        with serving(full.path) if only != "ballots" else nullcontext() as server:
            if only in {None, "pages"}:
                tenth = Bench(Path(folder) / "tenth", seed.TENTH)
                with serving(tenth.path) as other:
                    found += measure_pages(Served(full, server), Served(tenth, other))
            if only in {None, "board"}:
                young = Bench(Path(folder) / "young", seed.YOUNG)
                with serving(young.path) as other:
                    found += measure_board(Served(full, server), Served(young, other))
            if only in {None, "crowds"}:
                found += measure_crowds(full, server)
            if server:
                found.append(Figure("memory of the server, MB", round(server.memory())))
    figures.tell(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
