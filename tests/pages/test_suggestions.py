"""Suggested changes under the text of a proposal, as each person meets them."""

from dataclasses import replace

import pytest

from coalition.domain.deliberation.passages import Field
from coalition.domain.deliberation.versions import Mark, Revision
from coalition.domain.discussion.suggestions import State
from coalition.domain.discussion.wishes import Answer, Wish
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import proposals, versions
from coalition.services.discussion import suggestions
from coalition.services.table.forgetting import forget
from tests.builders import QUICK, a_delegate, a_person, a_proposal, a_round, an_organisation
from tests.pages.screen import links, press, shown, write

BODY = "Plans count copay help. Plans tell patients by mail. Plans answer within five days."
WISH = Wish(Field.BODY, "within five days", "within two days", "Five days are long in pain.")
YES = Answer(State.ACCEPTED, "It costs nothing.")
NO = Answer(State.DECLINED, "Small plans cannot do it.")


@pytest.fixture
def champion(db):
    return a_delegate(db, organisation_id=an_organisation(db, name="Kidney Friends"))


@pytest.fixture
def author(db):
    return a_delegate(db, organisation_id=an_organisation(db, name="Lung Circle"))


@pytest.fixture
def proposal_id(db, clock, champion):
    return a_proposal(db, clock, champion, body=BODY)


@pytest.fixture
def suggest(db, clock, proposal_id):
    numbers = iter(range(1_000))

    def made(person, **changes):
        return suggestions.suggest(
            db,
            clock,
            actor=person,
            proposal_id=proposal_id,
            wish=replace(WISH, **changes),
            token=f"suggestion {next(numbers)}",
        )

    return made


@pytest.fixture
def answer(db, clock):
    def given(person, number, said):
        suggestions.answer(db, clock, actor=person, suggestion_id=number, given=said)

    return given


@pytest.fixture
def text(visit, proposal_id):
    """Return a function that opens the text as somebody."""

    def opened(person):
        return visit("proposal", as_=person, id=proposal_id, view="text")

    return opened


def every(db, person, proposal_id):
    return suggestions.on_proposal(db, actor=person, proposal_id=proposal_id).every


def newest(db, clock, person, proposal_id):
    return proposals.detail(db, actor=person, now=clock(), proposal_id=proposal_id).versions[-1]


def their_version(db, clock, person, proposal_id, body):
    """Make the next version as somebody else does meanwhile."""
    base = newest(db, clock, person, proposal_id)
    versions.revise(
        db,
        clock,
        actor=person,
        proposal_id=proposal_id,
        revision=Revision(base.id, base.title, base.ask, body, "Theirs.", Mark.EDITORIAL),
        token=f"theirs {body}",
    )


def pick(app, label, code):
    """Choose in the one list of choices with this label."""
    (found,) = [radio for radio in app.radio if radio.label == label]
    found.set_value(code)


def buttons(app):
    return [button.label for button in app.button]


def field(app, start):
    (found,) = [one for one in (*app.text_area, *app.text_input) if one.label.startswith(start)]
    return found


def test_a_delegate_suggests_a_change_and_sees_it_stand_there(text, db, author, proposal_id):
    app = text(author)
    assert "No suggestion waits" in shown(app)
    pick(app, "Where is the passage?", "body")
    write(app, "The passage", WISH.quote)
    write(app, "What should it say instead", WISH.wording)
    write(app, "Why?", WISH.reason)
    press(app, "Send the suggestion")

    said = shown(app)
    assert "Suggestion 1: Lung Circle" in said
    assert "~~−\u00a0five~~" in said
    assert "**+\u00a0two**" in said
    assert "Five days are long in pain." in said
    assert field(app, "The passage").value == WISH.quote, "until the next click"
    assert [one.state for one in every(db, author, proposal_id)] == [State.OPEN]
    app.run()
    assert field(app, "The passage").value == ""


