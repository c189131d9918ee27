from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.deliberation.passages import (
    LONGEST,
    WHOLE,
    Field,
    Passage,
    PassageAmbiguous,
    PassageGone,
    anywhere,
    find,
    locate,
    part,
    replaced,
    require_there,
    sentences,
)
from coalition.domain.deliberation.proposals import ProposalId, TextVersion, VersionId

HOUR = datetime(2026, 11, 1, tzinfo=UTC)
THREE = "Plans must count help. The limit falls in May. Nobody pays twice."


def version(body, *, number=1, ask="Pass the bill"):
    return TextVersion(
        VersionId(number), ProposalId(1), number, "Title", ask, body, "", "", HOUR, "first", None
    )


def moved(quote, before, after, *, field=Field.BODY):
    """Quote a passage of one text and find it again in another."""
    old, new = version(before), version(after, number=2)
    return locate(find(old, field, quote), old, new)


def test_a_quote_is_found_where_it_stands():
    found = find(version(THREE), Field.BODY, "  The limit falls in May.\n")

    assert found == Passage(Field.BODY, 23, "The limit falls in May.")
    assert THREE[found.start : found.end] == found.quote


def test_nothing_quoted_is_the_whole_text():
    assert find(version(THREE), Field.BODY, " \n ") == WHOLE
    assert WHOLE.is_whole


@pytest.mark.parametrize(
    "quote", ["the limit falls", "May. Nobody else", THREE + "!", "x" * 100_000]
)
def test_what_the_text_does_not_say_is_no_passage_of_it(quote):
    with pytest.raises(PassageGone):
        find(version(THREE), Field.BODY, quote)


def test_a_passage_longer_than_the_limit_is_refused_though_the_text_says_it():
    text = "".join(f"{n} " for n in range(LONGEST))
    with pytest.raises(PassageGone):
        find(version(text), Field.BODY, text[: LONGEST + 1])
    assert find(version(text), Field.BODY, text[:LONGEST]).quote


@pytest.mark.parametrize(
    ("text", "quote"), [("Pay. Then pay. Pay.", "Pay."), ("ha ha ha", "ha ha")]
)
def test_what_is_said_twice_must_be_quoted_with_more_around_it(text, quote):
    with pytest.raises(PassageAmbiguous):
        find(version(text), Field.BODY, quote)


def test_a_quote_is_looked_for_in_the_ask_where_the_text_does_not_say_it():
    this = version(THREE, ask="Pass the bill in May")

    assert anywhere(this, "Pass the bill") == Passage(Field.ASK, 0, "Pass the bill")
    assert anywhere(this, "in May").field is Field.BODY
    with pytest.raises(PassageGone):
        anywhere(this, "nowhere")


def test_a_passage_must_stand_where_it_is_said_to():
    require_there(version(THREE), Passage(Field.BODY, 0, "Plans"))
    with pytest.raises(PassageGone):
        require_there(version(THREE), Passage(Field.BODY, 1, "Plans"))


MAY = "The limit falls in May."


@pytest.mark.parametrize(
    ("after", "start"),
    [
        (THREE, 23),
        ("We ask again. " + THREE, 37),
        (THREE + " And more.", 23),
        ("Plans shall count all help. " + MAY + " Nobody pays twice.", 28),
        ("Plans must count help. " + MAY + " No patient pays twice.", 23),
        ("Nobody pays twice. Plans must count help. " + MAY, 42),
    ],
)
def test_a_passage_is_found_again_in_a_text_that_moved_around_it(after, start):
    found = moved(MAY, THREE, after)

    assert found == Passage(Field.BODY, start, MAY)
    assert after[found.start : found.end] == MAY


@pytest.mark.parametrize(
    "after",
    [
        "Plans must count help. Nobody pays twice.",
        THREE.replace("May", "June"),
        THREE.replace("The limit falls in May.", "The  limit falls in May."),
        "",
    ],
)
def test_a_passage_that_no_longer_stands_is_said_to_be_gone(after):
    assert moved(MAY, THREE, after) is None


def test_the_same_words_elsewhere_are_not_the_passage():
    """One word of a sentence that went, said again in a sentence that has nothing to do with it."""
    before = "Some plans cheat. The limit falls in May."
    after = "The limit falls in May. We make no other plans for the year."

    assert moved("plans", before, after) is None


def test_of_two_sentences_alike_none_is_taken_for_the_one_that_went():
    before = "In Ohio: pay at once. In Utah: pay later."
    after = "In Utah: pay later. In Iowa: pay at once. In Ohio: never."

    assert moved("pay at once", before, after) is None


