import pytest
from sqlalchemy import select

from coalition.domain.deliberation.ballots import (
    AuthorityMissing,
    NothingToWithdraw,
    NotOnTheRoll,
    ReasonMissing,
    ReceiptUnknown,
    SeatMissing,
    SomebodyAnswered,
    StanceMissing,
    StanceNotOffered,
    TextMoved,
)
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import (
    Results,
    RoundClosed,
    RoundKind,
    RoundNotFound,
    RoundNotOpen,
)
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.text import TextTooLong, TextUnreadable
from coalition.services.deliberation import ballots, receipts
from coalition.services.deliberation.ballots import BallotForm
from coalition.store.deliberation import ballots as store
from coalition.store.deliberation import tallies
from coalition.store.ground import audit
from coalition.store.schema import ballot, ballot_words, seat
from tests.builders import a_ballot, a_delegate, a_form, a_person, a_round, a_table


def standing(db, this, delegate):
    with db.reading() as conn:
        return store.standing(conn, this.id, delegate.seat.organisation_id)


def trail(db, this):
    with db.reading() as conn:
        return [e for e in audit.trail(conn, subject=f"round:{this.id}") if "ballot" in e.action]


def rows(db):
    with db.reading() as conn:
        return conn.execute(select(ballot)).all()


@pytest.fixture
def table(db):
    return a_table(db)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def delegate(table):
    return table[1][0]


@pytest.fixture
def this(db, clock, convener):
    return a_round(db, clock, convener)


def test_a_ballot_is_kept_with_its_receipt_and_remembered_by_digest_alone(
    db, clock, delegate, this
):
    cast = a_ballot(db, clock, delegate, this, "support")

    assert standing(db, this, delegate) == cast
    [entry] = trail(db, this)
    assert entry.action == "ballot.cast"
    assert entry.detail == {"ballot": cast.id, "digest": cast.digest(), "disclosure": 1}
    assert "support" not in str(entry.detail)


def test_a_second_ballot_takes_the_place_of_the_first_and_both_stay(db, clock, delegate, this):
    first = a_ballot(db, clock, delegate, this, "abstain")
    second = a_ballot(db, clock, delegate, this, "support", replaces=first.id)

    assert standing(db, this, delegate) == second
    assert second.replaces == first.id
    assert len(rows(db)) == 2


def test_a_double_click_records_once_and_gives_the_same_receipt(db, clock, delegate, this):
    form = a_form(this, "support", token="one form")
    first = ballots.cast_ballot(db, clock, actor=delegate, form=form)
    again = ballots.cast_ballot(db, clock, actor=delegate, form=form)

    assert again.receipt == first.receipt
    assert len(rows(db)) == 1


def test_a_colleague_is_told_before_replacing(db, clock, delegate, this):
    colleague = a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)
    first = a_ballot(db, clock, delegate, this, "support")

    with pytest.raises(SomebodyAnswered):
        a_ballot(db, clock, colleague, this, "object")
    replaced = a_ballot(db, clock, colleague, this, "object", replaces=first.id)

    assert replaced.capacity == "alternate"
    assert standing(db, this, delegate) == replaced


@pytest.mark.parametrize(
    ("stance", "words", "refusal"),
    [
        (None, {}, StanceMissing),
        ("object", {"reason": ""}, ReasonMissing),
        ("object", {"reason": " \n "}, ReasonMissing),
        ("recused", {"reason": ""}, ReasonMissing),
        ("support", {"authority": ""}, AuthorityMissing),
        ("support", {"reason": "x" * 2_001}, TextTooLong),
        ("support", {"reason": "a\x00b"}, TextUnreadable),
        ("support", {"reason": "a\u202eb"}, TextUnreadable),
    ],
)
def test_what_cannot_stand_leaves_no_trace(db, clock, delegate, this, stance, words, refusal):
    with pytest.raises(refusal):
        a_ballot(db, clock, delegate, this, stance, **words)

    assert rows(db) == []
    assert trail(db, this) == []


def test_a_reason_of_exactly_the_limit_is_kept(db, clock, delegate, this):
    assert a_ballot(db, clock, delegate, this, "object", reason="x" * 2_000).id


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        (Role.OBSERVER, PermissionMissing),
        (Role.CONVENER, PermissionMissing),
        (Role.ADMINISTRATOR, PermissionMissing),
        (Role.MEMBER, SeatMissing),
    ],
)
def test_nobody_without_a_seat_votes(db, clock, this, role, refusal):
    person = a_person(db, role=role)

    with pytest.raises(refusal):
        a_ballot(db, clock, person, this, "support")

    assert rows(db) == []


def test_a_stranger_is_asked_to_sign_in(db, clock, this):
    with pytest.raises(SignInNeeded):
        a_ballot(db, clock, None, this, "support")


def test_a_seat_that_ended_no_longer_votes(db, clock, delegate, this):
    with db.writing() as conn:
        conn.execute(
            seat.update().where(seat.c.account_id == delegate.account_id).values(to_at=clock.hour)
        )

    with pytest.raises(SeatMissing):
        a_ballot(db, clock, delegate, this, "support")


def test_an_organisation_that_joined_later_is_not_on_the_roll(db, clock, this):
    latecomer = a_delegate(db)

    with pytest.raises(NotOnTheRoll):
        a_ballot(db, clock, latecomer, this, "support")


def test_the_very_instant_of_the_close_is_too_late(db, clock, delegate, this):
    clock.hour = this.closes_at

    with pytest.raises(RoundClosed):
        a_ballot(db, clock, delegate, this, "support")


