"""Whoever is signed out and types an address sees nothing of members."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import or_, select

from coalition.store.schema import account, consensus_round, proposal
from coalition.ui.screens import SCREENS

pytestmark = pytest.mark.browser
NUMBERED = {"proposal", "stance", "round", "inquiries", "draft"}  # that show one thing by ?id=
PUBLIC = ("welcome", "positions", "calendar", "how", "privacy")


def secrets(site):
    """Return titles that are not public, and people's names and addresses."""
    with site.db.reading() as conn:
        public = select(consensus_round.c.proposal_id).where(
            consensus_round.c.published_at.is_not(None)
        )
        titles = conn.scalars(select(proposal.c.title).where(proposal.c.id.not_in(public)))
        people = conn.execute(select(account.c.name, account.c.email))
        told = [*titles, *(word for person in people for word in person)]
    return [word for word in told if " " in word or "@" in word]  # "Observer" is a word of scripts


def test_a_signed_out_visitor_who_types_each_address_sees_nothing_of_members(site, visitor):
    hidden = secrets(site)
    assert len(hidden) > 10
    page = visitor()
    for screen in SCREENS:
        if screen.permission is None:
            continue
        for query in ({}, {"id": 1}) if screen.key in NUMBERED else ({},):
            site.open(page, screen.key, **query)
            expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
            shown = page.content()
            assert [word for word in hidden if word in shown] == [], screen.key


def test_public_pages_hold_nothing_of_members_either(site, visitor):
    hidden = secrets(site)
    page = visitor()
    for key in PUBLIC:
        site.open(page, key)
        shown = page.content()
        assert [word for word in hidden if word in shown] == [], key
    with site.db.reading() as conn:
        unpublished = conn.scalars(
            select(consensus_round.c.id).where(
                or_(consensus_round.c.published_at.is_(None), consensus_round.c.ending.is_not(None))
            )
        ).all()
    for number in unpublished[:3]:
        site.open(page, "positions", id=number)
        expect(page.get_by_text("No public result here")).to_be_visible()
