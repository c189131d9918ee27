"""Lessons: what everybody reads, what the table reads, and who does what on the page."""

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation import rounds
from coalition.services.effect import learned
from tests.builders import a_delegate, a_person, a_table
from tests.deciding import a_decision
from tests.learning import WORDS, a_lesson, a_public_lesson, changed, one, taken_back
from tests.learning import titles as found
from tests.pages.screen import links, press, shown, write

FORM = ["Title (required)", "The challenge (required)", "What we tried (required)"]


@pytest.fixture
def table(db, clock):
    """A convener and a delegate; a lesson in each state."""
    convener, [us, *_] = a_table(db)
    a_public_lesson(db, clock, convener, writer=us, title="Seen by all")
    a_lesson(db, clock, us, title="Still a draft")
    taken_back(db, clock, convener, a_public_lesson(db, clock, convener, title="Taken away"))
    return convener, us


def titles(app):
    return [label.strip("*") for label in links(app) if label.startswith("**")]


def buttons(app):
    return {button.label for button in app.button} - {"Sign out"}


def of(db, role, table):
    if role is None:
        return None
    convener, us = table
    return {Role.MEMBER: us, Role.CONVENER: convener}.get(role) or a_person(db, role=role)


@pytest.mark.parametrize("role", [None, *Role])
def test_only_public_lessons_reach_who_is_signed_out(visit, db, table, role, files):
    app = visit("lessons", as_=of(db, role, table))
    told = shown(app) + "".join(files)
    if role is None:
        assert titles(app) == ["Seen by all"]
        assert "1 lesson" in told
        assert "draft" not in told.lower().replace("still a draft", "")
    else:
        assert titles(app) == ["Still a draft", "Taken away", "Seen by all"]
        assert "3 lessons" in told
    for title in ("Still a draft", "Taken away"):
        assert (title in told + "".join(links(app))) == (role is not None)
    assert [title in files[0] for title in ("Seen by all", "Still a draft", "Taken away")] == [
        True,
        role is not None,
        role is not None,
    ]


@pytest.mark.parametrize("role", [None, *Role])
def test_one_lesson_stands_in_three_parts_with_its_decision_and_address(visit, db, clock, role):
    made = a_decision(db, clock)
    us = made.delegates[0]
    number = a_public_lesson(db, clock, made.convener, writer=us, round_id=made.round.id)
    app = visit("lessons", as_=of(db, role, (made.convener, us)), id=number)
    assert app.title[0].value == WORDS.title
    assert [one.value for one in app.header][:3] == [
        "What was the challenge?",
        "What did we try?",
        "What happened?",
    ]
    said = shown(app)
    for words in (WORDS.challenge, WORDS.tried, WORDS.happened, "Access", "1 Nov 2026"):
        assert words in said
    assert f"Learned by {us.seat.organisation}" in said
    assert any(made.reference(db) in label for label in links(app))
    assert app.code[0].value == f"http://localhost:8501/lessons?id={number}"


@pytest.mark.parametrize("number", [2, 3, 999, 0])
def test_what_is_not_public_is_nowhere_for_a_stranger(visit, db, table, number):
    app = visit("lessons", id=number)
    assert app.title[0].value == "Lessons"
    assert "No lesson here" in shown(app)
    assert not {"Still a draft", "Taken away", WORDS.challenge} & set(shown(app).split("\n"))


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.ADMINISTRATOR])
def test_who_only_reads_is_offered_nothing_to_do(visit, db, table, role):
    person = of(db, role, table)
    assert buttons(visit("lessons", as_=person)) <= {"Sign in"}
    for number in (1, 2, 3):
        assert buttons(visit("lessons", as_=person, id=number)) <= {"Sign in"}


def test_a_member_without_a_seat_is_offered_no_form(visit, db, table):
    assert buttons(visit("lessons", as_=a_person(db))) == set()


