"""A delegate signs in, records a stance and sees it counted; with the mouse, and without."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from coalition import wiring
from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import answers
from coalition.services.people.sessions import arrive
from coalition.services.table import today
from coalition.store.schema import account, consensus_round, proposal
from tests.browser.site import PATIENCE, settled
from tests.browser.visits import first_delegate

pytestmark = pytest.mark.browser


def credentials(site, account_id):
    """Return address and password of a demonstration account, as ``make run`` prints them."""
    with site.db.reading() as conn:
        email = conn.scalar(select(account.c.email).where(account.c.id == account_id))
    kept = json.loads(Path(f"{site.db.url.database}-accounts").read_text())
    password = next(one["password"] for one in kept["accounts"] if one["email"] == email)
    return email, password


def somebody_awaited(site):
    """Return a delegate whose organisation a round waits for, and that round.

    Never of the first delegate's: what waits there is for others to look at.
    """
    with site.db.reading() as conn:
        members = conn.scalars(
            select(account.c.id).where(account.c.role == Role.MEMBER).order_by(account.c.id)
        ).all()
    first = first_delegate(site)
    for number in members:
        actor = arrive(site.db, secret=site.secret(number), now=wiring.clock()).actor
        if actor.seat is None or actor.seat.organisation_id == first:
            continue
        for task in today.today(site.db, actor=actor, now=wiring.clock()).waiting:
            this = task.round
            asked = this is not None and this.kind is RoundKind.BINDING
            if asked and answer(site, actor, this.id) is None:  # nothing to confirm, or to change
                return actor, this.id
    raise AssertionError("the demonstration waits for nobody")


def title_of(site, round_id):
    """Return the title of the proposal a round is about."""
    with site.db.reading() as conn:
        return conn.scalar(
            select(proposal.c.title)
            .join(consensus_round, consensus_round.c.proposal_id == proposal.c.id)
            .where(consensus_round.c.id == round_id)
        )


def answer(site, person, round_id):
    """Return what a person's organisation has said in a round."""
    return answers.ours(site.db, actor=person, rounds=[round_id])[round_id].stance


def test_a_delegate_signs_in_records_a_stance_and_sees_it_counted(site, visitor):
    person, round_id = somebody_awaited(site)
    email, password = credentials(site, person.account_id)
    page = visitor()
    page.goto(site.address("stance", id=round_id))
    come_in(page, email, password)
    fill_in(page)
    assert answer(site, person, round_id) is None, "checking records nothing"
    page.get_by_role("button", name="Confirm and record").dblclick()
    expect(page.get_by_text(f"Recorded for {person.seat.organisation}")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_text("Receipt:")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("radio")).to_have_count(0)
    assert answer(site, person, round_id) == "support_with_reservations"
    sees_it_counted(page, person, title_of(site, round_id))


def test_a_stance_can_be_recorded_by_keyboard_alone(site, visitor):
    person, round_id = somebody_awaited(site)
    page = visitor(person.account_id)
    site.open(page, "stance", id=round_id)
    for group in page.get_by_role("radiogroup").all():  # the interest, unless it is on record
        group.get_by_role("radio").first.focus()
        page.keyboard.press("Space")
        settled(page)
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Check before you confirm"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check, then confirm")).to_be_visible(timeout=PATIENCE)
    settled(page)
    tab_to(page, page.get_by_role("button", name="Confirm and record"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded for")).to_be_visible(timeout=PATIENCE)
    assert answer(site, person, round_id) == "support"


def tab_to(page, wanted):
    """Press Tab until ``wanted`` has the focus; fail after more stops than a form has."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.first.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("not reached by Tab")


def come_in(page, email, password):
    """Sign in at the address that was typed, and find the form there."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")
    asked = page.get_by_role("heading", name="Where does our organisation stand?")
    expect(asked).to_be_visible(timeout=PATIENCE)
    settled(page)


def fill_in(page):
    """Choose, give a reservation, say that one may speak, and look at what would be recorded."""
    interest = page.get_by_role("radiogroup", name="Does our organisation have an interest")
    if interest.count():  # else it is on record
        interest.locator("label").first.click()
        settled(page)
    page.locator("label").filter(has_text="± Support with reservations").click()
    page.get_by_label("Our reservation").fill("Small clinics need time to prepare.")
    page.get_by_text("I may speak for").click()
    page.get_by_role("button", name="Check before you confirm").click()
    expect(page.get_by_role("heading", name="Check, then confirm")).to_be_visible(timeout=PATIENCE)


def sees_it_counted(page, person, title):
    """Find the answer on the proposal, among the stances, and gone from Today."""
    page.get_by_role("link", name="Back to the proposal").click()
    expect(page.get_by_text("Your organisation said: Support with reservations.")).to_be_visible(
        timeout=PATIENCE
    )
    settled(page)
    page.get_by_text("Stances", exact=True).click()
    row = page.get_by_role("row", name=person.seat.organisation)
    expect(row).to_contain_text("± Support with reservations")
    page.get_by_role("link", name="Today").first.click()
    expect(page.get_by_role("heading", name="What waits for us?")).to_be_visible(timeout=PATIENCE)
    settled(page)
    expect(page.get_by_test_id("stMain")).not_to_contain_text(title)
