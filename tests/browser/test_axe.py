"""Every page for every role by axe-core, with the little that axe does not look at.

``make test``: light, 1280 pixels wide. ``make axe``: both themes, three widths, and Spanish.
What Streamlit itself draws wrong and we cannot mend stands in ``axe_allowed.json``, each with
its reason; anything else fails.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as TooSlow

from coalition.ui.screens import SCREENS
from coalition.words import speak, t
from tests.browser.site import Site, settled, until
from tests.browser.visits import Visit, visits

ALLOWED = Path(__file__).with_name("axe_allowed.json")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {name: {"enabled": True} for name in ("empty-table-header", "heading-order")},
    "resultTypes": ["violations"],
    "elementRef": True,
}
FAULTS = """async ([options, allowed]) => {
    const found = await axe.run(document, options);
    return found.violations.flatMap(rule => rule.nodes
        .filter(node => !allowed.some(one =>
            one.rule === rule.id && node.element && node.element.matches(one.selector)))
        .map(node => `${rule.id} (${rule.impact}): ${node.target.join(' ')} `
            + `${node.html.slice(0, 300)} :: ${node.failureSummary.replace(/\\s+/g, ' ')}`));
}"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll(
        "[data-testid='stMain'], [data-collapsed='false'] [data-testid='stSidebarContent']")]
    .filter(one => one.scrollWidth > one.clientWidth)
    .map(one => `${one.dataset.testid || 'page'} is ${one.scrollWidth} wide`)"""
UNFOLD = """() => document.querySelectorAll('details:not([open]) > summary')
    .forEach(one => one.click())"""  # what is made only when it is opened hears of it
PHONE = {"width": 320, "height": 720}
TELLING = {
    "stranger-positions-dissent",
    "member-stance-carried",
    "member-proposal-objections-filled",
    "member-proposal-history-filled",
    "member-proposal-suggestions",
    "member-proposal-thread",
    "convener-board-map",
    "convener-round-stopped",
    "convener-inquiries-one",
    "convener-lessons-draft",
}
MOMENT = 5_000  # milliseconds
WIDTHS = (1280, 375, 320)
KINDS = (("light", "en"), ("dark", "en"), ("light", "es"))


def each_time() -> list[Visit]:
    """Return the visits of ``make test``: each page as each role, and the states with most to see.

    ``make axe`` looks at all of them.
    """
    seen = set()
    chosen = []
    for one in visits():
        page = (one.role, one.screen.key)
        if page not in seen or one.name in TELLING:
            chosen.append(one)
        seen.add(page)
    return chosen


def narrowed() -> set[str]:
    """Return the names of the visits that are looked at on a phone too: each screen's first.

    Roles share a screen's layout.
    """
    firsts: dict[str, str] = {}
    for one in each_time():
        firsts.setdefault(one.screen.key, one.name)
    return {*firsts.values(), *TELLING}


def sweep() -> list:
    """Return every visit in every kind; what shares a browser context shares a worker."""
    return [
        pytest.param(
            visit,
            *kind,
            id="-".join((visit.name, *kind)),
            marks=pytest.mark.xdist_group(f"{visit.role} {kind}"),
        )
        for kind in KINDS
        for visit in visits()
    ]


@dataclass
class Room:
    """One browser context for all pages of one role in one theme and language."""

    site: Site
    chromium: Browser
    who: tuple = ()
    page: Page | None = None
    screen: str = ""

    def show(self, visit: Visit, scheme: str = "light", language: str = "en") -> Page:
        """Return the page with this screen on it, on a wide window, in the context it belongs in.

        The first screen of a context is loaded, the others are walked to.
        """
        if self.who != (visit.role, scheme, language):
            self.close()
            self.who = (visit.role, scheme, language)
            self.page = self.site.visitor(self.chromium, visit.role, color_scheme=scheme)
            self.page.context.add_init_script(AXE_SCRIPT)
            self.screen = visit.screen.key
        go = self.site.open if self.screen == visit.screen.key else self.site.walk
        self.screen = visit.screen.key
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        return go(self.page, visit.screen.key, lang=language, **visit.query(self.site))

    def close(self) -> None:
        if self.page:
            self.page.context.close()
            self.page = None


@pytest.fixture(scope="module")
def room(site, chromium):
    made = Room(site, chromium)
    yield made
    made.close()


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds, folded parts unfolded, and the allow-list does not excuse."""
    page.evaluate(UNFOLD)
    settled(page)
    return page.evaluate(FAULTS, [RULES, json.loads(ALLOWED.read_text(encoding="utf-8"))])


def sideways(page: Page) -> list[str]:
    """Return what has to be scrolled sideways; charts get a moment to follow the window."""
    with suppress(TooSlow):
        until(page, f"() => ({SIDEWAYS})().length === 0", patience=MOMENT)
    return page.evaluate(SIDEWAYS)


def test_every_state_told_apart_is_one_there_is():
    assert {one.name for one in visits()} >= TELLING


def test_no_two_screens_have_the_same_title():
    assert len({screen.title for screen in SCREENS}) == len(SCREENS)


def test_each_fault_that_is_excused_has_its_reason_and_where_it_is_told_upstream():
    for entry in json.loads(ALLOWED.read_text(encoding="utf-8")):
        assert set(entry) == {"rule", "selector", "reason", "link"}
        assert all(isinstance(word, str) and word.strip() for word in entry.values())


@pytest.mark.browser
@pytest.mark.parametrize("visit", each_time(), ids=lambda visit: visit.name)
def test_a_page_is_accessible_and_fits_a_phone(room, visit):
    page = room.show(visit)
    speak("en")

    faults = axe_faults(page)
    assert not faults, "\n".join(faults)
    assert page.locator("h1").count() == 1
    stray = page.locator("[data-testid=stMain] code").get_by_text("None", exact=True)
    assert stray.count() == 0, "a value nobody meant to show"
    assert page.locator("html").get_attribute("lang") == "en"
    assert t(visit.screen.title) in page.title()
    if visit.name in narrowed():
        page.set_viewport_size(PHONE)
        settled(page)
        assert sideways(page) == []


@pytest.mark.browser
@pytest.mark.sweep
@pytest.mark.parametrize(("visit", "scheme", "language"), sweep())
def test_a_page_is_accessible_in_each_theme_width_and_language(room, visit, scheme, language):
    page = room.show(visit, scheme, language)
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        found = [*axe_faults(page), *sideways(page)]
        faults += [f"{width}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)
    assert page.locator("html").get_attribute("lang") == language
