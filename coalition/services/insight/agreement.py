"""Who agrees with whom: every pair of organisations over the rounds whose stances may be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from coalition.domain.deliberation.rounds import RoundId, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.measures import place, similar
from coalition.domain.insight.pairs import Pairs
from coalition.domain.insight.wishes import RowOrder, Wish
from coalition.domain.people.organisations import Organisation
from coalition.services.insight.finding import LATEST, open_rounds
from coalition.store.database import Database
from coalition.store.insight import pairs as store
from coalition.store.insight.pairs import Answer
from coalition.store.people import outlines as outlines_store

SCALED = (RoundKind.BINDING, RoundKind.TEMPERATURE)  # a sign-on knows support alone


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
        opened = open_rounds(conn, wish, now)
        shown = [one for one in opened if sight(person, one, now=now).stances]
        terms = {one.id: one.terms for one in shown if one.kind in SCALED} | store.latest_terms(
            conn, now, pillars=wish.pillars, kinds=SCALED, limit=LATEST
        )
        answers = list(store.answers(conn, terms))
        everyone = outlines_store.outlines(conn)
    asked = [one for one in everyone if wish.admits(one.profile)]
    places = _places(asked, terms, answers)
    heard: list[int] = np.flatnonzero((places > 0).any(axis=1)).tolist()
    if wish.rows is RowOrder.SIMILARITY:
        heard = [heard[row] for row in similar(places[heard])]
    return Agreement(
        tuple(asked[row] for row in heard),
        Pairs(places[heard]),
        len(terms),
        len(opened) - len(shown),
    )


def _places(
    asked: list[Organisation], rounds: Iterable[RoundId], answers: Iterable[Answer]
) -> npt.NDArray[np.int8]:
    """Return the place on the scale of each organisation in each round; 0 for none."""
    rows = {one.id: row for row, one in enumerate(asked)}
    columns = {round_id: column for column, round_id in enumerate(rounds)}
    places = np.zeros((len(rows), len(columns)), dtype=np.int8)
    steps = {stance: place(stance) for stance in Stance}
    for round_id, who, stance in answers:
        if who in rows:
            places[rows[who], columns[round_id]] = steps[stance]
    return places
