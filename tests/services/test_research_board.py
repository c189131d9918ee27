"""From the research export a stranger computes the board's other figures again.

What recomputes (``Stranger``) uses the export and the standard library alone.
"""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from coalition.domain.deliberation.rounds import Results, RoundKind, Terms
from coalition.domain.discussion.comments import Audience
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.perspectives import Perspective
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation import clearances
from coalition.services.insight.perspectives import perspectives
from coalition.services.insight.pipeline import pipeline
from coalition.services.insight.seats import seats
from coalition.services.insight.trend import trends
from coalition.services.insight.waiting import waiting
from tests import deliberating
from tests.builders import (
    QUICK,
    a_ballot,
    a_comment,
    a_delegate,
    a_person,
    a_proposal,
    a_round,
    a_table,
    an_organisation,
)
from tests.services.test_research import declare, export, rows

DAY = timedelta(days=1)
SUPPORTS = {"support", "support_with_reservations"}


def at(cell):
    return datetime.fromisoformat(cell) if cell else datetime.max.replace(tzinfo=UTC)


def days(spells):
    told = [max(one, timedelta(0)) / DAY for one in spells]
    return round(median(told), 1) if told else None


class Stranger:
    """Somebody who has the export and nothing else."""

    def __init__(self, files):
        self.now = at(rows(files, "export")[0]["exported_at"])
        self.rounds = {one["id"]: one for one in rows(files, "rounds")}
        self.proposals = {one["reference"]: one for one in rows(files, "proposals")}
        self.organisations = rows(files, "organisations")
        self.voting = [one for one in self.organisations if one["delegate"]]
        self.roll, self.said = rows(files, "roll"), rows(files, "comments")
        self.versions, self.ballots = rows(files, "versions"), rows(files, "ballots")
        self.first = {
            (one["round"], one["organisation"]): at(one["cast_at"])
            for one in self.ballots
            if one["place"] == "1"
        }

    def last_closed(self, limit, kinds=("binding", "temperature", "sign_on")):
        closed = [one for one in self.rounds.values() if one["status"] == "closed"]
        closed = [one for one in closed if one["kind"] in kinds]
        closed.sort(key=lambda one: (at(one["closes_at"]), int(one["id"])), reverse=True)
        return closed[:limit]

    def opened(self):
        return [one for one in self.rounds.values() if one["status"] == "open"]

    def pipeline(self):
        """Return how many proposals are in each stage, by pillar, and the days in each."""
        return Counter(
            (self.stage(one), one["pillar"]) for one in self.proposals.values()
        ), self.stage_days(self.last_closed(80))

    def stage(self, this):
        own = [one for one in self.rounds.values() if one["reference"] == this["reference"]]
        if this["stage"] != "submitted":
            return this["stage"]
        if any(one["status"] == "open" for one in own):
            return "open"
        final = ("adopted", "not_adopted", "blocked")
        decides = [one for one in own if one["kind"] == "binding" and one["status"] == "closed"]
        settled = any(one["frozen"] == "no" or one["outcome"] in final for one in decides)
        return "decided" if settled else "submitted"

    def stage_days(self, closed):
        gone = [self.proposals[one] for one in {one["reference"] for one in closed}]
        first = {
            one["reference"]: min(
                at(other["opens_at"])
                for other in self.rounds.values()
                if other["reference"] == one["reference"]
                and at(other["closes_at"]) > at(other["opens_at"])
            )
            for one in gone
        }
        return {
            "draft": days(at(one["submitted_at"]) - at(one["created_at"]) for one in gone),
            "submitted": days(first[one["reference"]] - at(one["submitted_at"]) for one in gone),
            "open": days(at(one["closes_at"]) - at(one["opens_at"]) for one in closed),
        }

    def seat(self, who):
        """Return what waits for an organisation, what it missed and how soon it answers."""
        asking = {one["id"] for one in self.opened() if one["kind"] != "sign_on"}
        own = {one["round"]: one for one in self.roll if one["organisation"] == who["number"]}
        open_ = [one for at, one in own.items() if at in asking]
        waits = [one for one in open_ if one["answered"] == "no" or self.is_left_out(one)]
        latest = self.last_closed(12, kinds=("binding", "temperature"))
        missed, took = 0, []
        for one in latest:
            if one["id"] in own and (first := self.first.get((one["id"], who["number"]))):
                took.append(first - at(one["opens_at"]))
            elif one["id"] in own and not took:
                missed += 1
        reviewing = [one for one in waits if one["reviewing"] == "yes"]
        able = who["delegate"] == "yes", who["alternate"] == "yes"
        return (*able, len(waits), len(reviewing), missed, days(took))

    def is_left_out(self, place):
        key = place["round"], place["organisation"]
        own = [one for one in self.ballots if (one["round"], one["organisation"]) == key]
        return bool(own) and own[-1]["counts"] == "no"  # the terms leave out what stands

    def voices(self):
        """Return organisations and comments by declared size; those with neither left out."""
        sizes = Counter(one["size"] for one in self.voting)
        said = Counter()
        for one in self.said:
            said[one["size"]] += int(one["comments"])
        return {one: (sizes[one], said[one]) for one in sizes | said}

    def hearings(self, these):
        """Return, by proposal, the views it notes and how many of each have answered."""
        views = {one["number"]: json.loads(one["perspectives"]) for one in self.organisations}
        heard = {one["reference"]: set() for one in these}
        for one in self.roll:
            reference = self.rounds[one["round"]]["reference"]
            if one["round"] in {this["id"] for this in these} and one["answered"] == "yes":
                heard[reference].add(one["organisation"])
        return {
            reference: (
                set(json.loads(self.proposals[reference]["perspectives"])),
                Counter(view for who in answered for view in views[who]),
            )
            for reference, answered in heard.items()
        }

    def trend(self, this):
        opened, found, day = at(this["opens_at"]), [], 1
        until = min(self.now, at(this["closes_at"]))
        while opened + day * DAY < until:
            found.append((day, *self.stood(this, opened + day * DAY)))
            day += 1
        return [*found, (day, *self.stood(this, until))]

    def stood(self, this, then):
        texts = [one for one in self.versions if one["reference"] == this["reference"]]
        first = int(this["first_version"])
        later = [one for one in texts if first < int(one["number"]) <= int(this["version"])]
        in_force = [int(one["number"]) for one in later if at(one["at"]) <= then]
        changed = [
            int(one["number"])
            for one in later
            if at(one["at"] if one["mark"] == "substantive" else one["contested_at"]) <= then
        ]
        asked, latest = max(changed, default=first), {}
        for one in self.ballots:
            if one["round"] == this["id"] and at(one["cast_at"]) <= then:
                latest[one["organisation"]] = one
        said = Counter(one["stance"] for one in latest.values() if reaches(this, one, asked))
        yes = sum(said[one] for one in SUPPORTS)
        return max(in_force, default=first), yes, yes + said["object"]


