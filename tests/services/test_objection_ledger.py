"""The objection ledger: what stands, what became of the rest, and never what is hidden."""

import pytest
from sqlalchemy import event

from coalition.domain.deliberation.objections import State
from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.domain.people.organisations import OrganisationKind
from coalition.services.deliberation import rounds
from coalition.services.insight import objection_ledger
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table
from tests.deliberating import SHOULD, an_objection, answered, resolved, revised, voted


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def look(db, clock, convener, **wish):
    return objection_ledger.objection_ledger(db, actor=convener, now=clock(), wish=Wish(**wish))


def told(ledger):
    return [(line.objection.organisation, line.objection.state) for line in ledger.lines]


def a_hidden_round(db, clock, convener, **plan):
    return a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, **plan)


def test_open_ones_stand_first_and_of_each_kind_the_oldest(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    early = an_objection(db, clock, delegates[0], this.proposal_id, SHOULD)
    clock.move(days=1)
    a_ballot(db, clock, delegates[1], this, "object")
    clock.move(days=1)
    a_ballot(db, clock, delegates[2], this, "object")
    resolved(db, clock, delegates[0], early)
    names = [one.seat.organisation for one in delegates]
    assert told(look(db, clock, convener)) == [
        (names[1], State.OPEN),
        (names[2], State.OPEN),
        (names[0], State.WITHDRAWN),
    ]


def test_days_run_until_now_while_it_waits_and_stop_when_it_is_resolved(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    first, _ = (an_objection(db, clock, one, this.proposal_id) for one in delegates[:2])
    clock.move(days=3)
    resolved(db, clock, delegates[0], first)
    clock.move(days=4)
    assert [line.days for line in look(db, clock, convener).lines] == [7, 3]


def test_it_says_who_answers_for_it_and_what_was_done(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "object")
    (line,) = look(db, clock, convener).lines
    assert (line.objection.owner, line.steps) == ("", ())
    answered(db, clock, convener, line.objection.id)
    (line,) = look(db, clock, convener).lines
    assert [(step.state, step.by) for step in line.steps] == [(State.ANSWERED, convener.name)]


def test_of_those_resolved_it_counts_the_organisations_that_now_support(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "object")
    revised(db, clock, convener, this)
    voted(db, clock, delegates[0], this, "support_with_reservations")
    voted(db, clock, delegates[1], this, "abstain")
    found = look(db, clock, convener).sum
    assert (found.all, found.unresolved, found.resolved) == (3, 1, 2)
    assert (found.parties, found.supporting) == (2, 1)


def test_only_the_pillars_and_organisations_asked_for(db, clock, table):
    convener, delegates = table
    equity = a_proposal(db, clock, convener, pillar=Pillar.EQUITY)
    for subject in (equity, a_proposal(db, clock, convener)):
        this = a_round(db, clock, convener, proposal_id=subject, rule=QUICK)
        a_ballot(db, clock, delegates[0], this, "object")
    (line,) = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY})).lines
    assert line.proposal.id == equity
    others = frozenset({OrganisationKind.CONVENER})
    assert look(db, clock, convener, kinds=others).lines == ()


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    hidden = a_hidden_round(db, clock, convener)
    an_objection(db, clock, delegates[1], hidden.proposal_id)
    ballot = a_ballot(db, clock, delegates[0], hidden, "support")
    before = look(db, clock, convener)
    assert (len(before.lines), before.hidden) == (1, 1)
    for stance in ("object", "recused", "abstain", "object"):
        ballot = a_ballot(db, clock, delegates[0], hidden, stance, replaces=ballot.id)
        assert look(db, clock, convener) == before


def test_an_earlier_objection_does_not_move_with_a_hidden_ballot_of_a_later_round(db, clock, table):
    convener, delegates = table
    first = a_round(db, clock, convener, rule=QUICK, days=1)
    a_ballot(db, clock, delegates[0], first, "object")
    clock.move(days=2)
    rounds.freeze_due(db, clock)
    second = a_hidden_round(db, clock, convener, proposal_id=first.proposal_id)
    ballot = a_ballot(db, clock, delegates[0], second, "abstain")
    before = [look(db, clock, convener, closed=closed) for closed in (False, True)]
    for stance in ("support", "object", "recused"):
        ballot = a_ballot(db, clock, delegates[0], second, stance, replaces=ballot.id)
        after = [look(db, clock, convener, closed=closed) for closed in (False, True)]
        assert after == before


def test_what_a_cancelled_hidden_round_kept_stays_hidden(db, clock, table):
    convener, delegates = table
    this = a_hidden_round(db, clock, convener)
    a_ballot(db, clock, delegates[0], this, "object")
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Wrong text.")
    a_round(db, clock, convener, proposal_id=this.proposal_id, rule=QUICK)
    assert look(db, clock, convener).lines == ()


def test_a_hidden_objection_is_told_once_its_round_has_closed(db, clock, table):
    convener, delegates = table
    this = a_hidden_round(db, clock, convener, days=1)
    a_ballot(db, clock, delegates[0], this, "object")
    clock.move(days=1, seconds=1)
    assert len(look(db, clock, convener, closed=True).lines) == 1


def test_without_a_round_or_an_objection_all_is_nought(db, clock, table):
    convener, delegates = table
    assert look(db, clock, convener).rounds == 0
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "recused")
    found = look(db, clock, convener)
    assert (found.lines, found.sum.all, found.sum.parties) == ((), 0, 0)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_it(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_it_asks_as_few_questions_of_ten_rounds_as_of_one(db, clock, table):
    convener, delegates = table
    asked = []

    def count():
        asked.clear()
        look(db, clock, convener)
        return len(asked)

    def another():
        this = a_round(db, clock, convener, rule=QUICK)
        a_ballot(db, clock, delegates[0], this, "object")

    another()
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        another()
    assert count() == of_one <= 13
