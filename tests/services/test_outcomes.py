"""What followed from a round, and the day to look again: told once, seen by who may."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.rounds import RoundKind, RoundNotFound
from coalition.domain.effect.outcomes import OutcomeTooEarly, ReviewPast
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.services.deliberation import rounds
from coalition.services.effect import outcomes
from coalition.services.table import desk
from coalition.services.table.ticking import tick
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.database import Database
from coalition.store.faults import HistoryKept
from coalition.store.ground import audit
from tests import builders
from tests.conftest import SettableClock
from tests.deciding import a_decision, an_outcome, since, superseded

DAY = timedelta(days=1)
REVIEW = date(2026, 11, 20)


def rows(db, table=schema.review_notice):
    with db.reading() as conn:
        return conn.execute(select(table)).all()


def told(db):
    with db.reading() as conn:
        return [one for one in audit.walk(conn) if one.action == "review.announced"]


def due(db, clock, convener):
    return desk.desk(db, actor=convener, now=clock()).reviews


def at(day, hour=12):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


# Loomio, test/services/outcome_service_test.rb


def test_given_a_closed_round_when_a_second_outcome_is_stated_then_it_is_the_current_one(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, words="The letter went out.")
    an_outcome(db, clock, made.convener, made.round, words="The committee has answered.")
    stated = since(db, clock, made.round).outcomes
    assert [one.words for one in stated] == ["The committee has answered.", "The letter went out."]
    assert [one.number for one in stated] == [2, 1]


@pytest.mark.parametrize(
    ("words", "refusal"), [("", TextMissing), (" \n ", TextMissing), ("x" * 100_000, TextTooLong)]
)
def test_an_empty_or_endless_statement_is_refused(db, clock, words, refusal):
    made = a_decision(db, clock)
    with pytest.raises(refusal):
        an_outcome(db, clock, made.convener, made.round, words=words)
    assert rows(db, schema.outcome_statement) == []


def test_a_review_due_today_is_announced_once_however_often_the_job_runs(any_db, clock):
    made = a_decision(any_db, clock)
    number = an_outcome(any_db, clock, made.convener, made.round, on=REVIEW)
    clock.hour = at(19)
    assert tick(any_db, clock)["reviews_announced"] == 0
    clock.hour = at(20)
    assert [tick(any_db, clock)["reviews_announced"] for _ in range(3)] == [1, 0, 0]
    clock.hour = at(29)
    assert tick(any_db, clock)["reviews_announced"] == 0
    (notice,), (entry,) = rows(any_db), told(any_db)
    assert (notice.outcome_statement_id, notice.at) == (number, at(20))
    assert (entry.actor, entry.subject) == ("clock", f"round:{made.round.id}")
    assert verify(any_db).is_whole


def test_without_a_review_date_nothing_is_announced(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round)
    clock.move(days=400)
    assert tick(db, clock)["reviews_announced"] == 0
    assert (rows(db), told(db), due(db, clock, made.convener).total) == ([], [], 0)


# Decidim, decidim-proposals/spec/models/decidim/proposals/proposal_spec.rb


def test_given_an_answer_stored_but_not_published_then_inside_it_stands_and_in_public_not(
    db, clock
):
    made = a_decision(db, clock, publish=False)
    an_outcome(db, clock, made.convener, made.round, words="Zebra")
    for reader in (*made.delegates, made.convener):
        assert [one.words for one in since(db, clock, made.round, as_=reader).outcomes] == ["Zebra"]
    assert since(db, clock, made.round).outcomes == ()
    rounds.publish(db, clock, actor=made.convener, round_id=made.round.id)
    assert [one.words for one in since(db, clock, made.round).outcomes] == ["Zebra"]


def test_two_jobs_at_once_announce_it_once(any_db, any_url, clock):
    made = a_decision(any_db, clock)
    an_outcome(any_db, clock, made.convener, made.round, on=REVIEW)
    clock.hour = at(20)
    others = [Database(any_url) for _ in range(2)]
    start, counts = threading.Barrier(2), []

    def run(db):
        start.wait()
        counts.append(outcomes.announce_due(db, SettableClock(at(20))))

    jobs = [threading.Thread(target=run, args=(db,)) for db in others]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    for db in others:
        db.dispose()
    assert sorted(counts) == [0, 1]
    assert len(rows(any_db)) == len(told(any_db)) == 1


def test_the_day_begins_at_midnight_of_the_table(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, on=REVIEW)
    clock.hour = at(20, 4) + timedelta(minutes=59)  # 23:59 of the 19th in New York
    assert tick(db, clock)["reviews_announced"] == due(db, clock, made.convener).total == 0
    clock.move(minutes=1)
    assert tick(db, clock)["reviews_announced"] == due(db, clock, made.convener).total == 1


def test_the_desk_knows_a_due_review_without_any_job(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, on=REVIEW)
    assert due(db, clock, made.convener).total == 0
    clock.hour = at(20)
    (line,) = due(db, clock, made.convener).lines
    assert line.standing.round.id == made.round.id
    assert rows(db) == []


def test_looking_again_clears_the_desk_until_the_next_day_set(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, on=REVIEW)
    clock.hour = at(20)
    an_outcome(db, clock, made.convener, made.round, on=REVIEW + 5 * DAY)
    assert due(db, clock, made.convener).total == 0
    assert tick(db, clock)["reviews_announced"] == 0, "the earlier statement is not current"
    clock.hour = at(25)
    assert due(db, clock, made.convener).total == 1
    assert tick(db, clock)["reviews_announced"] == 1


def test_a_superseded_decision_needs_no_review(db, clock):
    table = builders.a_table(db)
    older, newer = (a_decision(db, clock, table=table) for _ in range(2))
    an_outcome(db, clock, older.convener, older.round, on=REVIEW)
    superseded(db, clock, older.convener, older.round, newer.round)
    clock.hour = at(20)
    assert due(db, clock, older.convener).total == tick(db, clock)["reviews_announced"] == 0


def test_a_long_queue_of_reviews_is_cut_and_counted(db, clock, queries):
    table = builders.a_table(db)
    for _ in range(12):
        made = a_decision(db, clock, table=table)
        an_outcome(db, clock, made.convener, made.round, on=REVIEW)
    clock.hour = at(20)
    with queries(db) as said:
        reviews = due(db, clock, made.convener)
    assert (len(reviews.lines), reviews.total) == (10, 12)
    assert len(said) <= 18


@pytest.mark.parametrize("on", [date(2026, 10, 31), date(2026, 11, 1)])
def test_a_review_lies_ahead(db, clock, on):
    made = a_decision(db, clock)
    with pytest.raises(ReviewPast) as refused:
        an_outcome(db, clock, made.convener, made.round, on=on)
    assert refused.value.facts["field"] == "review_on"
    assert rows(db, schema.outcome_statement) == []


def test_nothing_has_followed_from_a_round_that_runs_or_was_cancelled(db, clock):
    convener, _ = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    with pytest.raises(OutcomeTooEarly):
        an_outcome(db, clock, convener, this)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="The bill is gone.")
    with pytest.raises(OutcomeTooEarly):
        an_outcome(db, clock, convener, this)
    with pytest.raises(RoundNotFound):
        an_outcome(db, clock, convener, builders.replace(this, id=99))


@pytest.mark.parametrize("kind", [RoundKind.SIGN_ON, RoundKind.TEMPERATURE])
def test_something_may_follow_from_a_round_of_any_kind(db, clock, kind):
    convener, _ = builders.a_table(db)
    this = builders.a_round(db, clock, convener, days=1, kind=kind, preset="", rule=None)
    clock.move(days=2)
    an_outcome(db, clock, convener, this)
    assert len(since(db, clock, this, as_=convener).outcomes) == 1


def test_a_double_click_states_it_once(db, clock):
    made = a_decision(db, clock)
    ids = {an_outcome(db, clock, made.convener, made.round, token="same") for _ in range(2)}
    assert len(ids) == len(rows(db, schema.outcome_statement)) == 1


def test_what_was_stated_is_history(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round)
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.execute(schema.outcome_statement.update().values(statement="Never said"))


def test_the_trail_tells_of_it_without_its_words(db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, words="Zebra", on=REVIEW)
    with db.reading() as conn:
        last = list(audit.walk(conn))[-1]
    assert last.action == "outcome.stated"
    assert last.detail == {"number": 1, "review_on": "2026-11-20"}
