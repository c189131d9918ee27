"""What a month brought: the rounds that closed in it, and the texts written in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.rounds import Ending, Round
from coalition.domain.deliberation.versions import Mark
from coalition.store.deliberation.rounds import SELECT, from_row
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import proposal, text_version, version_contest

_CLOSED = SELECT.where(
    rounds.c.closes_at >= bindparam("since"),
    rounds.c.closes_at < bindparam("until"),
    rounds.c.ending.is_distinct_from(Ending.CANCELLED),
).order_by(rounds.c.closes_at, rounds.c.id)
_WRITTEN = (
    select(
        proposal.c.reference,
        text_version.c.title,
        text_version.c.number,
        text_version.c.mark,
        text_version.c.note,
        text_version.c.at,
        version_contest.c.version_id.label("contested"),
    )
    .join(proposal, proposal.c.id == text_version.c.proposal_id)
    .outerjoin(version_contest, version_contest.c.version_id == text_version.c.id)
    .where(
        text_version.c.at >= bindparam("since"),
        text_version.c.at < bindparam("until"),
        proposal.c.stage != Stage.DRAFT,
    )
    .order_by(text_version.c.at, text_version.c.id)
)


@dataclass(frozen=True, slots=True)
class Written:
    """A text that somebody put to the table.

    Args:
        mark: What kind of change it made; a contested editorial one counts as substantive.
        note: What its writer said of the change, or "".
    """

    reference: str
    title: str
    number: int
    mark: Mark
    note: str
    at: datetime


def closed(conn: Connection, since: datetime, until: datetime) -> tuple[Round, ...]:
    """Return the rounds that closed in ``[since, until)``, oldest first; no cancelled one."""
    found = conn.execute(_CLOSED, {"since": since, "until": until})
    return tuple(from_row(row) for row in found)


def written(conn: Connection, since: datetime, until: datetime) -> tuple[Written, ...]:
    """Return the texts of submitted proposals written in ``[since, until)``, oldest first."""
    found = conn.execute(_WRITTEN, {"since": since, "until": until})
    return tuple(
        Written(
            row.reference,
            row.title,
            row.number,
            Mark.SUBSTANTIVE if row.contested else Mark(row.mark),
            row.note,
            row.at,
        )
        for row in found
    )
