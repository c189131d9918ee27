"""Each view of the board says something true of an empty table, a tiny one and a crowded one."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.ui.insight import views as board
from tests import builders

MANY = 300


def empty(db, clock):
    """Nobody is at the table but who convenes it."""
    return builders.a_person(db, role=Role.CONVENER)


def one_of_each(db, clock):
    """One organisation has answered one round."""
    convener, [only] = builders.a_table(db, organisations=1)
    builders.a_ballot(db, clock, only, builders.a_round(db, clock, convener), "support")
    return convener


def all_recused(db, clock):
    """Everybody has a conflict of interest."""
    convener, delegates = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    for one in delegates:
        builders.a_ballot(db, clock, one, this, "recused")
    return convener


def crowded(db, clock):
    """Three hundred rounds are open at once."""
    convener, [us, *_] = builders.a_table(db)
    rounds = [
        builders.a_round(db, clock, convener, rule=builders.QUICK, days=n + 1) for n in range(MANY)
    ]
    builders.a_ballot(db, clock, us, rounds[0], "object")
    return convener


TRUE = {  # what a view says there, word for word
    (empty, "distance"): "No round is open",
    (one_of_each, "distance"): "1 round is open",
    (crowded, "distance"): f"{MANY} rounds are open",
    (crowded, "waiting"): "3 organisations have something to answer",
}


@pytest.mark.parametrize("lay", [empty, one_of_each, all_recused, crowded])
def test_each_view_says_something_true(visit, db, clock, lay):
    convener = lay(db, clock)
    for view in board.BY_KEY:
        app = visit("board", as_=convener, view=view)
        said = " ".join(
            str(one.value)
            for one in (*app.header, *app.subheader, *app.markdown, *app.caption, *app.info)
        )
        assert app.header or "No round" in said, view
        assert "nan" not in said.lower().split(), view
        assert TRUE.get((lay, view), "") in said, view
