"""The research export on the board: offered to conveners, made when they ask."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import event

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.services.insight import research
from coalition.ui import downloads
from coalition.ui.insight import research_view
from tests.builders import QUICK, a_ballot, a_person, a_round, a_table
from tests.pages.screen import shown

WHOLE_CHAIN = "later.id IS NOT NULL"  # only the export reads ballots that were replaced


@pytest.fixture
def offered(monkeypatch):
    """Return what each file button was given, by its key."""
    given = {}
    button = downloads.file_button

    def noted(label, make, name, *, key, **more):
        given[key] = make
        button(label, make, name, key=key, **more)

    monkeypatch.setattr(research_view, "file_button", noted)
    return given


def test_the_board_offers_the_data_below_every_view(visit, db, clock, offered):
    convener, delegates = a_table(db)
    a_ballot(db, clock, delegates[0], a_round(db, clock, convener, rule=QUICK), "support")
    for view in ("distance", "map"):
        app = visit("board", as_=convener, view=view)
        buttons = {one.proto.label for one in app.get("download_button")}
        assert "Download the data for research" in buttons
        assert "Rounds with hidden results give who has answered and no stances." in shown(app)
    made = offered["research-zip"]()
    assert made == research.research(db, actor=convener, now=clock())
    assert b"support" in ZipFile(BytesIO(made)).read("ballots.csv")


def test_nothing_is_made_before_somebody_asks(visit, db, clock, offered):
    convener, _ = a_table(db)
    a_round(db, clock, convener, rule=QUICK)
    read = []
    event.listen(
        wiring.database().engine, "before_cursor_execute", lambda *told: read.append(told[2])
    )
    visit("board", as_=convener)
    assert not [one for one in read if WHOLE_CHAIN in one]
    offered["research-zip"]()
    assert [one for one in read if WHOLE_CHAIN in one]


def test_it_is_offered_to_nobody_else(visit, db, offered):
    visit("board", as_=a_person(db, role=Role.MEMBER))
    assert not offered
