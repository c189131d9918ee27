"""Rounds, their rolls, extensions and verdicts, in and out of the tables."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from coalition.domain.deliberation.plans import RoundPlan
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    TextVersion,
    VersionId,
)
from coalition.domain.deliberation.rounds import (
    Ending,
    Extension,
    Results,
    Round,
    RoundClosed,
    RoundId,
    RoundKind,
    RoundNotFound,
    Terms,
)
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.versions import Mark
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.domain.ground.pillars import Pillar
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import (
    organisation,
    proposal,
    round_extension,
    round_roll,
    text_version,
    verdict,
)

# Built once: building a statement costs more than running it.
SELECT = select(rounds, text_version.c.number.label("version")).join(
    text_version, text_version.c.id == rounds.c.current_version_id
)
_GET = SELECT.where(rounds.c.id == bindparam("round_id"))
_GET_MANY = SELECT.where(rounds.c.id.in_(bindparam("ids", expanding=True)))
_OF_PROPOSAL = SELECT.where(rounds.c.proposal_id == bindparam("proposal_id")).order_by(rounds.c.id)
_RECENT = (
    SELECT.where(
        rounds.c.closes_at <= bindparam("now"), rounds.c.ending.is_distinct_from(Ending.CANCELLED)
    )
    .order_by(rounds.c.closes_at.desc())
    .limit(bindparam("limit"))
)
_ROLLS = select(round_roll.c.round_id, round_roll.c.organisation_id).where(
    round_roll.c.round_id.in_(bindparam("ids", expanding=True))
)
_OPEN = SELECT.where(
    rounds.c.closes_at > bindparam("now"),
    rounds.c.opens_at <= bindparam("now"),
    rounds.c.ending.is_(None),
).order_by(rounds.c.closes_at)
_OPEN_OF_PILLARS = _OPEN.join(proposal, proposal.c.id == rounds.c.proposal_id).where(
    proposal.c.pillar.in_(bindparam("pillars", expanding=True))
)
RULES = 256  # read once each: a table has few rules and many rounds


def add(
    conn: Connection,
    plan: RoundPlan,
    *,
    proposal_id: ProposalId,
    version_id: VersionId,
    substantive_version_id: VersionId,
    roll: Collection[OrganisationId],
    opened_by: AccountId,
    at: datetime,
) -> RoundId:
    """Store a round with its frozen roll and return its id."""
    added = conn.execute(
        insert(rounds).returning(rounds.c.id),
        {
            "proposal_id": proposal_id,
            "version_id": version_id,
            "current_version_id": version_id,
            "substantive_version_id": substantive_version_id,
            "kind": plan.kind,
            "preset": plan.preset,
            "rule": plan.rule.to_json() if plan.rule else None,
            "terms": plan.terms.to_json(),
            "results": plan.results,
            "roll_size": len(roll),
            "opened_by": opened_by,
            "opened_at": at,
            "opens_at": plan.opens_at,
            "first_closes_at": plan.closes_at,
            "closes_at": plan.closes_at,
            "runs_from": plan.opens_at,
        },
    )
    round_id = RoundId(added.scalar_one())
    entries = [{"round_id": round_id, "organisation_id": one} for one in sorted(roll)]
    conn.execute(insert(round_roll), entries)
    return round_id


def get(conn: Connection, round_id: RoundId) -> Round:
    """Return one round.

    Raises:
        RoundNotFound: there is none.
    """
    row = conn.execute(_GET, {"round_id": round_id}).first()
    if row is None:
        raise RoundNotFound
    return from_row(row)


def undecided(conn: Connection, round_id: RoundId) -> Round:
    """Return one round that has no frozen verdict.

    Raises:
        RoundNotFound: there is none.
        RoundClosed: it was decided, whatever a clock that was set back says now.
    """
    this = get(conn, round_id)
    if conn.scalar(select(verdict.c.round_id).where(verdict.c.round_id == round_id)) is not None:
        raise RoundClosed(closes_at=this.closes_at)
    return this


def get_many(conn: Connection, ids: Iterable[int | None]) -> dict[RoundId, Round]:
    """Return several rounds by id, in one query."""
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    rows = conn.execute(_GET_MANY, {"ids": wanted})
    return {RoundId(row.id): from_row(row) for row in rows}


def of_proposal(conn: Connection, proposal_id: ProposalId) -> tuple[Round, ...]:
    """Return every round of a proposal, oldest first."""
    return tuple(from_row(row) for row in conn.execute(_OF_PROPOSAL, {"proposal_id": proposal_id}))


def latest(conn: Connection, this: Proposal) -> Round | None:
    """Return the latest round of a proposal, or None before the first."""
    return None if this.latest_round_id is None else get(conn, RoundId(this.latest_round_id))


def move_text(conn: Connection, this: Round, version: TextVersion) -> None:
    """Put a newer text in force; one that changes what is asked leaves older ballots carried."""
    moved = {"current_version_id": version.id}
    if version.mark == Mark.SUBSTANTIVE:
        moved["substantive_version_id"] = version.id
    conn.execute(update(rounds).where(rounds.c.id == this.id).values(moved))


def make_substantive(conn: Connection, this: Round, version_id: VersionId) -> None:
    """Store that a version changed what is asked, unless a later one did already."""
    latest = max(version_id, this.substantive_version_id)
    conn.execute(update(rounds).where(rounds.c.id == this.id).values(substantive_version_id=latest))


def open_at(
    conn: Connection, now: datetime, *, pillars: Collection[Pillar] = ()
) -> tuple[Round, ...]:
    """Return the rounds open at ``now``, soonest to close first.

    Args:
        pillars: Only those whose proposal has one of these main pillars; none for any.
    """
    if pillars:
        asked = {"now": now, "pillars": list(pillars)}
        return tuple(from_row(row) for row in conn.execute(_OPEN_OF_PILLARS, asked))
    return tuple(from_row(row) for row in conn.execute(_OPEN, {"now": now}))


def unfrozen(conn: Connection, now: datetime) -> tuple[Round, ...]:
    """Return binding rounds that have closed and have no frozen verdict yet, oldest first."""
    query = (
        SELECT.outerjoin(verdict, verdict.c.round_id == rounds.c.id)
        .where(
            verdict.c.round_id.is_(None),
            rounds.c.kind == RoundKind.BINDING,
            rounds.c.closes_at <= now,
            rounds.c.ending.is_distinct_from(Ending.CANCELLED),
        )
        .order_by(rounds.c.closes_at)
    )
    return tuple(from_row(row) for row in conn.execute(query))


def published(
    conn: Connection, *, limit: int, offset: int = 0, pillar: str = "", outcome: str = ""
) -> tuple[Round, ...]:
    """Return the rounds whose result the public may read, latest first."""
    from_proposals = SELECT.join(proposal, proposal.c.id == rounds.c.proposal_id)
    query = from_proposals.where(rounds.c.published_at.is_not(None))
    if pillar:
        query = query.where(proposal.c.pillar == pillar)
    if outcome:
        query = query.join(verdict, verdict.c.round_id == rounds.c.id).where(
            verdict.c.outcome == outcome
        )
    latest = query.order_by(rounds.c.published_at.desc(), rounds.c.id.desc())
    return tuple(from_row(row) for row in conn.execute(latest.limit(limit).offset(offset)))


def extend(conn: Connection, this: Round, extension: Extension, *, made_by: AccountId) -> None:
    """Store an extension and the deadline it sets."""
    conn.execute(
        insert(round_extension),
        {
            "round_id": this.id,
            "closes_at": extension.closes_at,
            "reason": extension.reason,
            "made_by": made_by,
            "at": extension.at,
        },
    )
    conn.execute(update(rounds).where(rounds.c.id == this.id).values(closes_at=extension.closes_at))


def end(conn: Connection, this: Round, ending: Ending, *, reason: str, at: datetime) -> None:
    """Store that a round ended before its deadline."""
    conn.execute(
        update(rounds)
        .where(rounds.c.id == this.id)
        .values(
            ending=ending, ending_reason=reason, closes_at=max(at, this.opens_at), stopped=False
        )
    )


def publish(conn: Connection, round_id: RoundId, *, at: datetime) -> None:
    """Store that the public may read the result from now on."""
    conn.execute(update(rounds).where(rounds.c.id == round_id).values(published_at=at))


def roll(conn: Connection, round_id: RoundId) -> dict[OrganisationId, str]:
    """Return the organisations on a round's frozen roll by name, in the order of their names."""
    query = (
        select(organisation.c.id, organisation.c.name)
        .join(round_roll, round_roll.c.organisation_id == organisation.c.id)
        .where(round_roll.c.round_id == round_id)
        .order_by(organisation.c.name_key)
    )
    return {OrganisationId(row.id): row.name for row in conn.execute(query)}


