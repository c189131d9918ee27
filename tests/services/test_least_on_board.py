"""The least supportive declared group of each proposal; never of few, never of what is hidden."""

from fractions import Fraction

import pytest
from sqlalchemy import event, update

from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.insight.measures import Group
from coalition.domain.insight.wishes import Grouping, Wish
from coalition.services.insight.least_on_board import least_on_board
from coalition.store import schema
from tests.builders import QUICK, a_ballot, a_person, a_round, a_table


@pytest.fixture
def table(db):
    """Seven organisations: three small, three large, one that has not said."""
    convener, delegates = a_table(db, organisations=7)
    for delegate in delegates[:3]:
        declare(db, delegate, size="small", conditions=["Lupus", "Lyme disease"])
    for delegate in delegates[3:6]:
        declare(db, delegate, size="large", conditions=["lupus"])
    return convener, delegates


def declare(db, delegate, **said):
    organisation = schema.organisation
    with db.writing() as conn:
        conn.execute(
            update(organisation)
            .where(organisation.c.id == delegate.seat.organisation_id)
            .values(**said)
        )


def look(db, clock, actor, **wish):
    return least_on_board(db, actor=actor, now=clock(), wish=Wish(**wish))


def answered(db, clock, delegates, this, *stances):
    for delegate, stance in zip(delegates, stances, strict=False):
        a_ballot(db, clock, delegate, this, stance)


def shares(line):
    return {one.code: one.group.share for one in line.groups}


def test_the_least_supportive_group_is_named_with_its_share(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    stances = ["support_with_reservations", "object", "stand_aside", *["support"] * 3, "object"]
    answered(db, clock, delegates, this, *stances)
    (line,) = look(db, clock, convener).lines
    assert (line.least.code, line.least.group) == ("small", Group(1, 3))
    assert shares(line) == {"small": Fraction(2, 5), "large": Fraction(4, 5)}
    assert line.consensus == Fraction(8, 25)


def test_groups_of_which_few_took_a_place_have_no_share_and_weigh_nothing(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    stances = ["object", "object", "abstain", "support", "support", "support"]
    answered(db, clock, delegates, this, *stances)
    (line,) = look(db, clock, convener).lines
    assert (line.least.code, line.few, line.consensus) == ("large", ("small",), Fraction(4, 5))


def test_by_condition_an_organisation_counts_in_each_it_speaks_for(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    answered(db, clock, delegates, this, *["object"] * 3, *["support"] * 3)
    (line,) = look(db, clock, convener, grouping=Grouping.CONDITION).lines
    assert [(one.code, one.group) for one in line.groups] == [
        ("lyme disease", Group(0, 3)),
        ("lupus", Group(3, 6)),
    ]


@pytest.mark.parametrize(
    ("grouping", "said", "code"),
    [
        (Grouping.REGION, {"region": "south"}, "south"),
        (Grouping.KIND, {"kind": "supporting_organization"}, "supporting_organization"),
    ],
)
def test_regions_and_classes_are_groups_too(db, clock, table, grouping, said, code):
    convener, delegates = table
    for delegate in delegates[:3]:
        declare(db, delegate, **said)
    answered(db, clock, delegates, a_round(db, clock, convener), *["object"] * 3)
    (line,) = look(db, clock, convener, grouping=grouping).lines
    assert line.least.code == code


def test_only_the_latest_ballot_counts(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    answered(db, clock, delegates[1:], this, "support", "support")
    first = a_ballot(db, clock, delegates[0], this, "object")
    a_ballot(db, clock, delegates[0], this, "support", replaces=first.id)
    (line,) = look(db, clock, convener).lines
    assert line.least.group == Group(3, 3)


def test_the_proposal_with_the_weakest_group_stands_first(db, clock, table):
    convener, delegates = table
    empty, good, bad = (a_round(db, clock, convener, days=days) for days in (15, 16, 17))
    answered(db, clock, delegates, good, *["support"] * 3)
    answered(db, clock, delegates, bad, *["object"] * 3)
    lines = look(db, clock, convener).lines
    assert [one.round.id for one in lines] == [bad.id, good.id, empty.id]
    assert (lines[2].least, lines[2].consensus) == (None, None)


def test_all_recused_makes_no_group(db, clock, table):
    convener, delegates = table
    answered(db, clock, delegates, a_round(db, clock, convener), *["recused"] * 7)
    (line,) = look(db, clock, convener).lines
    assert (line.groups, line.few) == ((), ())


def test_nothing_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=20)
    shown = a_round(db, clock, convener, rule=QUICK, days=10)
    for this in (hidden, shown):
        answered(db, clock, delegates[1:], this, "support", "support")
    a_ballot(db, clock, delegates[0], shown, "object")
    given = a_ballot(db, clock, delegates[0], hidden, "support")
    before = {grouping: look(db, clock, convener, grouping=grouping) for grouping in Grouping}
    assert [len(one.lines) for one in before.values()] == [1] * len(Grouping)
    for stance in ("object", "recused", "abstain"):
        given = a_ballot(db, clock, delegates[0], hidden, stance, replaces=given.id)
        for grouping in Grouping:
            assert look(db, clock, convener, grouping=grouping) == before[grouping]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_see_the_groups(db, clock, role):
    with pytest.raises(PermissionMissing):
        look(db, clock, a_person(db, role=role))


def test_nobody_sees_the_groups_without_signing_in(db, clock):
    with pytest.raises(SignInNeeded):
        look(db, clock, None)


def test_ten_rounds_ask_as_few_questions_as_one(db, clock, table):
    convener, _ = table
    a_round(db, clock, convener)
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    look(db, clock, convener)
    of_one = len(asked)
    for _ in range(9):
        a_round(db, clock, convener)
    asked.clear()
    look(db, clock, convener)
    assert len(asked) == of_one


@pytest.mark.parametrize("grouping", Grouping)
def test_both_databases_count_the_same_groups(any_db, clock, grouping):
    convener, delegates = a_table(any_db, organisations=3)
    for delegate in delegates:
        declare(any_db, delegate, size="small", region="south", conditions=["Sjögren’s"])
    this = a_round(any_db, clock, convener)
    answered(any_db, clock, delegates, this, "support", "object", "stand_aside")
    (line,) = look(any_db, clock, convener, grouping=grouping).lines
    assert [one.group for one in line.groups] == [Group(1, 3)]
    codes = {
        Grouping.CONDITION: "sjögren’s",
        Grouping.SIZE: "small",
        Grouping.REGION: "south",
        Grouping.KIND: "patient_member",
    }
    assert line.least.code == codes[grouping]
