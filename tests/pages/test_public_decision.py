"""What the public reads of a decision: dissent, what followed, what took its place."""

from datetime import date

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from tests.builders import a_person, a_table
from tests.deciding import (
    DISSOCIATION,
    a_decision,
    a_dissent,
    an_outcome,
    superseded,
    taken_back,
)
from tests.pages.screen import links, shown

WORDS = "The zebra clause leaves rural clinics out."


def headings(app):
    return [heading.value for heading in app.header]


@pytest.mark.parametrize("role", [None, *Role])
def test_a_minority_statement_stands_with_the_decision_for_everybody(visit, db, clock, role, files):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[2], made.round, words=WORDS)
    person = None
    if role is not None:
        person = made.delegates[0] if role is Role.MEMBER else a_person(db, role=role)
    app = visit("positions", as_=person, id=made.round.id)
    assert "Who sees it otherwise?" in headings(app)
    assert WORDS in shown(app)
    assert made.delegates[2].seat.organisation in shown(app)
    assert any(WORDS in file for file in files)
    assert any("Minority statements,1" in file for file in files), "the count says so too"
    assert {one.label for one in app.button} <= {"Sign out"}, "nobody acts on the public page"


def test_who_has_dissociated_is_named_apart_from_those_who_support(visit, db, clock, files):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION, words=WORDS)
    app = visit("positions", id=made.round.id)
    left, stays = (one.seat.organisation for one in made.delegates[:2])
    lists = [part.value for part in app.markdown if part.value.startswith("- ")]
    assert f"- {stays}" in lists
    assert not [told for told in lists if left in told]
    assert "Who has dissociated from it?" in headings(app)
    assert f"**{left}** · :small[1 Nov 2026]" in shown(app)
    assert WORDS in shown(app)
    assert any(left in file and "Has dissociated" in file for file in files)
    taken_back(db, clock, made.delegates[0], made.round, DISSOCIATION)
    app = visit("positions", id=made.round.id)
    assert "Who has dissociated from it?" not in headings(app)
    assert left in shown(app)


@pytest.mark.parametrize("page", ["positions", "welcome"])
def test_the_cards_of_a_list_say_that_there_is_dissent(visit, db, clock, page):
    made = a_decision(db, clock)
    assert "minority statement" not in shown(visit(page))
    a_dissent(db, clock, made.delegates[2], made.round)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION)
    said = shown(visit(page))
    assert "1 minority statement · 1 organisation has dissociated" in said
    assert "**2 of 3** organisations supported it at the close." in said
    assert made.delegates[0].seat.organisation not in said


def test_what_followed_stands_in_full_and_earlier_words_stay_readable(visit, db, clock):
    made = a_decision(db, clock)
    an_outcome(db, clock, made.convener, made.round, words="The letter went out.")
    an_outcome(db, clock, made.convener, made.round, words="They answered.", on=date(2026, 12, 3))
    app = visit("positions", id=made.round.id)
    said = shown(app)
    assert "What has followed?" in headings(app)
    assert said.index("They answered.") < said.index("The letter went out.")
    assert "To be looked at again on 3 Dec 2026." in said
    assert [one.label for one in app.expander if "earlier" in one.label] == ["1 earlier statement"]


def test_both_pages_of_a_supersession_lead_to_each_other(visit, db, clock):
    table = a_table(db)
    older, newer = (a_decision(db, clock, table=table, title=one) for one in ("Older", "Newer"))
    superseded(db, clock, older.convener, older.round, newer.round, reason="One is enough.")
    for this, other, told in (
        (older, "Newer", "Superseded by a newer decision"),
        (newer, "Older", "Takes the place of an older decision"),
    ):
        app = visit("positions", id=this.round.id)
        assert [one for one in links(app) if other in one]
        assert told in shown(app)
        assert "One is enough." in shown(app)
    assert f"Superseded by {newer.reference(db)}" in shown(visit("positions"))


def test_a_decision_nobody_said_anything_of_shows_no_empty_section(visit, db, clock):
    made = a_decision(db, clock)
    assert headings(visit("positions", id=made.round.id)) == [
        "What does it mean for a patient?",
        "How was it decided?",
        "Who supports it?",
        "What is the text, word for word?",
    ]


def test_nothing_is_public_before_the_result_is_published(visit, db, clock):
    made = a_decision(db, clock, publish=False)
    a_dissent(db, clock, made.delegates[2], made.round, words=WORDS)
    an_outcome(db, clock, made.convener, made.round, words=WORDS)
    for query in ({}, {"id": made.round.id}):
        assert WORDS not in shown(visit("positions", **query))
    rounds.publish(db, clock, actor=made.convener, round_id=made.round.id)
    assert WORDS in shown(visit("positions", id=made.round.id))


def test_hostile_words_do_nothing_in_public(visit, db, clock, files):
    evil = "<script>x</script> ![x](https://evil.example/x.png) =cmd()"
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[2], made.round, words=evil)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION, words=evil)
    an_outcome(db, clock, made.convener, made.round, words=evil)
    said = shown(visit("positions", id=made.round.id))
    assert "![x](https" not in said
    assert "<script" not in said.replace("\\<script", "")


def test_the_number_of_queries_does_not_grow_with_what_was_said(visit, queries, db, clock):
    made, counts = a_decision(db, clock), []
    for delegate in made.delegates:
        a_dissent(db, clock, delegate, made.round)
        a_dissent(db, clock, delegate, made.round, DISSOCIATION)
        an_outcome(db, clock, made.convener, made.round)
        app = visit("positions", id=made.round.id)
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    assert len(set(counts)) == 1
    assert counts[0] <= 15
