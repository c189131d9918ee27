"""Versions: changing the text once it is before the table, and contesting the mark of a change."""

from dataclasses import replace
from datetime import datetime

from coalition.domain.deliberation import proposals as rules
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    ProposalNotFound,
    Stage,
    TextVersion,
    VersionId,
    content_hash,
)
from coalition.domain.deliberation.rounds import LIVE, Round
from coalition.domain.deliberation.versions import (
    Contest,
    Mark,
    NotEditorial,
    NothingChanged,
    Revision,
    TextSettled,
    VersionMoved,
    require_contestable,
    require_revisable,
)
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.telling import NoticeKind
from coalition.services.deliberation.casting import seat_now
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import searching
from coalition.store.deliberation import versions as store
from coalition.store.ground import audit, outbox, tokens

__all__ = ["Mark", "Revision", "VersionId", "contest", "revise", "revise_within"]


def revise(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    revision: Revision,
    token: str,
) -> TextVersion:
    """Make the next version of a text that is before the table.

    Audited as ``version.written`` with its number, mark and content hash.

    Raises:
        PermissionMissing, NotYourProposal: only its champion or a convener.
        TextSettled, TooLateToChange: its text cannot change now.
        VersionMoved: somebody made a newer version since the form was opened.
        NothingChanged: it says the same, word for word.
        Invalid: a field or the mark is missing.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "version.written"):
            return store.version(conn, VersionId(int(done)))
        made = revise_within(conn, person, proposal_id, revision, now=now)
        tokens.keep(conn, token, "version.written", str(made.id), at=now)
    return made


def revise_within(
    conn: Connection, person: Actor, proposal_id: ProposalId, revision: Revision, *, now: datetime
) -> TextVersion:
    """Do the same inside the caller's transaction; the caller keeps the token."""
    checked = revision.checked()
    this = _editable(conn, person, proposal_id)
    running = _running(conn, this, now)
    settled = bool(searching.settled(conn, [proposal_id], now))
    require_revisable(this, running, settled=settled, now=now, mark=checked.mark)
    last = store.latest_version(conn, proposal_id)
    if last is None:
        raise TextSettled(reference=this.reference)
    if last.id != checked.base_id:
        raise VersionMoved(version=last.number)
    if last.content_hash == content_hash(checked.title, checked.ask, checked.body):
        raise NothingChanged(field="body")
    text = replace(this.text, title=checked.title, ask=checked.ask, body=checked.body)
    made = store.add_version(
        conn,
        replace(this, text=text),
        note=checked.note,
        written_by=person.account_id,
        at=now,
        mark=checked.mark or Mark.SUBSTANTIVE,
        round_id=running.id if running else None,
    )
    proposals_store.save(conn, this, text, at=now)
    if running:
        rounds_store.move_text(conn, running, made)
    detail = {"version": made.number, "mark": made.mark, "text": made.content_hash}
    if running:
        detail["round"] = running.id
    subject = f"proposal:{proposal_id}"
    audit.append(conn, person.label, "version.written", subject, at=now, detail=detail)
    outbox.put(conn, NoticeKind.TEXT_CHANGED, subject, by=person.account_id, at=now)
    return made


def contest(
    db: Database, clock: Clock, *, actor: Actor | None, version_id: VersionId, reason: str
) -> None:
    """Say that a change marked editorial changes what is asked; it then counts as substantive.

    Between two rounds as well: a text sent round once more must be the same text.
    Doing it twice does it once, whoever was first. Audited as ``version.contested``.

    Source: issue "Deliberation", Versions and re-confirmation.

    Raises:
        PermissionMissing, SeatMissing: only delegates.
        NotEditorial, ContestOver, TextSettled: it cannot be contested now.
        TextMissing: the reason is blank.
    """
    person = require(actor, Permission.CAST_BALLOT)
    why = hygiene.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        seat = seat_now(conn, person, now)
        version = store.find(conn, version_id)
        if version is None:
            raise NotEditorial
        if version_id in store.contests(conn, version.proposal_id):
            return
        require_contestable(version, now=now)
        this = proposals_store.get(conn, version.proposal_id)
        running = _running(conn, this, now)
        if this.stage is not Stage.SUBMITTED or searching.settled(conn, [this.id], now):
            raise TextSettled(reference=this.reference)
        made = Contest(version_id, seat.organisation_id, seat.organisation, why, now)
        store.contest(conn, made, by=person.account_id)
        detail = {"version": version.number}
        if running:
            rounds_store.make_substantive(conn, running, version_id)
            detail["round"] = running.id
        subject = f"proposal:{this.id}"
        audit.append(conn, person.label, "version.contested", subject, at=now, detail=detail)


def _running(conn: Connection, this: Proposal, now: datetime) -> Round | None:
    """Return the round whose text a change moves on, or None between rounds.

    Raises:
        RoundClosed: it was decided, whatever a clock that was set back says now.
    """
    latest = rounds_store.latest(conn, this)
    if latest is None or latest.status(now) not in LIVE:
        return None
    return rounds_store.undecided(conn, latest.id)


def _editable(conn: Connection, person: Actor, proposal_id: ProposalId) -> Proposal:
    this = proposals_store.get(conn, proposal_id)
    if not rules.may_edit(person, this):
        if not rules.may_read(person, this):
            raise ProposalNotFound
        raise rules.NotYourProposal(reference=this.reference)
    return this
