"""An applicant takes an inquiry back: the person goes, the count stays."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.applications import Ending
from coalition.domain.people.inquiries import InquiryUnknown
from coalition.services.people import applications, asking, inquiries
from coalition.store.ground import audit
from tests.builders import a_person
from tests.joining import FORM, begun, own, sent


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


def withdrawn(db, clock, receipt, email=FORM.email):
    asking.withdraw_inquiry(db, clock, receipt=receipt, email=email, token="withdraw")


def test_withdrawing_erases_the_person_and_keeps_the_count(db, clock, convener):
    inquiry_id, receipt = sent(db, clock)
    begun(db, clock, convener, inquiry_id)

    for _ in range(2):  # a double click
        withdrawn(db, clock, receipt)

    [kept] = inquiries.queue(db, actor=convener, now=clock(), closed=True)
    assert (kept.inquiry.receipt, kept.inquiry.name, kept.inquiry.email) == (receipt, "", "")
    way = applications.way(db, actor=convener, inquiry_id=inquiry_id, now=clock())
    assert way.application.ending is Ending.WITHDRAWN
    assert [(past.by_applicant, past.step.next_step) for past in way.history] == [
        (False, ""),
        (True, ""),
    ]
    with pytest.raises(InquiryUnknown):
        own(db, clock, receipt)
    with db.reading() as conn:
        [last, *rest] = audit.trail(conn)
    assert (last.actor, last.action) == ("public", "inquiry.withdrawn")
    assert [one.action for one in rest] == ["application.begun", "inquiry.sent"]


@pytest.mark.parametrize(("receipt", "email"), [(None, "x@y.example"), ("2222-2222", FORM.email)])
def test_a_stranger_withdraws_nothing(db, clock, receipt, email):
    _, mine = sent(db, clock)

    with pytest.raises(InquiryUnknown):
        withdrawn(db, clock, receipt or mine, email)

    assert own(db, clock, mine).receipt == mine
