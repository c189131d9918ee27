import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coalition.domain.deliberation.differences import Change, compare

SAME, REMOVED, ADDED = Change.SAME, Change.REMOVED, Change.ADDED
WORDS = (
    "we ",
    "ask ",
    "Congress ",
    "to ",
    "count ",
    "help. ",
    "Now! ",
    "\n",
    "\n\n",
    "it's ",
    ", ",
)
prose = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


def told(before, after):
    return [(piece.change, piece.text) for piece in compare(before, after)]


def spelt(pieces, without):
    return "".join(piece.text for piece in pieces if piece.change is not without)


@given(prose | st.text(max_size=60), prose | st.text(max_size=60))
@example("", "")
@example("a\n\n", "\n")
def test_the_pieces_spell_both_texts_and_say_where_each_stands(before, after):
    pieces = compare(before, after)

    assert spelt(pieces, ADDED) == before
    assert spelt(pieces, REMOVED) == after
    for piece in pieces:
        if piece.change is not ADDED:
            assert before[piece.before :].startswith(piece.text)
        if piece.change is not REMOVED:
            assert after[piece.after :].startswith(piece.text)


@given(prose | st.text(max_size=60), prose | st.text(max_size=60))
def test_no_piece_is_empty_and_no_two_neighbours_are_of_one_kind(before, after):
    pieces = compare(before, after)

    assert all(piece.text for piece in pieces)
    assert all(one.change is not two.change for one, two in pairwise(pieces))


@given(st.text(max_size=80))
def test_a_text_that_did_not_change_is_one_piece(text):
    assert told(text, text) == ([(SAME, text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        (
            "Plans must count help.",
            "Plans must not count help.",
            [(SAME, "Plans must "), (ADDED, "not "), (SAME, "count help.")],
        ),
        (
            "Pay within 30 days.",
            "Pay within 60 days.",
            [(SAME, "Pay within "), (REMOVED, "30 "), (ADDED, "60 "), (SAME, "days.")],
        ),
        ("Ask.", "", [(REMOVED, "Ask.")]),
        ("", "Ask.", [(ADDED, "Ask.")]),
        ("One.\n\nTwo.\n", "One.\n\nTwo.\nThree.", [(SAME, "One.\n\nTwo.\n"), (ADDED, "Three.")]),
        (
            "First. Second. Third.",
            "First. Third.",
            [(SAME, "First. "), (REMOVED, "Second. "), (SAME, "Third.")],
        ),
    ],
)
def test_a_change_is_told_by_the_word(before, after, pieces):
    assert told(before, after) == pieces


def cost(before, after):
    """Return the seconds of processor that one comparison takes, nothing remembered."""
    began = time.process_time()
    compare.__wrapped__(before, after)
    return time.process_time() - began


def long_text(sentences):
    return "".join(f"In year {n} the plan shall count help number {n}. " for n in range(sentences))


def test_thirty_edits_in_fifty_thousand_characters_cost_little_more_than_in_five_thousand():
    """By the character: what did not change is passed over, never compared with all else."""
    small, large = long_text(100), long_text(1_000)
    assert len(large) > 48_000

    def edited(text):
        for n in range(3, 93, 3):
            text = text.replace(f" number {n}.", f" as in case {n}.")
        return text

    once = min(cost(small, edited(small)) for _ in range(3))
    tenfold = min(cost(large, edited(large)) for _ in range(3))

    assert tenfold < 40 * once


@pytest.mark.parametrize("kinds", [1, 2, 8, 60])
def test_a_text_that_says_the_same_over_and_over_is_no_harder_to_compare(kinds):
    """Fifty thousand characters pasted of a few lines: the matcher alone would take minutes."""
    before = "".join(f"{n * n % 97 % kinds}.\n" for n in range(16_000))
    after = "".join(f"{n * n % 89 % kinds}.\n" for n in range(16_000))
    plain = long_text(1_000)
    pieces = compare(before, after)

    assert spelt(pieces, ADDED) == before
    assert spelt(pieces, REMOVED) == after
    assert cost(before, after) < 100 * cost(plain, plain[:-40] + "otherwise.")
