"""The consensus board as a convener meets it."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.services.insight.distance import CARDS
from coalition.store import schema
from coalition.ui.insight import map_view
from tests.builders import (
    CONSENSUS,
    QUICK,
    a_ballot,
    a_person,
    a_proposal,
    a_round,
    a_table,
    an_organisation,
)
from tests.pages.conftest import folded, unfolded
from tests.pages.screen import pagers, shown

FIRST = schema.organisation.c.id == 1


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def charts(app):
    return [chart.proto for chart in app.get("vega_lite_chart")]


def titled(db, clock, convener, title, *, pillar=Pillar.COVERAGE, **plan):
    subject = a_proposal(db, clock, convener, title=title, pillar=pillar)
    return a_round(db, clock, convener, proposal_id=subject, **plan)


def test_an_empty_board_says_so_and_leads_to_opening_a_round(visit, table):
    app = visit("board", as_=table[0])
    assert "No round is open here" in shown(app)
    assert not charts(app)


def test_a_card_says_in_one_line_how_far_a_round_is_from_adoption(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Count copay help", rule=CONSENSUS)
    a_ballot(db, clock, delegates[0], this, "support")
    said = shown(visit("board", as_=convener))
    assert "1 more ballot for a quorum, 1 more support." in said
    assert "1 heard from with 4 in the base, 2 needed for a quorum." in said
    assert "5 Nov" not in said  # days left stand there; the date is on the proposal's page
    assert "14 days left" in said or "15 days left" in said


def test_the_reminder_can_be_sent_as_it_stands(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Count copay help")
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    app = visit("board", as_=convener)
    assert delegates[3].seat.organisation in shown(app)
    (reminder,) = [code.value for code in app.code]
    assert "Count copay help" in reminder
    assert f"/stance?id={this.id}" in reminder
    assert "Eastern Time" in reminder


def test_who_objects_is_named_to_the_convener(visit, db, clock, table):
    convener, delegates = table
    a_ballot(db, clock, delegates[2], titled(db, clock, convener, "A", rule=QUICK), "object")
    said = shown(visit("board", as_=convener))
    assert f"**What would remove the objection?** {delegates[2].seat.organisation}" in said


def test_a_hidden_round_has_no_bar_no_cell_and_says_so(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Quiet", rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], this, "object")
    app = visit("board", as_=convener)
    said = shown(app)
    assert "Stances stay hidden until it closes. 1 of 4 have answered." in said
    assert not charts(app)
    assert "objection" not in said.lower().replace("objections open", "")
    assert [metric.value for metric in app.metric] == ["0", "0", "0", "3"]


def test_a_temperature_check_has_a_bar_and_no_verdict(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Warm?", rule=None, kind=RoundKind.TEMPERATURE)
    a_ballot(db, clock, delegates[0], this, "support")
    app = visit("board", as_=convener)
    assert "1 of 4 have answered; nothing is decided by it." in shown(app)
    assert len(charts(app)) == 1


def test_the_pillar_asked_for_is_shown_alone(visit, db, clock, table):
    convener, _ = table
    titled(db, clock, convener, "Paid")
    titled(db, clock, convener, "Fair", pillar=Pillar.EQUITY)
    app = visit("board", as_=convener)
    app.pills(key="pillar").set_value([Pillar.EQUITY]).run()
    assert "1 round is open" in shown(app)
    assert app.query_params["pillar"] == "equity"


def test_an_address_with_filters_opens_what_it_says_in_any_language(visit, db, clock, table):
    convener, _ = table
    titled(db, clock, convener, "Paid", rule=QUICK, days=1)
    titled(db, clock, convener, "Fair", rule=QUICK, days=1, pillar=Pillar.EQUITY)
    clock.move(days=2)
    for code in ("en", "es"):
        app = visit("board", as_=convener, pillar="equity", stage="closed", lang=code)
        assert len(charts(app)) == 1
        assert app.query_params["stage"] == "closed"


def test_an_address_that_asks_for_nonsense_shows_everything_open(visit, db, clock, table):
    titled(db, clock, table[0], "Paid")
    app = visit("board", as_=table[0], pillar="money", stage="<b>", sort="1")
    assert "1 round is open" in shown(app)
    assert "pillar" not in app.query_params
    assert [metric.value for metric in app.metric][3] == "4"


def test_closed_rounds_tell_how_they_were_decided(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Done", rule=QUICK, days=1)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(days=2)
    app = visit("board", as_=convener)
    said = shown(app.segmented_control(key="stage").set_value("closed").run())
    assert "1 round closed last" in said
    assert "How was each proposal decided?" in [heading.value for heading in app.header]
    assert "Whom to call" not in said
    assert not app.metric


def test_the_table_of_the_cards_says_what_each_card_says(visit, db, clock, table, files):
    convener, delegates = table
    this = titled(db, clock, convener, "Seen", rule=QUICK)
    titled(db, clock, convener, "Quiet", rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], this, "object")
    app = visit("board", as_=convener)
    assert "As they stand: No quorum yet: **1**." in shown(app)
    rows = app.table[-1].value.set_index("Title")
    assert (rows.loc["Seen"]["Result"], rows.loc["Seen"]["Object"]) == (
        "No quorum yet",
        "1",
    )
    assert (rows.loc["Seen"]["To call"], rows.loc["Quiet"]["To call"]) == ("4", "4")
    assert rows.loc["Quiet"]["Object"] == "–"
    assert any("Quiet" in one for one in files)


def test_what_changed_is_said_where_no_round_is_open_too(visit, db, clock, table):
    convener, _ = table
    a_proposal(db, clock, convener, title="New", pillar=Pillar.EQUITY)
    said = shown(visit("board", as_=convener, pillar="equity"))
    assert "No round is open here" in said
    assert ": 1 new text." in said


def test_the_names_to_call_stand_under_the_same_label_when_fewer_are_left(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Seen", rule=QUICK)
    for left in (4, 3):
        app = visit("board", as_=convener)
        assert f"{left} to call" in shown(app)
        assert "Whom to call" in [one.label for one in app.expander]
        a_ballot(db, clock, delegates[left - 1], this, "support")


def test_many_rounds_come_in_pages(visit, db, clock, table):
    convener, _ = table
    for number in range(9):
        titled(db, clock, convener, f"Number {number}", rule=QUICK, days=number + 1)
    app = visit("board", as_=convener)
    assert len(charts(app)) == CARDS
    app.get("pagination")[0].set_value(2).run()
    assert not app.exception
    assert len(charts(app)) == 9 - CARDS


def test_titles_cannot_run_or_dress_up(visit, db, clock, table):
    titled(db, clock, table[0], "**Big** [link](http://x.example) <b>")
    links = [link.proto.label for link in visit("board", as_=table[0]).get("page_link")]
    assert any(r"\*\*Big\*\* \[link\]" in label for label in links)


def test_the_map_opens_from_its_address_and_leaves_hidden_rounds_out(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Seen", rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "support")
    titled(db, clock, convener, "Quiet", rule=QUICK, results=Results.HIDDEN)
    app = visit("board", as_=convener, view="map")
    assert len(charts(app)) == 1
    assert "1 of 4 answers given so far: support 1. 1 round keeps its" in shown(app)
    app.segmented_control(key="rows").set_value("similarity").run()
    assert app.query_params["rows"] == "similarity"
    assert not app.exception


def test_the_map_says_who_objects_to_what_and_counts_those_beyond_three(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Seen", rule=QUICK)
    assert "Nobody has answered yet" in shown(visit("board", as_=convener, view="map"))
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "object")
    told = shown(visit("board", as_=convener, view="map"))
    names = sorted(one.seat.organisation for one in delegates)
    with db.reading() as conn:
        [reference] = conn.scalars(select(schema.proposal.c.reference))
    named = "; ".join(f"**{name}** to {reference}" for name in names[:3])
    assert f"4 of 4 answers given so far: object 4. Objections: {named}; 1 more." in told


def test_from_the_map_one_comes_to_an_organisation_and_to_the_answers(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Seen", rule=QUICK)
    a_ballot(db, clock, delegates[0], this, "support")
    app = visit("board", as_=convener, view="map")
    (chart,) = charts(app)
    assert f"/proposal?id={this.proposal_id}&view=stances&round={this.id}" in chart.spec
    home = delegates[0].seat.organisation
    who, what = [one for one in app.selectbox if one.label in {"Organisation", "Proposal"}]
    who.set_value(home)
    what.set_value(this.id).run()
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert links["Open its answers"] == f"id={this.proposal_id}&view=stances&round={this.id}"
    found = visit("members", as_=convener, search=home)
    assert [row[0] for row in found.table[0].value.itertuples(index=False)] == [home]
    assert "search=" in links["Open it"]


def test_a_row_of_the_map_opens_the_organisation_and_a_cell_its_ballot(visit, db, clock, table):
    convener, delegates = table
    titled(db, clock, convener, "Seen", rule=QUICK)
    home = delegates[0].seat
    (chart,) = charts(visit("board", as_=convener, view="map"))
    cells, names = json.loads(chart.spec)["layer"]
    row = next(one for one in names["data"]["values"] if one["full"] == home.organisation)
    assert dict(parse_qsl(urlsplit(row["href"]).query))["search"] == home.organisation
    assert names["encoding"]["href"] == {"field": "href"}
    [leads] = [one["calculate"] for one in cells["transform"] if one["as"] == "href"]
    assert "&organisation=" in leads
    assert leads.endswith("+ datum.row")
    assert row["row"] == str(home.organisation_id)


def test_of_two_pagers_each_says_what_it_pages_through(visit, db, clock, table, monkeypatch):
    monkeypatch.setattr(map_view, "ROWS", 2)
    monkeypatch.setattr(map_view, "COLUMNS", 1)
    for title in ("One", "Two"):
        titled(db, clock, table[0], title)
    app = visit("board", as_=table[0], view="map")
    assert "Organisations, pager, Rounds, pager" in pagers(app)


def test_the_files_of_the_map_say_which_holds_the_page_and_which_all(
    visit, db, clock, table, monkeypatch
):
    def offered():
        app = visit("board", as_=table[0], view="map")
        return [one.label for one in app.get("download_button") if "CSV" in one.label]

    titled(db, clock, table[0], "One")
    assert offered() == ["Download as CSV", "Download all as CSV"]
    monkeypatch.setattr(map_view, "ROWS", 2)
    assert offered() == ["Download this page as CSV", "Download all as CSV"]


def test_the_keyboard_opens_one_ballot_from_the_map(visit, db, clock, table):
    convener, delegates = table
    this = titled(db, clock, convener, "Seen", rule=QUICK)
    an_organisation(db, name="Came later")
    titled(db, clock, convener, "Since")
    app = visit("board", as_=convener, view="map")
    who, what = [one for one in app.selectbox if one.label in {"Organisation", "Proposal"}]
    home = delegates[0].seat
    who.set_value(home.organisation)
    what.set_value(this.id).run()
    [opens] = [one.proto for one in app.get("page_link") if "Open the answer" in one.proto.label]
    assert home.organisation in opens.label
    asked = dict(parse_qsl(opens.query_string))
    assert (asked["round"], asked["organisation"]) == (str(this.id), str(home.organisation_id))
    [who] = [one for one in app.selectbox if one.label == "Organisation"]
    who.set_value("Came later").run()
    assert "Came later is not on the roll" in shown(app)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_others_are_told_it_is_not_part_of_their_role(visit, db, role):
    app = visit("board", as_=a_person(db, role=role))
    assert [title.value for title in app.title] == ["Not part of your role"]


def test_a_stranger_is_asked_to_sign_in(visit):
    assert [title.value for title in visit("board").title] == ["Sign in"]


def test_the_page_asks_as_little_of_nine_rounds_as_of_two(visit, db, clock, table, asked):
    convener, _ = table
    for _ in range(2):
        titled(db, clock, convener, "One", rule=QUICK)
    of_two = asked(visit("board", as_=convener))
    for _ in range(7):
        titled(db, clock, convener, "More", rule=QUICK)
    assert asked(visit("board", as_=convener)) == of_two <= 17


def test_what_is_folded_away_is_sent_only_when_it_is_opened(visit, db, clock, table):
    titled(db, clock, table[0], "Seen", rule=QUICK)
    app = visit("board", as_=table[0])
    assert app.table
    assert app.code, "words to send to those not heard from"
    folded(app)
    assert not app.table
    assert not app.code


def test_which_organisations_are_shown_outlives_the_folding(visit, db, clock, table):
    titled(db, clock, table[0], "Seen", rule=QUICK)
    with db.writing() as conn:
        conn.execute(schema.organisation.update().values(size="small"))
        conn.execute(schema.organisation.update().where(FIRST).values(size="large"))
    app = visit("board", as_=table[0], view="seats")
    assert "Of 4 seats" in shown(app)
    [size] = [one for one in app.multiselect if one.label == "Size"]
    size.set_value(["large"]).run()
    assert "Of 1 seat" in shown(app)
    assert "Of 1 seat" in shown(folded(app)), "by its address alone"
    [size] = [one for one in unfolded(app).multiselect if one.label == "Size"]
    assert size.value == ["large"]


def test_an_address_that_names_no_organisation_is_not_said_to_choose_some(visit, db, clock, table):
    titled(db, clock, table[0], "Seen", rule=QUICK)
    asked = {"class": "bogus", "region": "moon", "condition": "zzzz"}
    app = visit("board", as_=table[0], view="map", **asked)
    labels = [one.label for one in app.expander]
    assert "Which organisations: all" in labels
    app = visit("board", as_=table[0], view="map", size="small")
    assert "Which organisations: some" in [one.label for one in app.expander]
