"""Briefing, pipeline and seats ask the same of either database."""

from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.briefing import briefing
from coalition.services.insight.pipeline import pipeline
from coalition.services.insight.seats import seats
from tests.builders import QUICK, a_ballot, a_comment, a_round, a_table


def test_what_moves_and_waits_is_counted_alike(any_db, clock):
    convener, delegates = a_table(any_db, organisations=3)
    closed = a_round(any_db, clock, convener, rule=QUICK, days=1)
    a_ballot(any_db, clock, delegates[0], closed, "object")
    clock.move(days=2)
    this = a_round(any_db, clock, convener, rule=QUICK)
    first = a_ballot(any_db, clock, delegates[0], this, "object")
    a_ballot(any_db, clock, delegates[0], this, "support", replaces=first.id)
    a_comment(any_db, clock, delegates[0], this.proposal_id, "We gladly agree.")
    for pillars in (frozenset(), frozenset({Pillar.COVERAGE})):
        asked = {"actor": convener, "now": clock(), "wish": Wish(pillars=pillars)}
        briefed = briefing(any_db, **asked)
        assert (briefed.news.answers, briefed.news.changed, briefed.news.raised) == (1, 0, 1)
        assert (briefed.unblocking.carrier.n, briefed.unblocking.carrier.alike) == (1, 1)
        found = pipeline(any_db, **asked)
        assert (found.all, found.rounds) == (2, 1)
        told = seats(any_db, **asked)
        assert sorted((one.waiting, one.missed) for one in told.lines) == [(0, 0), (1, 1), (1, 1)]
        assert [one.comments for one in told.voices] == [1]
