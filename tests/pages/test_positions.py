"""What the public reads of decisions, and what it never does."""

import pytest

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation import positions, rounds
from tests.builders import QUICK, a_ballot, a_delegate, a_person, a_proposal, a_round, a_table
from tests.pages.screen import files, links, shown


def decided(
    db, clock, *, table=None, publish=True, stances=("support", "support", "abstain"), **text
):
    """Let a table of as many delegates decide a proposal; return the round and the delegates."""
    convener, delegates = table or a_table(db, organisations=len(stances))
    number = a_proposal(db, clock, convener, **text)
    this = a_round(db, clock, convener, proposal_id=number, rule=QUICK, days=1 / 24)
    for delegate, stance in zip(delegates, stances, strict=True):
        a_ballot(db, clock, delegate, this, stance)
    clock.move(hours=1)
    if publish:
        rounds.publish(db, clock, actor=convener, round_id=this.id)
    return this, delegates


def cells(app):
    """Return every table on the screen as rows of text."""
    return [tuple(map(str, row)) for table in app.table for row in table.value.to_numpy()]


def titles(app):
    return [label.strip("*") for label in links(app) if label.startswith("**")]


def test_a_stranger_reads_ask_target_day_and_n_of_n(visit, db, clock):
    _, delegates = decided(db, clock)
    app = visit("positions")
    assert app.title[0].value == "Adopted positions"
    said = shown(app)
    assert "**We ask Senate committee:** Pass the bill" in said
    assert "**2 of 3** organisations support it." in said
    assert "1 Nov 2026" in said
    for delegate in delegates[:2]:
        assert delegate.seat.organisation in said
    assert delegates[2].seat.organisation not in said, "who abstained is not named in public"


def test_one_position_stands_in_full_with_numbers_to_add_up_again(visit, db, clock):
    this, delegates = decided(db, clock)
    published = positions.one(db, now=clock(), round_id=this.id)
    app = visit("positions", id=this.id)
    said = shown(app)
    assert app.title[0].value == "Count all copay help toward patient costs"
    assert "We ask Congress to count copay help." in said
    assert published.text.content_hash in said
    assert "Text version 1" in said
    assert delegates[2].seat.organisation not in said
    numbers = dict(row for row in cells(app) if len(row) == 2)
    assert numbers["Organisations on the roll"] == "3"
    assert numbers["In support, with or without reservations"] == "2"
    assert numbers["✓ Support"] == "2"
    assert numbers["– Abstain"] == "1"


def test_the_text_stays_the_one_that_was_adopted(visit, db, clock):
    this, _ = decided(db, clock)
    said = shown(visit("positions", id=this.id))
    assert "We ask Congress to count copay help." in said


def test_what_is_not_published_is_nowhere(visit, db, clock):
    this, _ = decided(db, clock, publish=False, title="Not public yet")
    app = visit("positions")
    assert "Nothing adopted yet" in shown(app)
    app = visit("positions", id=this.id)
    assert "No public result here" in shown(app)
    assert "Not public yet" not in shown(app)


def test_an_open_round_is_nowhere_either(visit, db, clock):
    convener, _ = a_table(db)
    this = a_round(db, clock, convener)
    assert "No public result here" in shown(visit("positions", id=this.id))


def test_a_published_refusal_can_be_read_but_is_not_among_the_adopted(visit, db, clock):
    this, delegates = decided(db, clock, stances=("support", "object", "abstain"))
    assert "Nothing adopted yet" in shown(visit("positions"))
    app = visit("positions", id=this.id)
    assert "1 objection blocks it" in shown(app)
    assert delegates[1].seat.organisation not in shown(app), "who objected is never named in public"
    assert "shuts out small groups" not in shown(app)


def test_the_pillar_narrows_the_list_and_stays_in_the_address(visit, db, clock):
    table = a_table(db)
    decided(db, clock, table=table, title="On coverage")
    decided(db, clock, table=table, title="On equity", pillar=Pillar.EQUITY)
    assert titles(visit("positions")) == ["On equity", "On coverage"]
    assert titles(visit("positions", pillar="equity")) == ["On equity"]
    assert "Nothing adopted under this pillar yet" in shown(visit("positions", pillar="access"))


def test_a_long_list_goes_on_over_pages(visit, db, clock):
    table = a_table(db, organisations=1)
    for number in range(positions.PAGE + 1):
        decided(db, clock, table=table, title=f"Position {number}", stances=("support",))
    app = visit("positions")
    assert len(titles(app)) == positions.PAGE
    assert "11 adopted positions" in shown(app)
    app.get("pagination")[0].set_value(2).run()
    assert titles(app) == ["Position 0"]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_may_read_it(visit, db, clock, role):
    this, (delegate, *_) = decided(db, clock)
    person = delegate if role is Role.MEMBER else a_person(db, role=role)
    app = visit("positions", as_=person, id=this.id)
    assert app.title[0].value == "Count all copay help toward patient costs"


def test_hostile_words_do_nothing_in_public(visit, db, clock):
    evil = "<script>x</script> ![x](https://evil.example/x.png)"
    this, _ = decided(db, clock, title="[x](https://evil.example)", summary=evil, body=evil)
    for app in (visit("positions"), visit("positions", id=this.id)):
        said = shown(app) + "".join(links(app))
        assert "![x](https" not in said
        assert "<script" not in said.replace("\\<script", "")


def test_the_number_of_queries_does_not_grow_with_the_list(visit, queries, db, clock):
    counts, table = [], a_table(db, organisations=1)
    for _ in range(2):
        for _ in range(3):
            decided(db, clock, table=table, stances=("support",))
        app = visit("positions")
        with queries(wiring.database()) as said:
            app.run()
        counts.append(len(said))
    few, many = counts
    assert few == many <= 12, said


def test_who_has_no_seat_reads_the_same(visit, db, clock):
    this, _ = decided(db, clock)
    assert "**2 of 3**" in shown(visit("positions", as_=a_delegate(db)))
    assert "Who supports it?" in shown(visit("positions", as_=a_delegate(db), id=this.id))


def test_the_numbers_of_a_verdict_can_be_taken_away_as_a_file(visit, db, clock):
    this, _ = decided(db, clock)
    assert "numbers" in files(visit("positions", id=this.id))
