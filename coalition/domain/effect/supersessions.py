"""Superseding: a newer adopted decision takes the place of an older one."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.errors import Invalid, RuleBroken


class SuccessorMissing(Invalid):
    """No newer decision was chosen."""

    code = "supersession.successor_missing"


class SupersedesItself(Invalid):
    """A decision cannot take its own place."""

    code = "supersession.itself"


class SuccessorNotAdopted(RuleBroken):
    """Only an adopted decision is superseded, and only by an adopted one."""

    code = "supersession.not_adopted"


class SuccessorNotNewer(RuleBroken):
    """The decision that takes the place was made earlier: so no circle can close."""

    code = "supersession.not_newer"


class SupersededAlready(RuleBroken):
    """Another decision has taken its place."""

    code = "supersession.already"


@dataclass(frozen=True, slots=True)
class Supersession:
    """One decision taking the place of another, and why."""

    round_id: RoundId
    by_round_id: RoundId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A round and what was frozen of it; None without a verdict."""

    round: Round
    outcome: Outcome | None


def require_successor(older: Decided, newer: Decided, *, superseded: bool) -> None:
    """Stop unless ``newer`` may take the place of ``older``.

    Raises:
        SupersedesItself, SuccessorNotAdopted, SuccessorNotNewer, SupersededAlready.
    """
    if older.round.id == newer.round.id:
        raise SupersedesItself(field="successor")
    if {older.outcome, newer.outcome} != {Outcome.ADOPTED}:
        raise SuccessorNotAdopted
    if superseded:
        raise SupersededAlready
    if _order(newer.round) <= _order(older.round):
        raise SuccessorNotNewer


def _order(this: Round) -> tuple[datetime, int]:
    return this.closes_at, this.id
