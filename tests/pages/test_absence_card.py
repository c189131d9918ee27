"""Our organisation and Today while somebody is away."""

from datetime import date, timedelta

import pytest

from coalition.services.people import absences
from tests import builders

TODAY = date(2026, 11, 1)


@pytest.fixture
def pair(db):
    delegate = builders.a_delegate(db, name="Rae Winter")
    ours = delegate.seat.organisation_id
    return delegate, builders.a_delegate(db, organisation_id=ours, rank=1)


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception, app.exception


def test_a_delegate_says_so_and_comes_back(visit, db, clock, pair):
    app = visit("organisation", as_=pair[0])
    next(one for one in app.date_input if one.label == "Last day away").set_value(
        TODAY + timedelta(days=3)
    )
    press(app, "Say so")
    assert "ends by itself" in app.success[0].value
    assert any("Rae Winter: away from" in one.value for one in app.markdown)
    press(app, "I am back")
    assert absences.ours(db, actor=pair[0], now=clock()) == ()


def test_without_an_end_it_is_refused_in_words(visit, pair):
    app = visit("organisation", as_=pair[0])
    press(app, "Say so")
    assert "please choose a day" in app.error[0].value


def test_the_alternate_reads_for_whom_what_waits_is_theirs(visit, db, clock, pair):
    delegate, alternate = pair
    assert not visit("today", as_=alternate).info
    absences.go_away(
        db, clock, actor=delegate, from_on=TODAY, until_on=TODAY + timedelta(days=3), token="t"
    )
    app = visit("today", as_=alternate)
    assert "Rae Winter is away until" in app.info[0].value
    assert not any("is away" in one.value for one in visit("today", as_=delegate).info)
