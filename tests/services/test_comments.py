"""The discussion: who says what to whom, who may read it, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from coalition.domain.deliberation.passages import PassageAmbiguous, PassageGone
from coalition.domain.deliberation.proposals import ProposalNotFound, VersionId
from coalition.domain.discussion.comments import (
    Audience,
    AudienceNotYours,
    CommentGone,
    CommentNotFound,
    DraftUndiscussed,
    NotYourComment,
    Reaction,
)
from coalition.domain.discussion.mentions import (
    AT_MOST,
    MentionCannotRead,
    MentionGone,
    Mentions,
    TooManyMentions,
)
from coalition.domain.ground.permissions import PermissionMissing, Role
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable
from coalition.services.deliberation import proposals, rounds
from coalition.services.discussion import comments, moderation, threads
from coalition.services.discussion import mentions as calls
from coalition.services.discussion.threads import LATEST, PAGE, REPLIES
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.deliberation import versions
from coalition.store.faults import HistoryKept
from coalition.store.ground import audit
from tests.builders import (
    QUICK,
    a_comment,
    a_delegate,
    a_person,
    a_proposal,
    a_round,
    a_table,
)
from tests.services.test_tick import rows

NOTE = Audience.CONVENERS


@pytest.fixture
def table(db):
    return a_table(db)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def delegate(table):
    return table[1][0]


@pytest.fixture
def other(table):
    return table[1][1]


@pytest.fixture
def observer(db):
    return a_person(db, role=Role.OBSERVER)


@pytest.fixture
def subject(db, clock, convener):
    """A proposal on the table."""
    return a_proposal(db, clock, convener)


def listed(db, person, subject, page=1):
    return threads.threads(db, actor=person, proposal_id=subject, page=page)


def opened(db, person, subject, root, page=None):
    return threads.thread(db, actor=person, proposal_id=subject, root_id=root, page=page)


def bodies(said):
    return [one.comment.body for one in said]


def called_to(db, clock, person):
    return [one.thread_id for one in calls.mentioned(db, actor=person, now=clock())]


def actions(db, comment_id):
    with db.reading() as conn:
        return [entry.action for entry in audit.trail(conn, subject=f"comment:{comment_id}")]


def leave(db, person):
    with db.writing() as conn:
        theirs = schema.account.c.id == person.account_id
        conn.execute(update(schema.account).where(theirs).values(active=False))


def part(db, organisation_id, status="left"):
    with db.writing() as conn:
        it = schema.organisation.c.id == organisation_id
        conn.execute(update(schema.organisation).where(it).values(status=status))


def people(*who):
    return Mentions(people=frozenset(one.account_id for one in who))


def organisations(*who):
    return Mentions(organisations=frozenset(one.seat.organisation_id for one in who))


# Saying


def test_a_comment_is_for_the_organisation_whose_seat_one_holds_at_that_moment(
    db, clock, subject, delegate, observer, convener
):
    ours = a_comment(db, clock, delegate, subject, "We see it in our clinic.")
    theirs = a_comment(db, clock, observer, subject, "May I ask why?")
    with db.writing() as conn:
        conn.execute(update(schema.seat).values(to_at=clock() + timedelta(hours=1)))
    clock.move(hours=2)
    later = a_comment(db, clock, delegate, subject, "I still think so.")

    found = {one.root.comment.id: one.root for one in listed(db, convener, subject).threads}
    assert found[ours].organisation == delegate.seat.organisation
    assert found[ours].writer == delegate.name
    assert found[theirs].organisation == ""
    assert found[later].organisation == "", "the page still believed in the seat"
    assert actions(db, ours) == ["comment.written"]


def test_a_convener_who_once_held_a_seat_says_nothing_for_it(db, clock, subject, delegate):
    now_convener = replace(delegate, role=Role.CONVENER)
    a_comment(db, clock, now_convener, subject, "A reminder.")
    assert listed(db, delegate, subject).threads[0].root.organisation == ""


def test_the_same_form_sent_twice_says_it_once(db, clock, subject, delegate):
    sent = [a_comment(db, clock, delegate, subject, "Once.", token="one form") for _ in range(2)]
    assert sent[0] == sent[1]
    assert listed(db, delegate, subject).total == 1


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("", TextMissing),
        (" \u200d\n", TextMissing),
        ("x" * 100_000, TextTooLong),
        ("Pay\u202ecash", TextUnreadable),
    ],
)
def test_words_that_cannot_be_kept_change_nothing(db, clock, subject, delegate, body, refusal):
    kept = a_comment(db, clock, delegate, subject, "As it was.")
    before = verify(db).head
    with pytest.raises(refusal):
        a_comment(db, clock, delegate, subject, body)
    with pytest.raises(refusal):
        comments.edit_comment(db, clock, actor=delegate, comment_id=kept, body=body)
    assert verify(db).head == before
    assert bodies([listed(db, delegate, subject).threads[0].root]) == ["As it was."]


def test_administrators_read_along_and_say_nothing(db, clock, subject, delegate):
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    a_comment(db, clock, delegate, subject, "Hello.")
    assert listed(db, administrator, subject).total == 1
    with pytest.raises(PermissionMissing):
        a_comment(db, clock, administrator, subject, "Me too.")


def test_a_draft_is_not_discussed_and_its_existence_not_told(db, clock, convener, delegate):
    draft = a_proposal(db, clock, convener, submitted=False)
    with pytest.raises(DraftUndiscussed):
        a_comment(db, clock, convener, draft, "Early.")
    with pytest.raises(ProposalNotFound):
        a_comment(db, clock, delegate, draft, "Prying.")
    with pytest.raises(ProposalNotFound):
        listed(db, delegate, draft)
    note = a_comment(db, clock, convener, draft, "Wait for the board.", audience=NOTE)
    with pytest.raises(ProposalNotFound):
        opened(db, delegate, draft, note)


@pytest.mark.parametrize("end", ["withdrawn", "decided"])
def test_what_is_off_the_table_can_still_be_discussed(db, clock, convener, delegate, end):
    if end == "withdrawn":
        subject = a_proposal(db, clock, convener)
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=subject)
    else:
        this = a_round(db, clock, convener, rule=QUICK)
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)
        subject = this.proposal_id
    assert a_comment(db, clock, delegate, subject, "What did we learn?")


# Threads


def test_a_reply_stands_under_its_thread_and_has_its_audience(
    db, clock, subject, convener, delegate
):
    root = a_comment(db, clock, convener, subject, "For us.", audience=NOTE)
    a_comment(db, clock, convener, subject, "Agreed.", root_id=root, audience=Audience.TABLE)
    assert listed(db, delegate, subject).total == 0
    thread = opened(db, convener, subject, root).thread
    assert bodies(thread.replies) == ["Agreed."]
    assert thread.replies[0].comment.audience is NOTE


def test_replies_go_to_threads_of_this_proposal_alone(db, clock, subject, convener, delegate):
    elsewhere = a_proposal(db, clock, convener)
    root = a_comment(db, clock, delegate, elsewhere, "Over there.")
    reply = a_comment(db, clock, delegate, elsewhere, "Yes.", root_id=root)
    for number in (root, 999_999):
        with pytest.raises(CommentNotFound):
            a_comment(db, clock, delegate, subject, "Lost.", root_id=number)
        with pytest.raises(CommentNotFound):
            opened(db, delegate, subject, number)
    with pytest.raises(CommentNotFound):
        a_comment(db, clock, delegate, elsewhere, "Third level.", root_id=reply)
    with pytest.raises(CommentNotFound):
        opened(db, delegate, elsewhere, reply)


def test_nothing_more_is_said_to_what_is_gone(db, clock, subject, convener, delegate):
    root = a_comment(db, clock, delegate, subject, "Rash words.")
    a_comment(db, clock, convener, subject, "Please mind the tone.", root_id=root)
    moderation.remove_comment(db, clock, actor=convener, comment_id=root, reason="Names a patient")
    with pytest.raises(CommentGone):
        a_comment(db, clock, delegate, subject, "But", root_id=root)
    with pytest.raises(CommentGone):
        comments.edit_comment(db, clock, actor=delegate, comment_id=root, body="But")
    with pytest.raises(CommentGone):
        comments.take_back_comment(db, clock, actor=delegate, comment_id=root)
    with pytest.raises(CommentGone):
        comments.react(db, clock, actor=delegate, comment_id=root, reaction=Reaction.AGREE, on=True)
    assert opened(db, delegate, subject, root).thread.replied == 1


def test_pages_go_by_the_newest_comment_and_show_the_latest_replies(
    db, clock, subject, delegate, other
):
    roots = [a_comment(db, clock, delegate, subject, f"Thread {n}") for n in range(PAGE + 2)]
    for n in range(LATEST + 2):
        a_comment(db, clock, other, subject, f"Reply {n}", root_id=roots[0])
    first, second = (listed(db, delegate, subject, page) for page in (1, 2))
    order = [one.root.comment.id for one in (*first.threads, *second.threads)]
    assert order == [roots[0], *reversed(roots[1:])]
    assert (len(first.threads), first.total) == (PAGE, PAGE + 2)
    assert bodies(first.threads[0].replies) == ["Reply 2", "Reply 3", "Reply 4"]
    assert first.threads[0].replied == LATEST + 2
    assert listed(db, delegate, subject, 99).threads == ()


def test_an_opened_thread_begins_at_its_newest_page(db, clock, subject, delegate):
    root = a_comment(db, clock, delegate, subject, "Long")
    for n in range(REPLIES + 1):
        a_comment(db, clock, delegate, subject, str(n), root_id=root)
    newest = opened(db, delegate, subject, root)
    assert (newest.page, newest.pages, bodies(newest.thread.replies)) == (2, 2, [str(REPLIES)])
    first = opened(db, delegate, subject, root, page=1)
    assert bodies(first.thread.replies) == [str(n) for n in range(REPLIES)]
    assert opened(db, delegate, subject, root, page=99).page == 2
    assert opened(db, delegate, subject, root, page=-1).page == 1


def test_five_hundred_comments_cost_as_many_questions_as_five(
    db, clock, queries, convener, delegate
):
    counts = []
    for size in (5, 500):
        subject = a_proposal(db, clock, convener)
        row = {
            "proposal_id": subject,
            "written_by": delegate.account_id,
            "audience": "table",
            "body": "A word.",
            "at": clock(),
        }
        with db.writing() as conn:
            root = conn.execute(schema.comment.insert(), row).inserted_primary_key[0]
            few = [row | {"root_id": None if n % 10 else root} for n in range(size - 1)]
            conn.execute(schema.comment.insert(), few)
        with queries(db) as said:
            listed(db, delegate, subject)
            opened(db, delegate, subject, root)
        counts.append(len(said))
    assert counts[0] == counts[1] <= 14


# Passages


def test_a_thread_can_be_about_a_passage_of_the_text(db, clock, subject, delegate):
    with db.reading() as conn:
        [version] = versions.versions(conn, subject)
    for quote, field in ((" count copay help", "body"), ("Pass the bill", "ask")):
        made = a_comment(
            db, clock, delegate, subject, "Which help?", version_id=version.id, quote=quote
        )
        kept = opened(db, delegate, subject, made).thread.root.comment
        assert (kept.version_id, kept.passage.field) == (version.id, field)
        assert kept.passage.quote == quote.strip()


def test_a_passage_the_text_does_not_say_is_refused(db, clock, subject, convener, delegate):
    other = a_proposal(db, clock, convener, body="We ask. We ask again.")
    with db.reading() as conn:
        [version], [foreign] = (versions.versions(conn, one) for one in (subject, other))
    for number, quote in ((version.id, "zebra"), (foreign.id, "help"), (VersionId(999), "help")):
        with pytest.raises(PassageGone):
            a_comment(db, clock, delegate, subject, "This", version_id=number, quote=quote)
    with pytest.raises(PassageAmbiguous):
        a_comment(db, clock, delegate, other, "This", version_id=foreign.id, quote="We ask")
    assert listed(db, delegate, subject).total == 0


# Own words


def test_an_edit_is_marked_and_only_by_whoever_wrote_it(db, clock, subject, convener, delegate):
    made = a_comment(db, clock, delegate, subject, "Thrid line.")
    for person in (convener, a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)):
        with pytest.raises(NotYourComment):
            comments.edit_comment(db, clock, actor=person, comment_id=made, body="Mine now.")
        with pytest.raises(NotYourComment):
            comments.take_back_comment(db, clock, actor=person, comment_id=made)
    clock.move(hours=1)
    for _ in range(2):
        comments.edit_comment(db, clock, actor=delegate, comment_id=made, body="Third line.")
    kept = opened(db, delegate, subject, made).thread.root.comment
    assert (kept.body, kept.edited_at) == ("Third line.", clock())
    assert actions(db, made) == ["comment.edited", "comment.written"]


def test_what_is_taken_back_is_erased_and_keeps_its_place(db, clock, subject, convener, delegate):
    made = a_comment(db, clock, delegate, subject, "Zebra.", mentions=people(convener))
    for _ in range(2):
        comments.take_back_comment(db, clock, actor=delegate, comment_id=made)
    [thread] = listed(db, convener, subject).threads
    assert thread.root.comment.is_gone
    assert not thread.root.comment.is_moderated
    assert thread.root.called == ()
    assert "Zebra" not in str(rows(db, schema.comment))
    assert called_to(db, clock, convener) == []
    assert actions(db, made) == ["comment.taken_back", "comment.written"]


# Moderation


def test_a_removal_leaves_its_reason_and_hides_the_words(db, clock, subject, convener, delegate):
    made = a_comment(db, clock, delegate, subject, "Zebra.", mentions=people(convener))
    comments.react(db, clock, actor=delegate, comment_id=made, reaction=Reaction.AGREE, on=True)
    for reason in ("Names a patient", "Another reason"):
        moderation.remove_comment(db, clock, actor=convener, comment_id=made, reason=reason)
    for reader, body in ((delegate, ""), (convener, "Zebra.")):
        [thread] = listed(db, reader, subject).threads
        assert thread.root.comment.body == body
        assert thread.root.comment.removal_reason == "Names a patient"
        assert (thread.root.called, thread.root.reactions) == ((), ())
    assert called_to(db, clock, convener) == []
    assert actions(db, made)[0] == "comment.removed"


@pytest.mark.parametrize(("reason", "refusal"), [(" ", TextMissing), ("x" * 201, TextTooLong)])
def test_a_removal_needs_a_reason(db, clock, subject, convener, delegate, reason, refusal):
    made = a_comment(db, clock, delegate, subject, "Fine.")
    with pytest.raises(refusal):
        moderation.remove_comment(db, clock, actor=convener, comment_id=made, reason=reason)
    assert not listed(db, delegate, subject).threads[0].root.comment.is_gone


def test_what_was_taken_back_is_not_removed_as_well(db, clock, subject, convener, delegate):
    made = a_comment(db, clock, delegate, subject, "Oh.")
    comments.take_back_comment(db, clock, actor=delegate, comment_id=made)
    with pytest.raises(CommentGone):
        moderation.remove_comment(db, clock, actor=convener, comment_id=made, reason="Late")


# Notes of conveners


def test_a_note_is_for_conveners_alone(db, clock, subject, convener, delegate, observer):
    note = a_comment(db, clock, convener, subject, "Their board is split.", audience=NOTE)
    administrator = a_person(db, role=Role.ADMINISTRATOR)
    for person in (delegate, observer, administrator):
        assert listed(db, person, subject) == threads.Page((), 0)
        with pytest.raises(CommentNotFound):
            opened(db, person, subject, note)
    for person in (delegate, observer):
        with pytest.raises(AudienceNotYours):
            a_comment(db, clock, person, subject, "Psst.", audience=NOTE)
        with pytest.raises(AudienceNotYours):
            calls.present(db, actor=person, now=clock(), audience=NOTE)
        for deed in (
            lambda who=person: a_comment(db, clock, who, subject, "And?", root_id=note),
            lambda who=person: comments.react(
                db, clock, actor=who, comment_id=note, reaction=Reaction.AGREE, on=True
            ),
            lambda who=person: comments.edit_comment(
                db, clock, actor=who, comment_id=note, body="No"
            ),
            lambda who=person: comments.take_back_comment(db, clock, actor=who, comment_id=note),
        ):
            with pytest.raises(CommentNotFound):
                deed()
    another = a_person(db, role=Role.CONVENER)
    assert listed(db, another, subject).total == 1


def test_who_is_no_convener_any_more_loses_their_notes(db, clock, subject, convener):
    note = a_comment(db, clock, convener, subject, "Between us.", audience=NOTE)
    demoted = replace(convener, role=Role.OBSERVER)
    with pytest.raises(CommentNotFound):
        comments.edit_comment(db, clock, actor=demoted, comment_id=note, body="Mine")
    assert listed(db, demoted, subject).total == 0


# Mentions


def test_who_is_called_is_told_and_so_is_the_seat_of_an_organisation(
    db, clock, subject, convener, delegate, other
):
    alternate = a_delegate(db, organisation_id=other.seat.organisation_id, rank=1)
    made = a_comment(
        db,
        clock,
        delegate,
        subject,
        "What do you say?",
        mentions=Mentions(people(convener, other).people, organisations(other).organisations),
    )
    for person in (convener, other, alternate):
        [call] = calls.mentioned(db, actor=person, now=clock())
        assert (call.thread_id, call.writer) == (made, delegate.name)
        assert call.seat == delegate.seat.organisation
    assert called_to(db, clock, delegate) == []
    [thread] = listed(db, delegate, subject).threads
    assert {one.name for one in thread.root.called} == {
        convener.name,
        other.name,
        other.seat.organisation,
    }


def test_nobody_is_told_of_their_own_words(db, clock, subject, delegate):
    both = Mentions(people(delegate).people, organisations(delegate).organisations)
    a_comment(db, clock, delegate, subject, "We.", mentions=both)
    assert called_to(db, clock, delegate) == []


def test_who_left_is_not_called(db, clock, subject, delegate, other):
    gone = a_person(db)
    leave(db, gone)
    for status in ("left", "paused"):
        part(db, other.seat.organisation_id, status)
        for called in (people(gone), organisations(other)):
            with pytest.raises(MentionGone):
                a_comment(db, clock, delegate, subject, "You?", mentions=called)
    there = calls.present(db, actor=delegate, now=clock())
    assert gone.account_id not in {one.id for one in there.people}
    assert other.seat.organisation_id not in {one for one, _ in there.organisations}
    assert listed(db, delegate, subject).total == 0


def test_a_note_calls_conveners_only(db, clock, subject, convener, delegate):
    second = a_person(db, role=Role.CONVENER)
    for called in (people(delegate), organisations(delegate), people(second, delegate)):
        with pytest.raises(MentionCannotRead):
            a_comment(db, clock, convener, subject, "Psst", audience=NOTE, mentions=called)
    note = a_comment(db, clock, convener, subject, "Psst", audience=NOTE, mentions=people(second))
    assert called_to(db, clock, second) == [note]
    assert called_to(db, clock, replace(second, role=Role.MEMBER)) == []
    there = calls.present(db, actor=convener, now=clock(), audience=NOTE)
    assert {one.id for one in there.people} == {convener.account_id, second.account_id}
    assert there.organisations == ()


def test_an_edit_tells_only_who_is_newly_called(db, clock, subject, delegate, other, observer):
    made = a_comment(db, clock, delegate, subject, "One", mentions=people(other))
    clock.move(days=13)
    comments.edit_comment(
        db, clock, actor=delegate, comment_id=made, body="One", mentions=people(other, observer)
    )
    [call] = calls.mentioned(db, actor=other, now=clock())
    assert call.at == clock() - timedelta(days=13), "told then, not again"
    clock.move(days=2)
    assert called_to(db, clock, other) == []
    assert called_to(db, clock, observer) == [made]
    comments.edit_comment(
        db, clock, actor=delegate, comment_id=made, body="One", mentions=people(other)
    )
    assert called_to(db, clock, observer) == []


def test_an_edit_keeps_whom_it_called_before_they_left(db, clock, subject, delegate, other):
    made = a_comment(db, clock, delegate, subject, "One", mentions=people(other))
    leave(db, other)
    comments.edit_comment(
        db, clock, actor=delegate, comment_id=made, body="Two", mentions=people(other)
    )
    assert opened(db, delegate, subject, made).thread.root.comment.body == "Two"


def test_a_comment_calls_a_few(db, clock, subject, delegate):
    many = Mentions(people=frozenset(range(1, AT_MOST + 2)))
    with pytest.raises(TooManyMentions):
        a_comment(db, clock, delegate, subject, "All of you", mentions=many)


def test_today_tells_the_latest_five_of_fourteen_days(db, clock, subject, delegate, other):
    made = []
    for n in range(7):
        made.append(a_comment(db, clock, delegate, subject, str(n), mentions=people(other)))
        clock.move(hours=1)
    assert called_to(db, clock, other) == list(reversed(made[2:]))
    clock.move(days=14)
    assert called_to(db, clock, other) == []


# Reactions


def test_a_reaction_comes_and_goes_and_counts_once(db, clock, subject, delegate, other):
    made = a_comment(db, clock, delegate, subject, "Thank you all.")

    def react(person, reaction, *, on):
        comments.react(db, clock, actor=person, comment_id=made, reaction=reaction, on=on)

    def told():
        root = listed(db, delegate, subject).threads[0].root
        return [(one.reaction, one.account_id) for one in root.reactions]

    for _ in range(2):
        react(other, Reaction.AGREE, on=True)
    react(other, Reaction.THANKS, on=True)
    mine = other.account_id
    assert told() == [(Reaction.AGREE, mine), (Reaction.THANKS, mine)]
    for _ in range(2):
        react(other, Reaction.AGREE, on=False)
    assert told() == [(Reaction.THANKS, mine)]
    assert actions(db, made)[:-1] == ["comment.reacted"] * 3


# What stays


def test_forgetting_a_person_erases_their_words_and_keeps_the_thread(
    db, clock, subject, convener, delegate
):
    made = a_comment(db, clock, delegate, subject, "Zebra.", mentions=people(convener))
    a_comment(db, clock, convener, subject, "I see.", root_id=made, mentions=people(delegate))
    comments.react(db, clock, actor=delegate, comment_id=made, reaction=Reaction.AGREE, on=True)
    done = forget(db, clock, who=delegate.email)
    assert done.comments == 1
    [thread] = listed(db, convener, subject).threads
    assert (thread.root.writer, thread.root.comment.body) == ("", "")
    assert thread.root.comment.is_gone
    assert bodies(thread.replies) == ["I see."]
    assert [one.name for one in thread.replies[0].called] == [""]
    assert "Zebra" not in str(rows(db, schema.comment))
    assert called_to(db, clock, convener) == []
    assert verify(db).is_whole


def test_who_said_what_to_whom_is_kept_by_the_database(db, clock, subject, delegate):
    a_comment(db, clock, delegate, subject, "Kept.")
    for change in ("written_by = 1, audience = 'conveners'", "root_id = 1", "proposal_id = 9"):
        with pytest.raises(HistoryKept), db.writing() as conn:
            conn.exec_driver_sql(f"UPDATE comment SET {change}")
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.exec_driver_sql("DELETE FROM comment")


def test_the_trail_holds_no_words(db, clock, subject, convener, delegate):
    made = a_comment(db, clock, delegate, subject, "Zebra.", mentions=people(convener))
    comments.edit_comment(db, clock, actor=delegate, comment_id=made, body="Marimba.")
    moderation.remove_comment(db, clock, actor=convener, comment_id=made, reason="Xylophone")
    told = str(rows(db, schema.audit_entry))
    assert not [word for word in ("Zebra", "Marimba", "Xylophone") if word in told]
