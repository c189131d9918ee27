"""Notices: what one was told, how one is told; a forgotten password."""

import pytest
from sqlalchemy import select

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Pace
from coalition.services.notices import choosing
from coalition.services.table.ticking import tick
from coalition.store import schema
from tests import builders


@pytest.mark.parametrize("role", Role)
def test_everybody_has_their_own_and_an_empty_one_says_so(visit, db, role):
    app = visit("notices", as_=builders.a_person(db, role=role))
    assert not app.exception
    assert "Nothing yet" in " ".join(one.value for one in (*app.markdown, *app.subheader))


def test_each_is_asked_only_about_what_may_concern_them(visit, db):
    def kinds(role):
        app = visit("notices", as_=builders.a_person(db, role=role))
        return {one.label for one in app.selectbox}

    assert "An inquiry was given to me" not in kinds(Role.MEMBER)
    assert "A round opened for us" in kinds(Role.MEMBER)
    assert kinds(Role.CONVENER) == {
        "An objection to our proposal",
        "Somebody mentioned me or us",
        "An inquiry was given to me",
        "Something of mine is due",
    }
    assert kinds(Role.OBSERVER) == {"Somebody mentioned me or us"}


def test_a_stranger_is_asked_to_sign_in(visit, db):
    assert visit("notices").title[0].value == "Sign in"


def test_what_was_told_stands_there_and_opens(visit, db, clock, queries):
    convener, [us, *_] = builders.a_table(db)
    builders.a_round(db, clock, convener)
    tick(db, clock)
    visit("notices", as_=us)
    with queries(db) as few:
        visit("notices", as_=us)
    for _ in range(4):
        builders.a_round(db, clock, convener)
    tick(db, clock)
    with queries(db) as many:
        app = visit("notices", as_=us)
    assert len(many) == len(few)
    links = [one.proto.label for one in app.get("page_link")]
    assert sum("a round is open" in one for one in links) == 5


def test_a_pace_is_kept(visit, db):
    person = builders.a_person(db)
    app = visit("notices", as_=person)
    label = "A result was published"
    next(one for one in app.selectbox if one.label == label).set_value(Pace.WEEKLY)
    next(one for one in app.multiselect).set_value([5, 6])
    app.button[0].click().run()
    habit = choosing.habit(db, actor=person)
    assert habit.pace(NoticeKind.RESULT) is Pace.WEEKLY
    assert habit.quiet == {5, 6}


def test_seven_quiet_days_are_refused_in_words(visit, db):
    person = builders.a_person(db)
    app = visit("notices", as_=person)
    app.multiselect[0].set_value(list(range(7)))
    app.button[0].click().run()
    assert "one day of the week must stay" in app.error[0].value
    assert choosing.habit(db, actor=person).quiet == frozenset()


@pytest.fixture
def mailing(monkeypatch):
    """A table with a mail server."""
    monkeypatch.setenv("COALITION_SMTP_URL", "smtp://127.0.0.1:1")
    wiring.deployment.cache_clear()
    wiring.mail.cache_clear()


def test_without_a_mail_server_no_link_is_promised(visit):
    app = visit("forgot")
    assert "Ask a convener or an administrator for a link." in app.markdown[-1].value
    assert not app.text_input


def test_a_forgotten_password_gets_one_answer_whoever_asks(visit, db, mailing):
    known = builders.a_person(db, password=builders.PASSWORD)
    said = []
    for address in (known.email, "nobody@example.org", "a\r\nBcc: b@example.org"):
        app = visit("forgot")
        app.text_input[0].set_value(address)
        app.button[0].click().run()
        said.append([one.value for one in (*app.success, *app.error)])
    assert said[0] == said[1] == said[2]
    with db.reading() as conn:
        left = conn.execute(select(schema.outbox.c.subject)).all()
    assert left == [(f"account:{known.account_id}",)]


def test_without_a_mail_server_the_sign_in_says_whom_to_ask(visit, db, monkeypatch):
    assert "Ask a convener" in " ".join(one.value for one in visit("sign_in").caption)
    monkeypatch.setenv("COALITION_SMTP_URL", "smtp://127.0.0.1:1")
    wiring.deployment.cache_clear()
    wiring.mail.cache_clear()
    assert any("(forgot)" in one.value for one in visit("sign_in").markdown)


def test_a_calendar_address_is_shown_once_and_taken_away(visit, db):
    app = visit("notices", as_=builders.a_person(db))
    assert "calendar-take" not in {one.key for one in app.button}
    app.button("calendar-give").click().run()
    assert "/calendar/" in app.code[0].value
    app.run()
    assert not app.code
    app.button("calendar-take").click().run()
    assert "No address of yours" in app.success[0].value
