"""Rounds: opening, extending, ending, freezing a verdict, publishing it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.plans import RollEmpty, RoundPlan
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalFixed,
    ProposalId,
    Stage,
    TextVersion,
)
from coalition.domain.deliberation.rounds import (
    ConcernsOpen,
    Ending,
    Extension,
    NotDecidedYet,
    Round,
    RoundAlreadyOpen,
    RoundId,
    RoundKind,
    Status,
    require_early_close,
    require_extension,
)
from coalition.domain.deliberation.versions import require_answerable
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.audit import fingerprint, instant
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.ground.telling import NoticeKind
from coalition.services.deliberation import checklists
from coalition.services.deliberation.freezing import freeze
from coalition.services.deliberation.objecting import restart_clock
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clocks as clocks_store
from coalition.store.deliberation import concerns as concerns_store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation import versions as versions_store
from coalition.store.deliberation import waivers as waivers_store
from coalition.store.deliberation.verdicts import Frozen
from coalition.store.ground import audit, outbox, tokens
from coalition.store.people import organisations as organisations_store


def open_round(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    plan: RoundPlan,
    token: str,
) -> RoundId:
    """Put a submitted proposal to the roll of organisations that may vote now.

    Rule, terms, roll, text version and first deadline are frozen here, and their
    fingerprint goes into the chain. Audited as ``round.opened``.

    Raises:
        PermissionMissing: only conveners.
        ProposalFixed: it is not submitted, or was adopted already.
        RoundAlreadyOpen: its last round has not ended.
        RollEmpty: no organisation may vote.
        NotReady: an item of the checklist is neither there nor waived.
        Invalid: the dates or terms cannot stand (see ``RoundPlan.require_sound``).
    """
    person = require(actor, Permission.RUN_ROUND)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "round.open"):
            return RoundId(int(done))
        plan = replace(plan, opens_at=max(plan.opens_at, now))  # none opens in the past
        plan.require_sound(now=now, needs_urgency=presets.needs_urgency(plan.preset))
        version = _text_to_decide(conn, proposal_id, plan, now)
        waived = checklists.settled(conn, proposal_id, plan)
        round_id = store.add(
            conn,
            plan,
            proposal_id=proposal_id,
            version_id=version.id,
            substantive_version_id=versions_store.substantive(conn, proposal_id),
            roll=(roll := _roll_now(conn)),
            opened_by=person.account_id,
            at=now,
        )
        waivers_store.add(conn, round_id, waived)
        proposals_store.set_latest_round(conn, proposal_id, round_id)
        frozen = frozen_fingerprint(store.get(conn, round_id), roll, version.content_hash)
        subject, detail = f"round:{round_id}", {"frozen": frozen, "waived": sorted(waived)}
        audit.append(conn, person.label, "round.opened", subject, at=now, detail=detail)
        outbox.put(conn, NoticeKind.ROUND_OPENED, subject, by=None, at=now)
        tokens.keep(conn, token, "round.open", str(round_id), at=now)
    return round_id


def extend_round(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    round_id: RoundId,
    closes_at: datetime,
    reason: str,
) -> None:
    """Move a running round's deadline later, with a reason that members read.

    Audited as ``round.extended``.

    Raises:
        PermissionMissing: only conveners.
        RoundClosed, ExtensionShortens: the deadline cannot be moved so.
        TextMissing: the reason is blank.
    """
    person = require(actor, Permission.RUN_ROUND)
    why = hygiene.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        this = store.undecided(conn, round_id)
        if this.closes_at == closes_at and this.status(now) is Status.OPEN:
            return  # the same extension, clicked twice
        require_extension(this, closes_at, now=now)
        store.extend(conn, this, Extension(closes_at, why, now), made_by=person.account_id)
        audit.append(
            conn,
            person.label,
            "round.extended",
            f"round:{round_id}",
            at=now,
            detail={"closes_at": instant(closes_at)},
        )


def cancel_round(
    db: Database, clock: Clock, *, actor: Actor | None, round_id: RoundId, reason: str
) -> None:
    """End a round without a verdict, with a reason that members read.

    Doing it twice does it once. Audited as ``round.cancelled``.

    Raises:
        PermissionMissing: only conveners.
        RoundClosed: its deadline has passed; what was decided stays.
        TextMissing: the reason is blank.
    """
    person = require(actor, Permission.RUN_ROUND)
    why = hygiene.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        this = store.undecided(conn, round_id)
        if this.status(now) is Status.CANCELLED:
            return
        if this.status(now) is not Status.SCHEDULED:
            this.require_open(now)
        store.end(conn, this, Ending.CANCELLED, reason=why, at=now)
        audit.append(conn, person.label, "round.cancelled", f"round:{round_id}", at=now)


def close_early(
    db: Database, clock: Clock, *, actor: Actor | None, round_id: RoundId
) -> Frozen | None:
    """Close a round before its deadline and freeze its verdict.

    Audited as ``round.closed_early`` and ``verdict.frozen``.

    Raises:
        PermissionMissing: only conveners.
        WindowStillRunning, NotEveryoneHeard, TextJustChanged: it is too early.
        RoundClosed: it has ended already.
    """
    person = require(actor, Permission.RUN_ROUND)
    with db.writing() as conn:
        now = clock()
        this = store.undecided(conn, round_id)
        count = tallies_store.counts(conn, [this])[round_id]
        heard = count.tally(this.terms, eligible=this.roll_size).returned
        require_early_close(this, heard=heard, now=now)
        version = versions_store.version(conn, this.version_id)
        require_answerable(version, this, carried=count.carried, now=now)
        store.end(conn, this, Ending.CLOSED_EARLY, reason="", at=now)
        audit.append(conn, person.label, "round.closed_early", f"round:{round_id}", at=now)
        return freeze(conn, store.get(conn, round_id), now=now)


def publish(db: Database, clock: Clock, *, actor: Actor | None, round_id: RoundId) -> None:
    """Let the public read a closed round's result; freeze the verdict first if need be.

    Doing it twice does it once. Audited as ``round.published``.

    Raises:
        PermissionMissing: only conveners.
        NotDecidedYet: it has not closed, was cancelled, or has no verdict to publish.
    """
    person = require(actor, Permission.RUN_ROUND)
    with db.writing() as conn:
        now = clock()
        this = store.get(conn, round_id)
        if this.published_at is not None:
            return
        if this.status(now) is not Status.CLOSED or this.kind is RoundKind.TEMPERATURE:
            raise NotDecidedYet
        if this.kind is RoundKind.BINDING and not verdicts_store.verdicts(conn, [round_id]):
            freeze(conn, this, now=now)
        store.publish(conn, round_id, at=now)
        audit.append(conn, person.label, "round.published", f"round:{round_id}", at=now)
        outbox.put(conn, NoticeKind.RESULT, f"round:{round_id}", by=person.account_id, at=now)


def freeze_due(db: Database, clock: Clock) -> int:
    """Freeze the verdict of every binding round that has closed; return how many.

    And restart a last call that nobody holds up any more, its objector having left.
    For the clock, not for a person: what closes is the deadline. Idempotent.
    Audited as ``verdict.frozen`` and ``round.clock_restarted``.
    """
    with db.writing() as conn:
        now = clock()
        for round_id, objection_id in clocks_store.stopped(conn).items():
            restart_clock(conn, store.get(conn, round_id), objection_id, None, now=now)
        due = store.unfrozen(conn, now)
        for this in due:
            freeze(conn, this, now=now)
    return len(due)


def frozen_fingerprint(this: Round, roll: Collection[OrganisationId], content_hash: str) -> str:
    """Return the fingerprint of all that is frozen when a round opens."""
    return fingerprint(
        [
            this.id,
            this.proposal_id,
            content_hash,
            this.kind,
            this.preset,
            this.rule.to_json() if this.rule else None,
            this.terms.to_json(),
            this.results,
            sorted(roll),
            instant(this.opens_at),
            instant(this.first_closes_at),
        ]
    )


def _roll_now(conn: Connection) -> frozenset[OrganisationId]:
    """Return the organisations that would be asked.

    Raises:
        RollEmpty: none may vote.
    """
    roll = frozenset(organisations_store.voting_ids(conn))
    if not roll:
        raise RollEmpty
    return roll


def _text_to_decide(
    conn: Connection, proposal_id: ProposalId, plan: RoundPlan, now: datetime
) -> TextVersion:
    """Return the text of a submitted proposal that a round may open on.

    Raises:
        ProposalFixed, RoundAlreadyOpen: no round may.
        ConcernsOpen: no last call may while an objection that must be met is unresolved.
    """
    this = proposals_store.get(conn, proposal_id)
    version = versions_store.latest_version(conn, proposal_id)
    if this.stage is not Stage.SUBMITTED or version is None:
        raise ProposalFixed(reference=this.reference)
    _require_free(conn, this, plan.kind, now)
    if plan.is_last_call and concerns_store.concerns(conn, [proposal_id]):
        raise ConcernsOpen
    return version


def _require_free(conn: Connection, this: Proposal, kind: RoundKind, now: datetime) -> None:
    """Stop while an earlier round runs, and a binding one after the text was adopted."""
    earlier = store.of_proposal(conn, this.id)
    if any(one.status(now) in {Status.OPEN, Status.SCHEDULED} for one in earlier):
        raise RoundAlreadyOpen(reference=this.reference)
    closed = [one for one in earlier if one.kind is RoundKind.BINDING]
    for one in closed:
        if one.status(now) is Status.CLOSED and not verdicts_store.verdicts(conn, [one.id]):
            freeze(conn, one, now=now)
    found = verdicts_store.verdicts(conn, [one.id for one in closed])
    adopted = any(one.verdict.outcome is Outcome.ADOPTED for one in found.values())
    if adopted and kind is RoundKind.BINDING:
        raise ProposalFixed(reference=this.reference)
