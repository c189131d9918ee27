"""Hearing no more by one click, signed in or not (RFC 8058)."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.mails import UnsubscribeUnknown
from coalition.domain.notices.paces import Pace
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.notices import choices
from coalition.store.people import accounts

SEAL = 16  # bytes of the HMAC in a link: beyond guessing
ALL = "all"  # every kind


def token(key: bytes, account_id: AccountId, kind: str) -> str:
    """Return what stands in a link to hear no more of ``kind``; it opens nothing else."""
    told = f"{account_id}.{kind}"
    return f"{urlsafe_b64encode(told.encode()).decode().rstrip('=')}.{_seal(key, told)}"


def unsubscribe(db: Database, clock: Clock, *, key: bytes, token: str) -> NoticeKind | None:
    """Send a person no more mail of a kind, or of none; return the kind, None for all.

    Whoever holds the link may: it came in the person's own mail, and stops nothing but mail.
    A second click changes nothing more.

    Raises:
        UnsubscribeUnknown: the link was altered, or is another table's.
        AccountNotFound: there is nobody any more.

    Audited as: ``notices.unsubscribed`` by ``public``.
    """
    account_id, kind = _read(key, token)
    kinds = tuple(NoticeKind) if kind is None else (kind,)
    with db.writing() as conn:
        now = clock()
        accounts.get(conn, account_id)
        before = choices.habits(conn, [account_id])[account_id]
        if any(before.pace(one) is not Pace.NEVER for one in kinds):
            choices.choose(conn, account_id, dict.fromkeys(kinds, Pace.NEVER))
            subject, detail = f"account:{account_id}", {"kind": kind or ALL}
            audit.append(conn, "public", "notices.unsubscribed", subject, at=now, detail=detail)
    return kind


def _read(key: bytes, token: str) -> tuple[AccountId, NoticeKind | None]:
    told, _, seal = token.partition(".")
    try:
        plain = urlsafe_b64decode(told + "=" * (-len(told) % 4)).decode()
        account_id, _, kind = plain.partition(".")
        number, found = AccountId(int(account_id)), None if kind == ALL else NoticeKind(kind)
    except ValueError:
        raise UnsubscribeUnknown from None
    if not hmac.compare_digest(seal.encode(), _seal(key, plain).encode()):
        raise UnsubscribeUnknown
    return number, found


def _seal(key: bytes, told: str) -> str:
    return hmac.new(key, f"unsubscribe:{told}".encode(), sha256).hexdigest()[: 2 * SEAL]
