"""How many organisations of a few groups have answered each of several proposals."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, case, distinct, func, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.perspectives import Perspective
from coalition.store.deliberation.tallies import NOT_REPLACED
from coalition.store.schema import ballot, consensus_round

Members = Mapping[Perspective, Collection[OrganisationId]]


def answered(
    conn: Connection, ids: Collection[RoundId], members: Members
) -> dict[ProposalId, dict[Perspective, int]]:
    """Return how many members of each perspective have answered, by proposal, in one query.

    Every standing ballot counts alike, whatever it says and whatever the round's terms do with
    it: in a hidden round the number tells no more than who has answered. An organisation that
    answered two rounds of one proposal counts once.
    """
    who = ballot.c.organisation_id
    numbers = [
        func.count(distinct(case((who.in_(members[one]), who)))).label(one.value)
        for one in Perspective
    ]
    query = (
        select(consensus_round.c.proposal_id, *numbers)
        .join_from(ballot, consensus_round, consensus_round.c.id == ballot.c.round_id)
        .where(ballot.c.round_id.in_(ids), NOT_REPLACED, ballot.c.stance != WITHDRAWN)
        .group_by(consensus_round.c.proposal_id)
    )
    return {
        ProposalId(row.proposal_id): {one: getattr(row, one.value) for one in Perspective}
        for row in conn.execute(query)
    }
