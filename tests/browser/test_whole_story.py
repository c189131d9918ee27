"""One proposal from its draft to a published position, through the screens alone.

Alder brings it, Birch objects to a passage, Cedar suggests other words for that passage. The text
changes, two organisations confirm and one changes its mind, the rule adopts, a minority statement
goes along, and somebody who was not there reads the history. Planted are only accounts, seats
and the draft.
"""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from coalition import wiring
from coalition.store.schema import consensus_round
from tests import builders
from tests.browser.site import served, settled
from tests.browser.small_table import (
    ACCOUNTS,
    ALDER,
    BIRCH,
    CEDAR,
    PASSAGE,
    TEXT,
    WORDING,
    answers,
    lay,
    person,
    pick,
    press,
    said,
)

pytestmark = pytest.mark.browser

STATEMENT = "We support it, and would have started a year sooner."

WRONG = "People with a rare condition have no other help."
REPLY = "You are right. The next version will say so."
OBJECTION = {
    "Reason (needed": WRONG,
    "What would remove your objection?": "Count all help, whatever its source.",
    "The words it is about": PASSAGE,
    "What they should say instead": "Plans must count it.",
}
STORY = (
    "Ada put the proposal to the table, as text version 1",
    f"{ALDER} said that it has no interest in this",
    "A round opened on version 1 for 3 organisations",
    f"{ALDER} answered Support on version 1",
    f"{CEDAR} answered Support with reservations on version 1",
    f"{BIRCH} answered Object on version 1",
    f"{BIRCH} raised an objection to version 1: Must change",
    f"{CEDAR} suggested a change to version 1",
    f"Ada answered the objection of {BIRCH}",
    f"Ada accepted the change that {CEDAR} suggested",
    "Ada made version 2, which changes what is asked",
    f"The change that {CEDAR} suggested went into version 2",
    f"{ALDER} confirmed Support on version 2",
    f"{CEDAR} confirmed Support with reservations on version 2",
    f"{BIRCH} changed from Object to Support on version 2",
    f"The objection of {BIRCH} is met by version 2",
    "The round was closed early: everyone was heard",
    "Verdict: Adopted",
    f"{CEDAR} attached a minority statement",
    "The result was published",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A table of its own, for what is told here takes its whole roll."""
    with served(tmp_path_factory.mktemp("story"), lay) as found:
        yield found


@pytest.fixture
def subject(site):
    """The draft of the first organisation."""
    draft = {"submitted": False, **TEXT}
    return builders.a_proposal(site.db, wiring.clock, person(site, "Ada"), **draft)


def the_round(site):
    """Return the number of the one round."""
    with site.db.reading() as conn:
        return conn.scalar(select(consensus_round.c.id))


def submits(page):
    """The champion puts its draft to the table and says that it has no interest."""
    pick(page, "Continue the draft")
    press(page, "Save and submit to the table")
    said(page, "It waits for a convener to open a round.")
    pick(page, "Our organisation's interest in this")
    pick(page, "No")
    press(page, "Put it on record")
    said(page, "It is on record.")


def opens(page):
    """A convener opens a consensus call under a rule that one objection blocks."""
    pick(page, "Consensus call")
    page.get_by_role("combobox", name="By which rule?").click()
    page.get_by_role("option", name="Consensus, no objection").click()
    settled(page)
    pick(page, "Stances can be seen while it is open")
    pick(page, "As soon as I press the button")
    page.get_by_text("In 14 days").click()
    settled(page)
    pick(page, "This is what I want to put to the table")
    press(page, "Open the round")
    said(page, "The round is opened. It closes")


def suggests(page):
    """Another organisation suggests other words for the passage objected to."""
    pick(page, "Suggest a change")
    page.get_by_text("The text, word for word", exact=True).last.click()
    page.get_by_label("The passage, copied").fill(PASSAGE)
    page.get_by_label("What should it say instead").fill(WORDING)
    page.get_by_label("Why?", exact=True).fill("Then nobody is left out.")
    press(page, "Send the suggestion")
    said(page, f"Suggestion 1: {CEDAR}")


def replies(page):
    """The champion answers the objection."""
    page.get_by_label("Our answer").fill(REPLY)
    press(page, "Send the answer")
    said(page, "Answered. The objection stands until whoever raised it resolves it.")


def revises(page):
    """The champion accepts the suggestion and makes version 2 of it."""
    press(page, "Answer it")
    page.get_by_text("Accept: its words go into the next version").click()
    page.get_by_label("Why? The author and all members read this.").fill("It is fairer.")
    press(page, "Record the answer")
    press(page, "Write the next version")
    expect(page.get_by_label("Text: what members decide on")).to_contain_text(WORDING)
    page.get_by_label("What changed, in plain words").fill("Help from manufacturers counts too.")
    page.get_by_text("Substantive: it changes what is asked").click()
    press(page, "Make this the next version")
    said(page, f"Version 2 was made with words of {CEDAR}.")


def confirms(page):
    """A delegate sees what changed, and that the answer given on version 1 still stands."""
    said(page, "It was given on version 1. Version 2 is in force now.")
    page.get_by_text("I may speak for").first.click()
    page.get_by_role("button", name="Confirm:").click()
    settled(page)
    said(page, "Recorded for")


def closes(page):
    pick(page, "Close it early")
    press(page, "Close the round now")
    said(page, "Closed. The verdict is frozen.")


def dissents(page):
    pick(page, "Attach a minority statement")
    page.get_by_label("Our statement").fill(STATEMENT)
    press(page, "Attach the statement")
    said(page, "Your statement stands with the decision.")


def publishes(page):
    """A convener lets the public read the result."""
    press(page, "Publish the result")
    said(page, "The public can read this result now.")


def reads_the_history(page):
    """Somebody who was not there reads what happened, from the first event to the last."""
    events = page.locator("[class*='st-key-titled-event']")
    told = [one.get_by_role("link").inner_text() for one in events.all()][::-1]
    for sentence, link in zip(STORY, told, strict=True):
        assert sentence in link, told
    for words in (WRONG, REPLY, "It is fairer.", STATEMENT):
        expect(page.get_by_text(words)).to_be_visible()


def reads_the_position(page):
    """Somebody from outside reads what was adopted, by whom, and who sees it otherwise."""
    said(page, "Adopted")
    expect(page.get_by_text(WORDING)).to_be_visible()
    for name in (ALDER, BIRCH, CEDAR):
        expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    expect(page.get_by_text(STATEMENT)).to_be_visible()
    expect(page.get_by_text(WRONG)).to_have_count(0)


def test_the_whole_story_is_told_by_the_screens_alone(site, subject, visitor):
    names = ("Ada", "Ben", "Cleo", "Casey", "Olive")
    alder, birch, cedar, convener, observer = (visitor(ACCOUNTS[name]) for name in names)
    submits(site.open(alder, "proposal", id=subject))
    opens(site.open(convener, "round", id=subject))
    number = the_round(site)
    answers(site.open(alder, "stance", id=number), "Support")
    answers(site.open(cedar, "stance", id=number), "Support with reservations")
    answers(site.open(birch, "stance", id=number), "Object", OBJECTION)

    suggests(site.open(cedar, "proposal", id=subject, view="text"))
    replies(site.open(alder, "proposal", id=subject, view="objections"))
    revises(site.open(alder, "proposal", id=subject, view="text"))
    confirms(site.open(alder, "stance", id=number))
    confirms(site.open(cedar, "stance", id=number))
    answers(site.open(birch, "stance", id=number), "Support")

    closes(site.open(convener, "round", id=subject))
    dissents(site.open(cedar, "proposal", id=subject, view="stances"))
    publishes(site.open(convener, "round", id=subject))
    reads_the_history(site.open(observer, "proposal", id=subject, view="history"))
    reads_the_position(site.open(visitor(), "positions", id=number))
