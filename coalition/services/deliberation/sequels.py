"""How a round comes after the earlier ones of its proposal."""

from collections.abc import Sequence

from coalition.domain.deliberation import successions
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.successions import Succession
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Database
from coalition.store.deliberation import verdicts


def follows(
    db: Database, *, actor: Actor | None, this: Round, earlier: Sequence[Round]
) -> Succession | None:
    """Return what a round follows, from the frozen verdicts of the earlier ones.

    A round opens only once they have ended and their verdicts are frozen, which all
    members may read.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    if not earlier:
        return None
    with db.reading() as conn:
        frozen = verdicts.verdicts(conn, [one.id for one in earlier])
    outcomes = {one: found.verdict.outcome for one, found in frozen.items()}
    return successions.follows(this, earlier, outcomes)
