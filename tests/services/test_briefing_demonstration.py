"""What a convener asks first of the demonstration, answered in plain sentences."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.briefing import briefing
from coalition.services.insight.calling import calls
from coalition.services.insight.distance import distances
from coalition.ui.insight import briefing_view
from coalition.words import speech
from tests import builders
from tests.conftest import NOW, TABLE


@pytest.fixture
def told(demo):
    """Each question with its answer, as they stand on the board."""
    convener = builders.a_person(demo, role=Role.CONVENER)
    found = briefing(demo, actor=convener, now=NOW, wish=Wish())
    speech.speak("en")
    return {
        one.question: one.sentence.replace("**", "")
        for one in briefing_view.answers(found, TABLE.zone)
    }


def test_the_four_questions_are_answered_in_plain_sentences(told):
    assert told == {
        "Which proposal closes next and falls short?": (
            "2026-016, Finish guidance on who is included in drug trials, closes Tue 3 Nov 2026, "
            "17:00 (Eastern Time) and falls short: 12 more supports."
        ),
        "Which organisation could unblock most?": (
            "Support from Prairie Heart Friends alone would carry 1 of 2 that fall short: 2026-017."
        ),
        "Which group is least on board with what?": (
            "Least on board: Medium: 10 to 49 paid staff (2 of 3 support it), with 2026-010, "
            "Open a Medicare review of standing wheelchairs. 1 other proposal is as low."
        ),
        "What changed since Monday?": (
            "Since Monday 26 Oct 2026: 58 answers came in, 7 answers changed, 6 new texts, "
            "1 objection raised, 3 rounds opened, 1 round closed."
        ),
    }


def test_every_card_counts_as_many_to_call_as_there_are_names(demo):
    convener = builders.a_person(demo, role=Role.CONVENER)
    lines = distances(demo, actor=convener, now=NOW, wish=Wish(), whole=True).lines
    rounds = [one.standing.round.id for one in lines]
    whom = calls(demo, actor=convener, now=NOW, rounds=rounds)
    counted = {one.standing.round.id: one.calls for one in lines}
    assert counted == {one: len(who.unheard) + len(who.objecting) for one, who in whom.items()}
    assert any(one.reviewing for one in lines)
    assert min(counted.values()) < max(counted.values())
