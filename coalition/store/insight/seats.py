"""Who answered the rounds that closed last and when, and who comments."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, func, select

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.discussion.comments import Audience
from coalition.domain.ground.permissions import OrganisationId
from coalition.store.schema import ballot, comment, organisation, round_roll

_TURNS = (
    select(
        round_roll.c.organisation_id,
        round_roll.c.round_id,
        ballot.c.cast_at.label("first_at"),
    )
    .select_from(
        round_roll.outerjoin(
            ballot,
            and_(
                ballot.c.round_id == round_roll.c.round_id,
                ballot.c.organisation_id == round_roll.c.organisation_id,
                ballot.c.replaces_id.is_(None),  # the first answer, and each has one at most
            ),
        )
    )
    .where(round_roll.c.round_id.in_(bindparam("ids", expanding=True)))
)
_FOR_THE_TABLE = and_(
    comment.c.proposal_id.in_(bindparam("ids", expanding=True)),
    comment.c.audience == Audience.TABLE,
    comment.c.removed_at.is_(None),
    comment.c.erased_at.is_(None),
)
_COMMENTS = (
    select(comment.c.organisation_id, func.count().label("n"))
    .where(comment.c.organisation_id.is_not(None), _FOR_THE_TABLE)
    .group_by(comment.c.organisation_id)
)
_COMMENTS_EACH = (
    select(comment.c.proposal_id, organisation.c.size, func.count().label("n"))
    .select_from(comment.join(organisation, organisation.c.id == comment.c.organisation_id))
    .where(_FOR_THE_TABLE)
    .group_by(comment.c.proposal_id, organisation.c.size)
    .order_by(comment.c.proposal_id, organisation.c.size)
)


Turns = Mapping[RoundId, datetime | None]


def turns(conn: Connection, ids: Collection[RoundId]) -> Mapping[OrganisationId, Turns]:
    """Return when each organisation on the rolls of these rounds answered first, or None."""
    found: dict[OrganisationId, dict[RoundId, datetime | None]] = defaultdict(dict)
    for who, round_id, first_at in conn.execute(_TURNS, {"ids": list(ids)}).all():
        found[who][round_id] = first_at
    return found


def comments(conn: Connection, ids: Collection[ProposalId]) -> dict[OrganisationId, int]:
    """Return how many comments each organisation made to these proposals.

    Of those that everybody at the table reads; what conveners note is not among them.
    """
    found = conn.execute(_COMMENTS, {"ids": list(ids)})
    return {OrganisationId(row.organisation_id): row.n for row in found}


def comments_each(
    conn: Connection, ids: Collection[ProposalId]
) -> Iterator[tuple[ProposalId, str, int]]:
    """Yield the same by proposal and declared size; "" for those that have not said."""
    for row in conn.execute(_COMMENTS_EACH, {"ids": list(ids)}):
        yield ProposalId(row.proposal_id), row.size, row.n
