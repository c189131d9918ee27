"""Readiness: a binding round opens complete or with a reason, and members read the reason."""

import pytest

from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.proposals import (
    NotYourProposal,
    ProposalChanged,
    ProposalFixed,
    ProposalNotFound,
)
from coalition.domain.deliberation.readiness import Item, NotReady
from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.perspectives import Perspective
from coalition.domain.ground.text import TextTooLong
from coalition.services.deliberation import checklists, disclosures, proposals, rounds
from coalition.services.deliberation.checklists import Supplement
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.ground import audit
from tests.builders import a_delegate, a_person, a_plan, a_proposal, a_round, a_table


@pytest.fixture
def table(db):
    return a_table(db)


def open_round(db, clock, convener, subject, **plan):
    return rounds.open_round(
        db, clock, actor=convener, proposal_id=subject, plan=a_plan(clock, **plan), token="open"
    )


def unmet(db, reader, subject):
    return checklists.checklist(db, actor=reader, proposal_id=subject).unmet


def a_supplement(db, subject, **changes):
    with db.reading() as conn:
        this = proposals_store.get(conn, subject)
    kept = {
        "revision": this.revision,
        "equity_note": this.text.equity_note,
        "heard": this.text.heard,
        "perspectives": this.text.perspectives,
        "summary_es": this.text.summary_es,
        "summary_es_by": this.text.summary_es_by,
    }
    return Supplement(**(kept | changes))


def supplement(db, clock, person, subject, given):
    checklists.supplement(db, clock, actor=person, proposal_id=subject, given=given)


def test_what_is_missing_and_not_waived_holds_a_binding_round(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener, heard="")
    with pytest.raises(NotReady) as refused:
        open_round(db, clock, convener, subject)
    assert refused.value.facts == {"field": "heard"}
    found = proposals.detail(db, actor=convener, now=clock(), proposal_id=subject)
    assert found.rounds == ()


def test_a_waiver_opens_it_and_every_member_reads_why(db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, convener, heard="")
    why = {Item.HEARD: "We listen next week.", Item.INTERESTS: "It has no champion."}
    opened = open_round(db, clock, convener, subject, waivers=why)
    for reader in (convener, delegate, a_person(db, role=Role.OBSERVER)):
        assert checklists.waivers(db, actor=reader, round_id=opened) == why
    with pytest.raises(SignInNeeded):
        checklists.waivers(db, actor=None, round_id=opened)


def test_the_trail_names_the_items_and_no_words(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener, heard="")
    why = {Item.HEARD: "We listen next week.", Item.INTERESTS: "It has no champion."}
    open_round(db, clock, convener, subject, waivers=why)
    with db.reading() as conn:
        (entry,) = audit.trail(conn, action="round.opened")
    assert entry.detail["waived"] == ["heard", "interests"]
    assert "listen" not in str(entry.detail)


@pytest.mark.parametrize("kind", [RoundKind.TEMPERATURE, RoundKind.SIGN_ON])
def test_what_binds_nobody_is_not_held(db, clock, table, kind):
    convener, _ = table
    subject = a_proposal(db, clock, convener, heard="", summary_es="")
    opened = open_round(db, clock, convener, subject, kind=kind, rule=None, waivers={})
    assert checklists.waivers(db, actor=convener, round_id=opened) == {}


def test_a_champion_that_was_asked_needs_no_waiver(db, clock, table):
    convener, (delegate, other, _) = table
    subject = a_proposal(db, clock, delegate)
    assert unmet(db, convener, subject) == (Item.INTERESTS,)
    for who, left in ((other, (Item.INTERESTS,)), (delegate, ())):
        disclosures.disclose(
            db, clock, actor=who, proposal_id=subject,
            form=DisclosureForm(Interest.NONE), token=f"{who.account_id}",
        )  # fmt: skip
        assert unmet(db, convener, subject) == left
    opened = open_round(db, clock, convener, subject, waivers={})
    assert checklists.waivers(db, actor=convener, round_id=opened) == {}


