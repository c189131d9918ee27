"""What recording a ballot needs to know, in one question: it is asked while others wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, or_

from coalition.domain.deliberation.ballots import WITHDRAWN, BallotId
from coalition.domain.deliberation.counts import is_carried
from coalition.domain.deliberation.objections import UNRESOLVED
from coalition.domain.deliberation.rounds import Round, RoundId, RoundNotFound
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import AccountId, OrganisationId, Role, SeatHeld
from coalition.domain.people.seats import capacity
from coalition.store.deliberation.rounds import SELECT, from_row
from coalition.store.deliberation.tallies import NOT_REPLACED, RECORDED
from coalition.store.ground import audit
from coalition.store.ground.audit import Head
from coalition.store.ground.tokens import RESULT, Deed
from coalition.store.schema import (
    UtcDateTime,
    account,
    ballot,
    disclosure,
    objection,
    organisation,
    round_roll,
    seat,
    verdict,
)
from coalition.store.schema import consensus_round as rounds

LOOKING = Deed("", "")  # nothing is sent
_NOW = bindparam("now", type_=UtcDateTime)
# Asked again here: the page that sends a ballot may have found out earlier who acts.
_MAY_ACT = exists().where(
    account.c.id == seat.c.account_id,
    account.c.active,
    account.c.role == Role.MEMBER,
    account.c.erased_at.is_(None),
)
_OBJECTS = exists().where(  # of its own ballots, in this round or an earlier one
    objection.c.organisation_id == seat.c.organisation_id,
    objection.c.proposal_id == rounds.c.proposal_id,
    objection.c.ballot_id.is_not(None),
    objection.c.state.in_(sorted(UNRESOLVED)),
)
_DISCLOSED = exists().where(
    disclosure.c.proposal_id == rounds.c.proposal_id,
    disclosure.c.organisation_id == seat.c.organisation_id,
)
_SCENE = (
    SELECT.add_columns(
        seat.c.organisation_id.label("home"),
        seat.c.rank,
        organisation.c.name.label("home_name"),
        round_roll.c.round_id.label("on_roll"),
        ballot.c.id.label("latest"),
        ballot.c.stance.label("latest_stance"),
        exists().where(verdict.c.round_id == rounds.c.id).label("is_decided"),
        _DISCLOSED.label("disclosed"),
        RECORDED.label("latest_recorded"),
        ballot.c.version_id.label("latest_version_id"),
        _OBJECTS.label("objects"),
        RESULT.label("done"),
        audit.HEAD[0].label("head_seq"),
        audit.HEAD[1].label("head_digest"),
    )
    .outerjoin(
        seat,
        and_(
            seat.c.account_id == bindparam("account_id"),
            seat.c.from_at <= _NOW,
            or_(seat.c.to_at.is_(None), seat.c.to_at > _NOW),
            _MAY_ACT,
        ),
    )
    .outerjoin(organisation, organisation.c.id == seat.c.organisation_id)
    .outerjoin(
        round_roll,
        and_(
            round_roll.c.round_id == rounds.c.id,
            round_roll.c.organisation_id == seat.c.organisation_id,
        ),
    )
    .outerjoin(
        ballot,
        and_(
            ballot.c.round_id == rounds.c.id,
            ballot.c.organisation_id == seat.c.organisation_id,
            NOT_REPLACED,
        ),
    )
    .where(rounds.c.id == bindparam("round_id"))
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One round as it meets one person.

    Args:
        seat: The seat the person may act for now, or None.
        on_roll: Whether that organisation was on the roll at the opening.
        latest: The organisation's latest entry, a withdrawal included, or None.
        stands: Whether that entry is a stance.
        is_decided: Whether a verdict is frozen, whatever the clock says now.
        unconfirmed: Whether that stance was given on an earlier text, or entered by a
            convener.
        objects: Whether an objection of its ballots is unresolved.
        disclosed: Whether it has said if it has an interest in the proposal.
        done: What the deed asked about resulted in, where it was done before.
        head: The last entry of the audit trail, or None before there is one.
    """

    round: Round
    seat: SeatHeld | None
    on_roll: bool
    latest: BallotId | None
    stands: bool
    is_decided: bool
    unconfirmed: bool
    objects: bool
    disclosed: bool
    done: str | None
    head: Head | None


def scene(
    conn: Connection,
    round_id: RoundId,
    account_id: AccountId,
    now: datetime,
    deed: Deed = LOOKING,
) -> Scene:
    """Return one round as it meets one person at ``now``.

    Args:
        deed: What the person sends, if anything; it may have been done already.

    Raises:
        RoundNotFound: there is no such round.
    """
    wanted = {
        "round_id": round_id,
        "account_id": account_id,
        "now": now,
        "token": deed.token,
        "action": deed.action,
    }
    row = conn.execute(_SCENE, wanted).first()
    if row is None:
        raise RoundNotFound
    held = None
    if row.home is not None:
        held = SeatHeld(OrganisationId(row.home), row.home_name, capacity(row.rank))
    this, stands = from_row(row), row.latest_stance not in {None, WITHDRAWN}
    return Scene(
        round=this,
        seat=held,
        on_roll=row.on_roll is not None,
        latest=BallotId(row.latest) if row.latest is not None else None,
        stands=stands,
        is_decided=row.is_decided,
        unconfirmed=stands
        and (
            row.latest_recorded
            or is_carried(this, row.latest_version_id, Stance(row.latest_stance))
        ),
        objects=row.objects,
        disclosed=row.disclosed,
        done=row.done,
        head=(row.head_seq, row.head_digest) if row.head_seq else None,
    )
