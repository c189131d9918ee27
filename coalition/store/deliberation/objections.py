"""Objections, their words and the states they came to, in and out of the tables."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, func, insert, select, update

from coalition.domain.deliberation.ballots import BallotId
from coalition.domain.deliberation.objections import (
    UNRESOLVED,
    Objection,
    ObjectionId,
    ObjectionNotFound,
    ObjectionWords,
    Severity,
    State,
    Step,
    digest,
)
from coalition.domain.deliberation.passages import Field, Passage
from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import account, objection, organisation, text_version
from coalition.store.schema import objection_step as steps_table
from coalition.store.schema import objection_words as words_table

_RAISED_ON = text_version.alias("raised_on")
_MET_BY = text_version.alias("met_by")
# Built once: building a statement costs more than running it.
_SELECT = (
    select(
        objection,
        words_table.c.reason,
        words_table.c.wording,
        words_table.c.remedy,
        organisation.c.name.label("organisation"),
        account.c.name.label("owner"),
        _RAISED_ON.c.number.label("version"),
        _MET_BY.c.number.label("met_version"),
    )
    .join(words_table, words_table.c.objection_id == objection.c.id)
    .join(organisation, organisation.c.id == objection.c.organisation_id)
    .join(_RAISED_ON, _RAISED_ON.c.id == objection.c.version_id)
    .outerjoin(_MET_BY, _MET_BY.c.id == objection.c.met_version_id)
    .outerjoin(account, account.c.id == objection.c.owner_id)
)
_IS_UNRESOLVED = objection.c.state.in_(sorted(UNRESOLVED))
_GET = _SELECT.where(objection.c.id == bindparam("objection_id"))
_OF_PROPOSAL = _SELECT.where(objection.c.proposal_id == bindparam("proposal_id")).order_by(
    objection.c.raised_at, objection.c.id
)
_OF_PROPOSALS = _SELECT.where(
    objection.c.proposal_id.in_(bindparam("ids", expanding=True))
).order_by(objection.c.raised_at, objection.c.id)
_BEHIND_BALLOTS = _SELECT.where(
    objection.c.proposal_id == bindparam("proposal_id"),
    objection.c.organisation_id == bindparam("organisation_id"),
    objection.c.ballot_id.is_not(None),
    _IS_UNRESOLVED,
)


@dataclass(frozen=True, slots=True)
class NewObjection:
    """What is stored when an objection is raised.

    Args:
        hidden: Whether its ballot's round hides stances. Its number then lies below zero,
            because a gap among the others would tell that somebody objects.
    """

    proposal_id: ProposalId
    version_id: VersionId
    round_id: RoundId | None
    organisation_id: OrganisationId
    raised_by: AccountId
    ballot_id: BallotId | None
    severity: Severity
    passage: Passage
    words: ObjectionWords
    named: bool
    hidden: bool = False

    @property
    def digest(self) -> str:
        """What makes the same objection twice one."""
        quoted = self.passage
        return digest(self.severity, quoted.field, quoted.quote, self.words.reason)


def add(conn: Connection, new: NewObjection, *, at: datetime) -> ObjectionId:
    """Store an objection with its words and its first state, and return its id.

    Raises (at the statement):
        AlreadyThere: the organisation's same objection is unresolved.
    """
    values = {
        "proposal_id": new.proposal_id,
        "version_id": new.version_id,
        "round_id": new.round_id,
        "organisation_id": new.organisation_id,
        "raised_by": new.raised_by,
        "ballot_id": new.ballot_id,
        "severity": new.severity,
        "field": new.passage.field,
        "start": new.passage.start,
        "quote": new.passage.quote,
        "digest": new.digest,
        "raised_at": at,
        "state": State.OPEN,
        "named": new.named,
        "changed_at": at,
    }
    objection_id = _number(conn, new)
    conn.execute(insert(objection), values | {"id": objection_id})
    kept = new.words
    conn.execute(
        insert(words_table),
        {
            "objection_id": objection_id,
            "reason": kept.reason,
            "wording": kept.wording,
            "remedy": kept.remedy,
        },
    )
    move(conn, objection_id, State.OPEN, by=new.raised_by, note="", at=at)
    return objection_id


def move(
    conn: Connection,
    objection_id: ObjectionId,
    state: State,
    *,
    by: AccountId | None,
    note: str,
    at: datetime,
    version_id: VersionId | None = None,
) -> None:
    """Store the state an objection came to, and that it did.

    Args:
        by: None where the rule moved it.
        version_id: The version that met it.
    """
    step = {
        "objection_id": objection_id,
        "state": state,
        "version_id": version_id,
        "made_by": by,
        "note": note,
        "at": at,
    }
    conn.execute(insert(steps_table), step)
    moved = {"state": state, "met_version_id": version_id, "changed_at": at}
    conn.execute(update(objection).where(objection.c.id == objection_id).values(moved))


def set_owner(conn: Connection, objection_id: ObjectionId, owner_id: AccountId) -> None:
    """Store who answers for an objection."""
    conn.execute(update(objection).where(objection.c.id == objection_id).values(owner_id=owner_id))


def set_named(conn: Connection, objection_id: ObjectionId, *, named: bool) -> None:
    """Store whether the objector may be named in public."""
    conn.execute(update(objection).where(objection.c.id == objection_id).values(named=named))


def get(conn: Connection, objection_id: ObjectionId) -> Objection:
    """Return one objection.

    Raises:
        ObjectionNotFound: there is none.
    """
    row = conn.execute(_GET, {"objection_id": objection_id}).first()
    if row is None:
        raise ObjectionNotFound
    return _objection(row)


def of_proposal(conn: Connection, proposal_id: ProposalId) -> tuple[Objection, ...]:
    """Return every objection to a proposal, oldest first."""
    rows = conn.execute(_OF_PROPOSAL, {"proposal_id": proposal_id})
    return tuple(_objection(row) for row in rows)


def of_proposals(conn: Connection, ids: Collection[ProposalId]) -> tuple[Objection, ...]:
    """Return every objection to several proposals, oldest first, in one query."""
    rows = conn.execute(_OF_PROPOSALS, {"ids": list(ids)})
    return tuple(_objection(row) for row in rows)


def same(conn: Connection, new: NewObjection) -> ObjectionId | None:
    """Return the organisation's same objection that is unresolved, or None."""
    query = select(objection.c.id).where(
        objection.c.proposal_id == new.proposal_id,
        objection.c.organisation_id == new.organisation_id,
        objection.c.digest == new.digest,
        _IS_UNRESOLVED,
    )
    found = conn.scalar(query)
    return ObjectionId(found) if found is not None else None


