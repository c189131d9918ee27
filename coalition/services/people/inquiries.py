"""The conveners' side of inquiries: the queue, who takes which, notes and answers."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    Permission,
    PermissionMissing,
    Role,
    require,
)
from coalition.domain.ground.telling import NoticeKind, Transactional
from coalition.domain.people import inquiries as rules
from coalition.domain.people.accounts import AccountInactive
from coalition.domain.people.inquiries import (
    Inquiry,
    InquiryId,
    InquiryState,
    Note,
    NoteKind,
)
from coalition.domain.people.organisations import domain_of
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, outbox, tokens
from coalition.store.people import accounts, outlines
from coalition.store.people import inquiries as store
from coalition.store.people.outlines import KnownAs

LIST = 200  # inquiries in a queue at most


@dataclass(frozen=True, slots=True)
class Queued:
    """One inquiry of the conveners' queue.

    Args:
        twins: Other inquiries of the same organisation or e-mail domain.
        known: Organisations at the table with that name or domain.
    """

    inquiry: Inquiry
    is_late: bool
    twins: tuple[InquiryId, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """One inquiry opened: with everything written at it, the oldest first."""

    queued: Queued
    notes: tuple[Note, ...]


def assign(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    to: AccountId | None = None,
    token: str,
) -> None:
    """Give an inquiry to a convener; None takes it oneself. Audited as ``inquiry.assigned``.

    Raises:
        PermissionMissing: only conveners work inquiries, and only to them it is given.
        InquiryNotFound, InquiryClosed, InquiryErased, AccountNotFound, AccountInactive.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, inquiry_id)
        if tokens.find(conn, token, "inquiry.assign"):
            return
        this.require_open()
        worker = to or person.account_id
        require_worker(conn, worker)
        store.set_assignee(conn, inquiry_id, worker)
        if this.state is InquiryState.NEW:
            store.set_state(conn, inquiry_id, InquiryState.ASSIGNED, at=now)
        _record(conn, person, "inquiry.assigned", inquiry_id, now, to=worker)
        subject = f"inquiry:{inquiry_id}"
        outbox.put(conn, NoticeKind.INQUIRY, subject, by=person.account_id, at=now)
        tokens.keep(conn, token, "inquiry.assign", str(inquiry_id), at=now)


def add_note(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    words: str,
    token: str,
) -> None:
    """Write a note that only conveners read. Audited as ``inquiry.noted``.

    Raises:
        PermissionMissing, InquiryNotFound, InquiryClosed, InquiryErased.
        TextMissing, TextTooLong, TextUnreadable.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    said = text.paragraphs(words, "words")
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "inquiry.note"):
            return
        _write(conn, person, inquiry_id, now, kind=NoteKind.NOTE, words=said)
        _record(conn, person, "inquiry.noted", inquiry_id, now)
        tokens.keep(conn, token, "inquiry.note", str(inquiry_id), at=now)


def answer(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    words: str,
    token: str,
) -> None:
    """Answer the applicant, who reads it with the receipt; who answers takes the inquiry on.

    Audited as ``inquiry.answered``.

    Raises:
        PermissionMissing, InquiryNotFound, InquiryClosed, InquiryErased.
        TextMissing, TextTooLong, TextUnreadable.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    said = text.paragraphs(words, "words")
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "inquiry.answer"):
            return
        this = _write(conn, person, inquiry_id, now, kind=NoteKind.ANSWER, words=said)
        if this.assigned_to is None:
            store.set_assignee(conn, inquiry_id, person.account_id)
        store.set_answered(conn, inquiry_id, at=now)
        _record(conn, person, "inquiry.answered", inquiry_id, now)
        outbox.put(conn, Transactional.INQUIRY_ANSWER, f"inquiry:{inquiry_id}", by=None, at=now)
        tokens.keep(conn, token, "inquiry.answer", str(inquiry_id), at=now)


