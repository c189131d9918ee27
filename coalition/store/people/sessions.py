"""Sessions and the tickets that begin them; only hashes of their secrets are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    Capacity,
    OrganisationId,
    Role,
    SeatHeld,
)
from coalition.domain.people.sign_ins import Policy, must_enrol
from coalition.store.schema import account as accounts
from coalition.store.schema import organisation as organisations
from coalition.store.schema import seat as seats
from coalition.store.schema import second_factor as factors
from coalition.store.schema import session as sessions
from coalition.store.schema import sign_in_challenge as challenges
from coalition.store.schema import sign_in_policy as policies
from coalition.store.schema import ticket as tickets

# Asked at every run of every page, so built once.
_LIVE = (
    sessions.c.revoked_at.is_(None),
    sessions.c.expires_at > bindparam("now"),
    sessions.c.seen_at > bindparam("idle_since"),
)
_HELD = and_(
    seats.c.account_id == accounts.c.id,
    accounts.c.role == Role.MEMBER,
    seats.c.from_at <= bindparam("now"),
    or_(seats.c.to_at.is_(None), seats.c.to_at > bindparam("now")),
)
_ACTOR = (
    select(
        sessions.c.id.label("session_id"),
        sessions.c.seen_at,
        sessions.c.expires_at,
        sessions.c.way,
        factors.c.confirmed_at.label("enrolled_at"),
        policies.c.second_factor,
        policies.c.trusts_provider,
        accounts,
        seats.c.rank,
        organisations.c.id.label("organisation_id"),
        organisations.c.name.label("organisation"),
    )
    .join(accounts, accounts.c.id == sessions.c.account_id)
    .outerjoin(factors, factors.c.account_id == accounts.c.id)
    .outerjoin(policies, policies.c.id == 1)
    .outerjoin(seats, _HELD)
    .outerjoin(organisations, organisations.c.id == seats.c.organisation_id)
    .where(
        sessions.c.secret_hash == bindparam("secret_hash"),
        *_LIVE,
        accounts.c.active,
        accounts.c.erased_at.is_(None),
    )
    .order_by(seats.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Found:
    """A live session and the person it stands for.

    Args:
        must_enrol: The table asks this person for a second factor, and they have none.
    """

    session_id: int
    actor: Actor
    seen_at: datetime
    expires_at: datetime
    must_enrol: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One of a person's sessions, as My account lists them."""

    id: int
    agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def find_actor(
    conn: Connection, secret_hash: str, *, now: datetime, idle: timedelta
) -> Found | None:
    """Return who a session stands for at ``now``, in one query, or None.

    Session, account and seat are read together, so that whatever was withdrawn
    (the session, the account, the role, the seat) bites at the next run. Only a
    member acts for a seat; whoever got another role since reads no more for it.
    """
    asked = {"secret_hash": secret_hash, "now": now, "idle_since": now - idle}
    row = conn.execute(_ACTOR, asked).first()
    return _found(row) if row else None


def begin(
    conn: Connection,
    account_id: AccountId,
    secret_hash: str,
    *,
    agent: str,
    at: datetime,
    expires_at: datetime,
    way: str = "",
) -> int:
    """Begin a session and return its number."""
    values = {
        "account_id": account_id,
        "secret_hash": secret_hash,
        "agent": agent,
        "created_at": at,
        "seen_at": at,
        "expires_at": expires_at,
        "way": way,
    }
    return int(conn.execute(insert(sessions).returning(sessions.c.id), values).scalar_one())


def touch(conn: Connection, session_id: int, *, at: datetime) -> None:
    """Remember that the session acted at ``at``."""
    conn.execute(update(sessions).where(sessions.c.id == session_id), {"seen_at": at})


def find_id(conn: Connection, secret_hash: str) -> tuple[int, AccountId] | None:
    """Return number and account of the session with this hash, ended or not, or None."""
    row = conn.execute(
        select(sessions.c.id, sessions.c.account_id).where(sessions.c.secret_hash == secret_hash)
    ).first()
    return (row.id, AccountId(row.account_id)) if row else None


