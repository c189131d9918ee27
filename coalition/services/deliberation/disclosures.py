"""Disclosures: saying whether an organisation has an interest, and who has said what."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation import disclosures as rules
from coalition.domain.deliberation.disclosures import (
    Disclosed,
    DisclosureForm,
    Interest,
    RecusalContradicted,
)
from coalition.domain.deliberation.proposals import ProposalId, ProposalNotFound, may_read
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people.interests import Interest as Declared
from coalition.services.deliberation.casting import seat_now
from coalition.services.people.interests import today
from coalition.store.database import Database
from coalition.store.deliberation import disclosures as store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.ground import audit, tokens
from coalition.store.people import interests as interests_store

__all__ = [
    "Asked",
    "Disclosed",
    "DisclosureForm",
    "Interest",
    "disclose",
    "disclosures",
    "our_interest",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an organisation is asked about its interest with.

    Args:
        on_record: What it said last of this proposal, or None: then it is asked.
        declared: What it has declared by topic that touches the proposal's pillars today.
    """

    on_record: Disclosed | None
    declared: tuple[Declared, ...]


def disclose(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    form: DisclosureForm,
    token: str,
) -> None:
    """Put on record whether the person's organisation has an interest in a proposal.

    For the champion, who is asked before a round opens, and for whoever wants to change what
    is on record; the others are asked with their first ballot. To recuse itself an
    organisation records that stance. Audited as ``disclosure.made``.

    Raises:
        PermissionMissing, SeatMissing: only delegates.
        ProposalNotFound: there is none, or it is a draft of somebody else.
        RecusalContradicted: it says that it recuses, which only a ballot does.
        Invalid: nothing was chosen, or the interest is not named.
    """
    person = require(actor, Permission.CAST_BALLOT)
    if form.interest is Interest.RECUSES:
        raise RecusalContradicted(field="interest")
    clean = form.checked()
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "disclosure.made"):
            return
        seat = seat_now(conn, person, now)
        if not may_read(person, proposals_store.get(conn, proposal_id)):
            raise ProposalNotFound
        made = store.add(
            conn, proposal_id, seat.organisation_id, clean, by=person.account_id, at=now
        )
        subject, detail = f"proposal:{proposal_id}", {"disclosure": made}
        audit.append(conn, person.label, "disclosure.made", subject, at=now, detail=detail)
        tokens.keep(conn, token, "disclosure.made", str(made), at=now)


def our_interest(
    db: Database, *, actor: Actor | None, now: datetime, proposal_id: ProposalId
) -> Asked:
    """Return what the person's organisation has on record, and what it declared by topic.

    Raises:
        PermissionMissing, SeatMissing: only delegates are asked.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.reading() as conn:
        seat = seat_now(conn, person, now)
        this = proposals_store.get(conn, proposal_id)
        if not may_read(person, this):
            raise ProposalNotFound
        on_record = store.latest(conn, proposal_id, seat.organisation_id)
        declared = interests_store.of_organisations(conn, seat.organisation_id)
        day = today(conn, now)
    pillars = (this.text.pillar, *this.text.further_pillars)
    return Asked(on_record, tuple(one for one in declared if one.touches(pillars, day)))


def disclosures(
    db: Database, *, actor: Actor | None, now: datetime, proposal_id: ProposalId
) -> tuple[Disclosed, ...]:
    """Return who has said what of its interest, as far as the person may see it.

    What was said while a hidden round ran is shown when its stances are.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        rounds = rounds_store.of_proposal(conn, proposal_id)  # none opens on a draft
        if not rounds and not may_read(person, proposals_store.get(conn, proposal_id)):
            raise ProposalNotFound
        made = store.of_proposal(conn, proposal_id)
    return rules.shown(person, made, rounds, now=now)
