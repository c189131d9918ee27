"""A proposal: what is asked of whom, in words a patient can read."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from coalition.domain.ground import text
from coalition.domain.ground.audit import fingerprint
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import AccountId, Actor, OrganisationId, Role
from coalition.domain.ground.perspectives import Perspective, in_order
from coalition.domain.ground.pillars import Pillar

NEEDED = ("ask", "ask_type", "target", "patient_line", "summary", "body")  # before submission
ProposalId = NewType("ProposalId", int)
VersionId = NewType("VersionId", int)


class Stage(StrEnum):
    """Where a proposal stands. Open and decided follow from its latest round and the clock."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class AskType(StrEnum):
    """What is asked for."""

    SUPPORT_BILL = "support_bill"
    OPPOSE_BILL = "oppose_bill"
    COSPONSOR = "cosponsor"
    COMMENT_ON_RULE = "comment_on_rule"
    AGENCY_GUIDANCE = "agency_guidance"
    ENFORCEMENT = "enforcement"
    APPROPRIATIONS_REQUEST = "appropriations_request"
    REAUTHORIZATION = "reauthorization"
    COVERAGE_DETERMINATION = "coverage_determination"
    IMPLEMENTATION = "implementation"
    REQUEST_MEETING = "request_meeting"
    JOIN_BRIEF = "join_brief"


class InstrumentType(StrEnum):
    """The kind of public document the ask is about."""

    BILL = "bill"
    RESOLUTION = "resolution"
    RULE = "rule"
    DOCKET = "docket"
    GUIDANCE = "guidance"
    LAW = "law"
    APPROPRIATION = "appropriation"
    COVERAGE_REQUEST = "coverage_request"
    COURT_BRIEF = "court_brief"


class ProposalNotFound(NotFound):
    """No proposal has this number, or not one this person may read."""

    code = "proposal.not_found"


class ProposalChanged(Conflict):
    """Somebody saved the proposal since this form was opened."""

    code = "proposal.changed"


class BallotsStand(RuleBroken):
    """Organisations may have voted in the round that runs; they are told before it goes."""

    code = "proposal.ballots_stand"


class ProposalFixed(RuleBroken):
    """The proposal is past drafting; its text changes only by a new version."""

    code = "proposal.fixed"


class ProposalUnfinished(Invalid):
    """A field that members need to decide is still empty."""

    code = "proposal.unfinished"


class NotYourProposal(NotPermitted):
    """Only the champion organisation or a convener may do this."""

    code = "proposal.not_yours"


class PillarTwice(Invalid):
    """The main pillar is named again among the further ones."""

    code = "proposal.pillar_twice"


