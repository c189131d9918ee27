"""What a convener can put to the table, and what a round is prepared with."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal, Stage
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.services.deliberation.presets import Choice, list_choices
from coalition.store.database import Connection, Database
from coalition.store.deliberation import agendas as store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import searching
from coalition.store.deliberation.searching import Search
from coalition.store.people import organisations as organisations_store

LONGEST = 30  # lines of one part of the agenda


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal with its latest round, or without one."""

    proposal: Proposal
    round: Round | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything a round can be opened for or acted on; ``LONGEST`` of each at most.

    Args:
        ready: Submitted proposals whose latest round, if any, was cancelled or decides nothing.
        running: Rounds that are open or open later, soonest to close first.
        closed: Rounds that closed and are not published, the last closed first.
    """

    ready: tuple[Item, ...]
    running: tuple[Item, ...]
    closed: tuple[Item, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to do."""
        return not (self.ready or self.running or self.closed)


@dataclass(frozen=True, slots=True)
class Means:
    """What a convener chooses from when opening a round.

    Args:
        roll: Names of the organisations that would stand on the roll, if it opened now.
    """

    choices: tuple[Choice, ...]
    roll: tuple[str, ...]


def agenda(db: Database, *, actor: Actor | None, now: datetime) -> Agenda:
    """Return what waits for a convener's hand, in a fixed number of queries.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.RUN_ROUND)
    with db.reading() as conn:
        found = searching.search(conn, Search(stage=Stage.SUBMITTED), now=now, limit=LONGEST)
        latest = rounds_store.get_many(conn, [one.latest_round_id for one in found])
        waiting = {one.id: latest.get(RoundId(one.latest_round_id or 0)) for one in found}
        coming = store.not_ended(conn, now, limit=LONGEST)
        done = store.unpublished(conn, now, limit=LONGEST)
        running = _items(conn, coming)
        closed = _items(conn, done)
    later = {item.proposal.id for item in running}
    ready = tuple(Item(one, waiting[one.id]) for one in found if one.id not in later)
    return Agenda(ready, running, closed)


def means(db: Database, *, actor: Actor | None) -> Means:
    """Return the rules on offer and the roll as it would be frozen now.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.RUN_ROUND)
    choices = list_choices(db, actor=person)
    with db.reading() as conn:
        on_roll = frozenset(organisations_store.voting_ids(conn))
        names = organisations_store.names(conn)
    return Means(choices, tuple(name for one, name in names.items() if one in on_roll))


def _items(conn: Connection, ids: tuple[RoundId, ...]) -> tuple[Item, ...]:
    rounds = rounds_store.get_many(conn, ids)
    proposals = proposals_store.get_many(conn, {one.proposal_id for one in rounds.values()})
    return tuple(Item(proposals[rounds[one].proposal_id], rounds[one]) for one in ids)
