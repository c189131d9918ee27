"""The objections to a proposal, as far as one person may read them."""

from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.objections import (
    UNRESOLVED,
    Objection,
    Severity,
    State,
    Step,
)
from coalition.domain.deliberation.passages import Passage, locate
from coalition.domain.deliberation.proposals import ProposalId, ProposalNotFound, may_read
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.services.deliberation.objection_access import is_told, may_see
from coalition.store.database import Database
from coalition.store.deliberation import objections as store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation import versions as versions_store

PUBLIC = frozenset({State.ANSWERED, State.UPHELD, State.OVERRIDDEN})  # steps not the objector's


@dataclass(frozen=True, slots=True)
class Raised:
    """One objection as a person may read it, with what became of it.

    Args:
        here: Where its passage stands in the newest text; None where it no longer does.
    """

    objection: Objection
    steps: tuple[Step, ...]
    here: Passage | None


def of_proposal(
    db: Database, *, actor: Actor | None, now: datetime, proposal_id: ProposalId
) -> tuple[Raised, ...]:
    """Return the objections to a proposal that a person may read, oldest first.

    One behind a ballot is read by whoever may see that stance. A fixed number of queries.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        if not may_read(person, proposals_store.get(conn, proposal_id)):
            raise ProposalNotFound
        every = store.of_proposal(conn, proposal_id)
        rounds = rounds_store.get_many(conn, {one.round_id for one in every})
        seen = [one for one in every if may_see(person, one, rounds, now)]
        steps = store.steps(conn, [one.id for one in seen])
        texts = {one.id: one for one in versions_store.versions(conn, proposal_id)}
    if not texts:
        return ()
    newest = texts[max(texts)]
    return tuple(
        Raised(one, steps.get(one.id, ()), locate(one.passage, texts[one.version_id], newest))
        for one in seen
    )


def with_decision(
    db: Database, *, now: datetime, round_id: RoundId
) -> tuple[tuple[Objection, tuple[Step, ...]], ...]:
    """Return the must-change objections that a text was adopted over, for anyone.

    Where nothing was adopted, the objector's words stay within, and so does what was
    said in a hidden round that was cancelled. With each comes what was answered. The
    objector is named only where it agreed: its name is "" otherwise, and so are the
    names of those who spoke for it.

    Source: issue "Deliberation", Objections as work.
    """
    with db.reading() as conn:
        this = rounds_store.get_many(conn, [round_id]).get(round_id)
        if this is None or not sight(None, this, now=now).verdict:
            return ()
        frozen = verdicts_store.verdicts(conn, [round_id]).get(round_id)
        if frozen is None or frozen.verdict.outcome is not Outcome.ADOPTED:
            return ()
        every = store.of_proposal(conn, this.proposal_id)
        rounds = rounds_store.get_many(conn, {one.round_id for one in every})
        musts = [
            one for one in every if one.severity is Severity.MUST and is_told(one, rounds, now=now)
        ]
        steps = store.steps(conn, [one.id for one in musts])
    return tuple(
        (_public(one), _answers(steps[one.id])) for one in musts if _stood(steps[one.id], this)
    )


def _stood(steps: tuple[Step, ...], this: Round) -> bool:
    """Say whether an objection was unresolved when a round closed, whatever came of it since."""
    before = [one for one in steps if one.at < this.closes_at]
    return bool(before) and before[-1].state in UNRESOLVED


def _public(one: Objection) -> Objection:
    kept = replace(one, owner_id=None, owner="")
    return kept if one.named else replace(kept, organisation="")


def _answers(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return what was answered and how the rule ended it; the objector's own notes stay within."""
    return tuple(replace(one, by="") for one in steps if one.state in PUBLIC)