def test_a_delegate_writes_a_draft_and_a_convener_publishes_it(visit, db, clock):
    made = a_decision(db, clock)
    us, convener = made.delegates[0], made.convener
    app = visit("lessons", as_=us)
    assert "No lesson yet" in shown(app)
    write(app, "Title", "Phone first")
    write(app, "The challenge", "Nobody answered.")
    write(app, "What we tried", "We phoned.")
    write(app, "What happened", "They answered.")
    app.get("button_group")[-1].set_value("research")
    app.selectbox[0].set_value(made.round.id)
    press(app, "Keep as a draft")
    assert "Kept as a draft." in shown(app)
    assert titles(app) == ["Phone first"]
    assert found(db, clock) == []
    this = one(db, clock, 1, as_=us).lesson
    assert (this.text.pillar, this.text.round_id) == (Pillar.RESEARCH, made.round.id)
    assert not app.text_area, "folded away again"

    assert "Publish this lesson" not in buttons(visit("lessons", as_=us, id=1))
    app = press(visit("lessons", as_=convener, id=1), "Publish this lesson")
    assert "Published. Everybody can read it now." in shown(app)
    assert "badge[:material/public: Public]" in shown(app)
    assert found(db, clock) == ["Phone first"]


def test_a_form_that_lacks_something_says_which_and_keeps_the_words(visit, db, clock):
    _, [us, *_] = a_table(db)
    app = visit("lessons", as_=us)
    write(app, "Title", "Phone first")
    press(app, "Keep as a draft")
    assert "The challenge: please fill this in." in shown(app)
    assert app.text_input[0].value == "Phone first"
    for part in ("The challenge", "What we tried", "What happened"):
        write(app, part, "Words")
    press(app, "Keep as a draft")
    assert "Pillar: please choose one." in shown(app)
    assert found(db, clock, as_=us) == []


def test_a_convener_takes_a_lesson_back_and_the_table_reads_why(visit, db, clock, table):
    convener, us = table
    app = visit("lessons", as_=convener, id=1)
    write(app, "Why it is taken back", "The number was wrong.")
    press(app, "Take it back")
    assert "Taken back. Only the table reads it now." in shown(app)
    assert "Publish this lesson" in buttons(app)
    assert "The number was wrong." in shown(visit("lessons", as_=us, id=1))
    assert found(db, clock) == []


def test_a_change_is_seen_at_once_and_one_that_came_too_late_is_told(visit, db, clock, table):
    convener, us = table
    app, late = visit("lessons", as_=us, id=2), visit("lessons", as_=convener, id=2)
    visit("lessons", as_=us, id=2)
    write(app, "Title", "Better words")
    press(app, "Save the change")
    assert app.title[0].value == "Better words"
    assert "Saved." in shown(app)

    visit("lessons", as_=convener, id=2)
    write(late, "Title", "Other words")
    press(late, "Save the change")
    assert "Somebody has changed this lesson since you opened the page." in shown(late)
    assert late.title[0].value == "Better words"
    assert late.text_input[0].value == "Other words"
    press(late, "Save the change")
    assert late.title[0].value == "Other words"


def test_nobody_publishes_words_they_have_not_seen(visit, db, clock, table):
    convener, us = table
    app = visit("lessons", as_=convener, id=2)
    changed(db, clock, us, 2, title="Changed meanwhile")
    press(app, "Publish this lesson")
    assert "Somebody has changed this lesson" in shown(app)
    assert app.title[0].value == "Changed meanwhile"
    press(app, "Publish this lesson")
    assert found(db, clock)[0] == "Changed meanwhile"


def test_a_lesson_of_a_result_that_is_not_published_is_refused_in_words(visit, db, clock):
    made = a_decision(db, clock, publish=False)
    a_lesson(db, clock, made.delegates[0], round_id=made.round.id)
    app = press(visit("lessons", as_=made.convener, id=1), "Publish this lesson")
    assert "The public may not read the result that this lesson tells of." in shown(app)
    assert found(db, clock) == []


