"""The board report and the monthly note: who may have them, what they say, what they never say."""

import time
from datetime import timedelta

import pytest

from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.reports import Bar, Month, MonthAhead
from coalition.domain.insight.wishes import Wish
from coalition.press.pressing import Form, pressed
from coalition.services.deliberation import rounds
from coalition.services.insight import reporting
from coalition.words.speech import speak
from tests.builders import QUICK, a_ballot, a_person, a_proposal, a_round, a_table
from tests.conftest import TABLE

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


def board(db, clock, actor, **wish):
    return reporting.board_report(db, actor=actor, now=clock(), table=TABLE, wish=Wish(**wish))


def note(db, clock, actor, month=NOVEMBER):
    return reporting.monthly_note(db, actor=actor, now=clock(), table=TABLE, month=month)


def said(report):
    """Return everything a report says, bars as words and numbers, one line a row."""
    lines = [report.title, report.issuer, report.dated]
    for one in report.sections:
        lines += [one.heading, *one.sentences]
        for row in one.table.rows if one.table else ():
            lines.append(" | ".join(_words(cell) for cell in row))
    return "\n".join(lines)


def _words(cell):
    if isinstance(cell, Bar):
        return ", ".join(f"{part.word} {part.n}" for part in cell.parts)
    return cell


def a_titled_round(db, clock, convener, title, **plan):
    subject = a_proposal(db, clock, convener, title=title, pillar=plan.pop("pillar", Pillar.EQUITY))
    return a_round(db, clock, convener, proposal_id=subject, **plan)


def test_the_board_report_says_how_far_whom_to_call_and_who_is_silent(db, clock, table):
    convener, delegates = table
    this = a_titled_round(db, clock, convener, "Count copay help", rule=QUICK, days=3)
    a_ballot(db, clock, delegates[0], this, "support")
    a_ballot(db, clock, delegates[1], this, "object")
    told = said(board(db, clock, convener))
    assert "1 round is open. 1 closes within a week." in told
    assert "1 objection is open. 2 answers are still missing." in told
    assert "Count copay help | Support 1, Object 1, Not heard from 2 | 1 objection to re" in told
    names = [delegate.seat.organisation for delegate in delegates]
    assert f"Count copay help | {names[1]} | {names[2]} · {names[3]} | –" in told
    assert f"{names[2]} | 1 | 0 | 1" in told


def test_the_board_report_has_every_page_and_only_the_pillar_asked_for(db, clock, table):
    convener, _ = table
    for number in range(10):
        a_titled_round(db, clock, convener, f"Fair {number}", rule=QUICK, days=9)
    a_titled_round(db, clock, convener, "Paid", rule=QUICK, pillar=Pillar.COVERAGE)
    told = said(board(db, clock, convener, pillars=frozenset({Pillar.EQUITY})))
    assert all(f"Fair {number} |" in told for number in range(10))
    assert "Paid" not in told


def test_the_board_report_tells_what_was_decided_in_thirty_days_and_no_longer_ago(db, clock, table):
    convener, delegates = table
    for title, days in (("Long ago", 1), ("Of late", 20)):
        this = a_titled_round(db, clock, convener, title, rule=QUICK, days=days)
        for delegate in delegates[:3]:
            a_ballot(db, clock, delegate, this, "support")
    clock.move(days=40)
    told = said(board(db, clock, convener))
    assert "Of late | Adopted | Support 3, Not heard from 1 |" in told
    assert "Long ago" not in told
    assert "No round is open." in told


def test_there_is_no_note_of_a_month_that_has_not_begun(db, clock, table):
    with pytest.raises(MonthAhead):
        note(db, clock, table[0], NOVEMBER.after)
    assert "November 2026" in note(db, clock, table[0]).title


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_only_conveners_have_the_board_report(db, clock, table, role):
    with pytest.raises(PermissionMissing):
        board(db, clock, a_person(db, role=role))
    with pytest.raises(PermissionMissing):
        board(db, clock, table[1][0])
    with pytest.raises(SignInNeeded):
        board(db, clock, None)
    with pytest.raises(SignInNeeded):
        note(db, clock, None)


def test_the_note_tells_what_was_decided_and_by_which_rule(db, clock, table):
    convener, delegates = table
    this = a_titled_round(db, clock, convener, "Count copay help", rule=QUICK, days=2)
    for delegate in delegates[:3]:
        a_ballot(db, clock, delegate, this, "support")
    a_titled_round(db, clock, convener, "Warm?", kind=RoundKind.TEMPERATURE, rule=None, days=2)
    clock.move(days=3)
    told = said(note(db, clock, delegates[0]))
    assert "The table in November 2026" in told
    assert "2 rounds closed. 1 proposal was adopted." in told
    assert "Count copay help | Adopted | Support 3, Not heard from 1 |" in told
    assert "Warm? | Temperature check |" in told
    assert "One objection blocks it. At least 1 organisation must support it. | 2026-001" in told
    assert "What is open now?\nNo round is open." in told
    assert "Count copay help | Put to the table | 1 | – | 1 Nov 2026" in told


