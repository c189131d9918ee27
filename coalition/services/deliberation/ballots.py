"""Ballots: recording an organisation's stance, replacing it, withdrawing it, finding it again."""

from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.ballots import (
    Ballot,
    BallotId,
    NothingToConfirm,
    NothingToWithdraw,
    NotOnTheRoll,
    SeatMissing,
    SomebodyAnswered,
    TextMoved,
    Words,
    require_castable,
)
from coalition.domain.deliberation.disclosures import DisclosureForm, given_with
from coalition.domain.deliberation.objections import Pointed
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import Round, RoundId, RoundNotFound
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.services.deliberation.casting import Act, begun, record, seat_now
from coalition.store.database import Database
from coalition.store.deliberation import ballots as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation.ballots import Entry
from coalition.store.deliberation.scenes import scene
from coalition.store.ground.tokens import Deed

WHOLE_TEXT = Pointed()  # an objection to the text as a whole
HISTORY = 25  # ballots on one page of an organisation's history


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form for a stance is made of: the round, the text and the ballot that stands.

    Args:
        unconfirmed: Whether what stands was given on an earlier text, or entered by a
            convener.
        disclosed: Whether the organisation has said if it has an interest.
    """

    round: Round
    standing: Entry | None
    on_roll: bool
    unconfirmed: bool = False
    disclosed: bool = False


@dataclass(frozen=True, slots=True)
class BallotForm:
    """What a delegate sends.

    Args:
        version_id: The text the form was shown with.
        replaces: The ballot that stood when the form was shown, or None.
        words: Reason, what would remove an objection, authority statement.
        token: One per rendered form, so that a double click records once.
        pointed: What an objection points at, where the stance is to object.
        disclosure: Whether the organisation has an interest; a binding round needs it once.
    """

    round_id: RoundId
    version_id: VersionId
    stance: Stance | None
    words: Words
    replaces: BallotId | None
    token: str
    pointed: Pointed = WHOLE_TEXT
    disclosure: DisclosureForm | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a delegate sends to confirm the ballot that stands.

    Args:
        version_id: The text the form was shown with: the one in force.
        replaces: The ballot it showed.
        disclosure: As in ``BallotForm``: whoever recorded a ballot could not answer it.
    """

    round_id: RoundId
    version_id: VersionId
    replaces: BallotId
    authority: str
    token: str
    disclosure: DisclosureForm | None = None


def cast_ballot(db: Database, clock: Clock, *, actor: Actor | None, form: BallotForm) -> Ballot:
    """Record the stance of the person's organisation, in place of the one that stood.

    The seat, the roll, the deadline and the text are checked in the same
    transaction that writes. Audited as ``ballot.cast`` with the ballot's digest.

    Raises:
        PermissionMissing, SeatMissing: the person may not vote now.
        RoundNotFound, RoundNotOpen, RoundClosed, NotOnTheRoll: the round's own terms.
        TextMoved: the form was shown with another text.
        SomebodyAnswered: another ballot stands than the form said it replaces.
        Invalid: no stance, no reason where one is needed, no authority statement, or not
            a word on an interest (see ``disclosures.given_with``).
    """
    person = require(actor, Permission.CAST_BALLOT)
    words = form.words.checked()
    with db.writing() as conn:
        now = clock()
        met = scene(conn, form.round_id, person.account_id, now, Deed(form.token, "ballot.cast"))
        if met.done:
            return store.by_receipt(conn, met.done).ballot
        seat = begun(met, now)
        if not met.on_roll:
            raise NotOnTheRoll
        stance = require_castable(met.round, form.stance, words)
        if form.version_id != met.round.version_id:
            raise TextMoved(version=met.round.version)
        if met.latest != form.replaces:
            raise SomebodyAnswered
        told = given_with(met.round, stance, words.reason, form.disclosure, on_record=met.disclosed)
        act = Act(person, seat, met.round, met.latest, now, met.head)
        # Without an objection of theirs there is nothing that another stance could resolve.
        touched = met.objects or stance is Stance.OBJECT
        pointed = form.pointed if touched else None
        return record(conn, act, stance, words, form.token, pointed=pointed, told=told)


