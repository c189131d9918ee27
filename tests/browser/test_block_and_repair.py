"""J2: a delegate blocks, the text is mended, who had answered is asked again, the block goes."""

import pytest
from playwright.sync_api import expect

from coalition import wiring
from coalition.domain.deliberation import presets
from tests import builders
from tests.browser.site import served, settled
from tests.browser.small_table import (
    ACCOUNTS,
    BIRCH,
    PASSAGE,
    TEXT,
    WORDING,
    answers,
    lay,
    person,
    press,
    said,
)

pytestmark = pytest.mark.browser
WRONG = "It leaves out people with a rare condition."
OBJECTION = {
    "Reason (needed": WRONG,
    "What would remove your objection?": "Say that it counts from any source.",
    "The words it is about": PASSAGE,
    "What they should say instead": WORDING,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A table of its own, for the round here asks its whole roll."""
    with served(tmp_path_factory.mktemp("repair"), lay) as found:
        yield found


@pytest.fixture
def this(site):
    """An open round that one organisation supports and one has not answered."""
    db, clock, convener = site.db, wiring.clock, person(site, "Casey")
    subject = builders.a_proposal(db, clock, convener, **TEXT)
    rule = presets.get("consensus").rule
    made = builders.a_round(db, clock, convener, proposal_id=subject, rule=rule)
    builders.a_ballot(db, clock, person(site, "Cleo"), made, "support")
    return made


def blocks(page):
    """A delegate reads what an objection means, chooses it and says what would remove it."""
    said(page, "It must not go forward as it is. You are asked for a reason.")
    said(page, "We disagree, and we will not stop the others.")
    answers(page, "Object", OBJECTION)


def repairs(page):
    """A convener finds it in a queue of the desk, answers it and makes version 2 of it."""
    page.get_by_role("link", name=TEXT["title"]).first.click()
    said(page, WRONG)
    page.get_by_label("Our answer").fill("Version 2 says so.")
    press(page, "Send the answer")
    said(page, "Answered. The objection stands until whoever raised it resolves it.")
    said(page, "Casey answers for it")
    expect(page.get_by_text("Version 2 says so.")).to_be_visible()

    page.get_by_text("Text", exact=True).click()
    settled(page)
    press(page, "Write the next version")
    body = page.get_by_label("Text: what members decide on")
    body.fill(TEXT["body"].replace(PASSAGE, WORDING))
    page.get_by_label("What changed, in plain words").fill("Help from manufacturers counts too.")
    page.get_by_text("Substantive: it changes what is asked").click()
    press(page, "Make this the next version")
    expect(page.get_by_text(PASSAGE)).to_have_count(0)


def is_asked(page, asked):
    """Somebody finds on Today what is asked of them now."""
    said(page, asked)
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=3)).to_have_count(1)


def lifts(page):
    """The delegate who blocked sees what changed and what was answered, and supports."""
    said(page, "It was given on version 1. Version 2 is in force now.")
    expect(page.get_by_role("link", name="What was answered to our objection")).to_be_visible()
    answers(page, "Support")


def test_a_block_is_repaired_and_lifted_by_the_organisation_that_placed_it(site, this, visitor):
    ada, ben, cleo, casey = (visitor(ACCOUNTS[who]) for who in ("Ada", "Ben", "Cleo", "Casey"))
    subject = {"id": this.proposal_id}
    blocks(site.open(ben, "stance", id=this.id))
    repairs(site.open(casey, "desk"))

    carried = "The text has changed. Our answer was given on version 1: confirm or change it."
    is_asked(site.open(ada, "today"), "No answer from us yet.")
    is_asked(site.open(cleo, "today"), carried)
    is_asked(site.open(ben, "today"), carried)
    said(site.open(casey, "proposal", **subject), "An objection blocks it")

    lifts(site.open(ben, "stance", id=this.id))
    said(site.open(casey, "proposal", **subject), "Would be adopted now")
    objections = site.open(casey, "proposal", view="objections", **subject)
    said(objections, "Met by version 2")
    expect(objections.get_by_text(f"Must change · {BIRCH}")).to_be_visible()
