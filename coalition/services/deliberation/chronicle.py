"""What happened in a round, as far as one person may see it."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.rolls import RollChange
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.visibility import Sight, sight
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Database
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import roll_changes as roll_changes_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation.ballots import Entry

__all__ = ["Chronicle", "Entry", "chronicle"]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The changes of a round's roll and the ballots given in it.

    Args:
        roll_changes: Since the opening, oldest first, each with its reason.
        entries: Newest first, replaced and withdrawn ones among them; while results
            are hidden, only those of the person's own organisation.
    """

    sight: Sight
    roll_changes: tuple[RollChange, ...]
    entries: tuple[Entry, ...]


def chronicle(db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId) -> Chronicle:
    """Return what happened in one round.

    Raises:
        SignInNeeded: nobody is signed in.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        this = rounds_store.get(conn, round_id)
        allowed = sight(person, this, now=now)
        changes = roll_changes_store.of_round(conn, round_id)
        entries: tuple[Entry, ...] = ()
        if allowed.stances:
            entries = ballots_store.of_round(conn, round_id)
        elif allowed.own is not None:
            entries = ballots_store.of_round(conn, round_id, organisation_id=allowed.own)
    return Chronicle(allowed, changes, entries)
