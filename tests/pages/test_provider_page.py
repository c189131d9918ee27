"""Coming back from a provider, as a person meets it."""

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from tests.builders import a_person
from tests.pages.screen import shown
from tests.proving import enrolled

EMAIL = "rae@example.org"


@pytest.fixture
def come_back(visit, provider, clock):
    """Return a function that opens the bare address as somebody the provider has named."""
    provider()
    app = visit("sign_in")

    def back(**claims):
        said = {"iss": "https://id.example", "sub": "7", "iat": int(clock().timestamp())}
        said |= {"is_logged_in": True, "email": EMAIL, "email_verified": True}
        app.user = said | claims
        app.run()
        assert not app.exception, app.exception
        return app

    return back


def test_the_door_shows_the_way_to_the_provider(visit, provider):
    provider()
    app = visit("sign_in")
    assert "Or, with an account you have elsewhere:" in shown(app)
    assert [button.label for button in app.button] == ["Sign in", "Sign in through the provider"]


def test_a_verified_address_of_an_account_here_is_handed_its_ticket_once(come_back, db):
    a_person(db, email=EMAIL)
    app = come_back()
    assert app.get("iframe")[0].proto.src.startswith("/auth/enter?ticket=")
    app.run()
    assert not app.get("iframe")


def test_who_has_a_second_factor_here_is_asked_for_its_code(come_back, db, clock):
    enrolled(db, clock, a_person(db, email=EMAIL), key=wiring.key())
    app = come_back()
    assert not app.get("iframe")
    assert [field.label for field in app.text_input] == ["Code"]


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email_verified": False}, "does not say that this e-mail address is yours"),
        ({"email": "nobody@example.org"}, "No account here goes with this sign-in"),
        ({"iat": 0}, "too old or was used already"),
    ],
)
def test_a_word_that_opens_nothing_is_told_and_the_door_stays(come_back, db, claims, said):
    a_person(db, email=EMAIL)
    app = come_back(**claims)
    assert said in shown(app)
    assert not app.get("iframe")
    assert "E-mail" in [field.label for field in app.text_input]


def test_an_administrator_says_whether_the_provider_is_trusted(visit, provider, db):
    provider()
    app = visit("accounts", as_=a_person(db, role=Role.ADMINISTRATOR))
    assert len(app.checkbox) == 2
