"""A timeline, read page by page: what happened in one query, how much of each kind in another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.table.timelines import (
    Event,
    Facts,
    Given,
    Kind,
    Opening,
    What,
    leads_to,
    of_ballot,
)
from coalition.store.schema import (
    account,
    ballot,
    comment,
    consensus_round,
    evidence,
    organisation,
    proposal,
    roll_change,
    text_version,
)
from coalition.store.table import decision_happenings as decisions
from coalition.store.table import round_happenings as rounds
from coalition.store.table import text_happenings as texts

# In the order of the story: of two things in one moment, the later one here came later.
_PARTS: tuple[tuple[Kind, Select[Any]], ...] = (
    (Kind.PROPOSAL, texts.submitted()),
    (Kind.ROUND, rounds.scheduled()),
    (Kind.ROUND, rounds.waived()),
    (Kind.ROUND, rounds.opened()),
    (Kind.ROUND, rounds.roll_changes()),
    (Kind.INTEREST, rounds.disclosures()),
    (Kind.STANCE, rounds.reviews()),
    (Kind.STANCE, rounds.ballots()),
    (Kind.DISCUSSION, texts.threads()),
    (Kind.SUGGESTION, texts.suggested()),
    (Kind.SUGGESTION, texts.answered()),
    (Kind.TEXT, texts.versions()),
    (Kind.TEXT, texts.contests()),
    (Kind.SUGGESTION, texts.applied()),
    (Kind.OBJECTION, texts.objections(by_rule=False)),
    (Kind.ROUND, rounds.clocks()),
    (Kind.ROUND, rounds.extensions()),
    (Kind.ROUND, rounds.cancelled()),
    (Kind.ROUND, rounds.closed()),
    (Kind.DECISION, decisions.verdicts()),
    (Kind.OBJECTION, texts.objections(by_rule=True)),
    (Kind.DECISION, decisions.published()),
    (Kind.DECISION, decisions.dissents_ended()),
    (Kind.DECISION, decisions.dissents()),
    (Kind.DECISION, decisions.outcomes()),
    (Kind.DECISION, decisions.superseded()),
    (Kind.DECISION, decisions.supersedes()),
    (Kind.PROPOSAL, texts.withdrawn()),
)
EVERYTHING = frozenset(Kind)
_GIVEN, _BEFORE = ballot.alias("given"), ballot.alias("before")
_VERSION_BEFORE = text_version.alias("version_before")
_OTHER_ROUND, _OTHER = consensus_round.alias("other_round"), proposal.alias("other")


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose timeline is read, and how far its reader sees.

    Args:
        dark: The rounds whose stances the reader may not see.
        own: The reader's organisation, or None.
    """

    proposal_id: ProposalId
    now: datetime
    rounds: Mapping[RoundId, Round]
    dark: Collection[RoundId]
    own: OrganisationId | None

    @property
    def bound(self) -> dict[str, Any]:
        """What every query of a timeline is bound to."""
        return {
            "proposal_id": self.proposal_id,
            "now": self.now,
            "dark": list(self.dark),
            "own": self.own or 0,
        }


def counts(conn: Connection, seen: Seen) -> dict[Kind, int]:
    """Return how many events of each kind there are for the reader; only kinds with any."""
    rows = conn.execute(_counts(), seen.bound)
    found = {row.kind: row.n for row in rows}
    return {kind: found[kind] for kind in Kind if kind in found}


def events(
    conn: Connection, seen: Seen, kinds: frozenset[Kind], *, limit: int, offset: int = 0
) -> tuple[Event, ...]:
    """Return some of the events of these kinds, newest first."""
    rows = conn.execute(_page(kinds), seen.bound | {"limit": limit, "offset": offset})
    return tuple(_event(row, seen) for row in rows)


