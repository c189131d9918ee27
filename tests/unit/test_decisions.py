"""The engine against published cases, against the house's own, and against malformed data."""

import json
import re
from pathlib import Path

import pytest

from coalition.domain.deliberation import judging
from coalition.domain.deliberation.decisions import StillNeeded, Verdict, decide
from coalition.domain.deliberation.rules import MalformedRule, Rule
from coalition.domain.deliberation.shares import Share
from coalition.domain.deliberation.stances import STANCES, Stance
from coalition.domain.deliberation.tallies import Case, MalformedCase, Tally
from coalition.words.malformed import FINDINGS
from coalition.words.reasons import REASONS
from coalition.words.verdicts import explanation, rule_in_words, still_needed_in_words

CASES = Path(__file__).parents[1] / "cases"
PUBLISHED = json.loads((CASES / "decisions.json").read_text())
HOUSE = json.loads((CASES / "house.json").read_text())
VOTES_CAST = ["support", "support_with_reservations", "object"]


def named(case) -> str:
    return case["id"]


def verdict_of(case) -> Verdict:
    return decide(Rule.from_json(case["rule"]), Case.from_json(case))


@pytest.mark.parametrize("case", PUBLISHED, ids=named)
def test_a_published_case_is_answered_as_published(case) -> None:
    verdict = verdict_of(case)

    answered = {"quorum_met": verdict.quorum_met, "outcome": verdict.outcome.value}
    assert answered == case["expected"], case["why"]


@pytest.mark.parametrize("case", HOUSE, ids=named)
def test_a_case_of_our_own_is_answered_as_worked_out_by_hand(case) -> None:
    frozen = verdict_of(case).to_json()

    expected = case["expected"]
    assert {key: frozen[key] for key in expected} == expected, case["why"]


def test_every_published_and_house_case_is_there() -> None:
    assert len(PUBLISHED) == 31
    assert len({case["id"] for case in PUBLISHED + HOUSE}) == len(PUBLISHED) + len(HOUSE)


def test_the_house_cases_reach_every_reason_and_every_key() -> None:
    source = Path(judging.__file__).read_text()
    reasons = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', source))
    reached = {case["expected"]["reason"] for case in HOUSE}
    keys = {key for case in HOUSE for key in case["rule"]}

    assert reasons == set(REASONS) == reached
    assert keys == set(Rule.__slots__)


@pytest.mark.parametrize("case", PUBLISHED + HOUSE, ids=named)
def test_a_verdict_and_its_rule_come_back_from_json_as_they_were(case) -> None:
    rule, verdict = Rule.from_json(case["rule"]), verdict_of(case)

    assert Rule.from_json(json.loads(json.dumps(rule.to_json()))) == rule
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    tally = Tally.from_json(case)
    assert Tally.from_json(json.loads(json.dumps(tally.to_json()))) == tally


def test_a_rule_leaves_its_defaults_unsaid() -> None:
    said = {
        "supporting": ["support_with_reservations", "support"],
        "base_excludes": ["recused"],
        "quorum": {
            "num": 1, "den": 2, "strict": False,
            "counts": ["support", "support_with_reservations", "abstain", "stand_aside", "object"],
        },
        "objections_need_reasons": False,
        "max_objections": 0,
    }  # fmt: skip

    assert Rule.from_json(said).to_json() == {
        "quorum": {"num": 1, "den": 2},
        "max_objections": 0,
    }


