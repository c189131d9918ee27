"""What holds of the engine for every rule and every tally."""

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from coalition.domain.deliberation.decisions import Outcome, Verdict, decide
from coalition.domain.deliberation.judging import judge
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.shares import Share
from coalition.domain.deliberation.stances import STANCES, SUPPORTS, Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.words.verdicts import explanation, rule_in_words, still_needed_in_words

NAMES = [stance.value for stance in STANCES]
HEARD = [name for name in NAMES if name != "recused"]

stances = st.lists(st.sampled_from(NAMES), unique=True)
wholes = st.one_of(st.sampled_from(["base", "roll"]), stances)
strict = {"strict": st.booleans()}


@st.composite
def shares(draw, *, with_strict=True, of=None, of_required=False) -> dict:
    den = draw(st.integers(1, 6))
    share = {"num": draw(st.integers(0, den)), "den": den}
    if with_strict and draw(st.booleans()):
        share["strict"] = draw(st.booleans())
    if of is not None and (of_required or draw(st.booleans())):
        share["of"] = draw(of)
    return share


floors = shares(of=wholes, of_required=True)
caps = shares(of=wholes)
quorums = st.one_of(
    st.fixed_dictionaries({"at_least": st.integers(0, 8)}, optional={"counts": stances}),
    st.builds(
        lambda share, counts: share | counts,
        shares(),
        st.fixed_dictionaries({}, optional={"counts": stances}),
    ),
)
tiers = st.fixed_dictionaries(
    {
        "from": st.none() | shares(),
        "to": st.none() | shares(),
        "support_over_objections": st.none() | st.integers(0, 3),
    }
)
PARTS = {
    "supporting": stances,
    "base_excludes": stances,
    "quorum": quorums,
    "approval": floors,
    "min_support": st.integers(0, 5) | shares(),
    "max_objections": st.integers(0, 3),
    "objections_need_reasons": st.booleans(),
    "max_negative": caps,
    "stand_aside_cap": shares(with_strict=False, of=wholes, of_required=True),
    "review": st.fixed_dictionaries({"max_outstanding": st.integers(0, 5)}) | shares(),
    "second_tally": st.fixed_dictionaries({}, optional={"approval": floors, "max_negative": caps}),
    "window_hours": st.integers(0, 48),
    "recirculate_once": st.booleans(),
    "over_objection": floors,
}
plain_rules = st.fixed_dictionaries({}, optional=PARTS)
rules = st.fixed_dictionaries(
    {}, optional={**PARTS, "participation_tiers": st.lists(tiers, min_size=1, max_size=3)}
)


@st.composite
def cases(draw) -> dict:
    ballots = {name: draw(st.integers(0, 4)) for name in NAMES}
    return {
        "eligible": sum(ballots.values()) + draw(st.integers(0, 7)),
        "ballots": ballots,
        "objections_without_reason": draw(st.integers(0, ballots["object"])),
        "open_concerns": draw(st.sampled_from([0, 0, 0, 1])),
        "hours_open": draw(st.sampled_from([0, 24, 48])),
        "recirculated": draw(st.booleans()),
        "second_ballots": {name: draw(st.integers(0, 3)) for name in NAMES},
    }


def of_the_share(share, part, whole, *, cap=False) -> bool:
    """Judge by fractions, as the page says it, not by the engine's multiplications."""
    if whole == 0:
        return cap
    line, at = Fraction(share["num"], share["den"]), Fraction(part, whole)
    if cap:
        return at < line or (at == line and not share.get("strict", False))
    return at > line or (at == line and not share.get("strict", False))


