"""Versions and re-confirmation: consent follows the text."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.deliberation.ballots import (
    AuthorityMissing,
    NothingToConfirm,
    SeatMissing,
    SomebodyAnswered,
    TextMoved,
)
from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import NotYourProposal, ProposalNotFound, VersionId
from coalition.domain.deliberation.rounds import (
    NotEveryoneHeard,
    Results,
    RoundClosed,
    RoundKind,
    Terms,
)
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.versions import (
    ContestOver,
    MarkMissing,
    NotEditorial,
    NothingChanged,
    TextJustChanged,
    TextSettled,
    TooLateToChange,
    VersionMoved,
)
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.services.deliberation import ballots, proposals, rounds, standings, versions
from coalition.services.table.forgetting import forget
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation import versions as store
from coalition.store.ground import audit
from tests.builders import (
    QUICK,
    a_ballot,
    a_delegate,
    a_person,
    a_proposal,
    a_recorded,
    a_round,
    a_table,
)
from tests.deliberating import (
    EDITORIAL,
    SUBSTANTIVE,
    a_confirmation,
    a_revision,
    confirmed,
    contested,
    count_of,
    now_of,
    revised,
    standing,
    tally_of,
    texts,
    verdict_of,
    voted,
    withdrawn,
)

SECOND = timedelta(seconds=1)
HALF = Rule.from_json({"quorum": {"num": 1, "den": 2}, "min_support": 1})
SENT_BACK = Rule.from_json({"min_support": 1, "recirculate_once": True})


@pytest.fixture
def table(db):
    return a_table(db)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def delegates(table):
    return table[1]


@pytest.fixture
def this(db, clock, convener):
    return a_round(db, clock, convener, rule=HALF)


def entries(db, action):
    with db.reading() as conn:
        return audit.trail(conn, action=action)


def carried(db, this):
    """Return which organisations' ballots were given on an earlier text."""
    with db.reading() as conn:
        given = tallies_store.given(conn, [this.id])
    return {organisation for (_, organisation), one in given.items() if one.carried}


class TestANewVersion:
    def test_it_is_numbered_noted_and_remembered_by_its_hash(self, db, clock, convener, this):
        made = revised(db, clock, convener, this, EDITORIAL, note="  A comma. ")

        assert (made.number, made.note, made.mark, made.round_id) == (2, "A comma.", "editorial", 1)
        assert texts(db, this)[-1] == made
        [entry] = entries(db, "version.written")
        assert entry.subject == f"proposal:{this.proposal_id}"
        assert entry.detail == {
            "version": 2,
            "mark": "editorial",
            "text": made.content_hash,
            "round": this.id,
        }

    def test_the_proposal_and_the_round_show_the_text_in_force(
        self, db, clock, convener, delegates, this
    ):
        made = revised(db, clock, convener, this, title="Count every cent of copay help")

        seen = proposals.detail(db, actor=delegates[0], now=clock(), proposal_id=this.proposal_id)
        assert seen.proposal.text.title == made.title
        assert seen.proposal.text.body == made.body
        assert seen.proposal.text.patient_line, "what is not text of the proposal stays"
        assert (now_of(db, this).version_id, now_of(db, this).version) == (made.id, 2)
        assert now_of(db, this).first_version_id == this.version_id
        found = proposals.list_proposals(db, actor=convener, now=clock(), words="every cent")
        assert [one.proposal.id for one in found.items] == [this.proposal_id]

    def test_a_double_click_makes_one_version(self, db, clock, convener, this):
        form = a_revision(db, this)
        sent = {"actor": convener, "proposal_id": this.proposal_id, "revision": form}
        first = versions.revise(db, clock, **sent, token="one form")
        assert versions.revise(db, clock, **sent, token="one form") == first
        assert len(texts(db, this)) == 2

    def test_of_two_champions_saving_at_once_the_second_is_shown_the_first(
        self, db, clock, convener, this
    ):
        """The refusal names the version made meanwhile; the form keeps what was typed."""
        theirs = a_revision(db, this, body="The second champion's text.")
        revised(db, clock, convener, this, body="The first champion's text.")

        with pytest.raises(VersionMoved) as refusal:
            revised(db, clock, convener, this, **vars_of(theirs))

        assert refusal.value.facts["version"] == 2
        assert texts(db, this)[-1].body == "The first champion's text."
        again = revised(db, clock, convener, this, body=theirs.body)
        assert (again.number, again.body) == (3, theirs.body)

    def test_a_text_that_says_the_same_is_no_version(self, db, clock, convener, this):
        same = texts(db, this)[-1]
        with pytest.raises(NothingChanged):
            revised(db, clock, convener, this, body=f" {same.body}\r\n")
        assert len(texts(db, this)) == 1

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"mark": None}, MarkMissing),
            ({"note": " "}, TextMissing),
            ({"body": ""}, TextMissing),
            ({"body": "x" * 100_000}, TextTooLong),
        ],
    )
    def test_what_cannot_stand_changes_nothing(self, db, clock, convener, this, changes, refusal):
        with pytest.raises(refusal):
            revised(db, clock, convener, this, **changes)

        assert len(texts(db, this)) == 1
        assert now_of(db, this) == this
        assert entries(db, "version.written") == ()


