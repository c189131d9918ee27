"""Calling, changing and cancelling meetings of the table."""

from dataclasses import replace

from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.notices.meetings import (
    Meeting,
    MeetingBegun,
    MeetingForm,
    MeetingId,
    MeetingNotFound,
    reads_all,
)
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, profile, tokens
from coalition.store.notices import meetings as store


def call_meeting(
    db: Database, clock: Clock, *, actor: Actor | None, form: MeetingForm, token: str
) -> MeetingId:
    """Call a meeting: from now on it stands in the calendars of those who may read it.

    Audited as ``meeting.called``.

    Raises:
        PermissionMissing: only conveners.
        Invalid: as ``MeetingForm.checked``; nothing was changed.
    """
    person = require(actor, Permission.CALL_MEETING)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "meeting.called"):
            return MeetingId(int(done))
        plan = form.checked(zone_name=_zone(conn), now=now)
        made = store.add(conn, plan, called_by=person.account_id, at=now)
        detail = {"public": plan.public}
        audit.append(conn, person.label, "meeting.called", f"meeting:{made}", at=now, detail=detail)
        tokens.keep(conn, token, "meeting.called", str(made), at=now)
    return made


def change_meeting(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    meeting_id: MeetingId,
    seen: int,
    form: MeetingForm,
    token: str,
) -> None:
    """Change what is said of a meeting that has not begun; calendars take the newer word.

    Whoever may not read it any more is told that it is off, and nothing else. Where nothing
    differs, nothing is done. Audited as ``meeting.changed``.

    Args:
        seen: The sequence of the meeting as the form showed it.

    Raises:
        PermissionMissing: only conveners.
        MeetingNotFound, MeetingCancelled, MeetingBegun.
        MeetingChanged: somebody else changed it meanwhile; nothing was overwritten.
        Invalid: as ``MeetingForm.checked``.
    """
    person = require(actor, Permission.CALL_MEETING)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "meeting.changed"):
            return
        this = store.get(conn, meeting_id)
        this.require_changeable(seen=seen, now=now)
        plan = form.checked(zone_name=_zone(conn), now=now)
        if plan == this.plan:
            return
        newer = replace(
            this,
            plan=plan,
            sequence=this.sequence + 1,
            changed_at=now,
            withdrawn=this.withdrawal(plan, now=now),
        )
        store.save(conn, newer)
        detail = {"sequence": newer.sequence, "public": plan.public}
        subject = f"meeting:{this.id}"
        audit.append(conn, person.label, "meeting.changed", subject, at=now, detail=detail)
        tokens.keep(conn, token, "meeting.changed", str(this.id), at=now)


def cancel_meeting(
    db: Database, clock: Clock, *, actor: Actor | None, meeting_id: MeetingId, reason: str
) -> None:
    """Cancel a meeting that has not begun; to cancel it once more does nothing.

    Audited as ``meeting.cancelled``.

    Args:
        reason: Read by whoever may read the meeting.

    Raises:
        PermissionMissing: only conveners.
        MeetingNotFound, MeetingBegun.
        TextMissing, TextTooLong, TextUnreadable: of the reason.
    """
    person = require(actor, Permission.CALL_MEETING)
    why = text.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, meeting_id)
        if this.cancelled:
            return
        if this.plan.begins_at <= now:
            raise MeetingBegun
        sequence = this.sequence + 1
        off = replace(this, cancelled=True, reason=why, sequence=sequence, changed_at=now)
        store.save(conn, off)
        subject, detail = f"meeting:{this.id}", {"sequence": sequence}
        audit.append(conn, person.label, "meeting.cancelled", subject, at=now, detail=detail)


def read(db: Database, *, actor: Actor | None, meeting_id: MeetingId) -> Meeting:
    """Return a meeting that this person may read.

    Raises:
        MeetingNotFound: there is none, or not for them; nobody can tell which.
    """
    with db.reading() as conn:
        this = store.get(conn, meeting_id)
    if not (this.plan.public or reads_all(actor.role if actor else None)):
        raise MeetingNotFound
    return this


def _zone(conn: Connection) -> str:
    laid = profile.find(conn)
    return laid.zone if laid else "UTC"
