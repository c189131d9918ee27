"""The questions asked most are answered along an index, never by reading a table of history."""

import re

import pytest
from sqlalchemy import event

from coalition.domain.discussion.comments import Audience
from coalition.domain.effect.lessons import State
from coalition.domain.table.timelines import Kind
from coalition.store.deliberation import ballots, rounds, scenes, searching, tallies, verdicts
from coalition.store.discussion import comments, mentions, reactions
from coalition.store.effect import lessons
from coalition.store.notices import meetings
from coalition.store.table import timelines, waiting
from tests.builders import a_ballot, a_round, a_table

WHOLE = re.compile(
    r"^SCAN (ballot|round_\w+|consensus_round|proposal|audit_entry|comment|mention|reaction"
    r"|text_version|version_contest|objection\w*|suggestion|disclosure|clearance|roll_change"
    r"|dissent|verdict|outcome_statement|supersession|meeting|lesson)\b(?!.*INDEX)"
)
READER = mentions.Reader(1, 1, frozenset(Audience), drafts=False)
QUESTIONS = {
    "what waits": lambda conn, now, org: waiting.waiting(conn, now, org, limit=5),
    "a page of proposals": lambda conn, now, org: searching.search(
        conn, searching.Search(champion=org), now=now, limit=20
    ),
    "how many proposals": lambda conn, now, org: searching.count(
        conn, searching.Search(champion=org), now=now
    ),
    "the open rounds": lambda conn, now, _: rounds.open_at(conn, now),
    "the tally of rounds": lambda conn, _now, _org: tallies.tallies(conn, [rounds.get(conn, 1)]),
    "what was settled": lambda conn, now, _: searching.settled(conn, [1], now),
    "what went round before": lambda conn, _now, _org: verdicts.sent_back(conn, [1]),
    "a ballot to be cast": lambda conn, now, _: scenes.scene(conn, 1, 1, now),
    "a timeline": lambda conn, now, org: timelines.events(
        conn, timelines.Seen(1, now, {}, [1], org), frozenset(Kind), limit=25
    ),
    "how long a timeline is": lambda conn, now, org: timelines.counts(
        conn, timelines.Seen(1, now, {}, [1], org)
    ),
    "an organisation's record": lambda conn, _now, org: ballots.of_organisation(
        conn, org, limit=25
    ),
    "a page of threads": lambda conn, _now, _org: comments.heads(conn, 1, Audience, limit=10),
    "their latest replies": lambda conn, _now, _org: comments.latest_replies(conn, [1, 2], each=3),
    "how many replies": lambda conn, _now, _org: comments.count_replies(conn, 1),
    "a page of replies": lambda conn, _now, _org: comments.replies(conn, 1, limit=20),
    "comments with their names": lambda conn, _now, _org: comments.entries(conn, [1, 2]),
    "whom comments call": lambda conn, _now, _org: mentions.of_comments(conn, [1, 2]),
    "who reacted": lambda conn, _now, _org: reactions.of_comments(conn, [1, 2]),
    "when the table meets": lambda conn, now, _org: meetings.since(conn, now, public=True),
    "a page of public lessons": lambda conn, _now, _org: lessons.page(
        conn, [State.PUBLIC], pillar="", limit=10, offset=0
    ),
    "what was learned from a round": lambda conn, _now, _org: lessons.of_round(
        conn, 1, State, limit=5
    ),
    "what one was called to": lambda conn, now, _org: mentions.calls(
        conn, READER, since=now, limit=5
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_table_of_history_is_read_whole(db, clock, question):
    convener, (delegate, *_) = a_table(db)
    a_ballot(db, clock, delegate, a_round(db, clock, convener), "support")
    asked = []
    event.listen(
        db.engine,
        "before_cursor_execute",
        lambda _conn, _cursor, statement, values, *_: asked.append((statement, values)),
    )

    with db.reading() as conn:
        QUESTIONS[question](conn, clock(), delegate.seat.organisation_id)
        selects = [one for one in asked if one[0].startswith("SELECT")]
        steps = [
            row.detail
            for statement, values in selects
            for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    assert steps
    assert [step for step in steps if WHOLE.match(step)] == []
