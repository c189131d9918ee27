"""A small table of its own, for stories that take the whole roll, and how to act on a page."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from coalition import wiring
from coalition.domain.ground.permissions import Actor, Role
from coalition.services.people.sessions import arrive
from coalition.store import migration
from coalition.store.database import Database
from coalition.store.ground import profile
from tests import builders
from tests.browser.site import Site, settled
from tests.conftest import TABLE

ALDER, BIRCH, CEDAR = "Alder Alliance", "Birch Network", "Cedar Voices"
PEOPLE = {
    "Casey": Role.CONVENER,
    "Olive": Role.OBSERVER,
    "Ada": ALDER,
    "Ben": BIRCH,
    "Cleo": CEDAR,
}
ACCOUNTS = {name: number for number, name in enumerate(PEOPLE, 1)}
PASSAGE = "Plans may leave out help that comes from a manufacturer."
WORDING = "Plans must count help from any source, a manufacturer included."
TEXT = {
    "title": "Count all help toward a patient's yearly limit",
    "body": f"Health plans should count all help that a patient receives.\n\n{PASSAGE}",
}


def lay(db: Database) -> None:
    """Plant a convener, an observer and three organisations, each with a delegate."""
    then = datetime.now(UTC) - timedelta(days=1)
    migration.migrate(db)
    with db.writing() as conn:
        profile.put(conn, TABLE, at=then)
    for name, what in PEOPLE.items():
        role = what if isinstance(what, Role) else Role.MEMBER
        person = builders.a_person(db, role=role, name=name, at=then)
        if role is Role.MEMBER:
            home = builders.an_organisation(db, name=what, at=then)
            builders.a_seat(db, home, person.account_id, from_at=then)


def person(site: Site, name: str) -> Actor:
    """Return somebody at the table, as they arrive at the door."""
    secret = site.secret(ACCOUNTS[name])
    return arrive(site.db, secret=secret, now=wiring.clock()).actor


def said(page: Page, words: str) -> None:
    """Wait until the page says so."""
    expect(page.get_by_text(words).first).to_be_visible()
    settled(page)


def press(page: Page, label: str) -> None:
    """Press a button by its whole name."""
    page.get_by_role("button", name=label, exact=True).click()
    settled(page)


def pick(page: Page, label: str) -> None:
    """Click the first words that say exactly this."""
    page.get_by_text(label, exact=True).first.click()
    settled(page)


def answers(page: Page, stance: str, typed: dict[str, str] | None = None) -> None:
    """Record a stance as a delegate does, with what belongs to it."""
    interest = page.get_by_role("radiogroup", name="Does our organisation have an interest")
    if interest.count():  # else it is on record
        interest.get_by_text("No", exact=True).click()
        settled(page)
    page.locator("label").filter(has_text=stance).first.click()
    settled(page)
    for label, words in (typed or {}).items():
        page.get_by_label(label).fill(words)
    page.get_by_text("I may speak for").last.click()
    replaced = page.get_by_text("Yes, replace what I answered before")
    if replaced.count():
        replaced.click()
    press(page, "Check before you confirm")
    press(page, "Confirm and record")
    said(page, "Recorded for")
