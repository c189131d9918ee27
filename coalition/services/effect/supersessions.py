"""Superseding: marking an older adopted decision with the newer one that took its place."""

from dataclasses import dataclass

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.effect.supersessions import (
    Decided,
    SuccessorMissing,
    Supersession,
    require_successor,
)
from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.services.effect import closing
from coalition.store.database import Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.effect import supersessions as store
from coalition.store.ground import audit, tokens

CHOICES = 200  # newer decisions on offer; an older one is hardly ever meant


@dataclass(frozen=True, slots=True)
class SupersessionForm:
    """What a convener sends.

    Args:
        by_round_id: The newer decision, or None until one is chosen.
        reason: Why; it stands on the pages of both.
    """

    round_id: RoundId
    by_round_id: RoundId | None
    reason: str
    token: str


@dataclass(frozen=True, slots=True)
class Successor:
    """A newer adopted decision that may take an older one's place."""

    round: Round
    proposal: Proposal


def supersede(db: Database, clock: Clock, *, actor: Actor | None, form: SupersessionForm) -> None:
    """Mark an adopted decision as superseded by a newer one; doing it twice does it once.

    Audited as ``decision.superseded``.

    Raises:
        PermissionMissing: only conveners.
        RoundNotFound: one of the two is no round.
        SuccessorMissing, RuleBroken: see ``require_successor``.
        Invalid: the reason is blank, too long or unreadable.
    """
    person = require(actor, Permission.RUN_ROUND)
    if form.by_round_id is None:
        raise SuccessorMissing(field="successor")
    reason = text.paragraphs(form.reason, "reason")
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, form.token, "decision.superseded"):
            return
        older, newer = (
            Decided(this, closing.outcome(conn, this, now=now))
            for this in (
                rounds_store.get(conn, form.round_id),
                rounds_store.get(conn, form.by_round_id),
            )
        )
        require_successor(older, newer, superseded=store.is_superseded(conn, form.round_id))
        new = Supersession(form.round_id, form.by_round_id, reason, now)
        store.add(conn, new, made_by=person.account_id)
        subject, detail = f"round:{form.round_id}", {"by_round": form.by_round_id}
        audit.append(conn, person.label, "decision.superseded", subject, at=now, detail=detail)
        tokens.keep(conn, form.token, "decision.superseded", str(form.round_id), at=now)


def successors(db: Database, *, actor: Actor | None, round_id: RoundId) -> tuple[Successor, ...]:
    """Return the adopted decisions that may take this one's place, newest first.

    Raises:
        PermissionMissing: only conveners.
        RoundNotFound: there is no such round.
    """
    require(actor, Permission.RUN_ROUND)
    with db.reading() as conn:
        this = rounds_store.get(conn, round_id)
        found = store.adopted_since(conn, this, limit=CHOICES)
        about = proposals_store.get_many(conn, {one.proposal_id for one in found})
    return tuple(Successor(one, about[one.proposal_id]) for one in found)
