"""In clearance: saying that one's board is reviewing, by when it answers, and that it is over."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.ballots import NotOnTheRoll, SeatMissing
from coalition.domain.deliberation.clearances import (
    NOTE,
    AlreadyAnswered,
    Clearance,
    require_date,
)
from coalition.domain.deliberation.rounds import RoundClosed, RoundId
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, SeatHeld, require
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances as store
from coalition.store.deliberation.scenes import Scene, scene
from coalition.store.ground import audit, tokens


@dataclass(frozen=True, slots=True)
class Review:
    """What a delegate can do about a review.

    Args:
        mark: Whether one can be marked or moved now.
        clearance: The one under way, or None.
    """

    mark: bool
    clearance: Clearance | None


def mark_clearance(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    round_id: RoundId,
    until: datetime | None,
    note: str,
    token: str,
) -> None:
    """Say that the person's organisation is reviewing and answers by a date, or move that date.

    It still counts as missing, and the round closes when it closes. Audited as
    ``clearance.marked``.

    Raises:
        PermissionMissing, SeatMissing, NotOnTheRoll: the person has no answer to give.
        RoundNotFound, RoundNotOpen, RoundClosed: the round waits for none.
        AlreadyAnswered: its ballot stands.
        DateMissing, DateInThePast, DateAfterClose: the date cannot stand.
        TextTooLong, TextUnreadable: the note cannot be kept as it is.
    """
    person = require(actor, Permission.CAST_BALLOT)
    said = hygiene.line(note, "note", limit=NOTE, required=False)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "clearance.marked"):
            return
        met = scene(conn, round_id, person.account_id, now)
        seat = _begun(met, now)
        if met.stands:
            raise AlreadyAnswered
        by = require_date(met.round, until, now=now)
        number = store.add(
            conn,
            round_id,
            seat.organisation_id,
            until=by,
            note=said,
            marked_by=person.account_id,
            at=now,
        )
        _remember(conn, person, "clearance.marked", round_id, number, now)
        tokens.keep(conn, token, "clearance.marked", str(number), at=now)


def end_clearance(db: Database, clock: Clock, *, actor: Actor | None, round_id: RoundId) -> None:
    """Say that the review is over, before its date.

    Doing it twice does it once. Audited as ``clearance.ended``.

    Raises:
        PermissionMissing, SeatMissing, NotOnTheRoll: the person has no answer to give.
        RoundNotFound, RoundNotOpen, RoundClosed: the round waits for none.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        met = scene(conn, round_id, person.account_id, now)
        own = _begun(met, now).organisation_id
        if not store.in_force(conn, [round_id], now, organisation_id=own):
            return
        number = store.add(
            conn, round_id, own, until=None, note="", marked_by=person.account_id, at=now
        )
        _remember(conn, person, "clearance.ended", round_id, number, now)


def review(db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId) -> Review:
    """Return what the person's organisation can say of a review in one round.

    Raises:
        PermissionMissing, SeatMissing: the person has no answer to give.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.reading() as conn:
        met = scene(conn, round_id, person.account_id, now)
        if met.seat is None:
            raise SeatMissing
        own = met.seat.organisation_id
        found = store.in_force(conn, [round_id], now, organisation_id=own)
    can = met.on_roll and not met.stands and met.round.is_open(now) and not met.is_decided
    return Review(can, found.get((round_id, own)))


def _begun(met: Scene, now: datetime) -> SeatHeld:
    if met.seat is None:
        raise SeatMissing
    met.round.require_open(now)
    if met.is_decided:  # the clock was set back after the close
        raise RoundClosed(closes_at=met.round.closes_at)
    if not met.on_roll:
        raise NotOnTheRoll
    return met.seat


def _remember(
    conn: Connection, person: Actor, action: str, round_id: RoundId, number: int, now: datetime
) -> None:
    detail = {"clearance": number}
    audit.append(conn, person.label, action, f"round:{round_id}", at=now, detail=detail)
