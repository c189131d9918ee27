"""A visitor writes to the table; a convener answers; the visitor reads the answer."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from coalition.domain.ground.permissions import Role
from coalition.store.schema import inquiry
from tests.browser.asking import ORGANISATION, button, look_up, send
from tests.browser.site import settled

pytestmark = pytest.mark.browser


def count(site) -> int:
    with site.db.reading() as conn:
        return conn.scalar(select(func.count()).where(inquiry.c.organisation == ORGANISATION))


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
    look_up(page, receipt)
    expect(page.get_by_text("You are welcome here.")).to_be_visible()
