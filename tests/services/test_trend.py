"""How support moved: rebuilt day by day from every entry, and never from a hidden round."""

from fractions import Fraction

import pytest
from sqlalchemy import event

from coalition.domain.deliberation.rounds import Results, RoundKind, Terms
from coalition.domain.deliberation.stances import SUPPORTS, VOTES_CAST
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import trend
from tests.builders import QUICK, a_ballot, a_person, a_recorded, a_round, a_table
from tests.deliberating import revised, tally_of, voted, withdrawn


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def look(db, clock, convener, **wish):
    return trend.trends(db, actor=convener, now=clock(), wish=Wish(**wish))


def shares(line):
    return [point.share for point in line.points]


def test_each_day_counts_the_then_latest_answer_of_each_organisation(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    clock.move(hours=1)
    voted(db, clock, delegates[0], this, "object")
    clock.move(days=1)
    voted(db, clock, delegates[1], this, "support")
    clock.move(days=1)
    voted(db, clock, delegates[0], this, "support_with_reservations")
    clock.move(days=1)
    withdrawn(db, clock, delegates[1], this)
    voted(db, clock, delegates[0], this, "stand_aside")
    (line,) = look(db, clock, convener).lines
    assert shares(line) == [Fraction(0), Fraction(1, 2), Fraction(1), None]
    assert [point.day for point in line.points] == [1, 2, 3, 4]


def test_the_last_day_says_what_the_tally_says(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, terms=Terms(unconfirmed="missing", recorded="missing"))
    for delegate, stance in zip(delegates, ("support", "object", "support"), strict=False):
        voted(db, clock, delegate, this, stance)
    a_recorded(db, clock, convener, this, delegates[3].seat.organisation_id, "object")
    clock.move(days=1, hours=1)
    revised(db, clock, convener, this)
    voted(db, clock, delegates[1], this, "support_with_reservations")
    clock.move(days=1)
    (line,) = look(db, clock, convener).lines
    tally, last = tally_of(db, this), line.points[-1]
    assert (last.yes, last.cast) == (tally.number(SUPPORTS), tally.number(VOTES_CAST)) == (1, 1)
    assert shares(line)[0] == Fraction(2, 3)


def test_the_text_in_force_is_told_for_each_day(db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    clock.move(days=1, hours=1)
    revised(db, clock, convener, this)
    clock.move(days=1)
    (line,) = look(db, clock, convener).lines
    assert [point.version for point in line.points] == [1, 2, 2]
    assert [text.number for text in line.texts] == [1, 2]


def test_a_closed_round_ends_at_its_close(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, days=2)
    voted(db, clock, delegates[0], this, "support")
    clock.move(days=9)
    assert look(db, clock, convener).lines == ()
    (line,) = look(db, clock, convener, closed=True).lines
    assert [point.at for point in line.points][-1] == this.closes_at
    assert shares(line) == [Fraction(1)] * 2


@pytest.mark.parametrize("stance", [None, "recused", "abstain"])
def test_where_no_vote_is_cast_there_is_no_share(db, clock, table, stance):
    convener, delegates = table
    this = a_round(db, clock, convener)
    if stance:
        a_ballot(db, clock, delegates[0], this, stance)
    (line,) = look(db, clock, convener).lines
    assert shares(line) == [None]


def test_one_page_of_rounds_is_read_at_a_time(db, clock, table, monkeypatch):
    convener, _ = table
    monkeypatch.setattr(trend, "LINES", 2)
    for _ in range(3):
        a_round(db, clock, convener)
    assert [len(look(db, clock, convener, page=n).lines) for n in (1, 2, 9)] == [2, 1, 1]
    assert look(db, clock, convener).total == 3


def test_a_round_in_which_one_can_only_sign_has_no_line(db, clock, table):
    a_round(db, clock, table[0], rule=None, kind=RoundKind.SIGN_ON)
    found = look(db, clock, table[0])
    assert (found.lines, found.total, found.hidden, found.signed) == ((), 0, 0, 1)


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    seen = a_round(db, clock, convener)
    voted(db, clock, delegates[0], seen, "support")
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=20)
    kept = look(db, clock, convener)
    assert (len(kept.lines), kept.hidden) == (1, 1)
    for stance in ("support", "object", "recused", "abstain"):
        voted(db, clock, delegates[1], hidden, stance)
        assert look(db, clock, convener) == kept


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_the_trend(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_ten_rounds_take_as_many_questions_as_one(db, clock, table, monkeypatch):
    monkeypatch.setattr(trend, "LINES", 10)
    asked = []

    def count():
        asked.clear()
        look(db, clock, table[0])
        return len(asked)

    a_round(db, clock, table[0])
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        a_round(db, clock, table[0])
    assert count() == of_one <= 12
