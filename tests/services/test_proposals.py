from dataclasses import replace

import pytest

from coalition.domain.deliberation.proposals import (
    NotYourProposal,
    PillarTwice,
    ProposalChanged,
    ProposalFixed,
    ProposalNotFound,
    ProposalUnfinished,
    Stage,
)
from coalition.domain.deliberation.rounds import RoundAlreadyOpen, RoundKind
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable
from coalition.services.deliberation import proposals, rounds
from coalition.store.faults import HistoryKept
from coalition.store.ground import audit
from tests.builders import (
    FINISHED,
    QUICK,
    a_ballot,
    a_delegate,
    a_person,
    a_proposal,
    a_round,
    a_table,
)


@pytest.fixture
def table(db):
    return a_table(db)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def delegate(table):
    return table[1][0]


def drafted(db, clock, person, token="draft", **changes):
    text = replace(FINISHED, **changes)
    return proposals.start_draft(db, clock, actor=person, text=text, token=token)


def seen(db, clock, person, proposal_id):
    return proposals.detail(db, actor=person, now=clock(), proposal_id=proposal_id)


def test_a_draft_gets_a_reference_that_is_never_given_again(db, clock, delegate):
    ids = [drafted(db, clock, delegate, token=str(n)) for n in range(2)]

    references = [seen(db, clock, delegate, one).proposal.reference for one in ids]
    assert references == ["2026-001", "2026-002"]
    clock.move(days=90)
    later = drafted(db, clock, delegate, token="next year")
    assert seen(db, clock, delegate, later).proposal.reference == "2027-001"
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.exec_driver_sql("UPDATE proposal SET reference = '2026-009'")


def test_a_draft_is_championed_by_its_drafters_organisation(db, clock, delegate):
    this = seen(db, clock, delegate, drafted(db, clock, delegate)).proposal

    assert this.champion == delegate.seat.organisation
    assert this.text == FINISHED


def test_the_same_form_sent_twice_makes_one_draft(db, clock, delegate):
    assert drafted(db, clock, delegate) == drafted(db, clock, delegate)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"title": " "}, TextMissing),
        ({"title": "x" * 201}, TextTooLong),
        ({"title": "Pay\u202ecash"}, TextUnreadable),
        ({"summary": "a\x07b"}, TextUnreadable),
        ({"body": "x" * 50_001}, TextTooLong),
        ({"further_pillars": (Pillar.COVERAGE,)}, PillarTwice),
    ],
)
def test_text_that_cannot_be_kept_makes_no_draft(db, clock, delegate, change, refusal):
    with pytest.raises(refusal):
        drafted(db, clock, delegate, **change)

    found = proposals.list_proposals(db, actor=delegate, now=clock())
    assert found.total == 0


def test_saving_over_somebody_elses_save_is_refused_and_keeps_theirs(db, clock, convener, delegate):
    draft = drafted(db, clock, delegate)

    def save(person, title):
        proposals.edit_draft(
            db,
            clock,
            actor=person,
            proposal_id=draft,
            revision=1,
            text=replace(FINISHED, title=title),
        )

    save(convener, "The convener's title")
    with pytest.raises(ProposalChanged):
        save(delegate, "The delegate's title")

    assert seen(db, clock, delegate, draft).proposal.text.title == "The convener's title"


@pytest.mark.parametrize("field", ["ask", "ask_type", "target", "patient_line", "summary", "body"])
def test_an_unfinished_draft_is_not_submitted_and_names_the_field(db, clock, delegate, field):
    empty = None if field == "ask_type" else ""
    draft = drafted(db, clock, delegate, **{field: empty})

    with pytest.raises(ProposalUnfinished) as refused:
        proposals.submit_proposal(db, clock, actor=delegate, proposal_id=draft)

    assert refused.value.facts == {"field": field}
    assert seen(db, clock, delegate, draft).stage is Stage.DRAFT


def test_submitting_makes_version_one_once(db, clock, delegate):
    draft = drafted(db, clock, delegate)
    for _ in range(2):
        proposals.submit_proposal(db, clock, actor=delegate, proposal_id=draft)

    this = seen(db, clock, delegate, draft)
    assert [one.number for one in this.versions] == [1]
    assert this.versions[0].body == FINISHED.body
    with db.reading() as conn:
        trail = audit.trail(conn, subject=f"proposal:{draft}")
    assert [entry.action for entry in trail] == ["proposal.submitted", "proposal.drafted"]
    with pytest.raises(HistoryKept), db.writing() as conn:
        conn.exec_driver_sql("UPDATE text_version SET body = 'other'")


def test_a_submitted_text_is_not_edited_in_place(db, clock, convener):
    this = a_proposal(db, clock, convener)

    with pytest.raises(ProposalFixed):
        proposals.edit_draft(db, clock, actor=convener, proposal_id=this, revision=2, text=FINISHED)


def test_a_draft_is_its_makers_and_the_conveners_alone(db, clock, convener, delegate):
    draft = drafted(db, clock, delegate)
    stranger = a_delegate(db)
    colleague = a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)

    assert seen(db, clock, convener, draft)
    assert seen(db, clock, colleague, draft)
    with pytest.raises(ProposalNotFound):
        seen(db, clock, stranger, draft)
    listed = proposals.list_proposals(db, actor=stranger, now=clock(), words="copay")
    assert listed.total == 0
    with pytest.raises(ProposalNotFound):
        proposals.submit_proposal(db, clock, actor=stranger, proposal_id=draft)