SHARE = {"num": 1, "den": 2}
MALFORMED_RULES = [
    ({"quorums": {}}, "rule.quorums", "unknown"),
    ({"approval": {**SHARE, "of": "base", "off": 1}}, "rule.approval.off", "unknown"),
    ({"approval": SHARE}, "rule.approval.of", "missing"),
    ({"approval": {**SHARE, "of": "room"}}, "rule.approval.of", "of"),
    ({"approval": {**SHARE, "of": 3}}, "rule.approval.of", "list"),
    ({"approval": {**SHARE, "of": ["aye"]}}, "rule.approval.of", "stance"),
    ({"approval": {**SHARE, "of": ["object", "object"]}}, "rule.approval.of", "twice"),
    ({"approval": {**SHARE, "of": [["object"]]}}, "rule.approval.of", "stance"),
    ({"approval": {"num": 1, "den": 0, "of": "base"}}, "rule.approval.den", "positive"),
    ({"approval": {"num": 1, "den": -2, "of": "base"}}, "rule.approval.den", "negative"),
    ({"approval": {"num": -1, "den": 2, "of": "base"}}, "rule.approval.num", "negative"),
    ({"approval": {"num": 3, "den": 2, "of": "base"}}, "rule.approval.num", "above_one"),
    ({"approval": {"num": 0.5, "den": 1, "of": "base"}}, "rule.approval.num", "integer"),
    ({"approval": {"num": True, "den": 2, "of": "base"}}, "rule.approval.num", "integer"),
    ({"approval": {"num": 1, "den": 2.0, "of": "base"}}, "rule.approval.den", "integer"),
    ({"approval": {"den": 2, "of": "base"}}, "rule.approval.num", "missing"),
    ({"approval": {**SHARE, "strict": 1, "of": "base"}}, "rule.approval.strict", "flag"),
    ({"approval": None}, "rule.approval", "object"),
    ({"quorum": {"at_least": 3, "num": 1}}, "rule.quorum", "either"),
    ({"quorum": {"at_least": "3"}}, "rule.quorum.at_least", "integer"),
    ({"quorum": {}}, "rule.quorum.num", "missing"),
    ({"quorum": {**SHARE, "counts": "object"}}, "rule.quorum.counts", "list"),
    ({"min_support": True}, "rule.min_support", "integer"),
    ({"min_support": {**SHARE, "of": "base"}}, "rule.min_support.of", "unknown"),
    ({"max_objections": -1}, "rule.max_objections", "negative"),
    ({"max_objections": 10**100}, "rule.max_objections", "too_large"),
    ({"max_objections": None}, "rule.max_objections", "integer"),
    ({"objections_need_reasons": 1}, "rule.objections_need_reasons", "flag"),
    ({"stand_aside_cap": {**SHARE, "strict": True, "of": "base"}},
     "rule.stand_aside_cap.strict", "unknown"),
    ({"review": {"max_outstanding": 1, **SHARE}}, "rule.review", "either"),
    ({"participation_tiers": {}}, "rule.participation_tiers", "list"),
    ({"participation_tiers": []}, "rule.participation_tiers", "empty"),
    ({"participation_tiers": [1]}, "rule.participation_tiers[0]", "object"),
    ({"participation_tiers": [{"from": None, "to": None}]},
     "rule.participation_tiers[0].support_over_objections", "missing"),
    ({"participation_tiers": [{"from": {"num": 2, "den": 1}, "support_over_objections": 1}]},
     "rule.participation_tiers[0].from.num", "above_one"),
    ({"second_tally": {"quorum": SHARE}}, "rule.second_tally.quorum", "unknown"),
    ({"second_tally": {"approval": SHARE}}, "rule.second_tally.approval.of", "missing"),
    ({"window_hours": 336.0}, "rule.window_hours", "integer"),
    ({"recirculate_once": "yes"}, "rule.recirculate_once", "flag"),
    ({"over_objection": SHARE}, "rule.over_objection.of", "missing"),
    ({"supporting": ["support", "nay"]}, "rule.supporting", "stance"),
    ({"base_excludes": [1]}, "rule.base_excludes", "stance"),
    ([], "rule", "object"),
    (None, "rule", "object"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "field", "finding"), MALFORMED_RULES)
def test_a_malformed_rule_is_refused_by_the_name_of_its_field(rule, field, finding) -> None:
    with pytest.raises(MalformedRule) as refused:
        Rule.from_json(rule)

    assert (refused.value.field, refused.value.finding) == (field, finding)
    assert finding in FINDINGS


GOOD = {"eligible": 5, "ballots": {"support": 3, "object": 1}}
MALFORMED_CASES = [
    ({"ballots": {}}, "eligible", "missing"),
    ({"eligible": 5}, "ballots", "missing"),
    ({**GOOD, "eligible": "5"}, "eligible", "integer"),
    ({**GOOD, "eligible": -5}, "eligible", "negative"),
    ({**GOOD, "eligible": 3}, "ballots", "above_roll"),
    ({**GOOD, "ballots": {"suport": 3}}, "ballots.suport", "unknown"),
    ({**GOOD, "ballots": {"support": 1.5}}, "ballots.support", "integer"),
    ({**GOOD, "ballots": {"support": -1}}, "ballots.support", "negative"),
    ({**GOOD, "ballots": []}, "ballots", "object"),
    ({**GOOD, "objections_without_reason": 2}, "objections_without_reason", "above_objections"),
    ({**GOOD, "open_concerns": True}, "open_concerns", "integer"),
    ({**GOOD, "hours_open": 1.0}, "hours_open", "integer"),
    ({**GOOD, "hours_open": None}, "hours_open", "integer"),
    ({**GOOD, "recirculated": 0}, "recirculated", "flag"),
    ({**GOOD, "second_ballots": {"support": "1"}}, "second_ballots.support", "integer"),
    (7, "case", "object"),
]


@pytest.mark.parametrize(("case", "field", "finding"), MALFORMED_CASES)
def test_a_malformed_case_is_refused_by_the_name_of_its_field(case, field, finding) -> None:
    with pytest.raises(MalformedCase) as refused:
        Case.from_json(case)

    assert (refused.value.field, refused.value.finding) == (field, finding)
    assert finding in FINDINGS


def test_a_strangers_key_is_named_on_one_short_printable_line() -> None:
    with pytest.raises(MalformedRule) as refused:
        Rule.from_json({"line\nbreak\u202e" + "x" * 500: 1})

    assert refused.value.field.startswith("rule.line\\nbreak\\u202exxx")
    assert len(refused.value.field) < 80


def test_what_stands_beside_the_rule_and_is_not_ours_is_ignored() -> None:
    assert Case.from_json({**GOOD, "why": [], "expected": 1.5}) == Case.from_json(GOOD)


