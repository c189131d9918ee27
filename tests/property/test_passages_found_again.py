"""A passage is found again where it certainly stands, or not at all, whatever was edited."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from coalition.domain.deliberation.passages import NEAR, TELLING, Field, Passage, locate
from coalition.domain.deliberation.proposals import TextVersion
from coalition.domain.discussion.suggestions import State, Suggestion
from coalition.domain.discussion.weaving import prefilled

AT = datetime(2026, 11, 1, tzinfo=UTC)
# Few words and many repetitions: the texts in which a passage is most easily mistaken.
SENTENCES = st.sampled_from(
    ["Plans pay.", "Plans pay all.", "All pay plans.", "We ask, and ask.", "No.", "¿Qué?", "Ω ω."]
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join)


def a_text(body, number):
    return TextVersion(number, 1, number, "Title", "Ask.", body, "", "", AT)


@st.composite
def passages(draw, body):
    """Draw any passage of a text."""
    start = draw(st.integers(0, len(body) - 1))
    end = draw(st.integers(start + 1, len(body)))
    return Passage(Field.BODY, start, body[start:end])


@st.composite
def edits(draw):
    """Draw a text, a passage of it, and the text after some sentences came, went or moved."""
    before = draw(TEXTS)
    after = draw(st.one_of(TEXTS, st.permutations(before.split(" ")).map(" ".join)))
    return a_text(before, 1), draw(passages(before)), a_text(after, 2)


@given(edits())
def test_what_is_found_says_the_same_words_where_it_is_said_to_stand(edit):
    before, passage, after = edit
    found = locate(passage, before, after)
    if found is not None:
        assert after.body[found.start : found.end] == passage.quote


def beside(text, passage):
    """Return what stands just before and just after a passage."""
    return text[max(passage.start - NEAR, 0) : passage.start], text[passage.end :][:NEAR]


@given(edits())
def test_what_is_found_has_a_neighbour_that_stayed_or_is_said_once_and_at_length(edit):
    before, passage, after = edit
    found = locate(passage, before, after)
    if found is None:
        return
    old, new = beside(before.body, passage), beside(after.body, found)
    times = [
        sum(text.body.startswith(passage.quote, at) for at in range(len(text.body)))
        for text in (before, after)
    ]
    kept = any(one and one == other for one, other in zip(old, new, strict=True))
    assert old == new or (times == [1, 1] and (kept or len(passage.quote) >= TELLING))


@given(TEXTS, st.data())
def test_a_text_with_something_appended_keeps_every_passage_in_its_place_or_lets_go(body, data):
    passage = data.draw(passages(body))
    later = a_text(f"{body}\n\nThis was added at the end of it.", 2)
    assert locate(passage, a_text(body, 1), later) in {passage, None}


@given(TEXTS, st.data())
def test_in_an_unchanged_text_every_passage_is_found(body, data):
    passage = data.draw(passages(body))
    assert locate(passage, a_text(body, 1), a_text(body, 2)) == passage


def accepted(number, passage, agreed):
    return Suggestion(
        number, 1, 1, 1, "Org", 1, "Avery", passage, AT, agreed, "Why.", State.ACCEPTED,
        agreed=agreed,
    )  # fmt: skip


@given(edits(), st.data())
def test_what_is_woven_in_changes_its_passages_and_not_one_sign_more(edit, data):
    before, passage, after = edit
    every = [accepted(1, passage, "«one»")]
    every += [
        accepted(number, data.draw(passages(before.body)), f"«{number}»") for number in (2, 3)
    ]
    made = prefilled(after, every, {1: before, 2: after})

    assert {*made.applied, *made.gone, *made.clashing} == {*every}
    undone = made.body
    for one in made.applied:
        assert undone.count(one.agreed) == 1
        undone = undone.replace(one.agreed, one.passage.quote)
    assert undone == after.body
