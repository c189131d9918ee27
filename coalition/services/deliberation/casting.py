"""What every entry of an organisation in a round goes through: seat, round, record, trail."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.ballots import Ballot, BallotId, SeatMissing, Words
from coalition.domain.deliberation.disclosures import DisclosureForm
from coalition.domain.deliberation.objections import Pointed
from coalition.domain.deliberation.rounds import Round, RoundClosed
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Actor, SeatHeld
from coalition.services.deliberation.objecting import Change, follow
from coalition.services.ground.receipts import new_receipt
from coalition.store.database import Connection
from coalition.store.deliberation import ballots as store
from coalition.store.deliberation import disclosures as disclosures_store
from coalition.store.deliberation.scenes import Scene
from coalition.store.ground import audit, tokens
from coalition.store.ground.audit import Head
from coalition.store.people import seats as seats_store


@dataclass(frozen=True, slots=True)
class Act:
    """One person acting for one seat in one round, and the entry before theirs.

    Args:
        head: The last entry of the trail, where this transaction has read it.
    """

    person: Actor
    seat: SeatHeld
    round: Round
    replaces: BallotId | None
    now: datetime
    head: Head | None = None

    def ballot(self, stance: Stance | None, words_hash: str) -> Ballot:
        """Return the ballot this act makes; the database gives it its number."""
        return Ballot(
            id=BallotId(0),
            round_id=self.round.id,
            version_id=self.round.version_id,
            organisation_id=self.seat.organisation_id,
            stance=stance,
            cast_by=self.person.account_id,
            capacity=self.seat.capacity,
            cast_at=self.now,
            replaces=self.replaces,
            words_hash=words_hash,
            receipt=new_receipt(),
        )


def begun(scene: Scene, now: datetime) -> SeatHeld:
    """Return the seat the person acts for, if there is one and the round is open.

    Raises:
        SeatMissing, RoundNotOpen, RoundClosed.
    """
    if scene.seat is None:
        raise SeatMissing
    scene.round.require_open(now)
    if scene.is_decided:  # the clock was set back after the close
        raise RoundClosed(closes_at=scene.round.closes_at)
    return scene.seat


def record(
    conn: Connection,
    act: Act,
    stance: Stance | None,
    words: Words,
    token: str,
    *,
    pointed: Pointed | None,
    told: DisclosureForm | None = None,
) -> Ballot:
    """Store an entry of an organisation, the objection it raises or resolves, and the trail.

    Args:
        pointed: What an objection points at; None leaves objections as they are.
        told: What the entry discloses of an interest, or None.

    Audited as ``ballot.cast`` or ``ballot.withdrawn`` with the entry's digest.
    """
    salt = secrets.token_hex(16)
    new = act.ballot(stance, words.sealed(salt))
    ballot_id = store.add(conn, new, words, salt)
    action = "ballot.cast" if stance else "ballot.withdrawn"
    detail = {"ballot": ballot_id, "digest": new.digest()}
    if told is not None:  # in the same entry of the trail, masked while results are hidden
        detail["disclosure"] = disclosures_store.add(
            conn,
            act.round.proposal_id,
            act.seat.organisation_id,
            told,
            by=act.person.account_id,
            at=act.now,
        )
    subject = f"round:{act.round.id}"
    label = act.person.label
    audit.append(conn, label, action, subject, at=act.now, detail=detail, after=act.head)
    tokens.keep(conn, token, action, new.receipt, at=act.now)
    if pointed is not None:
        change = Change(
            act.person, act.seat.organisation_id, act.round, ballot_id, stance, words, act.now
        )
        follow(conn, change, pointed)
    return replace(new, id=ballot_id)


def seat_now(conn: Connection, person: Actor, now: datetime) -> SeatHeld:
    """Return the seat the person holds at this moment, whatever the page believed."""
    held = seats_store.held(conn, person.account_id, now)
    if held is None:
        raise SeatMissing
    return held
