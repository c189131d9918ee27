"""Objections from the objector's side: raising, taking back, reopening, being named."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.ballots import NotOnTheRoll
from coalition.domain.deliberation.objections import (
    BallotStillObjects,
    NoNewerVersion,
    Objection,
    ObjectionId,
    ObjectionIsABallot,
    ObjectionWords,
    Pointed,
    Severity,
    SeverityMissing,
    State,
    require_own,
    require_unresolved,
)
from coalition.domain.deliberation.passages import anywhere
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    ProposalNotFound,
    Stage,
    TextVersion,
    VersionId,
    may_read,
)
from coalition.domain.deliberation.rounds import Round, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.versions import TextSettled, VersionMoved
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    Actor,
    OrganisationId,
    Permission,
    SeatHeld,
    require,
)
from coalition.services.deliberation.casting import seat_now
from coalition.services.deliberation.objecting import (
    live_round,
    restart_clock,
    said_before,
    stop_clock,
    tell_raised,
)
from coalition.services.deliberation.objection_access import note, readable
from coalition.store.database import Connection, Database
from coalition.store.deliberation import objections as store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rolls as rolls_store
from coalition.store.deliberation import searching
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import versions as versions_store
from coalition.store.deliberation.objections import NewObjection
from coalition.store.ground import tokens


@dataclass(frozen=True, slots=True)
class ObjectionForm:
    """What a delegate sends to raise an objection.

    Args:
        version_id: The text the form was shown with.
        severity: None where nobody chose.
        pointed: The passage and the wording proposed for it.
    """

    proposal_id: ProposalId
    version_id: VersionId
    severity: Severity | None
    pointed: Pointed
    reason: str
    remedy: str
    token: str


def raise_objection(
    db: Database, clock: Clock, *, actor: Actor | None, form: ObjectionForm
) -> ObjectionId:
    """Raise an objection for the person's organisation; the same one twice is one.

    In a last call a must-change objection stops the clock. Audited as ``objection.raised``.

    Raises:
        PermissionMissing, SeatMissing: only delegates.
        ProposalNotFound, TextSettled: it is not before the table.
        VersionMoved: the text has changed since the form was shown.
        ObjectionIsABallot: while a round decides, a must-change objection is a ballot.
        NotOnTheRoll: only who stands on its roll stops a last call.
        Invalid: the severity or reason is missing, or the text does not say the passage.
    """
    person = require(actor, Permission.CAST_BALLOT)
    words = ObjectionWords(form.reason, form.pointed.wording, form.remedy).checked()
    if form.severity is None:
        raise SeverityMissing(field="severity")
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, form.token, "objection.raised"):
            return ObjectionId(int(done))
        seat = seat_now(conn, person, now)
        this = _on_the_table(conn, person, form.proposal_id, now)
        version = _shown(conn, form)
        running = live_round(conn, this.latest_round_id, now)
        if form.severity is Severity.MUST:
            _require_concern(conn, running, seat, now)
        new = NewObjection(
            proposal_id=this.id,
            version_id=version.id,
            round_id=running.id if running else None,
            organisation_id=seat.organisation_id,
            raised_by=person.account_id,
            ballot_id=None,
            severity=form.severity,
            passage=anywhere(version, form.pointed.quote),
            words=words,
            named=form.pointed.named,
        )
        if (raised := said_before(conn, new, now=now)) is None:
            raised = store.add(conn, new, at=now)
            note(conn, person, "objection.raised", raised, now)
            tell_raised(conn, raised, person, now=now)
            if running and form.severity is Severity.MUST:
                stop_clock(conn, running, raised, person, now=now)
        tokens.keep(conn, form.token, "objection.raised", str(raised), at=now)
    return raised


def resolve_objection(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    objection_id: ObjectionId,
    met: bool,
    remark: str,
    token: str,
) -> None:
    """Take back one's own objection, or say that the newest version meets it.

    The last one to a last call restarts its clock. Audited as ``objection.withdrawn``
    or ``objection.met``.

    Args:
        met: Whether a newer version meets it.
        remark: A word to the others; may be blank.

    Raises:
        PermissionMissing, SeatMissing, NotYourObjection: only the objecting organisation.
        ObjectionNotFound, ObjectionResolved: there is nothing to resolve.
        BallotStillObjects: its ballot in the open round objects; that is changed instead.
        NoNewerVersion: there is no version that could have met it.
    """
    person = require(actor, Permission.CAST_BALLOT)
    said = hygiene.paragraphs(remark, "remark", required=False)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "objection.resolved"):
            return
        this, seat = _own(conn, person, objection_id, now)
        proposal = proposals_store.get(conn, this.proposal_id)
        running = live_round(conn, proposal.latest_round_id, now)
        if running and this.ballot:
            _require_no_ballot(conn, running, seat)
        newest = _newer(conn, this) if met else None
        state = State.MET if met else State.WITHDRAWN
        by = person.account_id
        store.move(conn, objection_id, state, by=by, note=said, at=now, version_id=newest)
        note(conn, person, f"objection.{state}", objection_id, now)
        if running:
            restart_clock(conn, running, objection_id, person, now=now)
        tokens.keep(conn, token, "objection.resolved", str(objection_id), at=now)


def reopen_objection(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    objection_id: ObjectionId,
    remark: str,
) -> None:
    """Say that the answer does not remove one's own objection.

    Doing it twice does it once. Audited as ``objection.reopened``.

    Raises:
        PermissionMissing, SeatMissing, NotYourObjection: only the objecting organisation.
        ObjectionNotFound, ObjectionResolved: it cannot be reopened.
        TextMissing: the remark is blank.
    """
    person = require(actor, Permission.CAST_BALLOT)
    said = hygiene.paragraphs(remark, "remark")
    with db.writing() as conn:
        now = clock()
        this, _ = _own(conn, person, objection_id, now)
        if this.state is State.OPEN:
            return
        store.move(conn, objection_id, State.OPEN, by=person.account_id, note=said, at=now)
        note(conn, person, "objection.reopened", objection_id, now)


def name_objector(
    db: Database, clock: Clock, *, actor: Actor | None, objection_id: ObjectionId, named: bool
) -> None:
    """Say whether one's own organisation may be named where the objection is published.

    Audited as ``objection.named``.

    Raises:
        PermissionMissing, SeatMissing, NotYourObjection: only the objecting organisation.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        seat = seat_now(conn, person, now)
        this = readable(conn, person, objection_id, now)
        require_own(this, seat.organisation_id)
        if this.named == named:
            return
        store.set_named(conn, objection_id, named=named)
        note(conn, person, "objection.named", objection_id, now)


