"""Running a round as a convener meets it."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.presets import get
from coalition.domain.deliberation.rounds import Results, RoundKind, Status
from coalition.domain.deliberation.rules import Rule
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import presets
from coalition.store import schema
from coalition.store.deliberation import rounds as store
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table
from tests.pages.screen import links, press, shown, tick, write


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def pick(app, start, value):
    """Choose in the one list whose label starts like this, and run."""
    fields = [*app.radio, *app.selectbox]
    found = [field for field in fields if field.label.startswith(start)]
    assert len(found) == 1, [field.label for field in fields]
    found[0].set_value(value).run()
    assert not app.exception, app.exception
    return app


def prepared(app, *, kind=RoundKind.BINDING, rule="working_table", closes="14", tell=""):
    """Fill the form but for the last tick."""
    pick(app, "What kind", kind)
    if kind is RoundKind.BINDING:
        pick(app, "By which rule", rule)
    pick(app, "Can stances", Results.OPEN)
    pick(app, "When does it open", "now")
    pick(app, "When does it close", closes)
    if tell:
        write(app, "Why it cannot wait", tell)
    if kind is RoundKind.BINDING:
        write(app, "Champion asked for its interests", "It has no champion.")
    tick(app, "This is what I want")
    return app


def on_date(app, day, hour=time(17, 0)):
    app.date_input[0].set_value(day)
    app.time_input[0].set_value(hour).run()
    assert not app.exception, app.exception
    return app


def of_proposal(db, proposal_id):
    with db.reading() as conn:
        return store.of_proposal(conn, proposal_id)


def test_without_a_number_the_page_lists_what_waits_for_a_hand(visit, db, clock, table):
    convener, _ = table
    a_proposal(db, clock, convener, title="Ready")
    closing = a_proposal(db, clock, convener, title="Done")
    a_round(db, clock, convener, proposal_id=closing, rule=QUICK, days=1)
    clock.move(days=2)
    running = a_proposal(db, clock, convener, title="Running")
    a_round(db, clock, convener, proposal_id=running)
    a_proposal(db, clock, convener, title="Draft", submitted=False)
    labels = " ".join(links(visit("round", as_=convener)))
    assert [title in labels for title in ("Ready", "Running", "Done", "Draft")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_an_empty_table_says_what_a_round_is_opened_on(visit, table):
    assert "Nothing waits for a round" in shown(visit("round", as_=table[0]))


def test_a_convener_opens_a_round(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = press(prepared(visit("round", as_=convener, id=subject)), "Open the round")
    (opened,) = of_proposal(db, subject)
    assert "The round is opened. It closes Sun 15 Nov 2026, 17:00 (Eastern Time)." in shown(app)
    assert (opened.preset, opened.rule) == ("working_table", get("working_table").rule)
    assert (opened.roll_size, opened.status(clock())) == (4, Status.OPEN)
    assert opened.closes_at - opened.opens_at >= timedelta(days=14)
    assert "Look after this round" in links(app)


def test_the_rule_stands_in_words_and_is_tried_on_the_roll_at_once(visit, db, clock, table):
    convener, _ = table
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener))
    pick(app, "What kind", RoundKind.BINDING)
    pick(app, "By which rule", "working_table")
    assert "Quorum: at least half of the organisations in the base" in shown(app)
    told = app.table[0].value
    assert len(told) >= 5
    assert list(told.iloc[0])[:2] == ["Everyone supports it", "4 ✓ Support"]
    assert told.iloc[0].iloc[2].startswith("Adopted: 4 of 4 votes cast support it")


def test_changed_numbers_change_the_words_the_trials_and_the_round(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = visit("round", as_=convener, id=subject)
    pick(app, "What kind", RoundKind.BINDING)
    pick(app, "By which rule", "simple_majority")
    quorum, den = app.number_input[0], app.number_input[1]
    assert quorum.label == "Quorum"
    quorum.set_value(3)
    den.set_value(4).run()
    assert "Quorum: at least three quarters" in shown(app)
    assert "You changed its numbers for this round only." in shown(app)
    pick(app, "Can stances", Results.HIDDEN)
    pick(app, "When does it open", "now")
    pick(app, "When does it close", "3")
    write(app, "Champion asked for its interests", "It has no champion.")
    tick(app, "This is what I want")
    press(app, "Open the round")
    (opened,) = of_proposal(db, subject)
    assert opened.rule.quorum.reach.num == 3
    assert opened.results is Results.HIDDEN


def test_a_share_above_the_whole_is_refused_in_words_and_opens_nothing(visit, db, clock, table):
    convener, _ = table
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener))
    pick(app, "What kind", RoundKind.BINDING)
    pick(app, "By which rule", "simple_majority")
    app.number_input[0].set_value(3).run()
    assert "rule.quorum.num" in app.error[0].value
    assert "the rule" in shown(app).partition("Still to choose")[2]


def test_what_is_missing_is_named_and_nothing_is_lost(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = visit("round", as_=convener, id=subject)
    pick(app, "What kind", RoundKind.BINDING)
    press(app, "Open the round")
    assert "the rule" in app.error[0].value
    assert "the close" in app.error[0].value
    assert app.radio[0].value == RoundKind.BINDING
    assert of_proposal(db, subject) == ()


def test_without_the_tick_nothing_opens(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = prepared(visit("round", as_=convener, id=subject))
    app.checkbox[-1].uncheck()
    press(app, "Open the round")
    assert "Please tick the box first" in app.warning[0].value
    assert of_proposal(db, subject) == ()


def test_closes_shorter_than_the_rules_window_are_not_offered(visit, db, clock, table):
    convener, _ = table
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener))
    pick(app, "What kind", RoundKind.BINDING)
    pick(app, "By which rule", "working_table")
    pick(app, "When does it open", "now")
    (closing,) = [field for field in app.radio if field.label == "When does it close?"]
    assert [label.partition(":")[0] for label in closing.options] == [
        "In 14 days", "In 21 days", "In 28 days", "At another date",
    ]  # fmt: skip


def test_a_close_that_is_too_soon_or_past_is_told_at_its_field(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = prepared(visit("round", as_=convener, id=subject), closes="date")
    press(on_date(app, date(2026, 11, 10)), "Open the round")
    assert "The close: this rule needs at least 336 hours" in app.error[0].value
    press(on_date(app, date(2026, 10, 1)), "Open the round")
    assert "The close: this time has passed" in app.error[0].value
    assert of_proposal(db, subject) == ()


@pytest.mark.parametrize(
    ("day", "hour", "why"),
    [
        (date(2027, 3, 14), time(2, 30), "the clocks jump over 02:30"),
        (date(2027, 11, 7), time(1, 30), "the clocks show 01:30 twice"),
    ],
)
def test_an_hour_the_clocks_skip_or_repeat_is_explained(visit, db, clock, table, day, hour, why):
    convener, _ = table
    app = prepared(visit("round", as_=convener, id=a_proposal(db, clock, convener)), closes="date")
    on_date(app, day, hour)
    assert why in app.error[0].value
    press(app, "Open the round")
    assert any("the close" in error.value for error in app.error)


def test_a_hurried_rule_asks_why(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = prepared(visit("round", as_=convener, id=subject), rule="rapid_response", closes="1")
    press(app, "Open the round")
    assert "Why it cannot wait: this rule needs a reason" in app.error[0].value
    write(app, "Why it cannot wait", "The comment period ends on Friday.")
    press(app, "Open the round")
    (opened,) = of_proposal(db, subject)
    assert opened.terms.urgency == "The comment period ends on Friday."


def test_a_temperature_check_needs_no_rule(visit, db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    app = prepared(visit("round", as_=convener, id=subject), kind=RoundKind.TEMPERATURE, closes="7")
    press(app, "Open the round")
    (opened,) = of_proposal(db, subject)
    assert (opened.kind, opened.rule) == (RoundKind.TEMPERATURE, None)


def test_a_rule_that_silence_satisfies_is_warned_about(visit, db, clock, table):
    convener, _ = table
    admin = a_person(db, role=Role.ADMINISTRATOR)
    silent = Rule.from_json({"max_objections": 0})
    made = presets.add_preset(
        db, clock, actor=admin, base="consent", name="No news", rule=silent, token="t"
    )
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener))
    pick(app, "What kind", RoundKind.BINDING)
    pick(app, "By which rule", made.code)
    assert any("silence alone" in warning.value for warning in app.warning)


def test_gaps_in_the_proposal_and_the_roll_are_shown_before_opening(visit, db, clock, table):
    convener, delegates = table
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener, equity_note=""))
    said = shown(app)
    assert "○ Equity note: **missing**" in said
    assert "✓ Plain summary, reading grade 5" in said
    assert "4 organisations with a vote." in said
    assert delegates[0].seat.organisation in said


def test_a_draft_cannot_be_put_to_the_table(visit, db, clock, table):
    convener, _ = table
    app = visit("round", as_=convener, id=a_proposal(db, clock, convener, submitted=False))
    assert "It is still a draft" in shown(app)
    assert not [button for button in app.button if button.label == "Open the round"]


@pytest.mark.parametrize("number", ["999", "abc", "-1"])
def test_a_number_that_means_nothing_leads_back(visit, table, number):
    app = visit("round", as_=table[0], id=number)
    assert app.error or "Nothing waits for a round" in shown(app)


def test_a_running_round_is_extended_with_a_reason(visit, db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    app = visit("round", as_=convener, id=this.proposal_id)
    app.date_input[0].set_value(date(2026, 12, 1))
    press(app, "Extend the round")
    assert "please fill this in" in app.error[0].value
    assert app.date_input[0].value == date(2026, 12, 1)
    write(app, "Why it gets more time", "Two boards meet next week.")
    press(app, "Extend the round")
    assert "Extended. It closes Tue 1 Dec 2026, 17:00 (Eastern Time)." in shown(app)
    (found,) = of_proposal(db, this.proposal_id)
    assert found.closes_at > this.closes_at


def test_an_extension_to_the_hour_in_force_is_not_said_to_be_one(visit, db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    for told in ("Extended. It closes", "It closes then already."):
        app = visit("round", as_=convener, id=this.proposal_id)
        app.date_input[0].set_value(date(2026, 12, 1))
        write(app, "Why it gets more time", "Two boards meet next week.")
        press(app, "Extend the round")
        assert told in shown(app) + " ".join(one.value for one in app.error)
    with db.reading() as conn:
        assert len(conn.execute(select(schema.round_extension)).all()) == 1


def test_an_extension_that_shortens_is_refused(visit, db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    app = visit("round", as_=convener, id=this.proposal_id)
    app.date_input[0].set_value(date(2026, 11, 2))
    write(app, "Why it gets more time", "Sooner.")
    press(app, "Extend the round")
    assert "The close: an extension must end later" in app.error[0].value


def test_a_round_is_cancelled_with_a_reason_and_has_no_verdict(visit, db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    app = visit("round", as_=convener, id=this.proposal_id)
    write(app, "Why it is cancelled", "The bill was withdrawn.")
    press(app, "Cancel the round")
    assert "Please tick the box first" in app.warning[0].value
    tick(app, "Yes, cancel")
    press(app, "Cancel the round")
    (found,) = of_proposal(db, this.proposal_id)
    assert found.status(clock()) is Status.CANCELLED
    after = visit("round", as_=convener, id=this.proposal_id)
    assert "It was cancelled, so there is no verdict." in shown(after)
    assert not [button for button in after.button if "Publish" in button.label]


def test_closing_early_says_what_it_waits_for(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    page = {"as_": convener, "id": this.proposal_id}
    assert "this rule needs 336 hours" in shown(visit("round", **page))
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(hours=336)
    app = visit("round", **page)
    assert "1 on the roll have not answered" in shown(app)
    a_ballot(db, clock, delegates[3], this, "support")
    press(app.run(), "Close the round now")
    assert "Closed. The verdict is frozen." in shown(app)
    with db.reading() as conn:
        assert store.get(conn, this.id).status(clock()) is Status.CLOSED


def test_a_closed_round_shows_its_numbers_and_is_published_once(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, days=1)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(days=1)
    app = visit("round", as_=convener, id=this.proposal_id)
    figures = [dict(table.value.itertuples(index=False)) for table in app.table]
    assert {"On the roll": 4, "In support": 3, "Needed for a quorum": 2}.items() <= (
        figures[-1].items()
    )
    press(app, "Publish the result")
    (found,) = of_proposal(db, this.proposal_id)
    assert found.published_at is not None
    after = visit("round", as_=convener, id=this.proposal_id)
    assert "The public can read this result." in shown(after)
    assert not [button for button in after.button if button.label == "Publish the result"]


def test_another_round_can_follow_one_that_did_not_adopt(visit, db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener, rule=QUICK, days=1)
    clock.move(days=1)
    app = visit("round", as_=convener, id=this.proposal_id)
    app.toggle[0].set_value(True).run()
    press(prepared(app), "Open the round")
    assert len(of_proposal(db, this.proposal_id)) == 2


def test_what_was_adopted_is_not_put_to_the_table_again(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, days=1)
    for delegate in delegates:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(days=1)
    app = visit("round", as_=convener, id=this.proposal_id)
    app.toggle[0].set_value(True).run()
    press(prepared(app), "Open the round")
    assert any("past the stage" in error.value for error in app.error)
    assert len(of_proposal(db, this.proposal_id)) == 1


def test_a_hidden_round_shows_the_convener_no_stance(visit, db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], this, "object")
    app = visit("round", as_=convener, id=this.proposal_id)
    assert "1 of 4 have answered" in shown(app)
    assert not app.get("vega_lite_chart")
    assert "An objection blocks it" not in shown(app)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_others_are_told_it_is_not_part_of_their_role(visit, db, clock, table, role):
    subject = a_proposal(db, clock, table[0])
    app = visit("round", as_=a_person(db, role=role), id=subject)
    assert [title.value for title in app.title] == ["Not part of your role"]


def test_a_stranger_is_asked_to_sign_in(visit):
    assert [title.value for title in visit("round").title] == ["Sign in"]


def test_the_page_asks_little_of_the_database(visit, db, clock, table, asked):
    convener, _ = table
    for _ in range(5):
        a_proposal(db, clock, convener)
    assert asked(visit("round", as_=convener)) <= 14
    this = a_round(db, clock, convener)
    assert asked(visit("round", as_=convener, id=this.proposal_id)) <= 18
