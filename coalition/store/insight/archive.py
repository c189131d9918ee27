"""The whole archive, read once from end to end for the research export."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation.tallies import CARRIED, NOT_REPLACED, RECORDED
from coalition.store.schema import (
    ballot,
    ballot_words,
    consensus_round,
    proposal,
    text_version,
    version_contest,
)

_LATER = ballot.alias("later")
_WITHOUT = and_(
    ballot.c.stance == Stance.OBJECT,
    ballot_words.c.reason == "",
    ballot_words.c.erased_at.is_(None),
)
_OF_ROUNDS = ballot.c.round_id.in_(bindparam("ids", expanding=True))
_BALLOTS = (
    select(
        ballot.c.round_id,
        ballot.c.organisation_id,
        ballot.c.stance,
        ballot.c.cast_at,
        text_version.c.number,
        _LATER.c.id.is_not(None).label("replaced"),
        CARRIED.label("carried"),
        RECORDED.label("recorded"),
        _WITHOUT.label("without"),
    )
    .select_from(
        ballot.join(consensus_round, consensus_round.c.id == ballot.c.round_id)
        .join(text_version, text_version.c.id == ballot.c.version_id)
        .join(ballot_words, ballot_words.c.ballot_id == ballot.c.id)
        .outerjoin(_LATER, _LATER.c.replaces_id == ballot.c.id)
    )
    .where(_OF_ROUNDS)
    .order_by(ballot.c.round_id, ballot.c.organisation_id, ballot.c.id)
)
_NUMBERS = select(text_version.c.id, text_version.c.number).where(
    text_version.c.id.in_(bindparam("ids", expanding=True))
)
_ANSWERED = select(ballot.c.round_id, ballot.c.organisation_id).where(
    _OF_ROUNDS, NOT_REPLACED, ballot.c.stance != WITHDRAWN
)
_TEXTS = (
    select(
        text_version.c.proposal_id,
        text_version.c.number,
        text_version.c.at,
        text_version.c.mark,
        version_contest.c.at.label("contested_at"),
        text_version.c.round_id,
    )
    .outerjoin(version_contest, version_contest.c.version_id == text_version.c.id)
    .where(text_version.c.proposal_id.in_(bindparam("ids", expanding=True)))
    .order_by(text_version.c.proposal_id, text_version.c.number)
)


@dataclass(frozen=True, slots=True)
class Cast:
    """One ballot of a chain, without the words given with it.

    Args:
        stance: Its code; ``withdrawn`` for a withdrawal.
        reasoned: False for an objection without a reason.
    """

    round_id: RoundId
    organisation_id: OrganisationId
    stance: str
    version: int
    cast_at: datetime
    replaced: bool
    carried: bool
    recorded: bool
    reasoned: bool


@dataclass(frozen=True, slots=True)
class Written:
    """One text of a proposal, without its words.

    Args:
        mark: first, editorial or substantive.
        contested_at: Since when an editorial one counts as substantive; None: it does not.
        round_id: The round that was open when it was written, or None.
    """

    proposal_id: ProposalId
    number: int
    at: datetime
    mark: str
    contested_at: datetime | None
    round_id: RoundId | None


def rounds(conn: Connection) -> tuple[Round, ...]:
    """Return every round, oldest first."""
    query = rounds_store.SELECT.order_by(consensus_round.c.id)
    return tuple(rounds_store.from_row(row) for row in conn.execute(query))


def proposal_ids(conn: Connection) -> tuple[ProposalId, ...]:
    """Return the number of every proposal, oldest first."""
    return tuple(ProposalId(one) for one in conn.scalars(select(proposal.c.id).order_by("id")))


def numbers(conn: Connection, ids: Collection[VersionId]) -> dict[VersionId, int]:
    """Return the number each text has among its proposal's."""
    return {VersionId(row.id): row.number for row in conn.execute(_NUMBERS, {"ids": list(ids)})}


def ballots(conn: Connection, ids: Collection[RoundId]) -> Iterator[Cast]:
    """Yield every ballot of some rounds, by round and organisation, the first of each first."""
    for row in conn.execute(_BALLOTS, {"ids": list(ids)}):
        yield Cast(
            RoundId(row.round_id),
            OrganisationId(row.organisation_id),
            row.stance,
            row.number,
            row.cast_at,
            bool(row.replaced),
            bool(row.carried),
            bool(row.recorded),
            not row.without,
        )


def answered(conn: Connection, ids: Collection[RoundId]) -> set[tuple[RoundId, OrganisationId]]:
    """Return who has a standing ballot in which of some rounds; nothing of what it says."""
    return {
        (RoundId(one), OrganisationId(who))
        for one, who in conn.execute(_ANSWERED, {"ids": list(ids)})
    }


def texts(conn: Connection, ids: Collection[ProposalId]) -> Iterator[Written]:
    """Yield every text of some proposals, by proposal, the first of each first; of drafts none."""
    for row in conn.execute(_TEXTS, {"ids": list(ids)}):
        yield Written(
            ProposalId(row.proposal_id),
            row.number,
            row.at,
            row.mark,
            row.contested_at,
            RoundId(row.round_id) if row.round_id is not None else None,
        )
