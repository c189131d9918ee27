"""Interests: an organisation declares them by topic and ends them; every member may read them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    Actor,
    OrganisationId,
    Permission,
    SeatHeld,
    require,
)
from coalition.domain.people.interests import (
    Declaration,
    Interest,
    InterestId,
    InterestNotFound,
    SpeaksForNobody,
)
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, profile, tokens
from coalition.store.people import interests as store
from coalition.store.people import seats as seats_store


@dataclass(frozen=True, slots=True)
class Interests:
    """What an organisation has declared, the latest first.

    Args:
        ended: Those whose last day has come.
    """

    current: tuple[Interest, ...]
    ended: tuple[Interest, ...]


def declare_interest(
    db: Database, clock: Clock, *, actor: Actor | None, declared: Declaration, token: str
) -> InterestId:
    """Declare an interest of the person's organisation.

    Audited as ``interest.declared``.

    Raises:
        PermissionMissing, SpeaksForNobody: the person acts for no organisation now.
        Invalid: as ``Declaration.checked``.
    """
    person = require(actor, Permission.CAST_BALLOT)
    clean = declared.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "interest.declare"):
            return InterestId(int(done))
        seat = _seat(conn, person, now)
        made = store.add(conn, clean, seat.organisation_id, by=person.account_id, at=now)
        _record(conn, person, "interest.declared", seat, made, now)
        tokens.keep(conn, token, "interest.declare", str(made), at=now)
    return made


def end_interest(
    db: Database, clock: Clock, *, actor: Actor | None, interest_id: InterestId
) -> None:
    """Let an interest of the person's organisation end today, on the calendar of the table.

    Doing it twice does it once. Audited as ``interest.ended``.

    Raises:
        PermissionMissing, SpeaksForNobody: the person acts for no organisation now.
        InterestNotFound: their organisation has declared no such interest.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        seat = _seat(conn, person, now)
        this = store.get(conn, interest_id)
        if this.organisation_id != seat.organisation_id:
            raise InterestNotFound
        day = this.last_day(today(conn, now))
        if this.ends_by(day):
            return
        store.end(conn, interest_id, day)
        _record(conn, person, "interest.ended", seat, interest_id, now)


def interests_of(
    db: Database, *, actor: Actor | None, now: datetime, organisation_id: OrganisationId
) -> Interests:
    """Return what one organisation has declared, for every member.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        found = store.of_organisations(conn, organisation_id)
        day = today(conn, now)
    ended = tuple(one for one in found if one.ends_by(day))
    return Interests(tuple(one for one in found if one not in ended), ended)


def today(conn: Connection, now: datetime) -> date:
    """Return which day it is at the table."""
    kept = profile.find(conn)
    return now.astimezone(ZoneInfo(kept.zone) if kept else None).date()


def _seat(conn: Connection, person: Actor, now: datetime) -> SeatHeld:
    held = seats_store.held(conn, person.account_id, now)
    if held is None:
        raise SpeaksForNobody
    return held


def _record(
    conn: Connection, person: Actor, action: str, seat: SeatHeld, made: InterestId, now: datetime
) -> None:
    subject = f"organisation:{seat.organisation_id}"
    audit.append(conn, person.label, action, subject, at=now, detail={"interest": made})
