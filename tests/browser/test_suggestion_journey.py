"""J8: somebody suggests other words, the champion takes them, and who had answered confirms."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.permissions import Role
from coalition.store.schema import ballot, proposal, seat, suggestion
from tests.browser.site import settled, unfold
from tests.browser.visits import first_delegate

pytestmark = pytest.mark.browser
PARTED = 40  # pixels, more than a heading is high
QUOTE = "so that cost does not decide"
WORDING = "so that the cost of a trip does not decide"


def champion_of(site, number: ProposalId) -> int:
    with site.db.reading() as conn:
        return conn.scalar(
            select(seat.c.account_id)
            .join(proposal, proposal.c.champion_id == seat.c.organisation_id)
            .where(proposal.c.id == number)
            .order_by(seat.c.rank)
        )


def suggested(page):
    """Suggest other words for a passage, the last step by keyboard alone."""
    unfold(page, "Suggest a change")
    page.get_by_text("The text, word for word", exact=True).last.click()
    page.get_by_label("The passage, copied").fill(QUOTE)
    page.get_by_label("What should it say instead").fill(WORDING)
    page.get_by_label("Why?", exact=True).fill("A trip is what keeps people away.")
    page.get_by_label("Why?", exact=True).press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Suggestion 2: Observer")).to_be_visible()


def accepted(page):
    """Accept the newest suggestion, with a reason."""
    page.get_by_role("button", name="Answer it", exact=True).last.click()
    settled(page)
    page.get_by_text("Accept: its words go into the next version").click()
    page.get_by_label("Why? The author and all members read this.").fill("It is clearer.")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()


def revised(page):
    """Make the next version, whose text is filled in already."""
    page.get_by_role("button", name="Write the next version").click()
    settled(page)
    expect(page.get_by_label("Text: what members decide on")).to_contain_text(WORDING)
    page.get_by_label("What changed, in plain words").fill("It says which cost.")
    page.get_by_text("Substantive: it changes what is asked").click()
    page.get_by_role("button", name="Make this the next version").click()
    expect(page.get_by_text("Version 3 was made with words of Observer.")).to_be_visible()


def holder_of(site, number: ProposalId) -> tuple[int, int]:
    """Return a delegate whose organisation has answered on the text before, and the round."""
    latest = select(func.max(ballot.c.id)).group_by(ballot.c.round_id, ballot.c.organisation_id)
    with site.db.reading() as conn:
        return conn.execute(
            select(seat.c.account_id, ballot.c.round_id)
            .join(ballot, ballot.c.organisation_id == seat.c.organisation_id)
            .join(proposal, proposal.c.latest_round_id == ballot.c.round_id)
            .where(
                proposal.c.id == number,
                ballot.c.id.in_(latest),
                ballot.c.stance.is_not(None),
                ballot.c.stance != "recused",
                ballot.c.organisation_id != first_delegate(site),
                seat.c.to_at.is_(None),
            )
        ).first()


def confirmed_on_a_phone(page):
    """See the two texts one above the other, and confirm the answer given on the earlier one."""
    expect(page.get_by_text("Version 3 is in force now.")).to_be_visible()
    before, after = page.get_by_role("heading", name=re.compile(r"^Version \d")).all()
    assert before.bounding_box()["y"] + PARTED < after.bounding_box()["y"]
    page.get_by_text("I may speak for").first.click()
    page.get_by_role("button", name="Confirm:").click()
    expect(page.get_by_text("Recorded for")).to_be_visible()


def test_what_an_observer_suggests_reaches_the_next_version_and_holders_confirm(site, visitor):
    with site.db.reading() as conn:
        number = conn.scalar(
            select(suggestion.c.proposal_id)
            .join(proposal, proposal.c.id == suggestion.c.proposal_id)
            .where(proposal.c.latest_round_id.is_not(None))
        )
    address = {"id": number, "view": "text"}
    page = site.open(visitor(Role.OBSERVER), "proposal", **address)
    suggested(page)
    champion = visitor(champion_of(site, number))
    site.open(champion, "proposal", **address)
    accepted(champion)
    revised(champion)

    site.open(page, "proposal", **address)
    expect(page.get_by_text(WORDING).first).to_be_visible()
    holder, round_id = holder_of(site, number)
    phone = visitor(holder, viewport={"width": 320, "height": 800})
    confirmed_on_a_phone(site.open(phone, "stance", id=round_id))
