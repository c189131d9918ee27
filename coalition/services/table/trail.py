"""The audit trail, page by page, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.audit import AuditEntry
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.table.actions import ACTIONS
from coalition.domain.table.findings import Head
from coalition.store.database import Connection, Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.ground import audit
from coalition.store.table import trail as store

__all__ = ["ACTIONS", "PAGE", "Trail", "trail"]

PAGE = 50  # entries on one page
ANSWERS = ("ballot.", "clearance.")  # what actions begin with that tell who has answered


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of the trail.

    Args:
        names: Of the accounts among the actors and subjects, by ``account:7``; "" once
            erased.
        head: The end of the chain, worth keeping elsewhere.
        older: What to give as ``before`` for the next page, or 0 where this is the last.
    """

    entries: tuple[AuditEntry, ...]
    names: Mapping[str, str]
    head: Head
    older: int


def trail(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    subject: str = "",
    action: str = "",
    before: int = 0,
) -> Trail:
    """Return one page of entries, newest first.

    While results are hidden, an entry about a ballot or a review names neither who acted nor
    the round: who has answered is not for administrators to know either.

    Args:
        subject: Only what was done to this, as ``round:12``.
        action: Only this action, one of ``ACTIONS``.
        before: Only entries before this number; 0 for the newest.

    Raises:
        PermissionMissing: only administrators.
    """
    person = require(actor, Permission.READ_AUDIT)
    with db.reading() as conn:
        found = audit.trail(conn, subject=subject, action=action, before=before, limit=PAGE + 1)
        entries = _shown(conn, person, found[:PAGE], now=now, subject=subject)
        known = store.names(conn, _accounts(entries))
        head = Head(*audit.head(conn))
    older = found[PAGE - 1].seq if len(found) > PAGE else 0
    return Trail(entries, {f"account:{n}": name for n, name in known.items()}, head, older)


def _shown(
    conn: Connection, person: Actor, found: Iterable[AuditEntry], *, now: datetime, subject: str
) -> tuple[AuditEntry, ...]:
    """Return the entries with no more about ballots than ``visibility.sight`` allows."""
    entries = tuple(found)
    asked = {_round(one) for one in entries if one.action.startswith(ANSWERS)}
    known = rounds_store.get_many(conn, asked)
    dark = {n for n, one in known.items() if not sight(person, one, now=now).answered}
    hidden = {one.seq for one in entries if one.action.startswith(ANSWERS) and _round(one) in dark}
    return tuple(
        replace(one, actor="", subject="", detail={}) if one.seq in hidden else one
        for one in entries
        if not (subject and one.seq in hidden)
    )


def _round(entry: AuditEntry) -> int:
    number = entry.subject.partition(":")[2]
    return int(number) if number.isdecimal() else 0


def _accounts(entries: Iterable[AuditEntry]) -> frozenset[int]:
    told = (label for entry in entries for label in (entry.actor, entry.subject))
    numbers = (label.partition(":")[2] for label in told if label.startswith("account:"))
    return frozenset(int(number) for number in numbers if number.isdecimal())
