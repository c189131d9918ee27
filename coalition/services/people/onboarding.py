"""First steps of a new organisation: its buddy, and a practice vote."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    OrganisationId,
    Permission,
    require,
)
from coalition.domain.people.admissions import BuddyUnfit, NotAdmitted
from coalition.domain.people.inquiries import InquiryId
from coalition.services.people.applications import record
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, tokens
from coalition.store.people import accounts, applications, seats
from coalition.store.people import onboarding as store


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person of the new organisation.

    Args:
        has_begun: Whether they followed their link and chose a password.
        practised_at: When they did the practice vote, or None.
    """

    name: str
    has_begun: bool
    practised_at: datetime | None


@dataclass(frozen=True, slots=True)
class Onboarding:
    """How far a new organisation has come.

    Args:
        buddy: Name of who helps; "" while nobody does, or once erased.
        delegates: Who holds its seat now, the delegate first.
        buddies: Who may help, by number.
    """

    organisation_id: OrganisationId
    buddy_id: AccountId | None
    buddy: str
    delegates: tuple[Delegate, ...]
    buddies: dict[AccountId, str]


def set_buddy(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    account_id: AccountId | None,
    token: str,
) -> None:
    """Name who helps a new organisation, in place of whoever did.

    Audited as ``onboarding.buddy_set``.

    Raises:
        PermissionMissing: only conveners.
        ApplicationNotFound, NotAdmitted.
        BuddyUnfit: nobody was chosen, or somebody who cannot help.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "onboarding.set_buddy"):
            return
        this = applications.get(conn, inquiry_id)
        made = _organisation(conn, inquiry_id)
        if account_id is None or account_id not in store.buddies(conn, made):
            raise BuddyUnfit(field="account_id")
        store.set_buddy(conn, this.id, account_id, at=now)
        record(conn, person, "onboarding.buddy_set", inquiry_id, now, account=account_id)
        tokens.keep(conn, token, "onboarding.set_buddy", str(account_id), at=now)


def record_practice(db: Database, clock: Clock, *, actor: Actor | None) -> datetime:
    """Keep that a person did the practice vote, and nothing of their answer; return when.

    Done again it changes nothing. Audited as ``onboarding.practised``.

    Raises:
        PermissionMissing: only members, who vote.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        if done := store.practised_at(conn, person.account_id):
            return done
        store.practise(conn, person.account_id, at=now)
        audit.append(conn, person.label, "onboarding.practised", person.label, at=now)
    return now


def practised_at(db: Database, *, actor: Actor | None) -> datetime | None:
    """Return when the reader did the practice vote, or None.

    Raises:
        PermissionMissing: only members.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.reading() as conn:
        return store.practised_at(conn, person.account_id)


def onboarding(
    db: Database, *, actor: Actor | None, inquiry_id: InquiryId, now: datetime
) -> Onboarding:
    """Return how far the organisation has come that an application brought.

    Raises:
        PermissionMissing: only conveners.
        ApplicationNotFound, NotAdmitted.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        made = _organisation(conn, inquiry_id)
        helper = store.buddy(conn, applications.get(conn, inquiry_id).id)
        return Onboarding(
            organisation_id=made,
            buddy_id=helper[0] if helper else None,
            buddy=helper[1] if helper else "",
            delegates=tuple(
                _delegate(conn, holding.account_id, holding.holder)
                for holding in seats.list_unended(conn, now, organisation_id=made)
                if holding.is_able
            ),
            buddies=store.buddies(conn, made),
        )


def _organisation(conn: Connection, inquiry_id: InquiryId) -> OrganisationId:
    decision = applications.decision(conn, applications.get(conn, inquiry_id).id)
    if decision is None or decision.organisation_id is None:
        raise NotAdmitted
    return decision.organisation_id


def _delegate(conn: Connection, account_id: AccountId, name: str) -> Delegate:
    has_begun = accounts.get(conn, account_id).has_password
    return Delegate(name, has_begun, store.practised_at(conn, account_id))
