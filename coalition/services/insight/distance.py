"""How far each round is from adoption, what holds it, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coalition.domain.deliberation.clearances import Clearance
from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation.standings import Standing
from coalition.services.insight.finding import Found, found, page
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.insight import open_objections as objections_store
from coalition.store.people import organisations as organisations_store

CARDS = 5  # rounds on one page of the board
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One round on the board, with its proposal.

    Args:
        calls: How many organisations to speak with, as far as the person may know who they
            are; ``calling.calls`` names them.
        reviewing: Reviews under way by name of the organisation, as far as they may be known.
    """

    proposal: Proposal
    standing: Standing
    calls: int
    reviewing: Mapping[str, Clearance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands above the board: of all rounds asked for, not only of this page.

    Args:
        closing: Rounds that close within ``SOON``.
        outcomes: How many rounds would end how if they closed as they stand, or ended so.
        objections: Unresolved objections to the proposals, without those that a hidden ballot
            is behind.
        unheard: Answers still missing, where the person may know who answered.
    """

    closing: int
    outcomes: Mapping[Outcome, int]
    objections: int
    unheard: int

    @property
    def adopted(self) -> int:
        """Rounds that would be adopted if they closed as they stand."""
        return self.outcomes.get(Outcome.ADOPTED, 0)


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
        objections = objections_store.unresolved(conn, these.proposals, now)
        reviews = {} if wish.closed else _reviews(conn, these, shown, now)
    lines = [_line(these.stand[one.id], these.of(one), reviews.get(one.id, {})) for one in shown]
    return Distances(tuple(lines), len(these.rounds), _figures(these, objections, now))


def _line(one: Standing, proposal: Proposal, reviewing: Mapping[str, Clearance]) -> Line:
    """Return a round with how many to speak with, as far as they may be known."""
    against = one.tally.counts[Stance.OBJECT] if one.tally else 0
    return Line(proposal, one, max(missing(one) - len(reviewing), 0) + against, reviewing)


def missing(one: Standing) -> int:
    """Return how many answers a round still waits for, as far as the person may know.

    A ballot that the round's terms leave out is waited for until it is confirmed; a sign-on
    waits for nobody.
    """
    if one.answered is None or one.round.kind is RoundKind.SIGN_ON:
        return 0
    return one.round.roll_size - one.answered


def _figures(these: Found, objections: int, now: datetime) -> Figures:
    stand = [these.stand[one.id] for one in these.rounds]
    verdicts = [one.verdict for one in stand if one.verdict is not None]
    return Figures(
        closing=sum(now < one.closes_at <= now + SOON for one in these.rounds),
        outcomes={one: n for one in Outcome if (n := sum(v.outcome is one for v in verdicts))},
        objections=objections,
        unheard=sum(map(missing, stand)),
    )


def _reviews(
    conn: Connection, these: Found, shown: Sequence[Round], now: datetime
) -> Mapping[RoundId, Mapping[str, Clearance]]:
    """Return the reviews under way, by name, in the rounds whose answers may be known of."""
    known = [one.id for one in shown if these.stand[one.id].sight.answered]
    reviews = clearances_store.in_force(conn, known, now)
    names = organisations_store.names_of(conn, {who for _, who in reviews})
    found: dict[RoundId, dict[str, Clearance]] = {}
    for who, name in names.items():  # in the order of the names
        for round_id in known:
            if (round_id, who) in reviews:
                found.setdefault(round_id, {})[name] = reviews[round_id, who]
    return found
