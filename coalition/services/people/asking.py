"""A visitor's side of an inquiry: sending it, and looking it up with the receipt."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.telling import Transactional
from coalition.domain.people import inquiries as rules
from coalition.domain.people.applications import Ending, Stage
from coalition.domain.people.inquiries import (
    Inquiry,
    InquiryForm,
    InquiryId,
    InquiryState,
    InquiryUnknown,
    Note,
    NoteKind,
    Topic,
)
from coalition.store.database import Connection, Database
from coalition.store.ground import attempts, audit, outbox, profile, tokens
from coalition.store.people import applications
from coalition.store.people import inquiries as store


@dataclass(frozen=True, slots=True)
class Sent:
    """What the applicant takes away.

    Args:
        due_at: By when an answer is promised.
    """

    receipt: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """What the applicant may see of their application: no name of who sees to it.

    Args:
        next_step: What happens next; "" while it is an inquiry only.
        due_on: By which day that is to be; None while it is an inquiry only.
        ending: What became of it, or None while it is open.
        reason: Of the decision; "" before there is one.
        reapply_on: From when they may ask again, if it was declined.
    """

    stage: Stage
    next_step: str = ""
    due_on: date | None = None
    ending: Ending | None = None
    reason: str = ""
    reapply_on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnInquiry:
    """What the applicant may see: the state and the answers, never a note or a name.

    Args:
        is_late: Whether the promise of an answer is broken.
        answers: The oldest first; the writers' names are left out.
        joining: How it stands on the way to a seat; None where it asks for none.
    """

    receipt: str
    topic: Topic
    state: InquiryState
    created_at: datetime
    due_at: datetime
    is_late: bool
    answers: tuple[Note, ...]
    joining: OwnApplication | None = None


def send_inquiry(
    db: Database,
    clock: Clock,
    *,
    form: InquiryForm,
    source_key: str,
    token: str,
    language: str = "en",
) -> Sent:
    """Take a visitor's inquiry and return its receipt; the same form sent twice is one.

    A form that a program filled is answered alike and nothing is stored, so that
    it learns nothing from the answer.

    Args:
        source_key: Where the request came from; only a hash of it is kept, and not
            for long.

    Audited as ``inquiry.sent`` by ``public``, without a personal word.

    Raises:
        FormFaulty: with the fault of every field that has one.
        TooManyAttempts: this source has sent its share.
    """
    clean = form.checked()
    topic = clean.topic or Topic.OTHER
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "inquiry.send"):
            return _sent(conn, InquiryId(int(done)))
        table = profile.find(conn)
        due = rules.due_at(now, table.zone if table else "UTC")
        receipt = _new_receipt(conn)
        if clean.is_trapped:
            return Sent(receipt, due)
        _count(conn, source_key, now)
        inquiry_id = store.add(
            conn, clean, topic=topic, receipt=receipt, language=language, at=now, due_at=due
        )
        detail = {"topic": topic}
        audit.append(conn, "public", "inquiry.sent", f"inquiry:{inquiry_id}", at=now, detail=detail)
        outbox.put(conn, Transactional.INQUIRY_RECEIPT, f"inquiry:{inquiry_id}", by=None, at=now)
        tokens.keep(conn, token, "inquiry.send", str(inquiry_id), at=now)
    return Sent(receipt, due)


def sent_with(db: Database, *, token: str) -> Sent | None:
    """Return what the form with this token has sent already, or None."""
    with db.reading() as conn:
        done = tokens.find(conn, token, "inquiry.send")
        return _sent(conn, InquiryId(int(done))) if done else None


def look_up(db: Database, *, receipt: str, email: str, now: datetime) -> OwnInquiry:
    """Return how an inquiry stands to whoever has its code and its e-mail address.

    Raises:
        InquiryUnknown: the two do not belong together; it is not said which is wrong.
    """
    with db.reading() as conn:
        found = store.find_own(conn, rules.receipt_key(receipt), email)
        if found is None:
            raise InquiryUnknown
        answers = store.list_notes(conn, found.id, (NoteKind.ANSWER,))
        joining = _joining(conn, found)
    return OwnInquiry(
        receipt=found.receipt,
        topic=found.topic,
        state=found.state,
        created_at=found.created_at,
        due_at=found.due_at,
        is_late=found.is_late(now),
        answers=tuple(Note(one.kind, "", one.at, one.words) for one in answers),
        joining=joining,
    )


def withdraw_inquiry(db: Database, clock: Clock, *, receipt: str, email: str, token: str) -> None:
    """Erase what the applicant wrote, on their word; code, topic and dates stay for the count.

    An application still open ends as withdrawn. What an acceptance made stays: leaving the
    table is another deed. Audited as ``inquiry.withdrawn`` by ``public``.

    Raises:
        InquiryUnknown: the two do not belong together; it is not said which is wrong.
    """
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "inquiry.withdraw"):
            return
        found = store.find_own(conn, rules.receipt_key(receipt), email)
        if found is None:
            raise InquiryUnknown
        this = applications.find(conn, found.id)
        if this and this.ending is None:
            applications.move(conn, this, replace(this.step, next_step=""), by=None, at=now)
            applications.end(conn, this.id, Ending.WITHDRAWN, at=now)
        store.erase(conn, found.id, now)
        audit.append(conn, "public", "inquiry.withdrawn", f"inquiry:{found.id}", at=now)
        tokens.keep(conn, token, "inquiry.withdraw", str(found.id), at=now)
    db.scrub()


def _joining(conn: Connection, this: Inquiry) -> OwnApplication | None:
    if this.topic is not Topic.JOIN:
        return None
    found = applications.find(conn, this.id)
    if found is None:
        return OwnApplication(Stage.INQUIRY)
    step, decision = found.step, applications.decision(conn, found.id)
    return OwnApplication(
        step.stage,
        step.next_step,
        step.due_on,
        found.ending,
        decision.reason if decision else "",
        decision.reapply_on if decision else None,
    )


def _sent(conn: Connection, inquiry_id: InquiryId) -> Sent:
    this = store.get(conn, inquiry_id)
    return Sent(this.receipt, this.due_at)


def _new_receipt(conn: Connection) -> str:
    while True:
        letters = [secrets.choice(rules.RECEIPT_LETTERS) for _ in range(rules.RECEIPT_LENGTH)]
        receipt = rules.receipt(letters)
        if not store.is_receipt_taken(conn, receipt):
            return receipt


def _count(conn: Connection, source_key: str, now: datetime) -> None:
    key = f"inquiry:{sha256(source_key.encode()).hexdigest()}"
    if made := attempts.find(conn, key):
        made.check(now)
    attempts.note(conn, key, rules.PATIENCE, at=now)
