"""Being away: what waits goes to the first alternate who is there; everybody may still vote."""

from datetime import date, datetime

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people import absences as rules
from coalition.domain.people.absences import Absence, AbsenceId, AbsenceNotFound
from coalition.store.database import Database
from coalition.store.ground import audit, profile, tokens
from coalition.store.people import absences as store


def go_away(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    from_on: date,
    until_on: date | None,
    token: str,
) -> AbsenceId:
    """Say that one is away from a day through a day, on the table's clock.

    Raises:
        SignInNeeded, PermissionMissing: only who may hold a seat.
        AbsenceEndMissing, AbsenceDates, AbsenceOverlaps.

    Audited as: ``absence.said``.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "absence.say"):
            return AbsenceId(int(done))
        table = profile.find(conn)
        zone = table.zone if table else "UTC"
        from_at, until_at = rules.window(from_on, until_on, zone_name=zone, now=now)
        rules.require_free(store.unended(conn, person.account_id, now), from_at, until_at)
        made = store.add(conn, person.account_id, from_at, until_at, at=now)
        audit.append(conn, person.label, "absence.said", person.label, at=now)
        tokens.keep(conn, token, "absence.say", str(made), at=now)
    return made


def come_back(db: Database, clock: Clock, *, actor: Actor | None, absence_id: AbsenceId) -> None:
    """End one's own absence early, or call one off that has not begun.

    Raises:
        SignInNeeded, PermissionMissing: only who may hold a seat.
        AbsenceNotFound: it is not one's own, or over.

    Audited as: ``absence.ended``.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        mine = {one.id: one for one in store.unended(conn, person.account_id, now)}
        if absence_id not in mine:
            raise AbsenceNotFound
        store.end(conn, mine[absence_id], at=now)
        audit.append(conn, person.label, "absence.ended", person.label, at=now)


def ours(db: Database, *, actor: Actor | None, now: datetime) -> tuple[Absence, ...]:
    """Return who acts for one's organisation and is or will be away, the earliest first.

    Raises:
        SignInNeeded, PermissionMissing: only who may hold a seat.
    """
    person = require(actor, Permission.CAST_BALLOT)
    if person.seat is None:
        return ()
    with db.reading() as conn:
        return store.of_organisation(conn, person.seat.organisation_id, now)
