"""How we decide, to read and to try."""

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.words import codes
from tests.builders import a_person
from tests.pages.screen import choose, press, shown, tick, write


def number(app, start):
    """Return the number field whose label ends like this."""
    (found,) = [field for field in app.number_input if field.label.endswith(start)]
    return found


def cells(app):
    return "\n".join(str(value) for table in app.table for value in table.value.to_numpy().flat)


def test_every_stance_stands_with_its_meaning(visit, db):
    app = visit("how")
    assert app.title[0].value == "How we decide"
    for code in codes.MEANINGS:
        assert codes.meaning(code) in cells(app)


def test_the_example_says_what_the_rule_makes_of_it(visit, db):
    said = shown(visit("how"))
    assert "12 of 13 votes cast support it, 9 needed" in said
    assert "Still needed: 1 objection to resolve." in said


def test_other_numbers_give_another_verdict(visit, db):
    app = visit("how")
    number(app, "Object").set_value(0).run()
    assert "12 of 12 votes cast support it, 8 needed" in shown(app)
    number(app, "✓ Support").set_value(0).run()
    assert "6 heard from with 19 in the base, 10 needed for a quorum" in shown(app)


def test_more_answers_than_organisations_is_told(visit, db):
    app = visit("how")
    number(app, "✓ Support").set_value(400).run()
    assert "answers from 20 organisations" in shown(app)
    assert not app.exception


def test_a_practice_vote_is_the_real_form_and_keeps_nothing(visit, queries, db):
    app = visit("how")
    assert "Nothing you choose or write here is kept or counted." in shown(app)
    choose(app, "object")
    press(app, "Check before you confirm")
    assert "need a reason" in shown(app)
    write(app, "Reason", "Too noisy.")
    tick(app, "I may speak for")
    press(app, "Check before you confirm")
    with queries(wiring.database()) as said:
        press(app, "Confirm and record")
    assert "Nothing was recorded." in shown(app)
    assert not [one for one in said if not one.upper().startswith("SELECT")], "nothing is written"


@pytest.mark.parametrize("role", [None, *Role])
def test_everybody_may_read_it(visit, db, role):
    person = a_person(db, role=role) if role else None
    assert visit("how", as_=person).title[0].value == "How we decide"
