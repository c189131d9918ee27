"""The rules to choose from: the default to the letter, and each on its own line."""

import pytest

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.presets import DEFAULT, PRESETS, PresetUnknown
from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.words.rules import PRESETS as NAMES
from coalition.words.rules import rule_in_words

LETTERS = {
    "s": Stance.SUPPORT, "r": Stance.SUPPORT_WITH_RESERVATIONS, "a": Stance.ABSTAIN,
    "d": Stance.STAND_ASIDE, "o": Stance.OBJECT, "x": Stance.RECUSED,
}  # fmt: skip


def outcome(code, ballots, *, eligible, **state) -> str:
    tally = Tally.of([LETTERS[letter] for letter in ballots], eligible=eligible)
    case = Case(tally, **{"hours_open": 1000, **state})
    return decide(presets.get(code).rule, case).outcome.value


def test_the_default_is_the_working_table_s_rule_to_the_letter() -> None:
    votes_cast = ["support", "support_with_reservations", "object"]

    assert DEFAULT == "working_table"
    assert PRESETS[0].code == DEFAULT
    assert presets.get(DEFAULT).rule.to_json() == {
        "quorum": {"num": 1, "den": 2},
        "approval": {"num": 2, "den": 3, "of": votes_cast},
        "min_support": {"num": 1, "den": 3},
        "objections_need_reasons": True,
        "over_objection": {"num": 2, "den": 3, "of": "roll"},
        "window_hours": 336,
    }


@pytest.mark.parametrize(
    ("code", "ballots", "eligible", "expected"),
    [
        ("working_table", "sssssaaa", 15, "adopted"),
        ("working_table", "ssssaaaa", 15, "not_adopted"),
        ("working_table", "ssssssso", 15, "recirculate"),
        ("consensus", "saaaa", 10, "adopted"),
        ("consensus", "aaaaa", 10, "not_adopted"),
        ("consensus", "sssss" + "o", 10, "blocked"),
        ("consensus", "ssss", 10, "no_quorum"),
        ("consensus_minus_one", "sssso", 10, "adopted"),
        ("consensus_minus_one", "sssoo", 10, "blocked"),
        ("consent", "s", 10, "adopted"),
        ("consent", "ssssssssso", 10, "blocked"),
        ("consent", "aaa", 10, "not_adopted"),
        ("two_thirds", "ssssoo", 12, "adopted"),
        ("two_thirds", "sssooa", 12, "not_adopted"),
        ("two_thirds", "sssso", 12, "no_quorum"),
        ("three_quarters", "ssso" + "aa", 12, "adopted"),
        ("three_quarters", "ssssoo", 12, "not_adopted"),
        ("simple_majority", "sssooo", 12, "not_adopted"),
        ("simple_majority", "ssssooo", 12, "adopted"),
        ("bylaw_change", "s" * 9, 12, "adopted"),
        ("bylaw_change", "s" * 8 + "x", 12, "not_adopted"),
        ("rapid_response", "sso", 12, "adopted"),
        ("rapid_response", "so", 12, "not_adopted"),
        ("last_call", "s" * 8, 10, "adopted"),
        ("last_call", "s" * 7, 10, "pending"),
        ("iso_ballot", "s" * 9 + "ooo", 20, "adopted"),
        ("iso_ballot", "s" * 8 + "ooo", 20, "not_adopted"),
        ("consensus_body", "s" * 6, 10, "adopted"),
        ("consensus_body", "s" * 5, 10, "no_quorum"),
        ("consensus_body", "ssssoo", 10, "recirculate"),
        ("consensus_body", "sssooo", 10, "not_adopted"),
    ],
)
def test_a_preset_decides_on_its_line(code, ballots, eligible, expected) -> None:
    assert outcome(code, ballots, eligible=eligible) == expected


def test_an_objection_without_a_reason_blocks_no_consent() -> None:
    ballots = [Stance.SUPPORT, Stance.OBJECT]
    tally = Tally.of(ballots, eligible=2, objections_without_reason=1)

    assert decide(presets.get("consent").rule, Case(tally)).outcome.value == "adopted"


@pytest.mark.parametrize(
    ("code", "hours"), [("working_table", 336), ("rapid_response", 24), ("last_call", 240)]
)
def test_a_preset_waits_as_long_as_it_says(code, hours) -> None:
    everyone = "s" * 6

    assert outcome(code, everyone, eligible=6, hours_open=hours - 1) == "pending"
    assert outcome(code, everyone, eligible=6, hours_open=hours) == "adopted"


def test_an_open_concern_holds_a_last_call() -> None:
    assert outcome("last_call", "ssssss", eligible=6, open_concerns=1) == "pending"


def test_a_consensus_body_goes_round_only_once() -> None:
    assert outcome("consensus_body", "ssssoo", eligible=10, recirculated=True) == "adopted"


def test_only_a_rapid_response_asks_for_the_reason_of_its_hurry() -> None:
    assert [one.code for one in PRESETS if one.needs_urgency] == ["rapid_response"]
    assert presets.needs_urgency("rapid_response")
    assert not presets.needs_urgency("a_rule_of_our_own")


def test_only_a_sign_on_decides_nothing() -> None:
    assert [one.code for one in PRESETS if one.rule is None] == ["sign_on"]
    assert [one.code for one in PRESETS if one.kind is RoundKind.SIGN_ON] == ["sign_on"]


def test_every_preset_has_a_name_and_its_rule_in_words() -> None:
    assert [one.code for one in PRESETS] == list(NAMES)
    assert all(rule_in_words(one.rule) for one in PRESETS)


def test_no_preset_adopts_by_silence() -> None:
    assert all(one.rule.needs_support for one in PRESETS if one.rule)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(PresetUnknown):
        presets.get("coin_toss")