def _on_the_table(
    conn: Connection, person: Actor, proposal_id: ProposalId, now: datetime
) -> Proposal:
    this = proposals_store.get(conn, proposal_id)
    if not may_read(person, this):
        raise ProposalNotFound
    if this.stage is not Stage.SUBMITTED or searching.settled(conn, [proposal_id], now):
        raise TextSettled(reference=this.reference)
    return this


def _shown(conn: Connection, form: ObjectionForm) -> TextVersion:
    """Return the newest text, if the form was shown with it."""
    version = versions_store.latest_version(conn, form.proposal_id)
    if version is None or version.id != form.version_id:
        raise VersionMoved(version=version.number if version else 0)
    return version


def _newer(conn: Connection, this: Objection) -> VersionId:
    """Return the newest text, if it is newer than the one objected to."""
    newest = versions_store.latest_version(conn, this.proposal_id)
    if newest is None or newest.id == this.version_id:
        raise NoNewerVersion(field="met")
    return newest.id


def _require_concern(
    conn: Connection, running: Round | None, seat: SeatHeld, now: datetime
) -> None:
    """Stop unless a must-change objection can be raised beside a ballot."""
    if running is None or running.kind is not RoundKind.BINDING:
        return
    if not running.is_last_call:
        if running.is_open(now):
            raise ObjectionIsABallot(round=running.id)
        return
    if running.id not in rolls_store.holding(conn, [running.id], seat.organisation_id):
        raise NotOnTheRoll


def _require_no_ballot(conn: Connection, running: Round, seat: SeatHeld) -> None:
    own: OrganisationId = seat.organisation_id
    stands = tallies_store.stances(conn, [running.id], organisation_id=own)
    if stands.get((running.id, own)) is Stance.OBJECT:
        raise BallotStillObjects(round=running.id)


def _own(
    conn: Connection, person: Actor, objection_id: ObjectionId, now: datetime
) -> tuple[Objection, SeatHeld]:
    seat = seat_now(conn, person, now)
    this = readable(conn, person, objection_id, now)
    require_own(this, seat.organisation_id)
    require_unresolved(this)
    return this, seat
