"""Who sits at the demonstration's table: invented organisations, delegates named by role."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Capacity, OrganisationId, Role, SeatHeld
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import OrganisationKind, Profile
from coalition.services.people import organisations, passwords, seats
from coalition.services.table.demonstration.content import Content, Seated
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.people import accounts

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
GROUPS, EACH = 4, 4  # 79 bits: beyond guessing, short enough to type


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demonstration and the password made for it at random."""

    role: str
    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class People:
    """Who acts in the story.

    Args:
        delegates: By organisation's key: the primary delegate, then an alternate.
        numbers: By organisation's key.
    """

    administrator: Actor
    conveners: tuple[Actor, ...]
    observer: Actor
    delegates: dict[str, tuple[Actor, ...]]
    numbers: dict[str, OrganisationId]


def logins(content: Content) -> tuple[Login, ...]:
    """Return every account to make; those of one role share a password made for this database.

    One a role, because a visitor tries several delegates; anyone may change their own.
    """
    chosen = {role.value: _password() for role in Role}
    return tuple(Login(role, name, email, chosen[role]) for role, name, email in _accounts(content))


def seat(
    db: Database,
    clock: Clock,
    content: Content,
    made: Sequence[Login],
    *,
    cost: int,
    today: date,
) -> People:
    """Make the accounts, bring the organisations to the table and fill their seats.

    Args:
        cost: bcrypt's.
        today: The day of loading; ``clock`` stands at the beginning of the story.
    """
    actors = _keep(db, clock, made, cost=cost)
    administrator = actors["administrator@table.example"]
    people = People(
        administrator=administrator,
        conveners=(actors["convener@table.example"], actors["second.convener@table.example"]),
        observer=actors["observer@table.example"],
        delegates={},
        numbers={},
    )
    for one in content.organisations:
        number = _bring(db, clock, administrator, one, today)
        people.numbers[one.key] = number
        people.delegates[one.key] = _appoint(db, clock, administrator, one, number, actors)
    return people


def welcome(db: Database, clock: Clock, by: Actor, told: Mapping[str, Any]) -> None:
    """Bring an organisation to the table that has no delegate yet."""
    profile = Profile(
        name=told["name"],
        short_name=told["short_name"],
        kind=OrganisationKind.PATIENT_MEMBER,
        votes=True,
        pillars=tuple(Pillar(pillar) for pillar in told["pillars"]),
        conditions=tuple(told["conditions"]),
        website=told["website"],
        since=clock().date(),
    )
    token = "demonstration:newcomer"  # noqa: S105 (of a form, not of a person)
    organisations.add_organisation(db, clock, actor=by, profile=profile, token=token)


def _accounts(content: Content) -> Iterator[tuple[str, str, str]]:
    yield Role.ADMINISTRATOR, "Administrator of the demonstration", "administrator@table.example"
    yield Role.CONVENER, "First convener", "convener@table.example"
    yield Role.CONVENER, "Second convener", "second.convener@table.example"
    yield Role.OBSERVER, "Observer", "observer@table.example"
    for one in content.organisations:
        yield Role.MEMBER, f"Delegate of {one.name}", _email(one, Capacity.PRIMARY)
        if one.alternate:
            yield Role.MEMBER, f"Alternate of {one.name}", _email(one, Capacity.ALTERNATE)


def _email(one: Seated, capacity: Capacity) -> str:
    who = "delegate" if capacity is Capacity.PRIMARY else "alternate"
    return f"{who}@{one.key}.example"


def _password() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(EACH)) for _ in range(GROUPS))
    return "-".join(groups)


def _keep(db: Database, clock: Clock, made: Sequence[Login], *, cost: int) -> dict[str, Actor]:
    """Keep the accounts; hashing is slow by design, so all processors take part."""
    distinct = tuple({one.password for one in made})
    with ThreadPoolExecutor() as pool:
        hashed = list(pool.map(lambda password: passwords.hashed(password, cost=cost), distinct))
    hashes = dict(zip(distinct, hashed, strict=True))
    actors: dict[str, Actor] = {}
    with db.writing() as conn:
        now = clock()
        for one in made:
            role = Role(one.role)
            number = accounts.add(
                conn,
                name=one.name,
                email=one.email,
                role=role,
                at=now,
                password_hash=hashes[one.password],
                sample=True,
            )
            subject, detail = f"account:{number}", {"role": role.value}
            audit.append(conn, "operator", "account.invited", subject, at=now, detail=detail)
            actors[one.email] = Actor(number, one.name, one.email, role)
    return actors


def _bring(db: Database, clock: Clock, by: Actor, one: Seated, today: date) -> OrganisationId:
    good = None if one.good_days is None else today + timedelta(days=one.good_days)
    kinds = (OrganisationKind.SUPPORTING_ORGANIZATION, OrganisationKind.PATIENT_MEMBER)
    profile = Profile(
        name=one.name,
        short_name=one.short_name,
        kind=kinds[one.votes],
        votes=one.votes,
        pillars=one.pillars,
        conditions=one.conditions,
        website=f"{one.key}.example",
        size=one.size,
        region=one.region,
        perspectives=one.perspectives,
        since=clock().date(),
        good_until=good,
        parent=one.parent,
    )
    token = f"demonstration:organisation:{one.key}"
    return organisations.add_organisation(db, clock, actor=by, profile=profile, token=token)


def _appoint(
    db: Database,
    clock: Clock,
    by: Actor,
    one: Seated,
    number: OrganisationId,
    actors: dict[str, Actor],
) -> tuple[Actor, ...]:
    capacities = tuple(Capacity)[: 2 if one.alternate else 1]
    seated: list[Actor] = []
    for rank, capacity in enumerate(capacities):
        actor = actors[_email(one, capacity)]
        seats.appoint(
            db,
            clock,
            actor=by,
            organisation_id=number,
            account_id=actor.account_id,
            rank=rank,
            token=f"demonstration:seat:{one.key}:{rank}",
        )
        held = SeatHeld(number, one.name, capacity)
        seated.append(Actor(actor.account_id, actor.name, actor.email, actor.role, held))
    return tuple(seated)
