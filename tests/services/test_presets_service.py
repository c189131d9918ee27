"""The table's own rules, version by version."""

from dataclasses import replace

import pytest

from coalition.domain.deliberation.plans import RuleMissing
from coalition.domain.deliberation.presets import PRESETS, PresetUnknown, get
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.text import TextMissing
from coalition.services.deliberation import presets
from coalition.store.ground import audit
from tests.builders import a_person

MAJORITY = get("simple_majority").rule
SLOWER = replace(MAJORITY, window_hours=72)


@pytest.fixture
def add(db, clock):
    admin = a_person(db, role=Role.ADMINISTRATOR)

    def made(**asked):
        usual = {"actor": admin, "base": "simple_majority", "name": "Slow majority"}
        asked = usual | {"rule": SLOWER, "token": "one"} | asked
        return presets.add_preset(db, clock, **asked)

    made.admin = admin
    return made


def own(db, actor):
    return [one for one in presets.list_choices(db, actor=actor) if one.number]


def test_conveners_are_offered_the_built_in_rules_first(db):
    choices = presets.list_choices(db, actor=a_person(db, role=Role.CONVENER))
    assert [one.code for one in choices] == [one.code for one in PRESETS]


def test_a_rule_made_from_a_built_in_one_is_on_offer(db, add):
    made = add()
    (choice,) = own(db, add.admin)
    assert (choice.code, choice.name, choice.number) == (made.code, "Slow majority", 1)
    assert choice.rule == SLOWER
    assert made.code.startswith("simple_majority.")


def test_the_next_version_takes_its_place_and_the_first_stays_readable(db, add):
    first = add()
    second = add(base=first.code, name="Slower majority", rule=replace(SLOWER, window_hours=96),
                 token="two")  # fmt: skip
    assert (second.code, second.number) == (first.code, 2)
    assert [one.rule.window_hours for one in own(db, add.admin)] == [96]
    kept = presets.list_versions(db, actor=add.admin)
    assert [(one.number, one.rule.window_hours) for one in kept] == [(2, 96), (1, 72)]


def test_two_rules_made_from_one_are_two_rules(db, add):
    codes = {add().code, add(name="Another", token="two").code}
    assert len(codes) == 2
    assert len(own(db, add.admin)) == 2


def test_a_double_click_makes_one_version(db, add):
    assert add() == add()
    assert len(presets.list_versions(db, actor=add.admin)) == 1


def test_saying_the_same_again_makes_no_version(add):
    first = add()
    assert add(base=first.code, token="two") == first


def test_each_version_is_in_the_trail_with_the_fingerprint_of_its_rule(db, add):
    made = add()
    with db.reading() as conn:
        (entry,) = audit.trail(conn, action="preset.added")
    assert entry.subject == f"preset:{made.code}"
    assert entry.detail["number"] == 1
    assert len(entry.detail["rule"]) == 64


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.CONVENER])
def test_only_administrators_make_rules_and_read_their_versions(db, add, role):
    person = a_person(db, role=role)
    with pytest.raises(PermissionMissing):
        add(actor=person)
    with pytest.raises(PermissionMissing):
        presets.list_versions(db, actor=person)


def test_a_stranger_is_asked_to_sign_in(db, add):
    with pytest.raises(SignInNeeded):
        add(actor=None)
    with pytest.raises(SignInNeeded):
        presets.list_choices(db, actor=None)


def test_a_rule_without_a_name_is_refused(add):
    with pytest.raises(TextMissing):
        add(name="  ")


def test_a_sign_on_has_no_numbers_to_change(add):
    with pytest.raises(RuleMissing):
        add(base="sign_on", rule=None)


def test_a_rule_from_nowhere_is_refused(add):
    with pytest.raises(PresetUnknown):
        add(base="no_such_rule")


def test_a_rule_made_from_a_hurried_one_asks_for_the_reason_too(db, add):
    add(base="rapid_response", name="Two days", rule=replace(get("rapid_response").rule,
                                                             window_hours=48))  # fmt: skip
    assert own(db, add.admin)[0].needs_urgency