def test_a_reason_of_a_hundred_thousand_characters_opens_nothing(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    with pytest.raises(TextTooLong):
        open_round(db, clock, convener, subject, waivers={Item.INTERESTS: "x" * 100_000})


def test_what_is_missing_is_filled_in_while_the_text_is_before_the_table(db, clock, table):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, delegate, heard="", summary_es="", summary_es_by="")
    given = a_supplement(
        db, subject, heard=" Two people. ", summary_es="Hola.", summary_es_by="Lucía"
    )
    supplement(db, clock, delegate, subject, given)
    assert unmet(db, convener, subject) == (Item.INTERESTS,)
    found = proposals.detail(db, actor=convener, now=clock(), proposal_id=subject)
    assert found.proposal.text.heard == "Two people."
    assert len(found.versions) == 1


def test_it_can_be_filled_in_while_a_round_runs_and_touches_no_text(db, clock, table):
    convener, _ = table
    this = a_round(db, clock, convener)
    before = proposals.detail(db, actor=convener, now=clock(), proposal_id=this.proposal_id)
    given = a_supplement(db, this.proposal_id, heard="Ten more people.")
    supplement(db, clock, convener, this.proposal_id, given)
    after = proposals.detail(db, actor=convener, now=clock(), proposal_id=this.proposal_id)
    assert after.versions == before.versions
    assert after.rounds == before.rounds


def test_of_two_who_save_at_once_the_second_overwrites_nothing(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    first, second = (a_supplement(db, subject, heard=said) for said in ("One.", "Other."))
    supplement(db, clock, convener, subject, first)
    with pytest.raises(ProposalChanged):
        supplement(db, clock, convener, subject, second)
    found = proposals.detail(db, actor=convener, now=clock(), proposal_id=subject)
    assert found.proposal.text.heard == "One."


def test_saving_the_same_again_leaves_no_trace(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    supplement(db, clock, convener, subject, a_supplement(db, subject))
    with db.reading() as conn:
        assert audit.trail(conn, action="proposal.supplemented") == ()


def test_only_the_champion_and_conveners_fill_it_in(db, clock, table):
    convener, (delegate, other, _) = table
    subject = a_proposal(db, clock, delegate)
    given = a_supplement(db, subject, heard="Two people.")
    with pytest.raises(NotYourProposal):
        supplement(db, clock, other, subject, given)
    for role in (Role.OBSERVER, Role.ADMINISTRATOR):
        with pytest.raises(PermissionMissing):
            supplement(db, clock, a_person(db, role=role), subject, given)
    hidden = a_proposal(db, clock, convener, submitted=False)
    with pytest.raises(ProposalNotFound):
        supplement(db, clock, other, hidden, a_supplement(db, hidden))
    with pytest.raises(ProposalNotFound):
        checklists.checklist(db, actor=other, proposal_id=hidden)


def test_what_was_withdrawn_is_filled_in_no_more(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=subject)
    with pytest.raises(ProposalFixed):
        supplement(db, clock, convener, subject, a_supplement(db, subject, heard="Late."))


def test_the_checklist_asks_little_however_many_disclosed(db, clock, table, queries):
    convener, (delegate, *_) = table
    subject = a_proposal(db, clock, delegate)
    counts = []
    for _ in range(2):
        with queries(db) as said:
            checklists.checklist(db, actor=convener, proposal_id=subject)
        counts.append(len(said))
        for n in range(6):
            disclosures.disclose(
                db, clock, actor=a_delegate(db), proposal_id=subject,
                form=DisclosureForm(Interest.NONE), token=f"{n}",
            )  # fmt: skip
    assert counts[0] == counts[1] <= 2


def test_whose_views_were_heard_is_kept_in_one_order(db, clock, table):
    convener, _ = table
    subject = a_proposal(db, clock, convener)
    heard = (Perspective.EMPLOYERS, Perspective.PATIENTS)
    supplement(db, clock, convener, subject, a_supplement(db, subject, perspectives=heard))
    found = proposals.detail(db, actor=convener, now=clock(), proposal_id=subject)
    assert found.proposal.text.perspectives == (Perspective.PATIENTS, Perspective.EMPLOYERS)
