"""One row a form that was acted on, so that a double click acts once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from coalition.store.schema import deed_token as tokens

# Built once: building a statement costs more than running it.
_FIND = select(tokens.c.result).where(
    tokens.c.token == bindparam("token"), tokens.c.action == bindparam("action")
)
_KEEP = insert(tokens)
RESULT = (
    _FIND.scalar_subquery()
)  # for a question that asks more in one go, with ``token``, ``action``


@dataclass(frozen=True, slots=True)
class Deed:
    """What a form asks for: the token it was rendered with, and what is done with it."""

    token: str
    action: str


def find(conn: Connection, token: str, action: str) -> str | None:
    """Return what the deed with this token resulted in, or None if it was not done yet."""
    return conn.scalar(_FIND, {"token": token, "action": action})


def keep(conn: Connection, token: str, action: str, result: str, *, at: datetime) -> None:
    """Remember that the deed with this token was done, and its result (an id or a receipt)."""
    conn.execute(_KEEP, {"token": token, "action": action, "result": result, "at": at})


def drop_before(conn: Connection, at: datetime) -> int:
    """Forget tokens older than ``at``; return how many."""
    return conn.execute(delete(tokens).where(tokens.c.at < at)).rowcount
