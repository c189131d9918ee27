"""A position recorded for an organisation that gave it by phone, mail, letter or in a meeting."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.ballots import (
    Ballot,
    BallotId,
    NotOnTheRoll,
    TextMoved,
    Words,
    require_stance,
)
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.recordings import (
    Evidence,
    EvidenceMissing,
    OrganisationMissing,
    RecordedMeanwhile,
    SaidOnEarlierText,
    SeatAnswered,
    require_said_in,
)
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.visibility import Sight, sight
from coalition.domain.ground import attachments
from coalition.domain.ground.attachments import Upload
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    Actor,
    Capacity,
    OrganisationId,
    Permission,
    SeatHeld,
    may,
    require,
)
from coalition.services.deliberation.casting import Act
from coalition.store.database import Connection, Database
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import recordings as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import versions as versions_store
from coalition.store.deliberation.recordings import Recorded
from coalition.store.ground import audit, tokens

__all__ = [
    "Means",
    "RecordForm",
    "Recorded",
    "attachment",
    "means",
    "record_ballot",
    "recorded",
]


@dataclass(frozen=True, slots=True)
class RecordForm:
    """What a convener sends.

    Args:
        version_id: The text the form was shown with.
        words: Reason, and what would remove an objection.
        evidence: What shows that it was said; its file is made from ``upload``.
        replaces: The recorded ballot that stood when the form was shown, or None.
        upload: A file to attach, or None.
        token: One per rendered form, so that a double click records once.
    """

    round_id: RoundId
    organisation_id: OrganisationId | None
    version_id: VersionId
    stance: Stance | None
    words: Words
    evidence: Evidence
    replaces: BallotId | None
    token: str
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """Whom a convener can record a position for, and what was recorded.

    Args:
        roll: Organisations whose seats have not answered, by name in the order of names.
        recorded: Newest first, as far as this person may read it.
    """

    roll: dict[OrganisationId, str]
    recorded: tuple[Recorded, ...]

    def standing(self, organisation_id: OrganisationId | None) -> BallotId | None:
        """Return the recorded ballot that stands for an organisation, or None."""
        found = (one for one in self.recorded if one.organisation_id == organisation_id)
        return next((one.ballot_id for one in found if one.stands), None)


def record_ballot(db: Database, clock: Clock, *, actor: Actor | None, form: RecordForm) -> Ballot:
    """Record what an organisation said elsewhere, with the evidence for it.

    It stays unconfirmed until one of the seat's people confirms or replaces it; an
    objection is raised, or resolved, only then.
    Audited as ``ballot.recorded`` with the ballot's digest and the seal of the evidence.

    Raises:
        PermissionMissing: only conveners.
        RoundNotFound, RoundNotOpen, RoundClosed, NotOnTheRoll, TextMoved: as for a ballot.
        SeatAnswered: the seat has given a ballot itself.
        RecordedMeanwhile: another position was recorded since the form was shown.
        Invalid: the stance, its reason, the evidence or the attachment cannot stand.
    """
    person = require(actor, Permission.RECORD_BALLOT)
    if form.organisation_id is None:
        raise OrganisationMissing(field="organisation")
    words = replace(form.words.checked(), authority="")
    file = attachments.checked(form.upload) if form.upload else None
    evidence = replace(form.evidence.checked(), file=file)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, form.token, "ballot.recorded"):
            return ballots_store.by_receipt(conn, done).ballot
        this = rounds_store.undecided(conn, form.round_id)
        this.require_open(now)
        stance = require_stance(this, form.stance, words)
        if form.version_id != this.version_id:
            raise TextMoved(version=this.version)
        _require_said(conn, this, evidence, now)
        seat = _seat(conn, this, form.organisation_id)
        act = Act(person, seat, this, _replacing(conn, form, form.organisation_id), now)
        return _record(conn, act, stance, words, evidence, form.token)


def means(db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId) -> Means:
    """Return what a convener needs to record a position in one round.

    Raises:
        PermissionMissing: only conveners.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.RECORD_BALLOT)
    with db.reading() as conn:
        allowed = sight(person, rounds_store.get(conn, round_id), now=now)
        roll = rounds_store.roll(conn, round_id)
        answered = store.answered_by_seat(conn, round_id)
        found = store.of_round(conn, round_id)
    return Means(
        {one: name for one, name in roll.items() if one not in answered},
        tuple(_readable(one, person, allowed) for one in found),
    )


