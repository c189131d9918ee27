"""Stance bars: every count of a round, its bounds and its accord, and nothing that is hidden."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import event

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.insight.measures import Accord, Bounds
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation import clearances
from coalition.services.insight.stance_bars import stance_bars
from tests.builders import QUICK, a_ballot, a_person, a_round, a_table


@pytest.fixture
def table(db):
    return a_table(db, organisations=6)


def look(db, clock, actor, **wish):
    return stance_bars(db, actor=actor, now=clock(), wish=Wish(**wish))


def answered(db, clock, delegates, this, *stances):
    for delegate, stance in zip(delegates, stances, strict=False):
        a_ballot(db, clock, delegate, this, stance)


def test_a_bar_bounds_the_share_by_what_is_still_out(db, clock, table):
    convener, delegates = table
    answered(db, clock, delegates, a_round(db, clock, convener), "support", "object", "abstain")
    (bar,) = look(db, clock, convener).bars
    assert bar.tally.counts[Stance.ABSTAIN] == 1
    assert bar.bounds == Bounds(Fraction(1, 2), Fraction(1, 5), Fraction(4, 5))


def test_once_a_round_has_closed_nothing_is_out_any_more(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, days=1)
    answered(db, clock, delegates, this, "support", "object")
    clock.move(days=2)
    (bar,) = look(db, clock, convener, closed=True).bars
    half = Fraction(1, 2)
    assert bar.bounds == Bounds(half, half, half)


def test_a_word_says_how_far_those_on_the_scale_agree_from_five_on(db, clock, table):
    convener, delegates = table
    few, many, torn = (a_round(db, clock, convener, days=days) for days in (15, 16, 17))
    answered(db, clock, delegates, few, *["support"] * 4)
    answered(db, clock, delegates, many, *["support"] * 5)
    answered(db, clock, delegates, torn, *["support", "object"] * 3)
    words = {bar.round.id: bar.accord for bar in look(db, clock, convener).bars}
    assert words == {few.id: None, many.id: Accord.TOGETHER, torn.id: Accord.SPLIT}


def test_a_review_under_way_is_told_apart_until_the_ballot(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    until = clock() + timedelta(days=3)
    clearances.mark_clearance(
        db, clock, actor=delegates[0], round_id=this.id, until=until, note="", token="review"
    )
    assert [bar.reviewing for bar in look(db, clock, convener).bars] == [1]
    a_ballot(db, clock, delegates[0], this, "support")
    (bar,) = look(db, clock, convener).bars
    assert (bar.reviewing, bar.tally.missing) == (0, 5)


def test_where_one_can_only_sign_nothing_is_measured(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=None, kind=RoundKind.SIGN_ON)
    answered(db, clock, delegates, this, *["support"] * 5)
    (bar,) = look(db, clock, convener).bars
    assert (bar.bounds, bar.accord) == (Bounds(None, None, None), None)


def test_all_recused_leaves_no_share_and_no_word(db, clock, table):
    convener, delegates = table
    answered(db, clock, delegates, a_round(db, clock, convener), *["recused"] * 6)
    (bar,) = look(db, clock, convener).bars
    assert (bar.bounds, bar.agreement) == (Bounds(None, None, None), None)


def test_an_empty_table_has_no_bar(db, clock, table):
    found = look(db, clock, table[0])
    assert (found.bars, found.hidden) == ((), 0)


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=20)
    a_round(db, clock, convener, rule=QUICK, days=10)
    given = a_ballot(db, clock, delegates[0], hidden, "support")
    before = look(db, clock, convener)
    assert (len(before.bars), before.hidden) == (1, 1)
    for stance in ("object", "recused", "abstain"):
        given = a_ballot(db, clock, delegates[0], hidden, stance, replaces=given.id)
        assert look(db, clock, convener) == before


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_the_bars(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))


def test_nobody_sees_the_bars_without_signing_in(db, clock):
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_ten_rounds_ask_as_few_questions_as_one(db, clock, table):
    convener, _ = table
    a_round(db, clock, convener)
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    look(db, clock, convener)
    of_one = len(asked)
    for _ in range(9):
        a_round(db, clock, convener)
    asked.clear()
    look(db, clock, convener)
    assert len(asked) == of_one
