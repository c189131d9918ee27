"""Rules as an administrator meets them."""

import json

import pytest

from coalition.domain.deliberation.presets import get
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import presets
from tests.builders import a_person, a_table
from tests.pages.screen import press, shown, write


@pytest.fixture
def admin(db):
    a_table(db, organisations=4)
    return a_person(db, role=Role.ADMINISTRATOR, name="Ada Admin")


def look_at(app, code):
    app.selectbox(key="rule-shown").set_value(code).run()
    assert not app.exception, app.exception
    return app


def number(app, label):
    (found,) = [field for field in app.number_input if field.label == label]
    return found


def as_data(app, told):
    app.toggle[0].set_value(True).run()
    app.text_area[0].input(told).run()
    assert not app.exception, app.exception
    return app


def kept(db, admin):
    return presets.list_versions(db, actor=admin)


def test_a_built_in_rule_stands_in_words_and_is_tried_on_the_roll(visit, admin):
    app = visit("rules", as_=admin)
    assert "Quorum: at least half of the organisations in the base" in shown(app)
    assert len(app.table[0].value) >= 5
    assert "No rule of this table's own yet" in shown(app)


def test_a_rule_with_other_numbers_is_kept_by_name_and_listed(visit, db, admin):
    app = look_at(visit("rules", as_=admin), "simple_majority")
    number(app, "Hours it stays open at least").set_value(72).run()
    assert "It is open for at least 3 days (72 hours)." in shown(app)
    write(app, "Name of the rule", "Slow majority")
    press(app, "Keep as a new rule")
    assert "Kept as version 1." in app.success[0].value
    (made,) = kept(db, admin)
    assert (made.name, made.rule.window_hours) == ("Slow majority", 72)
    listed = app.table[-1].value
    assert list(listed.iloc[0])[:4] == ["Slow majority", 1, "Simple majority", "Ada Admin"]


def test_the_next_version_is_made_from_the_last(visit, db, clock, admin):
    first = presets.add_preset(
        db, clock, actor=admin, base="two_thirds", name="Ours", rule=get("two_thirds").rule,
        token="t",
    )  # fmt: skip
    app = look_at(visit("rules", as_=admin), first.code)
    number(app, "Hours it stays open at least").set_value(48).run()
    press(app, "Keep as the next version")
    assert [(one.number, one.rule.window_hours) for one in kept(db, admin)] == [(2, 48), (1, None)]


def test_a_rule_without_a_name_is_told_at_the_field_and_nothing_is_lost(visit, db, admin):
    app = look_at(visit("rules", as_=admin), "simple_majority")
    number(app, "Hours it stays open at least").set_value(72).run()
    press(app, "Keep as a new rule")
    assert "Name of the rule: please fill this in." in app.error[0].value
    assert number(app, "Hours it stays open at least").value == 72
    assert kept(db, admin) == ()


def test_a_rule_can_be_written_as_data(visit, db, admin):
    app = visit("rules", as_=admin)
    told = json.dumps({"min_support": 2, "max_objections": 0})
    write(app, "Name of the rule", "Two and none")
    as_data(app, told)
    assert "One objection blocks it." in shown(app)
    press(app, "Keep as a new rule")
    assert kept(db, admin)[0].rule.to_json() == {"min_support": 2, "max_objections": 0}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ('{"quorum": {"num": 3, "den": 2}}', "rule.quorum.num: must not be above den"),
        ('{"quorm": 1}', "rule.quorm: is not a name that belongs here"),
        ('{"min_support": -1}', "rule.min_support: must be 0 or more"),
        ('{"min_support": 1, "min_support": 2}', "min_support: stands twice"),
        ("[]", "rule: must be an object"),
        ("{nonsense", "This cannot be read as JSON."),
        ('{"min_support": NaN}', "This cannot be read as JSON."),
        ("[" * 4_000, "This cannot be read as JSON."),
        ("", "This cannot be read as JSON."),
    ],
)
def test_data_that_is_no_rule_is_refused_with_the_field_named(visit, db, admin, told, why):
    app = as_data(visit("rules", as_=admin), told)
    assert why in app.error[0].value
    assert not [button for button in app.button if button.label.startswith("Keep")]
    assert kept(db, admin) == ()


def test_a_rule_that_silence_satisfies_is_warned_about(visit, admin):
    app = as_data(visit("rules", as_=admin), '{"max_objections": 0}')
    assert "silence alone can adopt" in app.warning[0].value


def test_a_sign_on_has_no_numbers(visit, admin):
    app = look_at(visit("rules", as_=admin), "sign_on")
    assert "Who signs, signs for itself" in shown(app)
    assert not app.number_input


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.CONVENER])
def test_others_are_told_it_is_not_part_of_their_role(visit, db, role):
    app = visit("rules", as_=a_person(db, role=role))
    assert [title.value for title in app.title] == ["Not part of your role"]


def test_a_stranger_is_asked_to_sign_in(visit):
    assert [title.value for title in visit("rules").title] == ["Sign in"]


def test_the_page_asks_little_of_the_database(visit, admin, asked):
    assert asked(visit("rules", as_=admin)) <= 12
