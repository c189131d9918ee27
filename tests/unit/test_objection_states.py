import pytest

from coalition.domain.deliberation.decisions import Outcome, StillNeeded, Verdict
from coalition.domain.deliberation.objections import (
    UNRESOLVED,
    NotYourObjection,
    ObjectionResolved,
    ObjectionWords,
    Severity,
    State,
    digest,
    require_own,
    require_unresolved,
    settled,
)
from coalition.domain.deliberation.passages import LONGEST
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.text import TextMissing, TextTooLong


class Kept:
    """As much of an objection as these rules read."""

    organisation_id = OrganisationId(7)

    def __init__(self, state):
        self.state = state
        self.is_unresolved = state in UNRESOLVED


@pytest.mark.parametrize("state", State)
def test_only_what_waits_can_still_be_resolved(state):
    if state in {State.OPEN, State.ANSWERED}:
        require_unresolved(Kept(state))
    else:
        with pytest.raises(ObjectionResolved):
            require_unresolved(Kept(state))


def test_only_the_organisation_that_raised_it_may_act_on_it():
    require_own(Kept(State.OPEN), OrganisationId(7))
    with pytest.raises(NotYourObjection):
        require_own(Kept(State.OPEN), OrganisationId(8))


@pytest.mark.parametrize("state", sorted(UNRESOLVED))
@pytest.mark.parametrize(
    ("outcome", "reason", "expected"),
    [
        (Outcome.BLOCKED, "blocked.objections", State.UPHELD),
        (Outcome.BLOCKED, "blocked.over_objection", State.UPHELD),
        (Outcome.ADOPTED, "adopted.over_objection", State.OVERRIDDEN),
        (Outcome.ADOPTED, "adopted.approval", None),
        (Outcome.ADOPTED, "adopted.unhindered", None),
        (Outcome.RECIRCULATE, "recirculate.objections", None),
        (Outcome.NOT_ADOPTED, "not_adopted.approval", None),
        (Outcome.NO_QUORUM, "no_quorum.short", None),
    ],
)
def test_what_a_verdict_makes_of_an_objection(state, outcome, reason, expected):
    """Only the rule's own second vote, which says so by name, goes over one."""
    verdict = Verdict(outcome, reason, {}, StillNeeded(0, 0, 0))
    assert settled(state, verdict) is (expected or state)


def test_the_same_objection_is_told_by_what_it_says_not_by_how_it_is_typed():
    first = digest(Severity.MUST, "body", "Plans must count help.", "It shuts out small groups.")

    assert first == digest(
        Severity.MUST, "body", "plans  must count\nhelp.", " It shuts out  SMALL groups. "
    )
    for other in (
        (Severity.SHOULD, "body", "Plans must count help.", "It shuts out small groups."),
        (Severity.MUST, "ask", "Plans must count help.", "It shuts out small groups."),
        (Severity.MUST, "body", "", "It shuts out small groups."),
        (Severity.MUST, "body", "Plans must count help.", "It shuts out large groups."),
    ):
        assert digest(*other) != first


def test_an_objection_says_why():
    with pytest.raises(TextMissing):
        ObjectionWords(" \n ").checked()


@pytest.mark.parametrize("field", ["reason", "wording", "remedy"])
def test_a_hundred_thousand_characters_are_refused(field):
    with pytest.raises(TextTooLong):
        ObjectionWords(**{"reason": "Why", field: "x" * 100_000}).checked()


def test_a_wording_as_long_as_the_longest_passage_is_kept():
    assert len(ObjectionWords("Why", "x" * LONGEST).checked().wording) == LONGEST
