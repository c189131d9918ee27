"""Who stands where: organisations down, proposals across, as far as stances may be seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.insight.measures import SCALE, similar
from coalition.domain.insight.wishes import RowOrder, Wish
from coalition.domain.people.organisations import Organisation
from coalition.services.insight.finding import found
from coalition.store.database import Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.people import outlines as outlines_store

Cells = Mapping[tuple[OrganisationId, RoundId], Stance | None]
ANSWERS: tuple[Stance | None, ...] = (*SCALE, Stance.ABSTAIN, Stance.RECUSED)


@dataclass(frozen=True, slots=True)
class StanceMap:
    """What each organisation said in each round whose stances this person may see.

    Args:
        columns: The rounds with their proposals, in the order asked for.
        rows: The organisations on their rolls, in the order asked for.
        cells: By organisation and round; None where it has not answered, no key where it is
            not on the roll.
        counts: How many cells hold each stance; under None those without an answer.
        objecting: The pairs in which the organisation objects, by row.
        hidden: Rounds left out because they keep their stances to themselves.
    """

    columns: tuple[tuple[Round, Proposal], ...]
    rows: tuple[Organisation, ...]
    cells: Cells
    counts: Mapping[Stance | None, int]
    objecting: tuple[tuple[Organisation, Proposal], ...]
    hidden: int


def stance_map(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> StanceMap:
    """Return the map of the rounds and organisations asked for.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        ids = [one.id for one in these.shown]
        rolls = rounds_store.rolls(conn, ids)
        given = tallies_store.stances(conn, ids)
        everyone = outlines_store.outlines(conn)
    asked = [one for one in everyone if wish.admits(one.profile)]
    cells = {
        (one.id, round_id): given.get((round_id, one.id))
        for one in asked
        for round_id in ids
        if one.id in rolls[round_id]
    }
    seated = {who for who, _ in cells}
    rows = _ordered([one for one in asked if one.id in seated], cells, wish.rows)
    columns = tuple((one, these.of(one)) for one in these.shown)
    counts = Counter(cells.values())
    return StanceMap(
        columns, tuple(rows), cells, counts, _objecting(rows, columns, cells, counts), these.hidden
    )


def _objecting(
    rows: Sequence[Organisation],
    columns: Sequence[tuple[Round, Proposal]],
    cells: Cells,
    counts: Mapping[Stance | None, int],
) -> tuple[tuple[Organisation, Proposal], ...]:
    if not counts.get(Stance.OBJECT):
        return ()
    return tuple(
        (who, proposal)
        for who in rows
        for this, proposal in columns
        if cells.get((who.id, this.id)) is Stance.OBJECT
    )


def _ordered(
    rows: list[Organisation],
    cells: Cells,
    order: RowOrder,
) -> list[Organisation]:
    if order is RowOrder.NAME:
        return rows
    codes = {stance: code for code, stance in enumerate(ANSWERS, start=1)}
    rounds = sorted({round_id for _, round_id in cells})
    answers = np.array(
        [[codes.get(cells.get((one.id, column)), 0) for column in rounds] for one in rows],
        dtype=np.int8,
    ).reshape(len(rows), len(rounds))
    return [rows[place] for place in similar(answers)]
