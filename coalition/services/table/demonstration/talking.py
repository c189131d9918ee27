"""What the demonstration's people say to one another about its proposals."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.discussion.comments import Audience, CommentId, Reaction
from coalition.domain.discussion.mentions import Mentions
from coalition.domain.ground.permissions import Actor
from coalition.services.discussion import comments, moderation
from coalition.services.discussion.comments import CommentForm
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.people import People
from coalition.store.database import Database
from coalition.store.deliberation import versions as versions_store

AFTER = 0.05  # days after a comment that others react to it


class Talking:
    """Says every comment on its day, the first of a thread before its replies."""

    def __init__(self, db: Database, clock: MovingClock, agenda: Agenda, people: People) -> None:
        self.db = db
        self.clock = clock
        self.agenda = agenda
        self.people = people
        self._made: dict[str, CommentId] = {}

    def plan(self, content: Content, ids: Mapping[str, ProposalId]) -> None:
        """Put everything on the agenda."""
        for number, told in enumerate(content.discussion):
            name = f"demonstration:thread:{number}"
            proposal_id = ids[told["proposal"]]
            self._put(told, proposal_id, name)
            for place, reply in enumerate(told["replies"]):
                self._put(reply, proposal_id, f"{name}:{place}", root=name)

    def _put(
        self, told: Mapping[str, Any], proposal_id: ProposalId, name: str, *, root: str = ""
    ) -> None:
        """Put a comment on the agenda, and what others make of it."""
        hour = self.agenda.ago(told["days"])
        self.agenda.at(hour, lambda: self._say(told, proposal_id, name, root))
        for reaction in Reaction:
            for who in told.get(reaction.value, ()):
                later = self.agenda.ago(told["days"] - AFTER)
                self.agenda.at(later, partial(self._react, name, who, reaction))
        if "removed" in told:
            gone = self.agenda.ago(told["removed_days"])
            self.agenda.at(gone, lambda: self._remove(name, told["removed"]))

    def _say(self, told: Mapping[str, Any], proposal_id: ProposalId, name: str, root: str) -> None:
        with self.db.reading() as conn:
            latest = versions_store.latest_version(conn, proposal_id)
        form = CommentForm(
            proposal_id,
            told["words"],
            name,
            root_id=self._made[root] if root else None,
            audience=Audience(told.get("audience", Audience.TABLE)),
            version_id=latest.id if latest else None,
            quote=told.get("quote", ""),
            mentions=self._called(told.get("calls", ())),
        )
        by = self._who(told["by"])
        self._made[name] = comments.write_comment(self.db, self.clock, actor=by, form=form)

    def _react(self, name: str, who: str, reaction: Reaction) -> None:
        comments.react(
            self.db,
            self.clock,
            actor=self._who(who),
            comment_id=self._made[name],
            reaction=reaction,
            on=True,
        )

    def _remove(self, name: str, reason: str) -> None:
        by, made = self.people.conveners[0], self._made[name]
        moderation.remove_comment(self.db, self.clock, actor=by, comment_id=made, reason=reason)

    def _called(self, keys: tuple[str, ...]) -> Mentions:
        seated = [key for key in keys if key in self.people.numbers]
        others = [self._who(key).account_id for key in keys if key not in seated]
        return Mentions(frozenset(others), frozenset(self.people.numbers[key] for key in seated))

    def _who(self, key: str) -> Actor:
        """Return a person by their part, or the delegate of an organisation."""
        first, second = self.people.conveners
        parts = {"convener": first, "second_convener": second, "observer": self.people.observer}
        return parts[key] if key in parts else self.people.delegates[key][0]
