"""The pipeline: every proposal in one stage, and how long the latest took."""

import pytest

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation import proposals
from coalition.services.insight.pipeline import pipeline
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table


@pytest.fixture
def table(db):
    return a_table(db, organisations=2)


def look(db, clock, convener, **wish):
    return pipeline(db, actor=convener, now=clock(), wish=Wish(**wish))


def totals(found):
    return {stage: found.total(stage) for stage in Stage if found.total(stage)}


def test_the_stages_are_those_that_the_list_of_proposals_tells(demo, clock):
    convener = a_person(demo, role=Role.CONVENER)
    found = look(demo, clock, convener)
    for stage in Stage:
        listed = proposals.list_proposals(demo, actor=convener, now=clock(), stage=stage)
        assert found.total(stage) == listed.total
    assert found.all == 24


def test_a_proposal_moves_through_its_stages_and_stands_in_one(db, clock, table):
    convener, delegates = table
    a_proposal(db, clock, convener, submitted=False)
    assert totals(look(db, clock, convener)) == {Stage.DRAFT: 1}
    decided = a_round(db, clock, convener, rule=QUICK, days=2)
    a_round(db, clock, convener, rule=QUICK, days=2)  # comes to no quorum: back to the table
    for delegate in delegates:
        a_ballot(db, clock, delegate, decided, "support")
    assert totals(look(db, clock, convener)) == {Stage.DRAFT: 1, Stage.OPEN: 2}
    clock.move(days=3)
    found = look(db, clock, convener)
    assert found.total(Stage.OPEN) == 0
    assert found.total(Stage.DECIDED) + found.total(Stage.SUBMITTED) == 2
    assert found.all == 3


def test_the_median_days_are_those_of_what_closed_last(db, clock, table):
    convener, _ = table
    assert set(look(db, clock, convener).days.values()) == {None}
    subject = a_proposal(db, clock, convener, submitted=False)
    clock.move(days=4)
    proposals.submit_proposal(db, clock, actor=convener, proposal_id=subject)
    clock.move(days=1, hours=12)
    a_round(db, clock, convener, proposal_id=subject, rule=QUICK, days=10)
    clock.move(days=11)
    found = look(db, clock, convener)
    assert found.days == {Stage.DRAFT: 4, Stage.SUBMITTED: 1.5, Stage.OPEN: 10}
    assert found.rounds == 1


def test_only_the_pillars_asked_for_are_counted(db, clock, table):
    convener, _ = table
    a_proposal(db, clock, convener, pillar=Pillar.EQUITY)
    a_proposal(db, clock, convener, pillar=Pillar.ACCESS)
    found = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY}))
    assert found.counts == {(Stage.SUBMITTED, Pillar.EQUITY): 1}
    assert look(db, clock, convener, pillars=frozenset({Pillar.RESEARCH})).all == 0


def test_it_does_not_move_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    latest = a_ballot(db, clock, delegates[0], this, "support")
    before = look(db, clock, convener)
    for stance in ("object", "recused", "abstain"):
        latest = a_ballot(db, clock, delegates[0], this, stance, replaces=latest.id)
        assert look(db, clock, convener) == before


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_it(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_it_asks_as_few_questions_of_ten_rounds_as_of_one(db, clock, table, queries):
    convener, _ = table

    def asked():
        with queries(db) as said:
            look(db, clock, convener)
        return len(said)

    a_round(db, clock, convener, rule=QUICK, days=1)
    clock.move(days=2)
    of_one = asked()
    for _ in range(9):
        a_round(db, clock, convener, rule=QUICK, days=1)
    clock.move(days=2)
    assert asked() == of_one <= 12
