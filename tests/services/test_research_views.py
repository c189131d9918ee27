"""From the research export a stranger computes cards, map, objections and moves again.

What recomputes (``Onlooker``) uses the export and the standard library alone, and asks the
public command ``decide`` what a rule says to a count.
"""

import json
from collections import Counter
from datetime import timedelta

import pytest

from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.rounds import Results, Terms
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.tallies import Case
from coalition.domain.ground.moments import week_start
from coalition.domain.ground.permissions import Role
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation import ballots
from coalition.services.insight.briefing import briefing
from coalition.services.insight.distance import distances
from coalition.services.insight.movement import movement
from coalition.services.insight.objection_ledger import objection_ledger
from coalition.services.insight.stance_map import stance_map
from tests import deliberating
from tests.builders import QUICK, a_ballot, a_person, a_round, a_table
from tests.conftest import TABLE
from tests.services.test_research import export, rows
from tests.services.test_research_board import SUPPORTS, Stranger, at

SCALE = ("object", "stand_aside", "support_with_reservations", "support")
HOUR = timedelta(hours=1)
WAITS = {"open", "answered"}


class Onlooker(Stranger):
    """Somebody who has the export and nothing else."""

    def __init__(self, files):
        super().__init__(files)
        self.objections = rows(files, "objections")
        self.names = {one["number"]: one["name"] for one in self.organisations}

    def asked(self, *, closed):
        return self.last_closed(80) if closed else self.opened()

    def chain(self, this, who):
        own = [one for one in self.ballots if one["round"] == this["id"]]
        return [one for one in own if one["organisation"] == who]

    def seated(self, this):
        return [one["organisation"] for one in self.roll if one["round"] == this["id"]]

    def says(self, this, who):
        chain = self.chain(this, who)
        return chain[-1]["stance"] if chain and chain[-1]["stance"] != "withdrawn" else None

    def cells(self, *, closed):
        shown = [one for one in self.asked(closed=closed) if one["stances_shown"] == "yes"]
        return {
            (int(who), int(this["id"])): self.says(this, who)
            for this in shown
            for who in self.seated(this)
        }

    def card(self, this):
        """Return the stances that count, how many to call, and how it would end."""
        own = [one for one in self.roll if one["round"] == this["id"]]
        heard = sum(one["answered"] == "yes" for one in own)
        counted = [one for one in self.ballots if one["round"] == this["id"]]
        counted = Counter(one["stance"] for one in counted if one["counts"] == "yes")
        if this["stances_shown"] == "yes":
            heard = sum(counted.values())
        missing = 0 if this["kind"] == "sign_on" else int(this["roll_size"]) - heard
        reviewing = sum(one["reviewing"] == "yes" for one in own)
        calls = max(missing - reviewing, 0) + counted["object"]
        return dict(counted), missing, calls, self.prospect(this, counted)

    def prospect(self, this, counted):
        """Return how it would end if it closed so, as ``decide`` tells anybody who asks it."""
        if not this["rule"] or this["stances_shown"] != "yes":
            return None
        same = [one for one in self.rounds.values() if one["reference"] == this["reference"]]
        mute = [one for one in self.ballots if one["round"] == this["id"]]
        mute = [one for one in mute if one["counts"] == "yes" and one["reasoned"] == "no"]
        ends = max(self.now, at(this["closes_at"]))
        case = {
            "rule": json.loads(this["rule"]),
            "eligible": int(this["roll_size"]),
            "ballots": counted,
            "objections_without_reason": len(mute),
            "hours_open": int((min(ends, at(this["closes_at"])) - at(this["runs_from"])) / HOUR),
            "recirculated": any(one["outcome"] == "recirculate" for one in same),
        }
        return decide(Rule.from_json(case.pop("rule")), Case.from_json(case)).outcome.value

    def waiting_objections(self, these):
        about = {one["reference"] for one in these}
        return sum(one["reference"] in about and one["state"] in WAITS for one in self.objections)

    def ledger(self, these):
        """Return all objections with their days, how many wait, and who came round."""
        about = {one["reference"] for one in these}
        every = [one for one in self.objections if one["reference"] in about]
        waits = [one for one in every if one["state"] in WAITS]
        latest = {one["reference"]: one for one in sorted(these, key=lambda one: int(one["id"]))}
        shown = {name for name, one in latest.items() if one["stances_shown"] == "yes"}
        parties = {(one["reference"], one["organisation"]) for one in every}
        parties = {one for one in parties if one[0] in shown}
        parties -= {(one["reference"], one["organisation"]) for one in waits}
        came = sum(self.says(latest[about], who) in SUPPORTS for about, who in parties)
        aged = Counter((one["reference"], one["state"], self.age(one)) for one in every)
        return aged, len(waits), len(parties), came

    def age(self, one):
        until = self.now if one["state"] in WAITS else at(one["changed_at"])
        return max((until - at(one["raised_at"])).days, 0)

    def news(self, since):
        """Return answers, changes and withdrawals since then, as far as stances are shown."""
        found = Counter()
        for this in self.rounds.values():
            for who in self.seated(this) if at(this["closes_at"]) >= since else ():
                chain = self.chain(this, who)
                older = [one["stance"] for one in chain if at(one["cast_at"]) < since]
                was, now = older[-1] if older else "withdrawn", self.says(this, who)
                spoke = was != "withdrawn"
                found["answers"] += not spoke and now is not None
                found["withdrawn"] += spoke and now is None
                found["changed"] += spoke and now not in {None, was}
        return found["answers"], found["changed"], found["withdrawn"]

    def moves(self, these):
        return sum((self.moved(one) for one in these if self.may_move(one)), Counter())

    def may_move(self, this):
        return this["stances_shown"] == "yes" and this["kind"] != "sign_on"

    def moved(self, this):
        found, asked = Counter(), int(this["substantive_version"])
        if asked > int(this["first_version"]):
            for who in self.seated(this):
                chain = self.chain(this, who)
                older = [one for one in chain if int(one["version"]) < asked]
                found[way(older, [one for one in chain if one not in older])] += 1
        before = self.before(this)
        if before and before["stances_shown"] == "yes":
            for who in self.seated(this):
                later = self.chain(this, who)
                again = later if later and later[-1]["stance"] != "withdrawn" else []
                found[way(self.chain(before, who), again)] += 1
        found.pop(None, None)
        return found

    def before(self, this):
        same = [one for one in self.rounds.values() if one["reference"] == this["reference"]]
        earlier = [one for one in same if int(one["id"]) < int(this["id"])]
        earlier = [
            one for one in earlier if one["kind"] != "sign_on" and one["ending"] != "cancelled"
        ]
        return max(earlier, key=lambda one: int(one["id"]), default=None)


