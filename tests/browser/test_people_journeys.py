"""From an inquiry to a seat that votes, and what goes on while its delegate is away.

Everything is done on the screens and by mail, which a real mail server on this machine takes.
Planted are the table, the rounds, and the hour at which the due work is done. Source: journeys
J6 and J7.
"""

import re
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from coalition.services.notices.composing import From
from coalition.services.notices.smtp import Smtp
from coalition.services.table.ticking import tick
from tests import builders
from tests.browser.asking import EMAIL, ORGANISATION, look_up, send
from tests.browser.site import served, settled, unfold
from tests.browser.small_table import ACCOUNTS, answers, lay, person, press, said
from tests.conftest import SettableClock
from tests.post import Box, a_mail_server

pytestmark = pytest.mark.browser
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(scope="module")
def box():
    with a_mail_server(Box()) as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory, box):
    """A table of its own that sends mail."""
    folder = tmp_path_factory.mktemp("people")
    with served(folder, lay, COALITION_SMTP_URL=box.url) as found:
        yield found


@pytest.fixture
def due_work(site, box):
    """Return a function that does the due work as of an hour from now, as the minute job does."""
    key = (site.folder / "key").read_bytes()
    sender = From(site.url, "Table <table@example.org>", key)

    def do(after=timedelta(0)):
        clock = SettableClock(wiring.clock() + after)
        while "busy_elsewhere" in tick(site.db, clock, post=Smtp(box.url), sender=sender):
            clock.move(seconds=1)

    return do


def a_round(site, **plan):
    convener = person(site, "Casey")
    return builders.a_round(site.db, wiring.clock, convener, rule=builders.QUICK, **plan)


def choose(page, label, option):
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.type(option)
    page.get_by_role("option", name=option).first.click()
    settled(page)


def type_day(page, label, day):
    """Type a day as a person does: the year first, and the rest follows."""
    page.get_by_role("spinbutton", name=f"year, {label}").click()
    page.keyboard.type(f"{day:%Y%m%d}")
    settled(page)


def move(page, stage, step):
    """Move an application on, as a convener does."""
    choose(page, "Stage (required)", stage)
    page.get_by_label("Next step, which the applicant reads").fill(step)
    type_day(page, "By when (required)", wiring.clock() + 20 * DAY)


def ask_and_be_accepted(site, visitor):
    """Let a stranger ask, and a convener answer, screen and accept."""
    stranger = site.open(visitor(), "join")
    receipt = send(stranger)
    desk = site.open(visitor(ACCOUNTS["Casey"]), "inquiries")
    desk.get_by_role("link", name=re.compile(ORGANISATION)).click()
    desk.get_by_label("Answer, which the sender reads").fill("You are welcome here.")
    press(desk, "Give this answer")
    move(desk, "Conversation", "We call you on Monday")
    press(desk, "Begin the application")
    look_up(site.open(stranger, "inquiry"), receipt)
    said(stranger, "Next step: We call you on Monday")
    screen(site, desk)
    move(desk, "Decision", "The conveners decide")
    press(desk, "Move it")
    accept(desk)


def screen(site, desk):
    """Ask the usual questions of the applicant, and write down that all is well."""
    number = re.search(r"id=(\d+)", desk.url)[1]
    site.walk(desk, "intake")
    press(desk, "Begin with the five usual items")
    site.walk(desk, "inquiries", id=number)
    unfold(desk, "Joining checklist")
    for question in desk.get_by_role("radiogroup").all():
        question.get_by_text("Yes", exact=True).click()
    press(desk, "Keep these answers")
    said(desk, "✓ ")


def accept(desk):
    unfold(desk, "Accept: organisation, seat and links")
    choose(desk, "Class (required)", "Patient organisation")
    desk.get_by_text("Yes, one vote", exact=True).click()
    desk.get_by_label("Reason, which the applicant reads (required)").first.fill("You fit.")
    press(desk, "Accept this organisation")
    said(desk, "The link is on its way by mail.")


def begin(page, link):
    """Follow a mailed link, choose a password and set up a second factor."""
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(builders.PASSWORD)
    page.get_by_label("The same password again").fill(builders.PASSWORD)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/today")