def test_the_pillar_narrows_the_list_and_stays_in_the_address(visit, db, clock):
    convener, _ = a_table(db)
    a_public_lesson(db, clock, convener, title="On access")
    a_public_lesson(db, clock, convener, title="On equity", pillar=Pillar.EQUITY)
    assert titles(visit("lessons")) == ["On equity", "On access"]
    assert titles(visit("lessons", pillar="equity")) == ["On equity"]
    assert "No lesson under this pillar yet" in shown(visit("lessons", pillar="research"))


def test_a_long_list_goes_on_over_pages_and_the_file_holds_all(visit, db, clock, files):
    convener, _ = a_table(db)
    for number in range(learned.PAGE + 1):
        clock.move(minutes=1)
        a_public_lesson(db, clock, convener, title=f"Lesson number {number}")
    app = visit("lessons")
    assert len(titles(app)) == learned.PAGE
    assert "11 lessons" in shown(app)
    assert files[-1].count("Lesson number") == 11
    app.get("pagination")[0].set_value(2).run()
    assert titles(app) == ["Lesson number 0"]


def test_hostile_words_do_nothing(visit, db, clock, files):
    evil = "<script>x</script> ![x](https://evil.example/x.png)"
    convener, _ = a_table(db)
    words = dict.fromkeys(("challenge", "tried", "happened"), evil)
    a_public_lesson(db, clock, convener, title="[x](https://evil.example)", **words)
    for app in (visit("lessons"), visit("lessons", id=1), visit("lessons", as_=convener, id=1)):
        said = shown(app) + "".join(links(app))
        assert "![x](https" not in said
        assert "<script" not in said.replace("\\<script", "")


def test_the_number_of_queries_does_not_grow_with_the_list(visit, queries, db, clock):
    counts = []
    for _ in range(2):
        for _ in range(3):
            made = a_decision(db, clock)
            a_public_lesson(db, clock, made.convener, round_id=made.round.id)
        app = visit("lessons")
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    few, many = counts
    assert few == many <= 6, said


def test_a_decision_leads_to_what_was_learned_from_it(visit, db, clock, queries):
    made = a_decision(db, clock)
    a_public_lesson(db, clock, made.convener, title="For all", round_id=made.round.id)
    a_lesson(db, clock, made.delegates[0], title="For us", round_id=made.round.id)
    for person in (None, made.delegates[0]):
        app = visit("positions", as_=person, id=made.round.id)
        assert "What was learned from it?" in [one.value for one in app.header]
        assert "**For all**" in links(app)
        assert "For us" not in "".join(links(app)), "whoever comes reads there what strangers read"
    inside = visit("proposal", as_=made.delegates[1], id=made.round.proposal_id, view="stances")
    assert [label for label in links(inside) if "For us" in label or "For all" in label] == [
        "**For us** · Draft, for the table alone",
        "**For all**",
    ]
    with queries(wiring.database()) as said:
        inside.run()
    assert sum("lesson" in one for one in said) == 1


def test_a_decision_from_which_nothing_was_learned_says_nothing_of_it(visit, db, clock):
    made = a_decision(db, clock, publish=False)
    rounds.publish(db, clock, actor=made.convener, round_id=made.round.id)
    app = visit("positions", id=made.round.id)
    assert "What was learned from it?" not in [one.value for one in app.header]


def test_the_feed_is_linked_from_both_lists(visit, db, clock):
    made = a_decision(db, clock)
    a_public_lesson(db, clock, made.convener)
    for page in ("lessons", "positions"):
        assert "[Feed of positions and lessons](positions.atom)" in shown(visit(page))


def test_a_form_left_open_by_somebody_who_lost_the_seat_is_refused(visit, db, clock):
    us = a_delegate(db)
    app = visit("lessons", as_=us)
    for part in ("Title", "The challenge", "What we tried", "What happened"):
        write(app, part, "Words")
    app.get("button_group")[-1].set_value("research")
    with db.writing() as conn:
        conn.exec_driver_sql("UPDATE seat SET to_at = from_at")
    app.run()
    assert buttons(app) == set()
    assert found(db, clock, as_=us) == []
