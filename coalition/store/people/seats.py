"""Who holds which place of an organisation's seat, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from coalition.domain.ground.permissions import (
    AccountId,
    OrganisationId,
    Role,
    SeatHeld,
)
from coalition.domain.people.organisations import OrganisationStatus
from coalition.domain.people.seats import (
    PRIMARY,
    Candidate,
    Holding,
    SeatId,
    SeatNotFound,
    Vacancy,
    Window,
    capacity,
)
from coalition.store.people.absences import away
from coalition.store.schema import UtcDateTime
from coalition.store.schema import account as accounts
from coalition.store.schema import organisation as organisations
from coalition.store.schema import seat as seats

Instant = datetime | BindParameter[datetime]
FEW = 50  # organisations whose seats are asked for one by one, not all at once
_ASIDE = 1_000  # added to ranks while an order is rewritten: no two seats share a rank meanwhile

# Built once: building a statement costs more than running it.
_HELD = (
    select(seats.c.organisation_id, seats.c.rank, organisations.c.name)
    .join(organisations, organisations.c.id == seats.c.organisation_id)
    .where(
        seats.c.account_id == bindparam("account_id"),
        seats.c.from_at <= bindparam("now", type_=UtcDateTime),
        or_(seats.c.to_at.is_(None), seats.c.to_at > bindparam("now", type_=UtcDateTime)),
    )
)


def add(
    conn: Connection,
    *,
    organisation_id: OrganisationId,
    account_id: AccountId,
    rank: int,
    window: Window,
) -> SeatId:
    """Store a holding and return its id."""
    added = conn.execute(
        insert(seats).returning(seats.c.id),
        {
            "organisation_id": organisation_id,
            "account_id": account_id,
            "rank": rank,
            "from_at": window.from_at,
            "to_at": window.to_at,
        },
    )
    return SeatId(added.scalar_one())


def end(conn: Connection, seat_id: SeatId, *, at: datetime) -> None:
    """Store when a holding ends."""
    conn.execute(update(seats).where(seats.c.id == seat_id).values(to_at=at))


def set_order(conn: Connection, seat_ids: Sequence[SeatId]) -> None:
    """Store the places of an organisation's holdings in the order given."""
    conn.execute(update(seats).where(seats.c.id.in_(seat_ids)).values(rank=seats.c.rank + _ASIDE))
    for rank, seat_id in enumerate(seat_ids):
        conn.execute(update(seats).where(seats.c.id == seat_id).values(rank=rank))


def held(conn: Connection, account_id: AccountId, now: datetime) -> SeatHeld | None:
    """Return the seat a person may act for at ``now``, or None."""
    row = conn.execute(_HELD, {"account_id": account_id, "now": now}).first()
    if row is None:
        return None
    return SeatHeld(OrganisationId(row.organisation_id), row.name, capacity(row.rank))


def get(conn: Connection, seat_id: SeatId) -> Holding:
    """Return one holding.

    Raises:
        SeatNotFound: there is none.
    """
    row = conn.execute(_holdings().where(seats.c.id == seat_id)).first()
    if row is None:
        raise SeatNotFound
    return _holding(row)


def list_unended(
    conn: Connection, now: datetime, *, organisation_id: OrganisationId | None = None
) -> tuple[Holding, ...]:
    """Return the holdings that are or will be, by organisation, place and beginning."""
    query = _holdings().where(_unended(now))
    if organisation_id is not None:
        query = query.where(seats.c.organisation_id == organisation_id)
    rows = conn.execute(query.order_by(seats.c.organisation_id, seats.c.rank, seats.c.from_at))
    return tuple(_holding(row) for row in rows)


def list_acting(
    conn: Connection, now: datetime, organisation_ids: Collection[OrganisationId]
) -> tuple[Holding, ...]:
    """Return who can act for these organisations now, by place."""
    query = _holdings().where(_current(now), _able())
    if len(organisation_ids) <= FEW:
        query = query.where(seats.c.organisation_id.in_(organisation_ids))
    rows = conn.execute(query.order_by(seats.c.organisation_id, seats.c.rank))
    return tuple(_holding(row) for row in rows)


def list_past(
    conn: Connection, now: datetime, organisation_id: OrganisationId
) -> tuple[Holding, ...]:
    """Return who held an organisation's seat before, the latest first."""
    rows = conn.execute(
        _holdings()
        .where(
            seats.c.organisation_id == organisation_id,
            seats.c.to_at <= now,
            seats.c.to_at > seats.c.from_at,
        )
        .order_by(seats.c.to_at.desc(), seats.c.rank)
        .limit(50)
    )
    return tuple(_holding(row) for row in rows)


