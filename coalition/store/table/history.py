"""History as it lies in the tables, read in pieces: for ``verify`` and ``backup``."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rounds import RoundId
from coalition.store.schema import (
    ballot,
    consensus_round,
    metadata,
    objection,
    round_clock,
    round_extension,
    text_version,
    verdict,
    version_contest,
)


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text version as it lies there, with the hash it was given."""

    id: VersionId
    proposal_id: ProposalId
    number: int
    title: str
    ask: str
    body: str
    content_hash: str
    mark: str
    round_id: int | None
    is_contested: bool


@dataclass(frozen=True, slots=True)
class KeptClock:
    """A change of a round's clock as it lies there."""

    change: str
    objection_id: int
    closes_at: datetime | None
    at: datetime


def round_ids(conn: Connection) -> tuple[RoundId, ...]:
    """Return every round, oldest first."""
    ids = conn.scalars(select(consensus_round.c.id).order_by(consensus_round.c.id))
    return tuple(RoundId(one) for one in ids)


def texts(conn: Connection) -> Iterator[KeptText]:
    """Yield every text version, oldest first."""
    query = (
        select(text_version, version_contest.c.version_id.label("contested"))
        .outerjoin(version_contest, version_contest.c.version_id == text_version.c.id)
        .order_by(text_version.c.id)
    )
    for row in conn.execute(query, execution_options={"yield_per": 200}):
        yield KeptText(
            VersionId(row.id),
            ProposalId(row.proposal_id),
            row.number,
            row.title,
            row.ask,
            row.body,
            row.content_hash,
            row.mark,
            row.round_id,
            row.contested is not None,
        )


def content_hashes(conn: Connection, ids: Collection[int]) -> dict[RoundId, str]:
    """Return the hash of the text each of these rounds puts to the table."""
    query = (
        select(consensus_round.c.id, text_version.c.content_hash)
        .join(text_version, text_version.c.id == consensus_round.c.version_id)
        .where(consensus_round.c.id.in_(ids))
    )
    return {RoundId(row.id): row.content_hash for row in conn.execute(query)}


def numbers(conn: Connection, ids: Collection[int]) -> dict[VersionId, tuple[ProposalId, int]]:
    """Return proposal and number of every text of the proposals of these rounds."""
    theirs = select(consensus_round.c.proposal_id).where(consensus_round.c.id.in_(ids))
    query = select(text_version.c.id, text_version.c.proposal_id, text_version.c.number)
    rows = conn.execute(query.where(text_version.c.proposal_id.in_(theirs)))
    return {VersionId(row.id): (ProposalId(row.proposal_id), row.number) for row in rows}


def clocks(conn: Connection, ids: Collection[int]) -> dict[RoundId, list[KeptClock]]:
    """Return how the clocks of these rounds were stopped and restarted, oldest first."""
    query = select(round_clock).where(round_clock.c.round_id.in_(ids)).order_by(round_clock.c.id)
    found: dict[RoundId, list[KeptClock]] = {}
    for row in conn.execute(query):
        made = KeptClock(row.change, row.objection_id, row.closes_at, row.at)
        found.setdefault(RoundId(row.round_id), []).append(made)
    return found


def objections(conn: Connection) -> frozenset[int]:
    """Return the number of every objection."""
    return frozenset(conn.scalars(select(objection.c.id)))


def extensions(conn: Connection, ids: Collection[int]) -> dict[RoundId, list[datetime]]:
    """Return the deadlines that extensions set, oldest first, by round."""
    query = (
        select(round_extension.c.round_id, round_extension.c.closes_at)
        .where(round_extension.c.round_id.in_(ids))
        .order_by(round_extension.c.id)
    )
    found: dict[RoundId, list[datetime]] = {}
    for row in conn.execute(query):
        found.setdefault(RoundId(row.round_id), []).append(row.closes_at)
    return found


def outcomes(conn: Connection, ids: Collection[int]) -> dict[RoundId, str]:
    """Return the outcome column of frozen verdicts, which lists and counts read."""
    query = select(verdict.c.round_id, verdict.c.outcome).where(verdict.c.round_id.in_(ids))
    return {RoundId(row.round_id): row.outcome for row in conn.execute(query)}


def ballots_kept(conn: Connection) -> int:
    """Return how many ballots there are, of whatever round."""
    return conn.scalar(select(func.count()).select_from(ballot)) or 0


def row_counts(conn: Connection) -> dict[str, int]:
    """Return the number of rows of every table."""
    return {
        table.name: conn.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }
