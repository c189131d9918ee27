"""Where every proposal stands: its stances, how far they agree, and what is still out."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from coalition.domain.deliberation.decisions import Verdict
from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundKind
from coalition.domain.deliberation.stances import SUPPORTS, VOTES_CAST
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight import measures
from coalition.domain.insight.measures import Accord, Bounds
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.finding import Found, found
from coalition.store.database import Database
from coalition.store.deliberation import clearances as clearances_store


@dataclass(frozen=True, slots=True)
class Bar:
    """One round whose stances may be seen.

    Args:
        tally: What reaches the engine under the round's terms.
        reviewing: How many of those not heard from have a review under way.
        verdict: None for a round without a rule.
        bounds: Of the share of votes cast that support it; once a round has closed nothing
            is out any more and all three are alike.
        agreement: Van der Eijk's A; None where nobody took a place on the scale.
        accord: The same in one word; None where few are in.
    """

    round: Round
    proposal: Proposal
    tally: Tally
    reviewing: int
    verdict: Verdict | None
    bounds: Bounds
    agreement: Fraction | None
    accord: Accord | None


@dataclass(frozen=True, slots=True)
class Bars:
    """The rounds asked for, in the order asked for.

    Args:
        hidden: Rounds left out because they keep their stances to themselves.
    """

    bars: tuple[Bar, ...]
    hidden: int


def stance_bars(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Bars:
    """Return how every round asked for stands, as far as its stances may be seen.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        under_way = clearances_store.in_force(conn, [one.id for one in these.shown], now)
    reviewing = Counter(round_id for round_id, _ in under_way)
    told = (_bar(one, these, reviewing[one.id], now) for one in these.shown)
    return Bars(tuple(bar for bar in told if bar is not None), these.hidden)


def _bar(this: Round, these: Found, reviewing: int, now: datetime) -> Bar | None:
    standing = these.stand[this.id]
    tally = standing.tally
    if tally is None:  # not seen; no round that shows its stances is
        return None
    on_scale = measures.on_scale(tally.counts)
    # Where one can only lend a name, everybody agrees: that says nothing.
    measured = this.kind is not RoundKind.SIGN_ON
    return Bar(
        this,
        these.of(this),
        tally,
        reviewing,
        standing.verdict,
        bounds(tally, is_open=this.is_open(now)) if measured else Bounds(None, None, None),
        measures.agreement(on_scale) if measured else None,
        measures.accord(on_scale) if measured else None,
    )


def bounds(tally: Tally, *, is_open: bool) -> Bounds:
    """Return the support share with its bounds; once a round has closed nothing is out."""
    if is_open:
        return measures.bounds(tally)
    cast = tally.number(VOTES_CAST)
    now = Fraction(tally.number(SUPPORTS), cast) if cast else None
    return Bounds(now, now, now)
