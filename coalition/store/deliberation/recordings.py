"""Evidence for recorded positions, in and out of the tables; files only where asked for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, insert, or_, select, update

from coalition.domain.deliberation.ballots import WITHDRAWN, BallotId
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground import text
from coalition.domain.ground.permissions import AccountId, Capacity, OrganisationId
from coalition.store.deliberation.tallies import NOT_REPLACED
from coalition.store.schema import account, ballot, evidence, organisation, seat

_WITHOUT_FILE = [column for column in evidence.c if column.name != "data"]
_BY = account.alias("recorder")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded position without its stance, and what shows it.

    Args:
        file_name: "" where nothing is attached, or it was erased.
        stands: Whether it has not been confirmed, replaced or withdrawn since.
    """

    ballot_id: BallotId
    round_id: RoundId
    organisation_id: OrganisationId
    organisation: str
    recorded_by: AccountId
    recorder: str
    recorded_at: datetime
    receipt: str
    channel: Channel
    said_by: str
    received_at: datetime
    note: str
    file_name: str
    size: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one piece of evidence, for ``verify``."""

    ballot_id: BallotId
    channel: str
    received_at: datetime
    sha256: str
    data: bytes | None
    erased_at: datetime | None


def add(conn: Connection, ballot_id: BallotId, given: Evidence) -> None:
    """Store the evidence for a ballot."""
    file = given.file
    conn.execute(
        insert(evidence),
        {
            "ballot_id": ballot_id,
            "channel": given.channel,
            "said_by": given.said_by,
            "note": given.note,
            "received_at": given.received_at,
            "file_name": file.name if file else "",
            "media_type": file.kind if file else "",
            "size": len(file.data) if file else 0,
            "sha256": given.sha256,
            "data": file.data if file else None,
        },
    )


def of_round(
    conn: Connection, round_id: RoundId, *, organisation_id: OrganisationId | None = None
) -> tuple[Recorded, ...]:
    """Return the recorded positions of a round, newest first, replaced ones among them."""
    query = _recorded().where(ballot.c.round_id == round_id).order_by(ballot.c.id.desc())
    if organisation_id is not None:
        query = query.where(ballot.c.organisation_id == organisation_id)
    return tuple(_from_row(row) for row in conn.execute(query))


def get(conn: Connection, ballot_id: BallotId) -> Recorded | None:
    """Return one recorded position, or None."""
    row = conn.execute(_recorded().where(ballot.c.id == ballot_id)).first()
    return _from_row(row) if row else None


def data(conn: Connection, ballot_id: BallotId) -> bytes | None:
    """Return the attached file, or None where there is none."""
    return conn.scalar(select(evidence.c.data).where(evidence.c.ballot_id == ballot_id))


def answered_by_seat(conn: Connection, round_id: RoundId) -> frozenset[OrganisationId]:
    """Return the organisations whose own ballots stand in a round."""
    query = select(ballot.c.organisation_id).where(
        ballot.c.round_id == round_id,
        NOT_REPLACED,
        ballot.c.stance != WITHDRAWN,
        ballot.c.capacity != Capacity.RECORDED,
    )
    return frozenset(OrganisationId(one) for one in conn.scalars(query))


def unconfirmed(conn: Connection, ids: Collection[int], organisation_id: int) -> frozenset[RoundId]:
    """Return in which of these rounds a recorded position of this organisation stands."""
    query = select(ballot.c.round_id).where(
        ballot.c.round_id.in_(ids),
        ballot.c.organisation_id == organisation_id,
        ballot.c.capacity == Capacity.RECORDED,
        NOT_REPLACED,
    )
    return frozenset(RoundId(one) for one in conn.scalars(query))


def walk(conn: Connection, ids: Collection[int]) -> Iterator[Kept]:
    """Yield the evidence of some rounds, with the files."""
    query = (
        select(evidence)
        .join(ballot, ballot.c.id == evidence.c.ballot_id)
        .where(ballot.c.round_id.in_(ids))
    )
    for row in conn.execute(query, execution_options={"yield_per": 20}):
        yield Kept(row.ballot_id, row.channel, row.received_at, row.sha256, row.data, row.erased_at)


def erase_of(conn: Connection, account_id: AccountId, name: str, *, at: datetime) -> int:
    """Erase evidence that a person recorded, or that names them as who said it for their seat.

    Channel, hour and hash stay. Return of how many ballots.
    """
    held = exists().where(
        seat.c.account_id == account_id, seat.c.organisation_id == ballot.c.organisation_id
    )
    rows = conn.execute(
        select(evidence.c.ballot_id, evidence.c.said_by, ballot.c.cast_by)
        .join(ballot, ballot.c.id == evidence.c.ballot_id)
        .where(evidence.c.erased_at.is_(None), or_(ballot.c.cast_by == account_id, held))
    )
    theirs = [
        row.ballot_id
        for row in rows
        if row.cast_by == account_id or text.key(row.said_by) == text.key(name)
    ]
    conn.execute(
        update(evidence)
        .where(evidence.c.ballot_id.in_(theirs))
        .values(said_by="", note="", file_name="", size=0, data=None, erased_at=at)
    )
    return len(theirs)


def _recorded() -> Select[Any]:
    later = ballot.alias("after")
    return (
        select(
            *_WITHOUT_FILE,
            ballot.c.round_id,
            ballot.c.organisation_id,
            ballot.c.cast_by,
            ballot.c.cast_at,
            ballot.c.receipt,
            organisation.c.name.label("organisation"),
            _BY.c.name.label("recorder"),
            (~exists().where(and_(later.c.replaces_id == ballot.c.id))).label("stands"),
        )
        .join(ballot, ballot.c.id == evidence.c.ballot_id)
        .join(organisation, organisation.c.id == ballot.c.organisation_id)
        .join(_BY, _BY.c.id == ballot.c.cast_by)
    )


def _from_row(row: Row[Any]) -> Recorded:
    return Recorded(
        ballot_id=BallotId(row.ballot_id),
        round_id=RoundId(row.round_id),
        organisation_id=OrganisationId(row.organisation_id),
        organisation=row.organisation,
        recorded_by=AccountId(row.cast_by),
        recorder=row.recorder,
        recorded_at=row.cast_at,
        receipt=row.receipt,
        channel=Channel(row.channel),
        said_by=row.said_by,
        received_at=row.received_at,
        note=row.note,
        file_name=row.file_name,
        size=row.size,
        stands=row.stands,
    )
