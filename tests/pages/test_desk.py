"""The desk as a convener meets it."""

import pytest

from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import Role
from coalition.domain.people.inquiries import InquiryForm, Topic
from coalition.services.people import asking
from tests import learning
from tests.builders import (
    QUICK,
    a_ballot,
    a_person,
    a_proposal,
    a_round,
    a_table,
    an_organisation,
)
from tests.pages.screen import links, press, shown


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


RECEIPT = "Do you have a receipt?"  # the last section, whatever waits above it


def titled(db, clock, convener, title, **plan):
    subject = a_proposal(db, clock, convener, title=title)
    return a_round(db, clock, convener, proposal_id=subject, rule=QUICK, **plan)


def an_inquiry(db, clock, organisation):
    form = InquiryForm(
        topic=Topic.JOIN,
        name="Robin",
        email="robin@asker.example",
        organisation=organisation,
        role="",
        message="May we come?",
        pillars=(),
        consent=True,
    )
    asking.send_inquiry(db, clock, form=form, source_key="s", token=organisation)


def sections(app):
    return [heading.value for heading in app.header if heading.value != RECEIPT]


def test_a_clear_desk_says_so(visit, table):
    app = visit("desk", as_=table[0])
    assert "Nothing needs you now" in shown(app)
    assert not app.metric


def test_each_queue_has_its_count_and_leads_to_what_can_be_done(visit, db, clock, table):
    convener, delegates = table
    titled(db, clock, convener, "Done", days=1)
    clock.move(days=2)
    titled(db, clock, convener, "Soon", days=2)
    far = titled(db, clock, convener, "Disputed", days=30)
    for delegate in delegates[:2]:
        a_ballot(db, clock, delegate, far, "object")
    an_organisation(db, name="Nobody's Seat")
    app = visit("desk", as_=convener)
    assert sections(app) == [
        "Closing soon: 1", "Objections open: 1", "Closed, not published: 1",
        "Seats without a delegate: 1",
    ]  # fmt: skip
    assert [metric.value for metric in app.metric] == ["1", "1", "1", "0"]
    labels = links(app)
    assert [f"**{title}**" in labels for title in ("Done", "Soon", "Disputed")] == [True] * 3
    assert "Nobody's Seat" in shown(app)


def test_a_round_half_over_with_few_answers_is_low_in_turnout(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Quiet", days=20)
    a_ballot(db, clock, delegates[0], this, "support")
    assert "Few have answered: 1" not in sections(visit("desk", as_=convener))
    clock.move(days=10)
    app = visit("desk", as_=convener)
    assert sections(app) == ["Few have answered: 1"]
    assert "1 of 4 have answered" in shown(app)


def test_a_hidden_objection_is_not_on_the_desk(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Hidden", days=2, results=Results.HIDDEN)
    before = shown(visit("desk", as_=convener))
    a_ballot(db, clock, delegates[0], this, "object")
    app = visit("desk", as_=convener)
    assert sections(app) == ["Closing soon: 1"]
    assert shown(app) == before.replace("0 of 4 have answered", "1 of 4 have answered")


def test_inquiries_stand_by_age_and_late_ones_are_marked(visit, db, clock, table):
    an_inquiry(db, clock, "First Asker")
    clock.move(days=3)
    an_inquiry(db, clock, "Second Asker")
    clock.move(days=5)
    app = visit("desk", as_=table[0])
    asked = [label for label in links(app) if "Asker" in label]
    assert asked == ["**First Asker**", "**Second Asker**"]
    assert sections(app) == ["Inquiries waiting: 2"]
    assert [metric.value for metric in app.metric][3] == "1"
    assert shown(app).count("nobody has taken it yet") == 2


def test_the_one_button_leads_to_opening_a_round(visit, table):
    app = press(visit("desk", as_=table[0]), "Put a proposal to the table")
    assert [title.value for title in app.title] == ["Run a round"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_others_are_told_it_is_not_part_of_their_role(visit, db, role):
    app = visit("desk", as_=a_person(db, role=role))
    assert [title.value for title in app.title] == ["Not part of your role"]


def test_a_stranger_is_asked_to_sign_in(visit):
    assert [title.value for title in visit("desk").title] == ["Sign in"]


def test_a_lesson_that_waits_leads_to_where_it_is_published(visit, db, clock, table):
    convener, (delegate, *_) = table
    learning.a_lesson(db, clock, delegate, title="Ask by *phone*")
    app = visit("desk", as_=convener)
    assert sections(app) == ["Lessons not published: 1"]
    assert "**Ask by \\*phone\\***" in links(app)
    assert delegate.seat.organisation in shown(app)


def test_a_full_desk_asks_as_little_as_a_short_one(visit, db, clock, table, asked):
    convener, _ = table
    titled(db, clock, convener, "One", days=2)
    of_one = asked(visit("desk", as_=convener))
    for _ in range(6):
        titled(db, clock, convener, "More", days=2)
    assert asked(visit("desk", as_=convener)) == of_one <= 20
