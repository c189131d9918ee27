"""In and out through a real browser, under the content security policy as it is."""

from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.services.people import invitations
from tests.browser.site import settled
from tests.builders import PASSWORD, a_person

pytestmark = pytest.mark.browser
now = wiring.clock


def noted(page):
    """Return what the browser complains of: policy, scripts, but not Streamlit's own probing."""
    said = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    return said


def policy_of(said):
    return [line for line in said if "Content Security Policy" in line]


def test_a_person_signs_in_where_they_wanted_to_go_and_out_again(site, visitor):
    person = a_person(site.db, name="Rae Stone", password=PASSWORD, at=now())
    page = visitor()
    said = noted(page)
    page.goto(site.address("account"))
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("do not go together")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    assert page.url.endswith("/account")
    cookie = next(one for one in page.context.cookies() if one["name"] == "table_session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert "table_session" not in page.evaluate("document.cookie")
    page.reload()
    expect(page.get_by_text("Signed in as Rae Stone")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/welcome")
    assert not [one for one in page.context.cookies() if one["name"] == "table_session"]
    page.goto(site.address("account"))
    expect(page.get_by_text("Please sign in to see this page")).to_be_visible()
    assert policy_of(said) == []


def test_an_invited_person_begins_with_the_link_and_arrives(site, visitor):
    made = invitations.invite(
        site.db,
        now,
        actor=a_person(site.db, role=Role.CONVENER, at=now()),
        name="Newcomer",
        email=f"newcomer{now().timestamp()}@example.org",
        role=Role.OBSERVER,
        token=f"form {now().timestamp()}",
    )
    page = visitor()
    page.goto(site.address("invitation", invitation=made.secret))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/today")
    expect(page.get_by_text("Signed in as Newcomer")).to_be_visible()


def test_a_changed_password_keeps_this_browser_in(site, visitor):
    person = a_person(site.db, name="Rae Stone", password=PASSWORD, at=now())
    page = visitor(person.account_id)
    page.goto(site.address("account"))
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password").fill("another long sentence")
    before = next(one for one in page.context.cookies() if one["name"] == "table_session")["value"]
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_label("Present password")).to_have_value("")
    expect(page.get_by_text("Signed in as Rae Stone")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Signed in as Rae Stone")).to_be_visible()
    after = next(one for one in page.context.cookies() if one["name"] == "table_session")
    assert after["value"] != before


def test_the_language_stays_from_page_to_page_and_the_document_says_which(site, visitor):
    page = visitor()
    site.open(page, "how")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    settled(page)
    page.get_by_test_id("stMain").get_by_role("link").first.focus()
    page.goto(page.url)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_our_own_font_is_used_and_nothing_is_fetched_from_elsewhere(site, visitor):
    page = visitor()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    site.open(page, "welcome")
    assert any(url.endswith("public-sans-latin-normal.woff2") for url in asked)
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        site.url.split("/")[2]
    }


def test_a_deadline_is_told_in_the_reader_s_own_zone_as_well(site, visitor):
    page = site.open(visitor(Role.MEMBER, timezone_id="America/Denver"), "today")
    told = page.get_by_text("(Eastern Time); for you").first
    expect(told).to_contain_text("(Mountain Time)")


def keep_recovery_codes(page):
    expect(page.get_by_text("Keep these recovery codes")).to_be_visible()
    assert len(page.get_by_test_id("stCode").first.inner_text().splitlines()) == 10
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes are left")).to_be_visible()


def test_a_second_factor_is_set_up_from_the_page_and_asked_for_at_the_door(site, visitor):
    person = a_person(site.db, name="Rae Stone", password=PASSWORD, at=now())
    page = visitor(person.account_id)
    said = noted(page)
    site.open(page, "account")
    page.get_by_role("button", name="Set up a second factor").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    link = page.get_by_role("link", name="Or open an app on this device")
    phone = pyotp.parse_uri(link.get_attribute("href"))
    begun = now()
    page.get_by_label("Code the app shows now").fill(phone.at(begun))
    page.get_by_role("button", name="Turn it on").click()
    keep_recovery_codes(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/welcome")
    page.goto(site.address("account"))
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    after = max(now(), begun + timedelta(seconds=phone.interval))  # each code counts once
    page.get_by_role("textbox", name="Code").fill(phone.at(after))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Signed in with password and code")).to_be_visible()
    assert policy_of(said) == []
