"""What the demonstration's organisations would change in each other's texts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from coalition.domain.deliberation.passages import Field
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.versions import Mark, Revision
from coalition.domain.discussion.suggestions import State, SuggestionId
from coalition.domain.discussion.weaving import prefilled
from coalition.domain.discussion.wishes import Answer, Wish
from coalition.domain.ground.permissions import Actor
from coalition.services.deliberation import proposals
from coalition.services.discussion import suggestions
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database


class Suggesting:
    """Lets organisations suggest, the champion answer, and make a version of what it took."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people

    def plan(self, content: Content, ids: Mapping[str, ProposalId]) -> None:
        """Put everything on the agenda."""
        champions = {one.import_id: one.champion for one in content.topics}
        for number, told in enumerate(content.suggestions):
            token = f"demonstration:suggestion:{number}"
            made: list[SuggestionId] = []
            suggest = partial(self._suggest, told, ids[told["proposal"]], token, made)
            self.agenda.at(self.agenda.ago(told["days"]), suggest)
            if "answer" in told:
                by = self._delegate(champions[told["proposal"]])
                self.agenda.at(
                    self.agenda.ago(told["answered"]), partial(self._answer, told, by, made)
                )
        for told in content.revisions:
            by = self._delegate(champions[told["proposal"]])
            revise = partial(self._revise, told, ids[told["proposal"]], by)
            self.agenda.at(self.agenda.ago(told["days"]), revise)

    def _suggest(
        self, told: Mapping[str, Any], number: ProposalId, token: str, made: list[SuggestionId]
    ) -> None:
        wish = Wish(Field.BODY, told["quote"], told["wording"], told["reason"])
        by = self._delegate(told["organisation"])
        made.append(
            suggestions.suggest(
                self.db, self.clock, actor=by, proposal_id=number, wish=wish, token=token
            )
        )

    def _answer(self, told: Mapping[str, Any], by: Actor, made: list[SuggestionId]) -> None:
        given = Answer(State(told["answer"]), told["because"])
        suggestions.answer(self.db, self.clock, actor=by, suggestion_id=made[0], given=given)

    def _revise(self, told: Mapping[str, Any], number: ProposalId, by: Actor) -> None:
        detail = proposals.detail(self.db, actor=by, now=self.clock(), proposal_id=number)
        every = suggestions.on_proposal(self.db, actor=by, proposal_id=number).every
        base = detail.versions[-1]
        text = prefilled(base, every, {one.id: one for one in detail.versions})
        suggestions.revise(
            self.db,
            self.clock,
            actor=by,
            proposal_id=number,
            revision=Revision(
                base.id, base.title, text.ask, text.body, told["note"], Mark.SUBSTANTIVE
            ),
            token=f"demonstration:revision:{number}",
            including=tuple(one.id for one in text.applied),
        )

    def _delegate(self, key: str) -> Actor:
        return self.people.delegates[key][0]