def test_a_passage_is_tied_to_its_part_of_the_text():
    old = version("Pass the bill. Now.", ask="Pass the bill")
    new = version("Pass the bill. Now.", number=2, ask="Amend the law")

    assert locate(Passage(Field.ASK, 0, "Pass the bill"), old, new) is None
    assert part(new, Field.ASK) == "Amend the law"


def test_the_whole_text_stays_the_whole_text():
    assert locate(WHOLE, version("One."), version("Two.", number=2)) == WHOLE


# Every sentence is said once, so where each went can be told with certainty.
numbered = st.lists(st.integers(0, 40), unique=True, min_size=1, max_size=14)


def said(numbers):
    return " ".join(f"Article {n} holds for year {n * 7}." for n in numbers)


@given(numbered, numbered, st.data())
def test_a_sentence_is_found_where_it_is_or_not_at_all(before, after, data):
    one = data.draw(st.sampled_from(before))
    found = moved(said([one]), said(before), said(after))

    if found is not None:
        assert said(after)[found.start : found.end] == said([one])
    assert one in after or found is None


@given(numbered.filter(lambda them: len(them) > 1), st.data())
def test_a_sentence_whose_neighbours_stayed_is_always_found(before, data):
    """Something came in front of it, something behind it: it is still there."""
    one = data.draw(st.sampled_from(before))
    after = f"A new beginning. {said(before)} A new end."

    assert moved(said([one]), said(before), after).quote == said([one])


@given(st.text("ab .\n", max_size=40), st.text("ab .\n", max_size=40), st.data())
def test_whatever_the_texts_a_passage_found_is_really_there(before, after, data):
    start = data.draw(st.integers(0, len(before)))
    quote = before[start : data.draw(st.integers(start, len(before)))]
    old, new = version(before), version(after, number=2)
    found = locate(Passage(Field.BODY, start, quote), old, new)

    if found is not None:
        require_there(new, found)
        assert found.quote == quote


@pytest.mark.parametrize(
    ("quote", "numbers"),
    [
        ("Plans must count", {0}),
        ("help. The limit", {0, 1}),
        ("May.", {1}),
        ("Nobody pays twice.", {2}),
        (THREE, {0, 1, 2}),
    ],
)
def test_a_passage_touches_its_sentences(quote, numbers):
    assert sentences(THREE, find(version(THREE), Field.BODY, quote)) == numbers


def test_passages_are_replaced_all_at_once_whatever_their_order():
    this = version(THREE)
    changes = {
        find(this, Field.BODY, "May"): "the month after next",
        find(this, Field.BODY, "Plans"): "Insurers",
    }

    assert replaced(THREE, changes) == THREE.replace("Plans", "Insurers").replace(
        "May", "the month after next"
    )


def test_two_changes_of_the_same_words_are_never_both_made():
    one = Passage(Field.BODY, 0, "Plans must")
    two = Passage(Field.BODY, 6, "must count")
    with pytest.raises(PassageAmbiguous):
        replaced(THREE, {one: "A", two: "B"})


def test_a_change_is_never_made_where_the_text_says_something_else():
    with pytest.raises(PassageGone):
        replaced(THREE, {Passage(Field.BODY, 3, "Plans"): "Insurers"})


@pytest.mark.parametrize(
    "quote",
    ["Plans must count help.", "Plans\nmust  count\thelp.", " Plans must count\r\nhelp. "],
)
def test_words_are_found_whatever_white_space_stands_between_them(quote):
    text = version("First.\nPlans  must\ncount help. Last.")
    assert anywhere(text, quote) == find(text, Field.BODY, quote)
    assert find(text, Field.BODY, quote) == Passage(Field.BODY, 7, "Plans  must\ncount help.")
    assert anywhere(version("Another.", ask="Plans  must count help."), quote).field is Field.ASK


def test_what_differs_in_white_space_alone_is_said_twice():
    with pytest.raises(PassageAmbiguous):
        find(version("Nobody pays. Nobody  pays."), Field.BODY, "Nobody pays.")


def test_words_are_found_as_a_page_shows_them_and_a_keyboard_types_them():
    assert anywhere(version("See :smile: at 10."), ":\u200csmile:").quote == ":smile:"
    assert anywhere(version("The caf\u00e9 pays."), "cafe\u0301").quote == "caf\u00e9"
    joined = "\u0645\u06cc\u200c\u0631\u0648\u062f"  # a word that needs the mark
    assert anywhere(version("Else.", ask=f"{joined}."), joined).quote == joined


def test_a_short_quote_of_a_passage_too_long_with_its_white_space_is_refused():
    with pytest.raises(PassageGone):
        find(version(f"Nobody{' ' * LONGEST}pays."), Field.BODY, "Nobody pays.")