def recorded(
    db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId
) -> tuple[Recorded, ...]:
    """Return the positions recorded for the person's own organisation, or all to a convener.

    Raises:
        SignInNeeded: nobody is signed in.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.READ_TABLE)
    is_convener = may(person, Permission.RECORD_BALLOT)
    own = person.seat.organisation_id if person.seat else None
    if own is None and not is_convener:
        return ()
    with db.reading() as conn:
        allowed = sight(person, rounds_store.get(conn, round_id), now=now)
        found = store.of_round(conn, round_id, organisation_id=None if is_convener else own)
    return tuple(_readable(one, person, allowed) for one in found)


def attachment(db: Database, *, actor: Actor | None, now: datetime, ballot_id: BallotId) -> Upload:
    """Return the file attached to a recorded position, to those who may read its evidence.

    Raises:
        SignInNeeded: nobody is signed in.
        EvidenceMissing: there is none, or not for this person.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        found = store.get(conn, ballot_id)
        if found is None:
            raise EvidenceMissing
        allowed = sight(person, rounds_store.get(conn, found.round_id), now=now)
        data = store.data(conn, ballot_id) if _may_read(found, person, allowed) else None
    if data is None:
        raise EvidenceMissing
    return Upload(found.file_name, data)


def _may_read(one: Recorded, person: Actor, allowed: Sight) -> bool:
    """Say whether a person may read the evidence, whose words may tell the stance."""
    if allowed.own == one.organisation_id:
        return True
    knows = allowed.stances or one.recorded_by == person.account_id
    return knows and may(person, Permission.RECORD_BALLOT)


def _readable(one: Recorded, person: Actor, allowed: Sight) -> Recorded:
    if _may_read(one, person, allowed):
        return one
    return replace(one, said_by="", note="", file_name="", size=0)


def _require_said(conn: Connection, this: Round, evidence: Evidence, now: datetime) -> None:
    require_said_in(this, evidence, now=now)
    if this.substantive_version_id != this.first_version_id:
        written = versions_store.version(conn, this.substantive_version_id).at
        if evidence.received_at is not None and evidence.received_at < written:
            raise SaidOnEarlierText(field="received_at", version=this.version)


def _seat(conn: Connection, this: Round, organisation_id: OrganisationId) -> SeatHeld:
    roll = rounds_store.roll(conn, this.id)
    if organisation_id not in roll:
        raise NotOnTheRoll
    return SeatHeld(organisation_id, roll[organisation_id], Capacity.RECORDED)


def _replacing(
    conn: Connection, form: RecordForm, organisation_id: OrganisationId
) -> BallotId | None:
    """Return the entry a recorded ballot follows; one the seat withdrew is no ballot any more."""
    latest = ballots_store.standing(conn, form.round_id, organisation_id)
    if latest is None or latest.stance is None:
        return latest.id if latest else None
    if latest.capacity is not Capacity.RECORDED:
        raise SeatAnswered
    if latest.id != form.replaces:
        raise RecordedMeanwhile
    return latest.id


def _record(
    conn: Connection, act: Act, stance: Stance, words: Words, evidence: Evidence, token: str
) -> Ballot:
    salt = secrets.token_hex(16)
    new = act.ballot(stance, words.sealed(salt))
    ballot_id = ballots_store.add(conn, new, words, salt)
    store.add(conn, ballot_id, evidence)
    detail = {"ballot": ballot_id, "digest": new.digest(), "evidence": evidence.sealed()}
    subject = f"round:{act.round.id}"
    audit.append(conn, act.person.label, "ballot.recorded", subject, at=act.now, detail=detail)
    tokens.keep(conn, token, "ballot.recorded", new.receipt, at=act.now)
    return replace(new, id=ballot_id)
