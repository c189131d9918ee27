"""Answering objections: who owns one, and what the champion or a convener says to it."""

from datetime import datetime

from coalition.domain.deliberation.objections import (
    Objection,
    ObjectionId,
    State,
    require_unresolved,
)
from coalition.domain.deliberation.proposals import NotYourProposal, may_edit
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.telling import NoticeKind
from coalition.services.deliberation.objection_access import note, readable
from coalition.store.database import Connection, Database
from coalition.store.deliberation import objections as store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.ground import outbox, tokens


def answer_objection(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    objection_id: ObjectionId,
    response: str,
    token: str,
) -> None:
    """Answer an objection; whoever answers first owns it. It stays unresolved.

    Audited as ``objection.answered``.

    Raises:
        PermissionMissing, NotYourProposal: only its champion or a convener answers.
        ObjectionNotFound, ObjectionResolved: there is nothing to answer.
        TextMissing: the response is blank.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    said = hygiene.paragraphs(response, "response")
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "objection.answered"):
            return
        this = _answerable(conn, person, objection_id, now)
        if this.owner_id is None:
            store.set_owner(conn, objection_id, person.account_id)
        store.move(conn, objection_id, State.ANSWERED, by=person.account_id, note=said, at=now)
        note(conn, person, "objection.answered", objection_id, now)
        subject = f"objection:{objection_id}"
        outbox.put(conn, NoticeKind.ANSWER, subject, by=person.account_id, at=now)
        tokens.keep(conn, token, "objection.answered", str(objection_id), at=now)


def own_objection(
    db: Database, clock: Clock, *, actor: Actor | None, objection_id: ObjectionId
) -> None:
    """Take an objection on: the acting person answers for it from now on.

    Doing it twice does it once. Audited as ``objection.owned``.

    Raises:
        PermissionMissing, NotYourProposal: only its champion or a convener.
        ObjectionNotFound, ObjectionResolved: there is nothing to own.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        this = _answerable(conn, person, objection_id, now)
        if this.owner_id == person.account_id:
            return
        store.set_owner(conn, objection_id, person.account_id)
        note(conn, person, "objection.owned", objection_id, now)


def _answerable(
    conn: Connection, person: Actor, objection_id: ObjectionId, now: datetime
) -> Objection:
    this = readable(conn, person, objection_id, now)
    proposal = proposals_store.get(conn, this.proposal_id)
    if not may_edit(person, proposal):
        raise NotYourProposal(reference=proposal.reference)
    require_unresolved(this)
    return this
