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


NO_ROUND, NO_GROUP = "No round is open here", "No group can be compared yet"
NO_PAIR = "No two organisations have taken a place on the scale"
NO_MOVE = "No text has changed what is asked here"
ALL_HEARD = "No open round waits for an answer."
TRUE = {  # what each view says, word for word
    empty: {
        "distance": NO_ROUND,
        "bars": NO_ROUND,
        "map": "No round here shows its stances yet.",
        "groups": NO_ROUND,
        "objections": "No round is here, so nobody could object.",
        "movement": "No round is here, so nothing could move.",
        "trend": NO_ROUND,
        "agreement": NO_PAIR,
        "perspectives": NO_ROUND,
        "pipeline": "There is no proposal here yet.",
        "seats": "No organisation with a vote is among those asked for.",
        "waiting": ALL_HEARD,
    },
    one_of_each: {
        "distance": "The one proposal that shows its stances would be adopted now.",
        "bars": "1 round shows its stances.",
        "map": "1 of 1 answers given so far: support 1.",
        "groups": NO_GROUP,
        "objections": "Nobody has objected.",
        "movement": NO_MOVE,
        "trend": "Support has not moved in the rounds shown here.",
        "agreement": NO_PAIR,
        "perspectives": "not heard on the 1 proposal here",
        "pipeline": "1 proposal: open 1.",
        "seats": "Of 1 seat: 0 seats have no delegate, 1 has no alternate, 0 have something",
        "waiting": ALL_HEARD,
    },
    all_recused: {
        "distance": "No single organisation could carry one alone; none objects",
        "bars": "More than half of the votes cast support the proposal in 0",
        "map": "3 of 3 answers given so far: recused 3.",
        "groups": NO_GROUP,
        "objections": "Nobody has objected.",
        "movement": NO_MOVE,
        "trend": "No vote is cast yet in the rounds shown here.",
        "agreement": NO_PAIR,
        "perspectives": "not heard on the 1 proposal here",
        "pipeline": "1 proposal: open 1.",
        "seats": "Of 3 seats: 0 seats have no delegate",
        "waiting": ALL_HEARD,
    },
    crowded: {
        "distance": f"{MANY} rounds are open",
        "bars": f"{MANY} rounds show their stances.",
        "map": "answers given so far",
        "groups": NO_GROUP,
        "objections": "**1 objection waits.**",
        "movement": NO_MOVE,
        "trend": "No vote is cast yet in the rounds shown here.",
        "agreement": NO_PAIR,
        "perspectives": f"not heard on any of the {MANY} proposals",
        "pipeline": f"{MANY} proposals: open {MANY}.",
        "seats": "3 have something to answer",
        "waiting": "3 organisations have something to answer.",
    },
}


@pytest.mark.parametrize("lay", TRUE)
def test_each_view_says_something_true(visit, db, clock, lay):
    convener = lay(db, clock)
    assert TRUE[lay].keys() == board.BY_KEY.keys()
    for view, words in TRUE[lay].items():
        app = visit("board", as_=convener, view=view)
        said = " ".join(str(one.value) for one in (*app.header, *app.markdown, *app.caption))
        assert words in said, view
