"""The traps that cost others years, and what is told in full elsewhere, J8's slips among it.

What no other test holds is proved here; for the rest one line leads to the test that does, and
that line fails once the test is gone.
"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.rounds import Results
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.services.deliberation import proposals, standings
from coalition.services.table.ticking import tick
from coalition.store import schema
from tests import builders
from tests.conftest import ROOT
from tests.deliberating import verdict_of

MANY = 1_000
ELSEWHERE = {
    "Loomio: of two outcomes the second is the current one": (
        "services/test_outcomes.py",
        "given_a_closed_round_when_a_second_outcome_is_stated_then_it_is_the_current_one",
    ),
    "Loomio: an empty outcome is refused": (
        "services/test_outcomes.py",
        "an_empty_or_endless_statement_is_refused",
    ),
    "Loomio: a review due today is announced once however often the job runs": (
        "services/test_outcomes.py",
        "a_review_due_today_is_announced_once_however_often_the_job_runs",
    ),
    "Loomio: no review date, nothing": (
        "services/test_outcomes.py",
        "without_a_review_date_nothing_is_announced",
    ),
    "Decidim: an accepted amendment becomes the text and its author is credited": (
        "services/test_suggestions.py",
        "accept_amendment_the_parent_becomes_the_amended_text_and_its_author_is_credited",
    ),
    "Decidim: only its author withdraws an amendment": (
        "services/test_suggestions.py",
        "withdraw_amendment_only_by_its_author_and_only_while_open",
    ),
    "Decidim: only its author promotes it, after rejection": (
        "services/test_suggestions.py",
        "promote_amendment_only_by_its_author_and_only_after_rejection",
    ),
    "Decidim: an answer stored but not published": (
        "services/test_outcomes.py",
        "given_an_answer_stored_but_not_published_then_inside_it_stands_and_in_public_not",
    ),
    "whole numbers alone: yes x den >= num x base": (
        "property/test_decisions.py",
        "a_share_is_exact_to_one_organisation",
    ),
    "seats and rule are snapshots of the opening": (
        "services/test_rounds.py",
        "opening_freezes_roll_rule_text_and_deadline",
    ),
    "the snapshot of the close is the record": (
        "services/test_rounds.py",
        "freezing_keeps_the_verdict_with_its_tally_once",
    ),
    "a late joiner has no vote": (
        "services/test_ballots.py",
        "an_organisation_that_joined_later_is_not_on_the_roll",
    ),
    "unless the convener adds it with a logged reason": (
        "services/test_rolls.py",
        "members_read_the_reason_and_the_trail_holds_none_of_it",
    ),
    "what is due runs once, however often the job does": (
        "services/test_tick.py",
        "a_second_run_finds_nothing_and_writes_nothing",
    ),
    "two jobs at once are one": ("services/test_outcomes.py", "two_jobs_at_once_announce_it_once"),
    "deadlines on nights when the clock changes": (
        "services/test_rounds.py",
        "a_deadline_on_a_daylight_saving_night_is_named_or_refused",
    ),
    "hours are hours, not days of the wall clock": (
        "services/test_rounds.py",
        "fourteen_wall_days_over_the_spring_change_are_too_short",
    ),
    "deadlines are kept finer than hours": (
        "services/test_rounds.py",
        "the_window_is_met_to_the_second",
    ),
    "hidden results leak nowhere: pages, files, counters, search": (
        "attacks/test_hidden_canary.py",
        "a_hidden_ballot_changes_nothing_for_anybody_else",
    ),
    "nor through the history": (
        "services/test_timelines.py",
        "a_hidden_ballot_changes_nothing_in_anybody_elses_timeline",
    ),
    "positions are named, objectors only with their consent": (
        "services/test_objections.py",
        "the_objector_is_named_only_with_its_consent",
    ),
    "cells that lead with a formula are harmless": (
        "attacks/test_words_people_write.py",
        "no_part_of_a_cell_runs_where_a_semicolon_or_line_parts_cells",
    ),
    "exports carry dissent": (
        "pages/test_decision.py",
        "the_files_of_a_closed_round_carry_the_dissent",
    ),
    "exports carry rule, version and recusals": (
        "pages/test_decision.py",
        "the_file_of_the_roll_says_on_which_text_and_by_which_rule",
    ),
    "the history says in which capacity somebody acted": (
        "cases/behaviour/test_openslides.py",
        "a_delegator_may_vote_all_the_same",
    ),
    "a seat has its own dates": (
        "services/test_seats.py",
        "a_seat_is_held_from_its_first_instant_until_just_before_its_last",
    ),
    "label and control are one element, and never colour alone": (
        "browser/test_screen_reader.py",
        "",
    ),
    "J8: two amendments hit the same sentence": (
        "pages/test_suggestions.py",
        "two_on_one_sentence_are_a_conflict_by_name",
    ),
    "J8: a small fix reopens nobody's answer": (
        "services/test_versions.py",
        "an_editorial_change_leaves_every_ballot_confirmed",
    ),
    "J8: unless a member objects within 48 hours": (
        "services/test_versions.py",
        "the_mark_can_be_contested_for_forty_eight_hours",
    ),
    "J8: no work is lost": (
        "pages/test_suggestions.py",
        "two_champions_saving_at_once_the_second_sees_the_change_and_loses_nothing",
    ),
    "J8: a long text stands stacked on a phone": (
        "browser/test_suggestion_journey.py",
        "what_an_observer_suggests_reaches_the_next_version_and_holders_confirm",
    ),
    "200 comments and more": (
        "services/test_comments.py",
        "five_hundred_comments_cost_as_many_questions_as_five",
    ),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_case_told_elsewhere_is_still_told_there(case):
    path, name = ELSEWHERE[case]
    told = (ROOT / "tests" / path).read_text(encoding="utf-8")
    assert re.search(rf"def test_{name}\b" if name else "def test_", told), case


def test_denominators_are_named_and_each_has_its_own():
    """Eligible, recused, participating (abstaining included) and voting are four numbers."""
    said = {Stance.SUPPORT: 4, Stance.OBJECT: 1, Stance.ABSTAIN: 2, Stance.RECUSED: 2}
    tally = Tally.of(said, eligible=12)
    numbers = decide(presets.get("two_thirds").rule, Case(tally)).numbers
    assert (numbers["roll"], numbers["base"]) == (12, 12 - 2)
    assert (numbers["heard"], numbers["votes_cast"]) == (4 + 1 + 2, 4 + 1)
    assert numbers["missing"] == 12 - 4 - 1 - 2 - 2


def test_closing_is_correct_when_read_though_no_job_ran(db, clock):
    """The verdict that is read and the one that a job freezes much later are the same."""
    convener, delegates = builders.a_table(db)
    this = builders.a_round(db, clock, convener, rule=builders.QUICK, days=1)
    for delegate in delegates:
        builders.a_ballot(db, clock, delegate, this, "support")
    clock.hour = this.closes_at + timedelta(days=40)
    read = standings.standing(db, actor=convener, now=clock(), round_id=this.id)
    assert (read.status, read.frozen) == ("closed", False)
    for _ in range(3):
        tick(db, clock)
    assert verdict_of(db, this).verdict == read.verdict


def test_a_list_of_1000_proposals_asks_as_little_as_one_of_10(db, clock, queries):
    """Decidim and Loomio both failed at long lists, not at voting."""
    convener, (delegate, *_) = builders.a_table(db)
    builders.a_round(db, clock, convener, rule=builders.QUICK, results=Results.HIDDEN)

    def asked():
        with queries(db) as said:
            found = proposals.list_proposals(db, actor=delegate, now=clock())
        return found.total, len(said)

    multiplied(db, 10)
    few, for_few = asked()
    multiplied(db, MANY)
    many, for_many = asked()
    assert (few, many) == (10, MANY)
    assert for_few == for_many


def multiplied(db, until):
    """Copy the first proposal until there are so many."""
    with db.writing() as conn:
        first = dict(conn.execute(select(schema.proposal)).mappings().first())
        there = len(conn.execute(select(schema.proposal.c.id)).all())
        copies = [
            {**first, "id": n, "reference": f"2026-{n:04}", "latest_round_id": None}
            for n in range(there + 1, until + 1)
        ]
        conn.execute(insert(schema.proposal), copies)