class TestWhoMayChangeAText:
    def test_the_champions_people_and_conveners(self, db, clock, convener, delegates):
        champion = delegates[0]
        this = a_round(db, clock, convener, proposal_id=a_proposal(db, clock, champion))
        colleague = a_delegate(db, organisation_id=champion.seat.organisation_id, rank=1)

        assert [
            revised(db, clock, person, this).number for person in (champion, colleague, convener)
        ] == [2, 3, 4]
        with pytest.raises(NotYourProposal):
            revised(db, clock, delegates[1], this)

    @pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
    def test_nobody_else(self, db, clock, this, role):
        with pytest.raises(PermissionMissing):
            revised(db, clock, a_person(db, role=role), this)
        with pytest.raises(SignInNeeded):
            revised(db, clock, None, this)

    def test_a_draft_is_edited_not_revised(self, db, clock, convener, this):
        draft = replace(this, proposal_id=a_proposal(db, clock, convener, submitted=False))
        form = replace(a_revision(db, this), base_id=VersionId(0))
        for person, refusal in (
            (convener, TextSettled),
            (a_delegate(db), ProposalNotFound),
        ):
            with pytest.raises(refusal):
                versions.revise(
                    db,
                    clock,
                    actor=person,
                    proposal_id=draft.proposal_id,
                    revision=form,
                    token=f"draft {person.account_id}",
                )


class TestWhenATextMayChange:
    @pytest.mark.parametrize(("left", "is_late"), [(SECOND, False), (-SECOND, True)])
    def test_not_so_late_that_nobody_could_answer(self, db, clock, convener, this, left, is_late):
        clock.hour = this.closes_at - timedelta(hours=48) - left
        if is_late:
            with pytest.raises(TooLateToChange):
                revised(db, clock, convener, this)
            later = this.closes_at + timedelta(days=1)
            extend(db, clock, convener, this, later)
        assert revised(db, clock, convener, this).number == 2

    def test_where_a_contest_strikes_ballots_time_is_left_to_give_them_again(
        self, db, clock, convener
    ):
        this = a_round(db, clock, convener, rule=HALF, terms=Terms(unconfirmed="missing"))
        clock.hour = this.closes_at - timedelta(hours=95)
        with pytest.raises(TooLateToChange):
            revised(db, clock, convener, this, mark=EDITORIAL)
        assert revised(db, clock, convener, this, mark=SUBSTANTIVE).number == 2

    def test_before_the_opening_nobody_has_answered_so_nothing_is_carried(
        self, db, clock, convener, delegates
    ):
        later = clock() + timedelta(days=3)
        this = a_round(db, clock, convener, rule=HALF, opens_at=later, days=20)
        made = revised(db, clock, convener, this)
        clock.hour = later

        assert now_of(db, this).version_id == made.id
        voted(db, clock, delegates[0], this, "support")
        assert count_of(db, this).confirmed == 1

    def test_a_withdrawn_proposal_stays_as_it_is(self, db, clock, convener):
        number = a_proposal(db, clock, convener)
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=number)
        with pytest.raises(TextSettled):
            revised_proposal(db, clock, convener, number)

    def test_a_decided_text_stays_as_it_is(self, db, clock, convener, delegates, this):
        for delegate in delegates:
            a_ballot(db, clock, delegate, this, "support")
        clock.hour = this.closes_at
        with pytest.raises(TextSettled):
            revised(db, clock, convener, this)
        rounds.freeze_due(db, clock)
        with pytest.raises(TextSettled):
            revised(db, clock, convener, this)

    def test_a_clock_set_back_opens_no_decided_text(self, db, clock, convener, delegates, this):
        for delegate in delegates:
            a_ballot(db, clock, delegate, this, "support")
        opened = clock.hour
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)
        clock.hour = opened

        with pytest.raises(RoundClosed):
            revised(db, clock, convener, this)


