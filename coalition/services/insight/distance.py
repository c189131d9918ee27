"""How far each round is from adoption, what holds it, and whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coalition.domain.deliberation.clearances import Clearance
from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation.standings import Standing
from coalition.services.insight.finding import Found, found, page
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.people import organisations as organisations_store

CARDS = 5  # rounds on one page of the board
SOON = timedelta(days=7)
Reviews = Mapping[tuple[RoundId, OrganisationId], Clearance]


@dataclass(frozen=True, slots=True)
class Line:
    """One round on the board, with its proposal.

    Args:
        unheard: Names of the organisations that have not answered, in their order, without
            those whose boards review it; empty where the person may not know.
        reviewing: Those reviews, by name of the organisation, as far as they may be known.
        objecting: Names of those that object; empty where stances may not be seen.
    """

    proposal: Proposal
    standing: Standing
    unheard: tuple[str, ...]
    objecting: tuple[str, ...]
    reviewing: Mapping[str, Clearance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands above the board: of all rounds asked for, not only of this page.

    Args:
        closing: Rounds that close within ``SOON``.
        adopted: Rounds that would be adopted if they closed as they stand.
        objections: Objections in rounds whose stances may be seen.
        unheard: Answers still missing, where the person may know who answered.
    """

    closing: int
    adopted: int
    objections: int
    unheard: int


@dataclass(frozen=True, slots=True)
class Distances:
    """One page of the rounds asked for.

    Args:
        lines: The rounds of this page, in the order asked for.
        total: Rounds found on all pages.
    """

    lines: tuple[Line, ...]
    total: int
    figures: Figures


def distances(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    wish: Wish,
    these: Found | None = None,
    whole: bool = False,
) -> Distances:
    """Return one page of the rounds asked for with what each still needs.

    A fixed number of queries, however many rounds and organisations.

    Args:
        these: What ``finding.look`` found for this person and wish, where it was asked already.
        whole: All pages as one, for a report.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = these or found(conn, person, wish, now=now)
        shown = these.rounds if whole else page(these.rounds, wish.page, CARDS)
        ids = [one.id for one in shown]
        names = organisations_store.names(conn)
        rolls = rounds_store.rolls(conn, ids)
        given = tallies_store.stances(conn, ids)
        reviews = {} if wish.closed else _reviews(conn, these, ids, now)
    lines = [
        _line(
            these.stand[one.id],
            {who: given.get((one.id, who)) for who in names if who in rolls[one.id]},
            these,
            names,
            reviews,
        )
        for one in shown
    ]
    return Distances(tuple(lines), len(these.rounds), _figures(these, now))


def _line(
    standing: Standing,
    said: Mapping[OrganisationId, Stance | None],
    these: Found,
    names: Mapping[OrganisationId, str],
    reviews: Reviews,
) -> Line:
    """Return a round with the names of those to speak with, as far as they may be known."""
    answered, stances = standing.sight.answered, standing.sight.stances
    silent = [who for who, stance in said.items() if answered and stance is None]
    under_way = {
        who: reviews[key] for who in silent if (key := (standing.round.id, who)) in reviews
    }
    return Line(
        these.of(standing.round),
        standing,
        tuple(names[who] for who in silent if who not in under_way),
        tuple(names[who] for who, stance in said.items() if stances and stance is Stance.OBJECT),
        {names[who]: one for who, one in under_way.items()},
    )


def _figures(these: Found, now: datetime) -> Figures:
    stand = [these.stand[one.id] for one in these.rounds]
    verdicts = [one.verdict for one in stand if one.verdict is not None]
    return Figures(
        closing=sum(now < one.closes_at <= now + SOON for one in these.rounds),
        adopted=sum(one.outcome is Outcome.ADOPTED for one in verdicts),
        objections=sum(one.tally.counts[Stance.OBJECT] for one in stand if one.tally is not None),
        unheard=sum(
            one.round.roll_size - one.answered for one in stand if one.answered is not None
        ),
    )


def _reviews(conn: Connection, these: Found, ids: list[RoundId], now: datetime) -> Reviews:
    """Return the reviews under way in the rounds whose answers may be known of."""
    known = [one for one in ids if these.stand[one].sight.answered]
    return clearances_store.in_force(conn, known, now)
