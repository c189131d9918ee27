"""The policy for signing in, sign-ins that wait for a code, and the history of tries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.sign_ins import CHALLENGE, Outcome, Policy, Try, Way
from coalition.store.schema import account as accounts
from coalition.store.schema import sign_in_challenge as challenges
from coalition.store.schema import sign_in_policy as policies
from coalition.store.schema import sign_in_try as tries


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-in that waits for a code."""

    account_id: AccountId
    try_id: int | None


def policy(conn: Connection) -> Policy:
    """Return what the table asks of those who sign in."""
    row = conn.execute(select(policies)).first()
    return Policy(row.second_factor, row.trusts_provider) if row else Policy()


def set_policy(conn: Connection, wanted: Policy) -> None:
    """Keep what the table asks of those who sign in."""
    values = {"second_factor": wanted.second_factor, "trusts_provider": wanted.trusts_provider}
    if not conn.execute(update(policies), values).rowcount:
        conn.execute(insert(policies), {"id": 1, **values})


def note(
    conn: Connection,
    account_id: AccountId,
    outcome: Outcome,
    way: Way | str,
    *,
    at: datetime,
    agent: str = "",
) -> int:
    """Keep one try to come in and return its number."""
    values = {"account_id": account_id, "at": at, "outcome": outcome, "way": way, "agent": agent}
    return int(conn.execute(insert(tries).returning(tries.c.id), values).scalar_one())


def became(conn: Connection, try_id: int, outcome: Outcome) -> None:
    """Say what a try has come to."""
    conn.execute(update(tries).where(tries.c.id == try_id), {"outcome": outcome})


def forget_try(conn: Connection, try_id: int) -> None:
    """Take a try back: the person came in, and that is kept instead."""
    conn.execute(update(challenges).where(challenges.c.try_id == try_id), {"try_id": None})
    conn.execute(delete(tries).where(tries.c.id == try_id))


def list_tries(conn: Connection, account_id: AccountId, *, limit: int) -> tuple[Try, ...]:
    """Return the latest tries of an account, the newest first."""
    query = (
        select(tries)
        .where(tries.c.account_id == account_id)
        .order_by(tries.c.at.desc(), tries.c.id.desc())
        .limit(limit)
    )
    return tuple(
        Try(row.at, Outcome(row.outcome), Way(row.way), row.agent) for row in conn.execute(query)
    )


def drop_before(conn: Connection, at: datetime) -> int:
    """Forget tries made before ``at``, and challenges with them; return how many tries."""
    of_them = challenges.c.expires_at < at + 2 * CHALLENGE
    conn.execute(delete(challenges).where(of_them))
    return conn.execute(delete(tries).where(tries.c.at < at)).rowcount


def add_challenge(
    conn: Connection,
    account_id: AccountId,
    secret_hash: str,
    *,
    expires_at: datetime,
    try_id: int | None,
) -> None:
    """Keep the hash of a sign-in that waits for a code."""
    values = {
        "secret_hash": secret_hash,
        "account_id": account_id,
        "expires_at": expires_at,
        "try_id": try_id,
    }
    conn.execute(insert(challenges), values)


def find_challenge(conn: Connection, secret_hash: str, *, at: datetime) -> Waiting | None:
    """Return whose sign-in waits; None if it is unknown, finished or too old, or they are out."""
    row = conn.execute(
        select(challenges.c.account_id, challenges.c.try_id)
        .join(accounts, accounts.c.id == challenges.c.account_id)
        .where(
            _live(secret_hash, at),
            accounts.c.active,
            accounts.c.erased_at.is_(None),
        )
    ).first()
    return Waiting(AccountId(row.account_id), row.try_id) if row else None


def use_challenge(conn: Connection, secret_hash: str, *, at: datetime) -> None:
    """Use a sign-in up that waited for a code."""
    conn.execute(update(challenges).where(challenges.c.secret_hash == secret_hash), {"used_at": at})


def _live(secret_hash: str, at: datetime) -> ColumnElement[bool]:
    return and_(
        challenges.c.secret_hash == secret_hash,
        challenges.c.used_at.is_(None),
        challenges.c.expires_at > at,
    )