def confirm_ballot(
    db: Database, clock: Clock, *, actor: Actor | None, form: Confirmation
) -> Ballot:
    """Give the organisation's standing stance again, on the text in force and by its own seat.

    What was given on an earlier text, or entered by a convener, is then confirmed;
    its words stay. Audited as ``ballot.cast`` with the digest of the new entry.

    Source: issue "Deliberation", Versions and re-confirmation; A ballot recorded.

    Raises:
        PermissionMissing, SeatMissing, RoundNotFound, RoundClosed: as for casting.
        NothingToConfirm: what stands is the organisation's own, on the text in force.
        TextMoved: the text has changed again since the form was shown.
        SomebodyAnswered: another ballot stands than the form showed.
        AuthorityMissing: the person has not said that they may speak for it.
        DisclosureMissing: nothing is on record of an interest, and the form does not say.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        met = scene(conn, form.round_id, person.account_id, now, Deed(form.token, "ballot.cast"))
        if met.done:
            return store.by_receipt(conn, met.done).ballot
        seat = begun(met, now)
        if form.version_id != met.round.version_id:
            raise TextMoved(version=met.round.version)
        if met.latest != form.replaces:
            raise SomebodyAnswered
        if not met.unconfirmed:
            raise NothingToConfirm
        stood = store.get(conn, form.replaces)
        words = replace(stood.words, authority=form.authority).checked()
        stance = require_castable(met.round, stood.ballot.stance, words)
        told = given_with(met.round, stance, words.reason, form.disclosure, on_record=met.disclosed)
        act = Act(person, seat, met.round, met.latest, now, met.head)
        # An objection raised already stays; one that a convener's entry could not raise begins.
        pointed = None if met.objects == (stance is Stance.OBJECT) else WHOLE_TEXT
        return record(conn, act, stance, words, form.token, pointed=pointed, told=told)


def withdraw_ballot(
    db: Database, clock: Clock, *, actor: Actor | None, round_id: RoundId, token: str
) -> Ballot:
    """Take back the organisation's standing ballot while the round is open.

    The organisation is then not heard from; the history keeps what it said.
    Audited as ``ballot.withdrawn`` with the digest of the withdrawal.

    Raises:
        PermissionMissing, SeatMissing: the person may not act for a seat now.
        RoundNotFound, RoundClosed: there is nothing to withdraw from.
        NothingToWithdraw: no ballot stands.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.writing() as conn:
        now = clock()
        met = scene(conn, round_id, person.account_id, now, Deed(token, "ballot.withdrawn"))
        if met.done:
            return store.by_receipt(conn, met.done).ballot
        seat = begun(met, now)
        if not met.stands:
            raise NothingToWithdraw
        act = Act(person, seat, met.round, met.latest, now, met.head)
        pointed = WHOLE_TEXT if met.objects else None
        return record(conn, act, None, Words(), token, pointed=pointed)


def offer(db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId) -> Offer:
    """Return what a delegate needs to record a stance in one round.

    Raises:
        PermissionMissing, SeatMissing: the person has no stance to give.
        RoundNotFound: there is no such round.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.reading() as conn:
        met = scene(conn, round_id, person.account_id, now)
        if met.seat is None:
            raise SeatMissing
        latest = store.of_round(conn, round_id, organisation_id=met.seat.organisation_id)[:1]
    standing = latest[0] if latest else None
    return Offer(met.round, standing, met.on_roll, met.unconfirmed, met.disclosed)


def history(
    db: Database, *, actor: Actor | None, now: datetime, round_id: RoundId
) -> tuple[Entry, ...]:
    """Return the ballots of a round that a person may see, newest first.

    Replaced and withdrawn ones are among them; while results are hidden, only
    the person's own organisation's.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        this = rounds_store.get(conn, round_id)
        allowed = sight(person, this, now=now)
        if allowed.stances:
            return store.of_round(conn, round_id)
        if allowed.own is None:
            return ()
        return store.of_round(conn, round_id, organisation_id=allowed.own)


def our_history(
    db: Database, *, actor: Actor | None, now: datetime, page: int = 1
) -> tuple[Entry, ...]:
    """Return one page of what the person's own organisation has said, newest first.

    Raises:
        SeatMissing: the person holds no seat.
    """
    person = require(actor, Permission.CAST_BALLOT)
    with db.reading() as conn:
        seat = seat_now(conn, person, now)
        return store.of_organisation(
            conn, seat.organisation_id, limit=HISTORY, offset=(page - 1) * HISTORY
        )


__all__ = [
    "BallotForm",
    "Confirmation",
    "Entry",
    "Offer",
    "RoundNotFound",
    "cast_ballot",
    "confirm_ballot",
    "history",
    "offer",
    "our_history",
    "withdraw_ballot",
]
