"""Erasing what a person left, where it can be erased."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from coalition.domain.ground import text
from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.inquiries import InquiryId, NoteKind
from coalition.store.schema import (
    account,
    calendar_key,
    inquiry,
    inquiry_note,
    invitation,
    recovery_code,
    seat,
    second_factor,
    session,
    sign_in_challenge,
    sign_in_try,
    ticket,
)


def blank_account(conn: Connection, account_id: AccountId, *, at: datetime) -> None:
    """Take name, address, password and choices from an account, and close it.

    Its number stays, because ballots and entries name it.
    """
    nobody = f"erased-{account_id}"
    conn.execute(
        update(account)
        .where(account.c.id == account_id)
        .values(
            name="",
            email=nobody,
            email_key=nobody,
            password_hash=None,
            active=False,
            language="",
            zone="",
            erased_at=at,
        )
    )


def drop_access(conn: Connection, account_id: AccountId) -> None:
    """Delete sessions and sign-ins (they name browsers), second factor, tickets, all links."""
    kept = (session, ticket, invitation, recovery_code, second_factor, calendar_key)
    for table in (*kept, sign_in_challenge, sign_in_try):
        conn.execute(delete(table).where(table.c.account_id == account_id))


def end_seats(conn: Connection, account_id: AccountId, *, at: datetime) -> int:
    """End every holding of a person that has not ended; return how many."""
    theirs = (seat.c.account_id == account_id) & (seat.c.to_at.is_(None) | (seat.c.to_at > at))
    coming = conn.execute(
        update(seat).where(theirs, seat.c.from_at > at).values(to_at=seat.c.from_at)
    )
    present = conn.execute(update(seat).where(theirs, seat.c.from_at <= at).values(to_at=at))
    return coming.rowcount + present.rowcount


def blank_notes(conn: Connection, account_id: AccountId) -> int:
    """Erase the words of the inner notes a person wrote; answers are the table's and stay."""
    done = conn.execute(
        update(inquiry_note)
        .where(
            inquiry_note.c.written_by == account_id,
            inquiry_note.c.kind == NoteKind.NOTE,
            inquiry_note.c.words != "",
        )
        .values(words="")
    )
    return done.rowcount


def inquiries_from(conn: Connection, email: str) -> tuple[InquiryId, ...]:
    """Return the inquiries sent from an address that are not erased."""
    ids = conn.scalars(
        select(inquiry.c.id).where(
            inquiry.c.email_key == text.key(email), inquiry.c.erased_at.is_(None)
        )
    )
    return tuple(InquiryId(one) for one in ids)
