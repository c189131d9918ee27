"""Mails on their way: added once, taken by one job at a time, marked by what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.notices.mails import LEASE, Mail, MailId, MailState
from coalition.domain.people.inquiries import InquiryId
from coalition.store.schema import account, mail
from coalition.store.schema import inquiry as inquiries

_UNSENT = (MailState.WAITING, MailState.SENDING)


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a mail goes.

    Args:
        address: "" where nobody is left to write to.
        account_id: None for somebody who only inquired.
    """

    address: str
    name: str
    language: str
    zone: str
    account_id: AccountId | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A mail that came back or was given up, for the conveners.

    Args:
        fault: What the server said.
    """

    name: str
    email: str
    purpose: str
    state: MailState
    at: datetime
    fault: str


def add(
    conn: Connection,
    purpose: str,
    occasion: str,
    *,
    account_id: AccountId | None = None,
    inquiry_id: InquiryId | None = None,
    at: datetime,
    expires_at: datetime,
) -> MailId:
    """Put a mail on its way, unless the same is; return its number."""
    same = (mail.c.purpose == purpose, mail.c.occasion == occasion)
    if (there := conn.scalar(select(mail.c.id).where(*same))) is not None:
        return MailId(there)
    row = {
        "purpose": purpose,
        "occasion": occasion,
        "account_id": account_id,
        "inquiry_id": inquiry_id,
        "made_at": at,
        "next_at": at,
        "expires_at": expires_at,
        "state": MailState.WAITING,
    }
    added = conn.execute(insert(mail).returning(mail.c.id), row)
    return MailId(added.scalar_one())


def claim(conn: Connection, now: datetime) -> Mail | None:
    """Take the next mail that is due, so that nobody else sends it; None where none is.

    One that was taken and neither sent nor put back within ``LEASE`` is taken again: its sender
    is dead.
    """
    due = or_(
        and_(mail.c.state == MailState.WAITING, mail.c.next_at <= now),
        and_(mail.c.state == MailState.SENDING, mail.c.claimed_at <= now - LEASE),
    )
    row = conn.execute(
        select(mail).where(mail.c.state.in_(_UNSENT), due).order_by(mail.c.id).limit(1)
    ).first()
    if row is None:
        return None
    taken = {"state": MailState.SENDING, "claimed_at": now, "tries": row.tries + 1}
    conn.execute(update(mail).where(mail.c.id == row.id).values(taken))
    return _mail(row)


def put_back(conn: Connection, mail_id: MailId, *, next_at: datetime, fault: str) -> None:
    """Store that a mail could not be sent now, and when it is tried again."""
    changed = {"state": MailState.WAITING, "next_at": next_at, "fault": fault}
    conn.execute(update(mail).where(mail.c.id == mail_id).values(changed))


def ended(
    conn: Connection, mail_id: MailId, state: MailState, *, at: datetime, fault: str = ""
) -> None:
    """Store what became of a mail in the end."""
    sent_at = at if state is MailState.SENT else None
    changed = {"state": state, "sent_at": sent_at, "fault": fault}
    conn.execute(update(mail).where(mail.c.id == mail_id).values(changed))


def recipient(conn: Connection, this: Mail) -> Recipient:
    """Return to whom a mail goes now; nobody where the account is closed or the words erased."""
    if this.account_id is not None:
        row = conn.execute(select(account).where(account.c.id == this.account_id)).one()
        return Recipient(
            row.email if row.active and row.erased_at is None else "",
            row.name,
            row.language,
            row.zone,
            AccountId(row.id),
        )
    row = conn.execute(select(inquiries).where(inquiries.c.id == this.inquiry_id)).one()
    address = row.email if row.erased_at is None else ""
    return Recipient(address, row.name, row.language, "", None)


def last_made(conn: Connection, account_id: AccountId, purpose: str) -> datetime | None:
    """Return when the latest mail for this purpose was put on its way to a person."""
    query = select(func.max(mail.c.made_at)).where(
        mail.c.account_id == account_id, mail.c.purpose == purpose
    )
    found: datetime | None = conn.scalar(query)
    return found


def faults(conn: Connection, *, since: datetime, limit: int) -> tuple[Fault, ...]:
    """Return the mails to people at the table that did not arrive, the latest first."""
    rows = conn.execute(
        select(mail, account.c.name, account.c.email)
        .join(account, account.c.id == mail.c.account_id)
        .where(mail.c.state.in_((MailState.BOUNCED, MailState.GIVEN_UP)), mail.c.made_at >= since)
        .order_by(mail.c.made_at.desc())
        .limit(limit)
    )
    return tuple(
        Fault(r.name, r.email, r.purpose, MailState(r.state), r.made_at, r.fault) for r in rows
    )


def count_unsent(conn: Connection) -> int:
    """Return how many mails wait or are being sent."""
    return conn.scalar(select(func.count()).where(mail.c.state.in_(_UNSENT))) or 0


def _mail(row: Row[Any]) -> Mail:
    return Mail(
        MailId(row.id),
        row.purpose,
        row.account_id,
        row.inquiry_id,
        MailState(row.state),
        row.tries,
        row.made_at,
        row.expires_at,
    )
