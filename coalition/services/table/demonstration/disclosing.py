"""What the demonstration's organisations say of their interests."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.moments import zone
from coalition.domain.ground.permissions import Actor
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.interests import Declaration
from coalition.services.deliberation import disclosures
from coalition.services.people import interests
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database


class Disclosing:
    """Answers the question about an interest, for each organisation once a proposal."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people

    def plan(self, content: Content) -> None:
        """Put what organisations declare by topic on the agenda."""
        for number, told in enumerate(content.interests):
            declare = partial(self._declare, told, f"demonstration:interest:{number}")
            self.agenda.at(self.agenda.ago(told["days"]), declare)

    def of_champion(self, key: str, number: ProposalId) -> None:
        """Let the champion answer before a round opens."""
        by = self._delegate(key)
        disclosures.disclose(
            self.db,
            self.clock,
            actor=by,
            proposal_id=number,
            form=self._answer(by, number),
            token=f"demonstration:disclosure:{number}",
        )

    def with_ballot(self, key: str, this: Round, stance: Stance) -> DisclosureForm | None:
        """Return what a ballot discloses; None where it was said before, or is a recusal."""
        if stance is Stance.RECUSED:
            return None
        by = self._delegate(key)
        asked = self._asked(by, this.proposal_id)
        return None if asked.on_record else self._answer(by, this.proposal_id)

    def _answer(self, by: Actor, number: ProposalId) -> DisclosureForm:
        declared = self._asked(by, number).declared
        if not declared:
            return DisclosureForm(Interest.NONE)
        return DisclosureForm(Interest.TAKES_PART, declared[0].declared.statement)

    def _asked(self, by: Actor, number: ProposalId) -> disclosures.Asked:
        return disclosures.our_interest(self.db, actor=by, now=self.clock(), proposal_id=number)

    def _declare(self, told: Mapping[str, Any], token: str) -> None:
        days = {"from_on": told["days"], "to_on": told.get("ended")}
        declared = Declaration(
            told["topic"],
            tuple(Pillar(pillar) for pillar in told["pillars"]),
            told["statement"],
            **{
                name: self.agenda.ago(ago).astimezone(zone(self.agenda.zone)).date()
                for name, ago in days.items()
                if ago is not None
            },
        )
        by = self._delegate(told["organisation"])
        interests.declare_interest(self.db, self.clock, actor=by, declared=declared, token=token)

    def _delegate(self, key: str) -> Actor:
        return self.people.delegates[key][0]
