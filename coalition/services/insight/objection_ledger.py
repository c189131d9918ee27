"""What was objected to in the rounds asked for, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.objections import Objection, Step
from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.insight import ageing
from coalition.domain.insight.ageing import Sum
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation.objection_access import is_told
from coalition.services.insight.finding import Found, found
from coalition.store.database import Database
from coalition.store.deliberation import objections as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.people import organisations as organisations_store


@dataclass(frozen=True, slots=True)
class Line:
    """One objection with its proposal.

    Args:
        days: Whole days it has waited, or did until it was resolved.
        steps: What it came to after it was raised, oldest first.
    """

    objection: Objection
    proposal: Proposal
    days: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The objections to the proposals of the rounds asked for.

    Args:
        lines: Those that wait first, of each the oldest first.
        hidden: Rounds whose ballots' objections are left out, however many there are.
        rounds: Rounds asked for.
    """

    lines: tuple[Line, ...]
    sum: Sum
    hidden: int
    rounds: int


def objection_ledger(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Ledger:
    """Return the objections to the proposals of the rounds asked for, in ten queries or so.

    Only what everybody at the table may know: one behind a ballot tells a stance, and the
    board is looked at by several at once, so not even one's own hidden objection is on it.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        asked = {one.id for one in organisations_store.list_all(conn) if wish.admits(one.profile)}
        every = store.of_proposals(conn, {one.proposal_id for one in these.rounds})
        behind = rounds_store.get_many(conn, {one.round_id for one in every})
        told = [
            one for one in every if one.organisation_id in asked and is_told(one, behind, now=now)
        ]
        steps = store.steps(conn, [one.id for one in told])
        latest = _latest(these)
        given = tallies_store.stances(conn, [one.id for one in latest])
    lines = [
        Line(one, these.proposals[one.proposal_id], ageing.days(one, now), steps[one.id][1:])
        for one in ageing.ordered(told)
    ]
    shown = [one.proposal_id for one in latest]
    total = ageing.summed(told, _said(latest, given), shown)
    return Ledger(tuple(lines), total, these.hidden, len(these.rounds))


def _latest(these: Found) -> list[Round]:
    """Return the latest round asked for of each proposal, where its stances may be seen."""
    last: dict[ProposalId, Round] = {}
    for one in sorted(these.rounds, key=lambda one: one.id):
        last[one.proposal_id] = one
    return [one for one in last.values() if these.stand[one.id].sight.stances]


def _said(
    latest: Iterable[Round], given: Mapping[tuple[RoundId, OrganisationId], Stance]
) -> ageing.Said:
    proposals = {one.id: one.proposal_id for one in latest}
    return {(proposals[round_id], who): stance for (round_id, who), stance in given.items()}
