"""Suggested changes: making one, answering it, and taking it into the next version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation import proposals as rules
from coalition.domain.deliberation.proposals import (
    NotYourProposal,
    Proposal,
    ProposalId,
    ProposalNotFound,
    TextVersion,
    VersionId,
)
from coalition.domain.deliberation.versions import Revision, TextSettled
from coalition.domain.discussion import weaving
from coalition.domain.discussion.suggestions import (
    State,
    Suggestion,
    SuggestionAnswered,
    SuggestionId,
    SuggestionNotFound,
    require_open,
)
from coalition.domain.discussion.wishes import Answer, Wish
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import (
    Actor,
    OrganisationId,
    Permission,
    Role,
    require,
)
from coalition.services.deliberation import versions
from coalition.services.deliberation.casting import seat_now
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import searching
from coalition.store.deliberation import versions as versions_store
from coalition.store.discussion import suggestions as store
from coalition.store.ground import audit, tokens


@dataclass(frozen=True, slots=True)
class Found:
    """The suggestions on one proposal, oldest first.

    Args:
        origin: The proposal on which it was a suggestion itself, before it became its own.
    """

    every: tuple[Suggestion, ...]
    origin: ProposalId | None


def suggest(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    wish: Wish,
    token: str,
) -> SuggestionId:
    """Suggest other words for a passage of the text in force.

    Audited as ``suggestion.made``.

    Raises:
        PermissionMissing, SeatMissing: administrators do not, nor members without a seat.
        ProposalNotFound, TextSettled: there is no text that could change.
        PassageGone, PassageAmbiguous: the text does not say it, or says it twice.
        Invalid: a field cannot be kept as it is, or nothing would change.
    """
    person = require(actor, Permission.SUGGEST_CHANGE)
    checked = wish.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "suggestion.made"):
            return SuggestionId(int(done))
        speaks_for = _organisation(conn, person, now)
        version = _open_text(conn, _readable(conn, person, proposal_id), now)
        made = store.add(
            conn,
            checked,
            checked.passage_in(version),
            of=(proposal_id, version.id),
            by=(person.account_id, speaks_for),
            at=now,
        )
        detail = {"suggestion": made, "version": version.number}
        _append(conn, person, "suggestion.made", proposal_id, now, detail)
        tokens.keep(conn, token, "suggestion.made", str(made), at=now)
    return made


def withdraw(
    db: Database, clock: Clock, *, actor: Actor | None, suggestion_id: SuggestionId
) -> None:
    """Take one's own suggestion back while nobody has answered it.

    Doing it twice does it once. Audited as ``suggestion.withdrawn``.

    Raises:
        SuggestionNotFound, NotYourSuggestion: only its author.
        SuggestionAnswered: it is no longer open.
    """
    person = require(actor, Permission.SUGGEST_CHANGE)
    with db.writing() as conn:
        now = clock()
        this = _known(conn, person, suggestion_id)
        this.require_author(person.account_id)
        if this.state is State.WITHDRAWN:
            return
        if this.state is not State.OPEN:
            raise SuggestionAnswered
        store.withdraw(conn, suggestion_id)
        detail = {"suggestion": suggestion_id}
        _append(conn, person, "suggestion.withdrawn", this.proposal_id, now, detail)


def answer(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    suggestion_id: SuggestionId,
    given: Answer,
    seen: datetime | None = None,
) -> None:
    """Accept a suggestion, accept it in part or decline it, always with a reason.

    An answer can be changed until it is in the text. The same answer twice is one.
    Audited as ``suggestion.answered`` with the new state.

    Args:
        seen: When the answer was given that the form was shown with, or None.

    Raises:
        SuggestionNotFound, NotYourProposal: only whoever may edit the proposal.
        AnswerStands, SomebodyElseAnswered: the answer can no longer be changed, or was.
        TextSettled: the text can no longer change, so it can only be declined.
        Invalid: no answer, no reason, or no wording where it is accepted in part.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        this = _known(conn, person, suggestion_id)
        proposal = proposals_store.get(conn, this.proposal_id)
        if not rules.may_edit(person, proposal):
            raise NotYourProposal(reference=proposal.reference)
        checked = given.checked(this)
        if checked.stands(this):
            return
        this.require_answerable(seen=seen)
        if checked.state is not State.DECLINED:
            _open_text(conn, proposal, now)
        store.answer(conn, suggestion_id, checked, by=person.account_id, at=now)
        detail = {"suggestion": suggestion_id, "state": checked.state}
        _append(conn, person, "suggestion.answered", this.proposal_id, now, detail)