def set_state(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    state: InquiryState,
    token: str,
) -> None:
    """Close an inquiry, open it again, or hand it back as new. Audited as ``inquiry.state_set``.

    Raises:
        PermissionMissing, InquiryNotFound, InquiryErased.
        MoveNotOpen: ``state`` does not follow the present one.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "inquiry.set_state"):
            return
        store.get(conn, inquiry_id).require_move(state)
        store.set_state(conn, inquiry_id, state, at=now)
        _record(conn, person, "inquiry.state_set", inquiry_id, now, state=state)
        tokens.keep(conn, token, "inquiry.set_state", str(inquiry_id), at=now)


def queue(
    db: Database, *, actor: Actor | None, now: datetime, closed: bool = False
) -> tuple[Queued, ...]:
    """Return the open inquiries, the oldest first, or the closed ones, the latest first.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        found = store.list_closed(conn, limit=LIST) if closed else store.list_open(conn, limit=LIST)
        return _queued(conn, found, now)


def count_open(db: Database, *, actor: Actor | None) -> int:
    """Return how many inquiries are open, all of them, shown in the queue or not.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        return store.count_open(conn)


def read(db: Database, *, actor: Actor | None, inquiry_id: InquiryId, now: datetime) -> File:
    """Return one inquiry with everything written at it.

    Raises:
        PermissionMissing, InquiryNotFound.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        this = store.get(conn, inquiry_id)
        [queued] = _queued(conn, (this,), now)
        return File(queued, store.list_notes(conn, inquiry_id, tuple(NoteKind)))


def _write(
    conn: Connection,
    person: Actor,
    inquiry_id: InquiryId,
    now: datetime,
    *,
    kind: NoteKind,
    words: str,
) -> Inquiry:
    this = store.get(conn, inquiry_id)
    this.require_open()
    store.add_note(conn, inquiry_id, kind, words, written_by=person.account_id, at=now)
    return this


def require_worker(conn: Connection, account_id: AccountId) -> None:
    """Stop unless this person may be given an inquiry.

    Raises:
        AccountNotFound, AccountInactive.
        PermissionMissing: only conveners work inquiries.
    """
    worker = accounts.get(conn, account_id)
    if not worker.active:
        raise AccountInactive
    if worker.role is not Role.CONVENER:
        raise PermissionMissing(permission=Permission.WORK_INQUIRY.value, role=worker.role.value)


def _queued(conn: Connection, found: tuple[Inquiry, ...], now: datetime) -> tuple[Queued, ...]:
    """Return inquiries with what else came from, or is, the same organisation.

    Two queries more, whatever their number.
    """
    domains = {this.id: rules.own_domain(this.email) for this in found}
    by_name: dict[str, list[InquiryId]] = {}
    by_domain: dict[str, list[InquiryId]] = {}
    for origin in store.list_origins(conn):
        by_name.setdefault(origin.organisation_key, []).append(origin.id)
        by_domain.setdefault(rules.own_domain(origin.email), []).append(origin.id)
    table = outlines.known_as(conn) if found else ()
    queued = []
    for this in found:
        name, domain = text.key(this.organisation), domains[this.id]
        same = {*by_name.get(name, ()), *(by_domain.get(domain, ()) if domain else ())}
        queued.append(
            Queued(
                inquiry=this,
                is_late=this.is_late(now),
                twins=tuple(sorted(same - {this.id})),
                known=tuple(one.name for one in table if name and _is(one, name, domain)),
            )
        )
    return tuple(queued)


def _is(one: KnownAs, name: str, domain: str) -> bool:
    return name in one.keys or (bool(domain) and domain == domain_of(one.website))


def _record(
    conn: Connection,
    person: Actor,
    action: str,
    inquiry_id: InquiryId,
    now: datetime,
    **detail: object,
) -> None:
    audit.append(conn, person.label, action, f"inquiry:{inquiry_id}", at=now, detail=detail)
