"""Signing in and out: from a password to a ticket, from a ticket to a session.

Who a person is, is asked of the database on every run by the secret in the
cookie; nothing is remembered anywhere else.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from coalition.domain.ground import text
from coalition.domain.ground.errors import Invalid, NotFound, NotPermitted, Unavailable
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Actor, Permission, require
from coalition.domain.ground.profile import TableProfile
from coalition.domain.people import browsers
from coalition.domain.people.sign_ins import Outcome, Way
from coalition.services.people import passwords
from coalition.services.people.patience import (
    ANYWHERE,
    BY_SOURCE,
    attempt_keys,
    count_try,
    require_patience,
)
from coalition.services.people.tickets import (
    Challenge,
    admit,
    fingerprint,
)
from coalition.store.database import Connection, Database
from coalition.store.ground import attempts, audit, profile
from coalition.store.people import accounts, sessions, sign_ins
from coalition.store.people.sessions import SessionLine

IDLE = timedelta(hours=12)  # a session unused for this long has ended
ABSOLUTE = timedelta(days=7)  # and every session after this long
TOUCH = timedelta(minutes=5)  # how exactly ``seen_at`` is kept
Check = Callable[[str, str], bool]  # a kept hash and a prehash: are they one password?

_log = logging.getLogger(__name__)


class SignInRefused(NotPermitted):
    """Unknown address or wrong password: which of them is not said."""

    code = "sign_in.refused"


class TicketSpent(NotPermitted):
    """The ticket was used, has expired, or never was."""

    code = "sign_in.ticket"


class SessionNotFound(NotFound):
    """None of this person's sessions has this number."""

    code = "session.not_found"


@dataclass(frozen=True, slots=True)
class Ending:
    """When a session ends, and whether doing something puts that off."""

    at: datetime
    by_idleness: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who has come, and to whose table.

    Args:
        actor: Who may act; None for a stranger, and for whoever must first set up a second
            factor, so that nothing else is open to them anywhere.
        table: None before ``init`` or ``demo`` has made one.
        enrolling: Who must set one up.
        ending: When the session ends if nothing more is done in it.
    """

    actor: Actor | None
    session_id: int | None
    table: TableProfile | None
    enrolling: Actor | None = None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A session just begun; its secret is told once, to the browser's cookie."""

    secret: str
    expires_at: datetime


def arrive(db: Database, *, secret: str | None, now: datetime, seen: bool = True) -> Arrival:
    """Return who the cookie's ``secret`` stands for at ``now``, and the table.

    Writes at most once in ``TOUCH``, and never fails for that: a database that
    can only be read still lets people read.

    Args:
        seen: A person did something; False where a page only runs again by itself, which
            must not keep a session open for ever.
    """
    with db.reading() as conn:
        table = profile.find(conn)
        known = fingerprint(secret) if secret else ""
        found = sessions.find_actor(conn, known, now=now, idle=IDLE) if known else None
    if found is None:
        return Arrival(None, None, table)
    seen_at = found.seen_at
    if seen and now - seen_at >= TOUCH:
        with suppress(Unavailable), db.writing() as conn:
            sessions.touch(conn, found.session_id, at=now)
            seen_at = now
    idle_at = seen_at + IDLE
    ending = Ending(min(idle_at, found.expires_at), by_idleness=idle_at < found.expires_at)
    if found.must_enrol:
        return Arrival(None, found.session_id, table, found.actor, ending)
    return Arrival(found.actor, found.session_id, table, None, ending)


def stay(db: Database, clock: Clock, *, secret: str) -> Arrival:
    """Go on with the session of this secret, and return when it ends now; nothing else is done.

    A session that has ended stays so, and none goes on beyond its seven days.
    """
    return arrive(db, secret=secret, now=clock())


