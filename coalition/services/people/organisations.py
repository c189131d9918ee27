"""Organisations: adding, editing, pausing, and the directory."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    Actor,
    OrganisationId,
    Permission,
    may,
    require,
)
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.departures import LeavingUnsaid
from coalition.domain.people.interests import Interest
from coalition.domain.people.organisations import (
    Organisation,
    OrganisationStatus,
    Profile,
    renamed,
)
from coalition.domain.people.seats import Holding
from coalition.services.people.interests import today
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, tokens
from coalition.store.people import interests, seats
from coalition.store.people import organisations as store

PAGE = 40  # organisations on one page of the directory


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation of the directory.

    Args:
        holders: Who acts for it now, delegate first; None for a reader who is
            not signed in, so that nobody mistakes it for an empty seat.
        interests: What it has declared and not ended, for who is signed in.
    """

    organisation: Organisation
    holders: tuple[Holding, ...] | None
    interests: tuple[Interest, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """One page of the directory, and how many organisations it has in all."""

    listed: tuple[Listed, ...]
    total: int


def add_organisation(
    db: Database, clock: Clock, *, actor: Actor | None, profile: Profile, token: str
) -> OrganisationId:
    """Bring an organisation to the table; it is on the roll of rounds opened from now on.

    Audited as ``organisation.added``.

    Raises:
        PermissionMissing: only conveners and administrators.
        OrganisationNameTaken: another one has or had this name.
        Invalid, ConvenerHasNoVote: as ``Profile.checked``.
    """
    person = require(actor, Permission.EDIT_ORGANISATION)
    clean = profile.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "organisation.add"):
            return OrganisationId(int(done))
        store.require_free(conn, (clean.name, *clean.former_names))
        organisation_id = store.add(conn, clean, at=now)
        audit.append(
            conn,
            person.label,
            "organisation.added",
            f"organisation:{organisation_id}",
            at=now,
            detail={"kind": clean.kind, "votes": clean.votes},
        )
        tokens.keep(conn, token, "organisation.add", str(organisation_id), at=now)
    return organisation_id


def edit_organisation(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    organisation_id: OrganisationId,
    profile: Profile,
    token: str,
) -> Organisation:
    """Change what is said of an organisation; a new name keeps the old one findable.

    Rolls of rounds already opened stay as they are. Audited as ``organisation.edited``.

    Raises:
        PermissionMissing: only conveners and administrators.
        OrganisationNotFound, OrganisationNameTaken.
        Invalid, ConvenerHasNoVote: as ``Profile.checked``.
    """
    person = require(actor, Permission.EDIT_ORGANISATION)
    with db.writing() as conn:
        now = clock()
        before = store.get(conn, organisation_id)
        if tokens.find(conn, token, "organisation.edit"):
            return before
        clean = renamed(before.profile, profile.checked()).checked()
        store.require_free(conn, (clean.name, *clean.former_names), but=organisation_id)
        store.save(conn, organisation_id, clean)
        audit.append(
            conn,
            person.label,
            "organisation.edited",
            f"organisation:{organisation_id}",
            at=now,
            detail={
                "kind": clean.kind,
                "votes": clean.votes,
                "renamed": clean.name != before.name,
            },
        )
        tokens.keep(conn, token, "organisation.edit", str(organisation_id), at=now)
        return store.get(conn, organisation_id)


def set_status(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    organisation_id: OrganisationId,
    status: OrganisationStatus,
    token: str,
) -> None:
    """Pause an organisation, or take it up again, also one that had left.

    Rounds already opened keep it on their roll. Setting what is so already changes
    nothing and leaves no trace. Audited as ``organisation.status_set``.

    Raises:
        PermissionMissing: only conveners and administrators.
        LeavingUnsaid: leaving is ``departures.leave``.
        OrganisationNotFound: there is none.
    """
    person = require(actor, Permission.EDIT_ORGANISATION)
    if status is OrganisationStatus.LEFT:
        raise LeavingUnsaid(field="status")
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "organisation.set_status"):
            return
        if store.get(conn, organisation_id).status is status:
            return
        store.set_status(conn, organisation_id, status)
        audit.append(
            conn,
            person.label,
            "organisation.status_set",
            f"organisation:{organisation_id}",
            at=now,
            detail={"status": status},
        )
        tokens.keep(conn, token, "organisation.set_status", str(organisation_id), at=now)


def directory(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    search: str = "",
    pillar: Pillar | None = None,
) -> tuple[Listed, ...]:
    """Return the organisations that ``search`` finds, in alphabetical order.

    Present, short and former names and conditions are searched. Everybody may read
    it; organisations that left, and who holds a seat, only those who are signed in.
    """
    inside = may(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        found = _found(conn, search, pillar, inside=inside)
        return _listed(conn, found, now, inside=inside)


def directory_page(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    search: str = "",
    pillar: Pillar | None = None,
    page: int = 1,
) -> DirectoryPage:
    """Return one page of the directory and how many organisations it has in all.

    Who may read what is as in ``directory``.
    """
    inside = may(actor, Permission.READ_TABLE)
    first = (page - 1) * PAGE
    with db.reading() as conn:
        if text.key(search) or pillar:
            found = _found(conn, search, pillar, inside=inside)
            total, shown = len(found), found[first : first + PAGE]
        else:
            total = store.count(conn, with_left=inside)
            shown = store.list_all(conn, with_left=inside, limit=PAGE, offset=first)
        return DirectoryPage(_listed(conn, shown, now, inside=inside), total)


def list_names(db: Database, *, actor: Actor | None) -> tuple[tuple[OrganisationId, str], ...]:
    """Return number and name of every organisation, for a person who is signed in.

    Raises:
        SignInNeeded: nobody is.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        return store.list_names(conn)


def read(db: Database, *, actor: Actor | None, organisation_id: OrganisationId) -> Organisation:
    """Return one organisation, for a person who is signed in.

    Raises:
        PermissionMissing, OrganisationNotFound.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        return store.get(conn, organisation_id)


def _found(
    conn: Connection, search: str, pillar: Pillar | None, *, inside: bool
) -> tuple[Organisation, ...]:
    return tuple(
        one
        for one in store.list_all(conn, with_left=inside)
        if one.matches(search) and (pillar is None or pillar in one.profile.pillars)
    )


def _listed(
    conn: Connection, found: tuple[Organisation, ...], now: datetime, *, inside: bool
) -> tuple[Listed, ...]:
    if not inside:
        return tuple(Listed(one, None) for one in found)
    ids = [one.id for one in found]
    acting: dict[OrganisationId, list[Holding]] = {}
    for holding in seats.list_acting(conn, now, ids):
        acting.setdefault(holding.organisation_id, []).append(holding)
    declared: dict[OrganisationId, list[Interest]] = {}
    day = today(conn, now)
    for interest in interests.of_organisations(conn, *ids):
        if not interest.ends_by(day):
            declared.setdefault(interest.organisation_id, []).append(interest)
    return tuple(
        Listed(one, tuple(acting.get(one.id, ())), tuple(declared.get(one.id, ()))) for one in found
    )
