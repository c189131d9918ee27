"""A deliberation's life as a machine: texts move on, objections come and go, consent follows.

Nothing here asks the services what they believe: verdicts are counted again from bare rows,
and what each organisation has seen is kept by the machine itself.
"""

import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.objections import UNRESOLVED, State
from coalition.domain.deliberation.rounds import LIVE, Results, Terms
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.domain.ground.errors import CoalitionError
from coalition.services.deliberation import rounds
from coalition.services.table.verifying import verify
from coalition.store import migration, schema
from coalition.store.database import Database
from coalition.store.ground import profile
from tests.builders import CONSENSUS, QUICK, a_proposal, a_recorded, a_round, a_table
from tests.conftest import TABLE, SettableClock
from tests.deliberating import (
    COMMENT,
    EDITORIAL,
    LAST_CALL,
    MUST,
    SHOULD,
    SUBSTANTIVE,
    an_objection,
    answered,
    confirmed,
    contested,
    now_of,
    resolved,
    revised,
    tally_of,
    texts,
    voted,
    withdrawn,
)

WHO = st.integers(0, 2)
TERM = st.sampled_from(["counts", "missing"])
NO_INTEREST = DisclosureForm(Interest.NONE)
ALL = st.tuples(*[st.sampled_from([*[Stance.SUPPORT] * 3, Stance.OBJECT, Stance.ABSTAIN])] * 3)
KEYED = (
    schema.consensus_round,
    schema.text_version,
    schema.ballot,
    schema.round_clock,
    schema.objection,
    schema.objection_step,
)
LAID = TemporaryDirectory()


