"""Inquiries with their notes and answers, in and out of the tables."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, func, insert, literal, select, update

from coalition.domain.ground import text
from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.inquiries import (
    Inquiry,
    InquiryForm,
    InquiryId,
    InquiryNotFound,
    InquiryState,
    Note,
    NoteKind,
    Topic,
)
from coalition.domain.people.promises import Wait
from coalition.store.people import applications
from coalition.store.schema import account as accounts
from coalition.store.schema import inquiry as inquiries
from coalition.store.schema import inquiry_note as notes

_PERSONAL = ("name", "email", "email_key", "organisation", "organisation_key", "role", "message")


@dataclass(frozen=True, slots=True)
class Origin:
    """From where an inquiry came, for finding those of one organisation."""

    id: InquiryId
    organisation_key: str
    email: str


def add(
    conn: Connection,
    form: InquiryForm,
    *,
    topic: Topic,
    receipt: str,
    language: str,
    at: datetime,
    due_at: datetime,
    sample: bool = False,
) -> InquiryId:
    """Store a new inquiry and return its id."""
    added = conn.execute(
        insert(inquiries).returning(inquiries.c.id),
        {
            "receipt": receipt,
            "topic": topic,
            "pillars": [str(pillar) for pillar in form.pillars],
            "state": InquiryState.NEW,
            "name": form.name,
            "email": form.email,
            "email_key": text.key(form.email),
            "organisation": form.organisation,
            "organisation_key": text.key(form.organisation),
            "role": form.role,
            "message": form.message,
            "language": language,
            "consented_at": at,
            "created_at": at,
            "due_at": due_at,
            "sample": sample,
        },
    )
    return InquiryId(added.scalar_one())


def is_receipt_taken(conn: Connection, receipt: str) -> bool:
    """Say whether an inquiry has this receipt."""
    query = select(inquiries.c.id).where(inquiries.c.receipt == receipt)
    return conn.scalar(query) is not None


def get(conn: Connection, inquiry_id: InquiryId) -> Inquiry:
    """Return one inquiry.

    Raises:
        InquiryNotFound: there is none.
    """
    row = conn.execute(_listed().where(inquiries.c.id == inquiry_id)).first()
    if row is None:
        raise InquiryNotFound
    return _inquiry(row)


def find_by_receipt(conn: Connection, receipt: str) -> Inquiry | None:
    """Return the inquiry with this receipt, or None."""
    row = conn.execute(_listed().where(inquiries.c.receipt == receipt)).first()
    return _inquiry(row) if row else None


def find_own(conn: Connection, receipt: str, email: str) -> Inquiry | None:
    """Return the inquiry with this receipt if it was sent from this address, or None."""
    row = conn.execute(
        _listed().where(
            inquiries.c.receipt == receipt,
            inquiries.c.email_key == text.key(email),
            inquiries.c.erased_at.is_(None),
        )
    ).first()
    return _inquiry(row) if row else None


def list_open(conn: Connection, *, limit: int) -> tuple[Inquiry, ...]:
    """Return the inquiries not yet closed, the oldest first."""
    rows = conn.execute(
        _listed()
        .where(inquiries.c.state != InquiryState.CLOSED)
        .order_by(inquiries.c.created_at, inquiries.c.id)
        .limit(limit)
    )
    return tuple(_inquiry(row) for row in rows)


def list_closed(conn: Connection, *, limit: int) -> tuple[Inquiry, ...]:
    """Return the closed inquiries, the last closed first."""
    rows = conn.execute(
        _listed()
        .where(inquiries.c.state == InquiryState.CLOSED)
        .order_by(inquiries.c.closed_at.desc(), inquiries.c.id.desc())
        .limit(limit)
    )
    return tuple(_inquiry(row) for row in rows)


def count_open(conn: Connection) -> int:
    """Return how many inquiries are not closed."""
    query = select(func.count()).where(inquiries.c.state != InquiryState.CLOSED)
    return conn.scalar(query) or 0


def list_origins(conn: Connection) -> tuple[Origin, ...]:
    """Return from where every inquiry came that is not erased, the oldest first."""
    rows = conn.execute(
        select(inquiries.c.id, inquiries.c.organisation_key, inquiries.c.email)
        .where(inquiries.c.erased_at.is_(None))
        .order_by(inquiries.c.id)
    )
    return tuple(Origin(InquiryId(row.id), row.organisation_key, row.email) for row in rows)


def list_waits(conn: Connection, *, since: datetime) -> tuple[Wait, ...]:
    """Return how long each inquiry waited that came since an instant, erased ones too."""
    query = select(
        inquiries.c.created_at, inquiries.c.due_at, inquiries.c.answered_at, inquiries.c.closed_at
    ).where(inquiries.c.created_at >= since)
    return tuple(Wait(*row) for row in conn.execute(query))


def set_state(
    conn: Connection, inquiry_id: InquiryId, state: InquiryState, *, at: datetime
) -> None:
    """Store the state and, where it is closed, when."""
    closed_at = at if state is InquiryState.CLOSED else None
    values: dict[str, Any] = {"state": state, "closed_at": closed_at}
    if state is InquiryState.NEW:
        values["assigned_to"] = None
    conn.execute(update(inquiries).where(inquiries.c.id == inquiry_id).values(values))


def set_assignee(conn: Connection, inquiry_id: InquiryId, account_id: AccountId) -> None:
    """Store who takes care of an inquiry."""
    conn.execute(
        update(inquiries).where(inquiries.c.id == inquiry_id).values(assigned_to=account_id)
    )


def set_answered(conn: Connection, inquiry_id: InquiryId, *, at: datetime) -> None:
    """Store that an answer was given; the hour of the first one stays."""
    conn.execute(
        update(inquiries)
        .where(inquiries.c.id == inquiry_id)
        .values(
            state=InquiryState.ANSWERED,
            answered_at=func.coalesce(inquiries.c.answered_at, _instant(at)),
        )
    )


def add_note(
    conn: Connection,
    inquiry_id: InquiryId,
    kind: NoteKind,
    words: str,
    *,
    written_by: AccountId,
    at: datetime,
) -> int:
    """Store a note or an answer and return its id."""
    added = conn.execute(
        insert(notes).returning(notes.c.id),
        {
            "inquiry_id": inquiry_id,
            "kind": kind,
            "words": words,
            "written_by": written_by,
            "at": at,
        },
    )
    return int(added.scalar_one())


def list_notes(
    conn: Connection, inquiry_id: InquiryId, kinds: Collection[NoteKind]
) -> tuple[Note, ...]:
    """Return what was written at an inquiry, the oldest first."""
    rows = conn.execute(
        select(notes, accounts.c.name)
        .outerjoin(accounts, accounts.c.id == notes.c.written_by)
        .where(notes.c.inquiry_id == inquiry_id, notes.c.kind.in_(kinds))
        .order_by(notes.c.id)
    )
    return tuple(Note(NoteKind(row.kind), row.name or "", row.at, row.words) for row in rows)


def list_closed_before(conn: Connection, at: datetime) -> tuple[InquiryId, ...]:
    """Return the inquiries closed before ``at`` whose words are still kept."""
    ids = conn.scalars(
        select(inquiries.c.id)
        .where(inquiries.c.closed_at < at, inquiries.c.erased_at.is_(None))
        .order_by(inquiries.c.id)
    )
    return tuple(InquiryId(inquiry_id) for inquiry_id in ids)


def erase(conn: Connection, inquiry_id: InquiryId, now: datetime) -> bool:
    """Blank a person's data and all words; keep receipt, topic and dates.

    An inquiry still open is closed: nobody is left to be answered. Return False
    where it was erased before.
    """
    changed = conn.execute(
        update(inquiries)
        .where(inquiries.c.id == inquiry_id, inquiries.c.erased_at.is_(None))
        .values(
            dict.fromkeys(_PERSONAL, "")
            | {
                "erased_at": now,
                "state": InquiryState.CLOSED,
                "closed_at": func.coalesce(inquiries.c.closed_at, _instant(now)),
            }
        )
    )
    conn.execute(update(notes).where(notes.c.inquiry_id == inquiry_id).values(words=""))
    applications.erase(conn, inquiry_id, at=now)
    return changed.rowcount == 1


def _listed() -> Select[Any]:
    return select(inquiries, accounts.c.name.label("assignee")).outerjoin(
        accounts, accounts.c.id == inquiries.c.assigned_to
    )


def _inquiry(row: Row[Any]) -> Inquiry:
    return Inquiry(
        id=InquiryId(row.id),
        receipt=row.receipt,
        topic=Topic(row.topic),
        pillars=tuple(Pillar(pillar) for pillar in row.pillars),
        state=InquiryState(row.state),
        assigned_to=row.assigned_to,
        assignee=row.assignee or "",
        name=row.name,
        email=row.email,
        organisation=row.organisation,
        role=row.role,
        message=row.message,
        language=row.language,
        created_at=row.created_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        erased_at=row.erased_at,
    )


def _instant(at: datetime) -> BindParameter[datetime]:
    return literal(at, inquiries.c.created_at.type)
