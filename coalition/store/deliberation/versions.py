"""Numbered texts of a proposal, written once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    TextVersion,
    VersionId,
    content_hash,
)
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.versions import Contest, Mark
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import organisation, text_version, version_contest

_SUBSTANTIVE = (
    select(func.max(text_version.c.id))
    .outerjoin(version_contest, version_contest.c.version_id == text_version.c.id)
    .where(
        text_version.c.proposal_id == bindparam("proposal_id"),
        or_(text_version.c.mark != Mark.EDITORIAL, version_contest.c.version_id.is_not(None)),
    )
)
_CONTESTS = (
    select(version_contest, organisation.c.name)
    .join(text_version, text_version.c.id == version_contest.c.version_id)
    .join(organisation, organisation.c.id == version_contest.c.organisation_id)
    .where(text_version.c.proposal_id == bindparam("proposal_id"))
)


def add_version(
    conn: Connection,
    this: Proposal,
    *,
    note: str,
    written_by: AccountId | None,
    at: datetime,
    mark: Mark = Mark.FIRST,
    round_id: RoundId | None = None,
) -> TextVersion:
    """Store the proposal's text as its next numbered version.

    The last one is returned instead if it says the same, word for word.

    Args:
        round_id: The round whose text it changes, or None.
    """
    last = latest_version(conn, this.id)
    text = this.text
    digest = content_hash(text.title, text.ask, text.body)
    if last is not None and last.content_hash == digest:
        return last
    values: dict[str, Any] = {
        "proposal_id": this.id,
        "number": last.number + 1 if last else 1,
        "title": text.title,
        "ask": text.ask,
        "body": text.body,
        "note": note,
        "content_hash": digest,
        "at": at,
        "mark": mark,
        "round_id": round_id,
    }
    added = conn.execute(
        insert(text_version).returning(text_version.c.id), values | {"written_by": written_by}
    )
    return TextVersion(VersionId(added.scalar_one()), **values)


def latest_version(conn: Connection, proposal_id: ProposalId) -> TextVersion | None:
    """Return the newest text of a proposal, or None before the first."""
    found = versions(conn, proposal_id)
    return found[-1] if found else None


def substantive(conn: Connection, proposal_id: ProposalId) -> VersionId:
    """Return the latest text that changed what is asked: marked so, contested, or the first."""
    found = conn.scalar(_SUBSTANTIVE, {"proposal_id": proposal_id})
    return VersionId(found or 0)


def contest(conn: Connection, made: Contest, *, by: AccountId) -> None:
    """Store that an editorial mark was contested; a second contest is refused by the database."""
    conn.execute(
        insert(version_contest),
        {
            "version_id": made.version_id,
            "organisation_id": made.organisation_id,
            "contested_by": by,
            "reason": made.reason,
            "at": made.at,
        },
    )


def contests(conn: Connection, proposal_id: ProposalId) -> dict[VersionId, Contest]:
    """Return which versions of a proposal had their mark contested, and why."""
    return {
        VersionId(row.version_id): Contest(
            VersionId(row.version_id),
            OrganisationId(row.organisation_id),
            row.name,
            row.reason,
            row.at,
        )
        for row in conn.execute(_CONTESTS, {"proposal_id": proposal_id})
    }


def erase_reasons_of(conn: Connection, account_id: AccountId) -> None:
    """Erase why a person contested marks; that they were contested stays."""
    theirs = version_contest.c.contested_by == account_id
    conn.execute(update(version_contest).where(theirs).values(reason=""))


def versions(conn: Connection, proposal_id: ProposalId) -> tuple[TextVersion, ...]:
    """Return every text of a proposal, oldest first."""
    rows = conn.execute(
        select(text_version)
        .where(text_version.c.proposal_id == proposal_id)
        .order_by(text_version.c.number)
    )
    return tuple(_version(row) for row in rows)


def find(conn: Connection, version_id: VersionId) -> TextVersion | None:
    """Return one text version, or None."""
    row = conn.execute(select(text_version).where(text_version.c.id == version_id)).first()
    return _version(row) if row else None


def version(conn: Connection, version_id: VersionId) -> TextVersion:
    """Return one text version; a round always has one."""
    return _version(conn.execute(select(text_version).where(text_version.c.id == version_id)).one())


def _version(row: Row[Any]) -> TextVersion:
    return TextVersion(
        VersionId(row.id),
        ProposalId(row.proposal_id),
        row.number,
        row.title,
        row.ask,
        row.body,
        row.note,
        row.content_hash,
        row.at,
        row.mark,
        row.round_id,
    )
