"""The history of a proposal as it is read: sentences, filters, pages, links and the file."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from coalition import wiring
from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import Role
from coalition.services.deliberation import rounds
from coalition.services.table.timelines import PAGE
from coalition.ui import downloads
from tests import deciding, deliberating, suggesting
from tests.builders import (
    a_comment,
    a_delegate,
    a_person,
    a_proposal,
    a_round,
    a_table,
    an_organisation,
)
from tests.pages.screen import links, shown

EVIL = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) :material/home: =1+1"


@pytest.fixture
def table(db, clock):
    """A convener, three delegates of whom one has a telling name, and a round."""
    convener, [_, *others] = a_table(db)
    home = an_organisation(db, name="Fictional Org")
    us = a_delegate(db, organisation_id=home, name="Ada Example")
    this = a_round(db, clock, convener)
    clock.move(hours=1)
    return convener, us, others, this


@pytest.fixture
def files(monkeypatch):
    """Every file on offer, made at once instead of at the click."""
    made = []

    def eager(frame, _write):
        made.append(frame() if callable(frame) else frame)
        return lambda: b""

    monkeypatch.setattr(downloads, "_maker", eager)
    return made


def history(visit, person, this, **query):
    return visit("proposal", as_=person, id=this.proposal_id, view="history", **query)


def leads(app, start):
    """Return where the one entry that begins like this leads: the page, and what it asks."""
    found = [one.proto for one in app.get("page_link") if one.proto.label.startswith(start)]
    assert len(found) == 1, links(app)
    asked = {name: value[0] for name, value in parse_qs(found[0].query_string).items()}
    return found[0].page, asked


def test_a_stranger_to_the_matter_can_follow_it(visit, db, clock, table):
    convener, us, _, this = table
    deliberating.voted(db, clock, us, this, "object")
    clock.move(hours=1)
    deliberating.revised(db, clock, convener, this, note="Clause 2 is gone.")
    clock.move(hours=1)
    deliberating.voted(db, clock, us, this, "support")
    app = history(visit, a_person(db, role=Role.OBSERVER), this)
    told = [one for one in links(app) if "Fictional" in one or "version" in one]
    assert told[:5] == [
        "The objection of Fictional Org is met by version 2",
        "Fictional Org changed from Object to Support on version 2",
        "Casey Convener made version 2, which changes what is asked",
        "Fictional Org raised an objection to version 1: Must change",
        "Fictional Org answered Object on version 1",
    ]
    assert "Clause 2 is gone." in shown(app)
    assert "Answer · 03:30 · Ada Example" in shown(app)
    assert [one.value for one in app.subheader] == ["1 Nov 2026"]
    assert "entries, newest first · times in Eastern Time" in shown(app)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_same_history(visit, db, clock, table, role):
    convener, us, [other, _], this = table
    deliberating.voted(db, clock, us, this, "support")
    a_comment(db, clock, us, this.proposal_id, "A question")
    person = other if role is Role.MEMBER else a_person(db, role=role)
    assert links(history(visit, person, this)) == links(history(visit, convener, this))


def test_a_round_says_what_it_opened_under(visit, table):
    convener, _, _, this = table
    app = history(visit, convener, this)
    [opened] = [one for one in links(app) if one.startswith("A round opened")]
    assert "version 1 for 4 organisations" in opened
    assert "Consensus call, rule “Working-table consensus”" in opened
    assert "Answers given on an earlier text count." in shown(app)
    assert "No organisation champions it, so there is nobody to ask." in shown(app)


def test_each_entry_leads_to_what_it_speaks_of(visit, db, clock, table):
    convener, us, _, this = table
    deliberating.an_objection(db, clock, us, this.proposal_id)
    root = a_comment(db, clock, us, this.proposal_id, "A question")
    suggesting.a_suggestion(db, clock, us, this.proposal_id)
    deliberating.voted(db, clock, us, this, "support")
    deliberating.revised(db, clock, convener, this)
    app = history(visit, convener, this)
    here = {"id": str(this.proposal_id)}
    assert leads(app, "Fictional Org raised")[1] == {**here, "view": "objections"}
    assert leads(app, "Fictional Org began")[1] == {
        **here,
        "view": "discussion",
        "thread": str(root),
    }
    assert leads(app, "Fictional Org suggested")[1]["view"] == "text"
    stances = {**here, "view": "stances", "round": str(this.id)}
    assert leads(app, "Fictional Org answered")[1] == stances
    assert leads(app, "Casey Convener made")[1] == {**here, "view": "text", "change": "2"}
    page, asked = leads(history(visit, us, this), "Fictional Org answered")
    assert (page, asked) == ("stance", {"id": str(this.id)})


def test_a_public_decision_leads_to_its_page(visit, db, clock):
    made = deciding.a_decision(db, clock)
    app = history(visit, made.convener, made.round)
    assert leads(app, "Verdict: Adopted") == ("positions", {"id": str(made.round.id)})


def test_a_link_to_another_view_wins_over_the_view_that_was_chosen(visit, db, clock, table):
    _, us, _, this = table
    app = history(visit, us, this)
    app.query_params["view"] = "objections"  # as the link does, on the page one is on
    app.run()
    assert "What stands against it?" in shown(app)
    app.segmented_control[0].set_value("history").run()
    assert "What happened?" in shown(app)
    assert app.query_params["view"] == "history"


def test_an_earlier_round_is_shown_where_an_entry_of_it_leads(visit, db, clock, table):
    convener, us, _, this = table
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Too early.")
    clock.move(hours=1)
    later = a_round(db, clock, convener, proposal_id=this.proposal_id)
    where = {"id": this.proposal_id, "view": "stances"}
    assert visit("proposal", as_=us, **where, round=this.id).selectbox[0].value == this.id
    assert visit("proposal", as_=us, **where).selectbox[0].value == later.id


def test_it_is_narrowed_to_kinds_and_the_address_keeps_them(visit, db, clock, table):
    _, us, _, this = table
    deliberating.voted(db, clock, us, this, "support")
    app = history(visit, us, this)
    assert "4 entries, newest first" in shown(app)
    app.pills[0].set_value(["stance"]).run()
    assert links(app)[:1] == ["Fictional Org answered Support on version 1"]
    assert "1 entry, newest first" in shown(app)
    assert app.query_params["kind"] == "stance"
    app = history(visit, us, this, kind="proposal,stance")
    assert "2 entries, newest first" in shown(app)
    assert "4 entries, newest first" in shown(history(visit, us, this, kind="nonsense"))


def test_it_is_turned_page_by_page_and_a_filter_begins_at_its_first(visit, db, clock, table):
    _, us, _, this = table
    for turn in range(PAGE + 3):
        clock.move(minutes=1)
        a_comment(db, clock, us, this.proposal_id, f"Thread {turn}")
    app = history(visit, us, this)
    assert "31 entries, newest first" in shown(app)
    assert len([one for one in links(app) if "began a thread" in one]) == PAGE


def test_the_file_holds_exactly_what_is_filtered_on_all_pages(visit, db, clock, table, files):
    convener, us, _, this = table
    for turn in range(PAGE + 3):
        clock.move(minutes=1)
        a_comment(db, clock, us, this.proposal_id, f"Thread {turn}")
    later = this.closes_at + timedelta(days=1)
    rounds.extend_round(db, clock, actor=convener, round_id=this.id, closes_at=later, reason="=1+1")
    history(visit, us, this, kind="discussion")
    history(visit, us, this)
    [talks, every] = files
    assert len(talks) == PAGE + 3
    assert set(talks["Kind"]) == {"Discussion"}
    assert len(every) == PAGE + 7
    assert "'=1+1" in downloads.csv_bytes(every).decode()


def test_words_that_people_wrote_do_nothing(visit, db, clock, table):
    convener, _, _, this = table
    later = this.closes_at + timedelta(days=1)
    rounds.extend_round(db, clock, actor=convener, round_id=this.id, closes_at=later, reason=EVIL)
    evil = a_delegate(db, organisation_id=an_organisation(db, name=EVIL[:80]), name=EVIL[:60])
    a_comment(db, clock, evil, this.proposal_id, "A question")
    app = history(visit, convener, this)
    for told in (shown(app), *links(app)):
        assert "![x](https" not in told
        assert " <img" not in told
        assert "“<img" not in told


def test_a_draft_has_no_history_yet(visit, db, clock, table):
    convener = table[0]
    proposal_id = a_proposal(db, clock, convener, submitted=False)
    app = visit("proposal", as_=convener, id=proposal_id, view="history")
    assert "Nothing has happened yet" in shown(app)


def test_a_hidden_answer_is_in_its_own_organisations_history_alone(visit, db, clock):
    convener, [us, other, _] = a_table(db)
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    deliberating.voted(db, clock, us, this, "object")
    own = history(visit, us, this)
    assert any("answered Object" in one for one in links(own))
    for person in (other, convener, a_person(db, role=Role.OBSERVER)):
        app = history(visit, person, this)
        assert "3 entries, newest first" in shown(app)
        assert [str(one) for one in app.pills[0].options] == ["Proposal 1", "Round 2"]


def test_the_number_of_queries_stays_the_same_however_long_it_is(visit, queries, db, clock, table):
    _, us, _, this = table
    counts = []
    for size in (1, 20):
        for turn in range(size):
            a_comment(db, clock, us, this.proposal_id, f"Thread {size} {turn}")
            deliberating.voted(db, clock, us, this, "object" if turn % 2 else "support")
        app = history(visit, us, this)
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    few, many = counts
    assert few == many <= 20, said
