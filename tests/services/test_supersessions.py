"""A newer adopted decision takes the place of an older one, once and in one direction."""

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.rounds import RoundNotFound
from coalition.domain.effect.supersessions import (
    SuccessorMissing,
    SuccessorNotAdopted,
    SuccessorNotNewer,
    SupersededAlready,
    SupersedesItself,
)
from coalition.domain.ground.permissions import PermissionMissing
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.services.deliberation import rounds
from coalition.services.effect.supersessions import successors
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.ground import audit
from tests import builders
from tests.deciding import a_decision, since, superseded


@pytest.fixture
def pair(db, clock):
    """Two adopted decisions of one table, the older first."""
    table = builders.a_table(db)
    return [a_decision(db, clock, table=table, title=title) for title in ("Older", "Newer")]


def rows(db):
    with db.reading() as conn:
        return conn.execute(select(schema.supersession)).all()


def test_both_decisions_lead_to_each_other_with_the_reason(db, clock, pair):
    older, newer = pair
    superseded(db, clock, older.convener, older.round, newer.round, reason="One text is enough.")
    for reader in (None, older.delegates[0], older.convener):
        by = since(db, clock, older.round, as_=reader).superseded_by
        (took,) = since(db, clock, newer.round, as_=reader).supersedes
        assert (by.proposal.text.title, by.reason) == ("Newer", "One text is enough.")
        assert (took.proposal.text.title, took.reason) == ("Older", "One text is enough.")
    assert since(db, clock, newer.round).superseded_by is None
    assert verify(db).is_whole


def test_the_trail_tells_which_and_not_why(db, clock, pair):
    older, newer = pair
    superseded(db, clock, older.convener, older.round, newer.round, reason="Zebra")
    with db.reading() as conn:
        last = list(audit.walk(conn))[-1]
    assert (last.action, last.subject) == ("decision.superseded", f"round:{older.round.id}")
    assert last.detail == {"by_round": newer.round.id}


def test_a_decision_cannot_take_its_own_place(db, clock, pair):
    older, _ = pair
    with pytest.raises(SupersedesItself):
        superseded(db, clock, older.convener, older.round, older.round)


def test_no_circle_can_close(db, clock, pair):
    older, newer = pair
    superseded(db, clock, older.convener, older.round, newer.round)
    with pytest.raises(SuccessorNotNewer):
        superseded(db, clock, older.convener, newer.round, older.round)
    assert len(rows(db)) == 1


def test_it_happens_once(db, clock, pair):
    older, newer = pair
    third = a_decision(db, clock, table=(older.convener, older.delegates))
    superseded(db, clock, older.convener, older.round, newer.round)
    for successor in (newer, third):
        with pytest.raises(SupersededAlready):
            superseded(db, clock, older.convener, older.round, successor.round)
    assert len(rows(db)) == 1


def test_a_double_click_does_it_once(db, clock, pair):
    older, newer = pair
    for _ in range(2):
        superseded(db, clock, older.convener, older.round, newer.round, token="same")
    assert len(rows(db)) == 1


def test_one_decision_may_take_the_place_of_several_and_lose_its_own(db, clock, pair):
    table = (pair[0].convener, pair[0].delegates)
    third, fourth = (a_decision(db, clock, table=table) for _ in range(2))
    for one in pair:
        superseded(db, clock, one.convener, one.round, third.round)
    superseded(db, clock, third.convener, third.round, fourth.round)
    told = since(db, clock, third.round)
    assert len(told.supersedes) == 2
    assert told.superseded_by.round.id == fourth.round.id


@pytest.mark.parametrize("other", [("support", "object"), ("support", None, None)])
def test_only_an_adopted_decision_takes_a_place_or_loses_it(db, clock, other):
    adopted = a_decision(db, clock)
    failed = a_decision(db, clock, *other)
    with pytest.raises(SuccessorNotAdopted):
        superseded(db, clock, adopted.convener, adopted.round, failed.round)
    later = a_decision(db, clock)
    with pytest.raises(SuccessorNotAdopted):
        superseded(db, clock, later.convener, failed.round, later.round)


def test_an_open_round_takes_no_place(db, clock):
    made = a_decision(db, clock)
    running = builders.a_round(db, clock, made.convener)
    with pytest.raises(SuccessorNotAdopted):
        superseded(db, clock, made.convener, made.round, running)


def test_a_verdict_nobody_has_frozen_yet_counts_all_the_same(db, clock):
    older = a_decision(db, clock)
    newer = a_decision(db, clock, publish=False, freeze=False)
    superseded(db, clock, older.convener, older.round, newer.round)
    assert len(rows(db)) == 1
    assert verify(db).is_whole


@pytest.mark.parametrize(("reason", "refusal"), [(" ", TextMissing), ("x" * 100_000, TextTooLong)])
def test_it_needs_a_reason_one_can_read(db, clock, pair, reason, refusal):
    older, newer = pair
    with pytest.raises(refusal):
        superseded(db, clock, older.convener, older.round, newer.round, reason=reason)
    assert rows(db) == []


def test_it_needs_a_successor_that_exists(db, clock, pair):
    older, newer = pair
    with pytest.raises(SuccessorMissing):
        superseded(db, clock, older.convener, older.round, None)
    with pytest.raises(RoundNotFound):
        superseded(db, clock, older.convener, older.round, builders.replace(newer.round, id=99))


def test_the_public_hears_of_it_when_both_are_published_and_not_before(db, clock):
    table = builders.a_table(db)
    older = a_decision(db, clock, table=table)
    newer = a_decision(db, clock, table=table, publish=False)
    superseded(db, clock, older.convener, older.round, newer.round)
    assert since(db, clock, older.round).superseded_by is None
    assert since(db, clock, older.round, as_=older.delegates[0]).superseded_by
    rounds.publish(db, clock, actor=newer.convener, round_id=newer.round.id)
    assert since(db, clock, older.round).superseded_by
    assert since(db, clock, newer.round).supersedes


def test_conveners_choose_among_newer_adopted_decisions(db, clock, pair, queries):
    older, newer = pair
    a_decision(db, clock, "support", "object")
    third = a_decision(db, clock, table=(older.convener, older.delegates), publish=False)
    with queries(db) as said:
        found = successors(db, actor=older.convener, round_id=older.round.id)
    assert [one.round.id for one in found] == [third.round.id, newer.round.id]
    assert len(said) == 3
    assert successors(db, actor=older.convener, round_id=third.round.id) == ()
    with pytest.raises(PermissionMissing):
        successors(db, actor=older.delegates[0], round_id=older.round.id)
