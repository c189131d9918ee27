"""What is said of the demonstration's decisions after they were made."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.stances import Stance
from coalition.domain.effect.dissents import DissentKind
from coalition.domain.effect.outcomes import today
from coalition.domain.ground.permissions import Actor
from coalition.services.effect import dissents, outcomes, supersessions
from coalition.services.effect.dissents import DissentForm
from coalition.services.effect.outcomes import OutcomeForm
from coalition.services.effect.supersessions import SupersessionForm
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store


class Afterwards:
    """Lets an organisation dissent and a convener say what followed, each on its day."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people

    def plan(self, content: Content, ids: Mapping[str, ProposalId]) -> None:
        """Put everything on the agenda."""
        deeds = {"outcome": self._state, "superseded": self._supersede}
        for number, told in enumerate(content.afterwards):
            deed = deeds.get(told["kind"], self._dissent)
            token = f"demonstration:afterwards:{number}"
            self.agenda.at(self.agenda.ago(told["days"]), partial(deed, told, ids, token))

    def _dissent(self, told: Mapping[str, Any], ids: Mapping[str, ProposalId], token: str) -> None:
        this, kind = self._latest(ids[told["proposal"]]), DissentKind(told["kind"])
        form = DissentForm(this.id, kind, told["words"], None, token)
        dissents.attach(self.db, self.clock, actor=self._who(this, told["stance"]), form=form)

    def _state(self, told: Mapping[str, Any], ids: Mapping[str, ProposalId], token: str) -> None:
        ahead = timedelta(days=told["review_in"])
        review_on = today(self.clock() + ahead, self.agenda.zone)
        this = self._latest(ids[told["proposal"]])
        form = OutcomeForm(this.id, told["words"], review_on, token)
        outcomes.state_outcome(self.db, self.clock, actor=self.people.conveners[0], form=form)

    def _supersede(
        self, told: Mapping[str, Any], ids: Mapping[str, ProposalId], token: str
    ) -> None:
        older, newer = (self._latest(ids[told[name]]) for name in ("proposal", "by"))
        form = SupersessionForm(older.id, newer.id, told["words"], token)
        supersessions.supersede(self.db, self.clock, actor=self.people.conveners[0], form=form)

    def _latest(self, number: ProposalId) -> Round:
        with self.db.reading() as conn:
            return rounds_store.of_proposal(conn, number)[-1]

    def _who(self, this: Round, stance: str) -> Actor:
        """Return the delegate of the first organisation that took this stance."""
        with self.db.reading() as conn:
            given = tallies_store.stances(conn, [this.id])
        first = min(home for (_, home), said in given.items() if said is Stance(stance))
        key = next(key for key, number in self.people.numbers.items() if number == first)
        return self.people.delegates[key][0]
