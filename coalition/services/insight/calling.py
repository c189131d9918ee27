"""Whom to speak with about a round: who has not answered, and who objects, by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.counts import Given, counts
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.visibility import Sight, sight
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
        unheard: Those whose answer the round waits for, without those whose boards review the
            text; empty where the person may not know.
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
        given = tallies_store.given(conn, these)
        reviews = clearances_store.in_force(conn, these, now)
    found = {}
    for round_id, this in these.items():
        allowed, on_roll = sight(person, this, now=now), rolls[round_id]
        said = {
            who: given.get((round_id, who)) for who in names if allowed.answered and who in on_roll
        }
        silent = [who for who, one in said.items() if _is_awaited(this, one, allowed)]
        against = [who for who, one in said.items() if _objects(this, one, allowed)]
        found[round_id] = Calls(
            tuple(names[who] for who in silent if (round_id, who) not in reviews),
            tuple(names[who] for who in against),
        )
    return found


def _is_awaited(this: Round, said: Given | None, allowed: Sight) -> bool:
    """Say whether a round waits for an organisation, as ``distance.missing`` counts them.

    Of a hidden round every answer counts alike: which of them the terms leave out would tell
    who recused.
    """
    if this.kind is RoundKind.SIGN_ON:
        return False
    return said is None or (allowed.stances and not _reaches(this, said))


def _objects(this: Round, said: Given | None, allowed: Sight) -> bool:
    if said is None or not allowed.stances:
        return False
    return said.stance is Stance.OBJECT and _reaches(this, said)


def _reaches(this: Round, said: Given) -> bool:
    return counts(this.terms, carried=said.carried, recorded=said.recorded)
