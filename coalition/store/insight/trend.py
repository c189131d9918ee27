"""Every entry in several rounds, and every text of their proposals."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.versions import Mark
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.insight.trend import Cast, Text
from coalition.store.deliberation.tallies import RECORDED
from coalition.store.schema import ballot, text_version, version_contest

# Built once: building a statement costs more than running it.
_CASTS = (
    select(
        ballot.c.round_id,
        ballot.c.organisation_id,
        ballot.c.version_id,
        ballot.c.stance,
        ballot.c.cast_at,
        RECORDED.label("recorded"),
    )
    .where(ballot.c.round_id.in_(bindparam("ids", expanding=True)))
    .order_by(ballot.c.cast_at, ballot.c.id)
)
_TEXTS = (
    select(
        text_version.c.proposal_id,
        text_version.c.id,
        text_version.c.number,
        text_version.c.at,
        text_version.c.mark,
        version_contest.c.at.label("contested_at"),
    )
    .outerjoin(version_contest, version_contest.c.version_id == text_version.c.id)
    .where(text_version.c.proposal_id.in_(bindparam("ids", expanding=True)))
    .order_by(text_version.c.id)
)


def casts(conn: Connection, ids: Collection[RoundId]) -> Mapping[RoundId, tuple[Cast, ...]]:
    """Return all that was entered in several rounds, oldest first, in one query."""
    found: dict[RoundId, list[Cast]] = {one: [] for one in ids}
    for row in conn.execute(_CASTS, {"ids": list(ids)}):
        found[row.round_id].append(_cast(row))
    return {round_id: tuple(entries) for round_id, entries in found.items()}


def texts(conn: Connection, ids: Collection[ProposalId]) -> Mapping[ProposalId, tuple[Text, ...]]:
    """Return every text of several proposals, oldest first, in one query."""
    found: dict[ProposalId, list[Text]] = defaultdict(list)
    for row in conn.execute(_TEXTS, {"ids": list(ids)}):
        since = row.at if row.mark == Mark.SUBSTANTIVE else row.contested_at
        found[row.proposal_id].append(Text(VersionId(row.id), row.number, row.at, since))
    return {proposal_id: tuple(these) for proposal_id, these in found.items()}


def _cast(row: Row[Any]) -> Cast:
    return Cast(
        OrganisationId(row.organisation_id),
        VersionId(row.version_id),
        None if row.stance == WITHDRAWN else Stance(row.stance),
        row.cast_at,
        bool(row.recorded),
    )
