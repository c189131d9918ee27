"""Deciding on an application: accepting makes a seat at the table, declining names a day."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, Role, require
from coalition.domain.ground.telling import Transactional
from coalition.domain.people import admissions as rules
from coalition.domain.people.admissions import Acceptance, Decision, Refusal
from coalition.domain.people.applications import Application, Ending, Stage, Step
from coalition.domain.people.inquiries import InquiryId, InquiryState
from coalition.domain.people.screening import require_settled
from coalition.domain.people.seats import Window
from coalition.services.people.accounts import record as record_account
from coalition.services.people.applications import record
from coalition.services.people.interests import today
from coalition.services.people.invitations import Invited, make_link
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, outbox, tokens
from coalition.store.people import (
    accounts,
    applications,
    inquiries,
    organisations,
    screening,
    seats,
)

MAKES = (Permission.EDIT_ORGANISATION, Permission.INVITE_ACCOUNT, Permission.MANAGE_SEAT)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What an acceptance made.

    Args:
        invited: The links, the delegate's first, told this once: a second click on the
            same form finds what was made, and no link.
    """

    organisation_id: OrganisationId
    invited: tuple[Invited, ...]


def accept(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    acceptance: Acceptance,
    token: str,
    by_mail: bool = False,
) -> Admitted:
    """Make organisation, accounts, seat and links of an application, all or nothing.

    Args:
        by_mail: Send each link to its owner's address, so that nobody else reads it.

    Audited as ``application.accepted``, ``organisation.added``, ``account.invited`` and
    ``seat.appointed``.

    Raises:
        PermissionMissing: only conveners.
        ApplicationNotFound, ApplicationEnded, NotAtDecision, ScreeningUnfinished.
        OrganisationNameTaken, EmailTaken: a name or an address is at the table already.
        Invalid: as ``Acceptance.checked``.
    """
    person = _admitter(actor)
    clean = acceptance.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "application.accept"):
            return Admitted(OrganisationId(int(done)), ())
        this = applications.get(conn, inquiry_id)
        rules.require_decidable(this)
        require_settled(screening.asked(conn, this.id))
        made = _organisation(conn, person, clean, now)
        invited = tuple(
            _seat(conn, person, made, rank, guest, now, by_mail=by_mail)
            for rank, guest in enumerate(clean.guests)
        )
        decision = Decision(
            accepted=True,
            reason=clean.reason,
            reapply_on=None,
            decided_in=clean.decided_in,
            organisation_id=made,
        )
        _decide(conn, person, this, decision, now)
        record(conn, person, "application.accepted", inquiry_id, now, organisation=made)
        tokens.keep(conn, token, "application.accept", str(made), at=now)
    return Admitted(made, invited)


def refuse(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    refusal: Refusal,
    token: str,
) -> None:
    """Decline an application with a reason and a day from when to ask again; its inquiry closes.

    Audited as ``application.refused``.

    Raises:
        PermissionMissing: only conveners.
        ApplicationNotFound, ApplicationEnded, NotAtDecision.
        Invalid: as ``Refusal.checked``.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "application.refuse"):
            return
        clean = refusal.checked(today(conn, now))
        this = applications.get(conn, inquiry_id)
        rules.require_decidable(this)
        decision = Decision(
            accepted=False,
            reason=clean.reason,
            reapply_on=clean.reapply_on,
            decided_in=clean.decided_in,
        )
        _decide(conn, person, this, decision, now)
        inquiries.set_state(conn, inquiry_id, InquiryState.CLOSED, at=now)
        record(conn, person, "application.refused", inquiry_id, now)
        tokens.keep(conn, token, "application.refuse", str(this.id), at=now)


def _admitter(actor: Actor | None) -> Actor:
    """Return who may do all that an admission does."""
    for permission in MAKES:
        require(actor, permission)
    return require(actor, Permission.WORK_INQUIRY)


def _organisation(
    conn: Connection, person: Actor, clean: Acceptance, now: datetime
) -> OrganisationId:
    profile = clean.profile
    organisations.require_free(conn, (profile.name, *profile.former_names))
    made = organisations.add(conn, profile, at=now)
    detail = {"kind": profile.kind, "votes": profile.votes}
    subject = f"organisation:{made}"
    audit.append(conn, person.label, "organisation.added", subject, at=now, detail=detail)
    return made


def _seat(
    conn: Connection,
    person: Actor,
    organisation_id: OrganisationId,
    rank: int,
    guest: rules.Guest,
    now: datetime,
    *,
    by_mail: bool,
) -> Invited:
    """Make one person's account, their place of the seat, and their link."""
    role = Role.MEMBER
    account_id = accounts.add(conn, name=guest.name, email=guest.email, role=role, at=now)
    record_account(conn, person, "account.invited", account_id, now, role=role.value)
    seat_id = seats.add(
        conn,
        organisation_id=organisation_id,
        account_id=account_id,
        rank=rank,
        window=Window(now),
    )
    detail = {"seat": seat_id, "account": account_id, "rank": rank}
    subject = f"organisation:{organisation_id}"
    audit.append(conn, person.label, "seat.appointed", subject, at=now, detail=detail)
    return make_link(conn, account_id, person.account_id, now, by_mail=by_mail)


def _decide(
    conn: Connection, person: Actor, this: Application, decision: Decision, now: datetime
) -> None:
    """Keep the decision, the step it makes, and what became of the application."""
    subject = f"inquiry:{this.inquiry_id}"
    outbox.put(conn, Transactional.INQUIRY_ANSWER, subject, by=None, at=now)
    applications.decide(conn, this.id, decision, by=person.account_id, at=now)
    stage = Stage.ONBOARDING if decision.accepted else Stage.DECISION
    step = Step(stage, person.account_id, "", today(conn, now))
    applications.move(conn, this, step, by=person.account_id, at=now)
    ending = Ending.ACCEPTED if decision.accepted else Ending.REFUSED
    applications.end(conn, this.id, ending, at=now)
