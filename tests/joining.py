"""Inquiries and applications for tests, each in one line."""

from dataclasses import replace
from datetime import date
from itertools import count

from coalition.domain.people.applications import Plan, Stage
from coalition.domain.people.inquiries import InquiryForm, Topic
from coalition.services.people import applications, asking
from coalition.store.people import inquiries as store

FORM = InquiryForm(
    topic=Topic.JOIN,
    name="Sam Rivers",
    email="sam@rivers.example",
    organisation="River Alliance",
    role="Director",
    message="We would like to join.",
    pillars=(),
    consent=True,
)
DUE = date(2026, 11, 20)
_number = count(1)


def sent(db, clock, **changes):
    """Send an inquiry and return its number and its receipt."""
    click = f"inquiry {next(_number)}"
    form = replace(FORM, **changes)
    receipt = asking.send_inquiry(db, clock, form=form, source_key=click, token=click).receipt
    with db.reading() as conn:
        return store.find_by_receipt(conn, receipt).id, receipt


def own(db, clock, receipt, email=FORM.email):
    """Look an inquiry up as its sender."""
    return asking.look_up(db, receipt=receipt, email=email, now=clock())


def plan(owner, stage=Stage.CONVERSATION, step="We call you", due=DUE):
    """Return what a convener fills in to move an application."""
    return Plan(stage, owner.account_id, step, due)


def begun(
    db, clock, convener, inquiry_id, *, owner=None, token=None, stage=Stage.CONVERSATION, due=DUE
):
    """Make an application of an inquiry."""
    return applications.begin(
        db,
        clock,
        actor=convener,
        inquiry_id=inquiry_id,
        plan=plan(owner or convener, stage, due=due),
        token=token or f"application {next(_number)}",
    )
