"""Two organisations that have not answered: one is reviewing, for one a convener writes it down."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rounds import Results, Round, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.services.deliberation import clearances, recording
from coalition.services.deliberation.recording import RecordForm
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Connection, Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies

HOUR = timedelta(hours=1)


class Late:
    """Finds who is silent hours before loading, and plays what they do."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people

    def plan(self, content: Content) -> None:
        """Put it on the agenda."""
        told = content.late
        self.agenda.at(self.agenda.now - told["hours"] * HOUR, lambda: self._play(told))

    def _play(self, told: Mapping[str, Any]) -> None:
        with self.db.reading() as conn:
            this, silent = self._quietest(conn)
        by = {self.people.numbers[key]: seated for key, seated in self.people.delegates.items()}
        reviewing, away = [one for one in silent if by.get(one)][:2]
        clearances.mark_clearance(
            self.db,
            self.clock,
            actor=by[reviewing][0],
            round_id=this.id,
            until=min(self.agenda.deadline(told["days"]), this.closes_at),
            note=told["note"],
            token="demonstration:clearance",  # noqa: S106 (of a form, not of a person)
        )
        hour = self.clock() - HOUR
        said = Evidence(Channel.PHONE, told["said_by"], hour, told["recorded_note"])
        form = RecordForm(
            round_id=this.id,
            organisation_id=away,
            version_id=this.version_id,
            stance=Stance.SUPPORT,
            words=Words(),
            evidence=said,
            replaces=None,
            token="demonstration:recorded",  # noqa: S106
        )
        recording.record_ballot(self.db, self.clock, actor=self.people.conveners[0], form=form)

    def _quietest(self, conn: Connection) -> tuple[Round, list[OrganisationId]]:
        """Return the open round with most silent organisations, and those, in order."""
        found: list[tuple[Round, list[OrganisationId]]] = []
        for one in rounds_store.open_at(conn, self.clock()):
            if one.kind is RoundKind.BINDING and one.results is Results.OPEN:
                given = tallies.stances(conn, [one.id])
                roll = rounds_store.roll(conn, one.id)
                found.append((one, [who for who in roll if (one.id, who) not in given]))
        return max(found, key=lambda each: len(each[1]))
