"""One's own second factor: set up, confirmed, ended; and ended for somebody who lost it."""

from datetime import datetime
from secrets import choice

from pyotp import TOTP, random_base32

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Actor, Permission, require
from coalition.domain.people import second_factors as rules
from coalition.domain.people.accounts import AccountNotFound
from coalition.domain.people.second_factors import (
    CodeWrong,
    Enrolment,
    OwnFactor,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorUnreadable,
    Standing,
)
from coalition.domain.people.sign_ins import is_bound
from coalition.services.people.accounts import record, require_password
from coalition.services.people.code_tries import INSIDE, try_code, use_timed
from coalition.services.people.sealing import seal, unseal
from coalition.services.people.tickets import fingerprint
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, profile
from coalition.store.people import accounts, second_factors, sessions, sign_ins


def standing(db: Database, *, actor: Actor | None) -> Standing:
    """Return how things are with one's own second factor.

    Raises:
        NotPermitted: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        kept = second_factors.find(conn, person.account_id)
        return Standing(
            since=kept.confirmed_at if kept else None,
            codes_left=second_factors.count_codes(conn, person.account_id),
            bound=is_bound(sign_ins.policy(conn), person.role),
        )


def pending(db: Database, *, actor: Actor | None, key: bytes) -> Enrolment | None:
    """Return one's own secret that waits for its first code, or None.

    Raises:
        NotPermitted: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        return _pending(conn, person, key)


def begin_enrolment(db: Database, clock: Clock, *, actor: Actor | None, key: bytes) -> Enrolment:
    """Make a secret that counts once its first code is given; begun already, return that one.

    Raises:
        NotPermitted: nobody is signed in.
        SecondFactorOn: there is one already.

    Audited as: ``second_factor.begun``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        if second_factors.is_on(conn, person.account_id):
            raise SecondFactorOn
        if begun := _pending(conn, person, key):
            return begun
        secret = random_base32()
        sealed = seal(key, person.account_id, secret)
        second_factors.put(conn, person.account_id, sealed, at=now)
        record(conn, person, "second_factor.begun", person.account_id, now)
        return _enrolment(conn, person, secret)


def confirm_enrolment(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    key: bytes,
    code: str,
    session_id: int | None,
) -> tuple[str, ...]:
    """Let the second factor count, its first code given; return the recovery codes, this once.

    Every other session ends: it began on a password alone.

    Args:
        session_id: The session this is done in, which goes on.

    Raises:
        NotPermitted: nobody is signed in.
        SecondFactorOff: none was begun.
        SecondFactorOn: it counts already.
        CodeWrong: not the code of this secret.

    Audited as: ``second_factor.confirmed``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        kept = second_factors.find(conn, person.account_id)
        if kept is None:
            raise SecondFactorOff
        if kept.confirmed_at is not None:
            raise SecondFactorOn
        if use_timed(conn, person.account_id, key=key, code=rules.plain(code), now=now):
            second_factors.confirm(conn, person.account_id, at=now)
            sessions.revoke_all(conn, person.account_id, at=now, but=session_id)
            record(conn, person, "second_factor.confirmed", person.account_id, now)
            return _new_codes(conn, person.account_id)
    raise CodeWrong(field="code")


def renew_codes(
    db: Database, clock: Clock, *, actor: Actor | None, key: bytes, password: str, code: str
) -> tuple[str, ...]:
    """Return new recovery codes, this once; the old ones open nothing any more.

    Raises:
        NotPermitted, SecondFactorOff, TooManyAttempts, PasswordWrong, CodeWrong: as
            ``end_second_factor``.

    Audited as: ``second_factor.codes_renewed``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    require_password(db, clock, person, password)
    with db.writing() as conn:
        now = clock()
        if _is_proven(conn, person, key, code, now):
            record(conn, person, "second_factor.codes_renewed", person.account_id, now)
            return _new_codes(conn, person.account_id)
    raise CodeWrong(field="code")


def end_second_factor(
    db: Database, clock: Clock, *, actor: Actor | None, key: bytes, password: str, code: str
) -> None:
    """Take one's own second factor away, with password and code.

    Raises:
        NotPermitted: nobody is signed in.
        SecondFactorOff: there is none.
        TooManyAttempts: wait first.
        PasswordWrong, CodeWrong: not the right one.

    Audited as: ``second_factor.ended``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    require_password(db, clock, person, password)
    with db.writing() as conn:
        now = clock()
        if _is_proven(conn, person, key, code, now):
            second_factors.drop(conn, person.account_id)
            record(conn, person, "second_factor.ended", person.account_id, now)
            return
    raise CodeWrong(field="code")


def reset_second_factor(
    db: Database, clock: Clock, *, actor: Actor | None, account_id: AccountId
) -> None:
    """Take the second factor of somebody who lost it away; they are signed out everywhere.

    The password is still asked for, and a new second factor where the table asks for one.

    Raises:
        NotPermitted: the actor does not manage accounts.
        OwnFactor: one's own is ended in My account.
        AccountNotFound: there is none.
        SecondFactorOff: they have none.

    Audited as: ``second_factor.reset``.
    """
    person = require(actor, Permission.MANAGE_ACCOUNT)
    if person.account_id == account_id:
        raise OwnFactor
    with db.writing() as conn:
        _reset(conn, account_id, person.label, clock())


def reset_by_operator(db: Database, clock: Clock, *, email: str) -> None:
    """Do the same from the command line, for the last administrator.

    Raises:
        AccountNotFound, SecondFactorOff: there is nothing to reset.

    Audited as: ``second_factor.reset`` by ``operator``.
    """
    with db.writing() as conn:
        account_id = accounts.find_id(conn, email)
        if account_id is None:
            raise AccountNotFound
        _reset(conn, account_id, "operator", clock())


def _reset(conn: Connection, account_id: AccountId, actor: str, now: datetime) -> None:
    accounts.get(conn, account_id)
    if not second_factors.is_on(conn, account_id):
        raise SecondFactorOff
    second_factors.drop(conn, account_id)
    sessions.revoke_all(conn, account_id, at=now)
    audit.append(conn, actor, "second_factor.reset", f"account:{account_id}", at=now)


def _is_proven(conn: Connection, person: Actor, key: bytes, code: str, now: datetime) -> bool:
    if not second_factors.is_on(conn, person.account_id):
        raise SecondFactorOff
    tried = try_code(conn, person.account_id, key=key, code=code, source=INSIDE, now=now)
    return tried is not None


def _pending(conn: Connection, person: Actor, key: bytes) -> Enrolment | None:
    kept = second_factors.find(conn, person.account_id)
    if kept is None or kept.confirmed_at is not None:
        return None
    try:
        return _enrolment(conn, person, unseal(key, person.account_id, kept.sealed))
    except SecondFactorUnreadable:  # begun under another key: begin again
        return None


def _enrolment(conn: Connection, person: Actor, secret: str) -> Enrolment:
    table = profile.find(conn)
    issuer = (table.name if table else "").replace(":", " ").strip() or "Working Table"
    address = TOTP(secret).provisioning_uri(name=person.email, issuer_name=issuer)
    return Enrolment(secret, address)


def _new_codes(conn: Connection, account_id: AccountId) -> tuple[str, ...]:
    made = ["".join(choice(rules.LETTERS) for _ in range(rules.LENGTH)) for _ in range(rules.CODES)]
    second_factors.replace_codes(conn, account_id, [fingerprint(one) for one in made])
    return tuple(rules.grouped(one) for one in made)
