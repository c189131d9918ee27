"""When the demonstration's table meets: called, one of them cancelled, one long over."""

from collections.abc import Mapping
from datetime import time, timedelta
from functools import partial
from typing import Any

from coalition.domain.ground.moments import day_at
from coalition.domain.notices.meetings import MeetingForm, MeetingId
from coalition.services.notices import meetings
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database


class Meetings:
    """Lets a convener call each meeting on its day, and cancel what is cancelled."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people
        self._made: dict[str, MeetingId] = {}

    def plan(self, content: Content) -> None:
        """Put them all on the agenda."""
        for number, told in enumerate(content.meetings):
            token = f"demonstration:meeting:{number}"
            self.agenda.at(self.agenda.ago(told["called"]), partial(self._call, told, token))
            if off := told.get("cancelled"):
                deed = partial(self._cancel, token, off["reason"])
                self.agenda.at(self.agenda.ago(off["days"]), deed)

    def _call(self, told: Mapping[str, Any], token: str) -> None:
        day = day_at(self.agenda.now, self.agenda.zone) + timedelta(days=told["on"])
        form = MeetingForm(
            title=told["title"],
            day=day,
            hour=time.fromisoformat(told["hour"]),
            minutes=told["minutes"],
            place=told["place"],
            link=told["link"],
            about=told["about"],
            public=told["public"],
        )
        self._made[token] = meetings.call_meeting(
            self.db, self.clock, actor=self.people.conveners[0], form=form, token=token
        )

    def _cancel(self, token: str, reason: str) -> None:
        by, made = self.people.conveners[0], self._made[token]
        meetings.cancel_meeting(self.db, self.clock, actor=by, meeting_id=made, reason=reason)