class TestEditorialAndSubstantive:
    def test_an_editorial_change_leaves_every_ballot_confirmed(
        self, db, clock, convener, delegates, this
    ):
        a_ballot(db, clock, delegates[0], this, "support")
        revised(db, clock, convener, this, EDITORIAL)

        assert carried(db, this) == set()
        assert (count_of(db, this).confirmed, count_of(db, this).carried) == (1, 0)

    def test_a_substantive_change_leaves_them_given_on_version_1(
        self, db, clock, convener, delegates, this
    ):
        a_ballot(db, clock, delegates[0], this, "support")
        revised(db, clock, convener, this)

        with db.reading() as conn:
            [given] = tallies_store.given(conn, [this.id]).values()
        assert (given.stance, given.version, given.carried) == (Stance.SUPPORT, 1, True)
        assert not given.is_confirmed

    def test_an_editorial_change_after_a_substantive_one_confirms_nobody(
        self, db, clock, convener, delegates, this
    ):
        a_ballot(db, clock, delegates[0], this, "support")
        revised(db, clock, convener, this, SUBSTANTIVE)
        voted(db, clock, delegates[1], this, "support")
        revised(db, clock, convener, this, EDITORIAL)

        assert carried(db, this) == {delegates[0].seat.organisation_id}

    def test_only_who_voted_or_abstained_is_asked(self, db, clock, convener, delegates, this):
        """A recusal leaves the base whatever the text says, and silence is asked by the round."""
        a_ballot(db, clock, delegates[0], this, "abstain")
        a_ballot(db, clock, delegates[1], this, "recused")
        revised(db, clock, convener, this)

        assert carried(db, this) == {delegates[0].seat.organisation_id}
        confirmed(db, clock, delegates[0], this)
        for delegate in (delegates[1], delegates[2]):
            with pytest.raises((NothingToConfirm, SomebodyAnswered)):
                confirmed(db, clock, delegate, this)