def test_a_microsecond_before_the_close_is_in_time(db, clock, delegate, this):
    clock.hour = this.closes_at
    clock.move(microseconds=-1)

    assert a_ballot(db, clock, delegate, this, "support").cast_at == clock.hour


def test_a_round_that_opens_tomorrow_takes_no_ballot_today(db, clock, convener, delegate):
    later = clock.hour.replace(day=3)
    this = a_round(db, clock, convener, opens_at=later, days=20)

    with pytest.raises(RoundNotOpen):
        a_ballot(db, clock, delegate, this, "support")


def test_a_stance_for_another_text_is_refused(db, clock, delegate, this):
    form = a_form(this, "support")
    stale = BallotForm(
        form.round_id, VersionId(form.version_id + 1), form.stance, form.words, None, "stale"
    )

    with pytest.raises(TextMoved):
        ballots.cast_ballot(db, clock, actor=delegate, form=stale)


def test_a_sign_on_offers_only_to_sign(db, clock, convener, delegate):
    this = a_round(db, clock, convener, kind=RoundKind.SIGN_ON, rule=None)

    with pytest.raises(StanceNotOffered):
        a_ballot(db, clock, delegate, this, "object")
    assert a_ballot(db, clock, delegate, this, "support").stance is Stance.SUPPORT


def test_withdrawing_leaves_the_organisation_unheard_and_the_history_whole(
    db, clock, delegate, this
):
    a_ballot(db, clock, delegate, this, "support")
    withdrawal = ballots.withdraw_ballot(
        db, clock, actor=delegate, round_id=this.id, token="withdraw"
    )

    assert standing(db, this, delegate).stance is None
    assert len(rows(db)) == 2
    with db.reading() as conn:
        assert tallies.tallies(conn, [this])[this.id].returned == 0
    with pytest.raises(NothingToWithdraw):
        ballots.withdraw_ballot(db, clock, actor=delegate, round_id=this.id, token="again")
    again = a_ballot(db, clock, delegate, this, "support", replaces=withdrawal.id)
    assert standing(db, this, delegate) == again


def test_nothing_can_be_withdrawn_after_the_close(db, clock, delegate, this):
    a_ballot(db, clock, delegate, this, "support")
    clock.hour = this.closes_at

    with pytest.raises(RoundClosed):
        ballots.withdraw_ballot(db, clock, actor=delegate, round_id=this.id, token="late")


def test_a_receipt_is_found_by_its_organisation_and_the_convener_only(
    db, clock, table, delegate, this
):
    convener, (_, other, _) = table
    receipt = a_ballot(db, clock, delegate, this, "support").receipt

    typed = f" {receipt.lower().replace('-', ' ')} "
    found = receipts.find(db, actor=delegate, now=clock(), receipt=typed)
    assert found.stated.entry.ballot.stance is Stance.SUPPORT
    assert (found.shown, found.stands) == (True, True)
    assert receipts.find(db, actor=convener, now=clock(), receipt=receipt).shown
    with pytest.raises(ReceiptUnknown):
        receipts.find(db, actor=other, now=clock(), receipt=receipt)


def test_a_receipt_says_whether_its_ballot_still_stands(db, clock, delegate, this):
    first = a_ballot(db, clock, delegate, this, "abstain")
    a_ballot(db, clock, delegate, this, "support", replaces=first.id)

    found = receipts.find(db, actor=delegate, now=clock(), receipt=first.receipt)

    assert not found.stands


def test_while_results_are_hidden_a_receipt_tells_the_convener_no_stance(
    db, clock, table, delegate
):
    convener, _ = table
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    receipt = a_ballot(db, clock, delegate, this, "object").receipt

    found = receipts.find(db, actor=convener, now=clock(), receipt=receipt)

    assert not found.shown
    assert found.stated.entry.ballot.stance is None
    assert found.stated.entry.words.reason == ""


def test_the_history_of_a_hidden_round_is_each_organisations_own(db, clock, table):
    convener, (one, other, _) = table
    this = a_round(db, clock, convener, results=Results.HIDDEN)
    mine = a_ballot(db, clock, one, this, "support")
    a_ballot(db, clock, other, this, "object")

    seen = ballots.history(db, actor=one, now=clock(), round_id=this.id)

    assert [entry.ballot for entry in seen] == [mine]
    assert ballots.history(db, actor=convener, now=clock(), round_id=this.id) == ()
    clock.hour = this.closes_at
    assert len(ballots.history(db, actor=one, now=clock(), round_id=this.id)) == 2


def test_erased_words_leave_the_hash_and_the_tally(db, clock, delegate, this):
    cast = a_ballot(db, clock, delegate, this, "object")
    with db.writing() as conn:
        assert store.erase_words_of(conn, delegate.account_id, at=clock()) == 1

    with db.reading() as conn:
        [words] = conn.execute(select(ballot_words)).all()
        tally = tallies.tallies(conn, [this])[this.id]
    assert (words.salt, words.reason, words.authority) == ("", "", "")
    assert standing(db, this, delegate).words_hash == cast.words_hash
    assert (tally.counts[Stance.OBJECT], tally.objections_without_reason) == (1, 0)


def test_an_unknown_round_is_told_as_such(db, clock, delegate, this):
    form = a_form(this, "support")
    nowhere = BallotForm(9_999, form.version_id, form.stance, form.words, None, "nowhere")

    with pytest.raises(RoundNotFound):
        ballots.cast_ballot(db, clock, actor=delegate, form=nowhere)