class Page:
    """The decision rules read off their page once more, independently of the engine."""

    def __init__(self, rule, case) -> None:
        self.rule, self.case = rule, case
        unreasoned = case["objections_without_reason"]
        self.without = unreasoned if rule.get("objections_need_reasons") else 0
        self.ballots = self.counted(case["ballots"])
        excluded = sum(self.ballots[name] for name in rule.get("base_excludes", ["recused"]))
        self.eligible, self.base = case["eligible"], case["eligible"] - excluded
        self.yes, self.objections = self.yes_of(self.ballots), self.ballots["object"]
        counts = rule.get("quorum", {}).get("counts", HEARD)
        self.heard = sum(case["ballots"][name] for name in counts)
        self.second = self.counted(case["second_ballots"])

    def counted(self, ballots) -> dict:
        return {**ballots, "object": max(0, ballots["object"] - self.without)}

    def yes_of(self, ballots) -> int:
        return sum(ballots[name] for name in self.rule.get("supporting", NAMES[:2]))

    def whole(self, of, ballots=None) -> int:
        if isinstance(of, list):
            return sum((ballots or self.ballots)[name] for name in of)
        if ballots is None:
            return self.base if of == "base" else self.eligible
        excludes = self.rule.get("base_excludes", ["recused"]) if of == "base" else []
        return sum(ballots.values()) - sum(ballots[name] for name in excludes) + self.lost(ballots)

    def lost(self, ballots) -> int:
        return self.case["second_ballots"]["object"] - ballots["object"]

    def outcome(self) -> str:
        return (
            self.no_quorum() or self.by_tier() or self.stopped() or self.short() or self.in_time()
        )

    def no_quorum(self) -> str:
        quorum = self.rule.get("quorum")
        if self.base == 0:
            return "no_quorum"
        if quorum and "at_least" in quorum:
            return "" if self.heard >= quorum["at_least"] else "no_quorum"
        met = quorum is None or of_the_share(quorum, self.heard, self.base)
        return "" if met else "no_quorum"

    def by_tier(self) -> str:
        listed = self.rule.get("participation_tiers", [])
        for tier in listed:
            low, high = tier["from"], tier["to"]
            if low and not of_the_share(low, self.heard, self.base):
                continue
            if high and not of_the_share(high, self.heard, self.base, cap=True):
                continue
            if tier["support_over_objections"] is None:
                return "no_quorum"
            over = self.yes > tier["support_over_objections"] * self.objections
            return "adopted" if over else "not_adopted"
        return "no_quorum" if listed else ""

    def stopped(self) -> str:
        if self.objections > self.rule.get("max_objections", self.objections):
            return "blocked"
        review, out = self.rule.get("review", {}), self.base - self.yes
        if "max_outstanding" in review:
            ready = self.yes > out and out <= review["max_outstanding"]
        else:
            ready = not review or of_the_share(review, self.yes, self.base)
        return "" if ready and not self.case["open_concerns"] else "pending"

    def short(self) -> str:
        rule = self.rule
        least = rule.get("min_support", 0)
        enough = (
            self.yes >= least
            if isinstance(least, int)
            else of_the_share(least, self.yes, self.base)
        )
        cap = rule.get("stand_aside_cap")
        aside = cap is None or of_the_share(
            cap, self.ballots["stand_aside"], self.whole(cap["of"]), cap=True
        )
        passed = enough and aside and self.passes(rule, self.ballots)
        second = self.passes(rule.get("second_tally", {}), self.second, own=False)
        return "" if passed and second else "not_adopted"

    def passes(self, part, ballots, *, own=True) -> bool:
        yes, objections = self.yes_of(ballots), ballots["object"]
        there = None if own else ballots
        floor, cap = part.get("approval"), part.get("max_negative")
        if floor and not of_the_share(floor, yes, self.whole(floor["of"], there)):
            return False
        if cap is None:
            return True
        whole = self.whole(cap["of"], there) if "of" in cap else yes + objections
        return of_the_share(cap, objections, whole, cap=True)

    def in_time(self) -> str:
        rule, over = self.rule, self.rule.get("over_objection")
        if self.case["hours_open"] < rule.get("window_hours", 0):
            return "pending"
        if self.objections and (over or rule.get("recirculate_once")):
            if not self.case["recirculated"]:
                return "recirculate"
            if over and not of_the_share(over, self.yes, self.whole(over["of"])):
                return "blocked"
        return "adopted"


@given(rules, cases())
def test_the_engine_says_what_the_page_says(rule, case) -> None:
    assert decide(Rule.from_json(rule), Case.from_json(case)).outcome == Page(rule, case).outcome()