class TestContesting:
    @pytest.mark.parametrize(("past", "is_over"), [(-SECOND, False), (SECOND, True)])
    def test_the_mark_can_be_contested_for_forty_eight_hours(
        self, db, clock, convener, delegates, this, past, is_over
    ):
        a_ballot(db, clock, delegates[0], this, "support")
        made = revised(db, clock, convener, this, EDITORIAL)
        clock.hour += timedelta(hours=48) + past

        if is_over:
            with pytest.raises(ContestOver):
                contested(db, clock, delegates[1], made)
            assert carried(db, this) == set()
        else:
            contested(db, clock, delegates[1], made)
            assert carried(db, this) == {delegates[0].seat.organisation_id}

    def test_once_is_enough_and_the_first_reason_stays(self, db, clock, convener, delegates, this):
        made = revised(db, clock, convener, this, EDITORIAL)
        contested(db, clock, delegates[0], made, reason="It moves the year.")
        contested(db, clock, delegates[1], made, reason="Me too.")
        clock.move(hours=50)
        contested(db, clock, delegates[0], made)

        with db.reading() as conn:
            [kept] = store.contests(conn, this.proposal_id).values()
        assert kept.reason == "It moves the year."
        assert kept.organisation_id == delegates[0].seat.organisation_id
        [entry] = entries(db, "version.contested")
        assert entry.detail == {"version": 2, "round": this.id}

    def test_any_delegate_may_on_the_roll_or_not(self, db, clock, convener, this):
        latecomer = a_delegate(db)
        made = revised(db, clock, convener, this, EDITORIAL)

        contested(db, clock, latecomer, made)

        assert now_of(db, this).substantive_version_id == made.id

    @pytest.mark.parametrize(
        ("role", "refusal"),
        [
            (Role.OBSERVER, PermissionMissing),
            (Role.CONVENER, PermissionMissing),
            (Role.ADMINISTRATOR, PermissionMissing),
            (Role.MEMBER, SeatMissing),
        ],
    )
    def test_nobody_without_a_seat(self, db, clock, convener, this, role, refusal):
        made = revised(db, clock, convener, this, EDITORIAL)
        with pytest.raises(refusal):
            contested(db, clock, a_person(db, role=role), made)

    def test_a_blank_reason_is_none(self, db, clock, convener, delegates, this):
        made = revised(db, clock, convener, this, EDITORIAL)
        with pytest.raises(TextMissing):
            contested(db, clock, delegates[0], made, reason=" ")

    def test_what_is_substantive_or_the_first_cannot_be(self, db, clock, convener, delegates, this):
        for version in (texts(db, this)[0], revised(db, clock, convener, this)):
            with pytest.raises(NotEditorial):
                contested(db, clock, delegates[0], version)
        with pytest.raises(NotEditorial):
            contested(db, clock, delegates[0], replace(version, id=VersionId(999)))

    def test_of_two_changes_only_the_contested_one_is_asked_about(
        self, db, clock, convener, delegates, this
    ):
        a_ballot(db, clock, delegates[0], this, "support")
        first = revised(db, clock, convener, this, EDITORIAL)
        voted(db, clock, delegates[1], this, "support")
        revised(db, clock, convener, this, EDITORIAL)
        contested(db, clock, delegates[2], first)

        assert carried(db, this) == {delegates[0].seat.organisation_id}
        assert now_of(db, this).substantive_version_id == first.id

    def test_contesting_an_older_change_takes_nothing_from_a_newer_one(
        self, db, clock, convener, delegates, this
    ):
        older = revised(db, clock, convener, this, EDITORIAL)
        newer = revised(db, clock, convener, this, SUBSTANTIVE)
        contested(db, clock, delegates[0], older)

        assert now_of(db, this).substantive_version_id == newer.id

    def test_nobody_closes_the_round_before_it_could_be_contested(
        self, db, clock, convener, delegates, this
    ):
        for delegate in delegates:
            a_ballot(db, clock, delegate, this, "support")
        revised(db, clock, convener, this, EDITORIAL)

        clock.move(hours=48)
        clock.hour -= SECOND
        with pytest.raises(TextJustChanged):
            rounds.close_early(db, clock, actor=convener, round_id=this.id)
        clock.hour += SECOND
        assert rounds.close_early(db, clock, actor=convener, round_id=this.id)

    def test_once_everyone_answered_a_substantive_change_nobody_waits(
        self, db, clock, convener, delegates, this
    ):
        """Its mark cannot be contested, and nobody is left to ask."""
        for delegate in delegates:
            a_ballot(db, clock, delegate, this, "support")
        revised(db, clock, convener, this, SUBSTANTIVE)
        for delegate in delegates:
            with pytest.raises(TextJustChanged):
                rounds.close_early(db, clock, actor=convener, round_id=this.id)
            confirmed(db, clock, delegate, this)
        assert rounds.close_early(db, clock, actor=convener, round_id=this.id)

    def test_a_text_no_longer_before_the_table_cannot_be(
        self, db, clock, convener, delegates, this
    ):
        clock.hour = this.closes_at - timedelta(hours=48)
        made = revised(db, clock, convener, this, EDITORIAL)
        clock.hour = this.closes_at - SECOND
        for delegate in delegates:
            voted(db, clock, delegate, this, "support")
        rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake.")
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=this.proposal_id)
        with pytest.raises(TextSettled):
            contested(db, clock, delegates[0], made)

    def test_before_the_opening_a_mark_can_be_contested_too(self, db, clock, convener, delegates):
        """Else one waits out the hours, and a changed text counts as the one sent back."""
        this = a_round(
            db, clock, convener, rule=HALF, opens_at=clock() + timedelta(days=3), days=20
        )
        made = revised(db, clock, convener, this, EDITORIAL)
        contested(db, clock, delegates[0], made)

        assert now_of(db, this).substantive_version_id == made.id

    def test_forgetting_who_contested_keeps_that_it_was(self, db, clock, convener, delegates, this):
        made = revised(db, clock, convener, this, EDITORIAL)
        contested(db, clock, delegates[0], made, reason="My name is in this.")
        forget(db, clock, who=f"account:{delegates[0].account_id}")

        with db.reading() as conn:
            [kept] = store.contests(conn, this.proposal_id).values()
        assert kept.reason == ""
        assert now_of(db, this).substantive_version_id == made.id


