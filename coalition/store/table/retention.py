"""What has been kept for long enough, found and dropped."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from coalition.domain.people.inquiries import InquiryId
from coalition.store.schema import inquiry, invitation, mail, notice, outbox


def drop_invitations(conn: Connection, before: datetime) -> int:
    """Forget links that expired before an instant; return how many."""
    return conn.execute(delete(invitation).where(invitation.c.expires_at < before)).rowcount


def drop_notices(conn: Connection, before: datetime) -> int:
    """Forget what people were told before an instant, and what was worked off; return how many."""
    conn.execute(delete(outbox).where(outbox.c.handled_at < before))
    return conn.execute(delete(notice).where(notice.c.at < before)).rowcount


def drop_mails(conn: Connection, before: datetime) -> int:
    """Forget mails made before an instant that no notice points to; return how many."""
    told = select(notice.c.id).where(notice.c.mail_id == mail.c.id).exists()
    return conn.execute(delete(mail).where(mail.c.made_at < before, ~told)).rowcount


def overdue_inquiries(
    conn: Connection, *, closed: datetime, received: datetime
) -> tuple[InquiryId, ...]:
    """Return the inquiries to erase: closed before one instant, or come before another."""
    ids = conn.scalars(
        select(inquiry.c.id)
        .where(
            inquiry.c.erased_at.is_(None),
            (inquiry.c.closed_at < closed) | (inquiry.c.created_at < received),
        )
        .order_by(inquiry.c.id)
    )
    return tuple(InquiryId(one) for one in ids)
