"""Proposals: drafting, submitting, finding, withdrawing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation import proposals as rules
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalFixed,
    ProposalId,
    ProposalNotFound,
    ProposalText,
    Stage,
    TextVersion,
    VersionId,
)
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stages import derived_stage
from coalition.domain.deliberation.versions import Contest
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, Role, require
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation.withdrawing import cancel_running
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import searching
from coalition.store.deliberation import versions as versions_store
from coalition.store.deliberation.searching import Search
from coalition.store.ground import audit, tokens
from coalition.store.people import organisations as organisations_store

PAGE = 20  # proposals on one page of a list


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in a list, with its latest round and derived stage."""

    proposal: Proposal
    round: Round | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a search and how many it found in all."""

    items: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Detail:
    """A proposal with its texts and rounds, newest last.

    Args:
        contests: The versions whose editorial mark was contested, and why.
    """

    proposal: Proposal
    stage: Stage
    versions: tuple[TextVersion, ...]
    rounds: tuple[Round, ...]
    contests: Mapping[VersionId, Contest]

    @property
    def round(self) -> Round | None:
        """The latest round, or None."""
        return self.rounds[-1] if self.rounds else None


def start_draft(
    db: Database, clock: Clock, *, actor: Actor | None, text: ProposalText, token: str
) -> ProposalId:
    """Begin a draft; its champion is the drafter's organisation, where there is one.

    Audited as ``proposal.drafted``.

    Raises:
        PermissionMissing: observers and administrators do not draft.
        Invalid: a field cannot be kept as it is.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    checked = text.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "proposal.draft"):
            return ProposalId(int(done))
        proposal_id = store.add(
            conn,
            checked,
            reference=store.next_reference(conn, now.year),
            champion_id=person.seat.organisation_id if person.seat else None,
            drafted_by=person.account_id,
            at=now,
        )
        audit.append(conn, person.label, "proposal.drafted", f"proposal:{proposal_id}", at=now)
        tokens.keep(conn, token, "proposal.draft", str(proposal_id), at=now)
    return proposal_id


def edit_draft(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    revision: int,
    text: ProposalText,
) -> None:
    """Save a draft's text over the revision its form was opened on.

    Audited as ``proposal.edited``.

    Raises:
        NotYourProposal: the person is neither its champion, its drafter nor a convener.
        ProposalFixed: it was submitted.
        ProposalChanged: somebody saved since; nothing was overwritten.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    checked = text.checked()
    with db.writing() as conn:
        now = clock()
        this = _editable(conn, person, proposal_id)
        rules.require_draft(this)
        store.save(conn, replace(this, revision=revision), checked, at=now)
        audit.append(conn, person.label, "proposal.edited", f"proposal:{proposal_id}", at=now)


def submit_proposal(
    db: Database, clock: Clock, *, actor: Actor | None, proposal_id: ProposalId
) -> None:
    """Put a finished draft before the table; its text becomes version 1.

    Doing it twice does it once. Audited as ``proposal.submitted``.

    Raises:
        ProposalUnfinished: a field that members need to decide is empty.
        NotYourProposal, ProposalFixed: as for editing.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        this = _editable(conn, person, proposal_id)
        if this.stage is Stage.SUBMITTED:
            return
        rules.require_draft(this)
        this.text.require_finished()
        version = versions_store.add_version(
            conn, this, note="", written_by=person.account_id, at=now
        )
        store.set_stage(conn, proposal_id, Stage.SUBMITTED, at=now)
        detail = {"version": version.number, "text": version.content_hash}
        subject = f"proposal:{proposal_id}"
        audit.append(conn, person.label, "proposal.submitted", subject, at=now, detail=detail)


