"""Measure, print, and write ``build/bench.json``: name, figure, aim."""

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    Capacity,
    OrganisationId,
    Role,
    SeatHeld,
)
from coalition.services.deliberation import ballots
from coalition.services.people import sessions as sign_in
from coalition.store.database import Database, sqlite
from coalition.store.ground import audit
from coalition.store.people import sessions
from coalition.ui.insight import views as board
from tests.bench import seed
from tests.bench.client import Visitor
from tests.bench.server import Server, serving
from tests.conftest import ROOT

BATCHES, RUNS = 4, 10  # of one page for one figure; the quietest batch counts
FLOOR_RUNS = 40  # the clock of a process ticks in hundredths, and an empty page takes one of them
ACTS = 400  # ballots recorded for one figure
SESSIONS, ACTIONS = 50, 6
CROWD, CROWD_ACTIONS, THINKING = 200, 4, 5.0  # seconds of thinking
THICK = "a proposal with 30 versions, 500 comments, 60 objections"
VIEWS = ("summary", "text", "objections", "discussion", "stances", "history")
Query = dict[str, int | str]


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


class Bench:
    """A table of one size with a session for each role."""

    def __init__(self, folder: Path, size: seed.Size) -> None:
        self.path = folder / "bench.db"
        folder.mkdir(parents=True)
        self.size = size
        self.now = seed.this_hour()
        db = Database(self.url)
        seed.lay(db, size, self.now)
        self._sign_everybody_in(db)
        db.dispose()

    @property
    def url(self) -> str:
        """Where its database lies."""
        return f"sqlite:///{self.path}"

    def touch(self, db: Database) -> None:
        """Write an entry of the trail: whatever was kept of this table is out of date."""
        with db.writing() as conn:
            audit.append(conn, "operator", "bench.touched", "table:1", at=self.now)

    def secret(self, account: int) -> str:
        """Return the session cookie of an account."""
        return f"table_session=bench-{account}"

    @property
    def convener(self) -> int:
        """The convener's account; the administrator's is the next."""
        return self.size.organisations + 1

    def pages(self) -> dict[str, tuple[str, int, Query]]:
        """Return every page measured by name: its address, who opens it, with which query."""
        newest = self.size.proposals
        member, convener, administrator = 1, self.convener, self.convener + 1
        plain: dict[str, tuple[int, Query]] = {
            "today": (member, {}),
            "proposals": (member, {}),
            "proposal": (member, {"id": newest}),
            "stance": (member, {"id": newest}),
            "organisation": (member, {}),
            "positions": (member, {}),
            "calendar": (member, {}),
            "lessons": (member, {}),
            "members": (member, {}),
            "desk": (convener, {}),
            "board": (convener, {}),
            "round": (convener, {"id": newest}),
            "inquiries": (convener, {}),
            "accounts": (administrator, {}),
            "audit": (administrator, {}),
        }
        thick = seed.thick_one(self.size)
        views = {
            f"{THICK}, {view}": ("proposal", member, {"id": thick, "view": view}) for view in VIEWS
        }
        return {page: (page, *asked) for page, asked in plain.items()} | views

    def _sign_everybody_in(self, db: Database) -> None:
        with db.writing() as conn:
            for account in range(1, self.size.organisations + 4):
                sessions.begin(
                    conn,
                    AccountId(account),
                    sign_in.fingerprint(f"bench-{account}"),
                    agent="bench",
                    at=self.now,
                    expires_at=self.now + timedelta(days=30),
                )


async def cpu_of(server: Server, cookie: str, page: str, query: Query, runs: int) -> float:
    """Return milliseconds of processor for one run of a page, warm, in its quietest batch.

    Args:
        runs: In one batch.
    """
    visitor = Visitor(server.base, cookie)
    await visitor.arrive()
    for _ in range(5):
        await visitor.open(page, **query)
    costs = []
    for _ in range(BATCHES):
        before = server.cpu()
        for _ in range(runs):
            await visitor.run()
        costs.append(server.cpu() - before)
    await visitor.leave()
    return 1000 * min(costs) / runs


