"""What followed the rounds of a proposal: verdicts, publishing, dissent, outcomes, successors."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select

from coalition.domain.table.timelines import What
from coalition.store.schema import consensus_round as rounds
from coalition.store.schema import dissent, outcome_statement, supersession, verdict
from coalition.store.table.happenings import NOW, OURS, after, beside, by_the_trail, told

Part = Select[Any]
_NEWER = dissent.alias("newer")


def verdicts() -> Part:
    """Return what the rule made of each round at its close."""
    return (
        told(
            What.VERDICT,
            at=rounds.c.closes_at,
            item=rounds.c.id,
            round_id=rounds.c.id,
            code=verdict.c.outcome,
        )
        .select_from(beside(verdict))
        .where(OURS, rounds.c.closes_at <= NOW)
    )


def published() -> Part:
    """Return the results that the public may read."""
    out = by_the_trail(after("round:", cast(rounds.c.id, String)), "round.published")
    return told(
        What.PUBLISHED,
        at=rounds.c.published_at,
        item=rounds.c.id,
        account_id=out["account_id"],
        round_id=rounds.c.id,
    ).where(OURS, rounds.c.published_at.is_not(None))


def dissents() -> Part:
    """Return the minority statements attached and who left the position, with what stands."""
    stands = case((dissent.c.withdrawn_at.is_(None), dissent.c.statement), else_="")
    return _dissent("dissent_", dissent.c.at, words=stands)


def dissents_ended() -> Part:
    """Return the dissents taken back; one replaced in the same moment was not."""
    replaced = select(_NEWER.c.id).where(
        _NEWER.c.round_id == dissent.c.round_id,
        _NEWER.c.organisation_id == dissent.c.organisation_id,
        _NEWER.c.kind == dissent.c.kind,
        _NEWER.c.at == dissent.c.withdrawn_at,
        _NEWER.c.id != dissent.c.id,
    )
    ended = _dissent("dissent_ended_", dissent.c.withdrawn_at)
    return ended.where(dissent.c.withdrawn_at.is_not(None), ~replaced.exists())


def outcomes() -> Part:
    """Return that it was stated what followed; the code is the day to look at it again."""
    return (
        told(
            What.STATED,
            at=outcome_statement.c.at,
            item=outcome_statement.c.id,
            account_id=outcome_statement.c.made_by,
            round_id=rounds.c.id,
            code=func.coalesce(cast(outcome_statement.c.review_on, String), ""),
        )
        .select_from(beside(outcome_statement))
        .where(OURS)
    )


def superseded() -> Part:
    """Return which decision took this one's place, and why."""
    return _supersession(What.SUPERSEDED, supersession.c.round_id, other=supersession.c.by_round_id)


def supersedes() -> Part:
    """Return whose place this decision took, and why."""
    return _supersession(What.SUPERSEDES, supersession.c.by_round_id, other=supersession.c.round_id)


def _dissent(prefix: str, at: ColumnElement[Any], **said: ColumnElement[Any]) -> Part:
    return (
        told(
            after(prefix, dissent.c.kind),
            at=at,
            item=dissent.c.id,
            organisation_id=dissent.c.organisation_id,
            account_id=dissent.c.made_by,
            round_id=rounds.c.id,
            **said,
        )
        .select_from(beside(dissent))
        .where(OURS)
    )


def _supersession(what: What, ours: ColumnElement[int], *, other: ColumnElement[int]) -> Part:
    return (
        told(
            what,
            at=supersession.c.at,
            item=supersession.c.round_id,
            account_id=supersession.c.made_by,
            round_id=rounds.c.id,
            other_id=other,
            words=supersession.c.reason,
        )
        .select_from(rounds.join(supersession, ours == rounds.c.id))
        .where(OURS)
    )
