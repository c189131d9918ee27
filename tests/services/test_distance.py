"""Distance to adoption: what a convener sees, in which order, and never what is hidden."""

import pytest
from sqlalchemy import event

from coalition.domain.deliberation.rounds import Results, RoundKind, Terms
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Order, Wish
from coalition.services.insight import calling, distance, finding, seats, stance_map, waiting
from coalition.services.insight.calling import Calls
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table
from tests.deliberating import revised


@pytest.fixture
def table(db):
    convener, delegates = a_table(db, organisations=4)
    return convener, delegates


def look(db, clock, convener, **wish):
    return distance.distances(db, actor=convener, now=clock(), wish=Wish(**wish))


def whom(db, clock, convener, this):
    return calling.calls(db, actor=convener, now=clock(), rounds=[this.id])[this.id]


def titled(board):
    return [line.proposal.text.title for line in board.lines]


def a_titled_round(db, clock, convener, title, **plan):
    return a_round(db, clock, convener, proposal_id=a_proposal(db, clock, convener, title=title),
                   **plan)  # fmt: skip


def a_hidden_round(db, clock, convener, **plan):
    return a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, **plan)


def test_a_line_says_what_would_happen_at_the_close_and_who_is_missing(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    (line,) = look(db, clock, convener).lines
    assert line.standing.verdict.outcome == "adopted"
    assert line.calls == 1
    assert whom(db, clock, convener, this) == Calls((delegates[3].seat.organisation,), ())


def test_whom_to_call_is_who_has_not_answered_and_who_objects_in_the_order_of_names(
    db, clock, table
):
    convener, delegates = table
    this = a_round(db, clock, convener)
    a_ballot(db, clock, delegates[1], this, "object")
    a_ballot(db, clock, delegates[2], this, "abstain")
    (line,) = look(db, clock, convener).lines
    names = [one.seat.organisation for one in delegates]
    assert whom(db, clock, convener, this) == Calls(
        tuple(sorted((names[0], names[3]))), (names[1],)
    )
    assert line.calls == 3


@pytest.mark.parametrize("results", list(Results))
def test_who_must_confirm_under_the_terms_is_awaited_but_where_stances_are_hidden(
    db, clock, table, results
):
    """Else a recusal, which stays an answer on any text, would be told from the others."""
    convener, delegates = table
    this = a_round(db, clock, convener, results=results, terms=Terms(unconfirmed="missing"))
    for delegate, stance in zip(delegates, ("support", "object", "recused"), strict=False):
        a_ballot(db, clock, delegate, this, stance)
    revised(db, clock, convener, this)
    names = [one.seat.organisation for one in delegates]
    awaited = [names[0], names[1], names[3]] if results is Results.OPEN else [names[3]]
    found = look(db, clock, convener)
    assert whom(db, clock, convener, this) == Calls(tuple(sorted(awaited)), ())
    assert (found.lines[0].calls, found.figures.unheard) == (len(awaited), len(awaited))
    quiet = waiting.waiting(db, actor=convener, now=clock(), wish=Wish())
    assert [one.organisation for one in quiet] == sorted(awaited)
    held = seats.seats(db, actor=convener, now=clock(), wish=Wish()).lines
    assert [one.organisation for one in held if one.waiting] == sorted(awaited)


def test_a_sign_on_waits_for_nobody(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, kind=RoundKind.SIGN_ON, rule=None)
    a_ballot(db, clock, delegates[0], this, "support")
    found = look(db, clock, convener)
    assert (found.lines[0].calls, found.figures.unheard) == (0, 0)
    assert whom(db, clock, convener, this) == Calls((), ())
    assert waiting.waiting(db, actor=convener, now=clock(), wish=Wish()) == ()


def test_closing_first_goes_by_the_deadline(db, clock, table):
    convener, _ = table
    a_titled_round(db, clock, convener, "Later", days=30)
    a_titled_round(db, clock, convener, "Sooner", days=15)
    assert titled(look(db, clock, convener, order=Order.CLOSING)) == ["Sooner", "Later"]


def test_what_a_few_calls_would_carry_stands_before_objections_and_what_is_through(
    db, clock, table
):
    convener, delegates = table
    through = a_titled_round(db, clock, convener, "Through", rule=QUICK, days=15)
    blocked = a_titled_round(db, clock, convener, "Blocked", rule=QUICK, days=16)
    a_titled_round(db, clock, convener, "Two calls", rule=QUICK, days=17)
    one_call = a_titled_round(db, clock, convener, "One call", rule=QUICK, days=18)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, through, "support")
    a_ballot(db, clock, delegates[0], blocked, "object")
    a_ballot(db, clock, delegates[0], one_call, "support")
    order = titled(look(db, clock, convener))
    assert order == ["One call", "Two calls", "Blocked", "Through"]


def test_the_pillars_asked_for_are_shown_and_counted_alone(db, clock, table):
    convener, _ = table
    equity = a_proposal(db, clock, convener, title="Fair", pillar=Pillar.EQUITY)
    a_round(db, clock, convener, proposal_id=equity)
    a_titled_round(db, clock, convener, "Paid")
    found = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY}))
    assert (titled(found), found.total, found.figures.unheard) == (["Fair"], 1, 4)


