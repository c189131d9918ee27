"""Finding the rounds a view is about: those open or those that closed last, as one may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.wishes import Order, Wish
from coalition.services.deliberation.standings import Standing, standings
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.insight import attendance as store

LATEST = 80  # closed rounds a board reaches back to
NEVER = 1_000_000  # ballots: further than any roll


@dataclass(frozen=True, slots=True)
class Found:
    """The rounds asked for, how each stands for this person, and its proposal."""

    rounds: tuple[Round, ...]
    stand: Mapping[RoundId, Standing]
    proposals: Mapping[ProposalId, Proposal]

    def of(self, this: Round) -> Proposal:
        """Return the proposal of a round."""
        return self.proposals[this.proposal_id]

    @property
    def shown(self) -> tuple[Round, ...]:
        """The rounds whose stances this person may see."""
        return tuple(one for one in self.rounds if self.stand[one.id].sight.stances)

    @property
    def hidden(self) -> int:
        """How many of the rounds keep their stances to themselves for now."""
        return len(self.rounds) - len(self.shown)


def found(conn: Connection, person: Actor, wish: Wish, *, now: datetime) -> Found:
    """Return the rounds a wish asks for, in its order, in a fixed number of queries."""
    wanted = _closed_last(conn, wish, now) if wish.closed else open_rounds(conn, wish, now)
    proposals = proposals_store.get_many(conn, [one.proposal_id for one in wanted])
    stand = standings(conn, person, wanted, now=now)
    if wish.order is Order.MOVABLE and not wish.closed:
        wanted.sort(key=lambda one: _movable(stand[one.id]))
    return Found(tuple(wanted), stand, proposals)


def look(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Found:
    """Return the rounds a wish asks for as ``found`` does, for several questions at once.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        return found(conn, person, wish, now=now)


def open_rounds(conn: Connection, wish: Wish, now: datetime) -> list[Round]:
    """Return the open rounds asked for, without how they stand or the texts of their proposals."""
    return list(rounds_store.open_at(conn, now, pillars=wish.pillars))


def count(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> int:
    """Return how many rounds ``wish`` finds, on all its pages.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        if wish.closed:
            return store.count_closed(conn, now, pillars=wish.pillars, limit=LATEST)
        return store.count_open(conn, now, pillars=wish.pillars)


def calls_needed(one: Standing) -> int:
    """Return how many of those not heard from would have to support it for adoption.

    0 where none have to, ``NEVER`` where calling them is not what helps or the count is hidden.
    """
    if one.verdict is None:
        return NEVER
    needed = one.verdict.still_needed
    if needed.supports is None:
        return NEVER
    return max(needed.supports, needed.ballots or 0)


def page(found: Sequence[Round], number: int, size: int) -> Sequence[Round]:
    """Return one page of rounds; a number beyond the last shows the last."""
    last = max(1, -(-len(found) // size))
    start = (min(max(number, 1), last) - 1) * size
    return found[start : start + size]


def _closed_last(conn: Connection, wish: Wish, now: datetime) -> list[Round]:
    """Return those of the rounds closed last whose proposals have a main pillar asked for."""
    rounds = rounds_store.recent(conn, now, limit=LATEST)
    if not wish.pillars:
        return list(rounds)
    wanted = store.of_pillars(conn, {one.proposal_id for one in rounds}, wish.pillars)
    return [one for one in rounds if one.proposal_id in wanted]


def _movable(one: Standing) -> tuple[int, int, datetime]:
    """Order what a few calls would carry first; then objections; then what is through; hidden."""
    calls = calls_needed(one)
    if one.verdict is None:
        group = 3
    elif one.verdict.outcome is Outcome.ADOPTED:
        group = 2
    else:
        group = int(calls == NEVER)
    return group, calls, one.round.closes_at
