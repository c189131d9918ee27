"""Numbers of other people's things, organisations that pause, disks that are full."""

import pytest

from coalition.domain.deliberation.ballots import ReceiptUnknown, SeatMissing
from coalition.domain.deliberation.proposals import NotYourProposal, ProposalNotFound
from coalition.domain.deliberation.rounds import RoundNotFound
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import NotPermitted, PermissionMissing, Role
from coalition.domain.people.organisations import OrganisationStatus
from coalition.services.deliberation import (
    ballots,
    chronicle,
    our_stances,
    proposals,
    receipts,
    standings,
)
from coalition.services.people import accounts, inquiries, invitations, organisations
from coalition.services.table.forgetting import NobodyToForget, forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.database import Database
from coalition.store.faults import DatabaseBusy, DatabaseFull
from tests import builders
from tests.services.test_tick import an_inquiry, rows

ABSURD = (0, -1, 999, 10**9 - 1)


def test_a_draft_of_others_is_nowhere_and_answers_as_if_there_were_none(db, clock):
    convener, [ours, other, _] = builders.a_table(db)
    token = "draft"
    text = builders.FINISHED
    number = proposals.start_draft(db, clock, actor=ours, text=text, token=token)
    observer = builders.a_person(db, role=Role.OBSERVER)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    for person in (other, observer, administrator):
        told = []
        for one in (number, 999):
            with pytest.raises(ProposalNotFound) as refused:
                proposals.detail(db, actor=person, now=clock(), proposal_id=one)
            told.append((refused.value.code, refused.value.facts))
        assert told[0] == told[1]
        listed = proposals.list_proposals(db, actor=person, now=clock(), words="copay")
        assert listed.total == 0
    with pytest.raises(ProposalNotFound):
        proposals.edit_draft(db, clock, actor=other, proposal_id=number, revision=1, text=text)
    with pytest.raises(ProposalNotFound):
        proposals.submit_proposal(db, clock, actor=other, proposal_id=number)
    proposals.submit_proposal(db, clock, actor=convener, proposal_id=number)
    with pytest.raises(NotYourProposal):
        proposals.withdraw_proposal(db, clock, actor=other, proposal_id=number)


@pytest.mark.parametrize("number", ABSURD)
def test_numbers_of_nothing_are_refused_in_words(db, clock, number):
    convener, [ours, *_] = builders.a_table(db)
    now = clock()
    for question in (standings.standing, standings.participation, chronicle.chronicle):
        with pytest.raises(RoundNotFound):
            question(db, actor=ours, now=now, round_id=number)
    with pytest.raises(RoundNotFound):
        ballots.offer(db, actor=ours, now=now, round_id=number)
    with pytest.raises(ProposalNotFound):
        proposals.detail(db, actor=ours, now=now, proposal_id=number)
    assert standings.position(db, now=now, round_id=number) is None
    with pytest.raises(CoalitionError):
        inquiries.read(db, actor=convener, inquiry_id=number, now=now)
    with pytest.raises(CoalitionError):
        proposals.set_champion(
            db, clock, actor=convener, proposal_id=number, organisation_id=number
        )


@pytest.mark.parametrize("number", ABSURD)
def test_no_proposal_is_championed_by_nobody(db, clock, number):
    convener, _ = builders.a_table(db)
    here = builders.a_proposal(db, clock, convener)
    with pytest.raises(CoalitionError):
        proposals.set_champion(db, clock, actor=convener, proposal_id=here, organisation_id=number)


def test_a_member_reads_no_inquiry_and_edits_no_organisation(db, clock):
    _, [ours, *_] = builders.a_table(db)
    inquiry = an_inquiry(db, clock)
    with pytest.raises(PermissionMissing):
        inquiries.read(db, actor=ours, inquiry_id=inquiry, now=clock())
    with pytest.raises(PermissionMissing):
        organisations.set_status(
            db, clock, actor=ours, organisation_id=ours.seat.organisation_id,
            status=OrganisationStatus.PAUSED, token="t",
        )  # fmt: skip


def test_whose_seat_ended_reads_nothing_more_of_it(db, clock):
    convener, [ours, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    cast = builders.a_ballot(db, clock, ours, this, "support")
    with db.writing() as conn:
        conn.execute(schema.seat.update().values(to_at=clock()))
    now = clock()
    with pytest.raises(SeatMissing):
        our_stances.history(db, actor=ours, now=now)
    with pytest.raises(SeatMissing):
        ballots.offer(db, actor=ours, now=now, round_id=this.id)
    with pytest.raises(SeatMissing):
        ballots.withdraw_ballot(db, clock, actor=ours, round_id=this.id, token="t")
    stale = builders.a_person(db)
    with pytest.raises(ReceiptUnknown):
        receipts.find(db, actor=stale, now=now, receipt=cast.receipt)


def test_a_convener_raises_nobody_and_takes_nobodys_account(db, clock):
    convener, [ours, *_] = builders.a_table(db)
    begun = builders.a_person(db, password=builders.PASSWORD)
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    for role in (Role.CONVENER, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            invitations.invite(
                db, clock, actor=convener, name="X", email="x@example.org", role=role, token=role
            )
    for victim in (begun, administrator):
        with pytest.raises(NotPermitted):
            invitations.renew_link(db, clock, actor=convener, account_id=victim.account_id)
    assert ours.role is Role.MEMBER


def test_an_erased_account_never_comes_back(db, clock):
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    gone = builders.a_person(db, password=builders.PASSWORD)
    forget(db, clock, who=gone.email)
    given = {"actor": administrator, "account_id": gone.account_id}
    for deed in (accounts.reactivate, accounts.deactivate, invitations.renew_link):
        with pytest.raises(CoalitionError):
            deed(db, clock, **given)
    with pytest.raises(CoalitionError):
        accounts.change_role(db, clock, role=Role.OBSERVER, **given)


@pytest.mark.parametrize("who", ["account:99999999999999999999", "account:\u0663", "account:-1"])
def test_nobody_has_an_absurd_number(db, clock, who):
    with pytest.raises(NobodyToForget):
        forget(db, clock, who=who)


def _change_minds(db, clock, ours, this):
    before = None
    for _ in range(200):
        cast = builders.a_ballot(
            db, clock, ours, this, "object", reason="r" * 2_000, replaces=before
        )
        before = cast.id


def test_a_full_disk_gives_no_receipt_and_keeps_what_was(db, clock):
    convener, [ours, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    before = verify(db).head
    with db.engine.connect() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseFull):
        _change_minds(db, clock, ours, this)
    kept = len(rows(db, schema.ballot))
    assert kept == len(rows(db, schema.ballot_words))
    assert verify(db).is_whole
    assert verify(db).head.seq == before.seq + kept


def test_a_locked_database_gives_no_receipt(db, clock):
    convener, [ours, *_] = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    impatient = Database(db.url.render_as_string(hide_password=False), busy=50)
    with db.writing(), pytest.raises(DatabaseBusy):
        builders.a_ballot(impatient, clock, ours, this, "support")
    assert rows(impatient, schema.ballot) == []
    impatient.dispose()