def behind_ballots(
    conn: Connection, proposal_id: ProposalId, organisation_id: OrganisationId
) -> tuple[Objection, ...]:
    """Return an organisation's unresolved objections that its ballots raised."""
    wanted = {"proposal_id": proposal_id, "organisation_id": organisation_id}
    return tuple(_objection(row) for row in conn.execute(_BEHIND_BALLOTS, wanted))


def behind(conn: Connection, objection_id: ObjectionId) -> RoundId | None:
    """Return the round in which a ballot raised an objection, or None where none did."""
    query = select(objection.c.round_id).where(
        objection.c.id == objection_id, objection.c.ballot_id.is_not(None)
    )
    found = conn.scalar(query)
    return RoundId(found) if found is not None else None


def steps(conn: Connection, ids: Collection[ObjectionId]) -> dict[ObjectionId, tuple[Step, ...]]:
    """Return the states several objections came to, oldest first, in one query."""
    query = (
        select(steps_table, account.c.name, text_version.c.number)
        .outerjoin(account, account.c.id == steps_table.c.made_by)
        .outerjoin(text_version, text_version.c.id == steps_table.c.version_id)
        .where(steps_table.c.objection_id.in_(ids))
        .order_by(steps_table.c.id)
    )
    found: dict[ObjectionId, tuple[Step, ...]] = {}
    for row in conn.execute(query):
        key = ObjectionId(row.objection_id)
        step = Step(key, State(row.state), row.at, row.name or "", row.note, row.number)
        found[key] = (*found.get(key, ()), step)
    return found


def erase_words_of(conn: Connection, account_id: AccountId, *, at: datetime) -> int:
    """Erase what a person wrote in or about objections; return how many objections of theirs."""
    theirs = select(objection.c.id).where(objection.c.raised_by == account_id)
    erased = conn.execute(
        update(words_table)
        .where(words_table.c.objection_id.in_(theirs), words_table.c.erased_at.is_(None))
        .values(reason="", wording="", remedy="", erased_at=at)
    )
    # Whoever guessed an erased reason could tell by this that it was the reason.
    gone = "erased " + objection.c.id.cast(String)
    conn.execute(update(objection).where(objection.c.raised_by == account_id).values(digest=gone))
    conn.execute(update(steps_table).where(steps_table.c.made_by == account_id).values(note=""))
    return erased.rowcount


def _number(conn: Connection, new: NewObjection) -> ObjectionId:
    if new.hidden and new.ballot_id is not None:
        return ObjectionId(-new.ballot_id)
    # Counted here: a database would go on from whatever number it was last given.
    highest = conn.scalar(select(func.max(objection.c.id)).where(objection.c.id > 0))
    return ObjectionId((highest or 0) + 1)


def _objection(row: Row[Any]) -> Objection:
    return Objection(
        id=ObjectionId(row.id),
        proposal_id=ProposalId(row.proposal_id),
        version_id=VersionId(row.version_id),
        version=row.version,
        round_id=RoundId(row.round_id) if row.round_id is not None else None,
        organisation_id=OrganisationId(row.organisation_id),
        organisation=row.organisation,
        severity=Severity(row.severity),
        passage=Passage(Field(row.field), row.start, row.quote),
        words=ObjectionWords(row.reason, row.wording, row.remedy),
        ballot=row.ballot_id is not None,
        raised_at=row.raised_at,
        state=State(row.state),
        owner_id=AccountId(row.owner_id) if row.owner_id is not None else None,
        owner=row.owner or "",
        met_version=row.met_version,
        named=row.named,
        changed_at=row.changed_at,
    )