def reaches(this, ballot, asked):
    """Say whether a ballot counted while the text numbered ``asked`` was what is asked."""
    older = int(ballot["version"]) < asked and ballot["stance"] != "recused"
    entered = ballot["recorded"] == "yes"
    return not (older and this["unconfirmed"] == "missing") and not (
        entered and this["recorded"] == "missing"
    )


def assert_computed_again(db, clock, convener):
    stranger = Stranger(export(db, clock, convener))
    asked = {"actor": convener, "now": clock()}
    told = pipeline(db, **asked, wish=Wish())
    counts, took = stranger.pipeline()
    assert counts == {(stage.value, one.value): n for (stage, one), n in told.counts.items()}
    assert took == {stage.value: one for stage, one in told.days.items()}
    shown = seats(db, **asked, wish=Wish())
    computed = {one["name"]: stranger.seat(one) for one in stranger.voting}
    assert computed == {
        one.organisation: (
            one.primary, one.alternate, one.waiting, one.reviewing, one.missed, one.days,
        )
        for one in shown.lines
    }  # fmt: skip
    told = {one.size or "": (one.organisations, one.comments) for one in shown.voices}
    assert stranger.voices() == told
    assert_rounds_computed_again(db, stranger, asked)
    return stranger, shown


def assert_rounds_computed_again(db, stranger, asked):
    quiet = {one.organisation: one.waiting for one in waiting(db, **asked, wish=Wish())}
    seated = {one["name"]: stranger.seat(one)[2] for one in stranger.organisations}
    assert {name: n for name, n in seated.items() if n} == quiet
    for closed, these in ((False, stranger.opened()), (True, stranger.last_closed(80))):
        told = perspectives(db, **asked, wish=Wish(closed=closed)).hearings
        assert stranger.hearings(these) == {
            one.proposal.reference: (set(one.proposal.text.perspectives), Counter(one.answered))
            for one in told
        }
        for line in trends(db, **asked, wish=Wish(closed=closed)).lines:
            assert stranger.trend(stranger.rounds[str(line.round.id)]) == [
                (one.day, one.version, one.yes, one.cast) for one in line.points
            ]


