"""The audit log as an administrator meets it."""

import pytest

from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import Role
from coalition.domain.table.actions import ACTIONS
from coalition.services.table import trail
from coalition.store.ground import audit
from coalition.words import trail as words
from tests.builders import QUICK, a_ballot, a_person, a_round, a_table
from tests.conftest import NOW
from tests.pages.screen import links, shown


@pytest.fixture
def admin(db):
    return a_person(db, role=Role.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def table(db):
    return a_table(db, organisations=2)


def rows(app):
    return [list(row) for row in app.table[0].value.itertuples(index=False)]


def a_trail(db, actor, entries):
    with db.writing() as conn:
        for number in range(entries):
            audit.append(conn, actor, "table.swept", f"table:{number}", at=NOW)


def test_each_entry_says_who_did_what_to_what_and_when(visit, db, clock, admin, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    newest = rows(visit("audit", as_=admin))[0]
    assert newest[1:5] == [
        "1 Nov 2026, 01:30",
        f"{convener.account_id} · Casey Convener",
        "Opened a round",
        f"round {this.id}",
    ]
    assert len(newest[5]) == 12


def test_the_head_can_be_copied_whole(visit, db, admin):
    a_trail(db, "operator", 3)
    with db.reading() as conn:
        seq, digest = audit.head(conn)
    assert [code.value for code in visit("audit", as_=admin).code] == [f"{seq} {digest}"]


def test_an_empty_log_says_so(visit, admin):
    app = visit("audit", as_=admin, action="round.opened")
    assert "No entry here" in shown(app)


def test_the_log_is_narrowed_by_action_and_subject_and_the_address_keeps_it(
    visit, db, clock, admin, table
):
    convener, delegates = table
    rounds = [a_round(db, clock, convener) for _ in range(2)]
    a_ballot(db, clock, delegates[0], rounds[0], "support")
    app = visit("audit", as_=admin)
    app.selectbox(key="action").set_value("round.opened").run()
    assert {row[3] for row in rows(app)} == {"Opened a round"}
    app.text_input(key="subject").set_value(f"round:{rounds[0].id}").run()
    assert [row[4] for row in rows(app)] == [f"round {rounds[0].id}"]
    assert app.query_params["subject"] == f"round:{rounds[0].id}"
    linked = visit("audit", as_=admin, action="ballot.cast")
    assert [row[3] for row in rows(linked)] == ["Recorded a ballot"]


def test_the_log_turns_page_by_page(visit, db, admin):
    a_trail(db, "operator", trail.PAGE + 2)
    first = visit("audit", as_=admin)
    assert "Older entries" in links(first)
    assert len(rows(first)) == trail.PAGE
    second = visit("audit", as_=admin, before=rows(first)[-1][0])
    assert [row[0] for row in rows(second)] == [2, 1]
    assert "Newest" in links(second)
    assert "Older entries" not in links(second)


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30])
def test_a_page_that_is_none_shows_the_newest_or_the_end(visit, db, admin, before):
    a_trail(db, "operator", 1)
    assert not visit("audit", as_=admin, before=before).exception


def test_while_results_are_hidden_a_ballot_names_neither_person_nor_round(
    visit, db, clock, admin, table
):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=1)
    a_ballot(db, clock, delegates[0], this, "object")
    ballot = rows(visit("audit", as_=admin))[0]
    assert ballot[2:5] == [
        "not shown while results are hidden", "Recorded a ballot",
        "not shown while results are hidden",
    ]  # fmt: skip
    narrowed = visit("audit", as_=admin, subject=f"round:{this.id}")
    assert [row[3] for row in rows(narrowed)] == ["Opened a round"]
    clock.move(days=1)
    ballot = rows(visit("audit", as_=admin))[0]
    assert ballot[2:5] == [
        f"{delegates[0].account_id} · {delegates[0].name}", "Recorded a ballot", f"round {this.id}",
    ]  # fmt: skip


def test_no_stance_stands_in_the_log(visit, db, clock, admin, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    before = rows(visit("audit", as_=admin))
    a_ballot(db, clock, delegates[0], this, "stand_aside")
    app = visit("audit", as_=admin)
    assert len(rows(app)) == len(before) + 1
    assert "aside" not in str(rows(app)).lower()


def test_names_in_the_log_cannot_dress_up(visit, db, admin):
    crook = a_person(db, name="**Bold** ![x](https://evil.example/x.png)")
    a_trail(db, crook.label, 1)
    assert r"\*\*Bold\*\* !\[x\]" in rows(visit("audit", as_=admin))[0][2]


def test_every_action_has_words():
    assert set(words.ACTIONS) == set(ACTIONS)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.CONVENER])
def test_others_are_told_it_is_not_part_of_their_role(visit, db, role):
    app = visit("audit", as_=a_person(db, role=role))
    assert [title.value for title in app.title] == ["Not part of your role"]


def test_a_stranger_is_asked_to_sign_in(visit):
    assert [title.value for title in visit("audit").title] == ["Sign in"]


def test_a_full_page_asks_as_little_as_a_short_one(visit, db, admin, asked):
    a_trail(db, admin.label, 2)
    of_two = asked(visit("audit", as_=admin))
    a_trail(db, admin.label, 60)
    assert asked(visit("audit", as_=admin)) == of_two <= 10
