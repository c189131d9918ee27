"""Whatever is pasted, the reading grade answers, always the same, and in the right direction."""

from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.ground.grades import grade, hardest, sentences

WORD = st.text(st.characters(categories=("Ll",), max_codepoint=0x7A), min_size=2, max_size=12)
SENTENCE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)


@given(st.text())
def test_any_text_has_a_grade_or_no_words(text):
    found = grade(text)
    assert found is None or found >= 0
    assert found == grade(text)
    assert (found is None) == (sentences(text) == ())


@given(st.text())
def test_the_hardest_sentences_are_sentences_of_the_text(text):
    assert set(hardest(text)) <= set(sentences(text))
    assert len(hardest(text)) <= 2


@given(st.lists(SENTENCE, min_size=1, max_size=6))
def test_saying_the_same_twice_is_as_hard_as_once(told):
    text = ". ".join(told) + "."
    assert grade(f"{text} {text}") == grade(text)


@given(SENTENCE, SENTENCE)
def test_joining_two_sentences_never_makes_them_easier(one, other):
    assert grade(f"{one} {other}.") >= grade(f"{one}. {other}.")


@given(st.lists(WORD, min_size=1, max_size=12), st.integers(0, 11))
def test_a_longer_word_never_makes_a_sentence_easier(words, at):
    longer = [*words]
    longer[at % len(words)] += "ness"
    assert grade(" ".join(longer)) >= grade(" ".join(words))


@given(st.text(max_size=60), st.sampled_from([".", " ", "\n", "a.", "H.R. ", "...", "\u200b"]))
def test_a_hundred_thousand_characters_are_graded_at_once(text, filler):
    pasted = text + filler * (100_000 // len(filler))
    assert grade(pasted) == grade(pasted)