class DeliberationLife(RuleBasedStateMachine):
    """One proposal, three organisations, one convener, as many rounds as it takes."""

    @initialize(
        rule=st.sampled_from([CONSENSUS, QUICK, LAST_CALL]),
        unconfirmed=TERM,
        recorded=TERM,
        results=st.sampled_from(Results),
    )
    def lay_the_table(self, rule, unconfirmed, recorded, results):
        laid, self.convener, self.delegates, proposal_id = a_laid_table()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "table.db"
        shutil.copy(laid, path)
        self.clock = SettableClock()
        self.db = Database(f"sqlite:///{path}")
        self.champion = self.delegates[2]
        self.plan = {
            "rule": rule,
            "terms": Terms(unconfirmed, recorded),
            "results": Results.OPEN if rule is LAST_CALL else results,
        }
        self.objections = {}  # every one ever seen, with its steps
        self.begin(proposal_id)

    def begin(self, proposal_id):
        """Open the first round on a proposal."""
        self.said = {}  # by organisation: stance, text seen, whether a convener entered it
        self.round = a_round(
            self.db, self.clock, self.convener, proposal_id=proposal_id, **self.plan
        )
        self.asked = {self.round.version_id: True}  # texts: whether they change what is asked

    def teardown(self):
        if hasattr(self, "db"):
            self.db.dispose()
            self.folder.cleanup()

    # What people do. A refusal is right or wrong by what the table looks like afterwards.

    def tried(self, deed, *args, **form):
        """Do something a second after everything before it; return what came, None if refused."""
        self.clock.move(seconds=1)
        try:
            return deed(self.db, self.clock, *args, **form)
        except CoalitionError:
            return None

    @rule(hours=st.sampled_from([1, 30, 49, 200]))
    def time_passes(self, hours):
        self.clock.move(hours=hours)

    @precondition(lambda self: not now_of(self.db, self.round).stopped)
    @rule(stances=ALL, anew=st.booleans())
    def the_round_closes_and_another_opens(self, stances, anew):
        """On the same proposal where it may, or on a new one; an auditor looks in."""
        self.everybody_answers(stances)
        self.what_holds()
        if now_of(self.db, self.round).stopped:
            return
        self.clock.hour = max(self.clock(), now_of(self.db, self.round).closes_at)
        rounds.freeze_due(self.db, self.clock)
        assert verify(self.db).findings == ()
        if anew:
            self.begin(a_proposal(self.db, self.clock, self.champion))
            return
        again = {"proposal_id": self.round.proposal_id}
        if opened := self.tried(a_round, self.convener, **again, **self.plan):
            self.round, self.said = opened, {}

    @rule(stances=ALL)
    def everybody_answers(self, stances):
        for who, stance in enumerate(stances):
            self.somebody_answers(who, stance)

    @rule(who=WHO, stance=st.sampled_from([*Stance, Stance.OBJECT, Stance.SUPPORT]))
    def somebody_answers(self, who, stance):
        cast = self.tried(voted, self.delegates[who], self.round, stance.value)
        self.heard(who, cast)

    @rule(who=WHO, back=st.integers(1, 2))
    def somebody_confirms(self, who, back):
        before = self.said.get(who)
        seen = texts(self.db, self.round)[-back:][0].id
        made = self.tried(
            confirmed,
            self.delegates[who],
            self.round,
            version_id=seen,
            disclosure=NO_INTEREST,
        )
        if made:
            assert before is not None, "there was something to confirm"
            assert made.stance is before[0]
            assert made.version_id == seen, "what it was shown is what it gave it on"
        self.heard(who, made)

    @rule(who=WHO)
    def somebody_withdraws(self, who):
        if self.tried(withdrawn, self.delegates[who], self.round):
            del self.said[who]

    @rule(who=WHO, stance=st.sampled_from(Stance))
    def the_convener_records(self, who, stance):
        home = self.delegates[who].seat.organisation_id
        made = self.tried(
            a_recorded, self.convener, now_of(self.db, self.round), home, stance.value
        )
        self.heard(who, made)

    def heard(self, who, ballot):
        if ballot:
            self.said[who] = (ballot.stance, ballot.version_id, ballot.capacity == "recorded")

    @rule(mark=st.sampled_from([EDITORIAL, SUBSTANTIVE]), contests=st.none() | WHO)
    def the_text_changes(self, mark, contests):
        if made := self.tried(revised, self.champion, self.round, mark):
            self.asked[made.id] = mark is SUBSTANTIVE
            if contests is not None:
                self.somebody_contests(contests, 1)

    @rule(who=WHO, back=st.integers(1, 2))
    def somebody_contests(self, who, back):
        version = texts(self.db, self.round)[-back:][0]
        before = history(self.db).version_contest
        self.tried(contested, self.delegates[who], version)
        if history(self.db).version_contest != before:
            self.asked[version.id] = True

    @rule(who=WHO, severity=st.sampled_from([MUST, MUST, SHOULD, COMMENT]), n=st.integers(0, 2))
    def somebody_objects_beside_any_ballot(self, who, severity, n):
        reason, number = f"Reason {n}", self.round.proposal_id
        self.tried(an_objection, self.delegates[who], number, severity, reason=reason)

    @precondition(lambda self: self.objections)
    @rule(who=WHO, what=st.sampled_from(["answer", "withdraw", "met", "met"]), data=st.data())
    def somebody_works_on_one(self, who, what, data):
        number = data.draw(st.sampled_from(sorted(self.objections)))
        if what == "answer":
            self.tried(answered, self.delegates[who], number)
        else:
            self.tried(resolved, self.delegates[who], number, met=what == "met")

    @rule(days=st.integers(0, 3))
    def the_convener_extends_or_closes_early(self, days):
        on = {"actor": self.convener, "round_id": self.round.id}
        if days == 0:
            self.tried(rounds.close_early, **on)
            return
        later = max(self.clock(), self.round.closes_at) + timedelta(days=days)
        self.tried(rounds.extend_round, **on, closes_at=later, reason="More time.")

    # What holds whatever they did.

    @invariant()
    def what_holds(self):
        if not hasattr(self, "round"):
            return
        self.rows = history(self.db)
        self.no_ballot_counts_for_a_text_its_organisation_has_not_seen()
        for row in self.rows.verdict:
            assert recomputed(self.rows, row.round_id) == row.answer
        self.an_objection_never_disappears()
        self.a_last_call_stands_still_while_a_must_change_objection_waits()

    def no_ballot_counts_for_a_text_its_organisation_has_not_seen(self):
        if now_of(self.db, self.round).status(self.clock()) not in LIVE:
            return
        terms, substantive = self.plan["terms"], max(v for v, asked in self.asked.items() if asked)
        counted = [
            stance
            for stance, seen, recorded in self.said.values()
            if (seen >= substantive or stance is Stance.RECUSED or terms.unconfirmed == "counts")
            and (terms.recorded == "counts" or not recorded)
        ]
        assert tally_of(self.db, self.round) == Tally.of(counted, eligible=3)

    def an_objection_never_disappears(self):
        now = {row.id: row for row in self.rows.objection}
        steps = {}
        for step in self.rows.objection_step:
            steps.setdefault(step.objection_id, []).append(step)
        assert self.objections.keys() <= now.keys()
        for number, row in now.items():
            before, told = self.objections.get(number, []), steps[number]
            assert told[: len(before)] == before
            assert row.state == told[-1].state
            assert all(step.state in UNRESOLVED for step in told[:-1]), "resolved for good"
            self.require_rightly_resolved(row, told[-1])
        self.objections = steps

    def require_rightly_resolved(self, row, last):
        people = {one.account_id: one.seat.organisation_id for one in self.delegates}
        if last.state in {State.WITHDRAWN, State.MET}:
            assert people[last.made_by] == row.organisation_id, "its own people alone resolve it"
        if last.state == State.MET:
            assert last.version_id > row.version_id
        if last.state in {State.UPHELD, State.OVERRIDDEN}:
            assert last.made_by is None
            wanted = "blocked" if last.state == State.UPHELD else "adopted.over_objection"
            assert any(one.answer["reason"].startswith(wanted) for one in self.rows.verdict)

    def a_last_call_stands_still_while_a_must_change_objection_waits(self):
        this = now_of(self.db, self.round)
        if this.is_last_call and this.status(self.clock()) in LIVE:
            assert this.stopped == bool(self.waits(this.proposal_id))

    def waits(self, proposal_id):
        """Return the unresolved must-change objections to a proposal."""
        return [
            row
            for row in history(self.db).objection
            if row.severity == MUST and row.state in UNRESOLVED and row.proposal_id == proposal_id
        ]


