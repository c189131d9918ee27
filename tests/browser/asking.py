"""Sending an inquiry and looking it up, as a stranger does."""

from playwright.sync_api import Page, expect

from tests.browser.site import settled

ORGANISATION = "Chromium Patients"
EMAIL = "sam@chromium-patients.example"


def button(page: Page, name: str):
    """Return a button by words of its name."""
    return page.get_by_role("button", name=name)


def send(page: Page) -> str:
    """Fill the form, press twice as an impatient person does, and return the code."""
    expect(page.get_by_label("Leave this empty")).to_be_hidden()
    page.get_by_role("combobox", name="Topic (required)").fill("Joining")
    page.get_by_role("option", name="Joining the table").click()
    for label, words in (
        ("Your name", "Sam Rivers"),
        ("Your e-mail", EMAIL),
        ("Your organisation", ORGANISATION),
        ("Your message", "We would like to join."),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_text("Required: you may keep").click()
    button(page, "Send inquiry").dblclick()
    expect(page.get_by_text("Your inquiry is with us.")).to_be_visible()
    settled(page)
    expect(button(page, "Send inquiry")).to_have_count(0)
    return page.locator("code").first.inner_text()


def look_up(page: Page, receipt: str) -> None:
    """Look an inquiry up by its code and address."""
    page.get_by_label("Code (required)").fill(receipt.lower())
    page.get_by_label("Your e-mail").fill(EMAIL)
    button(page, "Look it up").click()
    settled(page)