def revoke(conn: Connection, account_id: AccountId, session_id: int, *, at: datetime) -> int:
    """End one session of this account; return whether it was open (1) or not (0)."""
    chosen = (sessions.c.account_id == account_id) & (sessions.c.id == session_id)
    return _revoke(conn, chosen, at)


def revoke_all(
    conn: Connection, account_id: AccountId, *, at: datetime, but: int | None = None
) -> int:
    """End every session of this account except number ``but``; return how many.

    Its tickets open nothing any more, and no sign-in that waits for a code goes on.
    """
    for table in (tickets, challenges):
        conn.execute(
            update(table).where(table.c.account_id == account_id, table.c.used_at.is_(None)),
            {"used_at": at},
        )
    chosen = sessions.c.account_id == account_id
    return _revoke(conn, chosen if but is None else chosen & (sessions.c.id != but), at)


def list_lines(
    conn: Connection, account_id: AccountId, *, now: datetime, idle: timedelta
) -> tuple[SessionLine, ...]:
    """Return the live sessions of an account, the latest seen first."""
    query = (
        select(sessions)
        .where(sessions.c.account_id == account_id, *_LIVE)
        .order_by(sessions.c.seen_at.desc(), sessions.c.id.desc())
    )
    return tuple(
        SessionLine(row.id, row.agent, row.created_at, row.seen_at, row.expires_at)
        for row in conn.execute(query, {"now": now, "idle_since": now - idle})
    )


def add_ticket(
    conn: Connection,
    account_id: AccountId,
    secret_hash: str,
    *,
    expires_at: datetime,
    way: str = "",
) -> None:
    """Keep the hash of a ticket."""
    values = {
        "secret_hash": secret_hash,
        "account_id": account_id,
        "expires_at": expires_at,
        "way": way,
    }
    conn.execute(insert(tickets), values)


def use_ticket(conn: Connection, secret_hash: str, *, at: datetime) -> tuple[AccountId, str] | None:
    """Use a ticket up; return whose it is and their way in, or None if it opens nothing."""
    live = and_(
        tickets.c.secret_hash == secret_hash,
        tickets.c.used_at.is_(None),
        tickets.c.expires_at > at,
    )
    row = conn.execute(
        select(tickets.c.account_id, tickets.c.way)
        .join(accounts, accounts.c.id == tickets.c.account_id)
        .where(live, accounts.c.active, accounts.c.erased_at.is_(None))
    ).first()
    if row is None:
        return None
    conn.execute(update(tickets).where(live), {"used_at": at})
    return AccountId(row.account_id), row.way


def drop_before(conn: Connection, at: datetime) -> int:
    """Forget sessions and tickets that ended before ``at``; return how many sessions."""
    conn.execute(delete(tickets).where(tickets.c.expires_at < at))
    ended = or_(sessions.c.expires_at < at, sessions.c.revoked_at < at)
    return conn.execute(delete(sessions).where(ended)).rowcount


def _found(row: Row[Any]) -> Found:
    asked = Policy(bool(row.second_factor), bool(row.trusts_provider))
    person, enrolled = _actor(row), row.enrolled_at is not None
    kept_out = must_enrol(asked, person.role, enrolled=enrolled, way=row.way)
    return Found(row.session_id, person, row.seen_at, row.expires_at, kept_out)


def _revoke(conn: Connection, chosen: ColumnElement[bool], at: datetime) -> int:
    open_ones = update(sessions).where(chosen, sessions.c.revoked_at.is_(None))
    return conn.execute(open_ones, {"revoked_at": at}).rowcount


def _actor(row: Row[Any]) -> Actor:
    seat = None
    if row.rank is not None:
        capacity = Capacity.ALTERNATE if row.rank else Capacity.PRIMARY
        seat = SeatHeld(OrganisationId(row.organisation_id), row.organisation, capacity)
    return Actor(
        account_id=AccountId(row.id),
        name=row.name,
        email=row.email,
        role=Role(row.role),
        seat=seat,
        language=row.language,
        zone=row.zone,
    )
