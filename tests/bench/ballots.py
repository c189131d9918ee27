"""A ballot with its audit entry, against the same two rows in the bare driver."""

import time

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

ACTS = 400  # ballots recorded for one figure


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
