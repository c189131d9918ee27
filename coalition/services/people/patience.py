"""How tries at the door are counted: by account and source, by account, and by source."""

import logging
from datetime import datetime, timedelta

from coalition.domain.ground import text
from coalition.domain.ground.attempts import Patience
from coalition.domain.ground.permissions import AccountId
from coalition.services.people.tickets import fingerprint
from coalition.store.database import Connection
from coalition.store.ground import attempts, audit

BY_ACCOUNT = Patience(  # from one source: nobody keeps a person out from elsewhere
    free=5, first=timedelta(seconds=30), longest=timedelta(minutes=15), forget=timedelta(hours=12)
)
ANYWHERE = Patience(  # from all sources together: slows many machines, keeps nobody out for long
    free=50, first=timedelta(seconds=15), longest=timedelta(minutes=1), forget=timedelta(hours=1)
)
BY_SOURCE = Patience(  # generous: a whole office may come from one address
    free=30, first=timedelta(seconds=30), longest=timedelta(minutes=15), forget=timedelta(hours=1)
)

_log = logging.getLogger(__name__)


def attempt_keys(email: str, source: str) -> tuple[str, str, str]:
    """Return the keys for tries at this address from anywhere, from this source, and by it."""
    anywhere = f"account:{fingerprint(text.key(email))[:40]}"
    return anywhere, f"{anywhere}:{fingerprint(source)[:24]}", f"source:{source}"


def require_patience(conn: Connection, keys: tuple[str, ...], now: datetime) -> None:
    """Stop while a wait under one of ``keys`` is not over.

    Raises:
        TooManyAttempts: with the minutes left.
    """
    for key in keys:
        if made := attempts.find(conn, key):
            made.check(now)


def count_try(conn: Connection, key: str, account_id: AccountId | None, now: datetime) -> None:
    """Count one try at an account from one source; a wait that begins is audited."""
    made = attempts.note(conn, key, BY_ACCOUNT, at=now)
    if made.locked_until is None:
        return
    _log.warning("Sign-in waits: %s tries in a row under %s", made.count, key[:20])
    if account_id is not None:
        detail = {"tries": made.count}
        audit.append(
            conn, "public", "session.locked", f"account:{account_id}", at=now, detail=detail
        )
