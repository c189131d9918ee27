"""Lessons: written by who sits at the table, published by conveners, read by whom they are for."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.ballots import SeatMissing
from coalition.domain.deliberation.rounds import RoundNotFound
from coalition.domain.effect.lessons import (
    LessonChanged,
    LessonNotFound,
    LessonNotPublic,
    LessonSettled,
    NothingToLearnFrom,
    NotYourLesson,
    PillarMissing,
    ResultUnpublished,
    State,
)
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable
from coalition.services.deliberation import rounds
from coalition.services.effect import learned
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.ground import audit
from tests import builders
from tests.deciding import a_decision
from tests.learning import (
    WORDS,
    a_lesson,
    a_public_lesson,
    changed,
    one,
    published,
    taken_back,
    titles,
)

READERS = [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR, Role.CONVENER]


@pytest.fixture
def table(db):
    """A convener and two delegates of different organisations."""
    convener, [us, other, _] = builders.a_table(db)
    return convener, us, other


def rows(db):
    with db.reading() as conn:
        return conn.execute(select(schema.lesson)).all()


def trail(db):
    with db.reading() as conn:
        told = [one for one in audit.walk(conn) if one.subject.startswith("lesson:")]
    return [(one.actor, one.action) for one in told]


def test_a_lesson_goes_from_a_draft_to_the_public_and_back(any_db, clock):
    convener, [us, *_] = builders.a_table(any_db)
    made = a_lesson(any_db, clock, us)
    assert (titles(any_db, clock), titles(any_db, clock, as_=us)) == ([], [WORDS.title])
    clock.move(hours=1)
    changed(any_db, clock, us, made, title="Phone first")
    clock.move(hours=1)
    published(any_db, clock, convener, made, seen=1)
    this = one(any_db, clock, made).lesson
    assert (this.text, this.organisation) == (
        replace(WORDS, title="Phone first"),
        us.seat.organisation,
    )
    assert (this.state, this.changes, this.published_at) == (State.PUBLIC, 1, clock())
    taken_back(any_db, clock, convener, made, reason="A number in it was wrong.")
    assert titles(any_db, clock) == []
    assert one(any_db, clock, made, as_=us).lesson.reason == "A number in it was wrong."
    published(any_db, clock, convener, made, seen=1)
    assert one(any_db, clock, made).lesson.reason == ""
    assert verify(any_db).is_whole


def test_the_trail_tells_who_did_what_and_never_the_words(db, clock, table):
    convener, us, _ = table
    made = a_lesson(db, clock, us)
    changed(db, clock, us, made, title="Zebra")
    published(db, clock, convener, made, seen=1)
    taken_back(db, clock, convener, made, reason="Zebra")
    assert trail(db) == [
        (us.label, "lesson.written"),
        (us.label, "lesson.changed"),
        (convener.label, "lesson.published"),
        (convener.label, "lesson.withdrawn"),
    ]
    with db.reading() as conn:
        assert "Zebra" not in str(list(audit.walk(conn)))


@pytest.mark.parametrize("role", READERS)
def test_the_table_reads_drafts_and_what_was_taken_back(db, clock, table, role):
    convener, us, _ = table
    draft = a_lesson(db, clock, us, title="Draft")
    gone = a_public_lesson(db, clock, convener, title="Gone")
    taken_back(db, clock, convener, gone)
    person = us if role is Role.MEMBER else builders.a_person(db, role=role)
    assert titles(db, clock, as_=person) == ["Draft", "Gone"]
    assert titles(db, clock) == []
    for number in (draft, gone):
        assert one(db, clock, number, as_=person)
        with pytest.raises(LessonNotFound):
            one(db, clock, number)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
def test_observers_and_administrators_write_change_and_publish_none(db, clock, table, role):
    convener, us, _ = table
    draft = a_lesson(db, clock, us)
    shown = a_public_lesson(db, clock, convener)
    person, before = builders.a_person(db, role=role), rows(db)
    if role is Role.OBSERVER:  # a seat left from before gives nobody a voice
        builders.a_seat(db, us.seat.organisation_id, person.account_id, rank=3)
    for deed in (
        lambda: a_lesson(db, clock, person),
        lambda: changed(db, clock, person, draft),
        lambda: published(db, clock, person, draft),
        lambda: taken_back(db, clock, person, shown),
    ):
        with pytest.raises(PermissionMissing):
            deed()
    assert rows(db) == before


def test_a_delegate_publishes_and_takes_back_nothing(db, clock, table):
    convener, us, _ = table
    draft = a_lesson(db, clock, us)
    with pytest.raises(PermissionMissing):
        published(db, clock, us, draft)
    published(db, clock, convener, draft)
    with pytest.raises(PermissionMissing):
        taken_back(db, clock, us, draft)
    assert titles(db, clock) == [WORDS.title]


def test_a_member_without_a_seat_writes_and_changes_none(db, clock, table):
    _, us, _ = table
    draft = a_lesson(db, clock, us)
    with db.writing() as conn:
        conn.execute(schema.seat.update().values(to_at=clock()))
    for deed in (lambda: a_lesson(db, clock, us), lambda: changed(db, clock, us, draft)):
        with pytest.raises(SeatMissing):
            deed()
    assert len(rows(db)) == 1


def test_a_stranger_does_nothing(db, clock):
    for deed in (
        lambda: a_lesson(db, clock, None),
        lambda: changed(db, clock, None, 1),
        lambda: published(db, clock, None, 1),
        lambda: taken_back(db, clock, None, 1),
        lambda: learned.decisions(db, actor=None, now=clock()),
    ):
        with pytest.raises(SignInNeeded):
            deed()


def test_a_draft_is_changed_by_its_own_organisation_and_by_conveners(db, clock, table):
    convener, us, other = table
    made = a_lesson(db, clock, us)
    colleague = builders.a_delegate(db, organisation_id=us.seat.organisation_id, rank=1)
    with pytest.raises(NotYourLesson):
        changed(db, clock, other, made, title="Theirs")
    changed(db, clock, colleague, made, title="Ours")
    changed(db, clock, convener, made, seen=1, title="The convener's")
    this = one(db, clock, made, as_=us).lesson
    assert (this.text.title, this.organisation) == ("The convener's", us.seat.organisation)
    theirs = a_lesson(db, clock, convener)
    with pytest.raises(NotYourLesson):
        changed(db, clock, us, theirs)


def test_once_published_only_conveners_change_it(db, clock, table):
    convener, us, _ = table
    made = a_public_lesson(db, clock, convener, writer=us)
    with pytest.raises(LessonSettled):
        changed(db, clock, us, made)
    clock.move(hours=1)
    changed(db, clock, convener, made, title="Mended")
    this = one(db, clock, made).lesson
    assert (this.text.title, this.updated_at) == ("Mended", clock())
    taken_back(db, clock, convener, made)
    with pytest.raises(LessonSettled):
        changed(db, clock, us, made, seen=1)


def test_a_form_shown_before_another_change_overwrites_nothing(db, clock, table):
    convener, us, _ = table
    made = a_lesson(db, clock, us)
    changed(db, clock, us, made, title="First")
    for deed in (
        lambda: changed(db, clock, convener, made, seen=0, title="Second"),
        lambda: published(db, clock, convener, made, seen=0),
    ):
        with pytest.raises(LessonChanged):
            deed()
    this = one(db, clock, made, as_=us).lesson
    assert (this.text.title, this.state, this.changes) == ("First", State.DRAFT, 1)


def test_a_double_click_does_each_deed_once(db, clock, table):
    convener, us, _ = table
    numbers = {a_lesson(db, clock, us, token="twice") for _ in range(2)}
    [made] = numbers
    for _ in range(2):
        changed(db, clock, us, made, token="changed twice", title="Twice")
    for hour in range(2):
        clock.move(hours=hour)
        published(db, clock, convener, made, seen=1)
    first = one(db, clock, made).lesson.published_at
    assert first == clock() - builders.timedelta(hours=1)
    for reason in ("First", "Second"):
        taken_back(db, clock, convener, made, reason=reason)
    assert one(db, clock, made, as_=us).lesson.reason == "First"
    assert [action for _, action in trail(db)] == [
        "lesson.written",
        "lesson.changed",
        "lesson.published",
        "lesson.withdrawn",
    ]


@pytest.mark.parametrize("field", ["title", "challenge", "tried", "happened"])
@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (" \n ", TextMissing),
        ("\u3164", TextMissing),
        ("x" * 2_001, TextTooLong),
        ("a\x00b", TextUnreadable),
        ("a\u202eb", TextUnreadable),
    ],
    ids=ascii,
)
def test_words_that_cannot_be_kept_change_nothing(db, clock, table, field, words, refusal):
    _, us, _ = table
    made = a_lesson(db, clock, us)
    before = rows(db)
    for deed in (
        lambda: a_lesson(db, clock, us, **{field: words}),
        lambda: changed(db, clock, us, made, **{field: words}),
    ):
        with pytest.raises(refusal) as refused:
            deed()
        assert refused.value.facts["field"] == field
    assert rows(db) == before


def test_a_lesson_has_a_pillar_and_taking_one_back_a_reason(db, clock, table):
    convener, us, _ = table
    for none in ("", "housing"):
        with pytest.raises(PillarMissing) as refused:
            a_lesson(db, clock, us, pillar=none)
        assert refused.value.facts["field"] == "pillar"
    made = a_public_lesson(db, clock, convener)
    with pytest.raises(TextMissing):
        taken_back(db, clock, convener, made, reason=" ")
    assert titles(db, clock) == [WORDS.title]


def test_what_is_not_public_cannot_be_taken_back_and_what_is_not_there_is_not_found(
    db, clock, table
):
    convener, us, _ = table
    made = a_lesson(db, clock, us)
    with pytest.raises(LessonNotPublic):
        taken_back(db, clock, convener, made)
    for number in (0, -1, 999, 10**9 - 1):
        for deed in (published, taken_back, changed):
            with pytest.raises(LessonNotFound):
                deed(db, clock, convener, number)
        with pytest.raises(LessonNotFound):
            one(db, clock, number, as_=us)


def test_nothing_is_learned_from_a_round_that_has_no_result_yet(db, clock, table):
    convener, us, _ = table
    running = builders.a_round(db, clock, convener)
    called_off = builders.a_round(db, clock, convener)
    rounds.cancel_round(
        db, clock, actor=convener, round_id=called_off.id, reason="The bill is gone."
    )
    made = a_lesson(db, clock, us)
    for this in (running, called_off):
        for deed in (
            lambda this=this: a_lesson(db, clock, us, round_id=this.id),
            lambda this=this: changed(db, clock, us, made, round_id=this.id),
        ):
            with pytest.raises(NothingToLearnFrom):
                deed()
    with pytest.raises(RoundNotFound):
        a_lesson(db, clock, us, round_id=999)
    assert [row.round_id for row in rows(db)] == [None]


def test_a_lesson_of_an_unpublished_result_stays_at_the_table(db, clock):
    made = a_decision(db, clock, publish=False)
    us, convener = made.delegates[0], made.convener
    number = a_lesson(db, clock, us, round_id=made.round.id)
    assert one(db, clock, number, as_=us).decision.round.id == made.round.id
    with pytest.raises(ResultUnpublished):
        published(db, clock, convener, number)
    shown = a_public_lesson(db, clock, convener)
    with pytest.raises(ResultUnpublished):
        changed(db, clock, convener, shown, round_id=made.round.id)
    assert one(db, clock, shown).lesson.text.round_id is None
    rounds.publish(db, clock, actor=convener, round_id=made.round.id)
    published(db, clock, convener, number)
    assert one(db, clock, number).decision.proposal.reference == made.reference(db)


def test_a_reader_is_not_told_of_a_decision_they_may_not_see(db, clock):
    """A row that no deed writes: public, of a result that is not."""
    made = a_decision(db, clock, publish=False)
    number = a_public_lesson(db, clock, made.convener)
    with db.writing() as conn:
        conn.execute(schema.lesson.update().values(round_id=made.round.id))
    assert one(db, clock, number).decision is None
    assert one(db, clock, number, as_=made.delegates[0]).decision


def test_the_choice_of_decisions_holds_closed_rounds_alone(db, clock, table):
    convener, us, other = table
    made = a_decision(db, clock, "support", table=(convener, [us]))
    builders.a_round(db, clock, convener)
    found = learned.decisions(db, actor=other, now=clock())
    assert [one.round.id for one in found] == [made.round.id]
    with pytest.raises(PermissionMissing):
        learned.decisions(db, actor=builders.a_person(db, role=Role.OBSERVER), now=clock())


def test_lessons_come_newest_first_by_pillar_and_by_the_page(db, clock, table):
    convener, us, _ = table
    for number in range(12):
        clock.move(minutes=1)
        pillar = Pillar.EQUITY if number % 2 else Pillar.ACCESS
        a_public_lesson(db, clock, convener, title=f"Lesson {number}", pillar=pillar)
    a_lesson(db, clock, us, title="A draft")
    assert titles(db, clock)[:2] == ["Lesson 11", "Lesson 10"]
    assert titles(db, clock, number=2) == ["Lesson 1", "Lesson 0"]
    assert titles(db, clock, pillar="equity")[:2] == ["Lesson 11", "Lesson 9"]
    assert titles(db, clock, as_=us)[0] == "A draft", "what waits comes first"
    assert learned.page(db, actor=None, now=clock(), pillar="equity").total == 6


def test_the_lessons_of_a_decision_are_found_from_it(db, clock, queries):
    made = a_decision(db, clock)
    shown = a_public_lesson(db, clock, made.convener, round_id=made.round.id)
    draft = a_lesson(db, clock, made.delegates[0], round_id=made.round.id)
    a_public_lesson(db, clock, made.convener, title="Of nothing")
    with queries(db) as said:
        public = learned.of_round(db, actor=None, round_id=made.round.id)
    assert [one.id for one in public] == [shown]
    assert len(said) == 1
    inside = learned.of_round(db, actor=made.convener, round_id=made.round.id)
    assert [one.id for one in inside] == [draft, shown]


def test_a_page_asks_as_much_for_many_lessons_as_for_few(db, clock, queries):
    counts = []
    for _ in range(2):
        for _ in range(3):
            made = a_decision(db, clock)
            a_public_lesson(db, clock, made.convener, round_id=made.round.id)
        with queries(db) as said:
            learned.page(db, actor=None, now=clock())
        counts.append(len(said))
    assert counts[0] == counts[1] <= 4


def test_forgetting_a_person_erases_their_drafts_and_keeps_what_is_public(db, clock, table):
    convener, us, _ = table
    second = builders.a_person(db, role=Role.CONVENER)
    draft = a_lesson(db, clock, us, challenge="Zebra")
    shown = a_public_lesson(db, clock, convener, writer=us, title="Stays")
    gone = a_public_lesson(db, clock, second, writer=us, happened="Zebra")
    taken_back(db, clock, second, gone, reason="Zebra")
    assert forget(db, clock, who=us.email).lessons == 2
    assert "Zebra" not in str(rows(db))
    assert titles(db, clock, as_=convener) == titles(db, clock) == ["Stays"]
    assert one(db, clock, shown).lesson.organisation == us.seat.organisation
    for number in (draft, gone):
        with pytest.raises(LessonNotFound):
            changed(db, clock, convener, number)
    assert verify(db).is_whole


def test_forgetting_a_convener_erases_why_they_took_a_lesson_back(db, clock, table):
    convener, us, _ = table
    made = a_public_lesson(db, clock, convener, writer=us)
    taken_back(db, clock, convener, made, reason="Zebra")
    assert forget(db, clock, who=convener.email).lessons == 1
    assert "Zebra" not in str(rows(db))
    assert titles(db, clock, as_=us) == [WORDS.title]
