"""What somebody does who has a keyboard and no mouse."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from coalition.domain.ground.permissions import Role
from coalition.store.schema import ballot
from tests.browser.site import PATIENCE, settled, until
from tests.browser.visits import unanswered_elsewhere

pytestmark = pytest.mark.browser
STOPS = 80  # more than any page has before its form
FOCUS = """() => {
    const one = document.activeElement;
    if (one === document.body) return 'nothing';
    const named = one.getAttribute('aria-label') || (one.labels && one.labels.length
        ? [...one.labels].map(label => label.innerText).join(' ') : one.innerText) || '';
    return [one.tagName, one.type || one.getAttribute('role') || '', named.trim()].join(' ');
}"""
EDGE = 6  # pixels around an element that a focus ring may take
BOX = """() => {
    const one = document.activeElement;
    const seen = one.matches('input[type=radio], input[type=checkbox]')
        ? one.closest('label') || one : one;
    const { x, y, width, height } = seen.getBoundingClientRect();
    return { x, y, width, height };
}"""


def focus(page: Page) -> str:
    """Return what has the focus: tag, type, name."""
    return page.evaluate(FOCUS)


def tab_to(page: Page, pattern: str) -> str:
    """Press Tab until what has the focus matches, and return it."""
    passed = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        here = focus(page)
        if re.search(pattern, here, re.DOTALL):
            return here
        passed.append(here)
    raise AssertionError(f"Tab never came to {pattern!r}, only to {passed}")


def assert_focus_shows(page: Page) -> None:
    """Look at the focused element with and without its focus: the picture must differ."""
    settled(page)
    box = page.evaluate(BOX)
    clip = {
        "x": max(box["x"] - EDGE, 0),
        "y": max(box["y"] - EDGE, 0),
        "width": box["width"] + 2 * EDGE,
        "height": box["height"] + 2 * EDGE,
    }
    height = page.viewport_size["height"]
    assert clip["y"] < height, "the focus is outside what can be seen"
    named = focus(page)
    held = page.evaluate_handle("document.activeElement")
    focused = page.screenshot(clip=clip, caret="hide")
    held.evaluate("one => one.blur()")
    settled(page)
    blurred = page.screenshot(clip=clip, caret="hide")
    held.evaluate("one => one.focus({focusVisible: true})")
    assert focused != blurred, f"no focus to be seen on {named}"


def choose(page: Page) -> None:
    """Choose what has the focus; it must have it still when the run is over."""
    assert_focus_shows(page)
    page.keyboard.press("Space")
    until(page, "() => document.activeElement.checked")
    settled(page)
    assert page.evaluate("document.activeElement.checked"), "the run took the focus away"


def test_the_first_stop_skips_to_the_content(site, visitor):
    page = site.open(visitor(Role.MEMBER), "proposals")
    page.keyboard.press("Tab")

    assert "Skip to main content" in focus(page)
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, [data-testid=stMain]') !== null"), (
        focus(page)
    )


def test_a_delegate_records_a_stance_with_the_keyboard_alone(site, visitor):
    account_id, ours, round_id = unanswered_elsewhere(site)
    page = site.open(visitor(account_id), "stance", id=round_id)

    for _ in ("our interest", "our stance"):
        tab_to(page, "INPUT radio")
        choose(page)
    tab_to(page, "TEXTAREA")
    assert_focus_shows(page)
    page.keyboard.type("Our members asked for it.")
    tab_to(page, "INPUT checkbox .*speak for")
    assert_focus_shows(page)
    page.keyboard.press("Space")
    tab_to(page, "BUTTON .*Check before you confirm")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check, then confirm")).to_be_visible(timeout=PATIENCE)
    settled(page)
    tab_to(page, "BUTTON .*Confirm and record")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Receipt").first).to_be_visible(timeout=PATIENCE)

    with site.db.reading() as conn:
        counted = select(func.count()).where(
            ballot.c.round_id == round_id, ballot.c.organisation_id == ours
        )
        assert conn.scalar(counted) == 1


def test_a_delegate_comes_from_today_to_the_form_and_to_the_way_out_by_keyboard(site, visitor):
    page = site.open(visitor(Role.MEMBER), "today")
    tab_to(page, "BUTTON .*(Record our stance|Change our)")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/stance?**")
    expect(page.get_by_role("radio").first).to_be_visible(timeout=PATIENCE)
    settled(page)

    tab_to(page, "BUTTON .*Sign out")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Signed in as")).to_have_count(0)


def test_somebody_signs_in_with_the_keyboard_alone(site, visitor):
    who = next(one for one in site.logins if one.role == Role.OBSERVER)
    page = site.open(visitor(), "sign_in")
    tab_to(page, "INPUT text E-mail")
    assert_focus_shows(page)
    page.keyboard.type(who.email)
    tab_to(page, "INPUT password Password")
    page.keyboard.type(who.password)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible(timeout=PATIENCE)


def test_on_a_phone_the_menu_is_one_stop_until_it_is_opened(site, visitor):
    page = site.open(visitor(Role.CONVENER, viewport={"width": 320, "height": 720}), "desk")
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stops.append(focus(page))
        assert page.evaluate(BOX)["x"] >= 0, f"the focus left the screen: {stops}"
        if "Expand sidebar" in stops[-1]:
            break
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    until(page, "() => document.activeElement.dataset.testid === 'stSidebarNavLink'")
    settled(page)
    assert_focus_shows(page)
    tab_to(page, "^A .*Consensus board")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="Consensus board")).to_be_visible(
        timeout=PATIENCE
    )
