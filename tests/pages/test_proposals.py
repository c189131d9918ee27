"""Finding a proposal."""

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation import proposals
from tests.builders import a_ballot, a_delegate, a_person, a_proposal, a_round, a_table
from tests.pages.screen import links, shown


def titles(app):
    """Return the titles in the list, in the order shown."""
    return [label.strip("*") for label in links(app) if label.startswith("**")]


def pick(app, label, option):
    """Choose one option of the pills or segments with this label and run."""
    (group,) = [one for one in app.get("button_group") if one.label == label]
    group.set_value(option).run()
    assert not app.exception, app.exception
    return app


@pytest.fixture
def table(db, clock):
    """A convener, three delegates, one open round, one submitted proposal and one draft."""
    convener, delegates = a_table(db)
    this = a_round(db, clock, convener)
    a_proposal(db, clock, convener, title="Sign language at the clinic", pillar=Pillar.EQUITY)
    a_proposal(db, clock, convener, title="Only a draft", submitted=False)
    return convener, delegates, this


@pytest.mark.parametrize("role", list(Role))
def test_each_role_finds_what_it_may_read_and_drafts_stay_with_conveners(visit, db, table, role):
    convener, (delegate, *_), _ = table
    persons = {Role.MEMBER: delegate, Role.CONVENER: convener}
    app = visit("proposals", as_=persons.get(role) or a_person(db, role=role))
    assert [title.value for title in app.title] == ["Proposals"]
    found = titles(app)
    assert found[0] == "Count all copay help toward patient costs", "what is open comes first"
    assert "Sign language at the clinic" in found
    assert ("Only a draft" in found) is (role is Role.CONVENER)


def test_a_row_says_how_it_stands_and_that_it_waits_for_us(visit, db, clock, table):
    _, (delegate, *_), this = table
    said = shown(visit("proposals", as_=delegate))
    assert "2026-001 · Coverage · 15 days left" in said
    assert "Waits for us" in said
    a_ballot(db, clock, delegate, this, "support")
    said = shown(visit("proposals", as_=delegate))
    assert "Waits for us" not in said
    assert "we said: ✓ Support" in said


def test_search_looks_in_titles_and_finds_nothing_in_words(visit, table):
    _, (delegate, *_), _ = table
    app = visit("proposals", as_=delegate)
    app.text_input[0].input("SIGN language").run()
    assert titles(app) == ["Sign language at the clinic"]
    app.text_input[0].input("no such thing").run()
    assert titles(app) == []
    assert "No proposal fits" in shown(app)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"pillar": "equity"}, ["Sign language at the clinic"]),
        ({"stage": "open"}, ["Count all copay help toward patient costs"]),
        ({"search": "clinic"}, ["Sign language at the clinic"]),
        ({"waiting": "true"}, ["Count all copay help toward patient costs"]),
        ({"pillar": "equity", "stage": "open"}, []),
    ],
)
def test_a_shared_link_keeps_its_filters(visit, table, query, found):
    _, (delegate, *_), _ = table
    assert titles(visit("proposals", as_=delegate, **query)) == found


def test_a_filter_chosen_is_written_into_the_address_by_its_code(visit, table):
    _, (delegate, *_), _ = table
    app = visit("proposals", as_=delegate)
    pick(app, "Pillar", Pillar.EQUITY)
    assert titles(app) == ["Sign language at the clinic"]
    assert app.query_params["pillar"] == "equity"


def test_nonsense_in_the_address_is_passed_over(visit, table):
    _, (delegate, *_), _ = table
    app = visit("proposals", as_=delegate, pillar="../etc", stage="<b>", waiting="maybe")
    assert len(titles(app)) == 2


def test_nothing_waiting_is_said_in_a_friendly_way(visit, db, clock, table):
    _, (delegate, *_), this = table
    a_ballot(db, clock, delegate, this, "support")
    app = visit("proposals", as_=delegate, waiting="true")
    assert "Nothing waits for you" in shown(app)


def test_without_a_seat_nothing_is_asked_about_waiting(visit, db, table):
    app = visit("proposals", as_=a_person(db, role=Role.OBSERVER))
    assert not app.toggle


def test_an_empty_table_says_what_will_stand_here(visit, db):
    assert "No proposals yet" in shown(visit("proposals", as_=a_delegate(db)))


def test_a_long_list_goes_on_over_pages(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    for number in range(proposals.PAGE + 3):
        a_proposal(db, clock, convener, title=f"Proposal {number}")
    app = visit("proposals", as_=delegate)
    assert len(titles(app)) == proposals.PAGE
    assert "23 proposals" in shown(app)
    app.get("pagination")[0].set_value(2).run()
    assert not app.exception
    assert len(titles(app)) == 3


def test_hostile_titles_do_nothing(visit, db, clock):
    convener, (delegate, *_) = a_table(db)
    a_proposal(db, clock, convener, title="[x](https://evil.example) :material/home: `a`")
    (label,) = titles(visit("proposals", as_=delegate))
    assert "](" not in label.replace("\\](", "")
    assert ":material/home:" not in label


def test_a_stranger_sees_no_title(visit, table):
    app = visit("proposals")
    assert app.title[0].value == "Sign in"
    assert "copay" not in shown(app)


def test_the_number_of_queries_does_not_grow_with_the_list(visit, queries, db, clock):
    convener, delegates = a_table(db)
    counts = []
    for _ in range(2):
        for _ in range(5):
            a_round(db, clock, convener)
        app = visit("proposals", as_=delegates[0])
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    few, many = counts
    assert few == many <= 12, said
