"""How rounds stand: the count, what it would mean, and what is still needed.

Everything here passes ``visibility.sight`` first: what a person may not see is
not in the value that comes back, so no screen, chart or export can leak it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.clearances import Clearance
from coalition.domain.deliberation.counts import Count, Given
from coalition.domain.deliberation.decisions import Outcome, Verdict
from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind, Status
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.deliberation.visibility import Sight, sight
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation.freezing import judged
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.deliberation import concerns as concerns_store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation.verdicts import Frozen


@dataclass(frozen=True, slots=True)
class Standing:
    """One round as one person may see it now.

    Args:
        tally: What reaches the engine; None where the person may not see it.
        count: The same ballots with those not confirmed told apart, and those that the
            terms leave out; None where hidden.
        verdict: What the rule would say at the close if the tally stayed as it is, or
            the frozen verdict; None for rounds without a rule or where it is hidden.
        frozen: Whether ``verdict`` is the frozen one.
        answered: How many organisations have answered; None where hidden.
        own_stance: What the person's own organisation said, or None.
        recirculated: Whether the text was sent back to the table before.
    """

    round: Round
    status: Status
    sight: Sight
    tally: Tally | None
    count: Count | None
    verdict: Verdict | None
    frozen: bool
    answered: int | None
    own_stance: Stance | None = None
    recirculated: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """One organisation on a round's roll, as one person may see it.

    Args:
        answered: None where the person may not know.
        given: What it said; None where it said nothing, or that may not be seen.
        clearance: Its review under way, or None; shown to those who may know who answered.
    """

    organisation_id: OrganisationId
    organisation: str
    answered: bool | None
    given: Given | None
    clearance: Clearance | None = None

    @property
    def stance(self) -> Stance | None:
        """What it said, or None as ``given``."""
        return self.given.stance if self.given else None


@dataclass(frozen=True, slots=True)
class Position:
    """A published result, as the public reads it.

    Args:
        supporters: Organisations that support, in the order of their names; the
            only ones ever named in public.
    """

    proposal: Proposal
    round: Round
    verdict: Verdict | None
    tally: Tally | None
    supporters: tuple[str, ...]


def standing(db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId) -> Standing:
    """Return how one round stands for this person.

    Raises:
        SignInNeeded: nobody is signed in.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        this = store.get(conn, round_id)
        return standings(conn, person, [this], now=now)[this.id]


def standings(
    conn: Connection, person: Actor, rounds: Iterable[Round], *, now: datetime
) -> dict[RoundId, Standing]:
    """Return how several rounds stand for one person, in a fixed number of queries."""
    these = {one.id: one for one in rounds}
    if not these:
        return {}
    seen = {round_id: sight(person, one, now=now) for round_id, one in these.items()}
    counts = tallies_store.counts(conn, these.values())
    frozen = verdicts_store.verdicts(conn, these)
    own = _own_stances(conn, person, these)
    concerns = concerns_store.concerns(
        conn, [one.proposal_id for one in these.values() if one.is_last_call]
    )
    sent_back = verdicts_store.sent_back(conn, [one for one in these if one not in frozen])
    return {
        round_id: _standing(
            one,
            seen[round_id],
            counts[round_id],
            frozen.get(round_id),
            recirculated=round_id in sent_back,
            concerns=concerns.get(one.proposal_id, 0) if one.is_last_call else 0,
            own=own.get(round_id),
            now=now,
        )
        for round_id, one in these.items()
    }


