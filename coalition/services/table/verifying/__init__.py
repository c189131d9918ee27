"""Walking the chain, replaying every ballot, computing every verdict again.

Nothing is changed. What the chain says is read first, entry by entry; then every
row of history is held against it. A row changed, added or deleted by hand no
longer fits what was written when it was made. Rebuilding the whole chain around a
change is beyond any check from inside: for that, keep a ``Head`` outside and
compare.
"""

from dataclasses import dataclass, replace

from coalition.domain.ground.audit import FIRST
from coalition.domain.table.findings import Finding, Head
from coalition.services.table.verifying import chain, rounds, texts
from coalition.store.database import Connection, Database
from coalition.store.ground import audit
from coalition.store.table import history, soundness


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found.

    Args:
        head: The end of the chain as it is now.
        rows: Ballots, rounds and verdicts replayed.
        findings: Empty where all is whole.
    """

    head: Head
    entries: int
    ballots: int
    rounds: int
    verdicts: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings


def verify(db: Database, *, kept: Head | None = None) -> Report:
    """Check all that history remembers, in one snapshot.

    Args:
        kept: A head noted earlier and kept outside; the chain must still run through it.

    Raises:
        Unavailable: the database cannot be read.
    """
    with db.reading() as conn:
        return verify_within(conn, kept=kept)


def verify_within(conn: Connection, *, kept: Head | None = None) -> Report:
    """Do the same on a connection that is open already, such as a backup's."""
    unsound = [Finding("guard.gone", one) for one in soundness.missing_guards(conn)]
    unsound += [Finding("row.dangling", one) for one in soundness.dangling(conn)]
    try:
        report = _replayed(conn, kept)
    except soundness.SPOILT as fault:  # a value that no row of ours can hold
        rows = list(dict.fromkeys(soundness.unreadable(conn)))
        if not (rows or unsound):
            rows = [f"history ({type(fault).__name__}: {fault})"]
        unsound += [Finding("row.unreadable", one) for one in rows]
        report = Report(Head(0, FIRST), 0, 0, 0, 0, ())
    return replace(report, findings=(*unsound, *report.findings))


def _replayed(conn: Connection, kept: Head | None) -> Report:
    reading = chain.Reading(kept)
    for entry in audit.walk(conn):
        reading.read(entry)
    reading.finish()
    told = reading.told
    text_findings = texts.check(history.texts(conn), told)
    replay = rounds.Replay(told)
    replay.run(conn)
    return Report(
        head=Head(reading.seq, reading.previous if reading.seq else FIRST),
        entries=reading.entries,
        ballots=replay.ballots,
        rounds=replay.rounds,
        verdicts=replay.verdicts,
        findings=(*reading.findings, *text_findings, *replay.findings),
    )
