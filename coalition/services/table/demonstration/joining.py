"""Who asks about the table, and how far that has come."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from coalition.domain.ground.permissions import Actor
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.applications import Plan, Stage
from coalition.domain.people.inquiries import InquiryForm, InquiryId, Topic
from coalition.services.people import applications, asking, inquiries
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database
from coalition.store.people import inquiries as inquiries_store


class Joining:
    """Puts each inquiry on the agenda, with what a convener does about it."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people

    def plan(self, content: Content) -> None:
        """Put them all on the agenda; the conveners take turns."""
        conveners = self.people.conveners
        for number, told in enumerate(content.inquiries):
            token = f"demonstration:inquiry:{number}"
            self._plan(told, conveners[number % len(conveners)], token)

    def _plan(self, told: Mapping[str, Any], by: Actor, token: str) -> None:
        days = told["days"]
        self.agenda.at(self.agenda.ago(days), lambda: self._send(told, token))
        if told["state"] != "new":
            self.agenda.at(self.agenda.ago(days - 1), lambda: self._see_to(told, by, token))
        if begun := told.get("application"):
            self.agenda.at(
                self.agenda.ago(begun["days"]), lambda: self._begin(told, begun, by, token)
            )

    def _send(self, told: Mapping[str, Any], token: str) -> None:
        form = InquiryForm(
            topic=Topic(told["topic"]),
            name=told["name"],
            email=told["email"],
            organisation=told["organisation"],
            role=told["role"],
            message=told["message"],
            pillars=tuple(Pillar(pillar) for pillar in told["pillars"]),
            consent=True,
        )
        asking.send_inquiry(self.db, self.clock, form=form, source_key=token, token=token)

    def _see_to(self, told: Mapping[str, Any], by: Actor, token: str) -> None:
        assign = partial(inquiries.assign, self.db, self.clock)
        answer = partial(inquiries.answer, self.db, self.clock, words=told.get("answer", ""))
        deed: Callable[..., object] = answer if told["state"] == "answered" else assign
        deed(actor=by, inquiry_id=self._number(told), token=f"{token}:deed")

    def _begin(
        self, told: Mapping[str, Any], begun: Mapping[str, Any], by: Actor, token: str
    ) -> None:
        due = (self.agenda.now + timedelta(days=begun["due"])).date()
        applications.begin(
            self.db,
            self.clock,
            actor=by,
            inquiry_id=self._number(told),
            plan=Plan(Stage(begun["stage"]), by.account_id, begun["step"], due),
            token=f"{token}:application",
        )

    def _number(self, told: Mapping[str, Any]) -> InquiryId:
        """Return the number of an inquiry of the story, which has an address of its own."""
        with self.db.reading() as conn:
            waiting = inquiries_store.list_open(conn, limit=100)
        return next(one.id for one in waiting if one.email == told["email"])
