"""What the reader's own organisation has answered, in many rounds at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coalition.domain.deliberation.counts import Given
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Database
from coalition.store.deliberation import rolls as rolls_store
from coalition.store.deliberation import tallies as tallies_store


@dataclass(frozen=True, slots=True)
class Answer:
    """How one organisation stands to one round.

    Args:
        on_roll: Whether it may answer there at all.
        given: What it said, or None.
    """

    on_roll: bool
    given: Given | None

    @property
    def stance(self) -> Stance | None:
        """What it said, or None."""
        return self.given.stance if self.given else None

    @property
    def awaited(self) -> bool:
        """Whether it may answer and has not, or not confirmed it; the round may be over."""
        return self.on_roll and (self.given is None or not self.given.is_confirmed)


def ours(
    db: Database, *, actor: Actor | None, rounds: Iterable[RoundId]
) -> Mapping[RoundId, Answer]:
    """Return the answers of the person's own organisation; empty without a seat.

    Two queries, however many rounds.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.READ_TABLE)
    ids = list(rounds)
    if person.seat is None or not ids:
        return {}
    own = person.seat.organisation_id
    with db.reading() as conn:
        on_roll = rolls_store.holding(conn, ids, own)
        given = tallies_store.given(conn, ids, organisation_id=own)
    return {one: Answer(one in on_roll, given.get((one, own))) for one in ids}