@cache  # building a statement costs more than running it; there are at most 2 ** len(Kind)
def _page(kinds: frozenset[Kind]) -> Select[Any]:
    every = _union(kinds)
    newest = (every.c.at.desc(), every.c.place.desc(), every.c.item.desc(), every.c.code.desc())
    page = select(every).order_by(*newest).limit(bindparam("limit")).offset(bindparam("offset"))
    shown = page.subquery("shown")
    return (
        select(
            shown,
            organisation.c.name.label("organisation"),
            account.c.name.label("person"),
            text_version.c.number.label("version"),
            _OTHER.c.reference.label("other"),
            _GIVEN.c.capacity,
            _BEFORE.c.stance.label("stance_before"),
            _BEFORE.c.capacity.label("capacity_before"),
            _VERSION_BEFORE.c.number.label("number_before"),
            evidence.c.channel,
            _number(shown),
        )
        .select_from(
            shown.outerjoin(organisation, organisation.c.id == shown.c.organisation_id)
            .outerjoin(account, account.c.id == shown.c.account_id)
            .outerjoin(text_version, text_version.c.id == shown.c.version_id)
            .outerjoin(_OTHER_ROUND, _OTHER_ROUND.c.id == shown.c.other_id)
            .outerjoin(_OTHER, _OTHER.c.id == _OTHER_ROUND.c.proposal_id)
            .outerjoin(_GIVEN, and_(shown.c.what == What.GIVEN, _GIVEN.c.id == shown.c.item))
            .outerjoin(_BEFORE, _BEFORE.c.id == _GIVEN.c.replaces_id)
            .outerjoin(_VERSION_BEFORE, _VERSION_BEFORE.c.id == _BEFORE.c.version_id)
            .outerjoin(evidence, evidence.c.ballot_id == _GIVEN.c.id)
        )
        .order_by(shown.c.at.desc(), shown.c.place.desc(), shown.c.item.desc(), shown.c.code.desc())
    )


@cache
def _counts() -> Select[Any]:
    every = _union(EVERYTHING)
    return select(every.c.kind, func.count().label("n")).group_by(every.c.kind)


def _union(kinds: frozenset[Kind]) -> Subquery:
    return union_all(
        *(
            part.add_columns(
                literal_column(f"'{kind}'").label("kind"), literal_column(str(place)).label("place")
            )
            for place, (kind, part) in enumerate(_PARTS)
            if kind in kinds
        )
    ).subquery("every")


def _number(shown: Subquery) -> Any:  # noqa: ANN401 (a labelled column)
    """Return the comments in a thread, and by how many a roll has changed since its opening."""
    said = select(func.count() + 1).where(comment.c.root_id == shown.c.item).scalar_subquery()
    changes = func.sum(case((roll_change.c.change == "added", 1), else_=-1))
    grown = select(changes).where(roll_change.c.round_id == shown.c.item).scalar_subquery()
    return case(
        (shown.c.what == What.THREAD, said),
        (shown.c.what == What.OPENED, func.coalesce(grown, 0)),
        else_=0,
    ).label("n")


def _event(row: Row[Any], seen: Seen) -> Event:
    kind, what = Kind(row.kind), What(row.what)
    if what is What.GIVEN:
        what = of_ballot(
            Given(
                row.code,
                row.capacity,
                row.version,
                row.stance_before or "",
                row.capacity_before or "",
                row.number_before,
            )
        )
    this = seen.rounds.get(row.round_id)
    place, item = leads_to(
        kind,
        item=row.item,
        version=row.version,
        round_id=row.round_id,
        is_public=this is not None and this.published_at is not None,
        is_ours=row.organisation_id is not None and row.organisation_id == seen.own,
    )
    return Event(
        row.at,
        kind,
        what,
        place,
        item,
        row.organisation or "",
        row.person or "",
        _facts(row, what, this),
    )


def _facts(row: Row[Any], what: What, this: Round | None) -> Facts:
    opens = this is not None and what in {What.SCHEDULED, What.OPENED}
    return Facts(
        code=row.code,
        before=row.stance_before or "",
        via=row.channel or "",
        version=row.version,
        n=this.roll_size - row.n if this and what is What.OPENED else row.n,
        until=row.until,
        words=row.words,
        other=row.other or "",
        opening=Opening(this.kind, this.preset, this.terms) if this and opens else None,
    )
