"""Checklists: what a proposal has before a round, filling what is missing, what was waived."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coalition.domain.deliberation import readiness as rules
from coalition.domain.deliberation.plans import RoundPlan
from coalition.domain.deliberation.proposals import (
    NotYourProposal,
    Proposal,
    ProposalFixed,
    ProposalId,
    ProposalNotFound,
    Stage,
    may_edit,
    may_read,
)
from coalition.domain.deliberation.readiness import Checklist, Item
from coalition.domain.deliberation.rounds import RoundId, RoundKind
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.perspectives import Perspective
from coalition.store.database import Connection, Database
from coalition.store.deliberation import disclosures as disclosures_store
from coalition.store.deliberation import proposals as store
from coalition.store.deliberation import waivers as waivers_store
from coalition.store.ground import audit

__all__ = ["Checklist", "Item", "Supplement", "checklist", "settled", "supplement", "waivers"]


@dataclass(frozen=True, slots=True)
class Supplement:
    """What may still be filled in once the text is before the table; none of it is voted on.

    Args:
        revision: Of the proposal the form was opened on.
        summary_es_by: Who read the Spanish summary over; "" while it is a draft.
        perspectives: Whose views were heard.
    """

    revision: int
    equity_note: str
    heard: str
    summary_es: str
    summary_es_by: str
    perspectives: tuple[Perspective, ...] = ()


def checklist(db: Database, *, actor: Actor | None, proposal_id: ProposalId) -> Checklist:
    """Return what a proposal has and what it lacks before a round.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        this = store.get(conn, proposal_id)
        if not may_read(person, this):
            raise ProposalNotFound
        return _measured(conn, this)


def _measured(conn: Connection, this: Proposal) -> Checklist:
    """Do the same inside the caller's transaction, for a proposal already read.

    Interests were asked once the champion has said whether it has one; a proposal without
    a champion has nobody to ask, so its round waives it.
    """
    asked = this.champion_id is not None and (
        disclosures_store.latest(conn, this.id, this.champion_id) is not None
    )
    return rules.checklist(this.text, interests_asked=asked)


def settled(conn: Connection, proposal_id: ProposalId, plan: RoundPlan) -> dict[Item, str]:
    """Return what a binding round opens without and why; the other kinds are not held.

    Raises:
        NotReady: an item is neither there nor waived.
        TextTooLong, TextUnreadable: a reason cannot be kept as it is.
    """
    if plan.kind is not RoundKind.BINDING:
        return {}
    return rules.require_ready(_measured(conn, store.get(conn, proposal_id)), plan.waivers)


def supplement(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    given: Supplement,
) -> None:
    """Fill in what members do not vote on: equity note, who was heard, the Spanish summary.

    Saving the same again changes nothing. Audited as ``proposal.supplemented``.

    Raises:
        NotYourProposal: the person is neither its champion, its drafter nor a convener.
        ProposalFixed: it was withdrawn.
        ProposalChanged: somebody saved since; nothing was overwritten.
        Invalid: a field cannot be kept as it is.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, proposal_id)
        if not may_edit(person, this):
            raise (
                NotYourProposal(reference=this.reference)
                if may_read(person, this)
                else ProposalNotFound
            )
        if this.stage is Stage.WITHDRAWN:
            raise ProposalFixed(reference=this.reference)
        text = replace(
            this.text,
            equity_note=given.equity_note,
            heard=given.heard,
            perspectives=given.perspectives,
            summary_es=given.summary_es,
            summary_es_by=given.summary_es_by,
        ).checked()
        if text == this.text:
            return
        store.save(conn, replace(this, revision=given.revision), text, at=now)
        subject = f"proposal:{proposal_id}"
        audit.append(conn, person.label, "proposal.supplemented", subject, at=now)


def waivers(db: Database, *, actor: Actor | None, round_id: RoundId) -> Mapping[Item, str]:
    """Return the items that a round opened without, each with the convener's reason.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        return waivers_store.of_round(conn, round_id)