class TestConfirming:
    @pytest.fixture
    def asked(self, db, clock, convener, delegates, this):
        """A round whose text changed in substance after its first delegate answered."""
        a_ballot(
            db, clock, delegates[0], this, "support_with_reservations", reason="Mind the price."
        )
        clock.move(hours=1)
        revised(db, clock, convener, this)
        return this

    def test_it_copies_stance_and_words_to_the_text_in_force(self, db, clock, delegates, asked):
        before = standing(db, asked, delegates[0])
        made = confirmed(db, clock, delegates[0], asked, authority="Our chair")

        assert (made.stance, made.replaces) == (Stance.SUPPORT_WITH_RESERVATIONS, before.id)
        assert (made.version_id, made.cast_at) == (now_of(db, asked).version_id, clock())
        with db.reading() as conn:
            words = ballots_store.get(conn, made.id).words
        assert (words.reason, words.authority) == ("Mind the price.", "Our chair")
        assert carried(db, asked) == set()

    def test_a_double_click_confirms_once(self, db, clock, delegates, asked):
        form = a_confirmation(db, asked, delegates[0])
        first = ballots.confirm_ballot(db, clock, actor=delegates[0], form=form)
        again = ballots.confirm_ballot(db, clock, actor=delegates[0], form=form)
        assert again == first
        with pytest.raises(NothingToConfirm):
            confirmed(db, clock, delegates[0], asked)

    def test_a_colleague_may(self, db, clock, delegates, asked):
        home = delegates[0].seat.organisation_id
        colleague = a_delegate(db, organisation_id=home, rank=1)
        assert confirmed(db, clock, colleague, asked).capacity == "alternate"

    def test_a_change_of_mind_is_a_ballot_on_the_new_text(self, db, clock, delegates, asked):
        made = voted(db, clock, delegates[0], asked, "stand_aside")

        assert made.version_id == now_of(db, asked).version_id
        assert count_of(db, asked).carried == 0
        assert tally_of(db, asked).counts[Stance.STAND_ASIDE] == 1

    def test_withdrawing_is_an_answer_too(self, db, clock, delegates, asked):
        withdrawn(db, clock, delegates[0], asked)

        assert (count_of(db, asked).carried, tally_of(db, asked).returned) == (0, 0)

    def test_a_confirmation_of_a_version_no_longer_current_is_refused(
        self, db, clock, convener, delegates, asked
    ):
        form = a_confirmation(db, asked, delegates[0])
        revised(db, clock, convener, asked)

        with pytest.raises(TextMoved) as refusal:
            ballots.confirm_ballot(db, clock, actor=delegates[0], form=form)
        assert refusal.value.facts["version"] == 3
        assert count_of(db, asked).carried == 1

    def test_a_ballot_from_a_form_opened_before_the_change_is_refused(
        self, db, clock, delegates, asked
    ):
        with pytest.raises(TextMoved):
            a_ballot(db, clock, delegates[1], asked, "support")

    def test_a_confirmation_after_a_colleague_changed_the_ballot_is_refused(
        self, db, clock, delegates, asked
    ):
        form = a_confirmation(db, asked, delegates[0])
        voted(db, clock, delegates[0], asked, "abstain")
        with pytest.raises(SomebodyAnswered):
            ballots.confirm_ballot(db, clock, actor=delegates[0], form=form)

    def test_the_person_says_that_they_may_speak_for_it(self, db, clock, delegates, asked):
        with pytest.raises(AuthorityMissing):
            confirmed(db, clock, delegates[0], asked, authority=" ")

    def test_nobody_confirms_for_another(self, db, clock, delegates, asked):
        form = a_confirmation(db, asked, delegates[0])
        with pytest.raises(SomebodyAnswered):
            ballots.confirm_ballot(db, clock, actor=delegates[1], form=form)

    def test_not_after_the_close(self, db, clock, delegates, asked):
        clock.hour = asked.closes_at
        with pytest.raises(RoundClosed):
            confirmed(db, clock, delegates[0], asked)

    def test_after_an_editorial_change_there_is_nothing_to_confirm(
        self, db, clock, convener, delegates, this
    ):
        a_ballot(db, clock, delegates[0], this, "support")
        revised(db, clock, convener, this, EDITORIAL)
        with pytest.raises(NothingToConfirm):
            confirmed(db, clock, delegates[0], this)