def test_the_figures_of_the_demonstration_are_computed_again(demo, clock):
    stranger, shown = assert_computed_again(demo, clock, a_person(demo, role=Role.CONVENER))
    assert len(stranger.proposals) > len({one["reference"] for one in stranger.rounds.values()})
    assert any(one.missed for one in shown.lines)
    assert any(one.days for one in shown.lines)
    assert any(one["mark"] != "first" for one in stranger.versions)


def test_the_figures_of_a_busy_table_are_computed_again(any_db, clock):
    db = any_db
    convener, delegates = a_table(db, organisations=4)
    declare(db, delegates[0], size="small", perspectives=["patients", "providers"])
    a_delegate(db, organisation_id=delegates[0].seat.organisation_id, rank=1)
    an_organisation(db, name="Vacant")
    a_proposal(db, clock, convener, submitted=False, pillar=Pillar.EQUITY)
    for answering in (delegates, delegates[:1]):
        clock.move(days=3)
        subject = a_proposal(db, clock, convener, perspectives=(Perspective.EMPLOYERS,))
        clock.move(hours=30)
        this = a_round(db, clock, convener, proposal_id=subject, rule=QUICK, days=5)
        for one in answering:
            clock.move(hours=7)
            a_ballot(db, clock, one, this, "support")
        clock.move(days=5)
    a_round(db, clock, convener, rule=None, kind=RoundKind.SIGN_ON)
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], hidden, "object")
    clearances.mark_clearance(
        db, clock, actor=delegates[1], round_id=hidden.id, until=clock() + DAY, note="",
        token="review",
    )  # fmt: skip
    for one in (*delegates[:2], delegates[0]):
        a_comment(db, clock, one, hidden.proposal_id, "A word")
    a_comment(db, clock, convener, hidden.proposal_id, "Aside", audience=Audience.CONVENERS)
    stranger, shown = assert_computed_again(db, clock, convener)
    assert {one.waiting for one in shown.lines} == {0, 1}
    assert stranger.voices()["small"] == (1, 2)


@pytest.mark.parametrize("unconfirmed", ["counts", "missing"])
def test_a_trend_breaks_where_the_text_changed_what_is_asked(db, clock, unconfirmed):
    convener, delegates = a_table(db, organisations=4)
    this = a_round(db, clock, convener, rule=QUICK, terms=Terms(unconfirmed=unconfirmed))
    first = a_ballot(db, clock, delegates[0], this, "support")
    a_ballot(db, clock, delegates[1], this, "object")
    clock.move(hours=30)
    deliberating.revised(db, clock, convener, this, body="Count copay help at once.")
    clock.move(hours=30)
    second = deliberating.now_of(db, this)
    a_ballot(db, clock, delegates[0], second, "support", replaces=first.id)
    clock.move(hours=30)
    third = deliberating.revised(
        db, clock, convener, this, mark=deliberating.EDITORIAL, body="Count it all."
    )
    clock.move(hours=30)
    deliberating.contested(db, clock, delegates[1], third)
    clock.move(hours=30)
    stranger, _ = assert_computed_again(db, clock, convener)
    told = [one[1:] for one in stranger.trend(stranger.rounds[str(this.id)])]
    assert [version for version, *_ in told] == [1, 2, 2, 3, 3, 3, 3]
    votes = {"counts": [2, 2, 2, 2, 2, 2, 2], "missing": [2, 0, 1, 1, 0, 0, 0]}
    assert [cast for *_, cast in told] == votes[unconfirmed]


def test_of_a_draft_there_is_its_pillar_and_when_it_was_begun(db, clock):
    convener, _ = a_table(db)
    a_proposal(db, clock, convener, submitted=False, title="Wren", perspectives=("patients",))
    files = export(db, clock, convener)
    (draft,) = rows(files, "proposals")
    assert (draft["stage"], draft["pillar"]) == ("draft", "coverage")
    assert datetime.fromisoformat(draft["created_at"]) == clock()
    assert (draft["submitted_at"], draft["perspectives"]) == ("", "")
    assert rows(files, "versions") == []
    assert not [name for name, content in files.items() if "Wren" in content]
