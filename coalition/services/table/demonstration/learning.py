"""What the demonstration's organisations have learned."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.lessons import LessonId, LessonText
from coalition.services.effect import lessons
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database
from coalition.store.deliberation import rounds as rounds_store


class Learning:
    """Lets organisations write lessons, and a convener publish some, each on its day."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people

    def plan(self, content: Content, ids: Mapping[str, ProposalId]) -> None:
        """Put everything on the agenda."""
        for number, told in enumerate(content.lessons):
            made: list[LessonId] = []
            write = partial(self._write, told, ids, f"demonstration:lesson:{number}", made)
            self.agenda.at(self.agenda.ago(told["days"]), write)
            if "published" in told:
                publish = partial(self._publish, made)
                self.agenda.at(self.agenda.ago(told["published"]), publish)

    def _write(
        self,
        told: Mapping[str, Any],
        ids: Mapping[str, ProposalId],
        token: str,
        made: list[LessonId],
    ) -> None:
        words = LessonText(
            told["title"],
            told["challenge"],
            told["tried"],
            told["happened"],
            told["pillar"],
            self._latest(ids[told["proposal"]]) if "proposal" in told else None,
        )
        by = self.people.delegates[told["organisation"]][0]
        made.append(lessons.write_lesson(self.db, self.clock, actor=by, words=words, token=token))

    def _publish(self, made: list[LessonId]) -> None:
        by = self.people.conveners[0]
        lessons.publish_lesson(self.db, self.clock, actor=by, lesson_id=made[0], seen=0)

    def _latest(self, number: ProposalId) -> RoundId:
        with self.db.reading() as conn:
            return rounds_store.of_proposal(conn, number)[-1].id
