"""How each seat is doing: who can act for it, what waits, what it missed. For help, not shame."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coalition.domain.deliberation.rounds import RoundId, RoundKind
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.insight.spells import median_days
from coalition.domain.insight.wishes import Wish
from coalition.domain.people.organisations import Organisation, OrganisationSize
from coalition.services.insight.finding import open_rounds
from coalition.store.database import Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.insight import attendance as attendance_store
from coalition.store.insight import seats as store
from coalition.store.insight.attendance import Attendance, Closed
from coalition.store.insight.seats import Turns
from coalition.store.people import outlines as outlines_store
from coalition.store.people import seats as seats_store

LATEST = 12  # closed rounds that a seat is followed through
ASKING = (RoundKind.BINDING, RoundKind.TEMPERATURE)  # a sign-on asks nobody in particular
Covered = Mapping[OrganisationId, tuple[bool, bool]]


@dataclass(frozen=True, slots=True)
class Seat:
    """One organisation with a vote.

    Args:
        primary, alternate: Whether a delegate, or an alternate, can act for it now.
        waiting: Open rounds it has not answered.
        reviewing: In how many of those its board reviews the text; no need to call.
        missed: How many of the latest closed rounds on whose roll it was it did not answer,
            counted back from the last until one it did.
        days: The median days from a round's opening to its first answer; None where there
            is none.
    """

    organisation_id: OrganisationId
    organisation: str
    primary: bool
    alternate: bool
    waiting: int = 0
    reviewing: int = 0
    missed: int = 0
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """How much the organisations asked for of one declared size comment.

    Args:
        size: None for those that have not said.
        organisations: How many with a vote are of it.
        comments: On proposals with an open round, by all of this size, with a vote or without.
    """

    size: OrganisationSize | None
    organisations: int
    comments: int


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats asked for: those with something to answer first, each part by name.

    What waits in clearance puts nobody first, and how much waits never ranks anybody.

    Args:
        closed: How many rounds that closed last they are followed through.
    """

    lines: tuple[Seat, ...]
    voices: tuple[Voice, ...]
    closed: int


def seats(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Seats:
    """Return how the seats of the organisations asked for are doing, in a fixed number of queries.

    Of hidden rounds it is known who answered, and no more goes into it. Rounds in which one
    can only sign are nobody's duty: none is missed by not signing.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        opened = open_rounds(conn, wish, now)
        closed = {
            one.id: one
            for one in attendance_store.closed(
                conn, now, pillars=wish.pillars, limit=LATEST, kinds=ASKING
            )
        }
        everyone = outlines_store.outlines(conn)
        covered = seats_store.covered(conn, now)
        admitted = [one for one in everyone if wish.admits(one.profile)]
        asked = [one for one in admitted if one.id in covered]
        asking = [one for one in opened if one.kind in ASKING]
        known = [one.id for one in asking if sight(person, one, now=now).answered]
        told = [one for one in asking if sight(person, one, now=now).stances]
        attended = attendance_store.attendance(conn, known, told)
        reviewing = Counter(who for _, who in clearances_store.in_force(conn, known, now))
        turns = store.turns(conn, list(closed))
        said = store.comments(conn, {one.proposal_id for one in opened})
    lines = [
        _seat(one, covered, attended.get(one.id), reviewing[one.id], turns.get(one.id, {}), closed)
        for one in asked
    ]
    lines.sort(key=lambda one: one.waiting <= one.reviewing)  # stable: each part stays by name
    return Seats(tuple(lines), _voices(admitted, covered, said), len(closed))


def _seat(
    one: Organisation,
    covered: Covered,
    attended: Attendance | None,
    reviewing: int,
    turns: Turns,
    closed: Mapping[RoundId, Closed],
) -> Seat:
    primary, alternate = covered[one.id]
    return Seat(
        one.id,
        one.name,
        primary,
        alternate,
        waiting=attended.on_rolls - attended.heard if attended else 0,
        reviewing=reviewing,
        missed=_missed(turns, closed),
        days=median_days(_took(turns, closed)),
    )


def _missed(turns: Turns, order: Iterable[RoundId]) -> int:
    missed = 0
    for round_id in order:
        if turns.get(round_id) is not None:
            break
        missed += round_id in turns
    return missed


def _took(turns: Turns, closed: Mapping[RoundId, Closed]) -> list[timedelta]:
    return [first - closed[one].opens_at for one, first in turns.items() if first is not None]


def _voices(
    admitted: Iterable[Organisation], covered: Covered, said: Mapping[OrganisationId, int]
) -> tuple[Voice, ...]:
    sizes: Counter[OrganisationSize | None] = Counter()
    comments: Counter[OrganisationSize | None] = Counter()
    for one in admitted:
        sizes[one.profile.size] += one.id in covered
        comments[one.profile.size] += said.get(one.id, 0)
    told = (Voice(size, sizes[size], comments[size]) for size in (*OrganisationSize, None))
    return tuple(one for one in told if one.organisations or one.comments)
