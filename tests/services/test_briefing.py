"""The briefing above the board: four answers, and nothing in them that a hidden stance moves."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from coalition.domain.deliberation.rounds import Results, RoundKind, Terms
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation import ballots, rounds
from coalition.services.insight.briefing import briefing
from coalition.store import schema
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.insight.news import News
from tests.builders import (
    CONSENSUS,
    QUICK,
    a_ballot,
    a_person,
    a_proposal,
    a_recorded,
    a_round,
    a_table,
)

MONDAY = datetime(2026, 11, 2, 5, tzinfo=UTC)  # midnight in New York, in winter time


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def look(db, clock, convener, **wish):
    return briefing(db, actor=convener, now=clock(), wish=Wish(**wish))


def names(delegates):
    return [one.seat.organisation for one in delegates]


def answered(db, clock, delegates, this, *stances):
    return [
        a_ballot(db, clock, who, this, stance)
        for who, stance in zip(delegates, stances, strict=False)
    ]


def test_the_next_to_close_is_named_only_if_it_falls_short(db, clock, table):
    convener, delegates = table
    through = a_round(db, clock, convener, rule=QUICK, days=2)
    later = a_round(db, clock, convener, rule=QUICK, days=9)
    short = a_round(db, clock, convener, rule=QUICK, days=5)
    a_round(db, clock, convener, rule=None, kind=RoundKind.TEMPERATURE, days=1)
    answered(db, clock, delegates, through, "support", "support")
    found = look(db, clock, convener)
    assert (found.short[0].round.id, found.binding) == (short.id, 3)
    for this in (short, later):
        answered(db, clock, delegates, this, "support", "support")
    found = look(db, clock, convener)
    assert (found.short, found.unblocking.short) == (None, 0)


@pytest.mark.parametrize("stance", ["abstain", "stand_aside", "object"])
def test_one_whose_answer_alone_holds_a_round_could_carry_it(db, clock, table, stance):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=CONSENSUS)
    answered(db, clock, delegates, this, "support", "object", "support", "object")
    other = a_round(db, clock, convener, rule=QUICK)
    answered(db, clock, delegates, other, stance, *["recused"] * 3)
    found = look(db, clock, convener).unblocking
    assert found.carrier.organisation == names(delegates)[0]
    assert [one.id for one in found.carried] == [other.proposal_id]
    assert (found.carrier.n, found.carrier.alike, found.short) == (1, 0, 2)


def test_one_not_heard_from_could_carry_what_waits_for_one_more(db, clock, table):
    convener, delegates = table
    for _ in range(2):
        this = a_round(db, clock, convener, rule=QUICK)
        answered(db, clock, delegates[:2], this, "support", "recused")
    third = a_round(db, clock, convener, rule=QUICK)
    answered(db, clock, [delegates[0], delegates[2]], third, "support", "object")
    found = look(db, clock, convener).unblocking
    assert (found.carrier.organisation, found.carrier.n) == (names(delegates)[2], 3)
    assert (found.carrier.alike, len(found.carried)) == (0, 3)


def test_those_who_could_carry_as_many_are_counted_beside_the_first_by_name(db, clock, table):
    convener, delegates = table
    a_ballot(db, clock, delegates[3], a_round(db, clock, convener, rule=QUICK), "support")
    found = look(db, clock, convener).unblocking
    assert found.carrier.organisation == min(names(delegates[:3]))
    assert found.carrier.alike == 2


def test_a_ballot_that_the_terms_leave_out_is_as_good_as_none(db, clock, table):
    convener, delegates = table
    strict = {"terms": Terms(recorded="missing")}
    this = a_round(db, clock, convener, rule=QUICK, **strict)
    a_ballot(db, clock, delegates[0], this, "support")
    for delegate in delegates[1:3]:
        a_recorded(db, clock, convener, this, delegate.seat.organisation_id, "support")
    a_ballot(db, clock, delegates[3], this, "recused")
    found = look(db, clock, convener).unblocking
    assert (found.carrier.n, found.carrier.alike) == (1, 1)
    assert found.carrier.organisation == min(names(delegates[1:3]))
    assert [one.id for one in found.carried] == [this.proposal_id]


def test_where_no_single_one_can_the_most_frequent_objector_is_named(db, clock, table):
    convener, delegates = table
    for stances in (["object", "object"], ["object", "support", "object"]):
        answered(db, clock, delegates, a_round(db, clock, convener, rule=QUICK), *stances)
    found = look(db, clock, convener).unblocking
    assert (found.carrier, found.carried) == (None, ())
    assert (found.objector.organisation, found.objector.n) == (names(delegates)[0], 2)


def test_who_is_awaited_in_more_is_named_before_who_objects(db, clock, table):
    convener, delegates = table
    for stances in (["object"], [], []):
        answered(db, clock, delegates, a_round(db, clock, convener, rule=CONSENSUS), *stances)
    found = look(db, clock, convener).unblocking
    assert (found.carrier, found.objector) == (None, None)
    assert (found.awaited.n, found.awaited.organisation) == (3, min(names(delegates[1:])))


def test_where_nobody_objects_either_the_most_awaited_is_named(db, clock, table):
    convener, delegates = table
    for _ in range(2):
        a_round(db, clock, convener, rule=CONSENSUS)
    found = look(db, clock, convener).unblocking
    assert (found.carrier, found.objector) == (None, None)
    assert (found.awaited.n, found.awaited.alike) == (2, 3)
    assert found.awaited.organisation == min(names(delegates))


def test_the_least_supportive_size_is_found_and_few_are_never_named(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    organisation = schema.organisation
    with db.writing() as conn:
        conn.execute(update(organisation).values(size="small"))
    answered(db, clock, delegates[:2], this, "object", "object")
    assert look(db, clock, convener).least == ()
    answered(db, clock, delegates[2:3], this, "support")
    [least] = look(db, clock, convener).least
    assert (least.proposal.id, least.least.code, least.least.group.agree) == (
        this.proposal_id,
        "small",
        1,
    )


def test_what_changed_is_counted_from_monday_at_midnight_at_the_table(db, clock, table):
    convener, delegates = table
    clock.hour = MONDAY - timedelta(minutes=1)
    before = a_round(db, clock, convener, rule=QUICK, days=2)
    old = a_ballot(db, clock, delegates[0], before, "object")
    a_ballot(db, clock, delegates[1], before, "support")
    clock.hour = MONDAY
    assert look(db, clock, convener).since == MONDAY
    assert look(db, clock, convener).news == News()
    a_ballot(db, clock, delegates[0], before, "support", replaces=old.id)
    a_ballot(db, clock, delegates[2], before, "abstain")
    this = a_round(db, clock, convener, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "object")
    cancelled = a_round(db, clock, convener, rule=QUICK)
    rounds.cancel_round(db, clock, actor=convener, round_id=cancelled.id, reason="Too soon.")
    clock.move(days=3)
    news = look(db, clock, convener).news
    assert (news.answers, news.changed) == (2, 1)
    assert (news.raised, news.resolved) == (1, 1)
    assert (news.texts, news.opened, news.closed) == (2, 1, 1)
    clock.move(days=7)
    assert look(db, clock, convener).news == News()


def test_what_was_said_on_monday_is_held_against_what_is_said_now(db, clock, table):
    convener, delegates = table
    clock.hour = MONDAY - timedelta(minutes=1)
    this = a_round(db, clock, convener, rule=QUICK, days=9)
    first = [a_ballot(db, clock, who, this, "support") for who in delegates[:3]]
    clock.hour = MONDAY
    for who in delegates[:3]:
        ballots.withdraw_ballot(
            db, clock, actor=who, round_id=this.id, token=f"back {who.account_id}"
        )
    news = look(db, clock, convener).news
    assert (news.answers, news.changed, news.withdrawn) == (0, 0, 3)
    latest = [standing_of(db, this, who) for who in delegates[:2]]
    a_ballot(db, clock, delegates[0], this, "stand_aside", replaces=latest[0])
    a_ballot(db, clock, delegates[1], this, "support", replaces=latest[1])
    news = look(db, clock, convener).news
    assert (news.answers, news.changed, news.withdrawn) == (0, 1, 1)
    assert latest[0] > first[0].id


def standing_of(db, this, who):
    with db.reading() as conn:
        return ballots_store.standing(conn, this.id, who.seat.organisation_id).id


def test_only_the_pillars_asked_for_are_spoken_of(db, clock, table):
    convener, delegates = table
    subject = a_proposal(db, clock, convener, pillar=Pillar.EQUITY)
    this = a_round(db, clock, convener, proposal_id=subject, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "object")
    a_round(db, clock, convener, rule=QUICK, days=1)
    found = look(db, clock, convener, pillars=frozenset({Pillar.EQUITY}))
    assert found.short[0].round.id == this.id
    assert found.news == News(answers=1, texts=1, raised=1, opened=1)
    assert look(db, clock, convener, pillars=frozenset({Pillar.ACCESS})).news == News()


@pytest.mark.parametrize("cancelled", [False, True])
def test_nothing_in_it_moves_when_a_hidden_stance_changes(db, clock, table, cancelled):
    """Nor by a stance from last week that is changed in this one, nor once it is cancelled."""
    convener, delegates = table
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=5)
    seen = a_round(db, clock, convener, rule=QUICK, days=10)
    a_ballot(db, clock, delegates[1], seen, "support")
    latest = [a_ballot(db, clock, who, hidden, "support") for who in delegates[:3]]
    for later in ({}, {"days": 3}):  # the second look is in another week
        clock.move(**later)
        before = look(db, clock, convener)
        for stance in ("object", "recused", "abstain"):
            latest = [
                a_ballot(db, clock, who, hidden, stance, replaces=one.id)
                for who, one in zip(delegates[:3], latest, strict=True)
            ]
            assert look(db, clock, convener) == before
    if cancelled:
        a_ballot(db, clock, delegates[3], hidden, "object")
        rounds.cancel_round(db, clock, actor=convener, round_id=hidden.id, reason="Too soon.")
        news = look(db, clock, convener).news
        assert (news.changed, news.raised, news.resolved) == (0, 0, 0)


def test_it_says_something_true_of_an_empty_table_of_one_and_of_all_recused(db, clock):
    convener, delegates = a_table(db, organisations=1)
    empty = look(db, clock, convener)
    assert (empty.binding, empty.short, empty.least, empty.news) == (0, None, (), News())
    this = a_round(db, clock, convener, rule=QUICK)
    assert look(db, clock, convener).unblocking.carrier.organisation == names(delegates)[0]
    a_ballot(db, clock, delegates[0], this, "recused")
    found = look(db, clock, convener).unblocking
    assert (found.short, found.carrier, found.objector, found.awaited) == (1, None, None, None)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_are_briefed(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_it_asks_as_few_questions_of_ten_rounds_as_of_one(db, clock, table, queries):
    convener, delegates = table

    def asked():
        with queries(db) as said:
            look(db, clock, convener)
        return len(said)

    a_ballot(db, clock, delegates[0], a_round(db, clock, convener, rule=QUICK), "support")
    of_one = asked()
    for _ in range(9):
        a_ballot(db, clock, delegates[0], a_round(db, clock, convener, rule=QUICK), "support")
    assert asked() == of_one <= 30
