"""Accepted suggestions woven into the next text: in their place, or left to a person."""

from datetime import UTC, datetime

import pytest

from coalition.domain.deliberation.passages import Field, find, locate
from coalition.domain.deliberation.proposals import TextVersion
from coalition.domain.discussion.suggestions import State, Suggestion
from coalition.domain.discussion.weaving import conflicts, credited, places, prefilled

AT = datetime(2026, 11, 1, tzinfo=UTC)
BODY = "Plans count help. Plans tell patients by mail, at once. Plans answer within five days."


def a_text(body, *, number=1, ask="Count help."):
    return TextVersion(number, 1, number, "Title", ask, body, "", "", AT)


def a_suggestion(made_on, quote, agreed, *, number=1, by="Lung Circle", **more):
    field = more.pop("field", Field.BODY)
    given = {"state": State.ACCEPTED, "agreed": agreed} | more
    passage = find(made_on, field, quote)
    return Suggestion(
        number, 1, made_on.id, 1, by, 1, "Avery", passage, AT, agreed, "Because.", **given
    )


@pytest.fixture
def first():
    return a_text(BODY)


def test_each_goes_where_its_passage_stands(first):
    every = [
        a_suggestion(first, "five days", "two days", number=1),
        a_suggestion(first, "by mail", "by letter", number=2),
        a_suggestion(first, "Plans count help. ", "", number=3),
        a_suggestion(first, "Count help.", "Count all help.", number=4, field=Field.ASK),
    ]
    made = prefilled(first, every, {1: first})
    assert made.ask == "Count all help."
    assert made.body == "Plans tell patients by letter, at once. Plans answer within two days."
    assert (made.applied, made.gone, made.clashing) == (tuple(every), (), ())


def test_it_follows_its_passage_into_a_later_text(first):
    later = a_text("New words first. " + BODY, number=2)
    one = a_suggestion(first, "five days", "two days")
    assert prefilled(later, [one], {1: first, 2: later}).body == (
        "New words first. " + BODY.replace("five days", "two days")
    )


def test_a_passage_that_is_gone_changes_nothing_and_is_named(first):
    later = a_text(BODY.replace("five days", "ten days"), number=2)
    one = a_suggestion(first, "five days", "two days")
    made = prefilled(later, [one], {1: first, 2: later})
    assert (made.body, made.applied, made.gone) == (later.body, (), (one,))


def test_of_two_that_overlap_neither_is_taken_and_a_third_still_is(first):
    one = a_suggestion(first, "within five days", "at once", number=1)
    other = a_suggestion(first, "five days", "two days", number=2)
    third = a_suggestion(first, "by mail", "by letter", number=3)
    made = prefilled(first, [one, other, third], {1: first})
    assert made.body == BODY.replace("by mail", "by letter")
    assert (made.applied, made.clashing) == ((third,), (one, other))


@pytest.mark.parametrize(
    ("body", "quote", "left"),
    [
        ("One. Two. Three.", "Two.", "One. Three."),
        ("One.\n\nTwo.\n\nThree.", "Two.", "One.\n\nThree."),
        ("One. Two.", "One.", "Two."),
        ("(One) two.", "One", "() two."),
        ("One two, three.", "two", "One , three."),
    ],
)
def test_what_goes_out_leaves_one_blank(body, quote, left):
    text = a_text(body)
    assert prefilled(text, [a_suggestion(text, quote, "")], {1: text}).body == left


def test_two_who_want_the_same_words_are_both_taken(first):
    every = [a_suggestion(first, "five days", "two days", number=n) for n in (1, 2)]
    made = prefilled(first, every, {1: first})
    assert made.body == BODY.replace("five days", "two days")
    assert (made.applied, made.clashing) == (tuple(every), ())


def test_passages_side_by_side_do_not_clash(first):
    one = a_suggestion(first, "by mail", "by letter", number=1)
    other = a_suggestion(first, ", at once", " in a week", number=2)
    assert "by letter in a week. Plans" in prefilled(first, [one, other], {1: first}).body


@pytest.mark.parametrize(
    "state",
    [
        {"state": State.OPEN},
        {"state": State.DECLINED},
        {"state": State.WITHDRAWN},
        {"applied_version_id": 2},
    ],
)
def test_only_accepted_ones_that_are_not_in_the_text_are_taken(first, state):
    one = a_suggestion(first, "five days", "two days", **state)
    made = prefilled(first, [one], {1: first})
    assert (made.body, made.applied, made.gone, made.clashing) == (BODY, (), (), ())


def test_two_on_one_sentence_are_a_conflict_and_a_third_elsewhere_is_not(first):
    one = a_suggestion(first, "by mail", "by letter", number=1, state=State.OPEN)
    other = a_suggestion(first, "at once", "in a week", number=2, state=State.OPEN, by="Kidney")
    third = a_suggestion(first, "five days", "two days", number=3)
    asked = a_suggestion(first, "Count help.", "Count all.", number=4, field=Field.ASK)
    every = [one, other, third, asked]
    found = conflicts(every, places(every, {1: first}, first), first)
    assert found == {1: (other,), 2: (one,), 3: (), 4: ()}


def test_a_passage_across_two_sentences_meets_both(first):
    wide = a_suggestion(first, "at once. Plans answer", "soon. They reply", number=1)
    left = a_suggestion(first, "by mail", "by letter", number=2)
    right = a_suggestion(first, "five days", "two days", number=3)
    every = [wide, left, right]
    found = conflicts(every, places(every, {1: first}, first), first)
    assert {number: [one.id for one in others] for number, others in found.items()} == {
        1: [2, 3],
        2: [1],
        3: [1],
    }


def test_credit_goes_to_organisations_and_to_people_without_one(first):
    every = [
        a_suggestion(first, "five", "two", by="Kidney", applied_version_id=2),
        a_suggestion(first, "mail", "post", by="", applied_version_id=2),
        a_suggestion(first, "help", "aid", by="Kidney", applied_version_id=2),
        a_suggestion(first, "once", "first", by="Lung"),
    ]
    assert credited(every) == {2: ("Avery", "Kidney")}


@pytest.mark.parametrize(
    ("body", "quote", "now", "start"),
    [
        ("Answer within five days. Pay.", "five", "Answer at once. Pay five dollars.", None),
        ("No.", ".", "No.\n\nThis was added.", None),
        ("Pay. Answer within five days.", "five", "Pay all. Answer within five days.", 23),
        ("Pay. Answer within five days.", "five", "Pay all. Answer within five hours.", 23),
        ("A. B. A.", "B.", "A. A.", None),
        (f"{'x' * 40} Pay.", "x" * 40, f"Pay all. {'x' * 40}", 9),
    ],
)
def test_a_word_that_stands_once_in_another_place_is_not_taken_for_the_passage(
    body, quote, now, start
):
    before, after = a_text(body), a_text(now, number=2)
    found = locate(find(before, Field.BODY, quote), before, after)
    assert (found.start if found else None) == start
