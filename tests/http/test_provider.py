"""A provider, set up in Streamlit's own secrets: which doors open, which gates shut."""

import pytest

from coalition import wiring
from coalition.services.people import tickets
from coalition.store.people import accounts
from tests.builders import a_person


def advice():
    return next(gate for gate in wiring.gates() if gate.name == "provider")


@pytest.mark.parametrize("path", ["/auth/login", "/oauth2callback"])
def test_the_doors_to_a_provider_are_shut_until_there_is_one(site, provider, path):
    assert site.get(path).status_code == 404
    provider()
    assert site.get(path).status_code == 200
    assert site.get("/auth/logout").status_code == 404


def test_a_provider_that_leads_elsewhere_or_a_secret_to_guess_is_dangerous(provider):
    assert advice().ok
    provider()
    assert advice().ok
    provider(redirect="https://elsewhere.example/oauth2callback")
    assert "redirect_uri" in advice().advice
    provider(secret="short")
    assert "cookie_secret" in advice().advice
    assert advice().dangerous


def test_what_a_provider_said_is_taken_from_the_browser_with_the_ticket(site, db, clock):
    person = a_person(db)
    with db.writing() as conn:
        assert accounts.get(conn, person.account_id)
        ticket = tickets.issue_ticket(conn, person.account_id, at=clock())
    for name in ("_streamlit_user", "_streamlit_user_1", "_streamlit_user_tokens", "other"):
        site.cookies.set(name, "x")
    answer = site.get(f"/auth/enter?ticket={ticket}")
    taken = [one for one in answer.headers.get_list("set-cookie") if "Max-Age=0" in one]
    assert sorted(one.partition("=")[0] for one in taken) == [
        "_streamlit_user",
        "_streamlit_user_1",
        "_streamlit_user_tokens",
    ]
