"""The objections that a last call waits for."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, exists, func, select

from coalition.domain.deliberation.objections import UNRESOLVED, ObjectionId, Severity
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import Ending, Results
from coalition.domain.people.organisations import OrganisationStatus
from coalition.store.schema import consensus_round, objection, organisation

# Behind a ballot of a hidden round that was cancelled: its organisation alone ever knows of it.
_BURIED = exists().where(
    consensus_round.c.id == objection.c.round_id,
    objection.c.ballot_id.is_not(None),
    consensus_round.c.results == Results.HIDDEN,
    consensus_round.c.ending == Ending.CANCELLED,
)
_CONCERNS = (
    select(objection.c.proposal_id, func.count().label("n"))
    .join(organisation, organisation.c.id == objection.c.organisation_id)
    .where(
        ~_BURIED,
        organisation.c.votes,
        organisation.c.status == OrganisationStatus.ACTIVE,
        objection.c.proposal_id.in_(bindparam("ids", expanding=True)),
        objection.c.severity == Severity.MUST,
        objection.c.state.in_(sorted(UNRESOLVED)),
    )
    .group_by(objection.c.proposal_id)
)


def concerns(conn: Connection, ids: Collection[ProposalId]) -> dict[ProposalId, int]:
    """Return how many must-change objections to each of these proposals are unresolved.

    One whose organisation no longer votes at the table stays on record and holds nobody
    up: there is nobody left who could resolve it. Nor does one that a cancelled hidden
    round keeps: nobody else may know of it.
    """
    if not ids:
        return {}
    rows = conn.execute(_CONCERNS, {"ids": list(ids)})
    return {ProposalId(row.proposal_id): row.n for row in rows}


def is_buried(conn: Connection, objection_id: ObjectionId) -> bool:
    """Say whether a ballot of a cancelled hidden round raised it, so that it is never told."""
    query = select(objection.c.id).where(objection.c.id == objection_id, _BURIED)
    return conn.scalar(query) is not None