def test_closed_rounds_stand_latest_first_and_cancelled_ones_nowhere(db, clock, table):
    convener, _ = table
    a_titled_round(db, clock, convener, "First", rule=QUICK, days=1)
    a_titled_round(db, clock, convener, "Second", rule=QUICK, days=2)
    clock.move(days=3)
    assert look(db, clock, convener).lines == ()
    assert titled(look(db, clock, convener, closed=True)) == ["Second", "First"]


def test_the_figures_count_every_page(db, clock, table, monkeypatch):
    convener, delegates = table
    monkeypatch.setattr(distance, "CARDS", 1)
    rounds = [a_round(db, clock, convener, rule=QUICK, days=days) for days in (2, 20)]
    for this in rounds:
        a_ballot(db, clock, delegates[0], this, "object")
    found = look(db, clock, convener, page=2)
    assert (len(found.lines), found.total) == (1, 2)
    assert (found.figures.closing, found.figures.objections, found.figures.unheard) == (1, 2, 6)


def test_a_page_beyond_the_last_shows_the_last(db, clock, table):
    convener, _ = table
    a_round(db, clock, convener)
    assert len(look(db, clock, convener, page=9).lines) == 1


@pytest.mark.parametrize("closed", [False, True])
def test_rounds_are_counted_by_the_same_wish_that_shows_them(db, clock, table, closed):
    convener, _ = table
    for pillar in (Pillar.EQUITY, Pillar.EQUITY, Pillar.ACCESS):
        subject = a_proposal(db, clock, convener, pillar=pillar)
        a_round(db, clock, convener, proposal_id=subject, rule=QUICK, days=1)
    clock.move(days=2 if closed else 0)
    for pillars in (frozenset(), frozenset({Pillar.EQUITY}), frozenset({Pillar.RESEARCH})):
        wish = Wish(pillars=pillars, closed=closed)
        shown = distance.distances(db, actor=convener, now=clock(), wish=wish)
        counted = finding.count(db, actor=convener, now=clock(), wish=wish)
        assert counted == shown.total == len(shown.lines)


def test_the_quiet_are_listed_by_what_waits_for_them(db, clock, table):
    convener, delegates = table
    rounds = [a_round(db, clock, convener) for _ in range(2)]
    for this in rounds:
        a_ballot(db, clock, delegates[0], this, "support")
    a_ballot(db, clock, delegates[1], rounds[0], "support")
    quiet = waiting.waiting(db, actor=convener, now=clock(), wish=Wish())
    assert [(one.waiting, one.on_rolls) for one in quiet] == [(2, 2), (2, 2), (1, 2)]
    assert quiet[-1].organisation == delegates[1].seat.organisation


def test_nothing_on_the_board_moves_when_a_hidden_stance_changes(db, clock, table):
    """Not a cell, a count, a figure, a prospect nor the order: subtraction finds nothing."""
    convener, delegates = table
    hidden = a_hidden_round(db, clock, convener, days=20)
    seen = a_round(db, clock, convener, rule=QUICK, days=10)
    a_ballot(db, clock, delegates[1], seen, "support")
    before = None
    first = a_ballot(db, clock, delegates[0], hidden, "support")
    for stance in ("object", "recused", "abstain"):
        first = a_ballot(db, clock, delegates[0], hidden, stance, replaces=first.id)
        for order in Order:
            shown = look(db, clock, convener, order=order)
            before = before or {}
            assert shown == before.setdefault(order, shown)


def test_of_a_hidden_round_the_convener_sees_only_who_has_answered(db, clock, table):
    convener, delegates = table
    this = a_hidden_round(db, clock, convener)
    a_ballot(db, clock, delegates[0], this, "object")
    found = look(db, clock, convener)
    (line,) = found.lines
    assert (line.standing.tally, line.standing.verdict) == (None, None)
    called = whom(db, clock, convener, this)
    assert (len(called.unheard), called.objecting, line.calls) == (3, (), 3)
    mapped = stance_map.stance_map(db, actor=convener, now=clock(), wish=Wish())
    assert (mapped.cells, mapped.columns, mapped.hidden) == ({}, (), 1)
    assert (found.figures.objections, found.figures.adopted) == (0, 0)


def test_a_hidden_round_shows_its_stances_once_it_has_closed(db, clock, table):
    convener, delegates = table
    this = a_hidden_round(db, clock, convener, days=1)
    a_ballot(db, clock, delegates[0], this, "object")
    clock.move(days=1)
    (line,) = look(db, clock, convener, closed=True).lines
    assert line.standing.tally.counts[Stance.OBJECT] == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_the_board(db, clock, role):
    person = a_person(db, role=role)
    with pytest.raises(PermissionMissing):
        look(db, clock, person)
    with pytest.raises(PermissionMissing):
        calling.calls(db, actor=person, now=clock(), rounds=[])
    with pytest.raises(SignInNeeded):
        look(db, clock, None)
    with pytest.raises(SignInNeeded):
        calling.calls(db, actor=None, now=clock(), rounds=[])


def test_the_board_asks_as_few_questions_of_ten_rounds_as_of_one(db, clock, table):
    convener, _ = table
    asked = []

    def count():
        asked.clear()
        look(db, clock, convener)
        return len(asked)

    a_round(db, clock, convener)
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        a_round(db, clock, convener)
    assert count() == of_one <= 12
