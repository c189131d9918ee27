"""What moved between texts and between rounds, and never what is hidden."""

import pytest
from sqlalchemy import event

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.movement import Move
from coalition.domain.insight.wishes import Wish
from coalition.domain.people.organisations import OrganisationKind
from coalition.services.deliberation import rounds
from coalition.services.insight import movement
from coalition.services.insight.movement import Since
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table
from tests.deliberating import EDITORIAL, confirmed, revised, voted, withdrawn

RESERVATIONS = "support_with_reservations"


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def look(db, clock, convener, **wish):
    return movement.movement(db, actor=convener, now=clock(), wish=Wish(**wish))


def moves(step, delegates):
    told = (step.changes.get(one.seat.organisation) for one in delegates)
    return [change and change.move for change in told]


def a_hidden_round(db, clock, convener, **plan):
    return a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, **plan)


def closed(db, clock):
    clock.move(days=2)
    rounds.freeze_due(db, clock)


def test_after_a_new_text_it_says_who_improved_worsened_and_did_not_confirm(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate, stance in zip(
        delegates, ("object", "support", "stand_aside", RESERVATIONS), strict=True
    ):
        a_ballot(db, clock, delegate, this, stance)
    revised(db, clock, convener, this)
    voted(db, clock, delegates[0], this, RESERVATIONS)
    voted(db, clock, delegates[1], this, "stand_aside")
    confirmed(db, clock, delegates[3], this)
    (step,) = look(db, clock, convener).steps
    assert (step.since, step.version) == (Since.VERSION, 2)
    assert moves(step, delegates) == [Move.IMPROVED, Move.WORSENED, Move.UNCONFIRMED, Move.SAME]
    first = step.changes[delegates[0].seat.organisation]
    assert (first.before, first.after) == (Stance.OBJECT, Stance.SUPPORT_WITH_RESERVATIONS)
    assert first.at == clock()


def test_an_editorial_text_moves_nobody(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "object")
    revised(db, clock, convener, this, EDITORIAL)
    voted(db, clock, delegates[0], this, "support")
    assert look(db, clock, convener).steps == ()


def test_who_withdraws_abstains_or_answers_at_last_leaves_or_joins_the_scale(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    revised(db, clock, convener, this)
    withdrawn(db, clock, delegates[0], this)
    voted(db, clock, delegates[1], this, "abstain")
    voted(db, clock, delegates[3], this, "object")
    (step,) = look(db, clock, convener).steps
    assert moves(step, delegates) == [Move.LEFT, Move.LEFT, Move.UNCONFIRMED, Move.JOINED]


def test_only_the_latest_ballot_on_each_text_counts(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for stance in ("support", "object"):
        voted(db, clock, delegates[0], this, stance)
    revised(db, clock, convener, this)
    for stance in ("object", "support"):
        voted(db, clock, delegates[0], this, stance)
    (step,) = look(db, clock, convener).steps
    assert moves(step, delegates[:1]) == [Move.IMPROVED]


def test_between_a_round_and_the_one_before(db, clock, table):
    convener, delegates = table
    first = a_round(db, clock, convener, rule=None, kind=RoundKind.TEMPERATURE, days=1)
    for delegate, stance in zip(delegates, ("object", "support", "support"), strict=False):
        a_ballot(db, clock, delegate, first, stance)
    closed(db, clock)
    second = a_round(db, clock, convener, proposal_id=first.proposal_id, rule=QUICK)
    a_ballot(db, clock, delegates[0], second, "support")
    a_ballot(db, clock, delegates[1], second, "object")
    (step,) = look(db, clock, convener).steps
    assert step.since is Since.ROUND
    assert moves(step, delegates) == [Move.IMPROVED, Move.WORSENED, Move.UNCONFIRMED, None]
    assert step.changes[delegates[2].seat.organisation].after is None


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    """Neither the text that changed nor the round before tells what is hidden now."""
    convener, delegates = table
    first = a_round(db, clock, convener, rule=QUICK, days=1)
    a_ballot(db, clock, delegates[0], first, "object")
    closed(db, clock)
    second = a_hidden_round(db, clock, convener, proposal_id=first.proposal_id)
    voted(db, clock, delegates[0], second, "support")
    revised(db, clock, convener, second)
    before = None
    for stance in ("support", "object", "recused", "abstain"):
        voted(db, clock, delegates[0], second, stance)
        after = [look(db, clock, convener, closed=closed) for closed in (False, True)]
        before = before or after
        assert after == before
    assert (before[0].steps, before[0].hidden) == ((), 1)


def test_a_cancelled_hidden_round_is_no_round_before(db, clock, table):
    convener, delegates = table
    first = a_hidden_round(db, clock, convener)
    a_ballot(db, clock, delegates[0], first, "object")
    rounds.cancel_round(db, clock, actor=convener, round_id=first.id, reason="Wrong text.")
    second = a_round(db, clock, convener, proposal_id=first.proposal_id, rule=QUICK)
    a_ballot(db, clock, delegates[0], second, "support")
    assert look(db, clock, convener).steps == ()


def test_only_the_pillars_and_organisations_asked_for(db, clock, table):
    convener, delegates = table
    for pillar in (Pillar.EQUITY, Pillar.ACCESS):
        subject = a_proposal(db, clock, convener, pillar=pillar)
        this = a_round(db, clock, convener, proposal_id=subject, rule=QUICK)
        a_ballot(db, clock, delegates[0], this, "object")
        revised(db, clock, convener, this)
    (step,) = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY})).steps
    assert step.proposal.text.pillar is Pillar.EQUITY
    nobody = look(db, clock, convener, kinds=frozenset({OrganisationKind.CONVENER}))
    assert [dict(step.changes) for step in nobody.steps] == [{}, {}]


def test_who_is_recused_is_not_asked_again(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "recused")
    revised(db, clock, convener, this)
    (step,) = look(db, clock, convener).steps
    assert step.changes == {}


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
        revised(db, clock, convener, this)

    another()
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        another()
    assert count() == of_one <= 13
