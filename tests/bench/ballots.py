"""A ballot with its audit entry, against the same two rows in the bare driver."""

import shutil
import statistics
import time
from collections.abc import Iterator
from itertools import count

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
from coalition.store.database import Database, sqlite
from tests.bench.figures import Figure, at_least
from tests.bench.table import Bench

ACTS, WARMING = 400, 20  # ballots recorded for one figure, and before it


def measure_ballots(bench: Bench) -> Figure:
    """Return ballots recorded a second against the same two rows in the bare driver.

    One in turn with the other, each in a copy of its own; of each the middle one counts.
    """
    ours, raw = _recording(bench), _bare(bench)
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(WARMING + ACTS):
        for act, times in zip((ours, raw), spent, strict=True):
            started = time.perf_counter()
            next(act)
            times.append(time.perf_counter() - started)
    taken, least = (statistics.median(times[WARMING:]) for times in spent)
    return at_least("recording a ballot against two raw rows", least / taken, 0.3)


def _recording(bench: Bench) -> Iterator[None]:
    """Record one ballot at each step, each in place of the one before."""
    db = Database(bench.url)
    newest = bench.size.proposals
    voter = bench.size.organisations  # has not voted yet in any open round
    seat = SeatHeld(OrganisationId(voter), f"Organisation {voter:03}", Capacity.PRIMARY)
    person = Actor(AccountId(voter), "Person", "p@example.org", Role.MEMBER, seat)
    latest = None
    for n in count():
        form = ballots.BallotForm(
            RoundId(newest),
            VersionId(newest),
            Stance.SUPPORT,
            Words("Our reason.", "", "Yes"),
            latest,
            f"bench {n}",
            disclosure=DisclosureForm(Interest.NONE) if latest is None else None,
        )
        latest = ballots.cast_ballot(db, lambda: bench.now, actor=person, form=form).id
        yield


def _bare(bench: Bench) -> Iterator[None]:
    """Write a ballot and an audit entry in the bare driver at each step, and nothing else."""
    copy = shutil.copy(bench.path, bench.path.with_name("bare.db"))
    connection = sqlite.connect(str(copy), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    ballot = connection.execute("SELECT * FROM ballot ORDER BY id DESC LIMIT 1").fetchone()
    entry = connection.execute("SELECT * FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    for n in count(1):
        connection.execute("BEGIN IMMEDIATE")
        row = (ballot[0] + n, *ballot[1:8], ballot[0] + n - 1, ballot[9], f"raw {n}")
        connection.execute(f"INSERT INTO ballot VALUES ({','.join('?' * len(row))})", row)
        line = (entry[0] + n, *entry[1:6], f"p{n}", f"d{n}")
        connection.execute("INSERT INTO audit_entry VALUES (?,?,?,?,?,?,?,?)", line)
        connection.execute("COMMIT")
        yield
