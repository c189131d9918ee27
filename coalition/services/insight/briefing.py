"""Four things a convener wants to know first: what closes, who unblocks, who is not on board, news.

Each is answered from what everybody at the table may see, so a hidden stance moves none.
"""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.ground.moments import week_start
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.news import News
from coalition.domain.insight.wishes import Grouping, Wish
from coalition.services.deliberation.standings import Standing
from coalition.services.insight.finding import Found, found
from coalition.services.insight.least_on_board import Support, lowest, supports
from coalition.services.insight.unblocking import Unblocking, short_rounds, unblocking
from coalition.store.database import Connection, Database
from coalition.store.ground import profile
from coalition.store.insight import news as store


@dataclass(frozen=True, slots=True)
class Briefing:
    """The answers, of the rounds open now.

    Args:
        binding: How many of them have a rule and show their stances.
        short: The round that closes next of those that would not be adopted now, with its
            proposal; None where every one would be.
        least: The proposals that a declared size of organisations supports least, with their
            groups: several where they are supported alike, none where none has enough of them.
        since: The Monday from which ``news`` counts.
        hidden: Open rounds that keep their stances to themselves.
    """

    binding: int
    short: tuple[Standing, Proposal] | None
    unblocking: Unblocking
    least: tuple[Support, ...]
    since: datetime
    news: News
    hidden: int


def briefing(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    wish: Wish,
    these: Found | None = None,
) -> Briefing:
    """Return the four answers for the pillars asked for, in a fixed number of queries.

    Args:
        these: The open rounds of these pillars, where they were looked for already.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = these or found(conn, person, Wish(pillars=wish.pillars), now=now)
        short = short_rounds(these)
        since = _monday(conn, now)
        groups = supports(conn, these.shown, these.proposals, grouping=Grouping.SIZE)
        return Briefing(
            binding=sum(these.stand[one.id].verdict is not None for one in these.rounds),
            short=(short[0], these.of(short[0].round)) if short else None,
            unblocking=unblocking(conn, these, short, now=now),
            least=lowest(groups),
            since=since,
            news=store.news(conn, since, now, pillars=wish.pillars),
            hidden=these.hidden,
        )


def _monday(conn: Connection, now: datetime) -> datetime:
    table = profile.find(conn)
    return week_start(now, table.zone if table else "UTC")
