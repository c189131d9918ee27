"""One proposal as each role reads it."""

import pytest
from sqlalchemy import select

from coalition import wiring
from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import proposals, rounds
from coalition.store import schema
from tests import deliberating
from tests.builders import (
    QUICK,
    a_ballot,
    a_delegate,
    a_person,
    a_proposal,
    a_round,
    a_table,
)
from tests.pages.screen import files, press, shown, tick

VIEWS = ["summary", "text", "stances", "history"]


@pytest.fixture
def table(db, clock):
    """A convener, three delegates and a round that is open."""
    convener, delegates = a_table(db)
    return convener, delegates, a_round(db, clock, convener)


def primary(app):
    return [button.label for button in app.button if button.proto.type == "primary"]


def cells(app):
    """Return every cell of every table on the screen, as one text."""
    return "\n".join(str(value) for table in app.table for value in table.value.to_numpy().flat)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", list(Role))
def test_every_view_opens_for_every_role(visit, db, table, role, view):
    _, (delegate, *_), this = table
    person = delegate if role is Role.MEMBER else a_person(db, role=role)
    app = visit("proposal", as_=person, id=this.proposal_id, view=view)
    assert [title.value for title in app.title] == ["Count all copay help toward patient costs"]


@pytest.mark.parametrize(
    ("role", "label"),
    [
        (Role.MEMBER, ["Record our stance"]),
        (Role.CONVENER, ["Run this round"]),
        (Role.OBSERVER, []),
        (Role.ADMINISTRATOR, []),
    ],
)
def test_each_role_has_at_most_one_next_step(visit, db, table, role, label):
    _, (delegate, *_), this = table
    person = delegate if role is Role.MEMBER else a_person(db, role=role)
    assert primary(visit("proposal", as_=person, id=this.proposal_id)) == label


def test_the_next_step_leads_to_the_form(visit, table):
    _, (delegate, *_), this = table
    app = visit("proposal", as_=delegate, id=this.proposal_id)
    press(app, "Record our stance")
    assert app.title[0].value == "Record our stance"
    assert app.query_params["id"] == str(this.id)


def test_an_answer_given_is_named_and_can_be_looked_at(visit, db, clock, table):
    _, (delegate, *_), this = table
    a_ballot(db, clock, delegate, this, "abstain")
    app = visit("proposal", as_=delegate, id=this.proposal_id)
    assert "Your organisation said: Abstain." in shown(app)
    assert primary(app) == ["Look at our answer or change it"]


def test_who_is_not_on_the_roll_is_told(visit, db, table):
    _, _, this = table
    app = visit("proposal", as_=a_delegate(db), id=this.proposal_id)
    assert "was not on the roll" in shown(app)
    assert primary(app) == []


def test_the_summary_says_what_it_means_for_a_patient(visit, table):
    _, (delegate, *_), this = table
    said = shown(visit("proposal", as_=delegate, id=this.proposal_id))
    assert "What does it mean for a patient?" in said
    assert "You reach your yearly limit sooner." in said
    assert "People with low incomes are hit hardest." in said


def test_the_text_stands_with_its_number_and_fingerprint(visit, db, table, clock):
    _, (delegate, *_), this = table
    found = proposals.detail(db, actor=delegate, now=clock(), proposal_id=this.proposal_id)
    said = shown(visit("proposal", as_=delegate, id=this.proposal_id, view="text"))
    assert "We ask Congress to count copay help." in said
    assert "Version 1 · " in said
    assert found.versions[0].content_hash in said


def test_the_versions_say_in_which_zone_and_can_be_taken_away_as_a_file(visit, db, table, clock):
    convener, (delegate, *_), this = table
    deliberating.revised(db, clock, convener, this)
    app = visit("proposal", as_=delegate, id=this.proposal_id, view="text")
    assert "When (Eastern Time)" in list(app.table[-1].value.columns)
    assert "versions" in files(app)


