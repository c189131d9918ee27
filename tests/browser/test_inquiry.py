"""A visitor writes to the table; a convener answers; the visitor reads the answer."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from coalition.domain.ground.permissions import Role
from coalition.store.schema import inquiry
from tests.browser.site import settled

pytestmark = pytest.mark.browser
ORGANISATION = "Chromium Patients"
EMAIL = "sam@chromium-patients.example"


def count(site) -> int:
    with site.db.reading() as conn:
        return conn.scalar(select(func.count()).where(inquiry.c.organisation == ORGANISATION))


def button(page, name):
    return page.get_by_role("button", name=name)


def send(page) -> str:
    """Fill the form, press twice as an impatient person does, and return the code."""
    expect(page.get_by_label("Leave this empty")).to_be_hidden()
    page.get_by_role("combobox", name="Topic (required)").fill("Joining")
    page.get_by_role("option", name="Joining the table").click()
    for label, words in (
        ("Your name", "Sam Rivers"),
        ("Your e-mail", EMAIL),
        ("Your organisation", ORGANISATION),
        ("Your message", "We would like to join."),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_text("Required: you may keep").click()
    button(page, "Send inquiry").dblclick()
    expect(page.get_by_text("Your inquiry is with us.")).to_be_visible()
    settled(page)
    expect(button(page, "Send inquiry")).to_have_count(0)
    return page.locator("code").first.inner_text()


def answer(desk) -> None:
    """Open the inquiry from the queue, take it, answer it and go back to the queue."""
    desk.get_by_role("link", name=re.compile(ORGANISATION)).click()
    button(desk, "Assign to me").click()
    expect(button(desk, "Assign to me")).to_have_count(0)
    expect(desk).to_have_url(re.compile(r"id=\d+"))
    desk.get_by_label("Answer, which the sender reads").fill("You are welcome here.")
    button(desk, "Give this answer").click()
    expect(desk.get_by_text("Done.")).to_be_visible()
    settled(desk)
    desk.get_by_role("link", name="All inquiries").click()
    expect(desk.get_by_text("Show the closed ones")).to_be_visible()
    settled(desk)
    assert "id=" not in desk.url


def test_a_visitor_sends_an_inquiry_once_and_reads_the_convener_s_answer(site, visitor):
    receipt = send(site.open(visitor(), "join"))
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", receipt)
    assert count(site) == 1

    answer(site.open(visitor(Role.CONVENER), "inquiries"))

    page = site.open(visitor(), "inquiry")
    page.get_by_label("Code (required)").fill(receipt.lower())
    page.get_by_label("Your e-mail").fill(EMAIL)
    button(page, "Look it up").click()
    expect(page.get_by_text("You are welcome here.")).to_be_visible()