class TestTheTerms:
    """Whether a ballot that its organisation has not confirmed reaches the engine."""

    def opened(self, db, clock, convener, delegates, unconfirmed):
        terms = Terms(unconfirmed=unconfirmed)
        this = a_round(db, clock, convener, rule=QUICK, terms=terms)
        for delegate in delegates[:2]:
            a_ballot(db, clock, delegate, this, "support")
        revised(db, clock, convener, this)
        return this

    @pytest.mark.parametrize(("unconfirmed", "support"), [("counts", 2), ("missing", 0)])
    def test_in_the_tally_and_apart_in_the_count(
        self, db, clock, convener, delegates, unconfirmed, support
    ):
        this = self.opened(db, clock, convener, delegates, unconfirmed)

        assert tally_of(db, this).counts[Stance.SUPPORT] == support
        assert tally_of(db, this).missing == 3 - support
        assert (count_of(db, this).confirmed, count_of(db, this).carried) == (0, 2)

    @pytest.mark.parametrize(
        ("unconfirmed", "outcome"), [("counts", Outcome.ADOPTED), ("missing", Outcome.NO_QUORUM)]
    )
    def test_in_the_verdict(self, db, clock, convener, delegates, unconfirmed, outcome):
        this = self.opened(db, clock, convener, delegates, unconfirmed)
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)

        assert verdict_of(db, this).verdict.outcome is outcome

    def test_a_confirmed_ballot_counts_whatever_they_say(self, db, clock, convener, delegates):
        this = self.opened(db, clock, convener, delegates, "missing")
        for delegate in delegates[:2]:
            confirmed(db, clock, delegate, this)

        assert tally_of(db, this).counts[Stance.SUPPORT] == 2

    def test_a_recusal_leaves_the_base_whatever_they_say(self, db, clock, convener, delegates):
        this = self.opened(db, clock, convener, delegates, "missing")
        voted(db, clock, delegates[2], this, "recused")
        revised(db, clock, convener, this)

        assert tally_of(db, this).counts[Stance.RECUSED] == 1

    @pytest.mark.parametrize(("unconfirmed", "named"), [("counts", 2), ("missing", 0)])
    def test_in_who_is_listed_as_a_supporter(
        self, db, clock, convener, delegates, unconfirmed, named
    ):
        this = self.opened(db, clock, convener, delegates, unconfirmed)
        clock.hour = this.closes_at
        with db.reading() as conn:
            found = tallies_store.supporters(conn, [now_of(db, this)])
        assert len(found.get(this.id, ())) == named

    def test_who_is_not_counted_is_not_heard_so_nobody_closes_early(
        self, db, clock, convener, delegates
    ):
        this = self.opened(db, clock, convener, delegates, "missing")
        voted(db, clock, delegates[2], this, "support")
        clock.move(hours=49)
        with pytest.raises(NotEveryoneHeard) as refusal:
            rounds.close_early(db, clock, actor=convener, round_id=this.id)
        assert refusal.value.facts["missing"] == 2
        for delegate in delegates[:2]:
            confirmed(db, clock, delegate, this)
        assert rounds.close_early(db, clock, actor=convener, round_id=this.id)

    @pytest.mark.parametrize(("recorded", "support"), [("counts", 1), ("missing", 0)])
    def test_for_what_a_convener_recorded(self, db, clock, convener, delegates, recorded, support):
        this = a_round(db, clock, convener, rule=HALF, terms=Terms(recorded=recorded))
        home = delegates[0].seat.organisation_id
        a_recorded(db, clock, convener, this, home, "support")

        assert tally_of(db, this).counts[Stance.SUPPORT] == support
        assert count_of(db, this).recorded == 1

    def test_a_recorded_ballot_on_an_earlier_text_needs_both(self, db, clock, convener, delegates):
        terms = Terms(unconfirmed="missing", recorded="counts")
        this = a_round(db, clock, convener, rule=HALF, terms=terms)
        a_recorded(db, clock, convener, this, delegates[0].seat.organisation_id, "support")
        assert tally_of(db, this).returned == 1
        revised(db, clock, convener, this)
        assert tally_of(db, this).returned == 0


class TestHiddenResults:
    def test_who_must_confirm_is_known_to_nobody_else(self, db, clock, convener, delegates):
        this = a_round(db, clock, convener, rule=HALF, results=Results.HIDDEN)
        a_ballot(db, clock, delegates[0], this, "support")
        revised(db, clock, convener, this)

        for person in (convener, delegates[1]):
            seen = standings.standing(db, actor=person, now=clock(), round_id=this.id)
            assert (seen.tally, seen.count, seen.verdict) == (None, None, None)


