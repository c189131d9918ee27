"""What one's own organisation has said, with the proposals it was said about."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.permissions import Actor
from coalition.services.deliberation.ballots import HISTORY, our_history
from coalition.store.database import Database
from coalition.store.deliberation import ballots, proposals, rounds
from coalition.store.deliberation.ballots import Entry


@dataclass(frozen=True, slots=True)
class Stated:
    """One ballot of the organisation and what it was about."""

    entry: Entry
    proposal_id: ProposalId
    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class History:
    """One page of an organisation's ballots, newest first.

    Args:
        pages: How many pages there are; at least one.
    """

    stated: tuple[Stated, ...]
    pages: int


def history(db: Database, *, actor: Actor | None, now: datetime, page: int = 1) -> History:
    """Return one page of what the person's own organisation has said.

    Replaced and withdrawn ballots are part of it. Four queries, however many ballots.

    Raises:
        PermissionMissing: the role casts no ballots.
        SeatMissing: the person holds no seat.
    """
    entries = our_history(db, actor=actor, now=now, page=page)
    if not entries:
        return History((), 1)
    with db.reading() as conn:
        found = rounds.get_many(conn, {entry.ballot.round_id for entry in entries})
        about = proposals.get_many(conn, {this.proposal_id for this in found.values()})
        total = ballots.count_of_organisation(conn, entries[0].ballot.organisation_id)
    stated = []
    for entry in entries:
        this = about[found[entry.ballot.round_id].proposal_id]
        stated.append(Stated(entry, this.id, this.reference, this.text.title))
    return History(tuple(stated), -(-total // HISTORY))
