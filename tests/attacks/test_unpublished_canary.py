"""What is said of a decision that is not published reaches no stranger, by no screen or file.

Every screen is opened as a stranger in two worlds that differ in what was said of a decision
alone, and all that is sent to the browser must be the same; then it is published, and is there.
"""

import re

import pytest

from coalition.services.deliberation import rounds
from coalition.ui.screens import SCREENS
from tests import builders, learning
from tests.attacks.test_hidden_canary import sent
from tests.deciding import DISSOCIATION, a_decision, a_dissent, an_outcome, superseded

pytestmark = pytest.mark.usefixtures("same_tokens")
CANARY = re.compile("xylophone|marimba|vibraphone|glockenspiel", re.IGNORECASE)


@pytest.fixture
def pair(db, clock):
    """An adopted position that is public, and a newer one that is not."""
    table = builders.a_table(db)
    return (
        a_decision(db, clock, table=table),
        a_decision(db, clock, table=table, publish=False, title="Vibraphones for all"),
    )


def world(visit, files, pair):
    """Return what a stranger is sent on every screen, those of both decisions among them."""
    seen = {}
    for screen in SCREENS:
        if screen.may_open(None):
            seen[screen.key] = sent(visit(screen.key), files)
    for made in pair:
        for key in ("positions", "proposal", "round", "stance", "lessons"):
            seen[key, made.round.id] = sent(visit(key, id=made.round.id), files)
    return seen


def test_what_is_said_of_an_unpublished_decision_changes_nothing_in_public(
    visit, db, clock, pair, files
):
    older, newer = pair
    before = world(visit, files, pair)
    a_dissent(db, clock, newer.delegates[2], newer.round, words="Xylophone")
    a_dissent(db, clock, newer.delegates[0], newer.round, DISSOCIATION, words="Marimba")
    an_outcome(db, clock, newer.convener, newer.round, words="Glockenspiel")
    superseded(db, clock, newer.convener, older.round, newer.round, reason="Marimba")
    for this in (older, newer):
        words = {"title": "Marimba", "happened": "Xylophone", "round_id": this.round.id}
        learning.a_lesson(db, clock, newer.delegates[0], **words)
    after = world(visit, files, pair)
    assert [where for where, told in after.items() if CANARY.search(told)] == []
    assert [where for where in after if before[where] != after[where]] == []


def test_once_published_the_public_reads_all_of_it(visit, db, clock, pair, files):
    older, newer = pair
    a_dissent(db, clock, newer.delegates[2], newer.round, words="Xylophone")
    an_outcome(db, clock, newer.convener, newer.round, words="Glockenspiel")
    superseded(db, clock, newer.convener, older.round, newer.round, reason="Marimba")
    rounds.publish(db, clock, actor=newer.convener, round_id=newer.round.id)
    seen = world(visit, files, pair)
    found = {word.lower() for word in CANARY.findall(seen["positions", newer.round.id])}
    assert found == {"xylophone", "glockenspiel", "marimba", "vibraphone"}
    assert "Marimba" in seen["positions", older.round.id]
