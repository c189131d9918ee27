"""Organisations and their former names, in and out of the tables."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from coalition.domain.ground import text
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.perspectives import in_order
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import (
    Organisation,
    OrganisationKind,
    OrganisationNameTaken,
    OrganisationNotFound,
    OrganisationSize,
    OrganisationStatus,
    Profile,
    Region,
)
from coalition.store.schema import former_name as former_names
from coalition.store.schema import organisation as organisations

_SUCCESSOR = organisations.alias("successor")
_SELECT = select(organisations, _SUCCESSOR.c.name.label("successor")).outerjoin(
    _SUCCESSOR, _SUCCESSOR.c.id == organisations.c.merged_into
)
_NAMES = select(organisations.c.id, organisations.c.name).order_by(organisations.c.name_key)
_NAMES_OF = _NAMES.where(organisations.c.id.in_(bindparam("ids", expanding=True)))
_FIRST_OF = _NAMES_OF.limit(1)
FEW = 50  # organisations whose former names are asked for one by one, not all at once


def add(
    conn: Connection,
    profile: Profile,
    *,
    at: datetime,
    status: OrganisationStatus = OrganisationStatus.ACTIVE,
    import_id: str | None = None,
    sample: bool = False,
) -> OrganisationId:
    """Store a new organisation and return its id."""
    added = conn.execute(
        insert(organisations).returning(organisations.c.id),
        _columns(profile)
        | {"status": status, "import_id": import_id, "created_at": at, "sample": sample},
    )
    organisation_id = OrganisationId(added.scalar_one())
    _put_former(conn, organisation_id, profile.former_names)
    return organisation_id


def save(conn: Connection, organisation_id: OrganisationId, profile: Profile) -> None:
    """Store what is now said of an organisation."""
    conn.execute(
        update(organisations).where(organisations.c.id == organisation_id).values(_columns(profile))
    )
    conn.execute(delete(former_names).where(former_names.c.organisation_id == organisation_id))
    _put_former(conn, organisation_id, profile.former_names)


def set_status(
    conn: Connection,
    organisation_id: OrganisationId,
    status: OrganisationStatus,
    *,
    merged_into: OrganisationId | None = None,
) -> None:
    """Store whether an organisation takes part, and which one it merged into."""
    conn.execute(
        update(organisations)
        .where(organisations.c.id == organisation_id)
        .values(status=status, merged_into=merged_into)
    )


def get(conn: Connection, organisation_id: OrganisationId) -> Organisation:
    """Return one organisation.

    Raises:
        OrganisationNotFound: there is none.
    """
    found = _several(conn, _SELECT.where(organisations.c.id == organisation_id))
    if not found:
        raise OrganisationNotFound
    return found[0]


def list_all(
    conn: Connection, *, with_left: bool = True, limit: int | None = None, offset: int = 0
) -> tuple[Organisation, ...]:
    """Return the organisations in alphabetical order, in two queries however many there are."""
    query = _SELECT.where(_there(with_left=with_left))
    return _several(conn, query.order_by(organisations.c.name_key).limit(limit).offset(offset))


def count(conn: Connection, *, with_left: bool = True) -> int:
    """Return how many organisations there are."""
    return (
        conn.scalar(select(func.count(organisations.c.id)).where(_there(with_left=with_left))) or 0
    )


def list_names(conn: Connection) -> tuple[tuple[OrganisationId, str], ...]:
    """Return number and name of every organisation, in alphabetical order."""
    query = select(organisations.c.id, organisations.c.name).order_by(organisations.c.name_key)
    return tuple((OrganisationId(row.id), row.name) for row in conn.execute(query))


def by_import_id(conn: Connection) -> dict[str, Organisation]:
    """Return every organisation that came from a file, by the id of its row."""
    found = _several(conn, _SELECT.where(organisations.c.import_id.is_not(None)))
    return {one.import_id: one for one in found if one.import_id is not None}


def names(conn: Connection) -> dict[OrganisationId, str]:
    """Return the name of every organisation by its id, in alphabetical order."""
    return {OrganisationId(one): name for one, name in conn.execute(_NAMES).all()}


def names_of(conn: Connection, ids: Collection[OrganisationId]) -> dict[OrganisationId, str]:
    """Return the names of these organisations by their ids, in alphabetical order."""
    asked = conn.execute(_NAMES_OF, {"ids": list(ids)}) if ids else ()
    return {OrganisationId(one): name for one, name in asked}


def first_of(
    conn: Connection, ids: Collection[OrganisationId]
) -> tuple[OrganisationId, str] | None:
    """Return the first of these organisations by name, with its name; None where there is none."""
    row = conn.execute(_FIRST_OF, {"ids": list(ids)}).first() if ids else None
    return (OrganisationId(row.id), row.name) if row else None


def names_taken(conn: Connection) -> dict[str, OrganisationId]:
    """Return every present and former name, as a key, with whose it is."""
    former = conn.execute(select(former_names.c.name_key, former_names.c.organisation_id))
    present = conn.execute(select(organisations.c.name_key, organisations.c.id))
    taken = {row.name_key: OrganisationId(row.organisation_id) for row in former}
    return taken | {row.name_key: OrganisationId(row.id) for row in present}


def require_free(
    conn: Connection, names: Iterable[str], *, but: OrganisationId | None = None
) -> None:
    """Stop if another organisation has one of these names, or had it.

    Raises:
        OrganisationNameTaken: with the name.
    """
    by_key = {text.key(name): name for name in names}
    keys = list(by_key)
    present = select(organisations.c.name_key, organisations.c.id).where(
        organisations.c.name_key.in_(keys)
    )
    former = select(former_names.c.name_key, former_names.c.organisation_id).where(
        former_names.c.name_key.in_(keys)
    )
    for key, owner in [*conn.execute(present), *conn.execute(former)]:
        if owner != but:
            raise OrganisationNameTaken(field="name", name=by_key[key])


def conditions(conn: Connection) -> set[str]:
    """Return every condition an organisation that has not left speaks for, as it was written."""
    query = select(organisations.c.conditions).where(_there(with_left=False))
    return {one for row in conn.scalars(query) for one in row}


def of_parent(conn: Connection, this: Organisation) -> tuple[str, ...]:
    """Return the names of the other organisations of the same parent, in alphabetical order."""
    parent = text.key(this.profile.parent)
    if not parent:
        return ()
    query = select(organisations.c.name).where(
        organisations.c.parent_key == parent, organisations.c.id != this.id, _there(with_left=False)
    )
    return tuple(conn.scalars(query.order_by(organisations.c.name_key)))


def count_lapsed(conn: Connection, day: date) -> int:
    """Return how many active organisations are past the day their standing was good until."""
    query = select(func.count()).where(
        organisations.c.status == OrganisationStatus.ACTIVE, organisations.c.good_until < day
    )
    return conn.scalar(query) or 0


def voting_ids(conn: Connection) -> tuple[OrganisationId, ...]:
    """Return who would stand on the roll of a round opened now, in alphabetical order."""
    ids = conn.scalars(
        select(organisations.c.id)
        .where(organisations.c.votes, organisations.c.status == OrganisationStatus.ACTIVE)
        .order_by(organisations.c.name_key)
    )
    return tuple(OrganisationId(organisation_id) for organisation_id in ids)


def _there(*, with_left: bool) -> ColumnElement[bool]:
    return true() if with_left else organisations.c.status != OrganisationStatus.LEFT


def _several(conn: Connection, query: Select[Any]) -> tuple[Organisation, ...]:
    rows = conn.execute(query).all()
    former: dict[int, list[str]] = {}
    ids = {row.id for row in rows}
    of_these = former_names.c.organisation_id.in_(ids) if len(ids) <= FEW else true()
    names = select(former_names).where(of_these).order_by(former_names.c.id)
    for row in conn.execute(names) if ids else ():
        former.setdefault(row.organisation_id, []).append(row.name)
    return tuple(_organisation(row, former.get(row.id, [])) for row in rows)


def _organisation(row: Row[Any], former: list[str]) -> Organisation:
    profile = Profile(
        name=row.name,
        short_name=row.short_name,
        kind=OrganisationKind(row.kind),
        votes=row.votes,
        pillars=tuple(Pillar(pillar) for pillar in row.pillars),
        conditions=tuple(row.conditions),
        website=row.website,
        since=row.since,
        former_names=tuple(former),
        size=OrganisationSize(row.size) if row.size else None,
        region=Region(row.region) if row.region else None,
        perspectives=in_order(row.perspectives),
        good_until=row.good_until,
        dues_tier=row.dues_tier,
        parent=row.parent,
    )
    status = OrganisationStatus(row.status)
    return Organisation(OrganisationId(row.id), profile, status, row.import_id, row.successor or "")


def _columns(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "name_key": text.key(profile.name),
        "short_name": profile.short_name,
        "kind": profile.kind,
        "votes": profile.votes,
        "pillars": [str(pillar) for pillar in profile.pillars],
        "conditions": list(profile.conditions),
        "website": profile.website,
        "since": profile.since,
        "size": profile.size or "",
        "region": profile.region or "",
        "perspectives": [str(one) for one in profile.perspectives],
        "good_until": profile.good_until,
        "dues_tier": profile.dues_tier,
        "parent": profile.parent,
        "parent_key": text.key(profile.parent),
    }


def _put_former(conn: Connection, organisation_id: OrganisationId, names: tuple[str, ...]) -> None:
    if names:
        conn.execute(
            insert(former_names),
            [
                {"organisation_id": organisation_id, "name": name, "name_key": text.key(name)}
                for name in names
            ],
        )
