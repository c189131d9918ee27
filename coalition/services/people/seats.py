"""Seats: appointing, ending, ordering; who sits where and which are empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    OrganisationId,
    Permission,
    require,
)
from coalition.domain.people import seats as rules
from coalition.domain.people.departures import require_there
from coalition.domain.people.seats import Candidate, Holding, SeatId, SeatsMoved, Vacancy, Window
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, tokens
from coalition.store.people import accounts, organisations
from coalition.store.people import seats as store


@dataclass(frozen=True, slots=True)
class Seats:
    """Who may act for one organisation.

    Args:
        holdings: Present and coming, by place.
        past: Ended ones, the latest first.
    """

    holdings: tuple[Holding, ...]
    past: tuple[Holding, ...]


def appoint(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    organisation_id: OrganisationId,
    account_id: AccountId,
    rank: int | None,
    from_at: datetime | None = None,
    to_at: datetime | None = None,
    token: str,
) -> SeatId:
    """Give a person a place of an organisation's seat.

    Args:
        rank: 0 for the delegate, from 1 for alternates; None for the place after the last.
        from_at, to_at: None for at once and for until further notice.

    Audited as ``seat.appointed``.

    Raises:
        PermissionMissing: only conveners and administrators.
        OrganisationNotFound, AccountNotFound.
        LeftAlready: the organisation is not at the table.
        HolderUnfit: not an active member's account.
        HolderSeated, RankTaken: the person or the place is taken in that time.
        RankUnknown, SeatBackdated, DatesCrossed.
    """
    person = require(actor, Permission.MANAGE_SEAT)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "seat.appoint"):
            return SeatId(int(done))
        require_there(organisations.get(conn, organisation_id))
        _require_fit(conn, account_id)
        window = Window(from_at or now, to_at)
        rules.require_window(window, now)
        place = _free_place(conn, organisation_id, account_id, rank, window)
        seat_id = store.add(
            conn, organisation_id=organisation_id, account_id=account_id, rank=place, window=window
        )
        detail = {"seat": seat_id, "account": account_id, "rank": place}
        _record(conn, person, "seat.appointed", organisation_id, now, **detail)
        tokens.keep(conn, token, "seat.appoint", str(seat_id), at=now)
    return seat_id


def end_seat(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    seat_id: SeatId,
    at: datetime | None = None,
    token: str,
) -> Window:
    """End a person's time in a seat, at once or at a coming instant; return its window.

    One that has not begun is called off. Ballots already cast stay. Audited as
    ``seat.ended``.

    Raises:
        PermissionMissing: only conveners and administrators.
        SeatNotFound, SeatEnded, SeatBackdated.
    """
    person = require(actor, Permission.MANAGE_SEAT)
    with db.writing() as conn:
        now = clock()
        holding = store.get(conn, seat_id)
        if tokens.find(conn, token, "seat.end"):
            return holding.window
        when = at or now
        if when < now:
            raise rules.SeatBackdated(field="to_at")
        window = rules.ending(holding.window, when)
        store.end(conn, seat_id, at=window.to_at or when)
        _record(
            conn,
            person,
            "seat.ended",
            holding.organisation_id,
            now,
            seat=seat_id,
            account=holding.account_id,
        )
        tokens.keep(conn, token, "seat.end", str(seat_id), at=now)
    return window


def reorder(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    organisation_id: OrganisationId,
    seat_ids: Sequence[SeatId],
    token: str,
) -> None:
    """Put an organisation's delegate and alternates in a new order, the delegate first.

    Audited as ``seat.reordered``.

    Raises:
        PermissionMissing: only conveners and administrators.
        SeatsMoved: ``seat_ids`` are not exactly the holdings there are now.
    """
    person = require(actor, Permission.MANAGE_SEAT)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "seat.reorder"):
            return
        there = store.list_unended(conn, now, organisation_id=organisation_id)
        if sorted(seat_ids) != sorted(holding.id for holding in there):
            raise SeatsMoved
        store.set_order(conn, seat_ids)
        _record(conn, person, "seat.reordered", organisation_id, now, seats=list(seat_ids))
        tokens.keep(conn, token, "seat.reorder", str(organisation_id), at=now)


def seat_holders(
    db: Database, *, actor: Actor | None, organisation_id: OrganisationId, now: datetime
) -> Seats:
    """Return who acts, will act and acted for an organisation.

    Raises:
        PermissionMissing: nobody outside the table reads names.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        return Seats(
            store.list_unended(conn, now, organisation_id=organisation_id),
            store.list_past(conn, now, organisation_id),
        )


def vacancies(db: Database, *, actor: Actor | None, now: datetime) -> tuple[Vacancy, ...]:
    """Return the active organisations with a vote for which no delegate acts now.

    Raises:
        PermissionMissing: only conveners and administrators.
    """
    require(actor, Permission.MANAGE_SEAT)
    with db.reading() as conn:
        return store.list_vacancies(conn, now)


def candidates(db: Database, *, actor: Actor | None, now: datetime) -> tuple[Candidate, ...]:
    """Return the members' accounts without a seat, who may be appointed.

    Raises:
        PermissionMissing: only conveners and administrators.
    """
    require(actor, Permission.MANAGE_SEAT)
    with db.reading() as conn:
        return store.list_candidates(conn, now)


def _require_fit(conn: Connection, account_id: AccountId) -> None:
    holder = accounts.get(conn, account_id)
    rules.require_fit(holder.role, is_active=holder.active)


def _free_place(
    conn: Connection,
    organisation_id: OrganisationId,
    account_id: AccountId,
    rank: int | None,
    window: Window,
) -> int:
    """Return the place a person can have in ``window``; None asks for the one after the last."""
    near = store.list_touching(
        conn, window.from_at, organisation_id=organisation_id, account_id=account_id
    )
    ours = [holding for holding in near if holding.organisation_id == organisation_id]
    place = rules.require_rank(rules.next_rank(ours) if rank is None else rank)
    rules.require_free(
        near,
        account_id=account_id,
        organisation_id=organisation_id,
        rank=place,
        window=window,
    )
    return place


def _record(
    conn: Connection,
    person: Actor,
    action: str,
    organisation_id: OrganisationId,
    now: datetime,
    **detail: object,
) -> None:
    subject = f"organisation:{organisation_id}"
    audit.append(conn, person.label, action, subject, at=now, detail=detail)
