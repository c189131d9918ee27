"""The timeline of a proposal, as far as one person may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import ProposalId, ProposalNotFound, may_read
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.table.timelines import Event, Kind
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.table import timelines as store
from coalition.store.table.timelines import EVERYTHING, Seen

PAGE = 25  # events on one page
MOST = 10_000  # events in one file


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of what happened to a proposal.

    Args:
        events: Newest first, of the kinds asked for.
        total: Events of those kinds, on all pages.
        kinds: How many events there are of each kind, asked for or not; only kinds with any.
    """

    events: tuple[Event, ...]
    total: int
    kinds: Mapping[Kind, int]


def timeline(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    proposal_id: ProposalId,
    kinds: Collection[Kind] = (),
    page: int = 1,
) -> Timeline:
    """Return one page of a proposal's timeline, in a fixed number of queries.

    What a hidden round keeps back is neither shown nor counted. What conveners note among
    themselves is in nobody's timeline.

    Args:
        kinds: Only these; all of them where none is named.
        page: From 1; one beyond the last shows the last.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    wanted = frozenset(kinds) or EVERYTHING
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        seen = _seen(conn, person, proposal_id, now)
        found = store.counts(conn, seen)
        total = sum(n for kind, n in found.items() if kind in wanted)
        last = max(1, -(-total // PAGE))
        offset = (min(max(page, 1), last) - 1) * PAGE
        events = store.events(conn, seen, wanted, limit=PAGE, offset=offset)
    return Timeline(events, total, found)


def whole(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    proposal_id: ProposalId,
    kinds: Collection[Kind] = (),
) -> tuple[Event, ...]:
    """Return every event of some kinds at once, for a file.

    Raises:
        SignInNeeded, ProposalNotFound: as ``timeline``.
    """
    wanted = frozenset(kinds) or EVERYTHING
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        seen = _seen(conn, person, proposal_id, now)
        return store.events(conn, seen, wanted, limit=MOST)


def _seen(conn: Connection, person: Actor, proposal_id: ProposalId, now: datetime) -> Seen:
    """Return how far a person sees.

    Raises:
        ProposalNotFound: not at all.
    """
    if not may_read(person, proposals_store.get(conn, proposal_id)):
        raise ProposalNotFound
    rounds = {one.id: one for one in rounds_store.of_proposal(conn, proposal_id)}
    dark = [key for key, one in rounds.items() if not sight(person, one, now=now).stances]
    own = person.seat.organisation_id if person.seat else None
    return Seen(proposal_id, now, rounds, dark, own)
