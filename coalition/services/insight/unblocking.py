"""Which single organisation could carry most of what falls short, and who holds most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation import counts
from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import COUNTS, Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.insight.levers import carrying
from coalition.services.deliberation.freezing import judged
from coalition.services.deliberation.standings import Standing
from coalition.services.insight.finding import Found
from coalition.store.database import Connection
from coalition.store.deliberation import concerns as concerns_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.insight import levers as store
from coalition.store.insight.levers import Sought
from coalition.store.people import organisations as organisations_store

Turning = Mapping[RoundId, frozenset[Stance | None]]


@dataclass(frozen=True, slots=True)
class Lever:
    """The organisation that counts most, and how many count as much.

    Args:
        n: In how many rounds.
        alike: How many other organisations count in as many.
    """

    organisation_id: OrganisationId
    organisation: str
    n: int
    alike: int


@dataclass(frozen=True, slots=True)
class Unblocking:
    """What one organisation alone could do for the rounds that would not be adopted now.

    Args:
        short: How many those are; binding ones whose stances may be seen.
        carrier: Whose support alone would carry most of them; None where nobody's carries any.
        carried: The proposals it would carry.
        objector: Who objects in most of them; told where there is no carrier, and nobody is
            awaited in more.
        awaited: Who has not answered most of them; told where there is neither.
    """

    short: int = 0
    carrier: Lever | None = None
    carried: tuple[Proposal, ...] = ()
    objector: Lever | None = None
    awaited: Lever | None = None


def short_rounds(these: Found) -> list[Standing]:
    """Return the rounds that would not be adopted as they stand, soonest to close first."""
    stand = (these.stand[one.id] for one in these.rounds)
    short = (one for one in stand if one.verdict and one.verdict.outcome is not Outcome.ADOPTED)
    return sorted(short, key=lambda one: (one.round.closes_at, one.round.id))


def unblocking(
    conn: Connection, these: Found, short: Sequence[Standing], *, now: datetime
) -> Unblocking:
    """Return whose answer, changed to support alone, would have most of these rounds adopted.

    The engine is asked once for each answer there is in a round, not once an organisation.
    """
    turning = _turning(conn, short, now=now)
    carrier = _most(conn, short, turning)
    if carrier:
        carried = _carried(conn, short, turning, carrier)
        return Unblocking(len(short), carrier, tuple(these.of(one) for one in carried))
    objector, awaited = (
        _most(conn, short, _everywhere(short, one)) for one in (Stance.OBJECT, None)
    )
    if objector and awaited and awaited.n > objector.n:
        objector = None
    return Unblocking(len(short), objector=objector, awaited=None if objector else awaited)


def _turning(conn: Connection, short: Sequence[Standing], *, now: datetime) -> Turning:
    """Return the answers that would carry each round if one organisation changed its own."""
    calls = [one.round.proposal_id for one in short if one.round.is_last_call]
    concerns = concerns_store.concerns(conn, calls)
    return {
        one.round.id: _of_round(
            one.round,
            one.tally,
            recirculated=one.recirculated,
            concerns=concerns.get(one.round.proposal_id, 0) if one.round.is_last_call else 0,
            now=now,
        )
        for one in short
        if one.tally
    }


def _of_round(
    this: Round, tally: Tally, *, recirculated: bool, concerns: int, now: datetime
) -> frozenset[Stance | None]:
    def outcome(changed: Tally, before: Stance | None) -> Outcome:
        # A ballot that no longer objects resolves the concern it raised.
        left = max(concerns - (before is Stance.OBJECT), 0)
        at_close = max(now, this.closes_at)
        return judged(this, changed, recirculated=recirculated, now=at_close, concerns=left).outcome

    return carrying(tally, outcome)


def _sought(short: Sequence[Standing], turning: Turning) -> Sought:
    wanted: dict[Stance | None, list[RoundId]] = {}
    for round_id, answers in turning.items():
        for one in answers:
            wanted.setdefault(one, []).append(round_id)
    terms = [(one.round.id, one.round.terms) for one in short]
    return Sought(
        wanted,
        [round_id for round_id, one in terms if one.unconfirmed != COUNTS],
        [round_id for round_id, one in terms if one.recorded != COUNTS],
    )


def _everywhere(short: Sequence[Standing], answer: Stance | None) -> Turning:
    return dict.fromkeys([one.round.id for one in short], frozenset({answer}))


def _most(conn: Connection, short: Sequence[Standing], turning: Turning) -> Lever | None:
    """Return who gave an answer sought in most rounds, of equals the first by name."""
    found = store.counts(conn, _sought(short, turning))
    most = max(found.values(), default=0)
    alike = [who for who, n in found.items() if n == most]
    first = organisations_store.first_of(conn, alike)
    return Lever(*first, most, len(alike) - 1) if first else None


def _carried(
    conn: Connection, short: Sequence[Standing], turning: Turning, carrier: Lever
) -> Collection[Round]:
    ids = [round_id for round_id, answers in turning.items() if answers]
    who = carrier.organisation_id
    given = tallies_store.given(conn, ids, organisation_id=who)
    rolls = store.on_rolls(conn, ids, who)
    found = []
    for one in short:
        this = one.round
        said = given.get((this.id, who))
        heard = said and counts.counts(this.terms, carried=said.carried, recorded=said.recorded)
        answer = said.stance if said and (heard or said.stance is Stance.RECUSED) else None
        if this.id in rolls and answer in turning.get(this.id, frozenset()):
            found.append(this)
    return found
