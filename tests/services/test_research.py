"""From the research export a stranger computes every figure again.

What recomputes (``Stranger`` and below) uses the export and the standard library alone.
"""

import csv
import json
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from io import BytesIO, StringIO
from itertools import combinations
from math import prod
from zipfile import ZipFile

import pytest
from sqlalchemy import event, update

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.services.insight import research
from coalition.store import schema
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_recorded, a_round, a_table

STANCES = ("support", "support_with_reservations", "abstain", "stand_aside", "object", "recused")
GROUPINGS = ("size", "region", "kind", "condition")


def export(db, clock, actor):
    """Return the rows of each file by its name, read as any CSV."""
    made = research.research(db, actor=actor, now=clock())
    with ZipFile(BytesIO(made)) as archived:
        assert archived.testzip() is None
        return {name: archived.read(name).decode("utf-8") for name in archived.namelist()}


def rows(files, name):
    return list(csv.DictReader(StringIO(files[f"{name}.csv"], newline="")))


class Stranger:
    """Somebody who has the export and nothing else."""

    def __init__(self, files):
        self.rounds = {one["id"]: one for one in rows(files, "rounds")}
        self.organisations = {one["number"]: one for one in rows(files, "organisations")}
        self.roll = defaultdict(list)
        for one in rows(files, "roll"):
            self.roll[one["round"]].append(one["organisation"])
        self.said = defaultdict(dict)
        for one in rows(files, "ballots"):
            if self.reaches_the_tally(one):
                self.said[one["round"]][one["organisation"]] = one["stance"]

    def reaches_the_tally(self, ballot):
        this = self.rounds[ballot["round"]]
        stands = ballot["replaced"] == "no" and ballot["stance"] != "withdrawn"
        older = int(ballot["version"]) < int(this["substantive_version"])
        carried = older and ballot["stance"] != "recused"
        assert (ballot["carried"] == "yes") == carried
        reaches = (
            stands
            and not (carried and this["unconfirmed"] == "missing")
            and not (ballot["recorded"] == "yes" and this["recorded"] == "missing")
        )
        assert (ballot["counts"] == "yes") == reaches
        return reaches

    def measures(self, this):
        given = list(self.said[this].values())
        tally = {stance: given.count(stance) for stance in STANCES}
        missing = len(self.roll[this]) - len(given)
        counted = {"round": this, **tally, "missing": missing}
        if self.rounds[this]["kind"] == "sign_on":
            return counted
        yes = tally["support"] + tally["support_with_reservations"]
        no, aside = tally["object"], tally["stand_aside"]
        out = missing if self.rounds[this]["status"] == "open" else 0
        scale = [no, aside, tally["support_with_reservations"], tally["support"]]
        agreement = van_der_eijk(scale)
        sides, places = yes + no, sum(scale)
        return counted | {
            "support_share": share(yes, sides),
            "support_worst": share(yes, sides + out),
            "support_best": share(yes + out, sides + out),
            "agreement": agreement,
            "accord": word(agreement) if places >= 5 else None,
            "rice": share(abs(yes - no), sides),
            "hnr": share(3 * max(yes, no, aside) - places, 2 * places),
            **{name: cell for by in GROUPINGS for name, cell in self.groups(this, by).items()},
        }

    def groups(self, this, by):
        seen, agree = defaultdict(int), defaultdict(int)
        for who, stance in self.said[this].items():
            for code in self.groups_of(who, by) if stance not in ("abstain", "recused") else ():
                seen[code] += 1
                agree[code] += stance.startswith("support")
        shares = {
            code: Fraction(agree[code] + 1, n + 2) for code, n in sorted(seen.items()) if n >= 3
        }
        weakest = min(shares, key=shares.get, default=None)
        return {
            f"{by}_minimum": shares.get(weakest),
            f"{by}_weakest": weakest,
            f"{by}_consensus": prod(shares.values()) if shares else None,
        }

    def groups_of(self, who, by):
        one = self.organisations[who]
        if by == "condition":
            return json.loads(one["conditions"])
        return [one[by]] if one[by] else []


def share(part, whole):
    return Fraction(part, whole) if whole else None


def word(agreement):
    if agreement >= Fraction(3, 5):
        return "together"
    return "split" if agreement < Fraction(1, 5) else "mixed"


def van_der_eijk(counts):
    total, left, found = sum(counts), list(counts), Fraction(0)
    while any(left):
        least = min(n for n in left if n)
        layer = [int(n > 0) for n in left]
        found += Fraction(least * sum(layer), total or 1) * layer_agreement(layer)
        left = [n - least if n else 0 for n in left]
    return found if total else None


