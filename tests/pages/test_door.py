"""The door as a person meets it: in, around, and out."""

import logging
from itertools import groupby

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.services.people import accounts, invitations, sessions
from coalition.services.people.patience import BY_ACCOUNT
from coalition.store import schema
from coalition.ui import forms
from tests.builders import PASSWORD, a_person
from tests.pages.conftest import SCRIPT

EMAIL = "rae@example.org"
BROKEN = """
import streamlit as st
from coalition.ui import feedback
try:
    raise KeyError("/secret/path")
except KeyError as fault:
    st.session_state["told"] = feedback.incident(fault)
"""
FORM = """
import streamlit as st
from coalition.ui import forms
done = st.session_state.setdefault("done", [])
with forms.form("one"):
    st.text_input("Words")
    if st.form_submit_button("Send"):
        done.append(forms.token("one"))
        forms.renew("one")
"""


def titles(app) -> list[str]:
    return [title.value for title in app.title]


def words(app) -> str:
    kinds = (app.title, app.markdown, app.info, app.warning, app.error, app.success, app.caption)
    return " ".join(element.value for kind in kinds for element in kind)


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def fill(app, **values):
    for field in app.text_input:
        for label, value in values.items():
            if field.label.replace("-", "").replace(" ", "_").lower() == label:
                field.input(value)
    return app


# --- arriving ---


def test_a_stranger_arrives_at_the_welcome(visit):
    assert len(titles(visit())) == 1


@pytest.mark.parametrize(
    ("role", "key"),
    [
        (Role.MEMBER, "today"),
        (Role.OBSERVER, "today"),
        (Role.CONVENER, "desk"),
        (Role.ADMINISTRATOR, "accounts"),
    ],
)
def test_each_role_arrives_where_its_work_is(visit, db, role, key):
    person = a_person(db, role=role)
    assert titles(visit(as_=person)) == titles(visit(key, as_=person))


def test_a_session_that_ended_is_a_stranger_at_the_next_run(visit, db):
    person = a_person(db)
    app = visit("account", as_=person)
    assert titles(app) == ["My account"]
    with db.writing() as conn:
        conn.execute(schema.session.update().values(revoked_at=wiring.clock()))
    app.run()
    assert titles(app) == ["Sign in"]


def test_a_role_taken_away_bites_at_the_next_run(visit, db):
    person = a_person(db, role=Role.ADMINISTRATOR)
    app = visit("audit", as_=person)
    with db.writing() as conn:
        conn.execute(schema.account.update().values(role="observer"))
    app.run()
    assert titles(app) == ["Not part of your role"]


def test_nothing_in_the_session_state_makes_anybody_somebody(visit):
    app = visit("account")
    for key, value in {"authentication_status": True, "username": EMAIL, "name": "Rae"}.items():
        app.session_state[key] = value
    app.run()
    assert titles(app) == ["Sign in"]


# --- signing in ---


def test_the_fields_speak_to_password_managers(visit):
    email, password = visit("sign_in").text_input
    assert (email.proto.autocomplete, password.proto.autocomplete) == (
        "username",
        "current-password",
    )


@pytest.mark.parametrize("page", ["sign_in", "proposals"])
def test_the_right_password_opens_and_leaves_nothing_of_the_library_behind(visit, db, page):
    a_person(db, email=EMAIL, password=PASSWORD)
    app = press(fill(visit(page), email="Rae@Example.org", password=PASSWORD), "Sign in")
    assert not app.exception
    assert app.success
    ticket = app.get("iframe")[0].proto.src
    assert ticket.startswith("/auth/enter?ticket=")
    for key in ("authentication_status", "username", "name", "email", "roles", "logout"):
        assert key not in app.session_state


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(visit, db, email):
    a_person(db, email=EMAIL, password=PASSWORD)
    app = press(fill(visit("sign_in"), email=email, password="wrong"), "Sign in")
    assert [warning.value for warning in app.warning] == [
        "This e-mail address and password do not go together."
    ]
    assert not app.get("iframe")


def test_too_many_tries_are_told_with_the_minutes_to_wait(visit, db):
    app = visit("sign_in")
    for _ in range(BY_ACCOUNT.free + 1):
        app = press(fill(app, email=EMAIL, password="wrong"), "Sign in")
    assert "Please wait 1 min" in app.warning[0].value


def test_signing_out_is_one_button_on_every_page_and_ends_the_session(visit, db):
    person = a_person(db)
    app = press(visit("how", as_=person), "Sign out")
    assert app.get("iframe")[0].proto.src == "/auth/leave?home=1"
    assert titles(visit("account", as_=person)) == ["Sign in"]


# --- an invitation ---


@pytest.fixture
def invited(db, clock):
    convener = a_person(db, role=Role.CONVENER)
    return invitations.invite(
        db, clock, actor=convener, name="*Rae*", email=EMAIL, role=Role.MEMBER, token="form"
    )


def test_an_invitation_greets_asks_for_a_password_and_lets_in(visit, invited):
    app = visit("invitation", invitation=invited.secret)
    assert r"Welcome, \*Rae\*" in words(app)
    fill(app, password=PASSWORD, the_same_password_again=PASSWORD)
    app = press(app, "Begin")
    assert app.get("iframe")[0].proto.src.startswith("/auth/enter?ticket=")