def measure_pages(full: Bench, server: Server, tenth: Bench, other: Server) -> list[Figure]:
    """Return each page against the empty page, and full size against a tenth of it.

    The two servers take turns, page by page, and the empty page is measured beside each: a
    machine shared with others is half as fast again from one minute to the next.
    """
    figures = [Figure("empty page, ms of processor a run", round(_cost(full, server, "empty"), 2))]
    aims = {"today": 5, "proposal": 5, "board": 10, f"{THICK}, summary": 8}
    for page in full.pages():
        floors = [_cost(full, server, "empty"), _cost(tenth, other, "empty")]
        ratio = _cost(full, server, page) / floors[0]
        name = f"{page} against the empty page"
        aim = aims.get(page)
        figures.append(at_most(name, ratio, aim) if aim else Figure(name, round(ratio, 3)))
        if not page.startswith(THICK):  # as thick at any size, but for its roll
            growth = ratio / (_cost(tenth, other, page) / floors[1])
            figures.append(at_most(f"{page} at full size against a tenth", growth, 1.3))
    return figures


def _cost(bench: Bench, server: Server, page: str) -> float:
    where, account, query = bench.pages().get(page, (page, 1, {}))
    runs = FLOOR_RUNS if page == "empty" else RUNS
    return asyncio.run(cpu_of(server, bench.secret(account), where, query, runs))


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


def measure_board(full: Bench, server: Server, young: Bench, other: Server) -> list[Figure]:
    """Return every view of the board, cold and kept, and at full size against a young archive.

    Cold means that something is written before each run, so that no answer is kept. The empty
    page is measured beside each view, as in ``measure_pages``.
    """
    figures = []
    for view in board.BY_KEY:
        floors = [_cost(full, server, "empty"), _cost(young, other, "empty")]
        cold = [
            asyncio.run(cost_of_view(at, bench, view, cold=True)) / floor
            for bench, at, floor in ((full, server, floors[0]), (young, other, floors[1]))
        ]
        kept = asyncio.run(cost_of_view(server, full, view, cold=False)) / floors[0]
        filtered = asyncio.run(cost_of_view(server, full, view, cold=True, alone=True)) / floors[0]
        figures += [
            at_most(f"board, {view}, cold against the empty page", cold[0], 10),
            at_most(f"board, {view}, a filter changed, cold", filtered, 5),
            Figure(f"board, {view}, kept for all who look", round(kept, 3)),
            at_most(f"board, {view}, ten times the archive", cold[0] / cold[1], 1.3),
        ]
    return figures


async def cost_of_view(
    server: Server, bench: Bench, view: str, *, cold: bool, alone: bool = False
) -> float:
    """Return milliseconds of processor for one run of a view, in its quietest batch.

    Args:
        cold: Write something before each run.
        alone: Change a filter instead: only the board's body runs.
    """
    visitor, db = Visitor(server.base, bench.secret(bench.convener)), Database(bench.url)
    await visitor.arrive()
    for _ in range(3):
        await visitor.open("board", view=view)
    costs = []
    for _ in range(BATCHES):
        spent = 0.0
        for run in range(RUNS):
            if cold:
                bench.touch(db)
            before = server.cpu()
            if alone:
                await visitor.choose(view=view, pillar=("equity", "access")[run % 2])
            else:
                await visitor.run()
            spent += server.cpu() - before
        costs.append(spent)
    await visitor.leave()
    db.dispose()
    return 1000 * min(costs) / RUNS


def measure_crowds(bench: Bench, server: Server) -> list[Figure]:
    """Return what fifty at once and two hundred thinking ones meet."""
    acts = ("today", "proposal", "stance")

    def working(act: int) -> str:
        return acts[act % 3]

    bare, bare_time, _ = asyncio.run(crowd(server, bench, SESSIONS, ACTIONS, 0, lambda _: "empty"))
    busy, busy_time, errors = asyncio.run(crowd(server, bench, SESSIONS, ACTIONS, 0, working))
    many, _, failed = asyncio.run(crowd(server, bench, CROWD, CROWD_ACTIONS, THINKING, working))
    rate = (len(busy) / busy_time) / (len(bare) / bare_time)
    slowest = statistics.quantiles(many, n=20)[-1] if many else float("inf")
    return [
        at_least("fifty at once: throughput against the empty page", rate, 0.25),
        at_most("fifty at once: errors", errors, 0),
        at_most("two hundred thinking five seconds: 95 % of acts, ms", 1000 * slowest, 300),
        at_most("two hundred thinking five seconds: errors", failed, 0),
    ]


