"""Mentions: who can be called in a comment, and what one was called to."""

from datetime import datetime

from coalition.domain.discussion.comments import NEWS, Audience, audiences, require_audience
from coalition.domain.discussion.mentions import Present
from coalition.domain.ground.permissions import Actor, Permission, Role, require
from coalition.store.database import Database
from coalition.store.discussion import mentions as store
from coalition.store.discussion.mentions import Call, Reader

AT_MOST = 5  # lines on Today


def present(
    db: Database, *, actor: Actor | None, now: datetime, audience: Audience = Audience.TABLE
) -> Present:
    """Return who can be called now in a comment for this audience.

    Raises:
        PermissionMissing: administrators call nobody.
        AudienceNotYours: only conveners write what only conveners read.
    """
    person = require(actor, Permission.COMMENT)
    require_audience(person, audience)
    with db.reading() as conn:
        return store.present(conn, now).of(audience)


def mentioned(db: Database, *, actor: Actor | None, now: datetime) -> tuple[Call, ...]:
    """Return the latest comments that call a person or their organisation, newest first.

    None that they may not read, that was removed, or that they wrote themselves.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.READ_TABLE)
    reader = Reader(
        person.account_id,
        person.seat.organisation_id if person.seat else None,
        audiences(person),
        drafts=person.role is Role.CONVENER,
    )
    with db.reading() as conn:
        return store.calls(conn, reader, since=now - NEWS, limit=AT_MOST)


__all__ = ["AT_MOST", "Call", "mentioned", "present"]