def test_a_second_click_sends_one(text, db, author, proposal_id):
    app = text(author)
    pick(app, "Where is the passage?", "body")
    write(app, "The passage", WISH.quote)
    write(app, "Why?", WISH.reason)
    send = next(button for button in app.button if button.label == "Send the suggestion")
    send.click()
    app.run()
    send.click()
    app.run()
    assert len(every(db, author, proposal_id)) == 1


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("within nine days", "The passage: the text does not say this"),
        ("Plans", "The passage: the text says this more than once"),
        ("", "The passage: please fill this in"),
    ],
)
def test_a_passage_that_is_not_there_is_told_and_the_words_stay(text, author, quote, told):
    app = text(author)
    pick(app, "Where is the passage?", "body")
    write(app, "The passage", quote)
    write(app, "What should it say instead", "My own long thought.")
    write(app, "Why?", WISH.reason)
    press(app, "Send the suggestion")
    assert told in shown(app)
    assert field(app, "What should it say instead").value == "My own long thought."
    assert field(app, "Why?").value == WISH.reason


def test_nothing_is_chosen_for_anybody(text, suggest, author, champion):
    suggest(author)
    app = text(author)
    assert [radio.value for radio in app.radio] == [None]
    write(app, "The passage", WISH.quote)
    press(app, "Send the suggestion")
    assert "Where the passage is: please choose one" in shown(app)
    app = text(champion)
    press(app, "Answer it")
    assert {radio.value for radio in app.radio} == {None}


@pytest.mark.parametrize(
    ("role", "forms"),
    [
        (Role.OBSERVER, {"Send the suggestion"}),
        (Role.CONVENER, {"Send the suggestion", "Answer it", "Write the next version"}),
        (Role.ADMINISTRATOR, set()),
        (Role.MEMBER, set()),
    ],
)
def test_each_role_is_offered_what_it_may_do(text, db, suggest, author, role, forms):
    """The member here holds no seat."""
    suggest(author)
    app = text(a_person(db, role=role))
    offered = {"Send the suggestion", "Answer it", "Write the next version"} & {*buttons(app)}
    assert offered == forms
    assert "Suggestion 1: Lung Circle" in shown(app)
    assert "Withdraw my suggestion" not in buttons(app)


def test_another_organisation_answers_nothing_and_withdraws_nothing(text, db, suggest, author):
    suggest(author)
    said = buttons(text(a_delegate(db)))
    assert "Answer it" not in said
    assert "Withdraw my suggestion" not in said
    assert "Write the next version" not in said
    assert "Send the suggestion" in said


def test_the_champion_answers_in_part_and_all_read_the_answer(
    text, db, suggest, author, champion, proposal_id
):
    suggest(author)
    app = text(champion)
    press(app, "Answer it")
    pick(app, "What is the answer?", "in_part")
    assert field(app, "The wording agreed on").value == "within two days"
    write(app, "The wording agreed on", "within three days")
    press(app, "Record the answer")
    assert "The reason: please fill this in." in shown(app)
    assert field(app, "The wording agreed on").value == "within three days"
    (reason,) = [area for area in app.text_area if area.label.startswith("Why? The author")]
    reason.input("Two is too short.")
    press(app, "Record the answer")
    assert "The answer is recorded." in shown(app)

    said = shown(text(author))
    assert "**+\u00a0three**" in said
    assert "**They had asked for:** within two days" in said
    assert "Two is too short." in said
    assert "It goes into the next version." in said
    assert every(db, author, proposal_id)[0].agreed == "within three days"


def test_an_answer_given_meanwhile_is_shown_and_never_overwritten_unseen(
    text, db, suggest, answer, author, champion, proposal_id
):
    number = suggest(author)
    app = text(champion)
    press(app, "Answer it")
    answer(a_person(db, role=Role.CONVENER), number, NO)
    pick(app, "What is the answer?", "accepted")
    (reason,) = [area for area in app.text_area if area.label.startswith("Why? The author")]
    reason.input("My reason.")
    press(app, "Record the answer")
    said = shown(app)
    assert "Somebody answered this suggestion" in said
    assert "Small plans cannot do it." in said
    assert every(db, author, proposal_id)[0].state is State.DECLINED
    press(app, "Record the answer")
    assert every(db, author, proposal_id)[0].state is State.ACCEPTED