def layer_agreement(layer):
    taken, triples = sum(layer), list(combinations(layer, 3))
    if taken in (1, 4):
        return 1 if taken == 1 else 0
    peaks = sum(one in [(1, 1, 0), (0, 1, 1)] for one in triples)
    dips = triples.count((1, 0, 1))
    unimodal = Fraction(2 * peaks - 3 * dips, 2 * (peaks + dips))
    return unimodal * (1 - Fraction(taken - 1, 3))


def told(cell):
    """Return a figure as a cell tells it."""
    if cell is None:
        return ""
    return str(float(cell)) if isinstance(cell, Fraction) else str(cell)


def assert_computed_again(files):
    stranger = Stranger(files)
    published = rows(files, "measures")
    for one in published:
        again = {name: told(cell) for name, cell in stranger.measures(one["round"]).items()}
        assert {name: cell for name, cell in one.items() if cell} == {
            name: cell for name, cell in again.items() if cell
        }
    return stranger, published


def declare(db, delegate, **said):
    organisations = schema.organisation
    with db.writing() as conn:
        conn.execute(
            update(organisations)
            .where(organisations.c.id == delegate.seat.organisation_id)
            .values(**said)
        )


def seated(db):
    """Lay a table of eight organisations that have declared their size and conditions."""
    convener, delegates = a_table(db, organisations=8)
    for place, one in enumerate(delegates):
        conditions = ["Lupus", "asthma"] if place % 2 else ["ASTHMA"]
        declare(db, one, size="small" if place < 4 else "large", conditions=conditions)
    return convener, delegates


@pytest.fixture
def table(db):
    return seated(db)


def vote(db, clock, delegates, this, *stances):
    pairs = zip(delegates, stances, strict=False)
    return [a_ballot(db, clock, one, this, stance) for one, stance in pairs if stance]


def test_every_figure_of_the_demonstration_is_computed_again(demo, clock):
    files = export(demo, clock, a_person(demo, role=Role.CONVENER))
    stranger, published = assert_computed_again(files)
    assert len(published) >= 10
    assert any(one["accord"] for one in published)
    shown = [one["id"] for one in stranger.rounds.values() if one["stances_shown"] == "yes"]
    assert [one["round"] for one in published] == shown
    assert len(shown) < len(stranger.rounds)


def test_every_kind_of_round_and_ballot_is_computed_again(any_db, clock):
    db = any_db
    convener, delegates = seated(db)
    open_one = a_round(db, clock, convener, rule=QUICK)
    full = ("support", "object", "stand_aside", "support_with_reservations", "support")
    first, *_ = vote(db, clock, delegates, open_one, *full, "abstain", "recused")
    a_ballot(db, clock, delegates[0], open_one, "object", replaces=first.id)
    a_recorded(db, clock, convener, open_one, delegates[7].seat.organisation_id, "support")
    sign_on = a_round(db, clock, convener, rule=None, kind=RoundKind.SIGN_ON)
    vote(db, clock, delegates, sign_on, "support", "support")
    short = a_round(db, clock, convener, rule=QUICK, days=1)
    vote(db, clock, delegates, short, "support", "support", "support", "support_with_reservations")
    a_round(db, clock, convener, rule=QUICK)  # nobody has answered
    clock.move(days=1)
    _, published = assert_computed_again(export(db, clock, convener))
    by_round = {one["round"]: one for one in published}
    seen = by_round[str(open_one.id)]
    assert (seen["object"], seen["support"], seen["missing"]) == ("2", "2", "0")
    assert (seen["size_weakest"], seen["size_minimum"]) == ("small", told(Fraction(2, 6)))
    assert by_round[str(sign_on.id)]["agreement"] == ""
    assert by_round[str(short.id)]["support_worst"] == "1.0"


def test_a_closed_round_tells_what_was_decided_and_by_which_figures(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK, days=1)
    vote(db, clock, delegates, this, *["support"] * 5)
    (before,) = rows(export(db, clock, convener), "rounds")
    assert (before["status"], before["outcome"], before["numbers"]) == ("open", "", "")
    clock.move(days=1)
    (after,) = rows(export(db, clock, convener), "rounds")
    assert (after["status"], after["outcome"]) == ("closed", "adopted")
    assert json.loads(after["rule"]) == QUICK.to_json()
    assert 5 in json.loads(after["numbers"]).values()


