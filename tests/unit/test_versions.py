from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coalition.domain.deliberation.proposals import (
    Proposal,
    ProposalId,
    ProposalText,
    Stage,
    TextVersion,
    VersionId,
)
from coalition.domain.deliberation.rounds import (
    NEVER,
    Results,
    Round,
    RoundId,
    RoundKind,
    Terms,
)
from coalition.domain.deliberation.versions import (
    ContestOver,
    Mark,
    MarkMissing,
    NotEditorial,
    Revision,
    TextSettled,
    TooLateToChange,
    contest_until,
    require_contestable,
    require_revisable,
)
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable

HOUR = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # a night on which New York's clocks go back
SECOND, HOURS = timedelta(seconds=1), timedelta(hours=48)
SOUND = Revision(VersionId(1), "Title", "Ask", "Body", "What changed", Mark.EDITORIAL)


def a_round(*, substantive=1, **changes):
    this = Round(
        id=RoundId(1),
        proposal_id=ProposalId(1),
        version_id=VersionId(1),
        version=1,
        kind=RoundKind.BINDING,
        preset="",
        rule=None,
        terms=Terms(),
        results=Results.OPEN,
        roll_size=3,
        opens_at=HOUR,
        first_closes_at=HOUR + timedelta(days=10),
        closes_at=HOUR + timedelta(days=10),
        first_version_id=VersionId(1),
        substantive_version_id=VersionId(substantive),
        runs_from=HOUR,
    )
    return replace(this, **changes)


def a_version(mark=Mark.EDITORIAL, *, at=HOUR):
    return TextVersion(
        VersionId(2), ProposalId(1), 2, "Title", "Ask", "Body", "Note", "", at, mark, 1
    )


def a_proposal(stage=Stage.SUBMITTED):
    text = ProposalText.__new__(ProposalText)
    return Proposal(ProposalId(1), "P-2026-1", text, stage, 1, None, "", None, HOUR, HOUR, None)


def test_a_sound_revision_comes_back_trimmed():
    given = replace(SOUND, title="  Title ", body="Body\r\n", note=" What changed ")

    assert given.checked() == SOUND


@pytest.mark.parametrize(
    ("changes", "finding", "field"),
    [
        ({"mark": None}, MarkMissing, "mark"),
        ({"mark": Mark.FIRST}, MarkMissing, "mark"),
        ({"title": " "}, TextMissing, "title"),
        ({"ask": ""}, TextMissing, "ask"),
        ({"body": "\n"}, TextMissing, "body"),
        ({"note": ""}, TextMissing, "note"),
        ({"body": "x" * 100_000}, TextTooLong, "body"),
        ({"note": "x" * 2_001}, TextTooLong, "note"),
        ({"ask": "a\u202eb"}, TextUnreadable, "ask"),
    ],
)
def test_a_revision_that_cannot_stand_names_its_field(changes, finding, field):
    with pytest.raises(finding) as refusal:
        replace(SOUND, **changes).checked()
    assert refusal.value.facts["field"] == field


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITHDRAWN])
def test_only_a_text_before_the_table_is_revised(stage):
    with pytest.raises(TextSettled):
        require_revisable(a_proposal(stage), None, settled=False, now=HOUR)


def test_a_decided_text_stays_as_it_is():
    with pytest.raises(TextSettled):
        require_revisable(a_proposal(), None, settled=True, now=HOUR)


@pytest.mark.parametrize(("left", "is_late"), [(HOURS, False), (HOURS - SECOND, True)])
def test_while_a_round_runs_the_others_have_two_days_to_answer(left, is_late):
    this = a_round()
    now = this.closes_at - left
    if is_late:
        with pytest.raises(TooLateToChange):
            require_revisable(a_proposal(), this, settled=False, now=now)
    else:
        require_revisable(a_proposal(), this, settled=False, now=now)


@pytest.mark.parametrize(
    ("unconfirmed", "mark", "hours"),
    [
        ("missing", Mark.EDITORIAL, 96),
        ("missing", Mark.SUBSTANTIVE, 48),
        ("counts", Mark.EDITORIAL, 48),
        ("counts", Mark.SUBSTANTIVE, 48),
    ],
)
def test_a_contest_in_the_last_minute_never_strikes_what_nobody_could_give_again(
    unconfirmed, mark, hours
):
    this = a_round(terms=Terms(unconfirmed=unconfirmed))
    line = this.closes_at - timedelta(hours=hours)
    require_revisable(a_proposal(), this, settled=False, now=line, mark=mark)
    with pytest.raises(TooLateToChange) as told:
        require_revisable(a_proposal(), this, settled=False, now=line + SECOND, mark=mark)
    assert told.value.facts["hours"] == hours


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": NEVER, "stopped": True},
        {"closes_at": HOUR},
        {"opens_at": HOUR + timedelta(days=2)},
    ],
    ids=["a stopped clock", "a round that has closed", "a round that opens later"],
)
def test_no_deadline_stands_in_the_way_where_none_is_near(changes):
    require_revisable(a_proposal(), a_round(**changes), settled=False, now=HOUR)


@pytest.mark.parametrize(("later", "is_over"), [(-SECOND, False), (timedelta(0), True)])
def test_a_mark_can_be_contested_for_forty_eight_hours_by_the_clock_of_the_world(later, is_over):
    """Forty-eight hours, not two days on a wall: the clocks went back meanwhile."""
    version = a_version()
    now = contest_until(version) + later

    assert contest_until(version) - version.at == HOURS
    if is_over:
        with pytest.raises(ContestOver):
            require_contestable(version, now=now)
    else:
        require_contestable(version, now=now)


@pytest.mark.parametrize("mark", [Mark.FIRST, Mark.SUBSTANTIVE])
def test_only_an_editorial_mark_can_be_contested(mark):
    with pytest.raises(NotEditorial):
        require_contestable(a_version(mark), now=HOUR)
