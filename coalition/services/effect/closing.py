"""What a round came to, its verdict frozen if nobody has done so yet."""

from datetime import datetime

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.rounds import Round, RoundKind, Status
from coalition.services.deliberation.freezing import freeze
from coalition.store.database import Connection
from coalition.store.deliberation import verdicts as verdicts_store


def outcome(conn: Connection, this: Round, *, now: datetime) -> Outcome | None:
    """Return the frozen outcome of a closed binding round, or None for any other.

    Nothing depends on whether the clock's job ran: a verdict that is due is frozen
    inside the caller's transaction.
    """
    if this.kind is not RoundKind.BINDING or this.status(now) is not Status.CLOSED:
        return None
    found = verdicts_store.verdicts(conn, [this.id]).get(this.id) or freeze(conn, this, now=now)
    return found.verdict.outcome if found else None
