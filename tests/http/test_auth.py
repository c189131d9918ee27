"""From the ticket to the cookie and back out, over HTTP."""

import pytest

from coalition import wiring
from coalition.services.people import passwords, sessions
from tests.builders import PASSWORD, a_person

EMAIL = "rae@example.org"


@pytest.fixture
def rae(db):
    return a_person(db, email=EMAIL, password=PASSWORD)


@pytest.fixture
def ticket(db, clock, rae):
    return sessions.sign_in(
        db, clock, email=EMAIL, password=PASSWORD, source="", check=passwords.matches
    )


def who(db, clock, secret):
    return sessions.arrive(db, secret=secret, now=clock()).actor


def test_a_ticket_is_exchanged_for_a_cookie_no_script_can_read(site, db, clock, rae, ticket):
    answer = site.get(f"/auth/enter?ticket={ticket}", headers={"user-agent": "Browser 1\r"})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("table_session=")
    for flag in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=604800"):
        assert flag in cookie
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"
    secret = answer.cookies["table_session"]
    assert who(db, clock, secret) == rae
    assert sessions.list_sessions(db, actor=rae, now=clock())[0].agent == "Browser 1"


def test_behind_tls_the_cookie_is_bound_to_host_and_tls(site, monkeypatch, ticket):
    monkeypatch.setenv("COALITION_PUBLIC_URL", "https://localhost")
    wiring.deployment.cache_clear()
    cookie = site.get(f"/auth/enter?ticket={ticket}").headers["set-cookie"]
    assert cookie.startswith("__Host-table=")
    assert "Secure" in cookie
    assert "Path=/;" in f"{cookie};"
    assert "domain" not in cookie.lower()


def test_a_ticket_sets_one_cookie_and_the_second_use_none(site, ticket):
    assert "set-cookie" in site.get(f"/auth/enter?ticket={ticket}").headers
    site.cookies.clear()
    assert "set-cookie" not in site.get(f"/auth/enter?ticket={ticket}").headers


@pytest.mark.parametrize("guess", ["", "guess", "%00", "x" * 5000])
def test_a_guessed_ticket_sets_no_cookie(site, guess):
    answer = site.get(f"/auth/enter?ticket={guess}")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("site_of_asker", ["cross-site", "same-site"])
def test_another_site_signs_nobody_in_or_out(site, db, clock, rae, ticket, site_of_asker):
    foreign = {"sec-fetch-site": site_of_asker}
    assert "set-cookie" not in site.get(f"/auth/enter?ticket={ticket}", headers=foreign).headers
    secret = site.get(f"/auth/enter?ticket={ticket}").cookies["table_session"]
    assert "set-cookie" not in site.get("/auth/leave", headers=foreign).headers
    assert who(db, clock, secret) == rae


def test_the_frame_holds_no_inline_script_and_nothing_of_the_person(site, ticket):
    page = site.get(f"/auth/enter?ticket={ticket}").text
    assert "<script src=/app/static/entered.js></script>" in page
    assert page.count("<script") == 1
    assert ticket not in page


def test_without_scripts_the_link_leads_on_by_itself(site, ticket):
    answer = site.get(f"/auth/enter?ticket={ticket}&go=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" in answer.headers


def test_signing_out_ends_the_session_and_takes_the_cookie_away(site, db, clock, ticket):
    secret = site.get(f"/auth/enter?ticket={ticket}").cookies["table_session"]
    answer = site.get("/auth/leave")
    assert 'table_session="";' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert who(db, clock, secret) is None


def test_signing_in_again_replaces_the_session_of_this_browser(site, db, clock, ticket):
    before = site.get(f"/auth/enter?ticket={ticket}").cookies["table_session"]
    again = sessions.sign_in(
        db, clock, email=EMAIL, password=PASSWORD, source="", check=passwords.matches
    )
    after = site.get(f"/auth/enter?ticket={again}").cookies["table_session"]
    assert after != before
    assert who(db, clock, before) is None


def test_our_own_files_are_served_without_a_session(site):
    assert site.get("/app/static/reload.js").status_code == 200
    assert site.get("/app/static/../app.py").status_code in {200, 404}
    assert "st.App" not in site.get("/app/static/%2e%2e/app.py").text
