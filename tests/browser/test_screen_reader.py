"""What a screen reader is told, where axe cannot know what should be said."""

import re

import pytest
from playwright.sync_api import expect

from coalition.domain.ground.permissions import Role
from tests.browser.site import settled
from tests.browser.visits import open_round

pytestmark = pytest.mark.browser
PHONE = {"width": 375, "height": 720}
STANCE = """
- heading "Record our stance" [level=1]
- heading "Where does our organisation stand?" [level=2]
- radiogroup "Does our organisation have an interest in this?":
  - radio "No"
  - radio "Yes, and we take part"
  - radio "Yes, and we recuse ourselves"
- radiogroup "Our stance":
  - radio "✓ Support"
  - radio "± Support with reservations"
  - radio "– Abstain"
  - radio "! Stand aside"
  - radio "✕ Object"
- textbox /Reason/
- checkbox /I may speak for/
- button "Check before you confirm"
"""
MENU = """
- list:
  - listitem:
    - link "Today"
  - listitem:
    - paragraph: Proposals
    - link "Proposals"
"""


def test_the_stance_form_tells_its_parts_in_order_and_by_name(site, visitor):
    page = site.open(visitor(Role.MEMBER), "stance", id=open_round(site))

    expect(page.get_by_role("main")).to_match_aria_snapshot(STANCE)
    assert page.get_by_role("radio", checked=True).count() == 0


def test_the_menu_of_a_phone_is_a_list_with_its_sections_as_items(site, visitor):
    page = site.open(visitor(Role.MEMBER, viewport=PHONE), "today")
    page.get_by_test_id("stExpandSidebarButton").click()
    settled(page)

    expect(page.get_by_role("navigation", name="App pages")).to_match_aria_snapshot(MENU)


def test_the_tab_says_which_proposal_is_open_and_forgets_it_on_the_next_page(site, visitor):
    asked = open_round(site)
    page = site.open(visitor(Role.MEMBER), "stance", id=asked)
    page.get_by_role("main").get_by_role("link", name="How we decide").click()
    expect(page).to_have_title("How we decide")
    site.walk(page, "stance", id=asked)
    expect(page).to_have_title(re.compile(".+ · Record our stance"))
    told = page.title().removesuffix(" · Record our stance")
    expect(page.get_by_role("main")).to_contain_text(told)


@pytest.mark.parametrize(("role", "key"), [(Role.MEMBER, "today"), (Role.CONVENER, "board")])
def test_no_icon_and_no_link_to_a_heading_is_read_out(site, visitor, role, key):
    page = site.open(visitor(role), key)
    told = page.get_by_role("main").aria_snapshot()

    assert page.locator("span[role=img]").count() > 0, "no icon on this page: choose another"
    assert " icon" not in told
    assert "Link to heading" not in told
