"""Dates, clock, ending and publishing of one round, held against the chain."""

from collections.abc import Iterator
from datetime import datetime

from coalition.domain.deliberation.rounds import Round
from coalition.domain.table.findings import Finding
from coalition.services.table.verifying.chain import Told
from coalition.store.table.history import KeptClock


def check(
    this: Round, extensions: list[datetime], clocks: list[KeptClock], told: Told
) -> Iterator[Finding]:
    """Yield where the window of a round is not the one the chain tells of."""
    where = f"round:{this.id}"
    if extensions != told.extensions.get(this.id, []):
        yield Finding("round.extensions", where)
    ending = told.endings.get(this.id)
    if (this.ending or None) != (ending[0] if ending else None):
        yield Finding("round.ending", where)
    closes_at = told.closes.get(this.id, this.first_closes_at)
    if ending:
        closes_at = max(ending[1], this.opens_at)
    if this.closes_at != closes_at:
        yield Finding("round.close", where)
    if this.published_at != told.published.get(this.id):
        yield Finding("round.published", where)
    if not _is_clock_told(this, clocks, told, has_ended=ending is not None):
        yield Finding("round.clock", where)


def _is_clock_told(this: Round, kept: list[KeptClock], told: Told, *, has_ended: bool) -> bool:
    """Say whether the clock stopped and started as the chain tells, and stands so now."""
    changes = told.clocks.get(this.id, [])
    rows = [(one.change, one.objection_id, one.closes_at, one.at) for one in kept]
    wanted = [(one.change, one.objection_id, one.closes_at, one.at) for one in changes]
    restarts = [one.at for one in changes if one.closes_at]
    runs_from = max(restarts[-1], this.opens_at) if restarts else this.opens_at
    stopped = bool(changes) and changes[-1].closes_at is None and not has_ended
    return rows == wanted and (this.runs_from, this.stopped) == (runs_from, stopped)
