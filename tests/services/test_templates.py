"""Reply templates: kept, changed, dropped, and filled in without a trick."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.ground.text import TextMissing
from coalition.domain.people.templates import (
    PlaceUnknown,
    Template,
    TemplateNameTaken,
    TemplateNotFound,
)
from coalition.services.people import templates
from tests.builders import a_person


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER)


def saved(db, clock, convener, name="Welcome", body="Dear {name}", number=None, click=None):
    template = Template(name, body, number)
    token = click or f"{name}{body}"
    return templates.save_template(db, clock, actor=convener, template=template, token=token)


def test_templates_are_kept_changed_and_dropped(db, clock, convener):
    number = saved(db, clock, convener)
    assert saved(db, clock, convener) == number  # a double click
    saved(db, clock, convener, "Later", "We write again.")
    saved(db, clock, convener, "WELCOME", "Hello {name} of {organisation}", number)

    [later, welcome] = templates.templates(db, actor=convener)
    assert (later.name, welcome.name, welcome.id) == ("Later", "WELCOME", number)
    for _ in range(2):
        templates.drop_template(db, clock, actor=convener, template_id=number, token="drop")

    assert templates.templates(db, actor=convener) == (later,)
    with pytest.raises(TemplateNotFound):
        saved(db, clock, convener, number=number, click="late")


def test_two_templates_of_one_name_are_refused(db, clock, convener):
    saved(db, clock, convener)

    with pytest.raises(TemplateNameTaken):
        saved(db, clock, convener, "welcome", "Other")


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (" ", TextMissing),
        ("Dear {first_name}", PlaceUnknown),
        ("{}", PlaceUnknown),
        ("{name.__class__}", PlaceUnknown),
    ],
)
def test_only_name_and_organisation_can_be_filled_in(db, clock, convener, body, finding):
    with pytest.raises(finding):
        saved(db, clock, convener, body=body)


def test_braces_in_what_a_sender_wrote_stay_as_they_are():
    template = Template("Welcome", "Dear {name} of {organisation} {")

    filled = template.filled(name="{organisation}", organisation="{0.__class__}")

    assert filled == "Dear {organisation} of {0.__class__} {"
