"""The timeline of a proposal: what is in it, for whom, in what order, and how much it asks."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.proposals import ProposalNotFound
from coalition.domain.deliberation.readiness import Item
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rolls import Change
from coalition.domain.deliberation.rounds import Results
from coalition.domain.deliberation.stances import Stance
from coalition.domain.discussion.comments import Audience
from coalition.domain.ground.permissions import Role, SignInNeeded
from coalition.domain.table.timelines import Kind, Place, What
from coalition.services.deliberation import (
    ballots,
    clearances,
    disclosures,
    objections,
    proposals,
    recording,
    rolls,
    rounds,
)
from coalition.services.deliberation.recording import RecordForm
from coalition.services.discussion import suggestions
from coalition.services.table import timelines
from coalition.services.table.forgetting import forget
from coalition.services.table.timelines import PAGE
from coalition.store import schema
from tests import deciding, deliberating, suggesting
from tests.builders import (
    NO_CHAMPION,
    QUICK,
    a_ballot,
    a_comment,
    a_delegate,
    a_person,
    a_proposal,
    a_round,
    a_table,
    an_organisation,
)


@pytest.fixture
def table(db):
    return a_table(db)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def us(table):
    return table[1][0]


@pytest.fixture
def other(table):
    return table[1][1]


@pytest.fixture
def this(db, clock, convener):
    """A round that opened an hour ago, so that nothing else is of the same moment."""
    opened = a_round(db, clock, convener)
    clock.move(hours=1)
    return opened


def told(db, clock, person, proposal_id, *kinds, page=1):
    return timelines.timeline(
        db, actor=person, now=clock(), proposal_id=proposal_id, kinds=kinds, page=page
    )


def newest(db, clock, person, this, *kinds):
    """Return the newest event of some kinds."""
    return told(db, clock, person, this.proposal_id, *kinds).events[0]


def whats(db, clock, person, proposal_id, *kinds):
    """Return what happened, oldest first."""
    return [one.what for one in told(db, clock, person, proposal_id, *kinds).events][::-1]


def test_a_submission_begins_it(db, clock, convener):
    proposal_id = a_proposal(db, clock, convener)
    [one] = told(db, clock, convener, proposal_id).events
    assert (one.what, one.person, one.at) == (What.SUBMITTED, "Casey Convener", clock())
    assert (one.place, one.facts.version) == (Place.SUMMARY, 1)


def test_a_withdrawal_says_who_when_and_why(db, clock, convener, us, this):
    proposals.withdraw_proposal(
        db, clock, actor=convener, proposal_id=this.proposal_id, reason="The bill died.", tell=True
    )
    at = clock()
    clock.move(days=2)
    one = newest(db, clock, us, this)
    assert (one.what, one.person, one.at) == (What.WITHDRAWN, "Casey Convener", at)
    assert one.facts.words == "The bill died."
    cancelled = newest(db, clock, us, this, Kind.ROUND)
    assert (cancelled.what, cancelled.person, cancelled.at) == (What.CANCELLED, one.person, at)


def test_versions_tell_their_mark_and_note_and_lead_to_the_change(db, clock, convener, us, this):
    deliberating.revised(db, clock, convener, this, deliberating.EDITORIAL, note="A comma.")
    clock.move(hours=1)
    deliberating.revised(db, clock, convener, this, note="Clause 2 is gone.")
    later, first = told(db, clock, us, this.proposal_id, Kind.TEXT).events
    assert (first.what, first.facts.version, first.facts.words) == (What.EDITORIAL, 2, "A comma.")
    assert (later.what, later.person) == (What.SUBSTANTIVE, "Casey Convener")
    assert (later.place, later.item) == (Place.TEXT, 3)


def test_a_contest_tells_whose_it_is_and_why(db, clock, convener, us, other, this):
    version = deliberating.revised(db, clock, convener, this, deliberating.EDITORIAL)
    clock.move(hours=1)
    deliberating.contested(db, clock, us, version, reason="It is a new duty.")
    one = newest(db, clock, other, this, Kind.TEXT)
    assert (one.what, one.organisation) == (What.CONTESTED, us.seat.organisation)
    assert (one.facts.version, one.facts.words) == (2, "It is a new duty.")


def test_suggestions_tell_who_made_answered_and_applied_them(db, clock, convener, us, this):
    made = suggesting.a_suggestion(
        db, clock, us, this.proposal_id, answered="accepted", by=convener
    )
    suggesting.a_suggestion(db, clock, us, this.proposal_id, answered="declined", by=convener)
    gone = suggesting.a_suggestion(db, clock, us, this.proposal_id)
    suggestions.withdraw(db, clock, actor=us, suggestion_id=gone)
    clock.move(hours=1)
    body = deliberating.texts(db, this)[-1].body.replace(suggesting.QUOTE, suggesting.WORDING)
    suggestions.revise(
        db,
        clock,
        actor=convener,
        proposal_id=this.proposal_id,
        revision=deliberating.a_revision(db, this, body=body),
        token="t",
        including=(made,),
    )
    found = told(db, clock, convener, this.proposal_id, Kind.SUGGESTION).events
    assert found[0].what is What.APPLIED
    assert (found[0].item, found[0].organisation) == (2, us.seat.organisation)
    assert sorted(one.what for one in found[1:]) == sorted(
        [What.SUGGESTED] * 3 + [What.ACCEPTED, What.DECLINED]
    )
    accepted = next(one for one in found if one.what is What.ACCEPTED)
    assert (accepted.person, accepted.facts.words) == ("Casey Convener", "A note")
    assert [one.facts.code for one in found].count("withdrawn") == 1


def test_an_objection_tells_each_state_it_came_to(db, clock, convener, us, other, this):
    one = deliberating.an_objection(db, clock, us, this.proposal_id)
    clock.move(hours=1)
    deliberating.answered(db, clock, convener, one)
    clock.move(hours=1)
    deliberating.resolved(db, clock, us, one)
    found = told(db, clock, other, this.proposal_id, Kind.OBJECTION).events[::-1]
    states = [What.OBJECTED, What.OBJECTION_ANSWERED, What.OBJECTION_WITHDRAWN]
    assert [each.what for each in found] == states
    assert {each.organisation for each in found} == {us.seat.organisation}
    assert [each.person for each in found] == [us.name, "Casey Convener", us.name]
    assert (found[0].facts.code, found[0].place) == ("should", Place.OBJECTIONS)


def test_an_objection_raised_again_after_its_answer_is_told_as_that(db, clock, convener, us, this):
    one = deliberating.an_objection(db, clock, us, this.proposal_id)
    clock.move(hours=1)
    deliberating.answered(db, clock, convener, one)
    clock.move(hours=1)
    objections.reopen_objection(db, clock, actor=us, objection_id=one, remark="Not so.")
    assert newest(db, clock, us, this, Kind.OBJECTION).what is What.REOPENED


def test_an_objection_met_by_a_version_tells_which(db, clock, convener, us, this):
    deliberating.voted(db, clock, us, this, "object")
    clock.move(hours=1)
    deliberating.revised(db, clock, convener, this)
    clock.move(hours=1)
    deliberating.voted(db, clock, us, this, "support")
    one = newest(db, clock, us, this, Kind.OBJECTION)
    assert (one.what, one.facts.version) == (What.OBJECTION_MET, 2)


def test_a_verdict_that_upholds_an_objection_tells_it_after_the_verdict(db, clock):
    made = deciding.a_decision(db, clock, "object", "support", "support")
    found = whats(db, clock, made.convener, made.round.proposal_id)
    assert found[-4:] == [What.CLOSED, What.VERDICT, What.UPHELD, What.PUBLISHED]
    upheld = newest(db, clock, made.convener, made.round, Kind.OBJECTION)
    assert upheld.person == "", "the rule did it"


def test_a_round_tells_its_rule_its_roll_and_what_it_opened_without(db, clock, us, this):
    opened, waived = told(db, clock, us, this.proposal_id, Kind.ROUND).events
    assert (opened.what, opened.facts.n, opened.facts.until) == (What.OPENED, 3, this.closes_at)
    assert opened.facts.opening.preset == "working_table"
    assert (opened.place, opened.item) == (Place.STANCES, this.id)
    assert (waived.what, waived.facts.code) == (What.WAIVED, Item.INTERESTS)
    assert waived.facts.words == NO_CHAMPION[Item.INTERESTS]


def test_a_planned_round_is_told_before_it_opens_and_once_more_then(db, clock, convener, us):
    opens = clock() + timedelta(days=1)
    this = a_round(db, clock, convener, opens_at=opens)
    assert whats(db, clock, us, this.proposal_id, Kind.ROUND)[0] is What.SCHEDULED
    assert What.OPENED not in whats(db, clock, us, this.proposal_id)
    clock.hour = opens
    assert whats(db, clock, us, this.proposal_id, Kind.ROUND)[-1] is What.OPENED


def test_a_planned_round_that_was_cancelled_never_opened(db, clock, convener, us):
    this = a_round(db, clock, convener, opens_at=clock() + timedelta(days=1))
    clock.move(hours=1)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake.")
    one = newest(db, clock, us, this)
    assert (one.what, one.at, one.person) == (What.CANCELLED, clock(), "Casey Convener")
    clock.move(days=3)
    assert What.OPENED not in whats(db, clock, us, this.proposal_id)


def test_extensions_and_roll_changes_tell_who_and_why(db, clock, convener, us, this):
    later = this.closes_at + timedelta(days=2)
    rounds.extend_round(
        db, clock, actor=convener, round_id=this.id, closes_at=later, reason="Boards meet."
    )
    clock.move(hours=1)
    added = an_organisation(db, name="Late Fictional Org")
    rolls.change_roll(
        db,
        clock,
        actor=convener,
        round_id=this.id,
        organisation_id=added,
        change=Change.ADDED,
        reason="It joined.",
    )
    roll, more = told(db, clock, us, this.proposal_id, Kind.ROUND).events[:2]
    assert (more.what, more.facts.until, more.facts.words) == (
        What.EXTENDED,
        later,
        "Boards meet.",
    )
    assert (roll.what, roll.organisation) == (What.ADDED, "Late Fictional Org")
    assert (roll.person, roll.facts.words) == ("Casey Convener", "It joined.")
    opened = told(db, clock, us, this.proposal_id, Kind.ROUND).events[2]
    assert opened.facts.n == 3, "it opened to those who were on the roll then"


def test_a_last_call_tells_when_its_clock_stopped_and_ran_again(db, clock, convener, us):
    this = a_round(db, clock, convener, rule=deliberating.LAST_CALL, preset="last_call")
    clock.move(hours=1)
    one = deliberating.an_objection(db, clock, us, this.proposal_id, deliberating.MUST)
    clock.move(hours=1)
    deliberating.resolved(db, clock, us, one)
    found = whats(db, clock, us, this.proposal_id, Kind.ROUND)
    assert found[-2:] == [What.STOPPED, What.RESTARTED]
    running = deliberating.now_of(db, this)
    assert newest(db, clock, us, this, Kind.ROUND).facts.until == running.closes_at


def test_ballots_tell_what_they_did_to_the_one_before(db, clock, convener, us, other, this):
    deliberating.voted(db, clock, us, this, "object")
    clock.move(hours=1)
    deliberating.voted(db, clock, us, this, "object", reason="In other words.")
    deliberating.revised(db, clock, convener, this)
    clock.move(hours=1)
    deliberating.confirmed(db, clock, us, this)
    clock.move(hours=1)
    deliberating.voted(db, clock, us, this, "support")
    clock.move(hours=1)
    deliberating.withdrawn(db, clock, us, this)
    clock.move(hours=1)
    deliberating.voted(db, clock, us, this, "abstain")
    found = told(db, clock, other, this.proposal_id, Kind.STANCE).events[::-1]
    assert [one.what for one in found] == [
        What.GIVEN,
        What.REPEATED,
        What.CONFIRMED,
        What.CHANGED,
        What.TAKEN_BACK,
        What.GIVEN,
    ]
    changed = found[3]
    assert (changed.organisation, changed.facts.before) == (us.seat.organisation, "object")
    assert (changed.facts.code, changed.facts.version) == ("support", 2)
    assert (changed.place, changed.item) == (Place.STANCES, this.id)


def test_ones_own_answer_leads_to_where_it_can_be_changed(db, clock, us, this):
    a_ballot(db, clock, us, this, "support")
    one = newest(db, clock, us, this, Kind.STANCE)
    assert (one.place, one.item) == (Place.STANCE, this.id)


def test_a_recorded_answer_tells_who_entered_it_and_how_it_came(db, clock, convener, us, this):
    form = RecordForm(
        this.id,
        us.seat.organisation_id,
        this.version_id,
        Stance.SUPPORT,
        Words(),
        Evidence(Channel.PHONE, "Ada", clock()),
        None,
        "t",
    )
    recording.record_ballot(db, clock, actor=convener, form=form)
    one = newest(db, clock, us, this, Kind.STANCE)
    assert (one.what, one.person, one.facts.via) == (What.RECORDED, "Casey Convener", "phone")
    clock.move(hours=1)
    deliberating.confirmed(db, clock, us, this, disclosure=DisclosureForm(Interest.NONE))
    assert newest(db, clock, us, this, Kind.STANCE).what is What.CONFIRMED


def test_reviews_tell_until_when_and_that_they_are_over(db, clock, us, other, this):
    until = clock() + timedelta(days=3)
    clearances.mark_clearance(
        db, clock, actor=us, round_id=this.id, until=until, note="Board on Monday", token="t"
    )
    clock.move(hours=1)
    clearances.end_clearance(db, clock, actor=us, round_id=this.id)
    over, begun = told(db, clock, other, this.proposal_id, Kind.STANCE).events
    assert (begun.what, begun.facts.until) == (What.REVIEWING, until)
    assert begun.facts.words == "Board on Monday"
    assert (over.what, over.organisation) == (What.REVIEW_ENDED, us.seat.organisation)


def test_interests_are_told_but_not_each_no_that_came_with_a_ballot(
    db, clock, us, other, table, this
):
    a_ballot(db, clock, us, this, "support")
    a_ballot(db, clock, other, this, "recused", reason="We own shares.")
    disclosures.disclose(
        db,
        clock,
        actor=table[1][2],
        proposal_id=this.proposal_id,
        form=DisclosureForm(Interest.NONE),
        token="t",
    )
    found = told(db, clock, us, this.proposal_id, Kind.INTEREST).events
    assert {(one.what, one.organisation) for one in found} == {
        (What.INTERESTED, other.seat.organisation),
        (What.NO_INTEREST, table[1][2].seat.organisation),
    }
    assert "We own shares." in {one.facts.words for one in found}


def test_what_follows_a_decision_is_told_and_leads_to_its_page(db, clock):
    made = deciding.a_decision(db, clock)
    convener, us = made.convener, made.delegates[0]
    clock.move(days=1)
    deciding.a_dissent(db, clock, us, made.round)
    clock.move(days=1)
    deciding.taken_back(db, clock, us, made.round)
    clock.move(days=1)
    deciding.a_dissent(db, clock, us, made.round, deciding.DISSOCIATION)
    clock.move(days=1)
    deciding.an_outcome(db, clock, convener, made.round, on=(clock() + timedelta(days=30)).date())
    found = told(db, clock, us, made.round.proposal_id, Kind.DECISION).events
    assert [one.what for one in found[::-1]] == [
        What.VERDICT,
        What.PUBLISHED,
        What.MINORITY,
        What.MINORITY_ENDED,
        What.DISSOCIATED,
        What.STATED,
    ]
    assert {(one.place, one.item) for one in found} == {(Place.POSITION, made.round.id)}
    assert found[0].facts.code == (clock() + timedelta(days=30)).date().isoformat()
    assert found[-1].facts.code == "adopted"


def test_a_dissent_put_in_other_words_was_not_taken_back(db, clock):
    made = deciding.a_decision(db, clock)
    clock.move(days=1)
    first = deciding.a_dissent(db, clock, made.delegates[0], made.round)
    clock.move(days=1)
    deciding.a_dissent(
        db, clock, made.delegates[0], made.round, words="Far too slow.", replaces=first
    )
    found = whats(db, clock, made.convener, made.round.proposal_id, Kind.DECISION)
    assert found[2:] == [What.MINORITY, What.MINORITY]


def test_a_decision_and_the_one_that_took_its_place_tell_of_each_other(db, clock):
    older = deciding.a_decision(db, clock)
    newer = deciding.a_decision(
        db, clock, table=(older.convener, older.delegates), title="A newer text"
    )
    clock.move(days=1)
    deciding.superseded(db, clock, older.convener, older.round, newer.round)
    references = {}
    for made in (older, newer):
        proposal = proposals.detail(
            db, actor=older.convener, now=clock(), proposal_id=made.round.proposal_id
        ).proposal
        references[made.round.id] = proposal.reference
    one = newest(db, clock, older.convener, older.round)
    assert (one.what, one.facts.other) == (What.SUPERSEDED, references[newer.round.id])
    one = newest(db, clock, older.convener, newer.round)
    assert (one.what, one.facts.other) == (What.SUPERSEDES, references[older.round.id])
    assert one.facts.words == "One text is enough."


def test_an_early_close_tells_who_closed_it(db, clock, convener, table):
    this = a_round(db, clock, convener, rule=QUICK)
    clock.move(hours=1)
    for delegate in table[1]:
        a_ballot(db, clock, delegate, this, "support")
    clock.move(hours=1)
    rounds.close_early(db, clock, actor=convener, round_id=this.id)
    one = newest(db, clock, convener, this, Kind.ROUND)
    assert (one.what, one.person, one.at) == (What.CLOSED_EARLY, "Casey Convener", clock())


def test_a_thread_tells_how_many_have_spoken_and_conveners_notes_are_nowhere(
    db, clock, convener, us, this
):
    root = a_comment(db, clock, us, this.proposal_id, "How would this work?")
    a_comment(db, clock, convener, this.proposal_id, "Like this.", root_id=root)
    a_comment(db, clock, convener, this.proposal_id, "Call them.", audience=Audience.CONVENERS)
    for person in (us, convener):
        [one] = told(db, clock, person, this.proposal_id, Kind.DISCUSSION).events
        assert (one.what, one.facts.n, one.item) == (What.THREAD, 2, root)
        assert one.organisation == us.seat.organisation


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_a_hidden_ballot_changes_nothing_in_anybody_elses_timeline(db, clock, table, role):
    convener, [us, other, _] = table
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    watchers = [other, a_person(db, role=role), convener]

    def seen():
        return [told(db, clock, person, this.proposal_id) for person in watchers]

    before = seen()
    until = clock() + timedelta(days=3)
    clearances.mark_clearance(
        db, clock, actor=us, round_id=this.id, until=until, note="Board", token="c"
    )
    deliberating.voted(db, clock, us, this, "object")
    deliberating.voted(db, clock, us, this, "recused")
    assert seen() == before
    own = told(db, clock, us, this.proposal_id)
    assert own.kinds[Kind.STANCE] == 3
    assert {Kind.OBJECTION, Kind.INTEREST} <= set(own.kinds)

    clock.hour = this.closes_at
    for found in seen():
        assert found.kinds[Kind.STANCE] == 3
        assert found.kinds[Kind.OBJECTION] == 2
        assert found.kinds[Kind.INTEREST] == 1


def test_a_cancelled_hidden_round_keeps_back_what_was_hidden(db, clock, table):
    convener, [us, other, _] = table
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    clock.move(hours=1)
    deliberating.voted(db, clock, us, this, "object")
    clock.move(hours=1)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake.")
    clock.move(days=30)
    for person in (other, convener):
        found = told(db, clock, person, this.proposal_id)
        assert not {Kind.STANCE, Kind.OBJECTION, Kind.INTEREST} & set(found.kinds)
    assert told(db, clock, us, this.proposal_id).kinds[Kind.STANCE] == 1


def test_it_is_narrowed_to_kinds_and_still_says_what_else_there_is(db, clock, us, this):
    a_ballot(db, clock, us, this, "support")
    found = told(db, clock, us, this.proposal_id, Kind.STANCE, Kind.PROPOSAL)
    assert [one.kind for one in found.events] == [Kind.STANCE, Kind.PROPOSAL]
    assert found.total == 2
    assert found.kinds == {Kind.PROPOSAL: 1, Kind.ROUND: 2, Kind.STANCE: 1}


def test_it_is_read_page_by_page_and_nothing_is_lost_between(db, clock, us, this):
    for turn in range(PAGE + 5):
        clock.move(minutes=1)
        a_comment(db, clock, us, this.proposal_id, f"Thread {turn}")
    first = told(db, clock, us, this.proposal_id)
    second = told(db, clock, us, this.proposal_id, page=2)
    assert len(first.events) == PAGE
    every = [*first.events, *second.events]
    assert len(every) == first.total == PAGE + 8
    assert [one.at for one in every] == sorted((one.at for one in every), reverse=True)
    assert told(db, clock, us, this.proposal_id, page=99) == second
    whole = timelines.whole(db, actor=us, now=clock(), proposal_id=this.proposal_id)
    assert list(whole) == every


def test_events_of_one_moment_are_on_one_page_alone(db, clock, us, this):
    with db.writing() as conn:
        row = {
            "proposal_id": this.proposal_id,
            "written_by": us.account_id,
            "audience": "table",
            "body": "A word",
            "at": clock(),
        }
        conn.execute(insert(schema.comment), [row] * (2 * PAGE))
    pages = [told(db, clock, us, this.proposal_id, Kind.DISCUSSION, page=n).events for n in (1, 2)]
    assert len({one.item for page in pages for one in page}) == 2 * PAGE


def test_a_draft_and_a_stranger_have_no_timeline(db, clock, convener):
    proposal_id = a_proposal(db, clock, convener, submitted=False)
    with pytest.raises(ProposalNotFound):
        told(db, clock, a_delegate(db), proposal_id)
    with pytest.raises(SignInNeeded):
        told(db, clock, None, proposal_id)
    assert told(db, clock, convener, proposal_id).total == 0


def test_the_number_of_queries_does_not_grow_with_the_history(db, clock, us, this, queries):
    asked = []
    for size in (1, 40):
        for turn in range(size):
            a_comment(db, clock, us, this.proposal_id, f"Thread {size} {turn}")
            deliberating.voted(db, clock, us, this, "object" if turn % 2 else "support")
        with queries(db) as said:
            told(db, clock, us, this.proposal_id)
        asked.append(len(said))
    assert asked == [4, 4]


def test_whoever_was_erased_is_no_longer_named(db, clock, convener, us, this):
    deliberating.voted(db, clock, us, this, "support")
    forget(db, clock, who=us.email)
    one = newest(db, clock, convener, this, Kind.STANCE)
    assert (one.organisation, one.person) == (us.seat.organisation, "")


def test_a_withdrawn_ballot_leaves_what_was_said_in_the_story(db, clock, us, other, this):
    a_ballot(db, clock, us, this, "support")
    clock.move(hours=1)
    ballots.withdraw_ballot(db, clock, actor=us, round_id=this.id, token="w")
    one = newest(db, clock, other, this, Kind.STANCE)
    assert (one.what, one.facts.before) == (What.TAKEN_BACK, "support")
