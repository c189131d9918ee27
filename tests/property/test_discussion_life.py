"""A discussion as a machine: whatever people say in whatever order, these things hold."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coalition.domain.discussion.comments import (
    Audience,
    AudienceNotYours,
    CommentGone,
    CommentNotFound,
    NotYourComment,
)
from coalition.domain.discussion.mentions import MentionCannotRead, Mentions
from coalition.domain.ground.permissions import PermissionMissing, Role
from coalition.services.discussion import comments, mentions, moderation, threads
from tests.builders import a_comment, a_person, a_proposal, a_table
from tests.conftest import SettableClock, a_fresh_table

PEOPLE = st.integers(0, 3)  # two delegates, an observer, a convener
PLACES = st.integers(0, 30)  # of a comment among those made


@dataclass
class Kept:
    """What the model knows of one comment."""

    by: int
    audience: Audience
    body: str
    root: int | None
    called: int | None
    gone: bool = False
    replies: list = field(default_factory=list)


class Discussion(RuleBasedStateMachine):
    """One proposal, four people; the model is a plain dictionary."""

    @initialize()
    def lay_the_table(self):
        self.folder = TemporaryDirectory()
        self.clock = SettableClock()
        self.db = a_fresh_table(Path(self.folder.name) / "table.db")
        convener, (one, two) = a_table(self.db, organisations=2)
        self.people = [one, two, a_person(self.db, role=Role.OBSERVER), convener]
        self.subject = a_proposal(self.db, self.clock, convener)
        self.said = {}
        self.number = 0

    def teardown(self):
        if hasattr(self, "db"):
            self.db.dispose()
            self.folder.cleanup()

    def sees(self, who, kept):
        return kept.audience is Audience.TABLE or self.people[who].role is Role.CONVENER

    def pick(self, place):
        return list(self.said)[place % len(self.said)] if self.said else None

    @rule(
        who=PEOPLE,
        note=st.booleans(),
        place=st.none() | PLACES,
        calls=st.none() | PEOPLE,
    )
    def somebody_says_something(self, who, note, place, calls):
        root = self.pick(place) if place is not None else None
        above = self.said.get(root)
        audience = Audience.CONVENERS if note else Audience.TABLE
        wide = above.audience if above else audience
        called = Mentions(
            people=frozenset() if calls is None else frozenset({self.people[calls].account_id})
        )
        self.number += 1
        body = f"Word {self.number}."
        try:
            made = a_comment(
                self.db,
                self.clock,
                self.people[who],
                self.subject,
                body,
                audience=audience,
                root_id=root,
                mentions=called,
            )
        except CommentNotFound:
            assert above.root is not None or not self.sees(who, above)
        except CommentGone:
            assert above.gone
        except AudienceNotYours:
            assert wide is Audience.CONVENERS
            assert self.people[who].role is not Role.CONVENER
        except MentionCannotRead:
            assert wide is Audience.CONVENERS
            assert self.people[calls].role is not Role.CONVENER
        else:
            self.said[made] = Kept(who, wide, body, root, calls)
            if above:
                above.replies.append(made)

    @rule(who=PEOPLE, place=PLACES)
    def somebody_takes_something_back(self, who, place):
        number = self.pick(place)
        kept = self.said.get(number)
        try:
            comments.take_back_comment(
                self.db, self.clock, actor=self.people[who], comment_id=number or 1
            )
        except CommentNotFound:
            assert kept is None or not self.sees(who, kept)
        except NotYourComment:
            assert kept.by != who
        except CommentGone:
            assert kept.gone
        else:
            assert kept.by == who
            kept.gone = True

    @rule(who=PEOPLE, place=PLACES)
    def somebody_removes_something(self, who, place):
        number = self.pick(place)
        kept = self.said.get(number)
        try:
            moderation.remove_comment(
                self.db,
                self.clock,
                actor=self.people[who],
                comment_id=number or 1,
                reason="Off the topic",
            )
        except PermissionMissing:
            assert self.people[who].role is not Role.CONVENER
        except CommentNotFound:
            assert kept is None
        except CommentGone:
            assert kept.gone
        else:
            kept.gone = True

    @rule(who=PEOPLE, place=PLACES)
    def somebody_edits(self, who, place):
        number = self.pick(place)
        kept = self.said.get(number)
        self.number += 1
        body = f"Word {self.number}."
        try:
            comments.edit_comment(
                self.db, self.clock, actor=self.people[who], comment_id=number or 1, body=body
            )
        except CommentNotFound:
            assert kept is None or not self.sees(who, kept)
        except NotYourComment:
            assert kept.by != who
        except CommentGone:
            assert kept.gone
        else:
            kept.body, kept.called = body, None

    @invariant()
    def everybody_reads_what_is_for_them_and_no_more(self):
        for who in range(4):
            mine = {n: k for n, k in self.said.items() if self.sees(who, k)}
            roots = [n for n, kept in mine.items() if kept.root is None]
            found = threads.threads(self.db, actor=self.people[who], proposal_id=self.subject)
            assert found.total == len(roots)
            newest = sorted(roots, key=lambda n: -max([n, *mine[n].replies]))
            assert [one.root.comment.id for one in found.threads] == newest[: threads.PAGE]
            for one in found.threads:
                kept = mine[one.root.comment.id]
                assert one.replied == len(kept.replies)
                shown = [each.comment.id for each in one.replies]
                assert shown == kept.replies[-threads.LATEST :]
                for each in (one.root, *one.replies):
                    self.reads_right(who, each.comment, mine[each.comment.id])

    def reads_right(self, who, comment, kept):
        assert comment.is_gone is kept.gone
        if not kept.gone:
            assert comment.body == kept.body
        elif self.people[who].role is not Role.CONVENER:
            assert comment.body == ""

    @invariant()
    def who_is_called_is_told_of_what_they_may_read_and_still_stands(self):
        for who, person in enumerate(self.people):
            calls = [
                number
                for number, kept in self.said.items()
                if kept.called == who and kept.by != who and not kept.gone
            ]
            told = mentions.mentioned(self.db, actor=person, now=self.clock())
            threads_of = [self.said[n].root or n for n in reversed(calls)]
            assert [one.thread_id for one in told] == threads_of[: mentions.AT_MOST]
            assert all(self.sees(who, self.said[n]) for n in calls)


TestDiscussion = Discussion.TestCase
TestDiscussion.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
