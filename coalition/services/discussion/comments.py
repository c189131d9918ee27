"""Comments: saying something about a proposal, saying it better, taking it back, reacting."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.passages import WHOLE, Passage, PassageGone
from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    ProposalNotFound,
    Stage,
    VersionId,
    may_read,
)
from coalition.domain.discussion import comments as rules
from coalition.domain.discussion.comments import (
    Audience,
    Comment,
    CommentId,
    CommentNotFound,
    DraftUndiscussed,
    Reaction,
    audiences,
)
from coalition.domain.discussion.mentions import Mentions, require_callable, require_few
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, Role, require
from coalition.domain.ground.telling import NoticeKind
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import versions as versions_store
from coalition.store.discussion import comments as store
from coalition.store.discussion import mentions as mentions_store
from coalition.store.discussion import reactions as reactions_store
from coalition.store.ground import audit, outbox, tokens
from coalition.store.people import seats as seats_store

NOBODY = Mentions()


@dataclass(frozen=True, slots=True)
class CommentForm:
    """What somebody sends to begin a thread, or to reply in one.

    Args:
        root_id: The thread replied in; the reply then has its audience and passage.
        version_id: The text the form was shown with, from which the passage is quoted.
        quote: The passage, copied from that text; "" is the whole proposal.
        token: One per rendered form, so that a double click says it once.
    """

    proposal_id: ProposalId
    body: str
    token: str
    root_id: CommentId | None = None
    audience: Audience = Audience.TABLE
    version_id: VersionId | None = None
    quote: str = ""
    mentions: Mentions = NOBODY


def write_comment(
    db: Database, clock: Clock, *, actor: Actor | None, form: CommentForm
) -> CommentId:
    """Say something about a proposal, or reply to it, for the seat held at this moment.

    Whoever is called is told. Audited as ``comment.written``.

    Raises:
        PermissionMissing: administrators read along and say nothing.
        ProposalNotFound, DraftUndiscussed: there is nothing to talk about here.
        CommentNotFound, CommentGone: the thread is not there, or not any more.
        AudienceNotYours: only conveners write what only conveners read.
        PassageGone, PassageAmbiguous: the text does not say this, or more than once.
        MentionGone, MentionCannotRead, TooManyMentions: somebody cannot be called.
        Invalid: the words cannot be kept as they are.
    """
    person = require(actor, Permission.COMMENT)
    body = rules.checked(form.body)
    require_few(form.mentions)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, form.token, "comment.written"):
            return CommentId(int(done))
        new = _new(conn, person, form, body, now)
        comment_id = store.add(conn, new)
        _call(conn, new, comment_id, form.mentions, now)
        detail = {"proposal": form.proposal_id, "called": len(form.mentions)}
        _note(conn, person, "comment.written", comment_id, now, **detail)
        if form.mentions:
            subject = f"comment:{comment_id}"
            outbox.put(conn, NoticeKind.MENTION, subject, by=person.account_id, at=now)
        tokens.keep(conn, form.token, "comment.written", str(comment_id), at=now)
    return comment_id


def edit_comment(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    comment_id: CommentId,
    body: str,
    mentions: Mentions = NOBODY,
) -> None:
    """Say an own comment in other words; only who is newly called is told.

    Saying the same again changes nothing. Audited as ``comment.edited``.

    Raises:
        CommentNotFound, NotYourComment, CommentGone: there is nothing to edit here.
        MentionGone, MentionCannotRead, TooManyMentions: somebody newly called cannot be.
        Invalid: the words cannot be kept as they are.
    """
    person = require(actor, Permission.COMMENT)
    words = rules.checked(body)
    require_few(mentions)
    with db.writing() as conn:
        now = clock()
        this = readable(conn, person, comment_id)
        rules.require_own(person, this)
        rules.require_said(this)
        before = mentions_store.of_comment(conn, comment_id)
        if (words, mentions) == (this.body, before):
            return
        called, dropped = mentions.without(before), before.without(mentions)
        _call(conn, this, comment_id, called, now)
        mentions_store.drop(conn, comment_id, dropped)
        store.set_body(conn, comment_id, words, at=now)
        changed = {"called": len(called), "dropped": len(dropped)}
        _note(conn, person, "comment.edited", comment_id, now, **changed)


def take_back_comment(
    db: Database, clock: Clock, *, actor: Actor | None, comment_id: CommentId
) -> None:
    """Take an own comment back: its words are erased, its place in the thread stays.

    Doing it twice does it once. Audited as ``comment.taken_back``.

    Raises:
        CommentNotFound, NotYourComment, CommentGone: there is nothing to take back here.
    """
    person = require(actor, Permission.COMMENT)
    with db.writing() as conn:
        now = clock()
        this = readable(conn, person, comment_id)
        rules.require_own(person, this)
        if this.removed_by == person.account_id:
            return
        rules.require_said(this)
        store.take_back(conn, this, at=now)
        _note(conn, person, "comment.taken_back", comment_id, now)


def react(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    comment_id: CommentId,
    reaction: Reaction,
    on: bool,
) -> None:
    """Say something to a comment without words, or take that away again.

    Doing it twice does it once. Audited as ``comment.reacted``.

    Raises:
        CommentNotFound, CommentGone: there is nothing to react to here.
    """
    person = require(actor, Permission.COMMENT)
    with db.writing() as conn:
        now = clock()
        this = readable(conn, person, comment_id)
        rules.require_said(this)
        if reactions_store.stands(conn, comment_id, person.account_id, reaction) is on:
            return
        if on:
            reactions_store.add(conn, comment_id, person.account_id, reaction, at=now)
        else:
            reactions_store.drop(conn, comment_id, person.account_id, reaction)
        said = reaction.value
        _note(conn, person, "comment.reacted", comment_id, now, reaction=said, on=on)


def readable(conn: Connection, person: Actor, comment_id: CommentId) -> Comment:
    """Return a comment that this person may read.

    Raises:
        CommentNotFound: there is none.
    """
    this = store.get(conn, comment_id, audiences(person))
    if not may_read(person, proposals_store.get(conn, this.proposal_id)):
        raise CommentNotFound
    return this


def discussed(conn: Connection, person: Actor, proposal_id: ProposalId) -> Proposal:
    """Return a proposal that this person may read.

    Raises:
        ProposalNotFound: there is none.
    """
    this = proposals_store.get(conn, proposal_id)
    if not may_read(person, this):
        raise ProposalNotFound
    return this


def _new(conn: Connection, person: Actor, form: CommentForm, body: str, now: datetime) -> Comment:
    """Return the comment a form makes; the database gives it its number."""
    proposal = discussed(conn, person, form.proposal_id)
    root = _root(conn, person, form)
    audience = root.audience if root else form.audience
    rules.require_audience(person, audience)
    if proposal.stage is Stage.DRAFT and audience is Audience.TABLE:
        raise DraftUndiscussed(reference=proposal.reference)
    passage = WHOLE if root else _passage(conn, form)
    return Comment(
        id=CommentId(0),
        proposal_id=form.proposal_id,
        root_id=root.id if root else None,
        version_id=None if passage.is_whole else form.version_id,
        passage=passage,
        written_by=person.account_id,
        organisation_id=_organisation(conn, person, now),
        audience=audience,
        body=body,
        at=now,
    )


def _root(conn: Connection, person: Actor, form: CommentForm) -> Comment | None:
    """Return the thread replied in, or None where one begins."""
    if form.root_id is None:
        return None
    root = store.get(conn, form.root_id, audiences(person))
    if root.proposal_id != form.proposal_id or root.root_id is not None:
        raise CommentNotFound
    rules.require_said(root)
    return root


def _passage(conn: Connection, form: CommentForm) -> Passage:
    """Return the passage quoted from the text the form was shown with."""
    if not form.quote.strip():
        return WHOLE
    texts = versions_store.versions(conn, form.proposal_id)
    shown = next((one for one in texts if one.id == form.version_id), None)
    if shown is None:
        raise PassageGone(field="quote")
    return rules.quoted(shown, form.quote)


def _organisation(conn: Connection, person: Actor, now: datetime) -> OrganisationId | None:
    """Return whose seat the person holds at this moment; only a member speaks for one."""
    held = seats_store.held(conn, person.account_id, now) if person.role is Role.MEMBER else None
    return held.organisation_id if held else None


def _call(
    conn: Connection, this: Comment, comment_id: CommentId, called: Mentions, now: datetime
) -> None:
    if called:
        require_callable(called, mentions_store.present(conn, now), this.audience)
        mentions_store.add(conn, comment_id, called, at=now)


def _note(
    conn: Connection,
    person: Actor,
    action: str,
    comment_id: CommentId,
    now: datetime,
    **detail: object,
) -> None:
    audit.append(conn, person.label, action, f"comment:{comment_id}", at=now, detail=detail)
