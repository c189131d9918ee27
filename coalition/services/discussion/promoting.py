"""A declined suggestion that goes its own way: its author makes a proposal of it."""

from coalition.domain.deliberation.proposals import ProposalId, ProposalText
from coalition.domain.discussion.suggestions import SuggestionId
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.discussion import suggestions as store
from coalition.store.ground import audit


def promote(
    db: Database, clock: Clock, *, actor: Actor | None, suggestion_id: SuggestionId
) -> ProposalId:
    """Begin a draft from one's own declined suggestion; doing it twice does it once.

    Its champion is the organisation its author acts for now. Audited as
    ``proposal.drafted`` for the new one and ``suggestion.promoted`` for the old.

    Source: behaviour cases, amendments: only its author, and only after rejection.

    Raises:
        PermissionMissing: observers and administrators do not draft.
        SuggestionNotFound, NotYourSuggestion: only its author.
        NotDeclined: it was not declined.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, suggestion_id)
        this.require_author(person.account_id)
        if this.became_id is not None:
            return this.became_id
        this.require_declined()
        pillar = proposals_store.get(conn, this.proposal_id).text.pillar
        made = proposals_store.add(
            conn,
            ProposalText(title=this.title(), pillar=pillar, body=this.wording).checked(),
            reference=proposals_store.next_reference(conn, now.year),
            champion_id=person.seat.organisation_id if person.seat else None,
            drafted_by=person.account_id,
            at=now,
        )
        store.mark_became(conn, suggestion_id, made)
        detail = {"suggestion": suggestion_id, "became": made}
        audit.append(conn, person.label, "proposal.drafted", f"proposal:{made}", at=now)
        subject = f"proposal:{this.proposal_id}"
        audit.append(conn, person.label, "suggestion.promoted", subject, at=now, detail=detail)
    return made
