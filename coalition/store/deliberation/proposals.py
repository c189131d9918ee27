"""Proposals and their text versions, in and out of the tables."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    insert,
    select,
    update,
)

from coalition.domain.deliberation.proposals import (
    AskType,
    InstrumentType,
    Proposal,
    ProposalChanged,
    ProposalId,
    ProposalNotFound,
    ProposalText,
    Stage,
)
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.domain.ground.perspectives import in_order
from coalition.domain.ground.pillars import Pillar
from coalition.store.schema import (
    consensus_round,
    organisation,
    proposal,
    reference_counter,
)

# Proposals beside their champion and latest round.
JOINED = proposal.outerjoin(organisation, organisation.c.id == proposal.c.champion_id).outerjoin(
    consensus_round, consensus_round.c.id == proposal.c.latest_round_id
)
_LISTED = select(proposal, organisation.c.name.label("champion")).select_from(JOINED)
_GET = _LISTED.where(proposal.c.id == bindparam("proposal_id"))
_GET_MANY = _LISTED.where(proposal.c.id.in_(bindparam("ids", expanding=True)))


def next_reference(conn: Connection, year: int) -> str:
    """Return a reference never given before: ``2026-014``."""
    last = conn.scalar(select(reference_counter.c.last).where(reference_counter.c.year == year))
    if last is None:
        conn.execute(insert(reference_counter), {"year": year, "last": 1})
        return f"{year}-001"
    conn.execute(
        update(reference_counter).where(reference_counter.c.year == year).values(last=last + 1)
    )
    return f"{year}-{last + 1:03}"


def add(
    conn: Connection,
    text: ProposalText,
    *,
    reference: str,
    champion_id: OrganisationId | None,
    drafted_by: AccountId | None,
    at: datetime,
    import_id: str | None = None,
    sample: bool = False,
) -> ProposalId:
    """Store a new draft and return its id."""
    added = conn.execute(
        insert(proposal).returning(proposal.c.id),
        _columns(text, reference)
        | {
            "reference": reference,
            "champion_id": champion_id,
            "drafted_by": drafted_by,
            "source": text.source,
            "import_id": import_id,
            "sample": sample,
            "created_at": at,
            "updated_at": at,
        },
    )
    return ProposalId(added.scalar_one())


def save(conn: Connection, this: Proposal, text: ProposalText, *, at: datetime) -> None:
    """Store new text for a draft, unless somebody saved since it was read.

    Raises:
        ProposalChanged: its revision has moved on.
    """
    changed = conn.execute(
        update(proposal)
        .where(proposal.c.id == this.id, proposal.c.revision == this.revision)
        .values(_columns(text, this.reference) | {"updated_at": at, "revision": this.revision + 1})
    )
    if changed.rowcount != 1:
        raise ProposalChanged(reference=this.reference)


def set_stage(
    conn: Connection, proposal_id: ProposalId, stage: Stage, *, at: datetime, reason: str = ""
) -> None:
    """Store the stage a person moved a proposal to, and why."""
    conn.execute(
        update(proposal)
        .where(proposal.c.id == proposal_id)
        .values(
            stage=stage,
            stage_reason=reason,
            updated_at=at,
            revision=proposal.c.revision + 1,
        )
    )


def set_champion(conn: Connection, proposal_id: ProposalId, champion: OrganisationId) -> None:
    """Store which organisation champions a proposal."""
    conn.execute(update(proposal).where(proposal.c.id == proposal_id).values(champion_id=champion))


def set_latest_round(conn: Connection, proposal_id: ProposalId, round_id: int) -> None:
    """Store which round is the latest of a proposal."""
    conn.execute(
        update(proposal).where(proposal.c.id == proposal_id).values(latest_round_id=round_id)
    )


def get(conn: Connection, proposal_id: ProposalId) -> Proposal:
    """Return one proposal with its latest text.

    Raises:
        ProposalNotFound: there is none.
    """
    row = conn.execute(_GET, {"proposal_id": proposal_id}).first()
    if row is None:
        raise ProposalNotFound
    return from_row(row)


def get_many(conn: Connection, ids: Collection[int]) -> dict[ProposalId, Proposal]:
    """Return several proposals by id, in one query."""
    if not ids:
        return {}
    rows = conn.execute(_GET_MANY, {"ids": list(ids)})
    return {ProposalId(row.id): from_row(row) for row in rows}


def by_import_id(conn: Connection) -> dict[str, Proposal]:
    """Return every proposal that came from a file, by the id of its row."""
    rows = conn.execute(_LISTED.where(proposal.c.import_id.is_not(None)))
    return {row.import_id: from_row(row) for row in rows}


def _columns(text: ProposalText, reference: str) -> dict[str, Any]:
    return {
        "title": text.title,
        "pillar": text.pillar,
        "further_pillars": [str(pillar) for pillar in text.further_pillars],
        "problem": text.problem,
        "ask": text.ask,
        "ask_type": text.ask_type or "",
        "target": text.target,
        "instrument_type": text.instrument_type or "",
        "instrument": text.instrument,
        "patient_line": text.patient_line,
        "equity_note": text.equity_note,
        "summary": text.summary,
        "body": text.body,
        "heard": text.heard,
        "perspectives": [str(one) for one in text.perspectives],
        "summary_es": text.summary_es,
        "summary_es_by": text.summary_es_by,
        "search_key": text.search_key(reference),
    }


def from_row(row: Row[Any]) -> Proposal:
    """Return the proposal in a row of ``get_many``'s select."""
    text = ProposalText(
        title=row.title,
        pillar=Pillar(row.pillar),
        further_pillars=tuple(Pillar(pillar) for pillar in row.further_pillars),
        problem=row.problem,
        ask=row.ask,
        ask_type=AskType(row.ask_type) if row.ask_type else None,
        target=row.target,
        instrument_type=InstrumentType(row.instrument_type) if row.instrument_type else None,
        instrument=row.instrument,
        patient_line=row.patient_line,
        equity_note=row.equity_note,
        summary=row.summary,
        body=row.body,
        heard=row.heard,
        perspectives=in_order(row.perspectives),
        summary_es=row.summary_es,
        summary_es_by=row.summary_es_by,
        source=row.source,
    )
    return Proposal(
        id=ProposalId(row.id),
        reference=row.reference,
        text=text,
        stage=Stage(row.stage),
        revision=row.revision,
        champion_id=row.champion_id,
        champion=row.champion or "",
        drafted_by=row.drafted_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        latest_round_id=row.latest_round_id,
    )