def list_touching(
    conn: Connection, now: datetime, *, organisation_id: OrganisationId, account_id: AccountId
) -> tuple[Holding, ...]:
    """Return the holdings, present or coming, of an organisation or of a person."""
    rows = conn.execute(
        _holdings().where(
            _unended(now),
            or_(seats.c.organisation_id == organisation_id, seats.c.account_id == account_id),
        )
    )
    return tuple(_holding(row) for row in rows)


def list_vacancies(conn: Connection, now: datetime) -> tuple[Vacancy, ...]:
    """Return the active organisations with a vote that have no delegate who can act now.

    Those whose every delegate and alternate is away are among them.
    """
    rows = conn.execute(
        select(
            organisations.c.id,
            organisations.c.name,
            _there(now, seats.c.rank > PRIMARY).label("has_alternate"),
            _acting(now, seats.c.rank >= PRIMARY).label("all_away"),
        )
        .where(
            organisations.c.votes,
            organisations.c.status == OrganisationStatus.ACTIVE,
            or_(
                ~_acting(now, seats.c.rank == PRIMARY),
                ~_there(now, seats.c.rank >= PRIMARY),
            ),
        )
        .order_by(organisations.c.name_key)
    )
    return tuple(
        Vacancy(
            OrganisationId(row.id),
            row.name,
            bool(row.has_alternate),
            all_away=bool(row.all_away and not row.has_alternate),
        )
        for row in rows
    )


def covered(conn: Connection, now: datetime) -> dict[OrganisationId, tuple[bool, bool]]:
    """Return, by active organisation with a vote, whether a delegate and an alternate can act."""
    rows = conn.execute(_COVERED, {"now": now}).all()
    return {OrganisationId(one): (bool(primary), bool(other)) for one, primary, other in rows}


def list_candidates(conn: Connection, now: datetime) -> tuple[Candidate, ...]:
    """Return the members' accounts that hold no seat, now or later, by name."""
    seated = exists().where(seats.c.account_id == accounts.c.id, _unended(now))
    rows = conn.execute(
        select(accounts.c.id, accounts.c.name, accounts.c.email)
        .where(_able(), ~seated)
        .order_by(accounts.c.name, accounts.c.id)
    )
    return tuple(Candidate(AccountId(row.id), row.name, row.email) for row in rows)


def _current(now: Instant) -> ColumnElement[bool]:
    return and_(seats.c.from_at <= now, _not_over(now))


def _not_over(now: Instant) -> ColumnElement[bool]:
    return or_(seats.c.to_at.is_(None), seats.c.to_at > now)


def _unended(now: datetime) -> ColumnElement[bool]:
    never_was = and_(seats.c.to_at.is_not(None), seats.c.to_at <= seats.c.from_at)
    return and_(_not_over(now), ~never_was)


def _able() -> ColumnElement[bool]:
    return and_(accounts.c.active, accounts.c.role == Role.MEMBER, accounts.c.erased_at.is_(None))


def _acting(now: datetime, place: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        seats.c.organisation_id == organisations.c.id,
        accounts.c.id == seats.c.account_id,
        _current(now),
        _able(),
        place,
    )


def _there(now: datetime, place: ColumnElement[bool]) -> ColumnElement[bool]:
    return _acting(now, and_(place, ~away(seats.c.account_id, now)))


def _holdings() -> Select[Any]:
    return select(seats, accounts.c.name.label("holder"), _able().label("is_able")).join(
        accounts, accounts.c.id == seats.c.account_id
    )


def _holding(row: Row[Any]) -> Holding:
    return Holding(
        id=SeatId(row.id),
        organisation_id=OrganisationId(row.organisation_id),
        account_id=AccountId(row.account_id),
        holder=row.holder,
        rank=row.rank,
        window=Window(row.from_at, row.to_at),
        is_able=bool(row.is_able),
    )


_ABLE_HOLDERS = seats.join(accounts, and_(accounts.c.id == seats.c.account_id, _able()))
_COVERED = (  # one walk over the seats; asked of each organisation in turn it takes thrice as long
    select(
        organisations.c.id,
        func.max(case((seats.c.rank == PRIMARY, 1), else_=0)),
        func.max(case((seats.c.rank > PRIMARY, 1), else_=0)),
    )
    .select_from(
        organisations.outerjoin(
            _ABLE_HOLDERS,
            and_(seats.c.organisation_id == organisations.c.id, _current(bindparam("now"))),
        )
    )
    .where(organisations.c.votes, organisations.c.status == OrganisationStatus.ACTIVE)
    .group_by(organisations.c.id)
)
