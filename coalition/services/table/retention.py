"""Letting go of what has been kept for long enough."""

from coalition.domain.ground.moments import Clock
from coalition.domain.table.retention import TERMS, Kept
from coalition.store.database import Database
from coalition.store.ground import attempts, audit, tokens
from coalition.store.people import inquiries, sessions, sign_ins
from coalition.store.table import retention as store


def sweep(db: Database, clock: Clock) -> dict[str, int]:
    """Drop and erase whatever is past its term; return how many of each kind.

    Idempotent: a second run at the same hour finds nothing, and then leaves no
    entry. Audited as ``table.swept`` with the counts, and as ``inquiry.erased`` for
    each inquiry.

    Source: ``coalition.domain.table.retention``.
    """
    with db.writing() as conn:
        now = clock()
        before = {kept: term.before(now) for kept, term in TERMS.items()}
        done = {
            "sessions": sessions.drop_before(conn, before[Kept.SESSIONS]),
            "sign_ins": sign_ins.drop_before(conn, before[Kept.SIGN_INS]),
            "invitations": store.drop_invitations(conn, before[Kept.INVITATIONS]),
            "attempts": attempts.drop_before(conn, before[Kept.ATTEMPTS]),
            "tokens": tokens.drop_before(conn, before[Kept.TOKENS]),
            "notices": store.drop_notices(conn, before[Kept.NOTICES]),
            "mails": store.drop_mails(conn, before[Kept.MAILS]),
        }
        overdue = store.overdue_inquiries(
            conn, closed=before[Kept.INQUIRIES_CLOSED], received=before[Kept.INQUIRIES_OPEN]
        )
        for one in overdue:
            inquiries.erase(conn, one, now)
            audit.append(conn, "clock", "inquiry.erased", f"inquiry:{one}", at=now)
        done["inquiries"] = len(overdue)
        if any(done.values()):
            audit.append(conn, "clock", "table.swept", "table:1", at=now, detail=done)
    if any(done.values()):
        db.scrub()
    return done
