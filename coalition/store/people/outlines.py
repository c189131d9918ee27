"""Organisations in outline: no more of each than what many of them at once are asked for."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, Text, cast, select

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

_ONE = organisations.c
_OUTLINES = select(
    _ONE.id, _ONE.name, _ONE.short_name, _ONE.kind, _ONE.votes, _ONE.status, _ONE.size,
    _ONE.region, cast(_ONE.conditions, Text),
).order_by(_ONE.name_key)  # fmt: skip


def outlines(conn: Connection) -> tuple[Organisation, ...]:
    """Return the organisations with what groups them and no more of their profiles, by name."""
    return tuple(
        Organisation(
            OrganisationId(number),
            Profile(
                name,
                short_name,
                OrganisationKind(kind),
                votes,
                conditions=_conditions(written),
                size=OrganisationSize(size) if size else None,
                region=Region(region) if region else None,
            ),
            OrganisationStatus(status),
        )
        for number, name, short_name, kind, votes, status, size, region, written in conn.execute(
            _OUTLINES
        ).all()
    )


@lru_cache(maxsize=1_024)
def _conditions(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


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