def test_a_month_begins_and_ends_in_the_hour_of_the_table(db, clock, table):
    convener, _ = table
    clock.hour = NOVEMBER.starts(TABLE.zone) - timedelta(days=2)
    for title, hours in (("October", 48 - 1), ("November", 48)):
        closes = clock() + timedelta(hours=hours)
        a_titled_round(db, clock, convener, title, rule=QUICK, closes_at=closes)
    clock.move(days=10)
    assert "October |" in _decided(note(db, clock, convener, OCTOBER))
    assert "November |" not in _decided(note(db, clock, convener, OCTOBER))
    assert "November |" in _decided(note(db, clock, convener))
    assert "October |" not in _decided(note(db, clock, convener))


def _decided(report):
    return said(report).partition("What is open now?")[0]


def test_the_note_is_the_same_whoever_asks(db, clock, table):
    """A convener knows who answered in a hidden round, an organisation what it said itself."""
    convener, delegates = table
    hidden = a_titled_round(db, clock, convener, "Quiet", rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], hidden, "object")
    seen = a_titled_round(db, clock, convener, "Seen", rule=QUICK)
    a_ballot(db, clock, delegates[0], seen, "object")
    everybody = [convener, *delegates, a_person(db, role=Role.OBSERVER)]
    told = {said(note(db, clock, person)) for person in everybody}
    assert len(told) == 1
    (only,) = told
    (line,) = [line for line in only.splitlines() if "Quiet" in line and "Hidden" in line]
    assert line.split(" | ")[1:3] == ["Hidden until it closes", "–"]


@pytest.mark.parametrize("form", Form)
def test_no_file_changes_when_a_hidden_stance_does(db, clock, table, form):
    convener, delegates = table
    hidden = a_titled_round(db, clock, convener, "Quiet", rule=QUICK, results=Results.HIDDEN)
    a_titled_round(db, clock, convener, "Seen", rule=QUICK)
    first = a_ballot(db, clock, delegates[0], hidden, "support")
    seen = set()
    for stance in ("object", "recused", "abstain"):
        first = a_ballot(db, clock, delegates[0], hidden, stance, replaces=first.id, remedy="Xylo")
        reports = board(db, clock, convener), note(db, clock, convener)
        assert "Xylo" not in "".join(map(said, reports))
        seen.add(reports)
        files = [pressed(one, form) for one in reports]
        assert all(b"Xylo" not in file for file in files)
    assert len(seen) == 1


def test_a_hidden_round_that_was_cancelled_stays_out(db, clock, table):
    convener, delegates = table
    this = a_titled_round(db, clock, convener, "Quiet", rule=QUICK, results=Results.HIDDEN)
    a_ballot(db, clock, delegates[0], this, "object")
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake")
    clock.move(days=1)
    assert "Quiet |" not in _decided(note(db, clock, convener))
    assert "Object 1" not in said(board(db, clock, convener))


def test_an_empty_table_gives_reports_that_say_so(db, clock):
    convener = a_person(db, role=Role.CONVENER)
    assert "No round is open.\n" in said(board(db, clock, convener))
    told = said(note(db, clock, convener))
    assert "No round closed this month." in told
    assert "No text was put to the table or changed this month." in told


def test_all_recused_and_one_organisation_is_no_fault(db, clock):
    convener, [only] = a_table(db, organisations=1)
    a_ballot(db, clock, only, a_round(db, clock, convener, rule=QUICK), "recused")
    told = said(board(db, clock, convener))
    assert "| Recused 1 |" in told
    assert "There is nobody to call." in told


def test_a_report_is_in_the_language_spoken(db, clock, table):
    a_round(db, clock, table[0], rule=QUICK)
    speak("es")
    found = board(db, clock, table[0])
    speak("en")
    assert found.language == "es"
    assert "Cómo va el consenso" in said(found)
    assert "Hay 1 ronda abierta." in said(found)


def test_many_silent_organisations_are_not_all_named_in_one_cell(db, clock):
    convener, _ = a_table(db, organisations=15)
    a_round(db, clock, convener, rule=QUICK)
    assert " and 3 more | –" in said(board(db, clock, convener))


def test_both_reports_ask_as_few_questions_of_ten_rounds_as_of_one(db, clock, table, queries):
    convener, delegates = table

    def count(make):
        with queries(db) as asked:
            make(db, clock, convener)
        return len(asked)

    def more(number):
        for _ in range(number):
            a_ballot(db, clock, delegates[0], a_round(db, clock, convener, rule=QUICK), "support")

    more(1)
    of_one = count(board), count(note)
    more(9)
    assert (count(board), count(note)) == of_one
    assert max(of_one) <= 40


def test_forty_proposals_are_a_file_within_ten_seconds(db, clock):
    """By this process's own time: another test on the same core is no fault of the report."""
    convener, delegates = a_table(db, organisations=10)
    for number in range(40):
        this = a_titled_round(db, clock, convener, f"Number {number}", rule=QUICK)
        a_ballot(db, clock, delegates[number % 10], this, "support")
    taken = {}
    for form in Form:
        began = time.process_time()
        assert pressed(board(db, clock, convener), form)
        taken[form.value] = round(time.process_time() - began, 2)
    print(taken)
    assert max(taken.values()) < 10