def measure_ballots(bench: Bench) -> Figure:
    """Return ballots recorded a second against the same two rows in the bare driver."""
    db = Database(f"sqlite:///{bench.path}")
    newest = bench.size.proposals
    voter = bench.size.organisations  # has not voted yet in any open round
    seat = SeatHeld(OrganisationId(voter), f"Organisation {voter:03}", Capacity.PRIMARY)
    person = Actor(AccountId(voter), "Person", "p@example.org", Role.MEMBER, seat)
    round_id, latest = RoundId(newest), None

    def clock():
        return bench.now

    started = time.perf_counter()
    for n in range(ACTS):
        form = ballots.BallotForm(
            round_id,
            VersionId(newest),
            Stance.SUPPORT,
            Words("Our reason.", "", "Yes"),
            latest,
            f"bench {n}",
            disclosure=DisclosureForm(Interest.NONE) if latest is None else None,
        )
        latest = ballots.cast_ballot(db, clock, actor=person, form=form).id
    ours = ACTS / (time.perf_counter() - started)
    db.dispose()
    return at_least("recording a ballot against two raw rows", ours / _raw_rate(bench), 0.3)


def _raw_rate(bench: Bench) -> float:
    """Return how many times a second the bare driver writes a ballot and an audit entry."""
    connection = sqlite.connect(str(bench.path), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    ballot = connection.execute("SELECT * FROM ballot ORDER BY id DESC LIMIT 1").fetchone()
    entry = connection.execute("SELECT * FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    started = time.perf_counter()
    for n in range(1, ACTS + 1):
        connection.execute("BEGIN IMMEDIATE")
        row = (ballot[0] + n, *ballot[1:8], ballot[0] + n - 1, ballot[9], f"raw {n}")
        connection.execute(f"INSERT INTO ballot VALUES ({','.join('?' * len(row))})", row)
        line = (entry[0] + n, *entry[1:6], f"p{n}", f"d{n}")
        connection.execute("INSERT INTO audit_entry VALUES (?,?,?,?,?,?,?,?)", line)
        connection.execute("COMMIT")
    rate = ACTS / (time.perf_counter() - started)
    connection.close()
    return rate


def main() -> int:
    """Run every measurement and say which aims were missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", choices=["pages", "board", "crowds", "ballots"])
    only = parser.parse_args().only
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        full = Bench(Path(folder) / "full", seed.FULL)
        if only in {None, "ballots"}:
            figures.append(measure_ballots(full))
        with serving(full.path) if only != "ballots" else nullcontext() as server:
            if only in {None, "pages"}:
                tenth = Bench(Path(folder) / "tenth", seed.TENTH)
                with serving(tenth.path) as other:
                    figures += measure_pages(full, server, tenth, other)
            if only in {None, "board"}:
                young = Bench(Path(folder) / "young", seed.YOUNG)
                with serving(young.path) as other:
                    figures += measure_board(full, server, young, other)
            if only in {None, "crowds"}:
                figures += measure_crowds(full, server)
            if server:
                figures.append(Figure("memory of the server, MB", round(server.memory())))
    _tell(figures)
    return 0


def _tell(figures: list[Figure]) -> None:
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    told = [{k: v for k, v in asdict(each).items() if v is not None} for each in figures]
    (build / "bench.json").write_text(json.dumps(told, indent=1) + "\n")
    for each in figures:
        verdict = {True: "met", False: "MISSED", None: ""}[each.met]
        print(f"{each.name:<82} {each.figure:>10} {each.aim:>8} {verdict}")


if __name__ == "__main__":
    sys.exit(main())