def test_the_stances_say_why_and_what_is_still_needed(visit, db, clock, table):
    _, (delegate, other, _), this = table
    a_ballot(db, clock, delegate, this, "support")
    a_ballot(db, clock, other, this, "object", reason="Clause 2 is too wide.", remedy="Strike it.")
    app = visit("proposal", as_=delegate, id=this.proposal_id, view="stances")
    said = shown(app)
    assert "1 of 2 votes cast" in said
    assert "Still needed" in said
    assert "Clause 2 is too wide." in said
    assert "Strike it." in said
    assert "Not heard from" in cells(app)


def test_one_organisation_s_answer_stands_alone_with_a_way_to_all(visit, db, clock, table):
    _, (delegate, other, third), this = table
    a_ballot(db, clock, delegate, this, "object", reason="Ours alone.")
    a_ballot(db, clock, other, this, "object", reason="Clause 2 is too wide.")
    wanted = {"id": this.proposal_id, "view": "stances"}
    seat = other.seat
    app = visit("proposal", as_=delegate, **wanted, organisation=seat.organisation_id)
    assert f"What did {seat.organisation} answer?" in shown(app)
    assert "Clause 2 is too wide." in shown(app)
    assert "Ours alone." not in shown(app)
    [back] = [one.proto for one in app.get("page_link") if one.proto.label == "See every answer"]
    assert "organisation" not in back.query_string
    assert f"id={this.proposal_id}&view=stances" in back.query_string
    app = visit("proposal", as_=delegate, **wanted, organisation=third.seat.organisation_id)
    assert "Not heard from" in shown(app)
    app = visit("proposal", as_=delegate, **wanted, organisation=999)
    assert "Ours alone." in shown(app)
    assert "organisation" not in app.query_params


def test_hidden_stances_are_nowhere_on_the_page(visit, db, clock):
    convener, (delegate, other, _) = a_table(db)
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    a_ballot(db, clock, other, this, "object", reason="A secret reason.")
    home = other.seat.organisation_id
    a_ballot(db, clock, delegate, this, "support")
    for person in (delegate, convener, a_person(db, role=Role.OBSERVER)):
        for view in VIEWS:
            app = visit("proposal", as_=person, id=this.proposal_id, view=view)
            alone = visit("proposal", as_=person, id=this.proposal_id, view=view, organisation=home)
            seen = shown(app) + cells(app) + shown(alone) + cells(alone)
            assert "secret" not in seen
            assert "Object" not in seen
            assert not app.get("vega_lite_chart")
    app = visit("proposal", as_=delegate, id=this.proposal_id, view="stances")
    assert "Stances are hidden until it closes" in shown(app)
    assert "Your own: ✓ Support" in shown(app)


