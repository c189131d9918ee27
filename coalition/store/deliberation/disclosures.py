"""Disclosures, in and out of their table; the latest of an organisation rules."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from coalition.domain.deliberation.disclosures import (
    Disclosed,
    DisclosureForm,
    DisclosureId,
    Interest,
)
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import disclosure, organisation

# Built once: building a statement costs more than running it.
_ADD = insert(disclosure).returning(disclosure.c.id)
_SELECT = (
    select(disclosure, organisation.c.name)
    .join(organisation, organisation.c.id == disclosure.c.organisation_id)
    .where(disclosure.c.proposal_id == bindparam("proposal_id"))
)
_ALL = _SELECT.order_by(disclosure.c.id)
_LATEST = (
    _SELECT.where(disclosure.c.organisation_id == bindparam("organisation_id"))
    .order_by(disclosure.c.id.desc())
    .limit(1)
)


def add(
    conn: Connection,
    proposal_id: ProposalId,
    organisation_id: OrganisationId,
    form: DisclosureForm,
    *,
    by: AccountId,
    at: datetime,
) -> DisclosureId:
    """Store what an organisation disclosed and return its id."""
    added = conn.execute(
        _ADD,
        {
            "proposal_id": proposal_id,
            "organisation_id": organisation_id,
            "interested": form.interest is not Interest.NONE,
            "statement": form.statement,
            "made_by": by,
            "at": at,
        },
    )
    return DisclosureId(added.scalar_one())


def latest(
    conn: Connection, proposal_id: ProposalId, organisation_id: OrganisationId
) -> Disclosed | None:
    """Return what an organisation said last of a proposal, or None."""
    wanted = {"proposal_id": proposal_id, "organisation_id": organisation_id}
    row = conn.execute(_LATEST, wanted).first()
    return _disclosed(row) if row else None


def of_proposal(conn: Connection, proposal_id: ProposalId) -> tuple[Disclosed, ...]:
    """Return every disclosure on a proposal, oldest first."""
    return tuple(_disclosed(row) for row in conn.execute(_ALL, {"proposal_id": proposal_id}))


def erase_words_of(conn: Connection, account_id: AccountId) -> int:
    """Erase the statements a person wrote; that there was an interest stays."""
    done = conn.execute(
        update(disclosure)
        .where(disclosure.c.made_by == account_id, disclosure.c.statement != "")
        .values(statement="")
    )
    return done.rowcount


def _disclosed(row: Row[Any]) -> Disclosed:
    return Disclosed(
        DisclosureId(row.id),
        ProposalId(row.proposal_id),
        OrganisationId(row.organisation_id),
        row.name,
        row.interested,
        row.statement,
        row.at,
    )