def sign_in(
    db: Database,
    clock: Clock,
    *,
    email: str,
    password: str,
    source: str,
    check: Check,
    agent: str = "",
) -> str | Challenge:
    """Check a password and return a ticket, or a challenge where a code is needed too.

    The try is counted before the password is looked at and forgiven when it was
    right, so that many at once do not slip past the count. An unknown address
    costs one comparison too.

    Args:
        source: Generic key of the connection, hashed by the door.
        check: Compares a kept hash with a prehash.
        agent: What the browser calls itself, for the history its owner reads.

    Raises:
        TooManyAttempts: with the minutes to wait; the password was not looked at.
        SignInRefused: unknown address or wrong password.

    Audited as: ``session.locked`` when a wait begins; ``session.begun`` by ``enter``.
    """
    anywhere, by_account, by_source = attempt_keys(email, source)
    with db.writing() as conn:
        now = clock()
        require_patience(conn, (by_account, anywhere, by_source), now)
        found = accounts.find_credentials(conn, plain(email))
        count_try(conn, by_account, found[0] if found else None, now)
        attempts.note(conn, anywhere, ANYWHERE, at=now)
        attempts.note(conn, by_source, BY_SOURCE, at=now)
        tried = None
        if found:
            refused, label = Outcome.REFUSED, browsers.label(agent)
            tried = sign_ins.note(conn, found[0], refused, Way.PASSWORD, at=now, agent=label)
    kept = found[1] if found else passwords.NOBODY
    right = check(kept, passwords.prehash(password))
    if found is None or not right:
        raise SignInRefused
    with db.writing() as conn:
        attempts.clear(conn, by_account)
        attempts.undo(conn, anywhere)
        attempts.undo(conn, by_source)
        return admit(conn, found[0], way=Way.PASSWORD, at=clock(), try_id=tried)


def enter(
    db: Database, clock: Clock, *, ticket: str, agent: str, replaces: str | None = None
) -> Begun:
    """Exchange a ticket for a session with a new secret.

    Args:
        agent: What the browser calls itself, shown to its owner in My account.
        replaces: The secret the browser held before; that session ends.

    Raises:
        TicketSpent: used, expired or unknown.

    Audited as: ``session.begun``.
    """
    secret, label = token_urlsafe(32), browsers.label(agent)
    with db.writing() as conn:
        now = clock()
        used = sessions.use_ticket(conn, fingerprint(ticket), at=now)
        if used is None:
            raise TicketSpent
        account_id, way = used
        if replaces and (before := sessions.find_id(conn, fingerprint(replaces))):
            sessions.revoke(conn, before[1], before[0], at=now)
        until = now + ABSOLUTE
        session_id = sessions.begin(
            conn,
            account_id,
            fingerprint(secret),
            agent=label,
            at=now,
            expires_at=until,
            way=way,
        )
        sign_ins.note(conn, account_id, Outcome.IN, way or Way.PASSWORD, at=now, agent=label)
        actor = f"account:{account_id}"
        audit.append(conn, actor, "session.begun", f"session:{session_id}", at=now)
    return Begun(secret, until)


def leave(db: Database, clock: Clock, *, secret: str) -> None:
    """End the session of this secret, if there is one.

    Audited as: ``session.ended``.
    """
    with db.writing() as conn:
        now = clock()
        found = sessions.find_id(conn, fingerprint(secret))
        if found and sessions.revoke(conn, found[1], found[0], at=now):
            _ended(conn, found[1], f"session:{found[0]}", now)


def list_sessions(db: Database, *, actor: Actor | None, now: datetime) -> tuple[SessionLine, ...]:
    """Return one's own live sessions, the latest seen first.

    Raises:
        NotPermitted: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        return sessions.list_lines(conn, person.account_id, now=now, idle=IDLE)


def end_session(db: Database, clock: Clock, *, actor: Actor | None, session_id: int) -> None:
    """End one of one's own sessions.

    Raises:
        NotPermitted: nobody is signed in.
        SessionNotFound: it is not one's own, or has ended.

    Audited as: ``session.ended``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        if not sessions.revoke(conn, person.account_id, session_id, at=now):
            raise SessionNotFound
        _ended(conn, person.account_id, f"session:{session_id}", now)


def end_other_sessions(db: Database, clock: Clock, *, actor: Actor | None, keep: int | None) -> int:
    """End all one's own sessions but number ``keep``; return how many ended.

    Raises:
        NotPermitted: nobody is signed in.

    Audited as: ``session.ended``, once, on the account.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        ended = sessions.revoke_all(conn, person.account_id, at=now, but=keep)
        if ended:
            _ended(conn, person.account_id, f"account:{person.account_id}", now)
    return ended


def plain(email: str) -> str:
    """Return the address, or "" where it holds what no database would take."""
    try:
        return text.line(email, "email", required=False)
    except Invalid:
        return ""


def _ended(conn: Connection, account_id: AccountId, subject: str, now: datetime) -> None:
    audit.append(conn, f"account:{account_id}", "session.ended", subject, at=now)
