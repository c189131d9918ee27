"""The second factor as a person meets it: set up, asked for at the door, required first of all."""

import pyotp
import pytest
from streamlit.testing.v1 import AppTest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.people.sign_ins import Outcome, Policy, Way
from coalition.services.people import invitations, second_factors, sessions, sign_in_policies
from coalition.services.people.sessions import ABSOLUTE, IDLE
from coalition.store import schema
from coalition.store.people import sign_ins
from coalition.ui.session_end import WARNING
from tests.builders import PASSWORD, a_person
from tests.pages.screen import press, shown, write
from tests.proving import enrolled

EMAIL = "rae@example.org"
ALONE = """
from coalition.ui import session_end
session_end._tell()
"""


@pytest.fixture
def rae(db):
    return a_person(db, email=EMAIL, password=PASSWORD, role=Role.CONVENER)


def titles(app):
    return [title.value for title in app.title]


def set_up(app, clock):
    """Press through the setting up as a person does, the code read from the text on screen."""
    press(app, "Set up a second factor")
    secret = next(one.value for one in app.code).replace(" ", "")
    write(app, "Code the app shows", pyotp.TOTP(secret).at(clock()))
    return press(app, "Turn it on")


def phone_of(db, clock, person):
    return enrolled(db, clock, person, key=wiring.key())


def test_it_is_set_up_in_my_account_and_the_recovery_codes_stay_until_kept(visit, db, clock, rae):
    app = set_up(visit("account", as_=rae), clock)
    assert "Your second factor is on" in shown(app)
    app.run()
    assert len(app.code[0].value.splitlines()) == 10
    press(app, "I have kept them")
    assert not app.code
    assert "On since" in shown(app)
    assert "10 recovery codes are left" in shown(app)


def test_a_wrong_first_code_is_told_and_the_secret_stays(visit, db, clock, rae):
    app = press(visit("account", as_=rae), "Set up a second factor")
    secret = app.code[0].value
    write(app, "Code the app shows", "000000")
    press(app, "Turn it on")
    assert "this code does not count now" in shown(app)
    assert app.code[0].value == secret


def test_it_ends_in_my_account_with_password_and_code(visit, db, clock, rae):
    phone = phone_of(db, clock, rae)
    app = visit("account", as_=rae)
    passwords = [field for field in app.text_input if field.label == "Present password"]
    passwords[1].input(PASSWORD)
    write(app, "Code, or a recovery code", phone.shows())
    press(app, "End the second factor")
    assert "Your second factor has ended" in shown(app)
    assert second_factors.standing(db, actor=rae).since is None


@pytest.mark.parametrize("page", ["sign_in", "desk"])
def test_at_the_door_the_code_comes_after_the_password_and_before_the_ticket(
    visit, db, clock, rae, page
):
    phone = phone_of(db, clock, rae)
    app = visit(page)
    write(app, "E-mail", EMAIL)
    write(app, "Password", PASSWORD)
    press(app, "Sign in")
    assert not app.get("iframe")
    assert [field.label for field in app.text_input] == ["Code"]
    write(app, "Code", "000000")
    press(app, "Sign in")
    assert "this code does not count now" in shown(app)
    write(app, "Code", phone.shows())
    press(app, "Sign in")
    assert app.get("iframe")[0].proto.src.startswith("/auth/enter?ticket=")


def test_who_has_no_code_at_hand_begins_again(visit, db, clock, rae):
    phone_of(db, clock, rae)
    app = visit("sign_in")
    write(app, "E-mail", EMAIL)
    write(app, "Password", PASSWORD)
    press(app, "Sign in")
    press(app, "Begin again")
    assert [field.label for field in app.text_input] == ["E-mail", "Password"]


def test_after_five_minutes_the_password_is_asked_for_again(visit, db, clock, rae):
    phone = phone_of(db, clock, rae)
    app = visit("sign_in")
    write(app, "E-mail", EMAIL)
    write(app, "Password", PASSWORD)
    press(app, "Sign in")
    clock.move(minutes=5)
    write(app, "Code", phone.shows())
    press(app, "Sign in")
    assert "took too long" in shown(app)
    app.run()
    assert [field.label for field in app.text_input] == ["E-mail", "Password"]


