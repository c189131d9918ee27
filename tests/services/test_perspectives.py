"""Who was heard: perspectives of those that answered, whatever they said, hidden or not."""

import pytest
from sqlalchemy import event, update

from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.perspectives import Perspective
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import perspectives
from coalition.store import schema
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table
from tests.deliberating import withdrawn

P = Perspective


@pytest.fixture
def table(db):
    """Two organisations of patients, the second of providers too, and one that said nothing."""
    convener, delegates = a_table(db, organisations=3)
    speaks(db, delegates[0], P.PATIENTS)
    speaks(db, delegates[1], P.PATIENTS, P.PROVIDERS)
    return convener, delegates


def speaks(db, delegate, *views):
    this = schema.organisation
    with db.writing() as conn:
        conn.execute(
            update(this)
            .where(this.c.id == delegate.seat.organisation_id)
            .values(perspectives=[one.value for one in views])
        )


def look(db, clock, convener, **wish):
    return perspectives.perspectives(db, actor=convener, now=clock(), wish=Wish(**wish))


def heard(hearing):
    return {one: n for one, n in hearing.answered.items() if n}


def test_a_cell_counts_those_of_a_perspective_that_have_answered(db, clock, table):
    convener, delegates = table
    subject = a_proposal(db, clock, convener, perspectives=(P.EMPLOYERS,))
    this = a_round(db, clock, convener, proposal_id=subject)
    for delegate in delegates[1:]:
        a_ballot(db, clock, delegate, this, "object")
    (one,) = look(db, clock, convener).hearings
    assert heard(one) == {P.PATIENTS: 1, P.PROVIDERS: 1}
    assert [view for view in P if one.is_missing(view)] == [
        P.RESEARCHERS,
        P.HEALTH_PLANS,
        P.COMMUNITY_LEADERS,
    ]


def test_of_a_hidden_round_only_who_has_answered_is_told(db, clock, table):
    """Support, objection, recusal and abstention leave the same numbers; a withdrawal none."""
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    ballot = a_ballot(db, clock, delegates[0], this, "support")
    kept = look(db, clock, convener)
    assert heard(kept.hearings[0]) == {P.PATIENTS: 1}
    for stance in ("object", "recused", "abstain"):
        ballot = a_ballot(db, clock, delegates[0], this, stance, replaces=ballot.id)
        assert look(db, clock, convener) == kept
    withdrawn(db, clock, delegates[0], this)
    assert heard(look(db, clock, convener).hearings[0]) == {}


def test_a_proposal_stands_once_and_an_organisation_counts_once_in_it(db, clock, table):
    convener, delegates = table
    subject = a_proposal(db, clock, convener)
    for _ in range(2):
        this = a_round(db, clock, convener, proposal_id=subject, rule=QUICK, days=1)
        a_ballot(db, clock, delegates[0], this, "object")
        clock.move(days=2)
    (one,) = look(db, clock, convener, closed=True).hearings
    assert heard(one) == {P.PATIENTS: 1}


def test_the_pillars_asked_for_stand_alone(db, clock, table):
    convener, _ = table
    a_round(db, clock, convener)
    equity = a_proposal(db, clock, convener, pillar=Pillar.EQUITY)
    a_round(db, clock, convener, proposal_id=equity)
    (one,) = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY})).hearings
    assert one.proposal.id == equity


def test_it_tells_how_many_speak_from_each_perspective(db, clock, table):
    speaking = dict(look(db, clock, table[0]).speaking)
    assert (speaking[P.PATIENTS], speaking[P.PROVIDERS], speaking[P.EMPLOYERS]) == (2, 1, 0)


def test_without_a_round_there_is_no_proposal(db, clock):
    assert look(db, clock, a_person(db, role=Role.CONVENER)).hearings == ()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_who_was_heard(db, clock, role):
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

    a_round(db, clock, table[0])
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        a_round(db, clock, table[0])
    assert count() == of_one <= 12
