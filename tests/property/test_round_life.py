"""A round's life as a machine: whatever people do in whatever order, these things hold."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coalition.domain.deliberation.rounds import RoundClosed, Status
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.errors import CoalitionError
from coalition.services.deliberation import ballots, rounds, standings
from coalition.store.deliberation import verdicts
from tests.builders import QUICK, a_ballot, a_delegate, a_round, a_table
from tests.conftest import SettableClock, a_fresh_table


class RoundLife(RuleBasedStateMachine):
    """One round, three organisations, one convener; the model is a plain dictionary."""

    @initialize()
    def lay_the_table(self):
        self.folder = TemporaryDirectory()
        self.clock = SettableClock()
        self.db = a_fresh_table(Path(self.folder.name) / "table.db")
        self.convener, self.delegates = a_table(self.db)
        self.round = a_round(self.db, self.clock, self.convener, rule=QUICK, days=3)
        self.latecomer = a_delegate(self.db)
        self.said = {}
        self.latest = {}
        self.closes_at = self.round.closes_at
        self.ended = None
        self.frozen = None

    def teardown(self):
        if hasattr(self, "db"):
            self.db.dispose()
            self.folder.cleanup()

    def is_open(self):
        return self.ended is None and self.clock() < self.closes_at

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours):
        self.clock.move(hours=hours)

    @rule(who=st.integers(0, 2), stance=st.sampled_from(Stance))
    def somebody_answers(self, who, stance):
        delegate = self.delegates[who]
        try:
            cast = a_ballot(
                self.db,
                self.clock,
                delegate,
                self.round,
                stance.value,
                replaces=self.latest.get(who),
            )
        except RoundClosed:
            assert not self.is_open()
        else:
            assert self.is_open()
            self.said[who], self.latest[who] = stance, cast.id

    @rule(who=st.integers(0, 2))
    def somebody_withdraws(self, who):
        try:
            withdrawn = ballots.withdraw_ballot(
                self.db,
                self.clock,
                actor=self.delegates[who],
                round_id=self.round.id,
                token=f"withdraw {who} {self.latest.get(who)} {self.clock()}",
            )
        except CoalitionError:
            assert not self.is_open() or who not in self.said
        else:
            assert self.is_open()
            del self.said[who]
            self.latest[who] = withdrawn.id

    @rule(stance=st.sampled_from(Stance))
    def a_latecomer_never_counts(self, stance):
        try:
            a_ballot(self.db, self.clock, self.latecomer, self.round, stance.value)
        except CoalitionError:
            return
        raise AssertionError("an organisation that is not on the roll was recorded")

    @rule(days=st.integers(-2, 3))
    def the_convener_extends(self, days):
        asked = self.closes_at + timedelta(days=days)
        try:
            rounds.extend_round(
                self.db,
                self.clock,
                actor=self.convener,
                round_id=self.round.id,
                closes_at=asked,
                reason="More time.",
            )
        except CoalitionError:
            assert not self.is_open() or asked <= self.closes_at
        else:
            assert self.is_open()
            self.closes_at = asked

    @rule()
    def the_convener_closes_early(self):
        try:
            rounds.close_early(self.db, self.clock, actor=self.convener, round_id=self.round.id)
        except CoalitionError:
            assert not self.is_open() or len(self.said) < 3
        else:
            assert len(self.said) == 3
            self.ended, self.closes_at = "closed_early", self.clock()

    @precondition(lambda self: self.is_open())
    @rule()
    def the_convener_cancels(self):
        rounds.cancel_round(
            self.db,
            self.clock,
            actor=self.convener,
            round_id=self.round.id,
            reason="A mistake.",
        )
        self.ended = "cancelled"

    @rule()
    def the_clock_job_runs(self):
        rounds.freeze_due(self.db, self.clock)

    @invariant()
    def what_is_shown_is_what_was_said(self):
        if not hasattr(self, "db"):
            return
        seen = standings.standing(
            self.db, actor=self.convener, now=self.clock(), round_id=self.round.id
        )
        for stance in Stance:
            assert seen.tally.counts[stance] == list(self.said.values()).count(stance)
        assert (seen.status is Status.OPEN) == self.is_open()
        assert (seen.verdict is None) == (self.ended == "cancelled")

    @invariant()
    def a_frozen_verdict_never_moves(self):
        if not hasattr(self, "db"):
            return
        with self.db.reading() as conn:
            now = verdicts.verdicts(conn, [self.round.id]).get(self.round.id)
        assert self.frozen in {None, now}
        assert now is None or not self.is_open()
        self.frozen = now


TestRoundLife = RoundLife.TestCase
TestRoundLife.settings = settings(max_examples=18, stateful_step_count=20, deadline=None)