def test_a_link_for_a_forgotten_password_asks_for_the_code_too(visit, db, clock, rae):
    phone = phone_of(db, clock, rae)
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    made = invitations.renew_link(db, clock, actor=administrator, account_id=rae.account_id)
    app = visit("invitation", invitation=made.secret)
    write(app, "Password", "another room of twelve")
    write(app, "The same password", "another room of twelve")
    press(app, "Begin")
    assert not app.get("iframe")
    write(app, "Code", phone.shows())
    press(app, "Sign in")
    assert app.get("iframe")[0].proto.src.endswith("&home=1")


# --- required ---


@pytest.fixture
def required(db, clock, served):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    phone_of(db, clock, administrator)
    sign_in_policies.set_policy(db, clock, actor=administrator, wanted=Policy(second_factor=True))


@pytest.mark.parametrize("page", ["", "desk", "account", "welcome", "proposals", "how", "sign_in"])
def test_whoever_needs_one_meets_nothing_else(visit, required, rae, page):
    app = visit(page, as_=rae)
    assert titles(app) == ["First, a second factor"]
    assert [button.label for button in app.button] == ["Set up a second factor", "Sign out"]


def test_once_it_is_set_up_everything_is_open(visit, required, clock, rae):
    app = set_up(visit("desk", as_=rae), clock)
    assert "Keep these recovery codes" in shown(app)
    assert "Go on" in [link.proto.label for link in app.get("page_link")]
    assert titles(visit("desk", as_=rae)) == ["Desk"]


def test_an_administrator_asks_for_it_once_they_have_one(visit, db, clock):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    app = visit("accounts", as_=administrator)
    app.checkbox[0].check()
    press(app, "Save")
    assert "Set up a second factor for yourself first" in shown(app)
    phone_of(db, clock, administrator)
    app = visit("accounts", as_=administrator)
    app.checkbox[0].check()
    press(app, "Save")
    assert sign_in_policies.read_policy(db, actor=administrator) == Policy(second_factor=True)


# --- history and end of a session ---


def test_my_account_tells_who_came_in(visit, db, clock, rae):
    with db.writing() as conn:
        refused, agent = Outcome.REFUSED, "Firefox · macOS"
        sign_ins.note(conn, rae.account_id, refused, Way.PASSWORD, at=clock(), agent=agent)
    told = visit("account", as_=rae).table[-1].value.to_string()
    assert "Refused: wrong password" in told
    assert "Firefox · macOS" in told


def test_nothing_is_said_of_an_end_that_is_far(visit, db, rae):
    app = visit("how", as_=rae)
    assert "signed out at" not in shown(app)


def test_the_last_minutes_of_seven_days_are_told_on_every_page(visit, db, clock, rae):
    app = visit("how", as_=rae)
    with db.writing() as conn:
        conn.execute(schema.session.update().values(expires_at=clock() + ABSOLUTE))
    clock.hour += ABSOLUTE - sessions.TOUCH
    with db.writing() as conn:
        conn.execute(schema.session.update().values(seen_at=clock() - IDLE / 2))
    app.run()
    assert "a sign-in lasts 7 days" in shown(app)
    assert "Stay signed in" not in [button.label for button in app.button]


def test_an_idle_page_says_in_time_by_itself_that_its_session_ends(visit, db, clock, rae):
    visit("how", as_=rae)
    alone = AppTest.from_string(ALONE, default_timeout=30)
    assert not alone.run().warning
    clock.hour += IDLE - WARNING
    assert "Nothing was done here for long" in alone.run().warning[0].value
    alone.run()  # looking is not doing
    press(alone, "Stay signed in")
    assert "You stay signed in" in alone.success[0].value
    assert not alone.run().warning
    clock.hour += IDLE
    assert "You have been signed out" in alone.run().warning[0].value


def test_without_a_provider_nothing_is_said_of_one(visit):
    assert "elsewhere" not in shown(visit("sign_in"))
