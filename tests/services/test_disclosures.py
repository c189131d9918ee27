"""Disclosures: asked before the first ballot on a proposal, and never a way to read a stance."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.deliberation.disclosures import (
    DisclosureForm,
    DisclosureMissing,
    Interest,
    RecusalContradicted,
    StatementMissing,
)
from coalition.domain.deliberation.proposals import ProposalId, ProposalNotFound
from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import TextTooLong
from coalition.services.deliberation import ballots, disclosures, rounds
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store.deliberation import tallies
from coalition.store.ground import audit
from tests.builders import a_delegate, a_form, a_person, a_proposal, a_round, a_table
from tests.services.test_interests import declare

WE_DO = DisclosureForm(Interest.TAKES_PART, "A maker of insulin pays for our camp.")
NONE = DisclosureForm(Interest.NONE)


@pytest.fixture
def table(db):
    return a_table(db)


def cast(db, clock, delegate, this, stance, disclosure, **form):
    sent = replace(a_form(this, stance, **form), disclosure=disclosure)
    return ballots.cast_ballot(db, clock, actor=delegate, form=sent)


def told(db, clock, reader, this):
    found = disclosures.disclosures(db, actor=reader, now=clock(), proposal_id=this.proposal_id)
    return {one.organisation_id: (one.interested, one.statement) for one in found}


def disclose(db, clock, delegate, proposal_id, form=NONE, token="t"):
    disclosures.disclose(db, clock, actor=delegate, proposal_id=proposal_id, form=form, token=token)


def test_without_an_answer_the_first_ballot_is_refused(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    with pytest.raises(DisclosureMissing) as refused:
        cast(db, clock, delegate, this, "support", None)
    assert refused.value.facts == {"field": "interest"}
    assert ballots.history(db, actor=delegate, now=clock(), round_id=this.id) == ()


def test_it_is_asked_once_a_proposal_whatever_rounds_follow(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    first = cast(db, clock, delegate, this, "abstain", NONE)
    cast(db, clock, delegate, this, "support", None, replaces=first.id)
    clock.move(days=16)
    again = a_round(db, clock, convener, proposal_id=this.proposal_id)
    assert cast(db, clock, delegate, again, "object", None).stance == "object"
    other = a_round(db, clock, convener)
    with pytest.raises(DisclosureMissing):
        cast(db, clock, delegate, other, "support", None)


def test_each_organisation_answers_for_itself(db, clock, table):
    convener, (delegate, other, _) = table
    this = a_round(db, clock, convener)
    cast(db, clock, delegate, this, "support", WE_DO)
    with pytest.raises(DisclosureMissing):
        cast(db, clock, other, this, "support", None)
    alternate = a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)
    asked = disclosures.our_interest(db, actor=alternate, now=clock(), proposal_id=this.proposal_id)
    assert asked.on_record.statement == WE_DO.statement


@pytest.mark.parametrize("kind", [RoundKind.SIGN_ON, RoundKind.TEMPERATURE])
def test_what_binds_nobody_asks_nobody(db, clock, table, kind):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener, kind=kind, rule=None)
    cast(db, clock, delegate, this, "support", NONE)
    assert told(db, clock, delegate, this) == {}


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_an_interest_is_named_or_refused(db, clock, table, blank):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    with pytest.raises(StatementMissing):
        cast(db, clock, delegate, this, "support", DisclosureForm(Interest.TAKES_PART, blank))
    with pytest.raises(TextTooLong):
        cast(
            db, clock, delegate, this, "support",
            DisclosureForm(Interest.TAKES_PART, "x" * 100_000),
        )  # fmt: skip
    assert told(db, clock, delegate, this) == {}


@pytest.mark.parametrize(
    ("stance", "interest"),
    [
        ("support", Interest.RECUSES),
        ("recused", Interest.NONE),
        ("recused", Interest.TAKES_PART),
    ],
)
def test_who_recuses_says_so_in_both_answers(db, clock, table, stance, interest):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    with pytest.raises(RecusalContradicted):
        cast(db, clock, delegate, this, stance, DisclosureForm(interest, "We own shares."))
    assert told(db, clock, delegate, this) == {}


def test_a_recusal_leaves_the_base_and_its_reason_is_the_disclosure(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    cast(
        db, clock, delegate, this, "recused",
        DisclosureForm(Interest.RECUSES), reason="We own shares.",
    )  # fmt: skip
    home = delegate.seat.organisation_id
    assert told(db, clock, convener, this) == {home: (True, "We own shares.")}
    with db.reading() as conn:
        tally = tallies.tallies(conn, [this])[this.id]
    assert tally.counts["recused"] == 1


def test_a_recusal_by_itself_is_a_disclosure(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    cast(db, clock, delegate, this, "recused", None, reason="We own shares.")
    assert told(db, clock, convener, this)[delegate.seat.organisation_id][0]


def test_what_is_on_record_can_be_changed_with_the_next_ballot(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    first = cast(db, clock, delegate, this, "support", NONE)
    cast(db, clock, delegate, this, "support", WE_DO, replaces=first.id)
    home = delegate.seat.organisation_id
    assert told(db, clock, convener, this) == {home: (True, WE_DO.statement)}


def test_the_ballots_own_entry_tells_of_it_by_number(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    cast(db, clock, delegate, this, "support", WE_DO)
    with db.reading() as conn:
        (entry,) = audit.trail(conn, action="ballot.cast")
    assert set(entry.detail) == {"ballot", "digest", "disclosure"}
    assert verify(db).is_whole


def test_the_question_brings_what_was_declared_for_its_pillars_to_mind(db, clock, table):
    convener, (delegate, *_) = table
    declare(db, clock, delegate, topic="A grant")
    declare(db, clock, delegate, "u", topic="A trial", pillars=(Pillar.RESEARCH,))
    past = clock().date() - timedelta(days=3)
    declare(db, clock, delegate, "v", topic="Long over", from_on=past, to_on=past)
    subject = a_proposal(db, clock, convener, pillar=Pillar.COVERAGE)

    def topics():
        asked = disclosures.our_interest(db, actor=delegate, now=clock(), proposal_id=subject)
        return [one.declared.topic for one in asked.declared]

    assert topics() == ["A grant"]


def test_a_champion_answers_before_the_round(db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, delegate, submitted=False)
    for _ in range(2):
        disclose(db, clock, delegate, subject, WE_DO)
    with db.reading() as conn:
        (entry,) = audit.trail(conn, action="disclosure.made")
    assert entry.subject == f"proposal:{subject}"
    found = disclosures.disclosures(db, actor=convener, now=clock(), proposal_id=subject)
    assert [one.statement for one in found] == [WE_DO.statement]


def test_outside_a_ballot_nobody_recuses(db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, convener)
    with pytest.raises(RecusalContradicted):
        disclose(db, clock, delegate, subject, DisclosureForm(Interest.RECUSES, "Shares."))
    with pytest.raises(DisclosureMissing):
        disclose(db, clock, delegate, subject, DisclosureForm(None))


def test_a_draft_of_somebody_else_is_not_asked_about(db, clock, table):
    convener, (delegate, *_) = table
    for subject in (a_proposal(db, clock, convener, submitted=False), ProposalId(999)):
        with pytest.raises(ProposalNotFound):
            disclose(db, clock, delegate, subject)
        with pytest.raises(ProposalNotFound):
            disclosures.our_interest(db, actor=delegate, now=clock(), proposal_id=subject)
        with pytest.raises(ProposalNotFound):
            disclosures.disclosures(db, actor=delegate, now=clock(), proposal_id=subject)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR])
def test_only_a_delegate_is_asked(db, clock, table, role):
    subject = a_proposal(db, clock, table[0])
    person = a_person(db, role=role)
    with pytest.raises(PermissionMissing):
        disclose(db, clock, person, subject)
    with pytest.raises(PermissionMissing):
        disclosures.our_interest(db, actor=person, now=clock(), proposal_id=subject)
    with pytest.raises(SignInNeeded):
        disclosures.disclosures(db, actor=None, now=clock(), proposal_id=subject)


def test_while_results_are_hidden_a_disclosure_is_its_organisations_alone(db, clock, table):
    convener, (us, other, _) = table
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    cast(db, clock, us, this, "recused", None, reason="We own shares.")
    home = us.seat.organisation_id
    alternate = a_delegate(db, organisation_id=home, rank=1)
    assert told(db, clock, us, this) == told(db, clock, alternate, this) != {}
    for reader in (convener, other, a_person(db, role=Role.OBSERVER)):
        assert told(db, clock, reader, this) == {}
    clock.hour = this.closes_at
    assert told(db, clock, other, this) == {home: (True, "We own shares.")}


def test_what_was_said_before_a_hidden_round_stays_as_it_was_until_the_close(db, clock, table):
    convener, (us, other, _) = table
    subject = a_proposal(db, clock, us)
    disclose(db, clock, us, subject)
    clock.move(hours=1)
    this = a_round(db, clock, convener, proposal_id=subject, results=Results.HIDDEN)
    home = us.seat.organisation_id
    assert told(db, clock, other, this) == {home: (False, "")}
    cast(db, clock, us, this, "recused", None, reason="We own shares.")
    assert told(db, clock, other, this) == {home: (False, "")}
    clock.hour = this.closes_at
    assert told(db, clock, other, this) == {home: (True, "We own shares.")}


def test_a_cancelled_hidden_round_keeps_its_disclosures(db, clock, table):
    convener, (us, other, _) = table
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    cast(db, clock, us, this, "recused", None, reason="We own shares.")
    clock.move(hours=1)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake.")
    clock.move(days=30)
    assert told(db, clock, other, this) == {}
    again = a_round(db, clock, convener, proposal_id=this.proposal_id)
    cast(db, clock, us, again, "support", NONE)
    assert told(db, clock, other, again) == {us.seat.organisation_id: (False, "")}


def test_forgetting_a_person_erases_the_statement_and_keeps_that_there_was_one(db, clock, table):
    convener, (delegate, *_) = table
    this = a_round(db, clock, convener)
    cast(db, clock, delegate, this, "support", WE_DO)
    forget(db, clock, who=delegate.email)
    assert told(db, clock, convener, this) == {delegate.seat.organisation_id: (True, "")}
    assert verify(db).is_whole
