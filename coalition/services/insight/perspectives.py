"""Who was heard: the six perspectives, by what organisations say of themselves."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.perspectives import Perspective
from coalition.domain.insight.hearing import Hearing
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.finding import found
from coalition.store.database import Database
from coalition.store.insight import perspectives as store
from coalition.store.people import organisations as organisations_store


@dataclass(frozen=True, slots=True)
class Perspectives:
    """Whose views the proposals of the rounds asked for have heard.

    Args:
        hearings: A proposal each, once, in the order of its first round.
        speaking: How many organisations speak from each perspective, on a roll or not.
    """

    hearings: tuple[Hearing, ...]
    speaking: tuple[tuple[Perspective, int], ...]


def perspectives(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Perspectives:
    """Return whose views each proposal of the rounds asked for has heard.

    Of hidden rounds too: a convener may know who has answered, and nothing here depends on
    what anybody said.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        known = [one for one in these.rounds if these.stand[one.id].sight.answered]
        everyone = organisations_store.list_all(conn)
        members = {
            view: [one.id for one in everyone if view in one.profile.perspectives]
            for view in Perspective
        }
        heard = store.answered(conn, [one.id for one in known], members)
    order = sorted(known, key=lambda one: (one.closes_at, one.id), reverse=wish.closed)
    proposals = dict.fromkeys(one.proposal_id for one in order)
    return Perspectives(
        tuple(Hearing(these.proposals[one], heard.get(one, {})) for one in proposals),
        tuple((view, len(members[view])) for view in Perspective),
    )
