"""The discussion of a proposal as each role reads and writes it."""

from dataclasses import replace

import pytest

from coalition import wiring
from coalition.domain.discussion.comments import Audience, Reaction
from coalition.domain.ground.permissions import Role
from coalition.services.discussion import comments, moderation, threads
from coalition.services.discussion.threads import LATEST, PAGE, REPLIES
from coalition.store.deliberation import proposals as store
from coalition.store.deliberation import versions
from tests.builders import a_comment, a_person, a_proposal, a_table
from tests.pages.screen import links, press, shown, write
from tests.services.test_comments import leave, people

EVIL = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) :material/home:"


@pytest.fixture
def table(db, clock):
    """A convener, two delegates and a proposal on the table."""
    convener, (delegate, other, *_) = a_table(db)
    return convener, delegate, other, a_proposal(db, clock, convener)


def discussion(visit, person, subject, **query):
    return visit("proposal", as_=person, id=subject, view="discussion", **query)


def buttons(app):
    return [one.label for one in app.button]


def press_first(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception, app.exception
    return app


def bodies(db, person, subject):
    found = threads.threads(db, actor=person, proposal_id=subject)
    return [one.root.comment.body for one in found.threads]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_and_all_but_administrators_write(visit, db, clock, table, role):
    _, delegate, other, subject = table
    a_comment(db, clock, other, subject, "We see it in our clinic.")
    person = delegate if role is Role.MEMBER else a_person(db, role=role)
    app = discussion(visit, person, subject)
    assert "We see it in our clinic." in shown(app)
    assert other.seat.organisation in shown(app)
    writes = role is not Role.ADMINISTRATOR
    assert ("Start the thread" in buttons(app)) is writes
    assert ("Open and reply" in buttons(app)) is writes
    press_first(app, "Open and reply" if writes else "Open the thread")
    assert app.query_params["thread"]
    assert ("Reply" in buttons(app)) is writes
    assert ("Agree" in buttons(app)) is writes
    assert ("Remove" in buttons(app)) is (role is Role.CONVENER)
    press(app, "All threads")
    assert "thread" not in app.query_params
    assert "1 thread" in shown(app)


def test_nobody_has_said_anything_yet(visit, db, table):
    _, delegate, _, subject = table
    assert "Nobody has said anything yet" in shown(discussion(visit, delegate, subject))


def test_a_thread_is_begun_with_a_passage_and_a_call(visit, db, clock, table):
    _, delegate, other, subject = table
    app = discussion(visit, delegate, subject)
    write(app, "Your words", "Which help is meant?")
    write(app, "The passage", "count copay help")
    app.multiselect[0].set_value([f"organisation:{other.seat.organisation_id}"])
    press(app, "Start the thread")
    said = shown(app)
    assert "Your thread stands below." in said
    assert "Which help is meant?" in said
    assert "About “count copay help”" in said
    assert f"Mentions: {other.seat.organisation}" in said
    today = visit("today", as_=other)
    assert "You were mentioned" in shown(today)
    assert delegate.name in shown(today)
    assert "**Count all copay help toward patient costs**" in links(today)
    assert "You were mentioned" not in shown(visit("today", as_=delegate))


@pytest.mark.parametrize(
    ("body", "quote", "told"),
    [
        ("", "", "Your words: please fill this in."),
        ("Pay\u202ecash", "", "invisible control characters"),
        ("Good", "zebra", "The passage it is about"),
    ],
)
def test_what_is_refused_keeps_the_words(visit, db, table, body, quote, told):
    _, delegate, _, subject = table
    app = discussion(visit, delegate, subject)
    write(app, "Your words", body)
    write(app, "The passage", quote)
    press(app, "Start the thread")
    assert told in shown(app)
    kept = next(one for one in app.text_area if one.label.startswith("Your words"))
    assert kept.value == body
    assert bodies(db, delegate, subject) == []


def test_who_leaves_while_the_form_is_open_is_not_called(visit, db, table):
    _, delegate, other, subject = table
    app = discussion(visit, delegate, subject)
    write(app, "Your words", "And you?")
    app.multiselect[0].set_value([f"person:{other.account_id}"])
    leave(db, other)
    press(app, "Start the thread")
    assert "does not take part any more" in shown(app)
    assert app.text_area[0].value == "And you?"
    app.multiselect[0].set_value([])
    press(app, "Start the thread")
    assert bodies(db, delegate, subject) == ["And you?"]


def test_a_reply_stands_under_its_thread(visit, db, clock, table):
    _, delegate, other, subject = table
    root = a_comment(db, clock, other, subject, "Question?")
    app = discussion(visit, delegate, subject, thread=root)
    write(app, "Your words", "Answer.")
    press(app, "Reply")
    assert "Your reply stands above." in shown(app)
    assert "1 reply" in shown(app)
    assert "Answer." in shown(app)


def test_a_reaction_is_ticked_counted_and_taken_back(visit, db, clock, table):
    _, delegate, other, subject = table
    root = a_comment(db, clock, other, subject, "Thank you.")
    app = discussion(visit, delegate, subject, thread=root)
    press(app, "Agree")
    assert "Agree 1" in buttons(app)
    assert any(delegate.name in one.value for one in app.markdown if "Agree" in one.value)
    press(app, "Agree 1")
    assert "Agree" in buttons(app)


def test_own_words_are_edited_and_taken_back(visit, db, clock, table):
    _, delegate, _, subject = table
    root = a_comment(db, clock, delegate, subject, "Thrid line")
    app = discussion(visit, delegate, subject, thread=root)
    press(app, "Edit")
    next(one for one in app.text_area if one.value == "Thrid line").input("Third line")
    press(app, "Save")
    assert "Third line" in shown(app)
    assert "edited" in shown(app)
    press(app, "Edit")
    press(app, "Leave it as it is")
    press(app, "Edit")
    press(app, "Take it back")
    assert "Please tick the box first" in shown(app)
    app.checkbox[0].check()
    press(app, "Take it back")
    assert "Taken back by whoever wrote it" in shown(app)
    assert "Third line" not in shown(app)


def test_a_convener_removes_with_a_reason_that_members_read(visit, db, clock, table):
    convener, delegate, other, subject = table
    root = a_comment(db, clock, other, subject, "Mrs Zebra of ward 7 told me.")
    app = discussion(visit, convener, subject, thread=root)
    press(app, "Remove")
    removing = [one for one in app.button if one.label == "Remove"]
    removing[0].click().run()
    assert "please fill this in" in shown(app)
    app.text_input[0].input("Names a patient")
    press(app, "Remove")
    assert "Removed by a convener: Names a patient" in shown(app)
    assert "Zebra" in shown(app), "conveners still read it"
    for query in ({}, {"thread": root}):
        seen = shown(discussion(visit, delegate, subject, **query))
        assert "Removed by a convener: Names a patient" in seen
        assert "Zebra" not in seen


def test_a_convener_notes_for_conveners(visit, db, clock, table):
    convener, delegate, _, subject = table
    second = a_person(db, role=Role.CONVENER, name="Second Convener")
    app = discussion(visit, convener, subject)
    next(one for one in app.button_group if one.label == "Who may read it").set_value(
        "conveners"
    ).run()
    assert all(one.startswith(("Casey", "Second")) for one in _options(app))
    write(app, "Your words", "Their board is split.")
    app.multiselect[0].set_value([f"person:{second.account_id}"])
    press(app, "Start the thread")
    assert "Conveners only" in shown(app)
    assert "Their board is split." in shown(discussion(visit, second, subject))
    assert "You were mentioned" in shown(visit("today", as_=second))
    assert "board is split" not in shown(discussion(visit, delegate, subject))


def _options(app):
    return app.multiselect[0].options


def test_a_thread_that_is_not_here_is_told(visit, db, clock, table):
    convener, delegate, _, subject = table
    note = a_comment(db, clock, convener, subject, "Secret", audience=Audience.CONVENERS)
    elsewhere = a_comment(db, clock, delegate, a_proposal(db, clock, convener), "There")
    for number in (note, elsewhere, 999_999):
        app = discussion(visit, delegate, subject, thread=number)
        assert "no such comment" in shown(app)
        press(app, "All threads")
        assert "Nobody has said anything yet" in shown(app)


def test_a_passage_that_the_text_no_longer_says_is_told_as_such(visit, db, clock, table):
    convener, delegate, *_ = table
    body = "We ask Congress to act. Plans count {}. They report every year. Patients see it."
    subject = a_proposal(db, clock, convener, body=body.format("copay help"))
    with db.reading() as conn:
        [version] = versions.versions(conn, subject)
        this = store.get(conn, subject)
    for quote in ("copay help", "They report every year. Patients"):
        a_comment(db, clock, delegate, subject, "Here", version_id=version.id, quote=quote)
    changed = replace(this, text=replace(this.text, body=body.format("all assistance")))
    with db.writing() as conn:
        versions.add_version(conn, changed, note="", written_by=None, at=clock())
    said = shown(discussion(visit, delegate, subject))
    assert "The text has moved on. Said of version 1: “copay help”" in said
    assert "About “They report every year. Patients”" in said


def test_a_draft_is_discussed_by_conveners_alone(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    draft = a_proposal(db, clock, delegate, submitted=False)
    app = discussion(visit, delegate, draft)
    assert "A draft is discussed once it is submitted." in shown(app)
    assert "Start the thread" not in buttons(app)
    assert "Only conveners read what is said about a draft." in shown(
        discussion(visit, convener, draft)
    )


def test_long_discussions_come_in_pages(visit, db, clock, table):
    _, delegate, other, subject = table
    roots = [a_comment(db, clock, other, subject, f"Thread no. {n};") for n in range(PAGE + 1)]
    for n in range(REPLIES + 1):
        a_comment(db, clock, delegate, subject, f"Reply no. {n};", root_id=roots[-1])
    said = shown(discussion(visit, delegate, subject))
    assert f"{PAGE + 1} threads" in said
    assert f"{REPLIES + 1 - LATEST} earlier replies" in said
    assert "Thread no. 0;" not in said
    opened = shown(discussion(visit, delegate, subject, thread=roots[-1]))
    assert f"Reply no. {REPLIES};" in opened
    assert "Reply no. 0;" not in opened


def test_hostile_words_do_nothing(visit, db, clock, table):
    convener, delegate, _, subject = table
    root = a_comment(db, clock, delegate, subject, EVIL)
    gone = a_comment(db, clock, delegate, subject, EVIL, mentions=people(convener))
    moderation.remove_comment(db, clock, actor=convener, comment_id=gone, reason="![x](https://e)")
    for query in ({}, {"thread": root}, {"thread": gone}):
        for person in (delegate, convener):
            said = shown(discussion(visit, person, subject, **query))
            assert "![x](https" not in said
            assert " <img" not in said


def test_the_number_of_queries_does_not_grow_with_the_discussion(visit, queries, db, clock, table):
    _, delegate, other, subject = table
    counts = []
    root = a_comment(db, clock, other, subject, "First", mentions=people(delegate))
    for size in (2, 30):
        for n in range(size):
            made = a_comment(db, clock, delegate, subject, f"Thread {n}")
            a_comment(db, clock, other, subject, f"Reply {n}", root_id=root)
            comments.react(
                db, clock, actor=other, comment_id=made, reaction=Reaction.AGREE, on=True
            )
        for query in ({}, {"thread": root}):
            app = discussion(visit, delegate, subject, **query)
            with queries(wiring.database()) as said:
                app.run()
            counts.append(len(said))
    assert counts[:2] == counts[2:], counts
    assert max(counts) <= 24, counts


def test_a_stranger_reads_nothing(visit, db, clock, table):
    _, delegate, _, subject = table
    root = a_comment(db, clock, delegate, subject, "Zebra")
    assert "Zebra" not in shown(discussion(visit, None, subject, thread=root))
