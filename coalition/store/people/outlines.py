"""Organisations in outline: no more of each than what many of them at once are asked for."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from coalition.domain.ground import text
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.people.organisations import (
    Organisation,
    OrganisationKind,
    OrganisationSize,
    OrganisationStatus,
    Profile,
    Region,
)
from coalition.store.schema import former_name as former_names
from coalition.store.schema import organisation as organisations


def outlines(conn: Connection) -> tuple[Organisation, ...]:
    """Return the organisations with what groups them and no more of their profiles, by name."""
    one = organisations.c
    query = select(
        one.id, one.name, one.short_name, one.kind, one.votes, one.status, one.size, one.region,
        one.conditions,
    )  # fmt: skip
    return tuple(
        Organisation(
            OrganisationId(row.id),
            Profile(
                row.name,
                row.short_name,
                OrganisationKind(row.kind),
                row.votes,
                conditions=tuple(row.conditions),
                size=OrganisationSize(row.size) if row.size else None,
                region=Region(row.region) if row.region else None,
            ),
            OrganisationStatus(row.status),
        )
        for row in conn.execute(query.order_by(one.name_key)).all()
    )


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What an organisation can be recognised by: every name it has or had, as keys; its site."""

    name: str
    keys: frozenset[str]
    website: str


def known_as(conn: Connection) -> tuple[KnownAs, ...]:
    """Return what each organisation can be recognised by, in alphabetical order."""
    former: dict[int, list[str]] = {}
    for owner, key in conn.execute(select(former_names.c.organisation_id, former_names.c.name_key)):
        former.setdefault(owner, []).append(key)
    one = organisations.c
    query = select(one.id, one.name, one.name_key, one.short_name, one.website)
    return tuple(
        KnownAs(name, frozenset((key, text.key(short), *former.get(number, ()))), website)
        for number, name, key, short, website in conn.execute(query.order_by(one.name_key)).all()
    )