def test_the_author_withdraws_while_it_is_open(text, db, suggest, answer, author, champion):
    suggest(author)
    app = text(author)
    press(app, "Withdraw my suggestion")
    assert "It is withdrawn." in shown(app)
    number = suggest(author)
    answer(champion, number, NO)
    assert "Withdraw my suggestion" not in buttons(text(author))


def test_a_declined_one_becomes_a_proposal_of_its_own_with_a_link_back(
    text, visit, db, suggest, answer, author, champion
):
    number = suggest(author)
    answer(champion, number, NO)
    assert "Make it a proposal of its own" not in buttons(text(champion))
    app = text(author)
    press(app, "Make it a proposal of its own")
    assert app.title[0].value.startswith("Edit draft 2026-")
    made = int(app.query_params["id"][0])
    assert "It became a proposal of its own" in links(text(author))
    new = visit("proposal", as_=author, id=made, view="text")
    assert "This began as a change suggested to another proposal" in links(new)
    assert "Make it a proposal of its own" not in buttons(text(author))


def test_two_on_one_sentence_are_a_conflict_by_name(text, db, suggest, author, champion):
    suggest(author)
    suggest(
        a_person(db, role=Role.OBSERVER, name="Olive Observer"),
        quote="Plans answer",
        wording="Plans must answer",
    )
    suggest(champion, quote="by mail", wording="by letter")
    warned = [warning.value for warning in text(author).warning]
    assert warned == [
        "Conflict: it touches the same sentence as Suggestion 2: Olive Observer",
        "Conflict: it touches the same sentence as Suggestion 1: Lung Circle",
    ]


def test_a_text_that_moved_on_is_said_with_the_words_it_was_made_on(
    text, db, clock, suggest, author, champion, proposal_id
):
    suggest(author)
    suggest(author, quote="by mail", wording="by letter")
    their_version(db, clock, champion, proposal_id, BODY.replace("five days", "ten days"))
    said = shown(text(author))
    assert "No longer applies: version 2 does not say this any more" in said
    assert "~~−\u00a0five~~" in said
    assert "Made on version 1. The passage stands in version 2 too." in said


def test_the_next_version_is_filled_with_what_was_accepted_and_credits_it(
    text, db, clock, suggest, answer, author, champion, proposal_id
):
    answer(champion, suggest(author), YES)
    app = text(champion)
    press(app, "Write the next version")
    assert field(app, "Text:").value == BODY.replace("five days", "two days")
    assert [box.value for box in app.checkbox if box.label.startswith("Lung Circle")] == [True]
    write(app, "What changed", "Plans answer sooner.")
    press(app, "Make this the next version")
    assert "The kind of change: " in shown(app)
    pick(app, "What kind of change is it?", "substantive")
    press(app, "Make this the next version")

    made = newest(db, clock, author, proposal_id)
    assert (made.number, made.mark, made.note) == (2, Mark.SUBSTANTIVE, "Plans answer sooner.")
    said = shown(app)
    assert "Plans answer within two days." in said
    assert "Version 2 was made with words of Lung Circle." in said
    assert "In the text since version 2." in said
    assert "Write the next version" in buttons(app)


def test_what_overlaps_is_left_to_the_person_and_never_ticked(
    text, suggest, answer, author, champion
):
    answer(champion, suggest(author), YES)
    answer(champion, suggest(author, quote="five days.", wording="an hour."), YES)
    app = text(champion)
    press(app, "Write the next version")
    assert field(app, "Text:").value == BODY
    assert {box.value for box in app.checkbox if box.label.startswith("Lung")} == {False}
    assert "Those without a tick are not in the text above" in shown(app)


