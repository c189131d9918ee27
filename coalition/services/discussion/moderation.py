"""Moderation: a convener removes a comment, and says why where everybody can read it."""

from coalition.domain.discussion.comments import CommentId, require_said
from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.services.discussion.comments import readable
from coalition.store.database import Database
from coalition.store.discussion import comments as store
from coalition.store.ground import audit


def remove_comment(
    db: Database, clock: Clock, *, actor: Actor | None, comment_id: CommentId, reason: str
) -> None:
    """Remove a comment; the reason stands in its place, its words stay for conveners alone.

    A second removal changes nothing: the first reason stays. Audited as
    ``comment.removed``.

    Raises:
        PermissionMissing: only conveners.
        CommentNotFound, CommentGone: there is nothing to remove here.
        Invalid: there is no reason, or it cannot be kept as it is.
    """
    person = require(actor, Permission.MODERATE_COMMENT)
    why = text.line(reason, "reason")
    with db.writing() as conn:
        now = clock()
        this = readable(conn, person, comment_id)
        if this.is_moderated:
            return
        require_said(this)
        store.remove(conn, comment_id, by=person.account_id, reason=why, at=now)
        audit.append(conn, person.label, "comment.removed", f"comment:{comment_id}", at=now)
