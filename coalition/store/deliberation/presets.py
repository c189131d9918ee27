"""The table's own rules, version by version, in and out of the tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from coalition.domain.deliberation.rules import Rule
from coalition.domain.ground.permissions import AccountId
from coalition.store.schema import account
from coalition.store.schema import rule_preset as presets


@dataclass(frozen=True, slots=True)
class OwnRule:
    """One version of a rule that the table made itself; none is ever changed.

    Args:
        code: Stable over all its versions; it starts with the built-in rule it came from.
        number: From 1; the highest is the one conveners are offered.
    """

    code: str
    number: int
    name: str
    rule: Rule
    made_by: str
    at: datetime


def add(
    conn: Connection,
    *,
    code: str,
    number: int,
    name: str,
    rule: Rule,
    made_by: AccountId,
    at: datetime,
) -> None:
    """Store one version of a rule."""
    conn.execute(
        insert(presets),
        {
            "code": code,
            "number": number,
            "name": name,
            "rule": rule.to_json(),
            "made_by": made_by,
            "at": at,
        },
    )


def versions(conn: Connection) -> tuple[OwnRule, ...]:
    """Return every version of every own rule, in the order they were first made, newest first."""
    first = select(presets.c.code, func.min(presets.c.id).label("id")).group_by(presets.c.code)
    made = first.subquery()
    query = (
        select(presets, account.c.name.label("person"))
        .join(account, account.c.id == presets.c.made_by)
        .join(made, made.c.code == presets.c.code)
        .order_by(made.c.id, presets.c.number.desc())
    )
    return tuple(_own(row) for row in conn.execute(query))


def latest(conn: Connection, code: str) -> OwnRule | None:
    """Return the newest version of an own rule, or None where the table has no such rule."""
    return next((one for one in versions(conn) if one.code == code), None)


def count(conn: Connection, prefix: str) -> int:
    """Return how many own rules have a code that starts with ``prefix``."""
    query = select(func.count(presets.c.code.distinct())).where(
        presets.c.code.startswith(prefix, autoescape=True)
    )
    return conn.scalar(query) or 0


def _own(row: Row[Any]) -> OwnRule:
    return OwnRule(row.code, row.number, row.name, Rule.from_json(row.rule), row.person, row.at)
