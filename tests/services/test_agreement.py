"""Who agrees with whom: over every round whose stances may be seen, and never a hidden one."""

from fractions import Fraction

import pytest
from sqlalchemy import event

from coalition.domain.deliberation.rounds import Results, RoundKind, Terms
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import RowOrder, Wish
from coalition.domain.people.organisations import OrganisationSize
from coalition.services.insight import agreement
from tests.builders import (
    QUICK,
    a_ballot,
    a_person,
    a_proposal,
    a_recorded,
    a_round,
    a_table,
    an_organisation,
)


@pytest.fixture
def table(db):
    return a_table(db, organisations=3)


def look(db, clock, convener, **wish):
    return agreement.agreement(db, actor=convener, now=clock(), wish=Wish(**wish))


def answered(db, clock, table, *stances, **plan):
    """Open a round and let the delegates answer it in their order."""
    convener, delegates = table
    this = a_round(db, clock, convener, **plan)
    for delegate, stance in zip(delegates, stances, strict=False):
        a_ballot(db, clock, delegate, this, stance)
    return this


def told(found):
    """Return how alike each pair is and over how many rounds, by names."""
    names = [one.name for one in found.organisations]
    return {
        frozenset({names[one.first], names[one.second]}): (one.alike, one.joint)
        for one in found.pairs
    }


def called(table, *places):
    return frozenset(table[1][place].seat.organisation for place in places)


def test_pairs_are_compared_over_open_rounds_and_those_that_closed(db, clock, table):
    answered(db, clock, table, "support", "support", "object", rule=QUICK, days=1)
    clock.move(days=2)
    answered(db, clock, table, "support", "support_with_reservations", "object")
    found = look(db, clock, table[0])
    assert found.rounds == 2
    assert told(found) == {
        called(table, 0, 1): (Fraction(5, 6), 2),
        called(table, 0, 2): (Fraction(0), 2),
        called(table, 1, 2): (Fraction(1, 6), 2),
    }


def test_by_likeness_those_who_answer_alike_stand_together(db, clock, table):
    answered(db, clock, table, "support", "object", "support")
    names = [one.name for one in look(db, clock, table[0], rows=RowOrder.SIMILARITY).organisations]
    assert {frozenset(names[:2]), frozenset(names[2:])} == {called(table, 0, 2), called(table, 1)}


def test_abstaining_recusal_and_silence_are_no_places(db, clock, table):
    answered(db, clock, table, "abstain", "recused")
    found = look(db, clock, table[0])
    assert (found.organisations, tuple(found.pairs), found.rounds) == ((), (), 1)


def test_only_the_latest_ballot_counts(db, clock, table):
    this = answered(db, clock, table, "support")
    first = a_ballot(db, clock, table[1][1], this, "object")
    a_ballot(db, clock, table[1][1], this, "support", replaces=first.id)
    assert told(look(db, clock, table[0])) == {called(table, 0, 1): (Fraction(1), 1)}


def test_what_the_terms_of_a_round_leave_out_is_no_answer(db, clock, table):
    this = answered(db, clock, table, "support", terms=Terms(recorded="missing"))
    a_recorded(db, clock, table[0], this, table[1][1].seat.organisation_id, "support")
    assert len(look(db, clock, table[0]).pairs) == 0


def test_signing_tells_no_two_organisations_apart(db, clock, table):
    answered(db, clock, table, "support", "support", rule=None, kind=RoundKind.SIGN_ON)
    assert look(db, clock, table[0]).rounds == 0


def test_the_pillars_and_organisations_asked_for_are_compared_alone(db, clock, table):
    convener, _ = table
    equity = a_proposal(db, clock, convener, pillar=Pillar.EQUITY)
    answered(db, clock, table, "support", "object", proposal_id=equity)
    answered(db, clock, table, "support", "support")
    found = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY}))
    assert told(found) == {called(table, 0, 1): (Fraction(0), 1)}
    assert look(db, clock, convener, sizes=frozenset({OrganisationSize.LARGE})).organisations == ()


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    answered(db, clock, table, "support", "object", "support")
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=20)
    kept = {order: look(db, clock, convener, rows=order) for order in RowOrder}
    ballot = None
    for stance in ("support", "object", "recused", "abstain"):
        replaces = ballot.id if ballot else None
        ballot = a_ballot(db, clock, delegates[1], hidden, stance, replaces=replaces)
        assert kept == {order: look(db, clock, convener, rows=order) for order in RowOrder}
    assert {one.hidden for one in kept.values()} == {1}


def test_without_a_round_or_an_organisation_there_is_no_pair(db, clock):
    convener = a_person(db, role=Role.CONVENER)
    found = look(db, clock, convener)
    assert (found.organisations, len(found.pairs), found.rounds, found.hidden) == ((), 0, 0, 0)
    an_organisation(db)
    assert look(db, clock, convener, rows=RowOrder.SIMILARITY).organisations == ()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_who_agrees(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_ten_rounds_take_as_many_questions_as_one(db, clock, table):
    asked = []

    def count():
        asked.clear()
        look(db, clock, table[0])
        return len(asked)

    answered(db, clock, table, "support")
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        answered(db, clock, table, "support")
    assert count() == of_one <= 16
