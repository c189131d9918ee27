"""Ballots and the words given with them, in and out of the tables."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    select,
    update,
)

from coalition.domain.deliberation.ballots import (
    WITHDRAWN,
    Ballot,
    BallotId,
    ReceiptUnknown,
    Words,
)
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import AccountId, Capacity, OrganisationId
from coalition.store.deliberation.tallies import NOT_REPLACED
from coalition.store.schema import account, ballot, ballot_words, consensus_round, organisation

_STANDING = select(ballot).where(
    ballot.c.round_id == bindparam("round_id"),
    ballot.c.organisation_id == bindparam("organisation_id"),
    NOT_REPLACED,
)
_ADD = insert(ballot).returning(ballot.c.id)
_ADD_WORDS = insert(ballot_words)


@dataclass(frozen=True, slots=True)
class Entry:
    """A ballot with the names and words that stand beside it on a screen."""

    ballot: Ballot
    organisation: str
    cast_by: str
    words: Words


@dataclass(frozen=True, slots=True)
class Kept:
    """A ballot with all that is kept of the words given with it, for ``verify``.

    Args:
        words: None where their row is gone, which must never be.
        salt: "" once erased.
    """

    ballot: Ballot
    words: Words | None
    salt: str
    erased_at: datetime | None


def add(conn: Connection, new: Ballot, words: Words, salt: str) -> BallotId:
    """Store a ballot and its words; its ``id`` is given by the database.

    Raises (at the statement):
        AlreadyThere: the ballot it replaces was replaced already, or the
            organisation's first ballot was not known to the caller.
    """
    added = conn.execute(
        _ADD,
        {
            "round_id": new.round_id,
            "version_id": new.version_id,
            "organisation_id": new.organisation_id,
            "stance": new.stance or WITHDRAWN,
            "cast_by": new.cast_by,
            "capacity": new.capacity,
            "cast_at": new.cast_at,
            "replaces_id": new.replaces,
            "words_hash": new.words_hash,
            "receipt": new.receipt,
        },
    )
    ballot_id = BallotId(added.scalar_one())
    conn.execute(
        _ADD_WORDS,
        {
            "ballot_id": ballot_id,
            "salt": salt,
            "reason": words.reason,
            "remedy": words.remedy,
            "authority": words.authority,
        },
    )
    return ballot_id


def standing(conn: Connection, round_id: RoundId, organisation_id: OrganisationId) -> Ballot | None:
    """Return the organisation's latest entry in a round, a withdrawal included, or None."""
    wanted = {"round_id": round_id, "organisation_id": organisation_id}
    row = conn.execute(_STANDING, wanted).first()
    return _ballot(row) if row else None


def of_round(
    conn: Connection, round_id: RoundId, *, organisation_id: OrganisationId | None = None
) -> tuple[Entry, ...]:
    """Return every ballot of a round, replaced ones included, newest first."""
    query = _entries().where(ballot.c.round_id == round_id).order_by(ballot.c.id.desc())
    if organisation_id is not None:
        query = query.where(ballot.c.organisation_id == organisation_id)
    return tuple(_entry(row) for row in conn.execute(query))


def of_organisation(
    conn: Connection, organisation_id: OrganisationId, *, limit: int, offset: int = 0
) -> tuple[Entry, ...]:
    """Return an organisation's ballots in every round, newest first."""
    query = (
        _entries()
        .where(ballot.c.organisation_id == organisation_id)
        .order_by(ballot.c.cast_at.desc(), ballot.c.id.desc())
    )
    return tuple(_entry(row) for row in conn.execute(query.limit(limit).offset(offset)))


def count_of_organisation(conn: Connection, organisation_id: OrganisationId) -> int:
    """Return how many ballots an organisation has cast, replaced ones included."""
    query = select(func.count()).where(ballot.c.organisation_id == organisation_id)
    return conn.scalar(query) or 0


def get(conn: Connection, ballot_id: BallotId) -> Entry:
    """Return one ballot with its words; whoever asks has seen that it is there."""
    return _entry(conn.execute(_entries().where(ballot.c.id == ballot_id)).one())


def by_receipt(conn: Connection, receipt: str) -> Entry:
    """Return the ballot with this receipt.

    Raises:
        ReceiptUnknown: there is none.
    """
    row = conn.execute(_entries().where(ballot.c.receipt == receipt)).first()
    if row is None:
        raise ReceiptUnknown
    return _entry(row)


def walk(conn: Connection, ids: Collection[int]) -> Iterator[Kept]:
    """Yield every ballot of some rounds with what is kept of its words, by round and age."""
    query = (
        select(
            ballot,
            ballot_words.c.salt,
            ballot_words.c.reason,
            ballot_words.c.remedy,
            ballot_words.c.authority,
            ballot_words.c.erased_at,
        )
        .outerjoin(ballot_words, ballot_words.c.ballot_id == ballot.c.id)
        .where(ballot.c.round_id.in_(ids))
        .order_by(ballot.c.round_id, ballot.c.id)
    )
    for row in conn.execute(query, execution_options={"yield_per": 2_000}):
        words = None if row.salt is None else Words(row.reason, row.remedy, row.authority)
        yield Kept(_ballot(row), words, row.salt or "", row.erased_at)


def erase_words_of(conn: Connection, account_id: AccountId, *, at: datetime) -> int:
    """Erase what a person wrote with any ballot; return of how many ballots.

    The ballots keep their salted hashes; with the salts gone they tell nothing.
    """
    theirs = select(ballot.c.id).where(ballot.c.cast_by == account_id)
    erased = conn.execute(
        update(ballot_words)
        .where(ballot_words.c.ballot_id.in_(theirs), ballot_words.c.erased_at.is_(None))
        .values(salt="", reason="", remedy="", authority="", erased_at=at)
    )
    return erased.rowcount


def _entries() -> Select[Any]:
    return (
        select(
            ballot,
            organisation.c.name.label("organisation"),
            account.c.name.label("person"),
            ballot_words.c.reason,
            ballot_words.c.remedy,
            ballot_words.c.authority,
        )
        .join(organisation, organisation.c.id == ballot.c.organisation_id)
        .join(account, account.c.id == ballot.c.cast_by)
        .join(consensus_round, consensus_round.c.id == ballot.c.round_id)
        .join(ballot_words, ballot_words.c.ballot_id == ballot.c.id)
    )


def _ballot(row: Row[Any]) -> Ballot:
    return Ballot(
        id=BallotId(row.id),
        round_id=RoundId(row.round_id),
        version_id=VersionId(row.version_id),
        organisation_id=OrganisationId(row.organisation_id),
        stance=None if row.stance == WITHDRAWN else Stance(row.stance),
        cast_by=AccountId(row.cast_by),
        capacity=Capacity(row.capacity),
        cast_at=row.cast_at,
        replaces=BallotId(row.replaces_id) if row.replaces_id else None,
        words_hash=row.words_hash,
        receipt=row.receipt,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        _ballot(row), row.organisation, row.person, Words(row.reason, row.remedy, row.authority)
    )
