"""Who agrees with whom: every pair of organisations over the rounds whose stances may be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from coalition.domain.deliberation.counts import Given, counts
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.insight.measures import place, similar
from coalition.domain.insight.pairs import Pairs
from coalition.domain.insight.wishes import RowOrder, Wish
from coalition.domain.people.organisations import Organisation
from coalition.services.insight.finding import found
from coalition.store.database import Database
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.people import organisations as organisations_store


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike the organisations asked for answered.

    Args:
        organisations: Those that took a place on the scale, in the order asked for.
        pairs: Each pair of them once; ``first`` and ``second`` count ``organisations``.
        rounds: How many rounds it is about, open and closed.
        hidden: Rounds left out because they keep their stances to themselves.
    """

    organisations: tuple[Organisation, ...]
    pairs: Pairs
    rounds: int
    hidden: int


def agreement(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Agreement:
    """Return how alike each pair answered in the open rounds and those that closed last.

    Only answers that reach the engine under a round's terms; a round in which one can only
    sign tells no two organisations apart and is left out.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        both = [
            found(conn, person, replace(wish, closed=closed), now=now) for closed in (False, True)
        ]
        shown = {one.id: one for these in both for one in these.shown if _has_scale(one)}
        given = tallies_store.given(conn, shown)
        everyone = organisations_store.list_all(conn)
    asked = [one for one in everyone if wish.admits(one.profile)]
    places = _places(asked, shown, given)
    heard: list[int] = np.flatnonzero((places > 0).any(axis=1)).tolist()
    if wish.rows is RowOrder.SIMILARITY:
        heard = [heard[row] for row in similar(places[heard])]
    return Agreement(
        tuple(asked[row] for row in heard),
        Pairs(places[heard]),
        len(shown),
        sum(these.hidden for these in both),
    )


def _has_scale(this: Round) -> bool:
    return this.kind is not RoundKind.SIGN_ON


def _places(
    asked: list[Organisation],
    rounds: Mapping[RoundId, Round],
    given: Mapping[tuple[RoundId, OrganisationId], Given],
) -> npt.NDArray[np.int8]:
    """Return the place on the scale of each organisation in each round; 0 for none."""
    rows = {one.id: row for row, one in enumerate(asked)}
    columns = {round_id: column for column, round_id in enumerate(rounds)}
    places = np.zeros((len(rows), len(columns)), dtype=np.int8)
    for (round_id, who), one in given.items():
        terms = rounds[round_id].terms
        if who in rows and counts(terms, carried=one.carried, recorded=one.recorded):
            places[rows[who], columns[round_id]] = place(one.stance)
    return places