def test_a_tick_without_the_words_makes_no_version(
    text, db, clock, suggest, answer, author, champion, proposal_id
):
    answer(champion, suggest(author), YES)
    app = text(champion)
    press(app, "Write the next version")
    write(app, "Text:", BODY + " More.")
    write(app, "What changed", "More.")
    pick(app, "What kind of change is it?", "editorial")
    press(app, "Make this the next version")
    assert "it does not say what was agreed on with Lung Circle" in shown(app)
    assert newest(db, clock, author, proposal_id).number == 1
    tick_off = next(box for box in app.checkbox if box.label.startswith("Lung Circle"))
    tick_off.uncheck()
    press(app, "Make this the next version")
    assert newest(db, clock, author, proposal_id).body == BODY + " More."
    assert every(db, author, proposal_id)[0].is_waiting


def test_two_champions_saving_at_once_the_second_sees_the_change_and_loses_nothing(
    text, db, clock, champion, proposal_id
):
    app = text(champion)
    press(app, "Write the next version")
    mine = BODY + " Mine."
    write(app, "Text:", mine)
    write(app, "What changed", "My note.")
    pick(app, "What kind of change is it?", "editorial")
    convener = a_person(db, role=Role.CONVENER)
    their_version(db, clock, convener, proposal_id, BODY.replace("by mail", "by letter"))
    press(app, "Make this the next version")

    said = shown(app)
    assert "Somebody made version 2 while you were writing." in said
    assert "~~−\u00a0mail~~" in said
    assert "**+\u00a0letter**" in said
    assert (field(app, "Text:").value, field(app, "What changed").value) == (mine, "My note.")
    assert newest(db, clock, champion, proposal_id).number == 2
    press(app, "I have seen it: go on from version 2")
    assert field(app, "Text:").value == mine
    press(app, "Make this the next version")
    last = newest(db, clock, champion, proposal_id)
    assert (last.number, last.body) == (3, mine)


def test_what_was_typed_can_be_thrown_away(text, champion):
    app = text(champion)
    press(app, "Write the next version")
    write(app, "Text:", "Mine.")
    press(app, "Throw away what I typed")
    assert "Write the next version" in buttons(app)
    press(app, "Write the next version")
    assert field(app, "Text:").value == BODY


def test_so_late_in_a_round_that_nobody_could_answer_the_reason_stands_there(
    text, db, clock, champion, proposal_id
):
    convener = a_person(db, role=Role.CONVENER)
    this = a_round(db, clock, convener, proposal_id=proposal_id)
    clock.hour = this.closes_at
    clock.move(hours=-47)
    app = text(champion)
    assert "Write the next version" not in buttons(app)
    assert "48" in shown(app)


def test_a_decided_text_takes_no_suggestion_and_what_is_open_can_only_be_declined(
    text, db, clock, suggest, author, champion, proposal_id
):
    suggest(author)
    convener = a_person(db, role=Role.CONVENER)
    this = a_round(db, clock, convener, proposal_id=proposal_id, rule=QUICK)
    clock.hour = this.closes_at
    assert "Send the suggestion" not in buttons(text(author))
    app = text(champion)
    assert "Write the next version" not in buttons(app)
    press(app, "Answer it")
    (choice,) = app.radio
    assert len(choice.options) == 1


def test_the_words_of_who_was_forgotten_are_nowhere(text, db, clock, suggest, author, champion):
    suggest(author, wording="zebra", reason="zebra")
    forget(db, clock, who=author.email)
    said = shown(text(champion))
    assert "zebra" not in said
    assert "Its words were erased with the person who wrote them." in said


def test_hostile_words_do_nothing(text, suggest, answer, author, champion):
    evil = "<img src=x> ![x](https://evil.example/x.png) :material/home: ~~**[x](https://e.x)"
    number = suggest(author, wording=evil, reason=evil)
    answer(champion, number, Answer(State.IN_PART, evil, evil + "!"))
    for person in (author, champion):
        said = shown(text(person))
        assert "![x](https" not in said
        assert " <img" not in said
        assert "[x](https" not in said


def test_the_number_of_queries_does_not_grow_with_the_suggestions(
    text, asked, suggest, author, champion
):
    counts = []
    for _ in range(2):
        for _ in range(4):
            suggest(author)
        counts.append(asked(text(champion)))
    few, many = counts
    assert few == many <= 24