class TestGoingRoundOnceMore:
    """A text sent back once is decided the next time, if it is the same text."""

    def sent_back(self, db, clock, convener, delegates):
        this = a_round(db, clock, convener, rule=SENT_BACK, days=5)
        for delegate, stance in zip(delegates, ("support", "support", "object"), strict=True):
            a_ballot(db, clock, delegate, this, stance)
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)
        assert verdict_of(db, this).verdict.outcome is Outcome.RECIRCULATE
        return this

    def again(self, db, clock, convener, this):
        return a_round(db, clock, convener, proposal_id=this.proposal_id, rule=SENT_BACK, days=5)

    def is_second(self, db, this):
        with db.reading() as conn:
            return this.id in verdicts_store.sent_back(conn, [this.id])

    def test_an_editorial_change_between_the_rounds_keeps_it_the_same_text(
        self, db, clock, convener, delegates
    ):
        first = self.sent_back(db, clock, convener, delegates)
        revised(db, clock, convener, first, EDITORIAL)
        assert self.is_second(db, self.again(db, clock, convener, first))

    def test_a_substantive_one_starts_anew(self, db, clock, convener, delegates):
        first = self.sent_back(db, clock, convener, delegates)
        revised(db, clock, convener, first, SUBSTANTIVE)
        assert not self.is_second(db, self.again(db, clock, convener, first))

    def test_so_does_one_within_the_second_round(self, db, clock, convener, delegates):
        first = self.sent_back(db, clock, convener, delegates)
        second = self.again(db, clock, convener, first)
        assert self.is_second(db, second)
        revised(db, clock, convener, first, SUBSTANTIVE)
        assert not self.is_second(db, second)

    @pytest.mark.parametrize("reopened", [False, True])
    def test_so_does_an_editorial_one_that_is_contested(
        self, db, clock, convener, delegates, reopened
    ):
        """Between the rounds, or once the second has opened: the hours run from the change."""
        first = self.sent_back(db, clock, convener, delegates)
        made = revised(db, clock, convener, first, EDITORIAL)
        if not reopened:
            contested(db, clock, delegates[2], made)
        second = self.again(db, clock, convener, first)
        if reopened:
            assert self.is_second(db, second)
            contested(db, clock, delegates[2], made)
        assert not self.is_second(db, second)

    def test_what_was_decided_before_is_not_touched_by_a_contest(
        self, db, clock, convener, delegates
    ):
        this = a_round(db, clock, convener, rule=SENT_BACK, days=5)
        for delegate, stance in zip(delegates, ("support", "support", "object"), strict=True):
            a_ballot(db, clock, delegate, this, stance)
        clock.hour = this.closes_at - timedelta(hours=48)
        made = revised(db, clock, convener, this, EDITORIAL)
        clock.hour = this.closes_at - SECOND
        rounds.freeze_due(db, clock)
        contested(db, clock, delegates[0], made)
        frozen_on = now_of(db, this).substantive_version_id
        clock.hour = this.closes_at
        rounds.freeze_due(db, clock)
        assert now_of(db, this).substantive_version_id == frozen_on == made.id


class TestOtherKindsOfRound:
    @pytest.mark.parametrize("kind", [RoundKind.TEMPERATURE, RoundKind.SIGN_ON])
    def test_they_ask_again_as_well(self, db, clock, convener, delegates, kind):
        this = a_round(db, clock, convener, kind=kind, rule=None)
        a_ballot(db, clock, delegates[0], this, "support")
        revised(db, clock, convener, this)

        assert carried(db, this) == {delegates[0].seat.organisation_id}
        assert confirmed(db, clock, delegates[0], this).stance is Stance.SUPPORT


def vars_of(form):
    """Return the fields of a form, to send it as it was."""
    return {name: getattr(form, name) for name in form.__slots__}


def extend(db, clock, convener, this, closes_at):
    rounds.extend_round(
        db, clock, actor=convener, round_id=this.id, closes_at=closes_at, reason="More time."
    )


def revised_proposal(db, clock, person, proposal_id):
    with db.reading() as conn:
        last = store.latest_version(conn, proposal_id)
    form = versions.Revision(last.id, last.title, last.ask, "Another text.", "More.", SUBSTANTIVE)
    return versions.revise(
        db, clock, actor=person, proposal_id=proposal_id, revision=form, token="another"
    )