def participation(
    db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId
) -> tuple[Participant, ...]:
    """Return the roll of a round with what this person may know of each, by name.

    Raises:
        SignInNeeded: nobody is signed in.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        this = store.get(conn, round_id)
        roll = store.roll(conn, round_id)
        given = tallies_store.given(conn, [round_id])
        reviews = clearances_store.in_force(conn, [round_id], now)
    allowed = sight(person, this, now=now)
    return tuple(
        participant(
            one, name, given.get((round_id, one)), allowed, clearance=reviews.get((round_id, one))
        )
        for one, name in roll.items()
    )


def participant(
    organisation_id: OrganisationId,
    name: str,
    given: Given | None,
    allowed: Sight,
    *,
    clearance: Clearance | None = None,
) -> Participant:
    """Return one organisation on a roll, with no more than ``allowed`` shows."""
    shows = allowed.sees_stance_of(organisation_id)
    knows = allowed.answered or shows
    return Participant(
        organisation_id,
        name,
        (given is not None) if knows else None,
        given if shows else None,
        clearance if knows else None,
    )


def positions(
    db: Database,
    *,
    now: datetime,
    pillar: str = "",
    outcome: str = Outcome.ADOPTED,
    page: int = 1,
    size: int = 10,
) -> tuple[Position, ...]:
    """Return one page of published results, latest first, for anyone."""
    with db.reading() as conn:
        rounds = store.published(
            conn, limit=size, offset=(page - 1) * size, pillar=pillar, outcome=outcome
        )
        return _positions(conn, [one for one in rounds if sight(None, one, now=now).verdict])


def position(db: Database, *, now: datetime, round_id: RoundId) -> Position | None:
    """Return one published result for anyone, or None if it is not published."""
    with db.reading() as conn:
        found = store.get_many(conn, [round_id])
        rounds = [one for one in found.values() if sight(None, one, now=now).verdict]
        return next(iter(_positions(conn, rounds)), None)


def _positions(conn: Connection, rounds: list[Round]) -> tuple[Position, ...]:
    ids = [one.id for one in rounds]
    proposals = proposals_store.get_many(conn, [one.proposal_id for one in rounds])
    frozen = verdicts_store.verdicts(conn, ids)
    tallies = tallies_store.tallies(conn, rounds)
    supporters = tallies_store.supporters(conn, rounds)
    return tuple(
        Position(
            proposals[one.proposal_id],
            one,
            frozen[one.id].verdict if one.id in frozen else None,
            frozen[one.id].tally if one.id in frozen else tallies[one.id],
            supporters.get(one.id, ()),
        )
        for one in rounds
    )


def _standing(
    this: Round,
    allowed: Sight,
    count: Count,
    frozen: Frozen | None,
    *,
    recirculated: bool,
    concerns: int,
    own: Stance | None,
    now: datetime,
) -> Standing:
    status = this.status(now)
    counted = frozen.tally if frozen else count.tally(this.terms, eligible=this.roll_size)
    verdict = frozen.verdict if frozen else None
    if verdict is None and this.rule is not None and status is not Status.CANCELLED:
        at_close = max(now, this.closes_at)
        verdict = judged(this, counted, recirculated=recirculated, now=at_close, concerns=concerns)
    return Standing(
        round=this,
        status=status,
        sight=allowed,
        tally=counted if allowed.stances else None,
        count=count if allowed.stances else None,
        verdict=verdict if allowed.stances else None,
        frozen=frozen is not None,
        answered=_answered(count, counted, allowed),
        own_stance=own,
        recirculated=recirculated,
    )


def _answered(count: Count, counted: Tally, allowed: Sight) -> int | None:
    """Return how many organisations have answered, as far as a person may know.

    While stances are hidden every answer counts alike: of those on an earlier text the
    terms may keep recusals alone, and the number would tell who recused.
    """
    if not allowed.answered:
        return None
    return counted.returned if allowed.stances else count.standing


def _own_stances(
    conn: Connection, person: Actor, these: Mapping[RoundId, Round]
) -> dict[RoundId, Stance]:
    if person.seat is None:
        return {}
    given = tallies_store.stances(conn, these, organisation_id=person.seat.organisation_id)
    return {round_id: stance for (round_id, _), stance in given.items()}


__all__ = [
    "Participant",
    "Pillar",
    "Position",
    "ProposalId",
    "RoundKind",
    "Standing",
    "participation",
    "position",
    "positions",
    "standing",
    "standings",
]
