"""Which organisations answered so in which rounds, counted once an organisation."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, Connection, and_, bindparam, func, or_, select

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.insight.levers import MOVABLE
from coalition.store.deliberation.tallies import CARRIED, NOT_REPLACED, RECORDED
from coalition.store.schema import ballot, consensus_round, round_roll


@dataclass(frozen=True, slots=True)
class Sought:
    """Which answers are sought in which rounds.

    Args:
        rounds: By answer, None for no answer; the rounds in which it is sought.
        carried_out, recorded_out: Rounds whose terms count a ballot on an earlier text, or one
            entered for an organisation, as no answer.
    """

    rounds: Mapping[Stance | None, Collection[RoundId]]
    carried_out: Collection[RoundId] = field(default=())
    recorded_out: Collection[RoundId] = field(default=())


_AWAITED: BindParameter[int] = bindparam("awaited", expanding=True)
_CARRIED_OUT: BindParameter[int] = bindparam("carried_out", expanding=True)
_RECORDED_OUT: BindParameter[int] = bindparam("recorded_out", expanding=True)
_LEFT_OUT = or_(
    and_(CARRIED, ballot.c.round_id.in_(_CARRIED_OUT)),
    and_(RECORDED, ballot.c.round_id.in_(_RECORDED_OUT)),
)
_ON_ROLL = (
    select(round_roll.c.organisation_id, func.count().label("n"))
    .where(round_roll.c.round_id.in_(_AWAITED))
    .group_by(round_roll.c.organisation_id)
)
_STANDING = (
    select(ballot.c.organisation_id, func.count().label("n"))
    .select_from(ballot.join(consensus_round, consensus_round.c.id == ballot.c.round_id))
    .where(NOT_REPLACED, ballot.c.stance != WITHDRAWN)
    .group_by(ballot.c.organisation_id)
)
_HEARD = _STANDING.where(  # one recused takes no part, whoever entered that
    ballot.c.round_id.in_(_AWAITED), or_(ballot.c.stance == Stance.RECUSED, ~_LEFT_OUT)
)
_SAID = _STANDING.where(
    ~_LEFT_OUT,
    or_(
        *(
            and_(ballot.c.stance == one, ballot.c.round_id.in_(bindparam(one, expanding=True)))
            for one in MOVABLE
            if one is not None
        )
    ),
)


def counts(conn: Connection, sought: Sought) -> Counter[OrganisationId]:
    """Return in how many rounds each organisation gave an answer sought, in at most three queries.

    Counted along the indexes where the ballots are: a row an organisation, not one a ballot.
    """
    said = {str(one): list(sought.rounds.get(one, ())) for one in MOVABLE if one is not None}
    awaited = {"awaited": list(sought.rounds.get(None, ()))}
    out = {
        "carried_out": list(sought.carried_out),
        "recorded_out": list(sought.recorded_out),
    }
    found = Counter[int]()
    if awaited["awaited"]:
        found.update(dict(conn.execute(_ON_ROLL, awaited).all()))
        found.subtract(dict(conn.execute(_HEARD, awaited | out).all()))
    if any(said.values()):
        found.update(dict(conn.execute(_SAID, said | out).all()))
    return Counter({OrganisationId(one): n for one, n in found.items() if n > 0})


def on_rolls(
    conn: Connection, ids: Collection[RoundId], organisation_id: OrganisationId
) -> frozenset[RoundId]:
    """Return on the rolls of which of these rounds an organisation stands."""
    query = select(round_roll.c.round_id).where(
        round_roll.c.round_id.in_(ids), round_roll.c.organisation_id == organisation_id
    )
    return frozenset(RoundId(one) for one in conn.scalars(query))
