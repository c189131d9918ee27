"""The checklist before a round: what meets each item, and what a reason waives."""

from dataclasses import replace

import pytest

from coalition.domain.deliberation.readiness import (
    Item,
    NotReady,
    Translation,
    checklist,
    require_ready,
    translation,
)
from coalition.domain.ground.text import TextTooLong, TextUnreadable
from tests.builders import FINISHED


def found(*, asked=True, **changes):
    return checklist(replace(FINISHED, **changes), interests_asked=asked)


def test_a_finished_proposal_lacks_nothing():
    assert found().unmet == ()
    assert require_ready(found(), {}) == {}


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("summary", Item.SUMMARY),
        ("patient_line", Item.PATIENT_LINE),
        ("equity_note", Item.EQUITY_NOTE),
        ("instrument", Item.SOURCES),
        ("heard", Item.HEARD),
        ("summary_es", Item.TRANSLATION),
        ("summary_es_by", Item.TRANSLATION),
    ],
)
def test_each_item_is_missed_by_its_own_field(field, item):
    assert found(**{field: ""}).unmet == (item,)


def test_interests_are_asked_of_the_champion():
    assert found(asked=False).unmet == (Item.INTERESTS,)


def test_a_link_is_a_source_as_good_as_an_instrument():
    assert found(instrument="", source={"source_url": "https://example.org"}).unmet == ()


def test_a_hard_summary_is_told_and_holds_nothing():
    hard = found(summary="Utilisation management determinations necessitate communication.")
    assert (hard.is_hard, hard.unmet) == (True, ())
    assert (found().is_hard, found().grade) == (False, 5)


def test_a_spanish_summary_is_none_a_draft_or_read_over():
    states = [
        translation(replace(FINISHED, summary_es=told, summary_es_by=by))
        for told, by in (("", "Lucía"), ("Hola.", ""), ("Hola.", "Lucía"))
    ]
    assert states == [Translation.NONE, Translation.DRAFT, Translation.READ_OVER]


def test_the_first_item_that_is_neither_there_nor_waived_is_named():
    lacking = found(heard="", equity_note="", summary_es="")
    with pytest.raises(NotReady) as refused:
        require_ready(lacking, {Item.EQUITY_NOTE: "It touches everybody alike."})
    assert refused.value.facts == {"field": "heard"}


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_a_blank_reason_waives_nothing(blank):
    with pytest.raises(NotReady):
        require_ready(found(heard=""), {Item.HEARD: blank})


def test_a_reason_for_what_is_there_is_not_kept():
    waived = require_ready(found(heard=""), dict.fromkeys(Item, "  Next week. "))
    assert waived == {Item.HEARD: "Next week."}


@pytest.mark.parametrize(
    ("reason", "refusal"), [("x" * 100_000, TextTooLong), ("a\u202eb", TextUnreadable)]
)
def test_a_reason_that_cannot_be_kept_is_refused(reason, refusal):
    with pytest.raises(refusal):
        require_ready(found(heard=""), {Item.HEARD: reason})
