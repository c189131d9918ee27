"""The reading grade: what it counts, and that nothing a person pastes upsets it."""

import pytest

from coalition.domain.ground.grades import grade, hardest, sentences


def test_plain_words_read_at_the_grade_the_formula_says():
    # 29 letters, 6 words, 1 sentence: 4.71 * 29 / 6 + 0.5 * 6 - 21.43 = 4.34
    assert grade("Health plans must count copay help.") == 5


def test_long_words_and_long_sentences_read_harder():
    plain = "Health plans must answer patients quickly. They must explain every refusal."
    joined = "Health plans must answer patients quickly and they must explain every refusal."
    wordy = "Utilisation management determinations necessitate expeditious communication."
    assert grade(plain) < grade(joined) < grade(wordy)


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n", "…!?", "— – *"])
def test_without_words_there_is_no_grade(nothing):
    assert grade(nothing) is None
    assert sentences(nothing) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pass H.R. 1520 now. It is time.", 2),
        ("The U.S. Senate can act, e.g. in May.", 1),
        ("One line\nanother line", 2),
        ('They said "no." Then we left.', 2),
        ("Version 2.5 is better than 2.4", 1),
        ("Really?! Yes… No!", 3),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, found):
    assert len(sentences(text)) == found


def test_the_two_hardest_sentences_are_named_hardest_first():
    easy = "A plan must say yes or no."
    hard = "Determinations necessitate expeditious communication with beneficiaries."
    harder = "Utilisation management determinations necessitate expeditious communication."
    middling = "Prior authorisation requirements frequently interrupt established treatment."
    assert hardest(f"{easy} {middling} {harder} {hard}") == (harder, hard)
    assert hardest(easy) == ()