@given(rules, cases())
def test_every_valid_case_gets_a_verdict_that_can_be_told_and_kept(rule, case) -> None:
    verdict = decide(Rule.from_json(rule), Case.from_json(case))

    assert explanation(verdict)
    assert isinstance(still_needed_in_words(verdict.still_needed), list)
    assert rule_in_words(Rule.from_json(rule))
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    assert all(type(number) is int for number in verdict.numbers.values())


@given(rules)
def test_a_rule_comes_back_from_its_one_form(rule) -> None:
    read = Rule.from_json(rule)

    assert Rule.from_json(json.loads(json.dumps(read.to_json()))) == read
    assert Rule.from_json(read.to_json()).to_json() == read.to_json()


@given(rules, st.lists(st.sampled_from(STANCES), max_size=20), st.integers(0, 9), st.randoms())
def test_the_order_of_ballots_never_matters(rule, ballots, silent, random) -> None:
    read = Rule.from_json(rule)
    shuffled = random.sample(ballots, len(ballots))
    eligible = len(ballots) + silent

    assert decide(read, Case(Tally.of(shuffled, eligible=eligible))) == decide(
        read, Case(Tally.of(ballots, eligible=eligible))
    )


def caps_something(rule: Rule, case: Case) -> bool:
    """Say whether no cap of the rule is met only because it is a cap on nothing."""
    counts = dict(case.tally.counts)
    if rule.objections_need_reasons:
        counts[Stance.OBJECT] -= case.tally.objections_without_reason
    lists = [
        rule.stand_aside_cap.of if rule.stand_aside_cap else None,
        (rule.max_negative.of or (*rule.supporting, Stance.OBJECT)) if rule.max_negative else None,
    ]
    return all(sum(counts[one] for one in of) for of in lists if isinstance(of, tuple))


@given(plain_rules, cases(), st.sampled_from(SUPPORTS))
def test_one_more_support_never_undoes_an_adoption(rule, case, stance) -> None:
    """Hold for every rule that counts the support, keeps it in the base and has no tiers.

    The one exception is a cap that nothing had been counted against yet: it is met
    on nothing, and may be broken by the first thing it is counted against.
    """
    supporting = {*rule.get("supporting", NAMES[:2]), stance.value}
    excluded = {*rule.get("base_excludes", ["recused"])} - {stance.value}
    read = Rule.from_json(
        {**rule, "supporting": sorted(supporting), "base_excludes": sorted(excluded)}
    )
    before = Case.from_json(case)

    grown = [
        replace(before, tally=before.tally.adding(stance, n))
        for n in range(before.tally.missing + 1)
    ]
    adopted = [judge(read, one).outcome is Outcome.ADOPTED for one in grown]
    for one, now, after in zip(grown, adopted, adopted[1:], strict=False):
        assert after or not now or not caps_something(read, one)


W3C = [
    {"from": None, "to": {"num": 5, "den": 100, "strict": True}, "support_over_objections": None},
    {"from": {"num": 5, "den": 100}, "to": {"num": 15, "den": 100}, "support_over_objections": 3},
    {
        "from": {"num": 15, "den": 100, "strict": True},
        "to": {"num": 20, "den": 100, "strict": True},
        "support_over_objections": 2,
    },
    {"from": {"num": 20, "den": 100}, "to": None, "support_over_objections": 1},
]


@given(st.integers(0, 30), st.integers(0, 15), st.integers(0, 15), st.integers(1, 300))
def test_nor_where_more_participation_never_asks_for_more(yes, no, abstaining, silent) -> None:
    rule = Rule.from_json({"participation_tiers": W3C})
    counts = {Stance.SUPPORT: yes, Stance.OBJECT: no, Stance.ABSTAIN: abstaining}
    before = Tally.of(counts, eligible=yes + no + abstaining + silent)

    after = judge(rule, Case(before.adding(Stance.SUPPORT, 1))).outcome
    assert after is Outcome.ADOPTED or judge(rule, Case(before)).outcome is not Outcome.ADOPTED


