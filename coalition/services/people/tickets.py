"""The last step before a session: a ticket, or first the code of a second factor.

Whatever somebody has shown (a password, a one-use link, a provider's word), ``admit``
decides what follows; nothing else begins a sign-in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.sign_ins import CHALLENGE, Outcome, Way
from coalition.store.database import Connection
from coalition.store.people import second_factors, sessions, sign_ins

TICKET = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A sign-in that waits for a code; its secret is told once, to the page that asks."""

    secret: str
    expires_at: datetime


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret; 256 random bits need no salt."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def admit(
    conn: Connection,
    account_id: AccountId,
    *,
    way: Way,
    at: datetime,
    try_id: int | None = None,
    agent: str = "",
) -> str | Challenge:
    """Return a ticket, or a challenge where the account has a second factor.

    Runs inside a deed that has found out who it is.

    Args:
        try_id: The line of the history that this try has already; else one is made where the
            code is still missing.
        agent: The browser's label, for that line.
    """
    if not second_factors.is_on(conn, account_id):
        if try_id is not None:
            sign_ins.forget_try(conn, try_id)  # coming in leaves its own line
        return issue_ticket(conn, account_id, way=way, at=at)
    missing = Outcome.CODE_MISSING
    if try_id is None:
        try_id = sign_ins.note(conn, account_id, missing, way, at=at, agent=agent)
    else:
        sign_ins.became(conn, try_id, missing)
    secret, until = token_urlsafe(32), at + CHALLENGE
    kept = fingerprint(secret)
    sign_ins.add_challenge(conn, account_id, kept, expires_at=until, try_id=try_id)
    return Challenge(secret, until)


def issue_ticket(
    conn: Connection, account_id: AccountId, *, at: datetime, way: Way = Way.PASSWORD
) -> str:
    """Issue a ticket for somebody who has shown all there is to show; return its secret."""
    secret = token_urlsafe(32)
    kept = fingerprint(secret)
    sessions.add_ticket(conn, account_id, kept, expires_at=at + TICKET, way=way)
    return secret
