"""What follows from an objection, inside the transaction of whatever caused it.

A ballot that objects raises one, a ballot that no longer does resolves it, an
unresolved one stops the clock of a last call, and a verdict may settle it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.ballots import BallotId, Words
from coalition.domain.deliberation.counts import Given, counts
from coalition.domain.deliberation.decisions import Verdict
from coalition.domain.deliberation.objections import (
    Objection,
    ObjectionId,
    ObjectionWords,
    Pointed,
    Severity,
    State,
    settled,
)
from coalition.domain.deliberation.passages import anywhere
from coalition.domain.deliberation.rounds import LIVE, Results, Round, RoundId, RoundKind
from coalition.domain.deliberation.stances import SUPPORTS, Stance
from coalition.domain.ground.audit import instant
from coalition.domain.ground.permissions import AccountId, Actor, OrganisationId
from coalition.domain.ground.telling import NoticeKind
from coalition.store.database import Connection
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import clocks as clocks_store
from coalition.store.deliberation import concerns as concerns_store
from coalition.store.deliberation import objections as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import versions as versions_store
from coalition.store.deliberation.objections import NewObjection
from coalition.store.ground import audit, outbox


@dataclass(frozen=True, slots=True)
class Change:
    """An organisation's stance in a round as it has just become.

    Args:
        stance: None where the ballot was withdrawn.
    """

    person: Actor
    organisation_id: OrganisationId
    round: Round
    ballot_id: BallotId
    stance: Stance | None
    words: Words
    now: datetime


def follow(conn: Connection, change: Change, pointed: Pointed) -> None:
    """Raise or resolve the objection behind an organisation's ballot.

    No entry of its own in the audit chain: the ballot's is there, and while results
    are hidden nothing else may tell that somebody objects.

    Raises:
        PassageGone, PassageAmbiguous: the text does not say what is quoted, or twice.
    """
    if change.round.kind is not RoundKind.BINDING:
        return
    raised = _raise(conn, change, pointed) if change.stance is Stance.OBJECT else None
    this = change.round
    before = store.behind_ballots(conn, this.proposal_id, change.organisation_id)
    for one in before:
        # Everybody reads one from an earlier round: it stays until hidden stances are shown.
        if one.id != raised and (this.results is Results.OPEN or one.round_id == this.id):
            _resolve(conn, this, one, change.stance, by=change.person.account_id, at=change.now)
    if raised:
        stop_clock(conn, this, raised, change.person, now=change.now)
    elif before:
        restart_clock(conn, this, before[0].id, change.person, now=change.now)


def stop_clock(
    conn: Connection, this: Round, objection_id: ObjectionId, person: Actor, *, now: datetime
) -> None:
    """Stop the clock of a last call that runs or is to open; the approvals stay.

    Audited as ``round.clock_stopped``.
    """
    if not this.is_last_call or this.stopped or this.status(now) not in LIVE:
        return
    clocks_store.stop(conn, this, objection_id, at=now)
    detail = {"objection": objection_id}
    subject = f"round:{this.id}"
    audit.append(conn, person.label, "round.clock_stopped", subject, at=now, detail=detail)


def restart_clock(
    conn: Connection, this: Round, objection_id: ObjectionId, person: Actor | None, *, now: datetime
) -> None:
    """Let a full period begin again once the last objection to a last call is resolved.

    Audited as ``round.clock_restarted`` with the new close.

    Args:
        person: Who resolved it; None where nobody is left who could.
    """
    if not this.stopped or concerns_store.concerns(conn, [this.proposal_id]):
        return
    closes_at = max(now, this.opens_at) + this.full_period
    clocks_store.restart(conn, this, objection_id, closes_at=closes_at, at=now)
    detail = {"objection": objection_id, "closes_at": instant(closes_at)}
    subject = f"round:{this.id}"
    by = person.label if person else "clock"
    audit.append(conn, by, "round.clock_restarted", subject, at=now, detail=detail)


def settle(conn: Connection, this: Round, verdict: Verdict, *, now: datetime) -> None:
    """Let a verdict uphold or override the objections of the ballots it counted.

    What ballots with hidden results resolved is told first. The entry that freezes the
    verdict tells of both.
    """
    waiting = [one for one in store.of_proposal(conn, this.proposal_id) if one.is_concern]
    given = tallies_store.given(conn, [this.id]) if waiting else {}
    for one in waiting:
        said = given.get((this.id, one.organisation_id))
        if said is None:
            continue
        if (
            this.results is Results.HIDDEN
            and one.ballot
            and _is_left(one, said.stance, this, waiting)
        ):
            _tell(conn, this, one, said.stance)
        elif said.stance is Stance.OBJECT and _counts(this, said):
            state = settled(one.state, verdict)
            if state is not one.state:
                store.move(conn, one.id, state, by=None, note="", at=now)


def said_before(conn: Connection, new: NewObjection, *, now: datetime) -> ObjectionId | None:
    """Return the organisation's same objection that is unresolved, or None.

    One that a cancelled hidden round keeps gives way to the new one, or nobody would ever read it.
    """
    found = store.same(conn, new)
    if found is None or not concerns_store.is_buried(conn, found):
        return found
    store.move(conn, found, State.WITHDRAWN, by=new.raised_by, note="", at=now)
    return None


def live_round(conn: Connection, round_id: int | None, now: datetime) -> Round | None:
    """Return the round with this number if it runs, or is to open."""
    if round_id is None:
        return None
    this = rounds_store.get(conn, RoundId(round_id))
    return this if this.status(now) in LIVE else None


def _counts(this: Round, said: Given) -> bool:
    return counts(this.terms, carried=said.carried, recorded=said.recorded)


def _is_left(one: Objection, stance: Stance, this: Round, waiting: Iterable[Objection]) -> bool:
    """Say whether an organisation's ballot no longer says what an earlier round's did."""
    if stance is not Stance.OBJECT:
        return True
    theirs = (other for other in waiting if other.organisation_id == one.organisation_id)
    return one.round_id != this.id and any(o.ballot and o.round_id == this.id for o in theirs)


def _tell(conn: Connection, this: Round, one: Objection, stance: Stance) -> None:
    """Store what a ballot did to an objection, by whom and when it was cast."""
    cast = ballots_store.standing(conn, this.id, one.organisation_id)
    if cast is not None:
        _resolve(conn, this, one, stance, by=cast.cast_by, at=cast.cast_at)


def _resolve(
    conn: Connection,
    this: Round,
    one: Objection,
    stance: Stance | None,
    *,
    by: AccountId,
    at: datetime,
) -> None:
    is_met = stance in SUPPORTS and this.version_id > one.version_id
    state, version_id = (State.MET, this.version_id) if is_met else (State.WITHDRAWN, None)
    store.move(conn, one.id, state, by=by, note="", at=at, version_id=version_id)


def _raise(conn: Connection, change: Change, pointed: Pointed) -> ObjectionId:
    this = change.round
    version = versions_store.version(conn, this.version_id)
    given = change.words
    new = NewObjection(
        proposal_id=this.proposal_id,
        version_id=this.version_id,
        round_id=this.id,
        organisation_id=change.organisation_id,
        raised_by=change.person.account_id,
        ballot_id=change.ballot_id,
        severity=Severity.MUST,
        passage=anywhere(version, pointed.quote),
        words=ObjectionWords(given.reason, pointed.wording, given.remedy).checked(),
        named=pointed.named,
        hidden=this.results is Results.HIDDEN,
    )
    if (before := said_before(conn, new, now=change.now)) is not None:
        return before
    raised = store.add(conn, new, at=change.now)
    tell_raised(conn, raised, change.person, now=change.now)
    return raised


def tell_raised(conn: Connection, raised: ObjectionId, person: Actor, *, now: datetime) -> None:
    """Leave word of an objection for whoever brings the proposal."""
    subject = f"objection:{raised}"
    outbox.put(conn, NoticeKind.OBJECTION, subject, by=person.account_id, at=now)
