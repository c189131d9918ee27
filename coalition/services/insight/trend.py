"""How support moved since each round opened, as far as stances may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundKind
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.trend import Cast, Point, Text, points
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.finding import found, page
from coalition.store.database import Database
from coalition.store.insight import trend as store

LINES = 6  # rounds on one page


@dataclass(frozen=True, slots=True)
class Line:
    """How support for one proposal moved in one round.

    Args:
        texts: Those it was about, oldest first; the first is the one it opened on.
    """

    round: Round
    proposal: Proposal
    texts: tuple[Text, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """One page of the rounds asked for.

    Args:
        total: Rounds that show their stances, on all pages.
        hidden: Rounds left out because they keep their stances to themselves.
        signed: Rounds left out because in them one can only sign.
    """

    lines: tuple[Line, ...]
    total: int
    hidden: int
    signed: int


def trends(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Trends:
    """Return how support moved in one page of the rounds asked for.

    A round in which one can only sign has no share and is left out. Only the entries of the
    page are read.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        shown = [one for one in these.shown if one.kind is not RoundKind.SIGN_ON]
        asked = page(shown, wish.page, LINES)
        casts = store.casts(conn, [one.id for one in asked])
        texts = store.texts(conn, [one.proposal_id for one in asked])
    lines = [_line(one, these.of(one), texts[one.proposal_id], casts[one.id], now) for one in asked]
    signed = len(these.shown) - len(shown)
    return Trends(tuple(lines), len(shown), these.hidden, signed)


def _line(
    this: Round, proposal: Proposal, texts: Sequence[Text], casts: Sequence[Cast], now: datetime
) -> Line:
    own = tuple(one for one in texts if this.first_version_id <= one.id <= this.version_id)
    until = min(now, this.closes_at)
    told = points(casts, own, this.terms, opened=this.opens_at, until=until)
    return Line(this, proposal, own, told)
