"""Pages and views of the board against the empty page, in processor a run.

A machine shared with others is half as fast again from one second to the next: the empty page
runs in turn with what is measured, and of each one's runs the middle one counts.
"""

import asyncio
import statistics
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from coalition.store.database import Database
from coalition.ui.insight import views as board
from tests.bench.client import Visitor
from tests.bench.figures import Figure, at_most
from tests.bench.server import Server
from tests.bench.table import THICK, Bench

RUNS, WARMING = 40, 5
AIMS = {"today": 5, "proposal": 5, "board": 10, f"{THICK}, summary": 8}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor for one run of a page, and of the empty one in turn with it."""

    page: float
    empty: float

    @property
    def ratio(self) -> float:
        """How many empty pages it costs."""
        return self.page / self.empty


@dataclass(frozen=True, slots=True)
class Served:
    """A table and the server that serves it."""

    table: Bench
    server: Server

    def page(self, name: str) -> Cost:
        """Return the cost of a page, warm."""
        where, account, query = self.table.pages()[name]

        async def measured() -> Cost:
            async with self._two(account) as (bare, visitor):
                await visitor.open(where, **query)
                return await self._in_turn(bare.run, visitor.run)

        return asyncio.run(measured())

    def view(self, view: str, *, cold: bool, alone: bool = False) -> Cost:
        """Return the cost of a view of the board.

        Args:
            cold: Write something before each run, so that no answer is kept.
            alone: Change a filter instead: only the board's body runs.
        """
        db = Database(self.table.url)
        touch = partial(self.table.touch, db)
        pillars = ["access", "equity"]

        async def measured() -> Cost:
            async with self._two(self.table.convener) as (bare, visitor):
                await visitor.open("board", view=view)

                async def choose() -> float:
                    pillars.reverse()
                    return await visitor.choose(view=view, pillar=pillars[0])

                run = choose if alone else visitor.run
                return await self._in_turn(bare.run, run, touch if cold else int)

        cost = asyncio.run(measured())
        db.dispose()
        return cost

    @asynccontextmanager
    async def _two(self, account: int) -> AsyncIterator[tuple[Visitor, Visitor]]:
        """Let an account arrive twice: on the empty page, and to look at another."""
        secret = self.table.secret(account)
        bare, visitor = (Visitor(self.server.base, secret) for _ in range(2))
        await bare.arrive()
        await visitor.arrive()
        await bare.open("empty")
        yield bare, visitor
        await bare.leave()
        await visitor.leave()

    async def _in_turn(
        self,
        empty: Callable[[], Awaitable[float]],
        page: Callable[[], Awaitable[float]],
        before: Callable[[], object] = int,
    ) -> Cost:
        """Run one after the other, ``before`` ahead of each; leave out the first few."""
        costs: tuple[list[float], list[float]] = ([], [])
        for _ in range(WARMING + RUNS):
            for run, spent in zip((empty, page), costs, strict=True):
                before()
                used = self.server.cpu()
                await run()
                spent.append(1000 * (self.server.cpu() - used))
        return Cost(*(statistics.median(spent[WARMING:]) for spent in reversed(costs)))


def measure_pages(full: Served, tenth: Served) -> list[Figure]:
    """Return each page against the empty page, and full size against a tenth of it."""
    figures = []
    for page in full.table.pages():
        cost = full.page(page)
        name, aim = f"{page} against the empty page", AIMS.get(page)
        figures += [
            at_most(name, cost.ratio, aim) if aim else Figure(name, round(cost.ratio, 3)),
            Figure(f"{page}, ms of processor a run", round(cost.page, 2)),
        ]
        if not page.startswith(THICK):  # as thick at any size, but for its roll
            growth = cost.ratio / tenth.page(page).ratio
            figures.append(at_most(f"{page} at full size against a tenth", growth, 1.3))
    return figures


def measure_board(full: Served, young: Served) -> list[Figure]:
    """Return every view of the board, cold and kept, and at full size against a young archive."""
    figures = []
    for view in board.BY_KEY:
        cold, filtered = full.view(view, cold=True), full.view(view, cold=True, alone=True)
        kept, before = full.view(view, cold=False), young.view(view, cold=True)
        figures += [
            at_most(f"board, {view}, cold against the empty page", cold.ratio, 10),
            at_most(f"board, {view}, a filter changed, cold", filtered.ratio, 5),
            Figure(f"board, {view}, kept for all who look", round(kept.ratio, 3)),
            at_most(f"board, {view}, ten times the archive", cold.ratio / before.ratio, 1.3),
            Figure(f"board, {view}, ms of processor a run, cold", round(cold.page, 2)),
        ]
    return figures
