"""Calendars by address: one's own at a secret one, the public's at a known one.

What a calendar tells passes the same sight as a page: a person's own holds the rounds they may
see, the public's holds nothing that was not published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.errors import NotFound
from coalition.domain.ground.moments import Clock, zone
from coalition.domain.ground.permissions import Actor, Permission, Role, require
from coalition.domain.ground.profile import TableProfile
from coalition.domain.notices.feeds import Calendar, Event
from coalition.services.people.tickets import fingerprint
from coalition.store.database import Database
from coalition.store.ground import audit, profile
from coalition.store.notices import schedule
from coalition.store.notices.schedule import Close, Review
from coalition.store.people import accounts, seats
from coalition.store.people import calendar_addresses as addresses
from coalition.words import speaking, t

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

    Delegates have the rounds that have their organisation on the roll, conveners, observers
    and administrators every round; conveners have the reviews as well.

    Raises:
        CalendarUnknown: there is none, or its owner's account is closed.
    """
    with db.reading() as conn:
        owner, table = addresses.owner(conn, fingerprint(secret)), profile.find(conn)
        if owner is None or table is None or not (account := accounts.get(conn, owner)).active:
            raise CalendarUnknown
        seat = seats.held(conn, owner, now) if account.role is Role.MEMBER else None
        if account.role is Role.MEMBER and seat is None:
            closes: tuple[Close, ...] = ()
        else:
            roll = seat.organisation_id if seat else None
            closes = schedule.closes(conn, since=now - BACK, organisation_id=roll)
        reviews: tuple[Review, ...] = ()
        if account.role is Role.CONVENER:
            reviews = schedule.reviews(conn, since=(now - BACK).date())
    with speaking(account.language):
        pages = _Pages(url, "stance" if seat else "proposal", now)
        return _calendar(table, account.language, closes, reviews, pages)


def public(db: Database, *, now: datetime, url: str, language: str = "en") -> Calendar:
    """Return the calendar that everybody may read: of published decisions alone.

    Raises:
        CalendarUnknown: there is no table yet.
    """
    with db.reading() as conn:
        table = profile.find(conn)
        if table is None:
            raise CalendarUnknown
        since = now - PUBLIC_BACK
        closes = schedule.closes(conn, since=since, published=True)
        reviews = schedule.reviews(conn, since=since.date(), published=True)
    with speaking(language):
        return _calendar(table, language, closes, reviews, _Pages(url, "positions", now))


@dataclass(frozen=True, slots=True)
class _Pages:
    """Where the events of one reader lead, and at what hour they are told.

    Args:
        page: The screen of a round: stance, proposal or positions.
    """

    url: str
    page: str
    now: datetime

    def of(self, one: Close) -> str:
        number = one.proposal_id if self.page == "proposal" else one.round_id
        return f"{self.url}/{self.page}?id={number}"


def _calendar(
    table: TableProfile,
    language: str,
    closes: Iterable[Close],
    reviews: Iterable[Review],
    pages: _Pages,
) -> Calendar:
    events = [_close(one, table, pages) for one in closes]
    events += [_review(one, pages) for one in reviews]
    return Calendar(table.name, table.zone, language or "en", tuple(events))


def _close(one: Close, table: TableProfile, pages: _Pages) -> Event:
    title = t("{reference}: the round closes", reference=one.reference)
    if one.kind is RoundKind.SIGN_ON:
        title = t("{reference}: the sign-on closes", reference=one.reference)
    text = one.title
    if one.stopped:
        text = f"{text}\n{t('An objection has stopped the clock; there is no close just now.')}"
    return Event(
        uid=f"round-{one.round_id}",
        at=one.at.astimezone(zone(table.zone)),
        title=title,
        text=text,
        link=pages.of(one),
        sequence=one.changes,
        changed_at=min(one.changed_at, pages.now),  # cancelled before it opens, it ends then
        cancelled=one.cancelled or one.stopped,
    )


def _review(one: Review, pages: _Pages) -> Event:
    return Event(
        uid=f"review-{one.round_id}",
        at=one.on,
        title=t("{reference}: review of the decision", reference=one.reference),
        text=one.title,
        link=f"{pages.url}/positions?id={one.round_id}",
        sequence=one.changes,
        changed_at=min(one.changed_at, pages.now),
        cancelled=one.cancelled,
    )