@cache
def a_laid_table():
    """Return a table's file with its people and a proposal, laid once for all examples."""
    path = Path(LAID.name) / "laid.db"
    db, clock = Database(f"sqlite:///{path}"), SettableClock()
    migration.migrate(db)
    with db.writing() as conn:
        profile.put(conn, TABLE, at=clock())
    convener, delegates = a_table(db)
    proposal_id = a_proposal(db, clock, delegates[2])
    db.dispose()
    return path, convener, delegates, proposal_id


def history(db):
    """Return the bare rows of history by table, in the order of their keys."""
    with db.reading() as conn:
        return SimpleNamespace(
            **{
                table.name: list(conn.execute(select(table).order_by(table.c.id)))
                for table in KEYED
            },
            version_contest=list(conn.execute(select(schema.version_contest))),
            verdict=list(conn.execute(select(schema.verdict))),
            round_roll=list(conn.execute(select(schema.round_roll))),
        )


def recomputed(rows, round_id):
    """Return what the bare rows of history make of a round: no service, no stored count."""
    this = next(row for row in rows.consensus_round if row.id == round_id)
    substantive = asked_last(rows, this)
    standing = {row.organisation_id: row for row in rows.ballot if row.round_id == round_id}
    counted = [
        Stance(row.stance)
        for row in standing.values()
        if row.stance != "withdrawn" and reaches_the_engine(row, this.terms, substantive)
    ]
    restarts = [row.at for row in rows.round_clock if row.round_id == round_id and row.closes_at]
    runs_from = max([this.opens_at, *restarts])
    state = Case(
        Tally.of(counted, eligible=sum(row.round_id == round_id for row in rows.round_roll)),
        hours_open=int((this.closes_at - runs_from) / timedelta(hours=1)),
        recirculated=went_round(rows, this, substantive),
    )
    return decide(Rule.from_json(this.rule), state).to_json()


def asked_last(rows, this):
    """Return the last text written or contested before a round closed that changed the ask."""
    contests = {row.version_id: row.at for row in rows.version_contest}
    return max(
        row.id
        for row in rows.text_version
        if row.proposal_id == this.proposal_id
        and row.at < this.closes_at
        and (row.mark != "editorial" or contests.get(row.id, this.closes_at) < this.closes_at)
    )


def reaches_the_engine(row, terms, substantive):
    """Say whether the terms let a standing ballot through."""
    carried = row.version_id < substantive and row.stance != "recused"
    if carried and terms["unconfirmed"] == "missing":
        return False
    return not (row.capacity == "recorded" and terms["recorded"] == "missing")


def went_round(rows, this, substantive):
    """Say whether an earlier round sent the same text back."""
    outcomes = {row.round_id: row.outcome for row in rows.verdict}
    return any(
        outcomes.get(row.id) == "recirculate" and asked_last(rows, row) == substantive
        for row in rows.consensus_round
        if row.id < this.id
    )


TestDeliberationLife = DeliberationLife.TestCase
TestDeliberationLife.settings = settings(max_examples=18, stateful_step_count=30, deadline=None)
