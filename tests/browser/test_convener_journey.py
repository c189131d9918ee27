"""A convener puts a proposal to the table, sees it on the board, closes it and publishes it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from coalition import wiring
from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import AccountId, Actor, Role
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation import ballots
from coalition.services.deliberation.ballots import BallotForm
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.people import seats
from coalition.store.schema import seat
from tests import builders
from tests.browser.site import settled, unfold

pytestmark = pytest.mark.browser

TITLE = "Put the number of the poison line on every label"


@pytest.fixture(scope="module")
def subject(site):
    """A submitted proposal that no round was opened on."""
    convener = Actor(AccountId(site.person(Role.CONVENER)), "Convener", "", Role.CONVENER)
    return builders.a_proposal(site.db, wiring.clock, convener, title=TITLE, pillar=Pillar.EQUITY)


def pick(page, label):
    page.get_by_text(label, exact=True).first.click()
    settled(page)


def everyone_supports(site, round_id):
    """Let each organisation on the roll say yes, by a delegate of its own."""
    now = datetime.now(UTC)
    with site.db.reading() as conn:
        this = rounds_store.get(conn, round_id)
        roll = rounds_store.roll(conn, round_id)
    for organisation_id, name in roll.items():
        delegate = _delegate(site.db, organisation_id, now)
        form = BallotForm(
            round_id, this.version_id, Stance.SUPPORT, Words("", "", f"I speak for {name}"), None,
            f"journey {organisation_id}", disclosure=DisclosureForm(Interest.NONE),
        )  # fmt: skip
        ballots.cast_ballot(site.db, wiring.clock, actor=delegate, form=form)


def _delegate(db, organisation_id, now):
    holders = select(seat.c.account_id).where(seat.c.organisation_id == organisation_id)
    with db.reading() as conn:
        for account_id in conn.scalars(holders).all():
            held = seats.held(conn, account_id, now)
            if held is not None:
                return Actor(AccountId(account_id), "", "", Role.MEMBER, held)
    began = now - timedelta(days=1)
    person = builders.a_person(db, at=began)
    builders.a_seat(db, organisation_id, person.account_id, rank=9, from_at=began)
    return person


def open_round(page):
    """Fill the form as a convener does, and open the round."""
    pick(page, "Consensus call")
    page.get_by_role("combobox", name="By which rule?").click()
    page.get_by_role("option", name="Simple majority").click()
    settled(page)
    expect(page.get_by_text("Quorum: at least half of the organisations")).to_be_visible()
    pick(page, "Stances can be seen while it is open")
    pick(page, "As soon as I press the button")
    page.get_by_text("In 14 days").click()
    settled(page)
    why = "Champion asked for its interests: why can it open without?"
    page.get_by_label(why).fill("No organisation champions it.")
    pick(page, "This is what I want to put to the table")
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_text("The round is opened. It closes")).to_be_visible()


def close_early(page):
    unfold(page, "Close it early")
    page.get_by_role("button", name="Close the round now").click()
    expect(page.get_by_text("Closed. The verdict is frozen.")).to_be_visible()


def test_a_convener_opens_closes_and_publishes_and_the_public_reads_it(site, visitor, subject):
    page = site.open(visitor(Role.CONVENER), "round", id=subject)
    open_round(page)
    site.open(page, "board", pillar="equity")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()

    with site.db.reading() as conn:
        (opened,) = rounds_store.of_proposal(conn, subject)
    everyone_supports(site, RoundId(opened.id))
    site.open(page, "round", id=subject)
    close_early(page)
    site.open(page, "round", id=subject)
    expect(page.get_by_text("votes cast support it").first).to_be_visible()

    stranger = site.open(visitor(), "positions")
    expect(stranger.get_by_text(TITLE)).to_have_count(0)
    page.get_by_role("button", name="Publish the result").click()
    expect(page.get_by_text("The public can read this result now.")).to_be_visible()
    site.open(stranger, "positions")
    expect(stranger.get_by_text(TITLE).first).to_be_visible()


def test_a_link_to_a_filtered_board_means_the_same_in_both_languages(site, visitor):
    def cards(**query):
        page = site.open(visitor(Role.CONVENER), "board", **query)
        assert ("pillar" in query) == bool(re.search("pillar=(equity|access)", page.url)), page.url
        return page.locator("[class*='st-key-titled-']").count()

    english, spanish = (cards(pillar="equity,access", lang=code) for code in ("en", "es"))
    assert 0 < english == spanish < cards()
