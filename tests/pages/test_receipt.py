import pytest

from coalition.domain.deliberation.rounds import Results
from tests.builders import a_ballot, a_round, a_table


@pytest.fixture
def table(served):
    return a_table(served)


def look_up(app, code):
    field = next(one for one in app.text_input if one.label.startswith("Receipt"))
    field.set_value(code)
    next(one for one in app.button if one.label == "Find the ballot").click()
    app.run()
    return " ".join([*(one.value for one in app.markdown), *(one.value for one in app.warning)])


def test_a_delegate_finds_the_own_ballot_by_its_receipt(served, clock, table, visit):
    convener, (delegate, *_) = table
    cast = a_ballot(served, clock, delegate, a_round(served, clock, convener), "abstain")

    told = look_up(visit("organisation", as_=delegate), cast.receipt.lower())

    assert f"{delegate.seat.organisation}: Abstain" in told


def test_another_organisation_does_not(served, clock, table, visit):
    convener, (delegate, other, _) = table
    cast = a_ballot(served, clock, delegate, a_round(served, clock, convener), "abstain")

    app = visit("organisation", as_=other)

    assert "Abstain" not in look_up(app, cast.receipt)
    assert [one.value for one in app.error] == ["We found no ballot with that receipt."]


def test_on_the_desk_a_hidden_stance_stays_hidden(served, clock, table, visit):
    convener, (delegate, *_) = table
    this = a_round(served, clock, convener, results=Results.HIDDEN)
    cast = a_ballot(served, clock, delegate, this, "object")

    told = look_up(visit("desk", as_=convener), cast.receipt)

    assert f"{delegate.seat.organisation}: its stance stays hidden" in told
    assert "Object" not in told
