"""How one is told of what, and what one was told: each person's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Habit, Pace, checked_quiet
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.notices import choices, facts, mails, notices
from coalition.store.notices.facts import Facts
from coalition.store.notices.mails import Fault
from coalition.store.notices.notices import Notice

LATEST = 50  # notices in the list
FAULTS = timedelta(days=30)  # how far back conveners see mails that did not arrive


@dataclass(frozen=True, slots=True)
class Told:
    """One notice with what it is about, as it is now."""

    notice: Notice
    facts: Facts


def save_habit(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    paces: Mapping[NoticeKind, Pace],
    quiet: Collection[int],
) -> None:
    """Keep how one wants to be told; it counts for what is told from now on.

    Args:
        quiet: Weekdays without mail, Monday 0 to Sunday 6.

    Raises:
        SignInNeeded: nobody is signed in.
        QuietDaysTooMany: all seven.

    Audited as: ``notices.chosen``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    habit = Habit(dict(paces), checked_quiet(quiet))
    with db.writing() as conn:
        now = clock()
        if choices.habits(conn, [person.account_id])[person.account_id] == habit:
            return
        choices.keep(conn, person.account_id, habit)
        audit.append(conn, person.label, "notices.chosen", person.label, at=now)


def habit(db: Database, *, actor: Actor | None) -> Habit:
    """Return how one wants to be told.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        return choices.habits(conn, [person.account_id])[person.account_id]


def told(db: Database, *, actor: Actor | None) -> tuple[Told, ...]:
    """Return what one was told lately, the newest first; what is gone is left out.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        found = notices.latest(conn, person.account_id, limit=LATEST)
        known = facts.of(conn, {one.subject for one in found})
    return tuple(Told(one, known[one.subject]) for one in found if one.subject in known)


def undelivered(db: Database, *, actor: Actor | None, now: datetime) -> tuple[Fault, ...]:
    """Return the mails of the last month that did not arrive, for whoever can ask why.

    Raises:
        SignInNeeded: nobody is signed in.
        PermissionMissing: only conveners and administrators.
    """
    require(actor, Permission.INVITE_ACCOUNT)
    with db.reading() as conn:
        return mails.faults(conn, since=now - FAULTS, limit=LATEST)
