"""How each seat is doing, as a convener sees it: what waits, what was missed, who can act."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.discussion.comments import Audience
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.insight.wishes import Wish
from coalition.domain.people.organisations import OrganisationSize
from coalition.services.deliberation import clearances
from coalition.services.insight import seats as service
from coalition.services.insight.seats import Voice, seats
from coalition.store import schema
from tests.builders import (
    QUICK,
    a_ballot,
    a_comment,
    a_delegate,
    a_person,
    a_round,
    a_table,
    an_organisation,
)


@pytest.fixture
def table(db):
    return a_table(db, organisations=3)


def look(db, clock, convener, **wish):
    return seats(db, actor=convener, now=clock(), wish=Wish(**wish))


def by_name(found):
    return {one.organisation: one for one in found.lines}


def test_who_can_act_for_a_seat_is_told_and_only_of_those_that_vote(db, clock, table):
    convener, delegates = table
    a_delegate(db, organisation_id=delegates[0].seat.organisation_id, rank=1)
    vacant = an_organisation(db, name="Vacant")
    an_organisation(db, name="No vote", votes=False)
    found = by_name(look(db, clock, convener))
    assert set(found) == {"Vacant", *(one.seat.organisation for one in delegates)}
    assert (found["Vacant"].primary, found["Vacant"].alternate) == (False, False)
    assert found["Vacant"].organisation_id == vacant
    first, second = (found[one.seat.organisation] for one in delegates[:2])
    assert (first.primary, first.alternate) == (True, True)
    assert (second.primary, second.alternate) == (True, False)


def test_those_for_whom_something_waits_come_first_and_each_part_is_by_name(db, clock, table):
    convener, delegates = table
    rounds = [a_round(db, clock, convener, rule=QUICK) for _ in range(2)]
    names = sorted(one.seat.organisation for one in delegates)
    first, second, third = sorted(delegates, key=lambda one: one.seat.organisation)
    for this in rounds:
        a_ballot(db, clock, first, this, "support")
    a_ballot(db, clock, second, rounds[0], "object")
    lines = look(db, clock, convener).lines
    assert [one.organisation for one in lines] == [names[1], names[2], names[0]]
    assert [one.waiting for one in lines] == [1, 2, 0]  # never ranked by how much
    a_ballot(db, clock, second, rounds[1], "support")
    for this in rounds:
        a_ballot(db, clock, third, this, "support")
    assert [one.organisation for one in look(db, clock, convener).lines] == names


def test_what_is_in_clearance_puts_no_seat_first(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    names = sorted(one.seat.organisation for one in delegates)
    reviewing = min(delegates, key=lambda one: one.seat.organisation)
    clearances.mark_clearance(
        db, clock, actor=reviewing, round_id=this.id, until=clock() + timedelta(days=2),
        note="Our board meets.", token="review",
    )  # fmt: skip
    lines = look(db, clock, convener).lines
    assert [one.organisation for one in lines] == [*names[1:], names[0]]


def test_rounds_missed_are_counted_back_from_the_last_to_one_answered(db, clock, table):
    convener, delegates = table
    for answering in (delegates, delegates[:2], delegates[:1]):
        this = a_round(db, clock, convener, rule=QUICK, days=1)
        for delegate in answering:
            a_ballot(db, clock, delegate, this, "support")
        clock.move(days=2)
    a_round(db, clock, convener, rule=None, kind=RoundKind.SIGN_ON, days=1)
    clock.move(days=2)
    found = by_name(look(db, clock, convener))
    assert [found[one.seat.organisation].missed for one in delegates] == [0, 1, 2]
    assert look(db, clock, convener).closed == 3


def test_the_days_to_answer_are_those_to_the_first_answer_of_each_closed_round(db, clock, table):
    convener, delegates = table
    for hours in (12, 24, 72):
        this = a_round(db, clock, convener, rule=QUICK, days=5)
        clock.move(hours=hours)
        first = a_ballot(db, clock, delegates[0], this, "support")
        clock.move(hours=1)
        a_ballot(db, clock, delegates[0], this, "object", replaces=first.id)
        clock.hour = this.closes_at + timedelta(hours=1)
    found = by_name(look(db, clock, convener))
    assert [found[one.seat.organisation].days for one in delegates] == [1, None, None]


def test_only_the_latest_closed_rounds_are_looked_back_on(db, clock, table, monkeypatch):
    convener, _ = table
    monkeypatch.setattr(service, "LATEST", 2)
    for _ in range(3):
        a_round(db, clock, convener, rule=QUICK, days=1)
        clock.move(days=2)
    found = look(db, clock, convener)
    assert (found.closed, {one.missed for one in found.lines}) == (2, {2})


def test_comments_are_shared_out_by_size_without_what_conveners_note(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    organisation = schema.organisation
    with db.writing() as conn:
        first = organisation.c.id == delegates[0].seat.organisation_id
        conn.execute(update(organisation).where(first).values(size="small"))
    for n in range(3):
        a_comment(db, clock, delegates[0], this.proposal_id, f"Word {n}")
    a_comment(db, clock, delegates[1], this.proposal_id, "Another")
    a_comment(db, clock, convener, this.proposal_id, "Aside", audience=Audience.CONVENERS)
    voices = look(db, clock, convener).voices
    assert voices == (Voice(OrganisationSize.SMALL, 1, 3), Voice(None, 2, 1))
    small = look(db, clock, convener, sizes=frozenset({OrganisationSize.SMALL})).voices
    assert small == (Voice(OrganisationSize.SMALL, 1, 3),)


def test_only_the_organisations_asked_for_are_listed(db, clock, table):
    convener, delegates = table
    organisation = schema.organisation
    with db.writing() as conn:
        first = organisation.c.id == delegates[0].seat.organisation_id
        conn.execute(update(organisation).where(first).values(size="small"))
    found = look(db, clock, convener, sizes=frozenset({OrganisationSize.SMALL}))
    assert [one.organisation for one in found.lines] == [delegates[0].seat.organisation]


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    latest = a_ballot(db, clock, delegates[0], this, "support")
    before = look(db, clock, convener)
    assert [one.waiting for one in before.lines] == [1, 1, 0]
    for stance in ("object", "recused", "abstain"):
        clock.move(hours=1)
        latest = a_ballot(db, clock, delegates[0], this, stance, replaces=latest.id)
        assert look(db, clock, convener) == before


def test_an_empty_table_and_one_seat_are_told_as_they_are(db, clock):
    convener = a_person(db, role=Role.CONVENER)
    found = look(db, clock, convener)
    assert (found.lines, found.voices, found.closed) == ((), (), 0)
    a_delegate(db)
    (only,) = look(db, clock, convener).lines
    assert (only.waiting, only.missed, only.days) == (0, 0, None)


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

    def a_closed_and_an_open_round():
        a_round(db, clock, convener, rule=QUICK, days=1)
        clock.move(days=2)
        a_round(db, clock, convener, rule=QUICK, days=90)

    a_closed_and_an_open_round()
    of_one = asked()
    for _ in range(9):
        a_closed_and_an_open_round()
    assert asked() == of_one <= 22