def revise(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    proposal_id: ProposalId,
    revision: Revision,
    token: str,
    including: tuple[SuggestionId, ...] = (),
) -> TextVersion:
    """Make the next version, and credit the suggestions whose agreed wording it says.

    Audited as ``version.written`` and, for the suggestions, ``suggestion.applied``.

    Raises:
        As ``versions.revise``; then nothing was changed.
        SuggestionNotFound, NotWaiting: one is not of this proposal, or not to be taken in.
        NotInText: the text does not say what was agreed on.
    """
    person = require(actor, Permission.DRAFT_PROPOSAL)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "version.written"):
            return versions_store.version(conn, VersionId(int(done)))
        made = versions.revise_within(conn, person, proposal_id, revision, now=now)
        if including:
            texts = {one.id: one for one in versions_store.versions(conn, proposal_id)}
            known = {one.id: one for one in store.of_proposal(conn, proposal_id)}
            for number in including:
                if number not in known:
                    raise SuggestionNotFound
                one = known[number]
                one.require_included(texts[one.version_id], made)
            store.mark_applied(conn, including, made.id)
            detail = {"suggestions": sorted(set(including)), "version": made.number}
            _append(conn, person, "suggestion.applied", proposal_id, now, detail)
        tokens.keep(conn, token, "version.written", str(made.id), at=now)
    return made


def on_proposal(db: Database, *, actor: Actor | None, proposal_id: ProposalId) -> Found:
    """Return the suggestions on a proposal, for all who may read it; they are no stances.

    Raises:
        SignInNeeded: nobody is signed in.
        ProposalNotFound: there is none, or it is a draft of somebody else.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        _readable(conn, person, proposal_id)
        return Found(store.of_proposal(conn, proposal_id), store.origin(conn, proposal_id))


def credited(
    db: Database, *, actor: Actor | None, proposal_id: ProposalId
) -> Mapping[VersionId, tuple[str, ...]]:
    """Return with whose words each version was made, by name.

    Raises:
        As ``on_proposal``.
    """
    found = on_proposal(db, actor=actor, proposal_id=proposal_id)
    return weaving.credited(found.every)


def _readable(conn: Connection, person: Actor, proposal_id: ProposalId) -> Proposal:
    this = proposals_store.get(conn, proposal_id)
    if not rules.may_read(person, this):
        raise ProposalNotFound
    return this


def _known(conn: Connection, person: Actor, suggestion_id: SuggestionId) -> Suggestion:
    """Return a suggestion on a proposal the person may read."""
    this = store.get(conn, suggestion_id)
    _readable(conn, person, this.proposal_id)
    return this


def _open_text(conn: Connection, this: Proposal, now: datetime) -> TextVersion:
    """Return the text in force, if it could still change.

    Raises:
        TextSettled: it could not.
    """
    require_open(this, settled=bool(searching.settled(conn, [this.id], now)))
    version = versions_store.latest_version(conn, this.id)
    if version is None:
        raise TextSettled(reference=this.reference)
    return version


def _organisation(conn: Connection, person: Actor, now: datetime) -> OrganisationId | None:
    """Return whom a person speaks for; only a member must speak for somebody.

    Raises:
        SeatMissing: a member without a current seat.
    """
    if person.role is not Role.MEMBER:
        return None
    return seat_now(conn, person, now).organisation_id


def _append(
    conn: Connection,
    person: Actor,
    action: str,
    proposal_id: ProposalId,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    audit.append(conn, person.label, action, f"proposal:{proposal_id}", at=at, detail=detail)