@pytest.mark.parametrize(
    ("password", "again", "word"),
    [
        (PASSWORD, "another", "differ"),
        ("short", "short", "at least 12 characters"),
        ("password1234", "password1234", "anybody would guess"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_the_link_stays(
    visit, invited, password, again, word
):
    app = visit("invitation", invitation=invited.secret)
    app = press(fill(app, password=password, the_same_password_again=again), "Begin")
    assert word in app.error[0].value
    assert visit("invitation", invitation=invited.secret).text_input


@pytest.mark.parametrize("secret", ["", "guess", "x" * 3000])
def test_a_mistyped_link_says_so_and_offers_no_form(visit, secret):
    app = visit("invitation", invitation=secret)
    assert "does not open anything" in app.error[0].value
    assert not app.text_input


# --- my account ---


def test_my_account_changes_the_password_with_the_present_one(visit, db):
    person = a_person(db, email=EMAIL, password=PASSWORD)
    app = visit("account", as_=person)
    fill(app, present_password="wrong", new_password="another long sentence")
    app = press(app, "Change password")
    assert "not your present password" in app.warning[0].value
    fill(app, present_password=PASSWORD, new_password="another long sentence")
    app = press(app, "Change password")
    assert app.get("iframe")


def test_my_account_lists_the_sessions_and_ends_another(visit, db, clock):
    person = a_person(db)
    visit("account", as_=person)
    clock.move(minutes=1)
    app = press(visit("account", as_=person), "End")
    assert "This session has ended." in words(app)
    assert len(sessions.list_sessions(db, actor=person, now=clock())) == 1


def test_my_account_keeps_language_and_zone(visit, db):
    person = a_person(db)
    app = visit("account", as_=person)
    app.selectbox[0].select("es")
    app.selectbox[1].select("America/Denver")
    press(app, "Save")
    assert visit("account", as_=person).selectbox[1].value == "America/Denver"


@pytest.mark.parametrize(
    ("browser", "chosen", "told"),
    [
        ("America/Denver", "", "Mountain Time"),
        ("America/Denver", "America/Chicago", "Central Time"),
        ("Nowhere/At all", "", "Eastern Time"),
        (None, "", "Eastern Time"),
    ],
)
def test_hours_are_those_of_ones_own_choice_else_of_the_browser_else_of_the_table(
    visit, db, clock, monkeypatch, browser, chosen, told
):
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: browser))
    person = a_person(db)
    accounts.save_preferences(db, clock, actor=person, language="", zone=chosen)
    visit("account", as_=person)
    clock.move(minutes=1)
    lines = [line for line in words(visit("account", as_=person)).splitlines() if "seen" in line]
    assert [told in line for line in lines] == [True]


# --- languages ---


@pytest.fixture
def lang(monkeypatch):
    """The language that each run told the browser."""
    told = []
    monkeypatch.setattr("coalition.ui.document.language", told.append)
    return told


def test_the_address_line_chooses_the_language_and_keeps_it_from_page_to_page(visit, lang):
    app = visit("how", lang="es")
    app.query_params.clear()
    app.run()
    assert set(lang) == {"es"}
    assert app.query_params["lang"] == "es"


def test_ones_own_choice_rules_where_the_address_says_nothing(visit, db, lang):
    person = a_person(db)
    with db.writing() as conn:
        conn.execute(schema.account.update().values(language="es"))
    visit("how", as_=person)
    visit("how", as_=person, lang="en")
    visit("how", as_=person, lang="xx")
    assert [one for one, _ in groupby(lang)] == ["es", "en", "es"]


# --- when things are not as they should be ---


def test_a_demonstration_says_so_on_every_page(visit, db):
    with db.writing() as conn:
        conn.execute(schema.coalition_table.update().values(kind="demonstration"))
    assert "Demonstration" in visit("how").info[0].value
    assert "Demonstration" in visit("account").info[0].value


def test_a_database_without_a_table_says_how_to_lay_one(visit, db):
    with db.writing() as conn:
        conn.execute(schema.coalition_table.delete())
    app = visit()
    assert "python -m coalition init" in app.info[0].value


def test_a_database_that_is_not_set_up_is_told_in_words(visit, db):
    with db.writing() as conn:
        conn.exec_driver_sql("DROP TABLE coalition_table")
    app = visit("today")
    assert titles(app) == ["The table cannot open now"]
    assert "python -m coalition migrate" in app.warning[0].value


def test_an_error_nobody_foresaw_shows_a_reference_and_no_more(caplog):
    with caplog.at_level(logging.ERROR):
        app = AppTest.from_string(BROKEN).run()
    assert app.session_state["told"] is True
    reference = caplog.messages[0].removeprefix("Incident ")
    assert reference in app.error[0].value
    assert "secret" not in app.error[0].value
    assert "/secret/path" in caplog.text


def test_the_door_asks_the_database_twice_a_run_however_many_pages_ask(visit, db, queries):
    app = visit("sign_in", as_=a_person(db))
    app = visit("account", as_=a_person(db))
    with queries(wiring.database()) as asked:
        app.run()
    who = [statement for statement in asked if "session.secret_hash =" in statement]
    assert len(who) == 1, asked


# --- forms ---


def test_a_form_whose_deed_was_done_is_another_form():
    """Else a second click that was on its way would do the deed again, with a new token."""
    app = AppTest.from_string(FORM).run()
    before = app.button[0]
    app.text_input[0].input("hello")
    before.click().run()
    assert len(app.session_state["done"]) == 1
    app.run()
    assert app.button[0].id != before.id
    assert app.text_input[0].value == ""


def test_a_token_stays_while_the_form_is_shown_again():
    st.session_state.clear()
    assert forms.token("a") == forms.token("a") != forms.token("b")
    assert SCRIPT.is_file()