def withdraw_proposal(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    reason: str = "",
    tell: bool = False,
) -> None:
    """Take a proposal off the table, the round that runs on it with it.

    Doing it twice does it once. Audited as ``proposal.withdrawn``.

    Args:
        reason: Why; members read it, and a running round is cancelled with it.
        tell: Whether those who voted in a running round are to be told.

    Raises:
        NotYourProposal: the person is neither its champion, its drafter nor a convener.
        BallotsStand, RoundAlreadyOpen: a round is running, and nobody would be told.
        ProposalFixed: it has been decided; a decision stays on the record.
        TextMissing: a round is running, and there is no reason.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    why = hygiene.paragraphs(reason, "reason", required=False)
    with db.writing() as conn:
        now = clock()
        this = _editable(conn, person, proposal_id)
        if this.stage is Stage.WITHDRAWN:
            return
        every = rounds_store.of_proposal(conn, proposal_id)
        cancel_running(conn, person, this, every, reason=why, tell=tell, now=now)
        if searching.settled(conn, [proposal_id], now):
            raise ProposalFixed(reference=this.reference)
        store.set_stage(conn, proposal_id, Stage.WITHDRAWN, at=now, reason=why)
        audit.append(conn, person.label, "proposal.withdrawn", f"proposal:{proposal_id}", at=now)


def set_champion(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    organisation_id: OrganisationId,
) -> None:
    """Name the organisation that champions a proposal.

    Audited as ``proposal.champion_set``.

    Raises:
        PermissionMissing: only conveners.
        ProposalNotFound, OrganisationNotFound: there is no such proposal or organisation.
    """
    person = require(actor, Permission.STEER_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        store.get(conn, proposal_id)
        organisations_store.get(conn, organisation_id)
        store.set_champion(conn, proposal_id, organisation_id)
        detail = {"organisation": organisation_id}
        subject = f"proposal:{proposal_id}"
        audit.append(conn, person.label, "proposal.champion_set", subject, at=now, detail=detail)


def list_proposals(
    db: Database,
    *,
    actor: Actor | None,
    now: datetime,
    words: str = "",
    pillar: str | None = None,
    stage: Stage | None = None,
    waiting: bool = False,
    page: int = 1,
) -> Listing:
    """Return one page of the proposals a person may read, open ones first by deadline.

    Args:
        waiting: Only those that wait for the person's own organisation.
        page: From 1; ``PAGE`` proposals each.
    """
    person = require(actor, Permission.READ_TABLE)
    own = person.seat.organisation_id if person.seat else None
    wanted = Search(
        words=hygiene.key(words),
        pillar=Pillar(pillar) if pillar else None,
        stage=stage,
        waiting_for=(own or OrganisationId(0)) if waiting else None,
        drafts_of=person.account_id,
        champion=own,
        all_drafts=person.role is Role.CONVENER,
    )
    with db.reading() as conn:
        found = searching.search(conn, wanted, now=now, limit=PAGE, offset=(page - 1) * PAGE)
        total = searching.count(conn, wanted, now=now)
        latest = rounds_store.get_many(conn, [one.latest_round_id for one in found])
        settled = searching.settled(conn, [one.id for one in found], now)
    items = []
    for one in found:
        newest = latest.get(RoundId(one.latest_round_id or 0))
        derived = derived_stage(one, newest, now, settled=one.id in settled)
        items.append(Listed(one, newest, derived))
    return Listing(tuple(items), total)


def detail(db: Database, *, actor: Actor | None, now: datetime, proposal_id: ProposalId) -> Detail:
    """Return one proposal with its texts and rounds.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        this = store.get(conn, proposal_id)
        if not rules.may_read(person, this):
            raise ProposalNotFound
        versions = versions_store.versions(conn, proposal_id)
        contests = versions_store.contests(conn, proposal_id) if len(versions) > 1 else {}
        rounds = rounds_store.of_proposal(conn, proposal_id)
        settled = searching.settled(conn, [proposal_id], now)
    stage = derived_stage(this, rounds[-1] if rounds else None, now, settled=bool(settled))
    return Detail(this, stage, versions, rounds, contests)


def _editable(conn: Connection, person: Actor, proposal_id: ProposalId) -> Proposal:
    this = store.get(conn, proposal_id)
    if not rules.may_edit(person, this):
        if not rules.may_read(person, this):
            raise ProposalNotFound
        raise rules.NotYourProposal(reference=this.reference)
    return this
