"""Two processes at one table at once: no ballot lost, none doubled, one chain."""

import subprocess
import sys

from sqlalchemy import func, select

from coalition.services.table.verifying import verify
from coalition.store import schema
from tests import builders
from tests.conftest import ROOT

TIMES = 15


def at_once(any_url, clock, this, delegates):
    """Let each delegate vote from a process of their own; return the receipts of each."""
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.voting",
                any_url,
                clock().isoformat(),
                str(delegate.account_id),
                str(this.id),
                str(TIMES),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for delegate in delegates
    ]
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    return [out.split() for out, _ in told]


def stored(db, this):
    """Return every receipt, and how many ballots of how many organisations stand."""
    later = schema.ballot.alias("later")
    replaced = select(later.c.id).where(later.c.replaces_id == schema.ballot.c.id).exists()
    with db.reading() as conn:
        receipts = set(conn.scalars(select(schema.ballot.c.receipt)))
        standing = conn.execute(
            select(func.count(), func.count(schema.ballot.c.organisation_id.distinct())).where(
                schema.ballot.c.round_id == this.id, ~replaced
            )
        ).one()
    return receipts, tuple(standing)


def test_two_processes_vote_for_different_organisations(any_db, any_url, clock):
    convener, delegates = builders.a_table(any_db, organisations=2)
    this = builders.a_round(any_db, clock, convener)

    told = at_once(any_url, clock, this, delegates)

    receipts, standing = stored(any_db, this)
    assert [len(set(one)) for one in told] == [TIMES, TIMES]
    assert receipts == {*told[0], *told[1]}
    assert standing == (2, 2)
    assert verify(any_db).findings == ()


def test_two_processes_vote_for_the_same_organisation(any_db, any_url, clock):
    convener, delegates = builders.a_table(any_db, organisations=1)
    primary = delegates[0]
    alternate = builders.a_delegate(
        any_db, organisation_id=primary.seat.organisation_id, rank=1, name="Robin Second"
    )
    this = builders.a_round(any_db, clock, convener)

    told = at_once(any_url, clock, this, [primary, alternate])

    receipts, standing = stored(any_db, this)
    assert receipts == {*told[0], *told[1]}, "each acknowledged ballot is there, and no other"
    assert len(receipts) == 2 * TIMES
    assert standing == (1, 1), "one chain of replacements, one ballot stands"
    assert verify(any_db).findings == ()
