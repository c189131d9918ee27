"""Inquiries and applications for tests, each in one line."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count

from sqlalchemy import select

from coalition.domain.people.admissions import Acceptance, Guest, Refusal
from coalition.domain.people.applications import Plan, Stage
from coalition.domain.people.inquiries import InquiryForm, Topic
from coalition.domain.people.organisations import OrganisationKind, Profile
from coalition.domain.people.screening import Answer, Given, Wording
from coalition.domain.people.templates import Template
from coalition.services.people import admissions, applications, asking, screening, templates
from coalition.store.people import inquiries as store
from coalition.store.schema import screening_version

PROFILE = Profile("River Alliance", kind=OrganisationKind.PATIENT_MEMBER, votes=True)

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
    click = f"joining {next(_number)}"
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


def every_deed(db, clock, convener, buddy):
    """Lay what each deed of joining needs; return how each is done, by its name in DEEDS."""
    by = {"actor": convener}
    due = clock().date() + timedelta(days=30)
    open_, moved, accepted, refused, admitted = (sent(db, clock)[0] for _ in range(5))
    begun(db, clock, convener, moved, due=due)
    for one in (accepted, refused, admitted):
        begun(db, clock, convener, one, stage=Stage.DECISION, due=due)
    yes = partial(_yes, PROFILE)
    admissions.accept(
        db, clock, **by, inquiry_id=admitted, acceptance=yes("Laid", "laid"), token="admitted"
    )
    wording = Wording("Does it work nationally?", required=False)
    screening.add_items(db, clock, **by, wordings=[wording], token="checklist")
    template = Template("Welcome", "Hello {name}")
    kept = templates.save_template(db, clock, **by, template=template, token="template")
    with db.reading() as conn:
        item, version = conn.execute(
            select(screening_version.c.item_id, screening_version.c.id)
        ).first()
    given = Given(item, version, Answer.YES, "")
    return {
        "people.applications.begin": {
            **by, "inquiry_id": open_, "plan": plan(convener, due=due), "token": "t",
        },
        "people.applications.move": {
            **by, "inquiry_id": moved, "plan": plan(convener, Stage.APPLICATION, due=due),
            "seen": 1, "token": "t",
        },
        "people.admissions.accept": {
            **by, "inquiry_id": accepted, "acceptance": yes("New", "new.one"), "token": "t",
        },
        "people.admissions.refuse": {
            **by, "inquiry_id": refused, "refusal": Refusal("Too young.", due), "token": "t",
        },
        "people.onboarding.set_buddy": {
            **by, "inquiry_id": admitted, "account_id": buddy.account_id, "token": "t",
        },
        "people.screening.add_items": {**by, "wordings": [wording], "token": "t"},
        "people.screening.edit_item": {
            **by, "item_id": item, "seen": version, "wording": replace(wording, required=True),
            "token": "t",
        },
        "people.screening.answer_items": {
            **by, "inquiry_id": moved, "answers": [given], "token": "t",
        },
        "people.templates.save_template": {
            **by, "template": Template("Later", "We write again."), "token": "t",
        },
        "people.templates.drop_template": {**by, "template_id": kept, "token": "t"},
    }  # fmt: skip


def _yes(profile, name, address):
    guest = Guest("Sam Rivers", f"{address}@rivers.example")
    return Acceptance(replace(profile, name=f"{name} River Alliance"), (guest,), "You fit.", "")