def test_the_chain_of_ballots_is_there_and_only_its_end_counts(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener)
    first, *_ = vote(db, clock, delegates, this, "support")
    a_ballot(db, clock, delegates[0], this, "object", replaces=first.id)
    chain = [
        (one["place"], one["stance"], one["replaced"], one["counts"])
        for one in rows(export(db, clock, convener), "ballots")
    ]
    assert chain == [("1", "support", "yes", "no"), ("2", "object", "no", "yes")]


def test_not_one_byte_of_the_export_moves_when_a_hidden_stance_changes(db, clock, table):
    convener, delegates = table
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    seen = a_round(db, clock, convener, rule=QUICK)
    vote(db, clock, delegates, seen, "object")
    last = a_ballot(db, clock, delegates[0], hidden, "support")
    before = export(db, clock, convener)
    for stance in ("object", "recused", "abstain"):
        assert export(db, clock, convener) == before
        last = a_ballot(db, clock, delegates[0], hidden, stance, replaces=last.id)
    assert export(db, clock, convener) == before
    assert {one["round"] for one in rows(before, "measures")} == {str(seen.id)}


def test_a_convener_with_a_seat_takes_not_even_its_own_hidden_stance_away(db, clock, table):
    convener, delegates = table
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], hidden, "object")
    files = export(db, clock, replace(delegates[0], role=Role.CONVENER))
    assert [rows(files, name) for name in ("ballots", "objections", "measures")] == [[], [], []]


def test_a_hidden_round_tells_its_stances_once_it_has_closed(db, clock, table):
    convener, delegates = table
    hidden = a_round(db, clock, convener, rule=QUICK, results=Results.HIDDEN, days=1)
    a_ballot(db, clock, delegates[0], hidden, "object")
    clock.move(days=1)
    files = export(db, clock, convener)
    assert [one["stance"] for one in rows(files, "ballots")] == ["object"]
    (objection,) = rows(files, "objections")
    assert (objection["round"], objection["by_ballot"]) == (str(hidden.id), "yes")


def test_what_people_wrote_runs_in_no_spreadsheet_and_their_reasons_stay_here(db, clock, table):
    convener, delegates = table
    declare(db, delegates[0], name="@SUM(A1)", conditions=["=1+1"])
    subject = a_proposal(db, clock, convener, title='=HYPERLINK("http://x.example")')
    this = a_round(db, clock, convener, proposal_id=subject)
    a_ballot(db, clock, delegates[1], this, "object", reason="It names our patient Wren.")
    files = export(db, clock, convener)
    (exported,) = rows(files, "rounds")
    assert exported["title"] == '\'=HYPERLINK("http://x.example")'
    assert "'@SUM(A1)" in {one["name"] for one in rows(files, "organisations")}
    cells = [cell for name in files for line in csv.reader(StringIO(files[name])) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert not [name for name, content in files.items() if "Wren" in content]


def test_the_dictionary_tells_of_every_column_of_every_file(db, clock, table):
    files = export(db, clock, table[0])
    described = [(one["file"], one["column"]) for one in rows(files, "dictionary")]
    there = [
        (name, column)
        for name, content in files.items()
        for column in next(csv.reader(StringIO(content)))
    ]
    assert described == there
    assert all(one["meaning"] and one["type"] for one in rows(files, "dictionary"))


def test_a_table_without_a_round_has_files_with_headings_alone(db, clock):
    files = export(db, clock, a_person(db, role=Role.CONVENER))
    assert {name for name in files if rows(files, name.removesuffix(".csv"))} == {
        "dictionary.csv",
        "export.csv",
    }


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_take_it_away(db, clock, role):
    with pytest.raises(PermissionMissing):
        export(db, clock, a_person(db, role=role))
    with pytest.raises(SignInNeeded):
        export(db, clock, None)


def test_ten_rounds_ask_as_few_questions_as_one(db, clock, table):
    convener, _ = table
    asked = []

    def count():
        asked.clear()
        export(db, clock, convener)
        return len(asked)

    a_round(db, clock, convener)
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = count()
    for _ in range(9):
        a_round(db, clock, convener)
    assert count() == of_one <= 29


def test_batches_join_without_a_seam(db, clock, table, monkeypatch):
    convener, delegates = table
    for _ in range(3):
        vote(db, clock, delegates, a_round(db, clock, convener), "support", "object", "abstain")
    whole = export(db, clock, convener)
    monkeypatch.setattr(research, "BATCH", 2)
    assert export(db, clock, convener) == whole
