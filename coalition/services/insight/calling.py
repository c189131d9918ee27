"""Whom to speak with about a round: who has not answered, and who objects, by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.people import organisations as organisations_store


@dataclass(frozen=True, slots=True)
class Calls:
    """The organisations to speak with about one round, by name and in their order.

    Args:
        unheard: Those that have not answered, without those whose boards review the text;
            empty where the person may not know.
        objecting: Those that object; empty where stances may not be seen.
    """

    unheard: tuple[str, ...]
    objecting: tuple[str, ...]


def calls(
    db: Database, *, actor: Actor | None, now: datetime, rounds: Collection[RoundId]
) -> Mapping[RoundId, Calls]:
    """Return whom to speak with about each of these rounds, in a fixed number of queries.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = rounds_store.get_many(conn, rounds)
        names = organisations_store.names(conn)
        rolls = rounds_store.rolls(conn, these)
        given = tallies_store.stances(conn, these)
        reviews = clearances_store.in_force(conn, these, now)
    found = {}
    for round_id, this in these.items():
        allowed, on_roll = sight(person, this, now=now), rolls[round_id]
        said = {who: given.get((round_id, who)) for who in names if who in on_roll}
        silent = [who for who, stance in said.items() if allowed.answered and stance is None]
        against = [who for who, one in said.items() if allowed.stances and one is Stance.OBJECT]
        found[round_id] = Calls(
            tuple(names[who] for who in silent if (round_id, who) not in reviews),
            tuple(names[who] for who in against),
        )
    return found
