"""Who has not answered all that waits for them: for help, never for shame."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.finding import found
from coalition.store.database import Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.insight import attendance as store
from coalition.store.people import organisations as organisations_store


@dataclass(frozen=True, slots=True)
class Quiet:
    """An organisation that has not answered everything that waits for it.

    Args:
        reviewing: In how many of those its board reviews the text; no need to call.
    """

    organisation: str
    waiting: int
    on_rolls: int
    reviewing: int = 0


def waiting(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> tuple[Quiet, ...]:
    """Return who has not answered all open rounds found, those to call for most first.

    Only of rounds where the person may know who answered; a sign-on waits for nobody.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        asking = [one for one in these.rounds if one.kind is not RoundKind.SIGN_ON]
        known = [one.id for one in asking if these.stand[one.id].sight.answered]
        told = [one for one in asking if these.stand[one.id].sight.stances]
        attended = store.attendance(conn, known, told)
        reviewing = Counter(who for _, who in clearances_store.in_force(conn, known, now))
        names = organisations_store.names(conn)
    quiet = [
        Quiet(name, seen.on_rolls - seen.heard, seen.on_rolls, reviewing[one])
        for one, name in names.items()
        if (seen := attended.get(one)) is not None and seen.heard < seen.on_rolls
    ]
    return tuple(sorted(quiet, key=lambda one: one.reviewing - one.waiting))
