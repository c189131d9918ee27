"""The pipeline, as a convener meets it on the board."""

from coalition.domain.ground.pillars import Pillar
from tests.builders import QUICK, a_proposal, a_round, a_table
from tests.pages.screen import shown


def test_the_stages_are_drawn_and_told_and_can_be_taken_away(visit, db, clock):
    convener, _ = a_table(db, organisations=2)
    assert "There is no proposal here yet." in shown(visit("board", as_=convener, view="pipeline"))
    a_round(db, clock, convener, rule=QUICK, days=10)
    clock.move(days=11)
    a_proposal(db, clock, convener, pillar=Pillar.EQUITY)
    app = visit("board", as_=convener, view="pipeline")
    said = shown(app)
    assert "Where are the proposals on their way?" in said
    assert "2 proposals: submitted 1, decided 1." in said
    assert "Median days, by 1 round that closed last: open 10." in said
    assert "Before the first round, by 1 proposal they were about: draft 0, submitted 0." in said
    (table,) = app.table
    assert list(table.value.iloc[:, 0]) == ["Draft", "Submitted", "Open", "Decided", "Withdrawn"]
    (chart,) = app.get("vega_lite_chart")
    assert "Equity" in chart.proto.spec
    alone = visit("board", as_=convener, view="pipeline", pillar="equity")
    assert "1 proposal: submitted 1." in shown(alone)


def test_days_before_the_first_round_are_told_by_proposals_and_not_by_rounds(visit, db, clock):
    convener, _ = a_table(db, organisations=2)
    this = a_round(db, clock, convener, rule=QUICK, days=2)
    for _ in range(2):
        clock.move(days=3)
        a_round(db, clock, convener, proposal_id=this.proposal_id, rule=QUICK, days=2)
    clock.move(days=3)
    said = shown(visit("board", as_=convener, view="pipeline"))
    assert "Median days, by the 3 rounds that closed last: open 2." in said
    assert "Before the first round, by 1 proposal they were about: draft 0, submitted 0." in said
