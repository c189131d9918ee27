"""What is folded away: a form keeps what was typed, whatever is folded over it."""

import pytest
from playwright.sync_api import expect

from coalition.domain.ground.permissions import Role
from tests.browser.site import settled, unfold

pytestmark = pytest.mark.browser


def test_what_was_typed_outlives_the_folding(site, visitor):
    page = site.open(visitor(Role.MEMBER), "lessons")
    unfold(page, "Write a lesson")
    title = page.get_by_label("Title (required)")
    title.fill("Ask before you write")
    settled(page)
    unfold(page, "Write a lesson")
    expect(title).to_be_hidden()
    unfold(page, "Write a lesson")
    expect(title).to_have_value("Ask before you write")
