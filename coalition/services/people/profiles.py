"""What an organisation says of itself, by whoever acts for it, and how it stands."""

from datetime import datetime

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people.organisations import NoSeat, Organisation, Profile, own_words
from coalition.services.people.interests import today
from coalition.store.database import Database
from coalition.store.ground import audit, tokens
from coalition.store.people import organisations as store
from coalition.store.people import seats


def describe(
    db: Database, clock: Clock, *, actor: Actor | None, profile: Profile, token: str
) -> Organisation:
    """Change what one's own organisation says of itself, and nothing else of it.

    Name, class, vote, standing, dues and parent stay as the table keeps them, whatever
    ``profile`` says. Audited as ``organisation.described``.

    Raises:
        PermissionMissing: only who may hold a seat.
        NoSeat: one holds none now.
        Invalid: as ``Profile.checked``.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        seat = seats.held(conn, person.account_id, now)
        if seat is None:
            raise NoSeat
        ours = seat.organisation_id
        before = store.get(conn, ours)
        if tokens.find(conn, token, "organisation.describe"):
            return before
        store.save(conn, ours, own_words(before.profile, profile).checked())
        audit.append(conn, person.label, "organisation.described", f"organisation:{ours}", at=now)
        tokens.keep(conn, token, "organisation.describe", str(ours), at=now)
        return store.get(conn, ours)


def of_parent(db: Database, *, actor: Actor | None, this: Organisation) -> tuple[str, ...]:
    """Return the names of the other organisations of the same parent.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        return store.of_parent(conn, this)


def count_lapsed(db: Database, *, actor: Actor | None, now: datetime) -> int:
    """Return how many active organisations are past the day their standing was good until.

    Raises:
        PermissionMissing: only conveners and administrators.
    """
    require(actor, Permission.EDIT_ORGANISATION)
    with db.reading() as conn:
        return store.count_lapsed(conn, today(conn, now))