@given(shares(), st.integers(1, 10**30), st.data())
def test_a_share_is_exact_to_one_organisation(share, whole, data) -> None:
    asked = Share(share["num"], share["den"], share.get("strict", False))
    part = data.draw(
        st.one_of(
            st.integers(0, whole),
            st.integers(-1, 1).map(lambda off: whole * asked.num // asked.den + off),
        )
    )

    gap = part * asked.den - asked.num * whole
    assert asked.reached_by(part, whole) == (gap > 0 or (gap == 0 and not asked.strict))
    assert asked.kept_by(part, whole) == (gap < 0 or (gap == 0 and not asked.strict))
    assert asked.reached_by(part, whole) == (part >= asked.needed(whole))
    assert asked.kept_by(part, whole) == (part <= asked.allowed(whole))


@given(shares(), st.integers(1, 10**20))
def test_the_last_support_needed_is_the_one_that_adopts(share, roll) -> None:
    rule = Rule.from_json({"approval": {**share, "of": "roll"}})
    needed = rule.approval.share.needed(roll)
    assume(0 < needed <= roll)

    adopts = Case(Tally.of({Stance.SUPPORT: needed}, eligible=roll))
    short = Case(Tally.of({Stance.SUPPORT: needed - 1}, eligible=roll))

    assert decide(rule, adopts).outcome is Outcome.ADOPTED
    assert decide(rule, short).outcome is Outcome.NOT_ADOPTED
    assert decide(rule, short).still_needed.supports == 1


def first(limit, reached) -> int | None:
    return next((n for n in range(limit + 1) if reached(n)), None)


@given(rules, cases())
def test_supports_still_needed_are_the_fewest_that_adopt(rule, case) -> None:
    """Try every number of supports, on the page's reading, once the window has passed."""
    read = Rule.from_json(rule)
    stance = next((one.value for one in SUPPORTS if one in read.supporting), None)
    late = {**case, "hours_open": 48}

    def adopts(n) -> bool:
        ballots = {**case["ballots"], stance: case["ballots"][stance] + n} if n else case["ballots"]
        return Page(rule, {**late, "ballots": ballots}).outcome() == "adopted"

    missing = case["eligible"] - sum(case["ballots"].values())
    found = decide(read, Case.from_json(case)).still_needed.supports
    assert found == first(missing if stance else 0, adopts)


@given(rules, cases())
def test_ballots_still_needed_are_the_fewest_that_make_the_quorum(rule, case) -> None:
    counts = rule.get("quorum", {}).get("counts", HEARD)
    excluded = rule.get("base_excludes", ["recused"])
    fitting = [name for name in NAMES if name in counts and name not in excluded]
    stance = next((name for name in fitting or NAMES if name in counts), None)

    def met(n) -> bool:
        ballots = {**case["ballots"], stance: case["ballots"][stance] + n} if n else case["ballots"]
        return Page(rule, {**case, "ballots": ballots}).outcome() != "no_quorum"

    missing = case["eligible"] - sum(case["ballots"].values())
    found = decide(Rule.from_json(rule), Case.from_json(case)).still_needed.ballots
    assert found == first(missing if stance else 0, met)


@given(rules, cases())
def test_objections_to_resolve_are_the_fewest_that_leave_none_in_the_way(rule, case) -> None:
    """Resolve one after another, keeping only the parts of the rule that objections can hurt."""
    hurt = ("max_objections", "max_negative", "recirculate_once", "over_objection")
    reading = ("supporting", "base_excludes")
    only = {key: part for key, part in rule.items() if key in hurt + reading}
    unreasoned = case["objections_without_reason"] if rule.get("objections_need_reasons") else 0
    asking = {**only, "objections_need_reasons": True}

    def clear(n) -> bool:
        page = Page(
            asking, {**case, "open_concerns": 0, "objections_without_reason": unreasoned + n}
        )
        return not (page.stopped() or page.short()) and page.in_time() == "adopted"

    found = decide(Rule.from_json(rule), Case.from_json(case)).still_needed.objections
    assert found == first(case["ballots"]["object"] - unreasoned, clear)