def test_a_convener_of_a_hidden_round_sees_who_answered(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    a_ballot(db, clock, delegate, this, "support")
    app = visit("proposal", as_=convener, id=this.proposal_id, view="stances")
    assert "1 of 3 have answered." in shown(app)
    assert "Has answered" in cells(app)


def test_a_closed_round_tells_its_verdict_and_numbers(visit, db, clock):
    convener, delegates = a_table(db)
    this = a_round(db, clock, convener, rule=QUICK, days=1 / 24)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(hours=2)
    rounds.freeze_due(db, clock)
    app = visit("proposal", as_=delegates[0], id=this.proposal_id, view="stances")
    assert "**Adopted.**" in shown(app)
    assert "How did it end?" in shown(app)
    assert primary(app) == []


def test_a_cancelled_round_decides_nothing(visit, db, clock, table):
    convener, (delegate, *_), this = table
    rounds.cancel_round(
        db, clock, actor=convener, round_id=this.id, reason="The bill was withdrawn."
    )
    app = visit("proposal", as_=delegate, id=this.proposal_id)
    assert "waits for a convener" in shown(app)


def test_a_sign_on_names_who_has_signed(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    this = a_round(db, clock, convener, kind=RoundKind.SIGN_ON, rule=None, preset="sign_on")
    a_ballot(db, clock, delegate, this, "support")
    app = visit("proposal", as_=delegate, id=this.proposal_id, view="stances")
    assert "1 of 3 has signed." in shown(app)
    assert primary(app) == ["Look at our signature"]


def test_before_any_round_the_stances_are_an_empty_state(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    proposal_id = a_proposal(db, clock, convener)
    app = visit("proposal", as_=delegate, id=proposal_id, view="stances")
    assert "No round yet" in shown(app)
    assert primary(visit("proposal", as_=convener, id=proposal_id)) == ["Open a round"]


def test_a_draft_is_its_makers_alone(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    proposal_id = a_proposal(db, clock, convener, submitted=False)
    assert "no such proposal" in shown(visit("proposal", as_=delegate, id=proposal_id))
    assert primary(visit("proposal", as_=convener, id=proposal_id)) == ["Continue the draft"]


def test_who_may_withdraws_a_proposal_after_a_tick(visit, db, clock):
    _, (delegate, *_) = a_table(db)
    proposal_id = a_proposal(db, clock, delegate)
    app = visit("proposal", as_=delegate, id=proposal_id)
    press(app, "Withdraw")
    assert "Please tick the box first" in shown(app)
    tick(app, "Yes, take it off the table")
    press(app, "Withdraw")
    assert "It is withdrawn." in shown(app)
    app.run()
    assert "It was withdrawn" in shown(app)


def test_others_are_not_offered_to_withdraw_it(visit, db, clock):
    _, (delegate, other, _) = a_table(db)
    proposal_id = a_proposal(db, clock, delegate)
    app = visit("proposal", as_=other, id=proposal_id)
    assert not app.button or "Withdraw" not in [button.label for button in app.button]


def test_an_unknown_number_is_told(visit, db):
    delegate = a_delegate(db)
    for number in ("99999", "x", "-1"):
        app = visit("proposal", as_=delegate, id=number)
        assert "no such proposal" in shown(app)
        assert "Sign out" in [button.label for button in app.button], "the way out stays"


def test_a_stranger_reads_nothing(visit, table):
    _, _, this = table
    app = visit("proposal", id=this.proposal_id)
    assert app.title[0].value == "Sign in"
    assert "copay" not in shown(app)


def test_hostile_words_do_nothing(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    evil = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) :material/home:"
    proposal_id = a_proposal(
        db, clock, convener, title="**bold** [x](https://evil.example)", summary=evil, body=evil
    )
    for view in VIEWS:
        app = visit("proposal", as_=delegate, id=proposal_id, view=view)
        assert "![x](https" not in shown(app)
        assert "[x](https" not in app.title[0].value
        assert " <img" not in shown(app)


@pytest.mark.parametrize("view", VIEWS)
def test_the_number_of_queries_does_not_grow_with_the_roll(visit, queries, db, clock, view):
    counts = []
    for size in (2, 8):
        convener, delegates = a_table(db, organisations=size)
        this = a_round(db, clock, convener)
        for delegate in delegates:
            a_ballot(db, clock, delegate, this, "support")
        app = visit("proposal", as_=delegates[0], id=this.proposal_id, view=view)
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    few, many = counts
    assert few == many <= 26, said


def test_what_was_imported_beside_a_text_is_called_in_the_language_spoken(visit, db, table):
    with db.writing() as conn:
        conn.execute(
            schema.proposal.update().values(source={"status_as_of": "2026-07", "odd_column": "x"})
        )
        number = conn.scalar(select(schema.proposal.c.id))
    for code, said in (("en", "Status as of"), ("es", "Estado a fecha de")):
        told = cells(visit("proposal", as_=table[0], id=number, lang=code))
        assert said in told
        assert "odd column" in told


def test_a_temperature_check_is_not_said_to_be_signed(visit, db, clock, table):
    convener, *_ = table
    this = a_round(db, clock, convener, kind=RoundKind.TEMPERATURE, rule=None)
    told = shown(visit("proposal", as_=convener, id=this.proposal_id, view="stances"))
    assert "By none: it asks for opinions and decides nothing." in told
    assert "Who signs" not in told
