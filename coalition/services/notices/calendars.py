"""Calendars by address: one's own at a secret one, the public's at a known one.

What a calendar tells passes the same sight as a page (``dates.seen``).
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from coalition.domain.ground.errors import NotFound
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, Role, require
from coalition.domain.notices.feeds import Calendar
from coalition.services.notices import dates
from coalition.services.notices.dates import Reader
from coalition.services.people.tickets import fingerprint
from coalition.store.database import Database
from coalition.store.ground import audit, profile
from coalition.store.people import accounts, seats
from coalition.store.people import calendar_addresses as addresses
from coalition.words import speaking

BACK = timedelta(days=90)  # a calendar tells of what lies no further back
PUBLIC_BACK = timedelta(days=365)


class CalendarUnknown(NotFound):
    """No calendar lies at this address: it was renewed, taken away, or never was."""

    code = "calendar.unknown"


def give_address(db: Database, clock: Clock, *, actor: Actor | None) -> str:
    """Make one's secret calendar address and return its secret, which is told this once.

    An address one had opens no more; so a second click leaves one address, the one shown.

    Raises:
        SignInNeeded: nobody is signed in.

    Audited as: ``calendar.given``.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    secret = token_urlsafe(32)
    with db.writing() as conn:
        now = clock()
        addresses.give(conn, person.account_id, fingerprint(secret), at=now)
        audit.append(conn, person.label, "calendar.given", person.label, at=now)
    return secret


def take_address(db: Database, clock: Clock, *, actor: Actor | None) -> None:
    """Let one's secret calendar address open no more.

    Raises:
        SignInNeeded: nobody is signed in.

    Audited as: ``calendar.taken``, where there was one.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        if addresses.take(conn, person.account_id):
            audit.append(conn, person.label, "calendar.taken", person.label, at=now)


def address_made_at(db: Database, *, actor: Actor | None) -> datetime | None:
    """Return when one's address was made, or None.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        return addresses.made_at(conn, person.account_id)


def own(db: Database, *, secret: str, now: datetime, url: str) -> Calendar:
    """Return the calendar at a secret address, as its owner may see the table now.

    Raises:
        CalendarUnknown: there is none, or its owner's account is closed.
    """
    with db.reading() as conn:
        owner, table = addresses.owner(conn, fingerprint(secret)), profile.find(conn)
        if owner is None or table is None or not (account := accounts.get(conn, owner)).active:
            raise CalendarUnknown
        seat = seats.held(conn, owner, now) if account.role is Role.MEMBER else None
        reader = Reader(account.role, seat)
        with speaking(account.language):
            events = dates.seen(conn, reader, table.zone, since=now - BACK, now=now)
        origin = audit.birthmark(conn)
    language = account.language or "en"
    return Calendar(origin, url, table.name, table.zone, language, events)


def public(db: Database, *, now: datetime, url: str, language: str = "en") -> Calendar:
    """Return the calendar that everybody may read: published decisions and public meetings.

    A meeting that is public no more is called off in it.

    Raises:
        CalendarUnknown: there is no table yet.
    """
    since = now - PUBLIC_BACK
    with db.reading() as conn, speaking(language):
        table = profile.find(conn)
        if table is None:
            raise CalendarUnknown
        events = dates.seen(conn, Reader(), table.zone, since=since, now=now)
        events += dates.withdrawn(conn, table.zone, since=since)
        origin = audit.birthmark(conn)
    return Calendar(origin, url, table.name, table.zone, language, events)
