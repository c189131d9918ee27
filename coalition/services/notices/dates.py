"""The dates of the table as one reader may see them: one function for calendars and for the page.

A person's own are the rounds they may see and every meeting; the public's hold nothing that was
not published.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.moments import day_at, zone
from coalition.domain.ground.permissions import Actor, Role, SeatHeld
from coalition.domain.notices.feeds import Event
from coalition.domain.notices.meetings import Meeting, reads_all
from coalition.store.database import Connection, Database
from coalition.store.ground import profile
from coalition.store.notices import meetings, schedule
from coalition.store.notices.schedule import Close, Review
from coalition.words import t

RECENT = timedelta(days=30)  # what the page still tells of the past


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose dates they are.

    Args:
        role: None for the public.
    """

    role: Role | None = None
    seat: SeatHeld | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What lies ahead, the earliest first, and the recent past, the latest first."""

    ahead: tuple[Event, ...]
    past: tuple[Event, ...]


def agenda(db: Database, *, actor: Actor | None, now: datetime) -> Agenda:
    """Return the dates that a person, or the public, may see: what runs lies ahead still."""
    reader = Reader(actor.role, actor.seat) if actor else Reader()
    with db.reading() as conn:
        laid = profile.find(conn)
        here = laid.zone if laid else "UTC"
        found = seen(conn, reader, here, since=now - RECENT, now=now)
    found = tuple(sorted(found, key=_order))
    today = day_at(now, here)
    ahead = tuple(one for one in found if _is_ahead(one, now, today))
    return Agenda(ahead, tuple(one for one in reversed(found) if one not in ahead))


def seen(
    conn: Connection, reader: Reader, zone_name: str, *, since: datetime, now: datetime
) -> tuple[Event, ...]:
    """Return every date from an instant on that this reader may see, in the language spoken.

    Delegates have the rounds that have their organisation on the roll, conveners, observers
    and administrators every round, the public those whose result is published. Conveners have
    every review, the public those of published decisions. Whoever reads the table has every
    meeting, the public the public ones.
    """
    public = reader.role is None
    closes: tuple[Close, ...] = ()
    if reader.seat or reader.role is not Role.MEMBER:
        roll = reader.seat.organisation_id if reader.seat else None
        closes = schedule.closes(conn, since=since, organisation_id=roll, published=public)
    reviews: tuple[Review, ...] = ()
    if public or reader.role is Role.CONVENER:
        reviews = schedule.reviews(conn, since=since.date(), published=public)
    called = meetings.since(conn, since, public=not reads_all(reader.role))
    page = "positions" if public else "stance" if reader.seat else "proposal"
    return (
        *(_close(one, zone_name, page, now) for one in closes),
        *(_review(one, page, now) for one in reviews),
        *(_meeting(one, zone_name) for one in called),
    )


def withdrawn(conn: Connection, zone_name: str, *, since: datetime) -> tuple[Event, ...]:
    """Return the meetings that were public once, as calendars of the public drop them.

    They say when it was to be, which those calendars know, and nothing else: not what it is
    called, nor what has become of it.
    """
    return tuple(
        Event(
            uid=f"meeting-{number}",
            at=gone.begins_at.astimezone(zone(zone_name)),
            title=t("A meeting"),
            text=t("It is not on the public calendar any more."),
            screen="calendar",
            item=number,
            sequence=gone.sequence,
            changed_at=gone.at,
            cancelled=True,
        )
        for number, gone in meetings.withdrawn(conn, since).items()
    )


def _close(one: Close, zone_name: str, page: str, now: datetime) -> Event:
    title = t("{reference}: the round closes", reference=one.reference)
    if one.kind is RoundKind.SIGN_ON:
        title = t("{reference}: the sign-on closes", reference=one.reference)
    text = one.title
    if one.stopped:
        text = f"{text}\n{t('An objection has stopped the clock; there is no close just now.')}"
    return Event(
        uid=f"round-{one.round_id}",
        at=one.at.astimezone(zone(zone_name)),
        title=title,
        text=text,
        screen=page,
        item=one.proposal_id if page == "proposal" else one.round_id,
        sequence=one.changes,
        changed_at=min(one.changed_at, now),  # cancelled before it opens, it ends then
        cancelled=one.cancelled,
        stopped=one.stopped,
    )


def _review(one: Review, page: str, now: datetime) -> Event:
    return Event(
        uid=f"review-{one.round_id}",
        at=one.on,
        title=t("{reference}: review of the decision", reference=one.reference),
        text=one.title,
        screen=page,
        item=one.proposal_id if page == "proposal" else one.round_id,
        sequence=one.changes,
        changed_at=min(one.changed_at, now),
        cancelled=one.cancelled,
    )


def _meeting(one: Meeting, zone_name: str) -> Event:
    plan, here = one.plan, zone(zone_name)
    told = [
        t("Cancelled: {reason}", reason=one.reason) if one.cancelled else "",
        plan.about,
        t("Join by computer: {link}", link=plan.link) if plan.link else "",
    ]
    return Event(
        uid=f"meeting-{one.id}",
        at=plan.begins_at.astimezone(here),
        ends_at=plan.ends_at.astimezone(here),
        title=plan.title,
        text="\n".join(part for part in told if part),
        place=plan.place,
        screen="calendar",
        item=one.id,
        sequence=one.sequence,
        changed_at=one.changed_at,
        cancelled=one.cancelled,
    )


def _order(one: Event) -> tuple[date, bool, datetime]:
    """Order by day at the table, whole days first, then by the hour."""
    if isinstance(one.at, datetime):
        return one.at.date(), True, one.at.astimezone(UTC)
    return one.at, False, datetime.min.replace(tzinfo=UTC)


def _is_ahead(one: Event, now: datetime, today: date) -> bool:
    if isinstance(one.at, datetime):
        return (one.ends_at or one.at) > now
    return one.at >= today
