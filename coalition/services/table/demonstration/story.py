"""What happens at the demonstration's table, deed by deed, through the services."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.ballots import BallotId, Words
from coalition.domain.deliberation.plans import RoundPlan
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import Results, Round, RoundId, RoundKind, Terms
from coalition.domain.deliberation.stances import SUPPORTS, Stance
from coalition.domain.ground.permissions import Actor
from coalition.services.deliberation import ballots, proposals, rounds
from coalition.services.deliberation.ballots import BallotForm
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content, Course, Topic
from coalition.services.table.demonstration.disclosing import Disclosing
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store

SEED = 20_260_101  # the same story at every loading
DRAFTED, SUBMITTED = 4.0, 2.0  # days before the first round
UNHURRIED = 3.0  # days ago a text without a round was submitted
HOUR = timedelta(hours=1)
ALTERNATES = 0.4  # share of ballots an alternate casts where there is one
CHANGES = 0.12  # share of ballots that replace an earlier abstention


@dataclass(frozen=True, slots=True)
class Answer:
    """What one organisation is to say in a round."""

    key: str
    stance: Stance
    words: Words


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a round's ballots are cast, and the round once it is open."""

    opened: datetime
    until: datetime
    held: list[Round]


class Story:
    """Puts every topic's course on the agenda and plays it when its hour comes."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people
        self.convener = people.conveners[0]
        self.dice = Random(SEED)  # noqa: S311 (a story, not a secret)
        self._standing: dict[tuple[RoundId, str], BallotId] = {}
        self._disclosing = Disclosing(db, clock, agenda, people)
        self._number = count(1)

    def plan(self, content: Content, ids: dict[str, ProposalId]) -> None:
        """Put everything on the agenda, topic by topic."""
        voting = [one.key for one in content.organisations if one.votes]
        self._waivers = content.waivers
        self._disclosing.plan(content)
        for topic in content.topics:
            number = ids[topic.import_id]
            begins = max((course.opened for course in topic.rounds), default=UNHURRIED)
            drafted = self.agenda.ago(begins + DRAFTED)
            self.agenda.at(drafted, partial(self._draft, topic, number))
            if topic.stage != "draft":
                submitted = self.agenda.ago(begins + SUBMITTED)
                self.agenda.at(submitted, partial(self._submit, topic, number))
            if topic.stage == "withdrawn":
                withdrawn = self.agenda.ago(topic.rounds[-1].cancelled["at"] - 1)
                self.agenda.at(withdrawn, partial(self._withdraw, topic, number))
            for course in topic.rounds:
                self._round(content, topic, course, number, voting)

    def _round(
        self, content: Content, topic: Topic, course: Course, number: ProposalId, voting: list[str]
    ) -> None:
        """Put one round on the agenda with its ballots and its ending."""
        opened = self.agenda.ago(course.opened)
        closes = self.agenda.deadline(course.closes)
        held: list[Round] = []
        self.agenda.at(opened, lambda: held.append(self._open(course, number, closes)))
        until = min(closes, self.agenda.now)
        if course.cancelled:
            until = self.agenda.ago(course.cancelled["at"])
            self.agenda.at(until, lambda: self._cancel(held[0], course.cancelled["reason"]))
        window = Window(opened, until, held)
        for answer in self._answers(content, topic, course, voting):
            self._answer(answer, window)
        ends = closes
        if course.extended:
            self._extension(held, course.extended)
            ends = self.agenda.deadline(course.extended["closes"])
        self.agenda.at(ends + HOUR / 12, lambda: rounds.freeze_due(self.db, self.clock))
        if course.published is not None:
            published = self.agenda.deadline(course.published) + HOUR
            self.agenda.at(published, lambda: self._publish(held[0]))

    def _extension(self, held: list[Round], extended: Any) -> None:  # noqa: ANN401 (from JSON)
        closes = self.agenda.deadline(extended["closes"])
        self.agenda.at(
            self.agenda.ago(extended["at"]),
            lambda: rounds.extend_round(
                self.db,
                self.clock,
                actor=self.convener,
                round_id=held[0].id,
                closes_at=closes,
                reason=extended["reason"],
            ),
        )

    def _answers(
        self, content: Content, topic: Topic, course: Course, voting: list[str]
    ) -> list[Answer]:
        """Deal the round's stances to organisations, the champion first among those for it."""
        stances = [stance for stance, n in course.stances.items() for _ in range(n)]
        others = [key for key in voting if key != topic.champion]
        Random(f"{SEED} {topic.import_id}").shuffle(others)  # noqa: S311 (the same each round)
        objections = iter(topic.objections)
        return [
            Answer(key, stance, self._words(content, stance, objections))
            for key, stance in zip([topic.champion, *others], stances, strict=False)
        ]

    def _words(self, content: Content, stance: Stance, objections: Iterator[str]) -> Words:
        authority = self.dice.choice(content.authority)
        if stance is Stance.OBJECT:
            return Words(next(objections), self.dice.choice(content.remedies), authority)
        return Words(self.dice.choice(content.reasons[stance]), "", authority)

    def _answer(self, answer: Answer, window: Window) -> None:
        """Put one organisation's ballot on the agenda, or an abstention and then the ballot."""
        seated = self.people.delegates[answer.key]
        by = seated[-1] if self.dice.random() < ALTERNATES else seated[0]
        share = self.dice.uniform(0.02, 0.98)
        span = window.until - window.opened
        if answer.stance in SUPPORTS and self.dice.random() < CHANGES:
            words = Words("Our board has not met yet.", "", answer.words.authority)
            waiting = Answer(answer.key, Stance.ABSTAIN, words)
            hour = window.opened + span * share / 2
            self.agenda.at(hour, lambda: self._cast(window.held[0], by, waiting))
        self.agenda.at(window.opened + span * share, lambda: self._cast(window.held[0], by, answer))

    def _draft(self, topic: Topic, number: ProposalId) -> None:
        champion = self.people.numbers[topic.champion]
        proposals.set_champion(
            self.db,
            self.clock,
            actor=self.convener,
            proposal_id=number,
            organisation_id=champion,
        )
        with self.db.reading() as conn:
            this = proposals_store.get(conn, number)
        text = replace(
            this.text,
            problem=topic.problem,
            patient_line=topic.patient_line,
            equity_note=topic.equity_note,
            body=_body(topic, this.text.summary, this.text.ask, this.text.target),
            heard=topic.heard,
            perspectives=topic.perspectives,
            summary_es=topic.summary_es,
            summary_es_by=topic.summary_es_by,
        )
        proposals.edit_draft(
            self.db,
            self.clock,
            actor=self.people.delegates[topic.champion][0],
            proposal_id=number,
            revision=this.revision,
            text=text,
        )

    def _submit(self, topic: Topic, number: ProposalId) -> None:
        by = self.people.delegates[topic.champion][0]
        self._disclosing.of_champion(topic.champion, number)
        proposals.submit_proposal(self.db, self.clock, actor=by, proposal_id=number)

    def _withdraw(self, topic: Topic, number: ProposalId) -> None:
        by = self.people.delegates[topic.champion][0]
        proposals.withdraw_proposal(self.db, self.clock, actor=by, proposal_id=number)

    def _open(self, course: Course, number: ProposalId, closes: datetime) -> Round:
        is_check = course.preset == RoundKind.TEMPERATURE
        preset = None if is_check else presets.get(course.preset)
        opens = self.clock() if course.opens is None else self.agenda.deadline(course.opens)
        plan = RoundPlan(
            kind=preset.kind if preset else RoundKind.TEMPERATURE,
            preset=preset.code if preset else "",
            rule=preset.rule if preset else None,
            results=Results.HIDDEN if course.hidden else Results.OPEN,
            opens_at=opens,
            closes_at=closes,
            terms=Terms(urgency=course.urgency),
            waivers=self._waivers,
        )
        round_id = rounds.open_round(
            self.db,
            self.clock,
            actor=self.convener,
            proposal_id=number,
            plan=plan,
            token=self._token("round"),
        )
        return self._now(round_id)

    def _now(self, round_id: RoundId) -> Round:
        with self.db.reading() as conn:
            return rounds_store.get(conn, round_id)

    def _cast(self, opened: Round, by: Actor, answer: Answer) -> None:
        """Cast a ballot on the text in force; a sign-on offers no abstention to begin with."""
        this = self._now(opened.id)
        if answer.stance not in this.stances:
            return
        form = BallotForm(
            round_id=this.id,
            version_id=this.version_id,
            stance=answer.stance,
            words=answer.words,
            replaces=self._standing.get((this.id, answer.key)),
            token=self._token("ballot"),
            disclosure=self._disclosing.with_ballot(answer.key, this, answer.stance),
        )
        cast = ballots.cast_ballot(self.db, self.clock, actor=by, form=form)
        self._standing[this.id, answer.key] = cast.id

    def _cancel(self, this: Round, reason: str) -> None:
        rounds.cancel_round(
            self.db, self.clock, actor=self.convener, round_id=this.id, reason=reason
        )

    def _publish(self, this: Round) -> None:
        rounds.publish(self.db, self.clock, actor=self.convener, round_id=this.id)

    def _token(self, kind: str) -> str:
        return f"demonstration:{kind}:{next(self._number)}"


def _body(topic: Topic, summary: str, ask: str, target: str) -> str:
    """Return the text put to the table, from the words of the file and the story."""
    paragraphs = (
        topic.problem,
        summary,
        f"We ask: {ask}.",
        f"We ask it of: {target}.",
        topic.patient_line,
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