def test_another_organisation_does_not_withdraw_what_it_can_read(db, clock, convener, delegate):
    submitted = drafted(db, clock, delegate)
    proposals.submit_proposal(db, clock, actor=delegate, proposal_id=submitted)

    with pytest.raises(NotYourProposal):
        proposals.withdraw_proposal(db, clock, actor=a_delegate(db), proposal_id=submitted)


def test_a_proposal_is_withdrawn_once_and_not_while_a_round_runs(db, clock, convener):
    this = a_round(db, clock, convener)
    with pytest.raises(RoundAlreadyOpen):
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=this.proposal_id)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="Withdrawn.")
    for _ in range(2):
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=this.proposal_id)

    assert seen(db, clock, convener, this.proposal_id).stage is Stage.WITHDRAWN


def test_a_decision_is_not_withdrawn(db, clock, convener):
    this = a_round(db, clock, convener, rule=QUICK)
    clock.hour = this.closes_at

    with pytest.raises(ProposalFixed):
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=this.proposal_id)


def test_the_stage_follows_the_round_and_the_clock(db, clock, convener, delegate):
    this = a_round(db, clock, convener, rule=QUICK)

    def stage():
        return seen(db, clock, delegate, this.proposal_id).stage

    def listed(wanted):
        return proposals.list_proposals(db, actor=delegate, now=clock(), stage=wanted).total

    assert (stage(), listed(Stage.OPEN), listed(Stage.SUBMITTED)) == (Stage.OPEN, 1, 0)
    clock.hour = this.closes_at
    assert (stage(), listed(Stage.OPEN), listed(Stage.DECIDED)) == (Stage.DECIDED, 0, 1)


def test_waiting_for_us_lists_what_our_organisation_has_not_answered(db, clock, table):
    convener, (one, other, _) = table
    this = a_round(db, clock, convener)
    a_ballot(db, clock, one, this, "support")

    def waiting(person):
        found = proposals.list_proposals(db, actor=person, now=clock(), waiting=True)
        return [each.proposal.id for each in found.items]

    assert waiting(one) == []
    assert waiting(other) == [this.proposal_id]
    assert waiting(convener) == []
    clock.hour = this.closes_at
    assert waiting(other) == []


@pytest.mark.parametrize("words", ["COPAY", "2026-001", "co\u200bpay", "ｃｏｐａｙ", "help toward"])
def test_a_search_finds_by_any_spelling(db, clock, convener, words):
    a_proposal(db, clock, convener)

    assert proposals.list_proposals(db, actor=convener, now=clock(), words=words).total == 1


@pytest.mark.parametrize("words", ["%", "_", "nothing of the kind"])
def test_a_search_takes_wildcards_as_letters(db, clock, convener, words):
    a_proposal(db, clock, convener)

    assert proposals.list_proposals(db, actor=convener, now=clock(), words=words).total == 0


def test_open_rounds_come_first_by_deadline(db, clock, convener):
    quiet = a_proposal(db, clock, convener)
    later = a_round(db, clock, convener, days=20)
    sooner = a_round(db, clock, convener, days=15)

    found = proposals.list_proposals(db, actor=convener, now=clock())

    order = [each.proposal.id for each in found.items]
    assert order == [sooner.proposal_id, later.proposal_id, quiet]


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
def test_observers_and_administrators_do_not_draft(db, clock, role):
    person = a_person(db, role=role)

    with pytest.raises(Exception, match=r"permission\.missing"):
        drafted(db, clock, person)


def test_the_champion_is_named_by_a_convener(db, clock, convener, delegate):
    this = a_proposal(db, clock, convener)
    proposals.set_champion(
        db,
        clock,
        actor=convener,
        proposal_id=this,
        organisation_id=delegate.seat.organisation_id,
    )

    assert seen(db, clock, delegate, this).proposal.champion == delegate.seat.organisation


def test_what_found_no_quorum_can_be_put_to_the_table_again(db, clock, convener):
    this = a_round(db, clock, convener, rule=QUICK)
    clock.hour = this.closes_at
    rounds.freeze_due(db, clock)

    assert seen(db, clock, convener, this.proposal_id).stage is Stage.SUBMITTED
    listed = proposals.list_proposals(db, actor=convener, now=clock(), stage=Stage.SUBMITTED)
    assert [one.stage for one in listed.items] == [Stage.SUBMITTED]


def test_a_sign_on_after_the_decision_leaves_it_decided(db, clock, table):
    convener, delegates = table
    this = a_round(db, clock, convener, rule=QUICK)
    for each in delegates:
        a_ballot(db, clock, each, this, "support")
    clock.hour = this.closes_at
    letter = a_round(
        db, clock, convener, proposal_id=this.proposal_id, kind=RoundKind.SIGN_ON, rule=None
    )

    assert seen(db, clock, convener, this.proposal_id).stage is Stage.OPEN
    clock.hour = letter.closes_at
    assert seen(db, clock, convener, this.proposal_id).stage is Stage.DECIDED
    decided = proposals.list_proposals(db, actor=convener, now=clock(), stage=Stage.DECIDED)
    assert decided.total == 1


def test_what_was_drafted_for_an_organisation_stays_with_it(db, clock, delegate):
    draft = drafted(db, clock, delegate)
    gone = replace(delegate, seat=None)

    with pytest.raises(ProposalNotFound):
        seen(db, clock, gone, draft)
    assert proposals.list_proposals(db, actor=gone, now=clock()).total == 0
    assert seen(db, clock, delegate, draft)
