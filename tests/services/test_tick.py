"""What the clock does: freezing what has closed, letting go of what is past its term."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from coalition.domain.people.inquiries import InquiryForm, InquiryState, Topic
from coalition.domain.table.retention import TERMS, Kept
from coalition.services.people import asking
from coalition.services.table.ticking import tick
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.ground import audit
from coalition.store.people import inquiries as inquiries_store
from tests import builders
from tests.conftest import NOW

DAY = timedelta(days=1)


def rows(db, table):
    with db.reading() as conn:
        return conn.execute(select(table)).all()


def keep(db, table, **row):
    with db.writing() as conn:
        conn.execute(insert(table), row)


def an_inquiry(db, clock, number=1):
    form = InquiryForm(
        topic=Topic.JOIN,
        name="Robin",
        email=f"robin{number}@example.org",
        organisation="Robin's group",
        role="",
        message="May we come?",
        pillars=(),
        consent=True,
    )
    asking.send_inquiry(db, clock, form=form, source_key="s", token=f"inquiry {number}")
    with db.reading() as conn:
        return inquiries_store.list_open(conn, limit=10)[-1].id


def test_it_freezes_the_verdict_of_every_round_that_has_closed(db, clock):
    convener, delegates = builders.a_table(db)
    closed = [builders.a_round(db, clock, convener, rule=builders.QUICK, days=2) for _ in range(2)]
    builders.a_round(db, clock, convener, days=20)
    builders.a_ballot(db, clock, delegates[0], closed[0], "support")
    clock.move(days=3)

    assert tick(db, clock)["verdicts_frozen"] == 2

    assert {row.round_id for row in rows(db, schema.verdict)} == {one.id for one in closed}
    assert verify(db).is_whole


def test_a_second_run_finds_nothing_and_writes_nothing(db, clock):
    convener, _ = builders.a_table(db)
    builders.a_round(db, clock, convener, rule=builders.QUICK, days=2)
    clock.move(days=30)
    assert any(tick(db, clock).values())
    with db.reading() as conn:
        head = audit.head(conn)
    assert not any(tick(db, clock).values())
    with db.reading() as conn:
        assert audit.head(conn) == head


def a_session(account, **times):
    row = {"secret_hash": "s" * 64, "account_id": account, "agent": "a browser"}
    return {**row, "created_at": NOW, "seen_at": NOW, **times}


@pytest.mark.parametrize(
    ("kept", "table", "row", "count"),
    [
        (
            Kept.SESSIONS,
            schema.session,
            lambda account: a_session(account, expires_at=NOW),
            "sessions_let_go",
        ),
        (
            Kept.SESSIONS,
            schema.session,
            lambda account: a_session(account, expires_at=NOW + 999 * DAY, revoked_at=NOW),
            "sessions_let_go",
        ),
        (
            Kept.INVITATIONS,
            schema.invitation,
            lambda account: {
                "secret_hash": "i" * 64,
                "account_id": account,
                "made_at": NOW - DAY,
                "expires_at": NOW,
            },
            "invitations_let_go",
        ),
        (
            Kept.ATTEMPTS,
            schema.attempt,
            lambda _: {"key": "source:x", "count": 3, "first_at": NOW, "last_at": NOW},
            "attempts_let_go",
        ),
        (
            Kept.TOKENS,
            schema.deed_token,
            lambda _: {"token": "t", "action": "a", "result": "r", "at": NOW},
            "tokens_let_go",
        ),
        (
            Kept.NOTICES,
            schema.notice,
            lambda account: {
                "account_id": account,
                "kind": "result",
                "subject": "round:1",
                "occasion": "outbox:1",
                "pace": "never",
                "at": NOW,
            },
            "notices_let_go",
        ),
        (
            Kept.MAILS,
            schema.mail,
            lambda account: {
                "purpose": "now",
                "occasion": "notice:1",
                "account_id": account,
                "state": "sent",
                "made_at": NOW,
                "next_at": NOW,
                "expires_at": NOW,
            },
            "mails_let_go",
        ),
    ],
)
def test_each_kind_goes_when_its_term_is_over_and_not_before(db, clock, kept, table, row, count):
    keep(db, table, **row(builders.an_account(db)))
    clock.move(days=TERMS[kept].days)
    assert tick(db, clock)[count] == 0
    assert len(rows(db, table)) == 1

    clock.move(seconds=1)
    assert tick(db, clock)[count] == 1
    assert rows(db, table) == []


def test_a_closed_inquiry_loses_its_person_after_its_term(db, clock):
    inquiry_id = an_inquiry(db, clock)
    with db.writing() as conn:
        inquiries_store.set_state(conn, inquiry_id, InquiryState.CLOSED, at=clock())
    clock.move(days=TERMS[Kept.INQUIRIES_CLOSED].days)
    assert tick(db, clock)["inquiries_let_go"] == 0
    clock.move(seconds=1)
    assert tick(db, clock)["inquiries_let_go"] == 1
    kept = rows(db, schema.inquiry)[0]
    assert (kept.name, kept.email, kept.email_key, kept.organisation, kept.message) == ("",) * 5
    assert kept.receipt
    assert verify(db).is_whole


def test_an_inquiry_nobody_closed_loses_its_person_as_well(db, clock):
    an_inquiry(db, clock)
    clock.move(days=TERMS[Kept.INQUIRIES_OPEN].days)
    assert tick(db, clock)["inquiries_let_go"] == 0
    clock.move(seconds=1)
    assert tick(db, clock)["inquiries_let_go"] == 1


def test_what_it_let_go_is_told_in_the_trail_by_numbers_alone(db, clock):
    keep(db, schema.deed_token, token="t", action="a", result="r", at=NOW)
    clock.move(days=8)
    tick(db, clock)
    with db.reading() as conn:
        last = list(audit.walk(conn))[-1]
    assert (last.actor, last.action) == ("clock", "table.swept")
    assert last.detail["tokens"] == 1
