"""One try with a code: counted first, then looked at, and used up if it was right."""

from datetime import datetime, timedelta
from hmac import compare_digest

from pyotp import TOTP

from coalition.domain.ground.attempts import Patience
from coalition.domain.ground.permissions import AccountId
from coalition.domain.people import second_factors as rules
from coalition.domain.people.sign_ins import Way
from coalition.services.people.patience import BY_ACCOUNT
from coalition.services.people.sealing import unseal
from coalition.services.people.tickets import fingerprint
from coalition.store.database import Connection
from coalition.store.ground import attempts, audit
from coalition.store.people import second_factors

# From everywhere together: whoever has the password as well meets the right code in about
# three years (288 tries a day, three codes in a million count).
ANYWHERE = Patience(
    free=20, first=timedelta(seconds=30), longest=timedelta(minutes=5), forget=timedelta(hours=12)
)
INSIDE = "inside"  # the source of a try by somebody who is signed in already


def try_code(
    conn: Connection,
    account_id: AccountId,
    *,
    key: bytes,
    code: str,
    source: str,
    now: datetime,
) -> Way | None:
    """Return by which code the try succeeded, or None; the caller commits before it refuses.

    A recovery code does not wait for tries made elsewhere: it cannot be guessed, and is
    what its owner has left while somebody else keeps trying.

    Args:
        key: The table's, under which the secret is sealed.

    Raises:
        TooManyAttempts: wait first; the code was not looked at.
        SecondFactorUnreadable: the table has another key by now.
    """
    given = rules.plain(code)
    anywhere = f"code:{account_id}"
    here = f"{anywhere}:{fingerprint(source)[:24]}"
    for counted in (here, anywhere) if rules.is_timed(given) else (here,):
        if made := attempts.find(conn, counted):
            made.check(now)
    attempts.note(conn, anywhere, ANYWHERE, at=now)
    made = attempts.note(conn, here, BY_ACCOUNT, at=now)
    way = _used(conn, account_id, key, given, now)
    if way is not None:
        attempts.clear(conn, here)
        attempts.undo(conn, anywhere)
    elif made.locked_until is not None:
        detail = {"tries": made.count}
        audit.append(
            conn, "public", "session.locked", f"account:{account_id}", at=now, detail=detail
        )
    return way


def use_timed(
    conn: Connection, account_id: AccountId, *, key: bytes, code: str, now: datetime
) -> bool:
    """Say whether ``code`` is the app's of now, or of the step before or after; use it up.

    Raises:
        SecondFactorUnreadable: the table has another key by now.
    """
    kept = second_factors.find(conn, account_id)
    if kept is None:
        return False
    app = TOTP(unseal(key, account_id, kept.sealed))
    right = [
        step
        for step in rules.steps(now, kept.last_step)
        if compare_digest(app.generate_otp(step), code)
    ]
    return bool(right) and second_factors.use_step(conn, account_id, right[-1])


def _used(
    conn: Connection, account_id: AccountId, key: bytes, given: str, now: datetime
) -> Way | None:
    if rules.is_timed(given):
        is_right = use_timed(conn, account_id, key=key, code=given, now=now)
        return Way.CODE if is_right else None
    if second_factors.use_code(conn, account_id, fingerprint(given), at=now):
        return Way.RECOVERY
    return None
