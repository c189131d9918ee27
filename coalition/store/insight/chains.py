"""Every entry of every organisation in several rounds, and the round before each."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, func, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import Ending, RoundId, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.insight.movement import Entry
from coalition.store.schema import ballot, consensus_round

Chains = dict[tuple[RoundId, OrganisationId], tuple[Entry, ...]]

_EARLIER = consensus_round.alias("earlier")
# Built once: building a statement costs more than running it.
_BEFORE = (
    select(consensus_round.c.id, func.max(_EARLIER.c.id).label("earlier"))
    .join(_EARLIER, _EARLIER.c.proposal_id == consensus_round.c.proposal_id)
    .where(
        consensus_round.c.id.in_(bindparam("ids", expanding=True)),
        _EARLIER.c.id < consensus_round.c.id,
        _EARLIER.c.kind != RoundKind.SIGN_ON,
        _EARLIER.c.ending.is_distinct_from(Ending.CANCELLED),
    )
    .group_by(consensus_round.c.id)
)
_CHAINS = (
    select(
        ballot.c.round_id,
        ballot.c.organisation_id,
        ballot.c.version_id,
        ballot.c.stance,
        ballot.c.cast_at,
    )
    .where(ballot.c.round_id.in_(bindparam("ids", expanding=True)))
    .order_by(ballot.c.id)  # along a chain ids only rise
)


def before(conn: Connection, ids: Collection[RoundId]) -> dict[RoundId, RoundId]:
    """Return the round before each on the same proposal; a sign-on has no scale to move on."""
    rows = conn.execute(_BEFORE, {"ids": list(ids)})
    return {RoundId(row.id): RoundId(row.earlier) for row in rows}


def chains(conn: Connection, ids: Collection[RoundId]) -> Chains:
    """Return all that each organisation entered in several rounds, oldest first."""
    found: dict[tuple[RoundId, OrganisationId], list[Entry]] = {}
    for row in conn.execute(_CHAINS, {"ids": list(ids)}):
        stance = None if row.stance == WITHDRAWN else Stance(row.stance)
        key = (RoundId(row.round_id), OrganisationId(row.organisation_id))
        found.setdefault(key, []).append(Entry(VersionId(row.version_id), stance, row.cast_at))
    return {key: tuple(entries) for key, entries in found.items()}
