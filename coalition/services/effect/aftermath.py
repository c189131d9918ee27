"""What has been said of decisions since they were made, as far as one reader may see it.

Everything that shows, exports or sends a decision asks here for what travels with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.visibility import sight
from coalition.domain.effect.dissents import Dissent, DissentKind
from coalition.domain.effect.outcomes import OutcomeStatement
from coalition.domain.effect.supersessions import Supersession
from coalition.domain.ground.permissions import Actor
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.effect import dissents as dissents_store
from coalition.store.effect import outcomes as outcomes_store
from coalition.store.effect import supersessions as supersessions_store


@dataclass(frozen=True, slots=True)
class Link:
    """Another decision that took this one's place, or whose place this one took.

    Args:
        round: Of the other decision.
        proposal: What the other decision was about.
    """

    round: Round
    proposal: Proposal
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What travels with one decision.

    Args:
        statements: Minority statements that stand, by name of organisation.
        dissociations: Organisations that have left the position, by name.
        outcomes: What has followed, the current statement first.
        superseded_by: The decision that took its place, or None.
        supersedes: The decisions whose place it took, oldest first.
    """

    statements: tuple[Dissent, ...] = ()
    dissociations: tuple[Dissent, ...] = ()
    outcomes: tuple[OutcomeStatement, ...] = ()
    superseded_by: Link | None = None
    supersedes: tuple[Link, ...] = ()


def aftermath(
    db: Database, *, actor: Actor | None, now: datetime, rounds: Iterable[Round]
) -> Mapping[RoundId, Aftermath]:
    """Return what travels with each of these rounds, in at most five queries.

    Args:
        actor: None for the public, who sees nothing of what is not published: neither
            here nor of the other decision of a supersession.
    """
    given = {one.id: one for one in rounds}
    seen = [one.id for one in given.values() if sight(actor, one, now=now).verdict]
    told = dict.fromkeys(given, Aftermath())
    if not seen:
        return told
    with db.reading() as conn:
        dissents = dissents_store.standing(conn, seen)
        outcomes = outcomes_store.of_rounds(conn, seen)
        pairs = supersessions_store.touching(conn, seen)
        others = _others(conn, pairs)
    visible = {number for number, (one, _) in others.items() if sight(actor, one, now=now).verdict}
    shown = [one for one in pairs if {one.round_id, one.by_round_id} <= visible]
    for number in seen:
        by = [_link(others[p.by_round_id], p) for p in shown if p.round_id == number]
        told[number] = Aftermath(
            _of(dissents.get(number, ()), DissentKind.MINORITY_STATEMENT),
            _of(dissents.get(number, ()), DissentKind.DISSOCIATION),
            outcomes.get(number, ()),
            by[0] if by else None,
            tuple(_link(others[p.round_id], p) for p in shown if p.by_round_id == number),
        )
    return told


def _of(found: Iterable[Dissent], kind: DissentKind) -> tuple[Dissent, ...]:
    return tuple(one for one in found if one.kind is kind)


def _others(
    conn: Connection, pairs: Iterable[Supersession]
) -> dict[RoundId, tuple[Round, Proposal]]:
    """Return both rounds of each supersession with what they were about."""
    ids = {number for pair in pairs for number in (pair.round_id, pair.by_round_id)}
    if not ids:
        return {}
    rounds = rounds_store.get_many(conn, ids)
    about = proposals_store.get_many(conn, {one.proposal_id for one in rounds.values()})
    return {number: (one, about[one.proposal_id]) for number, one in rounds.items()}


def _link(other: tuple[Round, Proposal], pair: Supersession) -> Link:
    return Link(*other, pair.reason, pair.at)