def set_up_second_factor(page):
    press(page, "Set up a second factor")
    link = page.get_by_role("link", name="Or open an app on this device")
    phone = pyotp.parse_uri(link.get_attribute("href"))
    page.get_by_label("Code the app shows now").fill(phone.at(wiring.clock()))
    press(page, "Turn it on")
    press(page, "I have kept them")


def test_a_stranger_becomes_a_delegate_who_votes(site, visitor, box, due_work):
    ask_and_be_accepted(site, visitor)
    due_work()
    due_work()
    [invitation] = [mail for mail in box.to(EMAIL) if "/invitation?" in text_of(mail)]
    page = visitor()
    begin(page, re.search(r"https?://\S+/invitation\?\S+", text_of(invitation))[0])
    set_up_second_factor(site.open(page, "account"))
    practise(site.walk(page, "practice"))

    this = a_round(site, closes_at=wiring.clock() + 10 * DAY)
    hear_and_vote(site, page, box, due_work, this)
    hear_the_result(site, box, due_work, this)


def hear_and_vote(site, page, box, due_work, this):
    """Hear once that a round opened and once that it closes, vote, and hear no more of it."""
    box.mails.clear()
    for days in (0, 4, 5):
        due_work(days * DAY)
    opened, reminder = (one["Subject"] for one in box.to(EMAIL))
    assert "a round is open" in opened
    assert "your stance is missing" in reminder
    site.open(page, "stance", id=this.id)
    answers(page, "Support")
    box.mails.clear()
    due_work(9 * DAY + HOUR)
    assert box.to(EMAIL) == [], "who has answered is reminded of nothing"


def hear_the_result(site, box, due_work, this):
    """Hear the result once, when it is published."""
    after = SettableClock(this.closes_at + HOUR)
    rounds.publish(site.db, after, actor=person(site, "Casey"), round_id=this.id)
    for hours in (1, 2):
        due_work(after.hour - wiring.clock() + hours * HOUR)
    [result] = box.to(EMAIL)
    assert "the result is published" in result["Subject"]


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def practise(page):
    page.locator("label").filter(has_text="Support").first.click()
    settled(page)
    page.get_by_text("I may speak for").last.click()
    press(page, "Check before you confirm")
    press(page, "Confirm and record")
    said(page, "Well done")


def test_while_a_delegate_is_away_the_alternate_answers(site, visitor, box, due_work):
    alternate = an_alternate(site)
    ada = site.open(visitor(ACCOUNTS["Ada"]), "organisation")
    go_away(ada)

    box.mails.clear()
    this = a_round(site)
    due_work()
    [told] = box.to(alternate.email)
    assert "a round is open" in told["Subject"]
    assert box.to(person(site, "Ada").email) == []
    page = site.open(visitor(alternate.account_id), "today")
    said(page, "Ada is away until")
    site.walk(page, "stance", id=this.id)
    answers(page, "Support")

    press(ada, "I am back")
    site.walk(ada, "stance", id=this.id)
    said(ada, alternate.name)


def go_away(page):
    unfold(page, "I will be away")
    type_day(page, "Last day away", wiring.clock() + 5 * DAY)
    press(page, "Say so")
    said(page, "Ada: away from")


def test_whose_account_is_closed_is_signed_out_of_the_open_page(site, visitor):
    cleo = site.open(visitor(ACCOUNTS["Cleo"]), "proposals")
    now = wiring.clock()
    administrator = builders.a_person(site.db, role=Role.ADMINISTRATOR, name="Adrian", at=now)
    door = site.open(visitor(administrator.account_id), "accounts")
    choose(door, "Account", "Cleo")
    press(door, "Close this account")
    said(door, "The account is closed")

    cleo.get_by_role("link", name="Today").first.click()
    expect(cleo.get_by_role("heading", level=1)).to_have_text("Sign in")


def an_alternate(site):
    """Seat a second person of Alder."""
    ours = person(site, "Ada").seat.organisation_id
    now = wiring.clock()
    return builders.a_delegate(site.db, organisation_id=ours, rank=1, name="Abel", at=now)