def rolls(conn: Connection, ids: Collection[int]) -> dict[RoundId, frozenset[OrganisationId]]:
    """Return the rolls of several rounds, in one query."""
    found: dict[RoundId, set[OrganisationId]] = {RoundId(one): set() for one in ids}
    for round_id, organisation_id in conn.execute(_ROLLS, {"ids": list(ids)}).all():
        found[round_id].add(organisation_id)
    return {round_id: frozenset(members) for round_id, members in found.items()}


def recent(conn: Connection, now: datetime, *, limit: int) -> tuple[Round, ...]:
    """Return the rounds that closed last, latest first; cancelled ones are not among them."""
    return tuple(from_row(row) for row in conn.execute(_RECENT, {"now": now, "limit": limit}))


def from_row(row: Row[Any]) -> Round:
    """Return the round in a row of ``SELECT``."""
    return Round(
        id=RoundId(row.id),
        proposal_id=ProposalId(row.proposal_id),
        version_id=VersionId(row.current_version_id),
        version=row.version,
        kind=RoundKind(row.kind),
        preset=row.preset,
        rule=_rule(json.dumps(row.rule)) if row.rule is not None else None,
        terms=Terms.from_json(row.terms),
        results=Results(row.results),
        roll_size=row.roll_size,
        opens_at=row.opens_at,
        first_closes_at=row.first_closes_at,
        closes_at=row.closes_at,
        first_version_id=VersionId(row.version_id),
        substantive_version_id=VersionId(row.substantive_version_id),
        runs_from=row.runs_from,
        stopped=row.stopped,
        ending=Ending(row.ending) if row.ending else None,
        ending_reason=row.ending_reason,
        published_at=row.published_at,
    )


@lru_cache(maxsize=RULES)
def _rule(written: str) -> Rule:
    """Return the rule of a round; reading one costs as much as twenty rows."""
    return Rule.from_json(json.loads(written))
