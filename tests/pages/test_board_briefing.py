"""The briefing above the board, as a convener meets it."""

from coalition.domain.deliberation.rounds import Results
from tests.builders import QUICK, a_ballot, a_proposal, a_round, a_table
from tests.pages.screen import links, shown


def test_four_questions_stand_above_the_open_rounds_with_where_to_go(visit, db, clock):
    convener, delegates = a_table(db, organisations=3)
    subject = a_proposal(db, clock, convener, title="**Big** <b>")
    this = a_round(db, clock, convener, proposal_id=subject, rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "object")
    a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    app = visit("board", as_=convener)
    said = shown(app)
    assert "Which proposal closes next and falls short?" in shown(app)
    assert r"\*\*Big\*\* \<b>" in said
    assert f"**{delegates[0].seat.organisation}** objects in most, 1 of 1" in said
    assert "No group can be compared yet" in said
    assert "2 new texts, 1 objection raised, 2 rounds opened." in said
    assert "1 round keeps its stances hidden until it closes and is left out." in said
    assert {"Open this proposal", "Open this organisation", "See every group"} <= set(links(app))


def test_closed_rounds_are_not_briefed_on(visit, db, clock):
    convener, _ = a_table(db, organisations=3)
    a_round(db, clock, convener, rule=QUICK, days=1)
    clock.move(days=2)
    assert "What matters now?" not in shown(visit("board", as_=convener, stage="closed"))


def test_a_link_to_another_view_keeps_the_pillar_asked_for(visit, db, clock):
    convener, _ = a_table(db, organisations=3)
    a_round(db, clock, convener, rule=QUICK)
    app = visit("board", as_=convener, pillar="coverage")
    (link,) = [one.proto for one in app.get("page_link") if one.proto.label == "See every group"]
    assert {"pillar=coverage", "view=groups"} <= set(link.query_string.split("&"))