def way(older, newer):
    """Return which way an organisation moved, by what it said before and since."""
    was, now = (one[-1]["stance"] if one else "withdrawn" for one in (older, newer))
    if not newer:
        return None if was in {"withdrawn", "recused"} else "unconfirmed"
    if was == now == "withdrawn":
        return None
    if was in SCALE and now in SCALE:
        step = SCALE.index(now) - SCALE.index(was)
        return "improved" if step > 0 else "worsened" if step else "same"
    if was in SCALE or now in SCALE:
        return "left" if was in SCALE else "joined"
    return "same" if was == now else "beside"


def assert_computed_again(db, clock, convener, *, closed):
    looking = Onlooker(export(db, clock, convener))
    asked = {"actor": convener, "now": clock(), "wish": Wish(closed=closed)}
    these = looking.asked(closed=closed)
    mapped = stance_map(db, **asked).cells
    assert looking.cells(closed=closed) == {key: one and one.value for key, one in mapped.items()}
    ledger = objection_ledger(db, **asked)
    aged = Counter(
        (one.proposal.reference, one.objection.state.value, one.days) for one in ledger.lines
    )
    told = ledger.sum
    assert looking.ledger(these) == (aged, told.unresolved, told.parties, told.supporting)
    total = movement(db, **asked).total
    assert looking.moves(these) == {one.value: n for one, n in total.items() if n}
    if not closed:
        assert_cards_computed_again(looking, distances(db, **asked, whole=True), these)
    return total


def assert_cards_computed_again(looking, found, these):
    cards = {int(one["id"]): looking.card(one) for one in these}
    for line in found.lines:
        stances, _, calls, outcome = cards[line.standing.round.id]
        tally, verdict = line.standing.tally, line.standing.verdict
        counted = {one.value: n for one, n in tally.counts.items() if n} if tally else {}
        assert (counted, line.calls) == (stances, calls)
        assert (verdict and verdict.outcome.value) == outcome
    soon = timedelta(days=7)
    closing = sum(looking.now < at(one["closes_at"]) <= looking.now + soon for one in these)
    figures = found.figures
    assert (figures.closing, figures.unheard) == (closing, sum(one[1] for one in cards.values()))
    assert figures.outcomes == Counter(one[3] for one in cards.values() if one[3])
    assert figures.objections == looking.waiting_objections(these)


@pytest.mark.parametrize("closed", [False, True])
def test_the_views_of_the_demonstration_are_computed_again(demo, clock, closed):
    convener = a_person(demo, role=Role.CONVENER)
    total = assert_computed_again(demo, clock, convener, closed=closed)
    assert sum(total.values()) > 5


@pytest.mark.parametrize("unconfirmed", ["counts", "missing"])
def test_a_text_that_changed_and_a_hidden_round_are_computed_again(db, clock, unconfirmed):
    convener, delegates = a_table(db, organisations=6)
    this = a_round(db, clock, convener, rule=QUICK, terms=Terms(unconfirmed=unconfirmed))
    for one, stance in zip(delegates, ("support", "object", "recused", "abstain"), strict=False):
        a_ballot(db, clock, one, this, stance)
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], hidden, "object")
    deliberating.revised(db, clock, convener, this)
    deliberating.voted(db, clock, delegates[1], this, "support")
    deliberating.voted(db, clock, delegates[4], this, "stand_aside")
    total = assert_computed_again(db, clock, convener, closed=False)
    assert {one.value for one in total} >= {"improved", "joined", "unconfirmed"}


def test_what_changed_since_monday_is_computed_again(db, clock):
    convener, delegates = a_table(db, organisations=5)
    clock.hour = week_start(clock(), TABLE.zone) + timedelta(days=7, hours=-1)
    this = a_round(db, clock, convener, rule=QUICK, days=9)
    first = [a_ballot(db, clock, one, this, "support") for one in delegates[:3]]
    clock.move(hours=5)
    a_ballot(db, clock, delegates[0], this, "object", replaces=first[0].id)
    ballots.withdraw_ballot(db, clock, actor=delegates[1], round_id=this.id, token="back")
    a_ballot(db, clock, delegates[3], this, "abstain")
    told = briefing(db, actor=convener, now=clock(), wish=Wish())
    looking = Onlooker(export(db, clock, convener))
    assert looking.news(told.since) == (1, 1, 1)
    assert (told.news.answers, told.news.changed, told.news.withdrawn) == (1, 1, 1)
