"""Which objections a person may read, and the trail of what is done with them."""

from datetime import datetime

from coalition.domain.deliberation.objections import Objection, ObjectionId, ObjectionNotFound
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.visibility import sight, tells_stances
from coalition.domain.ground.permissions import Actor
from coalition.store.database import Connection
from coalition.store.deliberation import objections as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.ground import audit


def readable(
    conn: Connection, person: Actor, objection_id: ObjectionId, now: datetime
) -> Objection:
    """Return an objection, unless this person may not even know of it.

    Raises:
        ObjectionNotFound: there is none, or a hidden ballot raised it.
    """
    this = store.get(conn, objection_id)
    rounds = rounds_store.get_many(conn, [this.round_id])
    if not may_see(person, this, rounds, now):
        raise ObjectionNotFound
    return this


def may_see(person: Actor, this: Objection, rounds: dict[RoundId, Round], now: datetime) -> bool:
    """Say whether a person may know of an objection: one behind a ballot tells its stance.

    Args:
        rounds: The round it was raised in, by number.
    """
    if not this.ballot or this.round_id is None:
        return True
    return sight(person, rounds[this.round_id], now=now).sees_stance_of(this.organisation_id)


def is_told(this: Objection, rounds: dict[RoundId, Round], *, now: datetime) -> bool:
    """Say whether everybody at the table may know of an objection."""
    if not this.ballot or this.round_id is None:
        return True
    return tells_stances(rounds[this.round_id], now=now)


def note(
    conn: Connection, person: Actor, action: str, objection_id: ObjectionId, now: datetime
) -> None:
    """Keep in the audit chain what was done with an objection.

    While results are hidden, nothing of one behind a ballot: an entry, even one that
    names nobody, would tell that somebody objects. Its own steps keep what was done.
    """
    behind = store.behind(conn, objection_id)
    if behind and not sight(person, rounds_store.get(conn, behind), now=now).stances:
        return
    audit.append(conn, person.label, action, f"objection:{objection_id}", at=now)
