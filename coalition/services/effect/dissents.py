"""Dissent: attaching an organisation's statement to a decision, leaving a position, taking back."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.dissents import (
    Dissent,
    DissentChanged,
    DissentId,
    DissentKind,
    NothingToTakeBack,
    OutsideTheRoll,
    SpeakerMissing,
    require_open_to,
)
from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, SeatHeld, require
from coalition.services.effect import closing
from coalition.store.database import Connection, Database
from coalition.store.deliberation.scenes import Scene, scene
from coalition.store.effect import dissents as store
from coalition.store.ground import audit, tokens


@dataclass(frozen=True, slots=True)
class DissentForm:
    """What a delegate sends.

    Args:
        words: The statement, or the reason for dissociating; the public reads them.
        replaces: What stood when the form was shown, or None.
        token: One per rendered form, so that a double click attaches once.
    """

    round_id: RoundId
    kind: DissentKind
    words: str
    replaces: DissentId | None
    token: str


def attach(db: Database, clock: Clock, *, actor: Actor | None, form: DissentForm) -> DissentId:
    """Set the dissent of the person's organisation beside a decision, in place of its earlier one.

    Audited as ``dissent.attached``; the words are not in the trail.

    Raises:
        PermissionMissing, SpeakerMissing: the person may not speak for a seat now.
        RoundNotFound, OutsideTheRoll: it was not this organisation's to decide.
        NothingDecided, NothingAdopted: see ``require_open_to``.
        DissentChanged: a colleague has changed it since the form was shown.
        Invalid: the words are blank, too long or unreadable.
    """
    person = require(actor, Permission.CAST_BALLOT)
    words = text.paragraphs(form.words, form.kind.field)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, form.token, "dissent.attached"):
            return DissentId(int(done))
        met, seat = _met(conn, person, form.round_id, now)
        require_open_to(form.kind, closing.outcome(conn, met.round, now=now))
        stands = store.standing_id(conn, form.round_id, seat.organisation_id, form.kind)
        if stands != form.replaces:
            raise DissentChanged
        if stands is not None:
            store.withdraw(conn, stands, at=now)
        new = Dissent(
            DissentId(0),
            form.round_id,
            seat.organisation_id,
            seat.organisation,
            form.kind,
            words,
            now,
        )
        dissent_id = store.add(conn, new, made_by=person.account_id)
        subject, detail = f"round:{form.round_id}", _detail(form.kind, dissent_id)
        audit.append(conn, person.label, "dissent.attached", subject, at=now, detail=detail)
        tokens.keep(conn, form.token, "dissent.attached", str(dissent_id), at=now)
    return dissent_id


def take_back(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    round_id: RoundId,
    kind: DissentKind,
    token: str,
) -> None:
    """Take the organisation's own statement or dissociation back; doing it twice does it once.

    Audited as ``dissent.withdrawn``.

    Raises:
        PermissionMissing, SpeakerMissing: the person may not speak for a seat now.
        RoundNotFound, OutsideTheRoll, NothingToTakeBack: nothing of theirs stands there.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "dissent.withdrawn"):
            return
        _, seat = _met(conn, person, round_id, now)
        stands = store.standing_id(conn, round_id, seat.organisation_id, kind)
        if stands is None:
            raise NothingToTakeBack
        store.withdraw(conn, stands, at=now)
        subject, detail = f"round:{round_id}", _detail(kind, stands)
        audit.append(conn, person.label, "dissent.withdrawn", subject, at=now, detail=detail)
        tokens.keep(conn, token, "dissent.withdrawn", str(stands), at=now)


def _met(
    conn: Connection, person: Actor, round_id: RoundId, now: datetime
) -> tuple[Scene, SeatHeld]:
    """Return the round and the seat the person speaks for now, whatever the page believed.

    Raises:
        RoundNotFound, SpeakerMissing, OutsideTheRoll.
    """
    met = scene(conn, round_id, person.account_id, now)
    if met.seat is None:
        raise SpeakerMissing
    if not met.on_roll:
        raise OutsideTheRoll
    return met, met.seat


def _detail(kind: DissentKind, dissent_id: DissentId) -> dict[str, int | str]:
    return {"dissent": dissent_id, "kind": kind.value}
