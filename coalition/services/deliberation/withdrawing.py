"""What withdrawing a proposal does to a round that runs on it."""

from collections.abc import Iterable
from datetime import datetime

from coalition.domain.deliberation.proposals import BallotsStand, Proposal
from coalition.domain.deliberation.rounds import Ending, Round, RoundAlreadyOpen, Status
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor
from coalition.domain.ground.text import TextMissing
from coalition.store.database import Connection
from coalition.store.deliberation import rounds as store
from coalition.store.deliberation import tallies
from coalition.store.ground import audit


def cancel_running(
    conn: Connection,
    person: Actor,
    this: Proposal,
    rounds: Iterable[Round],
    *,
    reason: str,
    tell: bool,
    now: datetime,
) -> None:
    """Cancel the round that runs on a proposal, so that those who voted are told why.

    Audited as ``round.cancelled``.

    Raises:
        BallotsStand: organisations may have voted, and it was not said that they be told.
        RoundAlreadyOpen: a round runs that nobody has voted in.
        TextMissing: there is nothing to tell them.
    """
    for one in rounds:
        if one.status(now) not in {Status.OPEN, Status.SCHEDULED}:
            continue
        if not tell:
            raise _standing(conn, person, this, one, now)
        if not reason:
            raise TextMissing(field="reason")
        store.end(conn, one, Ending.CANCELLED, reason=reason, at=now)
        audit.append(conn, person.label, "round.cancelled", f"round:{one.id}", at=now)


def _standing(
    conn: Connection, person: Actor, this: Proposal, running: Round, now: datetime
) -> BallotsStand | RoundAlreadyOpen:
    """Return why not. Who may not know whether anybody has answered hears the same either way."""
    knows = sight(person, running, now=now).answered
    if knows and not tallies.stances(conn, [running.id]):
        return RoundAlreadyOpen(reference=this.reference)
    return BallotsStand(reference=this.reference)
