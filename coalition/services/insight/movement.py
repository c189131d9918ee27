"""What moved: since the text changed in substance, and since the round before."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind
from coalition.domain.deliberation.visibility import tells_stances
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.insight.movement import Change, Move, across_rounds, across_versions
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.finding import found
from coalition.store.database import Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.insight import chains as store
from coalition.store.insight.chains import Chains
from coalition.store.people import organisations as organisations_store

Names = Mapping[OrganisationId, str]


class Since(StrEnum):
    """From when on a step counts."""

    VERSION = "version"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Step:
    """How the organisations on the roll of one round moved.

    Args:
        version: Number of the text in force.
        changes: By name of the organisation, in the order of names; those that had nothing to
            move from or to are left out.
    """

    proposal: Proposal
    round_id: RoundId
    since: Since
    version: int
    changes: Mapping[str, Change]

    def number(self, *moves: Move) -> int:
        """Return how many organisations moved in one of these ways."""
        return sum(one.move in moves for one in self.changes.values())


@dataclass(frozen=True, slots=True)
class Movement:
    """All steps of the rounds asked for.

    Args:
        steps: Those where most organisations moved or did not confirm first.
        hidden: Rounds left out because they keep their stances to themselves.
        rounds: Rounds asked for.
    """

    steps: tuple[Step, ...]
    hidden: int
    rounds: int

    @property
    def total(self) -> Mapping[Move, int]:
        """How often organisations moved in which way, in all steps."""
        every = (change.move for step in self.steps for change in step.changes.values())
        return Counter(every)


def movement(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Movement:
    """Return how the organisations asked for moved in the rounds asked for.

    Within a round: from before its latest text that changed what is asked to now. Between
    rounds: from the one before on the same proposal. Both only where everybody at the table
    may see the stances of both sides.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        shown = [one for one in these.shown if one.kind is not RoundKind.SIGN_ON]
        before = store.before(conn, [one.id for one in shown])
        earlier = {
            one.id: one
            for one in rounds_store.get_many(conn, set(before.values())).values()
            if tells_stances(one, now=now)
        }
        asked = [one.id for one in shown if _has_moved(one) or before.get(one.id) in earlier]
        chains = store.chains(conn, [*asked, *earlier])
        rolls = rounds_store.rolls(conn, asked)
        everyone = organisations_store.list_all(conn)
    names = {one.id: one.name for one in everyone if wish.admits(one.profile)}
    steps: list[Step] = []
    for this in (one for one in shown if one.id in rolls):
        seated = {who: name for who, name in names.items() if who in rolls[this.id]}
        proposal = these.of(this)
        if _has_moved(this):
            steps.append(_within(this, proposal, seated, chains))
        if before.get(this.id) in earlier:
            steps.append(_between(before[this.id], this, proposal, seated, chains))
    return Movement(tuple(_ordered(steps)), these.hidden, len(these.rounds))


def _has_moved(this: Round) -> bool:
    """Say whether the text changed what is asked while the round ran."""
    return this.substantive_version_id > this.first_version_id


def _within(this: Round, proposal: Proposal, seated: Names, chains: Chains) -> Step:
    def of(who: OrganisationId) -> Change | None:
        return across_versions(chains.get((this.id, who), ()), this.substantive_version_id)

    return Step(proposal, this.id, Since.VERSION, this.version, _changes(seated, of))


def _between(
    earlier: RoundId, this: Round, proposal: Proposal, seated: Names, chains: Chains
) -> Step:
    def of(who: OrganisationId) -> Change | None:
        return across_rounds(chains.get((earlier, who), ()), chains.get((this.id, who), ()))

    return Step(proposal, this.id, Since.ROUND, this.version, _changes(seated, of))


def _changes(seated: Names, of: Callable[[OrganisationId], Change | None]) -> Mapping[str, Change]:
    told = ((name, of(who)) for who, name in seated.items())
    return {name: change for name, change in told if change is not None}


def _ordered(steps: Iterable[Step]) -> list[Step]:
    """Put the steps with most movement first; of equals the one that was asked for first."""
    still = (Move.SAME,)
    return sorted(steps, key=lambda one: one.number(*still) - len(one.changes))
