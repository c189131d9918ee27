"""A process killed while it writes loses nothing it has acknowledged."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from coalition.services.table.verifying import verify
from coalition.store import schema
from tests import builders
from tests.conftest import ROOT


@pytest.mark.parametrize("lines", [1, 7, 20])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(any_db, any_url, clock, lines):
    convener, delegates = builders.a_table(any_db, organisations=1)
    this = builders.a_round(any_db, clock, convener)
    who, which = str(delegates[0].account_id), str(this.id)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.voting", any_url, clock().isoformat(), who, which, "100000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = [process.stdout.readline().strip() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)  # wherever in its next ballot it is
    told += process.stdout.read().split()
    assert process.wait(timeout=30) == -signal.SIGKILL
    process.stdout.close()

    with any_db.reading() as conn:
        receipts = set(conn.scalars(select(schema.ballot.c.receipt)))
    complete = {receipt for receipt in told if len(receipt) == len(told[0])}
    assert len(complete) >= lines
    assert complete <= receipts
    assert len(receipts - complete) <= 1, "at most the one that was committed and not yet told"
    assert verify(any_db).findings == ()
