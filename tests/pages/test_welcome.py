"""The front of the house."""

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.words import codes
from tests.builders import a_person, a_round, a_table
from tests.pages.screen import links, press, shown
from tests.pages.test_positions import decided


def primary(app):
    return [button.label for button in app.button if button.proto.type == "primary"]


def test_a_stranger_reads_what_this_is_and_may_ask_to_join(visit, db):
    app = visit("welcome")
    assert app.title[0].value == "Welcome to Test table"
    said = shown(app)
    for pillar in codes.PILLAR_MEANINGS:
        assert codes.pillar_meaning(pillar) in said
    assert primary(app) == ["Ask to join"]
    assert "Sign in" in links(app)
    press(app, "Ask to join")
    assert app.title[0].value == "Ask to join"


def test_the_three_latest_positions_stand_there(visit, db, clock):
    table = a_table(db, organisations=1)
    for number in range(4):
        decided(db, clock, table=table, title=f"Position {number}", stances=("support",))
    app = visit("welcome")
    found = [label for label in links(app) if label.startswith("**")]
    assert found == ["**Position 3**", "**Position 2**", "**Position 1**"]
    assert "All adopted positions" in links(app)


def test_before_any_position_it_says_what_will_stand_there(visit, db):
    assert "Nothing adopted yet" in shown(visit("welcome"))


def test_nothing_of_members_is_on_the_front(visit, db, clock):
    convener, delegates = a_table(db)
    a_round(db, clock, convener)
    said = shown(visit("welcome"))
    assert "copay" not in said
    assert delegates[0].seat.organisation not in said


@pytest.mark.parametrize("role", list(Role))
def test_who_is_signed_in_is_led_to_their_table(visit, db, role):
    app = visit("welcome", as_=a_person(db, role=role))
    assert primary(app) == ["Go to my table"]


def test_the_front_asks_the_database_little(visit, queries, db, clock):
    decided(db, clock)
    app = visit("welcome")
    with queries(wiring.database()) as said:
        app.run()
    assert len(said) <= 10, said