def test_a_tally_counts_stances_given_one_by_one() -> None:
    tally = Tally.of([Stance.OBJECT, Stance.RECUSED, Stance.ABSTAIN, Stance.OBJECT], eligible=9)

    assert tally == Tally.of({Stance.OBJECT: 2, Stance.ABSTAIN: 1, Stance.RECUSED: 1}, eligible=9)
    assert (tally.heard, tally.returned, tally.missing) == (3, 4, 5)
    assert set(tally.counts) == set(STANCES)


@pytest.mark.parametrize(
    ("share", "whole", "needed", "allowed"),
    [
        (Share(2, 3), 13, 9, 8),
        (Share(2, 3), 93, 62, 62),
        (Share(2, 3, strict=True), 93, 63, 61),
        (Share(1, 2), 7, 4, 3),
        (Share(1, 2, strict=True), 7, 4, 3),
        (Share(0, 1), 7, 0, 0),
        (Share(0, 1, strict=True), 7, 1, -1),
    ],
)
def test_the_numbers_told_are_the_last_ones_that_pass(share, whole, needed, allowed) -> None:
    assert (share.needed(whole), share.allowed(whole)) == (needed, allowed)
    assert share.reached_by(needed, whole)
    assert not share.reached_by(needed - 1, whole)
    assert not share.kept_by(allowed + 1, whole)
    assert allowed < 0 or share.kept_by(allowed, whole)


def test_a_share_of_nothing_is_never_reached_and_a_cap_on_nothing_is_met() -> None:
    assert not Share(0, 1).reached_by(0, 0)
    assert Share(0, 1, strict=True).kept_by(0, 0)


def the_example(**state) -> Verdict:
    rule = {
        "approval": {"num": 2, "den": 3, "strict": False, "of": VOTES_CAST},
        "quorum": {"num": 1, "den": 2, "strict": False},
        "max_objections": 0,
        "window_hours": 336,
    }
    ballots = {
        "support": 10, "support_with_reservations": 2, "abstain": 3, "stand_aside": 1,
        "object": 1, "recused": 1,
    }  # fmt: skip
    case = {"eligible": 20, "ballots": ballots, "hours_open": 336, **state}
    return decide(Rule.from_json(rule), Case.from_json(case))


def test_the_explanation_of_the_page_s_example_is_the_one_it_gives() -> None:
    said = "12 of 13 votes cast support it, 9 needed; 1 objection blocks it"

    assert explanation(the_example()) == said
    assert the_example().still_needed == StillNeeded(supports=None, objections=1, ballots=0)


@pytest.mark.parametrize("case", PUBLISHED + HOUSE, ids=named)
def test_an_explanation_is_one_sentence_and_holds_no_code_or_gap(case) -> None:
    said = explanation(verdict_of(case))

    assert said[0].isupper() or said[0].isdigit()
    assert "\n" not in said
    assert not re.search(r"[{}_]|None|  ", said)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("66-of-100", "66 of 100 votes cast support it, 67 needed"),
        ("quorum-half-one-short", "4 heard from with 10 in the base, 5 needed for a quorum"),
        ("share-of-nothing-cast",
         "Nothing to count support against, and a share of nothing is never reached"),
        ("working-table-short-over-objection",
         ("9 of 10 votes cast support it, 7 needed; 1 objection stands, and adopting over it needs "
         "10 of 15 in support; 9 are")),
        ("unreasoned-objection-is-heard",
         ("4 of 4 votes cast support it, 4 needed; 5 heard from with 10 in the base, 5 needed for "
         "a quorum; 1 objection without a reason does not count")),
        ("max-objections-one-more", "2 objections block it, at most 1 allowed"),
        ("tier-five-percent-exact",
         ("15 in support and 5 objecting; with 20 of 400 heard from, support must be more than 3 "
         "times the objections, so more than 15")),
        ("window-one-short", "Open for 335 of the 336 hours the rule asks for"),
    ],
)  # fmt: skip
def test_an_explanation_holds_the_numbers_to_add_up_by_hand(case, said) -> None:
    found = next(one for one in HOUSE if one["id"] == case)

    assert explanation(verdict_of(found)) == said


def test_what_is_still_needed_is_said_only_where_something_is() -> None:
    needed = StillNeeded(supports=2, objections=1, ballots=0)

    assert still_needed_in_words(needed) == ["1 objection to resolve", "2 more supports"]
    assert still_needed_in_words(StillNeeded(None, 0, None)) == []


@pytest.mark.parametrize("case", PUBLISHED + HOUSE, ids=named)
def test_a_rule_in_words_names_every_number_it_holds(case) -> None:
    rule = Rule.from_json(case["rule"])
    said = rule_in_words(rule)

    assert all(sentence.endswith((".", ":")) for sentence in said)
    assert not re.search(r"[{}]", " ".join(said))
    if rule.window_hours:
        assert any(str(rule.window_hours) in sentence for sentence in said)
    assert rule.needs_support is not any("silence" in sentence for sentence in said)
