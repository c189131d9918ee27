"""The joining checklist: versions, answers, and what acceptance waits for."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.applications import Stage
from coalition.domain.people.screening import (
    Answer,
    Given,
    ItemChanged,
    ItemNotFound,
    ScreeningUnfinished,
    WaiverUnexplained,
    Wording,
    require_settled,
)
from coalition.services.people import applications, screening
from coalition.store.ground import audit
from tests.builders import a_person
from tests.conftest import NOW
from tests.joining import begun, sent


@pytest.fixture
def convener(db):
    return a_person(db, role=Role.CONVENER, name="Casey Convener")


@pytest.fixture
def inquiry_id(db, clock, convener):
    inquiry_id, _ = sent(db, clock)
    begun(db, clock, convener, inquiry_id, stage=Stage.DECISION)
    return inquiry_id


def listed(db, clock, convener, *wordings, click="add"):
    asked = wordings or (
        Wording("Does it work nationally?", required=True),
        Wording("Since when?", required=False),
    )
    screening.add_items(db, clock, actor=convener, wordings=asked, token=click)
    return screening.checklist(db, actor=convener)


def edited(db, clock, convener, item, wording, click="edit"):
    screening.edit_item(
        db,
        clock,
        actor=convener,
        item_id=item.id,
        seen=item.version_id,
        wording=wording,
        token=click,
    )
    return next(one for one in screening.checklist(db, actor=convener) if one.id == item.id)


def answered(db, clock, convener, inquiry_id, item, answer, note="", click=None):
    screening.answer_items(
        db,
        clock,
        actor=convener,
        inquiry_id=inquiry_id,
        answers=[Given(item.id, item.version_id, answer, note)],
        token=click or f"{item.version_id}{answer}{note}",
    )


def asked(db, convener, inquiry_id):
    return applications.way(db, actor=convener, inquiry_id=inquiry_id, now=NOW).asked


def trail(db):
    with db.reading() as conn:
        return [entry.action for entry in audit.trail(conn)]


def test_items_are_added_once_and_stand_in_order(db, clock, convener):
    listed(db, clock, convener)

    items = listed(db, clock, convener)

    assert [(one.wording.question, one.number) for one in items] == [
        ("Does it work nationally?", 1),
        ("Since when?", 1),
    ]


def test_a_changed_item_is_a_new_version_and_answers_keep_theirs(db, clock, convener, inquiry_id):
    first, _ = listed(db, clock, convener)
    answered(db, clock, convener, inquiry_id, first, Answer.YES)

    later = edited(db, clock, convener, first, Wording("In all fifty states?", required=True))

    assert later.number == 2
    one = asked(db, convener, inquiry_id)[0]
    assert (one.answered.number, one.is_older, one.is_settled) == (1, True, True)
    answered(db, clock, convener, inquiry_id, later, Answer.YES)
    assert asked(db, convener, inquiry_id)[0].answered.number == 2


def test_saying_the_same_again_makes_no_version(db, clock, convener):
    first, _ = listed(db, clock, convener)

    assert edited(db, clock, convener, first, first.wording).number == 1
    assert "screening.edited" not in trail(db)


def test_who_saw_an_earlier_version_neither_edits_nor_answers(db, clock, convener, inquiry_id):
    first, _ = listed(db, clock, convener)
    edited(db, clock, convener, first, Wording("In all fifty states?", required=True))

    with pytest.raises(ItemChanged):
        edited(db, clock, convener, first, Wording("Everywhere?", required=True), click="late")
    with pytest.raises(ItemChanged):
        answered(db, clock, convener, inquiry_id, first, Answer.YES)

    assert asked(db, convener, inquiry_id)[0].answered is None


def test_a_retired_item_is_asked_no_more_but_stands_where_it_was_answered(
    db, clock, convener, inquiry_id
):
    first, second = listed(db, clock, convener)
    answered(db, clock, convener, inquiry_id, first, Answer.NO)
    for number, one in enumerate((first, second)):
        gone = Wording(one.wording.question, required=False, retired=True)
        edited(db, clock, convener, one, gone, click=f"gone{number}")

    left = asked(db, convener, inquiry_id)

    assert [one.item.id for one in left] == [first.id]
    require_settled(left)


def test_a_required_item_waits_for_a_yes_or_a_waiver_with_its_reason(
    db, clock, convener, inquiry_id
):
    first, _ = listed(db, clock, convener)
    for answer in (None, Answer.NO):
        answered(db, clock, convener, inquiry_id, first, answer)
        with pytest.raises(ScreeningUnfinished) as refused:
            require_settled(asked(db, convener, inquiry_id))
        assert refused.value.facts["n"] == 1
    with pytest.raises(WaiverUnexplained):
        answered(db, clock, convener, inquiry_id, first, Answer.WAIVED)

    answered(db, clock, convener, inquiry_id, first, Answer.WAIVED, "It speaks for one island.")

    require_settled(asked(db, convener, inquiry_id))


def test_an_unchanged_answer_leaves_no_second_trace(db, clock, convener, inquiry_id):
    first, _ = listed(db, clock, convener)
    for click in ("one", "one", "two"):
        answered(db, clock, convener, inquiry_id, first, Answer.YES, click=click)

    assert trail(db).count("application.screened") == 1


def test_an_item_that_is_not_there_is_not_edited(db, clock, convener):
    with pytest.raises(ItemNotFound):
        screening.edit_item(
            db,
            clock,
            actor=convener,
            item_id=4,
            seen=4,
            wording=Wording("?", required=True),
            token="e",
        )