@dataclass(frozen=True, slots=True)
class ProposalText:
    """What a guided form asks for, field by field.

    Args:
        summary: At most a few plain sentences, for the public.
        patient_line: What this means for a patient.
        body: The text that is put to the table.
        heard: Who is affected and was heard, and what they said.
        perspectives: Whose views those were.
        summary_es: The summary in Spanish.
        summary_es_by: Who read it over; "" while it is a draft.
        source: Facts about the instrument as imported (dates, links, doubts).
    """

    title: str
    pillar: Pillar
    further_pillars: tuple[Pillar, ...] = ()
    problem: str = ""
    ask: str = ""
    ask_type: AskType | None = None
    target: str = ""
    instrument_type: InstrumentType | None = None
    instrument: str = ""
    patient_line: str = ""
    equity_note: str = ""
    summary: str = ""
    body: str = ""
    heard: str = ""
    perspectives: tuple[Perspective, ...] = ()
    summary_es: str = ""
    summary_es_by: str = ""
    source: dict[str, Any] = field(default_factory=dict)

    def checked(self) -> "ProposalText":
        """Return the same text, trimmed and in one Unicode form.

        Raises:
            TextMissing: there is no title.
            TextTooLong, TextUnreadable: a field cannot be kept as it is.
            PillarTwice: the main pillar stands among the further ones.
        """
        if self.pillar in self.further_pillars:
            raise PillarTwice(field="further_pillars")
        return replace(
            self,
            title=text.line(self.title, "title"),
            ask=text.line(self.ask, "ask", required=False),
            target=text.line(self.target, "target", required=False),
            instrument=text.line(self.instrument, "instrument", required=False),
            problem=text.paragraphs(self.problem, "problem", required=False),
            patient_line=text.paragraphs(self.patient_line, "patient_line", required=False),
            equity_note=text.paragraphs(self.equity_note, "equity_note", required=False),
            summary=text.paragraphs(self.summary, "summary", required=False),
            body=text.paragraphs(self.body, "body", limit=text.DOCUMENT, required=False),
            heard=text.paragraphs(self.heard, "heard", required=False),
            perspectives=in_order(self.perspectives),
            summary_es=text.paragraphs(self.summary_es, "summary_es", required=False),
            summary_es_by=text.line(self.summary_es_by, "summary_es_by", required=False),
        )

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The fields that members need to decide and that are still empty, in the form's order."""
        return tuple(name for name in NEEDED if not getattr(self, name))

    def require_finished(self) -> None:
        """Stop unless every field that members need to decide is filled.

        Source: issue "The table works", guided form; ``product.md`` row 8 (the
        patient line).

        Raises:
            ProposalUnfinished: with the first field still empty.
        """
        if self.unfinished:
            raise ProposalUnfinished(field=self.unfinished[0])

    def search_key(self, reference: str) -> str:
        """Return what a search looks in: reference, title, summary, ask and instrument."""
        seen = (reference, self.title, self.summary, self.ask, self.instrument)
        return text.key(" ".join(seen))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it stands.

    Args:
        stage: As stored, before the clock is asked: draft, submitted or withdrawn.
        revision: Goes up with every save; a form opened on an older one is refused.
    """

    id: ProposalId
    reference: str
    text: ProposalText
    stage: Stage
    revision: int
    champion_id: OrganisationId | None
    champion: str
    drafted_by: AccountId | None
    created_at: datetime
    updated_at: datetime
    latest_round_id: int | None


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One numbered text of a proposal; never changed once written.

    Args:
        note: What changed, in words for the members; "" for the first.
        mark: As ``versions.Mark`` has it: first, editorial or substantive.
        round_id: The round that was open when it was written, or None.
    """

    id: VersionId
    proposal_id: ProposalId
    number: int
    title: str
    ask: str
    body: str
    note: str
    content_hash: str
    at: datetime
    mark: str = "first"
    round_id: int | None = None


def content_hash(title: str, ask: str, body: str) -> str:
    """Return the hex SHA-256 that says two texts are the same, word for word."""
    return fingerprint([title, ask, body])


def may_read(actor: Actor | None, proposal: Proposal) -> bool:
    """Say whether a person may read a proposal at all; drafts are their makers' and conveners'.

    The public reads published decisions through ``visibility``, not proposals.
    """
    if actor is None:
        return False
    return proposal.stage is not Stage.DRAFT or may_edit(actor, proposal)


def may_edit(actor: Actor, proposal: Proposal) -> bool:
    """Say whether a person may change a proposal: its champion's seat, or a convener.

    Without a champion it is its drafter's; once their seat has ended, what they
    drafted for an organisation stays with the organisation.
    """
    if actor.role is Role.CONVENER:
        return True
    if actor.role is not Role.MEMBER:
        return False
    champions = actor.seat is not None and actor.seat.organisation_id == proposal.champion_id
    return champions or (proposal.champion_id is None and proposal.drafted_by == actor.account_id)


def require_draft(proposal: Proposal) -> None:
    """Stop unless the proposal is still a draft.

    Raises:
        ProposalFixed: it was submitted or withdrawn.
    """
    if proposal.stage is not Stage.DRAFT:
        raise ProposalFixed(reference=proposal.reference)
