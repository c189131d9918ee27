"""Many at once: fifty who act without a pause, two hundred who think between their acts."""

import asyncio
import statistics
import sys
import time
from collections.abc import Callable

from tests.bench import seed
from tests.bench.client import Visitor
from tests.bench.figures import Figure, at_least, at_most
from tests.bench.server import Server
from tests.bench.table import Bench

SESSIONS, ACTIONS = 50, 6
CROWD, CROWD_ACTIONS, THINKING = 200, 4, 5.0  # seconds of thinking
TRIES = 2  # of the crowd that thinks: the quieter counts, on a machine that others use too


def measure_crowds(bench: Bench, server: Server) -> list[Figure]:
    """Return what fifty at once and two hundred thinking ones meet."""
    acts = ("today", "proposal", "stance")

    def working(act: int) -> str:
        return acts[act % 3]

    bare, bare_time, _ = asyncio.run(crowd(server, bench, SESSIONS, ACTIONS, 0, lambda _: "empty"))
    busy, busy_time, errors = asyncio.run(crowd(server, bench, SESSIONS, ACTIONS, 0, working))
    rate = (len(busy) / busy_time) / (len(bare) / bare_time)
    slowest, failed = float("inf"), 0
    for _ in range(TRIES):
        many, _, missed = asyncio.run(crowd(server, bench, CROWD, CROWD_ACTIONS, THINKING, working))
        slowest = min(slowest, statistics.quantiles(many, n=20)[-1])
        failed += missed
    return [
        at_least("fifty at once: throughput against the empty page", rate, 0.25),
        at_most("fifty at once: errors", errors, 0),
        at_most("two hundred thinking five seconds: 95 % of acts, ms", 1000 * slowest, 300),
        at_most("two hundred thinking five seconds: errors", failed, 0),
    ]


async def crowd(
    server: Server, bench: Bench, size: int, acts: int, thinking: float, page: Callable[[int], str]
) -> tuple[list[float], float, int]:
    """Let many act at once; return the seconds of each act, the whole time, and errors."""
    visitors = [
        Visitor(server.base, bench.secret(n % bench.size.organisations + 1)) for n in range(size)
    ]
    await asyncio.gather(*(visitor.arrive() for visitor in visitors))
    errors: list[Exception] = []

    async def live(n: int, visitor: Visitor) -> list[float]:
        took = []
        await asyncio.sleep(thinking * n / size)
        for act in range(acts):
            try:
                newest = bench.size.proposals - (n + act) % seed.OPEN
                took.append(await visitor.open(page(act), id=newest))
            except Exception as error:  # noqa: BLE001 (counted and told)
                errors.append(error)
            await asyncio.sleep(thinking)
        return took

    started = time.perf_counter()
    told = await asyncio.gather(*(live(n, one) for n, one in enumerate(visitors)))
    whole = time.perf_counter() - started
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    if errors:
        print(f"first error: {errors[0]!r}", file=sys.stderr)
    return [each for took in told for each in took], whole, len(errors)
