"""Objections as work: raised, answered, resolved by who raised them, never gone.

Journey J2, "block and repair", stands at the end with all that could go wrong.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.ballots import NotOnTheRoll, ReasonMissing, SeatMissing
from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.objections import (
    BallotStillObjects,
    NoNewerVersion,
    NotYourObjection,
    ObjectionIsABallot,
    ObjectionNotFound,
    ObjectionResolved,
    Pointed,
    SeverityMissing,
    State,
)
from coalition.domain.deliberation.passages import PassageAmbiguous, PassageGone
from coalition.domain.deliberation.plans import LastCallHidden
from coalition.domain.deliberation.proposals import NotYourProposal, ProposalNotFound
from coalition.domain.deliberation.rounds import (
    NEVER,
    ConcernsOpen,
    Results,
    RoundKind,
    Status,
    Terms,
)
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.versions import TextSettled, VersionMoved
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.services.deliberation import (
    ballots,
    ledger,
    objections,
    proposals,
    responses,
    rounds,
    standings,
)
from coalition.services.table import trail
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.ground import audit
from coalition.store.schema import organisation, seat
from tests.builders import (
    CONSENSUS,
    QUICK,
    a_delegate,
    a_form,
    a_person,
    a_proposal,
    a_recorded,
    a_round,
    a_table,
)
from tests.deliberating import (
    COMMENT,
    EDITORIAL,
    LAST_CALL,
    MUST,
    SHOULD,
    all_objections,
    an_objection,
    answered,
    confirmed,
    now_of,
    resolved,
    revised,
    standing,
    steps_of,
    texts,
    verdict_of,
    voted,
    withdrawn,
)

SECOND = timedelta(seconds=1)
OPEN, ANSWERED, WITHDRAWN = State.OPEN, State.ANSWERED, State.WITHDRAWN
MET, UPHELD, OVERRIDDEN = State.MET, State.UPHELD, State.OVERRIDDEN
BODY = "We ask Congress to count copay help."


@pytest.fixture
def table(db):
    return a_table(db, organisations=4)


@pytest.fixture
def convener(table):
    return table[0]


@pytest.fixture
def delegates(table):
    return table[1]


@pytest.fixture
def champion(delegates):
    return delegates[3]


@pytest.fixture
def objector(delegates):
    return delegates[0]


@pytest.fixture
def proposal_id(db, clock, champion):
    return a_proposal(db, clock, champion)


@pytest.fixture
def this(db, clock, convener, proposal_id):
    """A round that decides, with open results."""
    return a_round(db, clock, convener, proposal_id=proposal_id, rule=QUICK)


@pytest.fixture
def last_call(db, clock, convener, proposal_id):
    return a_round(db, clock, convener, proposal_id=proposal_id, rule=LAST_CALL, days=12)


def states(db, this):
    return [one.state for one in all_objections(db, this)]


def the_only(db, this):
    [one] = all_objections(db, this)
    return one


def history(db, objection_id):
    return [step.state for step in steps_of(db, objection_id)]


def entries(db, action):
    with db.reading() as conn:
        return audit.trail(conn, action=action)


def object_(db, clock, delegate, this, *, at=None, **form):
    """Record a ballot that objects, in place of whatever stands."""
    stood = standing(db, this, delegate)
    sent = a_form(now_of(db, this), "object", replaces=stood.id if stood else None, **form)
    sent = replace(sent, pointed=at or Pointed())
    return ballots.cast_ballot(db, clock, actor=delegate, form=sent)


class TestABallotThatObjects:
    def test_it_raises_one_that_says_what_the_ballot_says(self, db, clock, objector, this):
        at = Pointed("count copay help", "count all help", named=True)
        object_(db, clock, objector, this, at=at, reason="Too narrow.", remedy="Say all help.")

        one = the_only(db, this)
        assert (one.severity, one.state, one.ballot, one.named) == (MUST, OPEN, True, True)
        assert (one.passage.quote, one.passage.start) == ("count copay help", 19)
        assert (one.words.reason, one.words.wording) == ("Too narrow.", "count all help")
        assert one.words.remedy == "Say all help."
        assert (one.organisation_id, one.version) == (objector.seat.organisation_id, 1)
        assert history(db, one.id) == [OPEN]
        assert entries(db, "objection.raised") == (), "the ballot's own entry is there"

    def test_the_same_twice_is_one(self, db, clock, objector, this):
        object_(db, clock, objector, this, reason="Too narrow.")
        object_(db, clock, objector, this, reason="  too  NARROW. ")
        assert history(db, the_only(db, this).id) == [OPEN]

    def test_another_reason_takes_its_place(self, db, clock, objector, this):
        object_(db, clock, objector, this, reason="Too narrow.")
        object_(db, clock, objector, this, reason="Too wide.")
        first, second = all_objections(db, this)
        assert (first.state, second.state) == (WITHDRAWN, OPEN)
        assert history(db, first.id) == [OPEN, WITHDRAWN]

    @pytest.mark.parametrize("stance", ["support", "support_with_reservations"])
    def test_support_of_a_newer_version_says_that_it_is_met(
        self, db, clock, champion, objector, this, stance
    ):
        object_(db, clock, objector, this)
        made = revised(db, clock, champion, this)
        voted(db, clock, objector, this, stance)
        one = the_only(db, this)
        assert (one.state, one.met_version) == (MET, made.number)
        assert steps_of(db, one.id)[-1].version == made.number

    def test_support_of_the_same_version_takes_it_back(self, db, clock, objector, this):
        object_(db, clock, objector, this)
        voted(db, clock, objector, this, "support")
        assert (the_only(db, this).state, the_only(db, this).met_version) == (WITHDRAWN, None)

    @pytest.mark.parametrize("stance", ["abstain", "stand_aside", "recused"])
    def test_any_other_stance_takes_it_back(self, db, clock, champion, objector, this, stance):
        object_(db, clock, objector, this)
        revised(db, clock, champion, this)
        voted(db, clock, objector, this, stance)
        assert states(db, this) == [WITHDRAWN]

    def test_withdrawing_the_ballot_takes_it_back(self, db, clock, objector, this):
        object_(db, clock, objector, this)
        withdrawn(db, clock, objector, this)
        assert states(db, this) == [WITHDRAWN]

    def test_confirming_it_on_a_newer_text_leaves_it_as_it_is(
        self, db, clock, champion, objector, this
    ):
        object_(db, clock, objector, this)
        answered(db, clock, champion, the_only(db, this).id)
        revised(db, clock, champion, this)
        confirmed(db, clock, objector, this)
        one = the_only(db, this)
        assert (one.state, one.version) == (ANSWERED, 1)

    def test_what_others_cast_leaves_it_alone(self, db, clock, delegates, objector, this):
        object_(db, clock, objector, this)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        assert states(db, this) == [OPEN]

    @pytest.mark.parametrize(
        ("quote", "refusal"), [("never said", PassageGone), ("co", PassageAmbiguous)]
    )
    def test_a_passage_the_text_does_not_say_refuses_the_ballot(
        self, db, clock, objector, this, quote, refusal
    ):
        with pytest.raises(refusal):
            object_(db, clock, objector, this, at=Pointed(quote))
        assert all_objections(db, this) == ()
        assert entries(db, "ballot.cast") == ()

    def test_a_temperature_check_raises_none(self, db, clock, convener, objector, proposal_id):
        this = a_round(
            db, clock, convener, proposal_id=proposal_id, kind=RoundKind.TEMPERATURE, rule=None
        )
        object_(db, clock, objector, this)
        assert all_objections(db, this) == ()

    def test_what_a_convener_recorded_raises_one_once_it_is_confirmed(
        self, db, clock, convener, objector, this
    ):
        home = objector.seat.organisation_id
        a_recorded(db, clock, convener, this, home, "object")
        assert all_objections(db, this) == ()
        confirmed(db, clock, objector, this, disclosure=DisclosureForm(Interest.NONE))
        one = the_only(db, this)
        assert (one.organisation_id, one.state, one.ballot) == (home, OPEN, True)
        assert one.words.reason == "It shuts out small groups."
        voted(db, clock, objector, this, "abstain")
        assert states(db, this) == [WITHDRAWN]


class TestRaisingOneBesideABallot:
    def test_it_is_kept_with_its_passage_and_wording(self, db, clock, objector, proposal_id):
        number = an_objection(
            db,
            clock,
            objector,
            proposal_id,
            SHOULD,
            quote="copay help",
            wording="all help",
            remedy="Say all.",
        )
        [raised] = ledger.of_proposal(db, actor=objector, now=clock(), proposal_id=proposal_id)
        one = raised.objection
        assert (one.id, one.severity, one.ballot, one.round_id) == (number, SHOULD, False, None)
        assert (one.words.wording, one.words.remedy) == ("all help", "Say all.")
        [entry] = entries(db, "objection.raised")
        assert (entry.subject, entry.detail) == (f"objection:{number}", {})

    def test_twice_is_one_and_so_is_a_double_click(self, db, clock, objector, proposal_id):
        first = an_objection(db, clock, objector, proposal_id, reason="Too narrow.", token="x")
        again = an_objection(db, clock, objector, proposal_id, reason="Else.", token="x")
        same = an_objection(db, clock, objector, proposal_id, reason=" too narrow. ")
        assert first == again == same
        assert len(entries(db, "objection.raised")) == 1

    def test_the_same_from_another_organisation_is_another(self, db, clock, delegates, proposal_id):
        one, other = (an_objection(db, clock, who, proposal_id) for who in delegates[:2])
        assert one != other

    def test_once_resolved_it_can_be_raised_again(self, db, clock, objector, proposal_id):
        first = an_objection(db, clock, objector, proposal_id)
        resolved(db, clock, objector, first)
        again = an_objection(db, clock, objector, proposal_id)
        assert again != first
        assert history(db, first) == [OPEN, WITHDRAWN]

    @pytest.mark.parametrize("severity", [SHOULD, COMMENT])
    def test_while_a_round_decides_lesser_ones_can_be_raised(
        self, db, clock, objector, this, severity
    ):
        an_objection(db, clock, objector, this.proposal_id, severity)
        assert the_only(db, this).round_id == this.id

    def test_while_a_round_decides_a_must_change_one_is_the_ballot(self, db, clock, objector, this):
        with pytest.raises(ObjectionIsABallot):
            an_objection(db, clock, objector, this.proposal_id, MUST)

    @pytest.mark.parametrize("kind", [RoundKind.TEMPERATURE, RoundKind.SIGN_ON])
    def test_where_nothing_is_decided_a_must_change_one_can_be_raised(
        self, db, clock, convener, objector, proposal_id, kind
    ):
        this = a_round(db, clock, convener, proposal_id=proposal_id, kind=kind, rule=None)
        assert an_objection(db, clock, objector, this.proposal_id, MUST)

    def test_before_the_round_opens_no_ballot_could_be_cast_so_it_can_be_raised(
        self, db, clock, convener, objector, proposal_id
    ):
        opens_at = clock() + timedelta(days=2)
        a_round(
            db, clock, convener, proposal_id=proposal_id, rule=QUICK, opens_at=opens_at, days=20
        )
        assert an_objection(db, clock, objector, proposal_id, MUST)

    @pytest.mark.parametrize(
        ("form", "refusal"),
        [
            ({"severity": None}, SeverityMissing),
            ({"reason": " \n"}, TextMissing),
            ({"reason": "x" * 100_000}, TextTooLong),
            ({"wording": "x" * 100_000}, TextTooLong),
            ({"remedy": "x" * 100_000}, TextTooLong),
            ({"quote": "never said"}, PassageGone),
            ({"quote": "x" * 100_000}, PassageGone),
            ({"version_id": 999}, VersionMoved),
        ],
    )
    def test_what_cannot_stand_leaves_no_trace(self, db, clock, objector, this, form, refusal):
        with pytest.raises(refusal):
            an_objection(db, clock, objector, this.proposal_id, **form)
        assert all_objections(db, this) == ()
        assert entries(db, "objection.raised") == ()

    @pytest.mark.parametrize(
        ("role", "refusal"),
        [
            (Role.OBSERVER, PermissionMissing),
            (Role.CONVENER, PermissionMissing),
            (Role.ADMINISTRATOR, PermissionMissing),
            (Role.MEMBER, SeatMissing),
        ],
    )
    def test_nobody_without_a_seat_raises_one(self, db, clock, proposal_id, role, refusal):
        with pytest.raises(refusal):
            an_objection(db, clock, a_person(db, role=role), proposal_id)
        with pytest.raises(SignInNeeded):
            an_objection(db, clock, None, proposal_id)

    def test_a_seat_that_ended_raises_none(self, db, clock, objector, proposal_id):
        with db.writing() as conn:
            ended = seat.c.account_id == objector.account_id
            conn.execute(seat.update().where(ended).values(to_at=clock.hour))
        with pytest.raises(SeatMissing):
            an_objection(db, clock, objector, proposal_id)

    def test_a_draft_of_others_is_not_there(self, db, clock, champion, objector):
        draft = a_proposal(db, clock, champion, submitted=False)
        with pytest.raises(ProposalNotFound):
            an_objection(db, clock, objector, draft)
        with pytest.raises(TextSettled):
            an_objection(db, clock, champion, draft)

    def test_what_is_decided_or_withdrawn_is_past_objecting(
        self, db, clock, convener, delegates, objector, this
    ):
        gone = a_proposal(db, clock, convener)
        proposals.withdraw_proposal(db, clock, actor=convener, proposal_id=gone)
        with pytest.raises(TextSettled):
            an_objection(db, clock, objector, gone)
        for delegate in delegates:
            voted(db, clock, delegate, this, "support")
        clock.hour = this.closes_at
        with pytest.raises(TextSettled):
            an_objection(db, clock, objector, this.proposal_id)


class TestAnswering:
    @pytest.fixture
    def raised(self, db, clock, objector, proposal_id):
        return an_objection(db, clock, objector, proposal_id)

    def kept(self, db, proposal_id, clock, objector):
        [one] = ledger.of_proposal(db, actor=objector, now=clock(), proposal_id=proposal_id)
        return one

    def test_who_answers_first_owns_it_and_it_stays_unresolved(
        self, db, clock, convener, champion, objector, proposal_id, raised
    ):
        answered(db, clock, champion, raised, response="We will say so.")
        answered(db, clock, convener, raised, response="And so will I.")

        one = self.kept(db, proposal_id, clock, objector)
        assert (one.objection.state, one.objection.owner) == (ANSWERED, champion.name)
        assert one.objection.is_unresolved
        assert [(s.state, s.note) for s in one.steps] == [
            (OPEN, ""),
            (ANSWERED, "We will say so."),
            (ANSWERED, "And so will I."),
        ]

    def test_a_double_click_answers_once(self, db, clock, champion, raised):
        for _ in range(2):
            answered(db, clock, champion, raised, token="one form")
        assert history(db, raised) == [OPEN, ANSWERED]

    def test_a_convener_takes_it_over(
        self, db, clock, convener, champion, objector, proposal_id, raised
    ):
        answered(db, clock, champion, raised)
        for _ in range(2):
            responses.own_objection(db, clock, actor=convener, objection_id=raised)
        assert self.kept(db, proposal_id, clock, objector).objection.owner == convener.name
        assert len(entries(db, "objection.owned")) == 1

    def test_nobody_else_answers_or_owns(self, db, clock, delegates, raised):
        for who in (delegates[0], delegates[1]):
            with pytest.raises(NotYourProposal):
                answered(db, clock, who, raised)
            with pytest.raises(NotYourProposal):
                responses.own_objection(db, clock, actor=who, objection_id=raised)
        with pytest.raises(PermissionMissing):
            answered(db, clock, a_person(db, role=Role.OBSERVER), raised)

    @pytest.mark.parametrize(
        ("response", "refusal"), [(" ", TextMissing), ("x" * 100_000, TextTooLong)]
    )
    def test_an_answer_says_something(self, db, clock, champion, raised, response, refusal):
        with pytest.raises(refusal):
            answered(db, clock, champion, raised, response=response)
        assert history(db, raised) == [OPEN]

    def test_what_is_resolved_needs_no_answer(self, db, clock, champion, objector, raised):
        resolved(db, clock, objector, raised)
        with pytest.raises(ObjectionResolved):
            answered(db, clock, champion, raised)
        with pytest.raises(ObjectionResolved):
            responses.own_objection(db, clock, actor=champion, objection_id=raised)

    def test_the_objector_says_that_the_answer_does_not_do(
        self, db, clock, champion, objector, raised
    ):
        answered(db, clock, champion, raised)
        for _ in range(2):
            objections.reopen_objection(
                db, clock, actor=objector, objection_id=raised, remark="Not enough."
            )
        assert history(db, raised) == [OPEN, ANSWERED, OPEN]

    def test_no_objection_has_that_number(self, db, clock, convener):
        with pytest.raises(ObjectionNotFound):
            answered(db, clock, convener, 999)


class TestResolving:
    @pytest.fixture
    def raised(self, db, clock, objector, proposal_id):
        return an_objection(db, clock, objector, proposal_id)

    def test_the_objector_takes_it_back_with_a_word(self, db, clock, objector, raised):
        for _ in range(2):
            resolved(db, clock, objector, raised, remark="We misread it.", token="one form")
        last = steps_of(db, raised)[-1]
        assert (last.state, last.note, last.by) == (WITHDRAWN, "We misread it.", objector.name)
        assert history(db, raised) == [OPEN, WITHDRAWN]
        assert len(entries(db, "objection.withdrawn")) == 1

    def test_a_colleague_of_the_same_organisation_may(self, db, clock, objector, raised):
        home = objector.seat.organisation_id
        resolved(db, clock, a_delegate(db, organisation_id=home, rank=1), raised)
        assert history(db, raised) == [OPEN, WITHDRAWN]

    def test_nobody_else_may(self, db, clock, champion, delegates, raised):
        for who in (champion, delegates[1]):
            with pytest.raises(NotYourObjection):
                resolved(db, clock, who, raised)
            with pytest.raises(NotYourObjection):
                objections.reopen_objection(
                    db, clock, actor=who, objection_id=raised, remark="Still."
                )
            with pytest.raises(NotYourObjection):
                objections.name_objector(db, clock, actor=who, objection_id=raised, named=True)
        for role in (Role.CONVENER, Role.ADMINISTRATOR, Role.OBSERVER):
            with pytest.raises(PermissionMissing):
                resolved(db, clock, a_person(db, role=role), raised)
        assert history(db, raised) == [OPEN]

    def test_met_names_the_version_that_meets_it(
        self, db, clock, champion, objector, proposal_id, raised, convener
    ):
        with pytest.raises(NoNewerVersion):
            resolved(db, clock, objector, raised, met=True)
        this = a_round(db, clock, convener, proposal_id=proposal_id, rule=QUICK)
        made = revised(db, clock, champion, this, EDITORIAL)
        resolved(db, clock, objector, raised, met=True)
        one = the_only(db, this)
        assert (one.state, one.met_version) == (MET, made.number)

    def test_once_is_enough(self, db, clock, objector, raised):
        resolved(db, clock, objector, raised)
        with pytest.raises(ObjectionResolved):
            resolved(db, clock, objector, raised)
        with pytest.raises(ObjectionResolved):
            objections.reopen_objection(
                db, clock, actor=objector, objection_id=raised, remark="Again."
            )

    def test_while_the_ballot_objects_the_ballot_is_changed_instead(
        self, db, clock, objector, this
    ):
        object_(db, clock, objector, this)
        with pytest.raises(BallotStillObjects):
            resolved(db, clock, objector, the_only(db, this).id)
        assert states(db, this) == [OPEN]


class TestTheVerdict:
    def second_round(self, db, clock, convener, this, **plan):
        return a_round(db, clock, convener, proposal_id=this.proposal_id, rule=CONSENSUS, **plan)

    def first_round(self, db, clock, convener, delegates, proposal_id):
        this = a_round(db, clock, convener, proposal_id=proposal_id, rule=CONSENSUS)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        object_(db, clock, delegates[0], this)
        close(db, clock, this)
        return this

    def test_one_that_blocks_is_upheld(self, db, clock, delegates, objector, this):
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        object_(db, clock, objector, this)
        close(db, clock, this)

        assert verdict_of(db, this).verdict.outcome is Outcome.BLOCKED
        one = the_only(db, this)
        assert (one.state, history(db, one.id)) == (UPHELD, [OPEN, UPHELD])
        assert steps_of(db, one.id)[-1].by == ""

    def test_the_first_round_goes_over_none(self, db, clock, convener, delegates, proposal_id):
        this = self.first_round(db, clock, convener, delegates, proposal_id)
        assert verdict_of(db, this).verdict.outcome is Outcome.RECIRCULATE
        assert states(db, this) == [OPEN]

    @pytest.mark.parametrize(
        ("supports", "outcome", "state"),
        [(3, Outcome.ADOPTED, OVERRIDDEN), (2, Outcome.BLOCKED, UPHELD)],
    )
    def test_only_the_rules_own_second_vote_goes_over_one(
        self, db, clock, convener, delegates, proposal_id, supports, outcome, state
    ):
        """Two thirds of the roll of four: three do, two do not."""
        first = self.first_round(db, clock, convener, delegates, proposal_id)
        second = self.second_round(db, clock, convener, first)
        for n, delegate in enumerate(delegates[1:]):
            voted(db, clock, delegate, second, "support" if n < supports else "abstain")
        object_(db, clock, delegates[0], second)
        close(db, clock, second)

        assert verdict_of(db, second).verdict.outcome is outcome
        one = the_only(db, second)
        assert history(db, one.id) == [OPEN, state]

    def test_in_the_second_round_too_the_objector_may_think_again(
        self, db, clock, convener, delegates, proposal_id
    ):
        first = self.first_round(db, clock, convener, delegates, proposal_id)
        second = self.second_round(db, clock, convener, first)
        voted(db, clock, delegates[0], second, "stand_aside")
        assert states(db, second) == [WITHDRAWN]

    def test_one_that_was_not_counted_is_neither_upheld_nor_overridden(
        self, db, clock, convener, delegates, proposal_id
    ):
        """Given on an earlier text, and the terms say that such a ballot is missing."""
        first = self.first_round(db, clock, convener, delegates, proposal_id)
        terms = Terms(unconfirmed="missing")
        second = self.second_round(db, clock, convener, first, terms=terms)
        object_(db, clock, delegates[0], second)
        revised(db, clock, convener, second)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, second, "support")
        close(db, clock, second)

        assert verdict_of(db, second).verdict.reason == "adopted.approval"
        assert states(db, second) == [OPEN]

    def test_one_raised_by_hand_before_and_by_ballot_now_is_one_and_is_settled(
        self, db, clock, delegates, objector, proposal_id, convener
    ):
        number = an_objection(
            db, clock, objector, proposal_id, MUST, reason="It shuts out small groups."
        )
        this = a_round(db, clock, convener, proposal_id=proposal_id, rule=QUICK)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        object_(db, clock, objector, this, reason="It shuts out small groups.")
        close(db, clock, this)
        assert the_only(db, this).id == number
        assert history(db, number) == [OPEN, UPHELD]

    def test_where_nothing_was_decided_it_stays_as_it_is(self, db, clock, convener, objector, this):
        object_(db, clock, objector, this)
        rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="A mistake.")
        assert states(db, this) == [OPEN]


class TestALastCall:
    def test_one_stops_the_clock_and_keeps_the_approvals(
        self, db, clock, delegates, objector, last_call
    ):
        for delegate in delegates[1:]:
            voted(db, clock, delegate, last_call, "support")
        clock.move(days=4)
        number = an_objection(db, clock, objector, last_call.proposal_id, MUST)

        now = now_of(db, last_call)
        assert (now.stopped, now.closes_at, now.status(clock())) == (True, NEVER, Status.OPEN)
        [entry] = entries(db, "round.clock_stopped")
        assert entry.detail == {"objection": number}
        seen = standings.standing(db, actor=delegates[1], now=clock(), round_id=last_call.id)
        assert seen.tally.counts[Stance.SUPPORT] == 3
        assert seen.verdict.reason == "pending.concerns"

    def test_so_does_a_ballot_that_objects(self, db, clock, objector, last_call):
        object_(db, clock, objector, last_call)
        assert now_of(db, last_call).stopped
        voted(db, clock, objector, last_call, "abstain")
        assert not now_of(db, last_call).stopped

    @pytest.mark.parametrize("severity", [SHOULD, COMMENT])
    def test_a_lesser_one_does_not(self, db, clock, objector, last_call, severity):
        an_objection(db, clock, objector, last_call.proposal_id, severity)
        assert now_of(db, last_call) == last_call

    def test_long_past_its_deadline_it_has_not_closed(self, db, clock, objector, last_call):
        an_objection(db, clock, objector, last_call.proposal_id, MUST)
        clock.hour = last_call.closes_at + timedelta(days=100)
        assert rounds.freeze_due(db, clock) == 0
        assert verdict_of(db, last_call) is None

    def test_resolving_it_starts_a_full_period_again(
        self, db, clock, delegates, objector, last_call
    ):
        for delegate in delegates[1:]:
            voted(db, clock, delegate, last_call, "support")
        number = an_objection(db, clock, objector, last_call.proposal_id, MUST)
        clock.move(days=30)
        resolved(db, clock, objector, number)

        now = now_of(db, last_call)
        assert (now.stopped, now.runs_from) == (False, clock())
        assert now.closes_at == clock() + timedelta(days=12)
        clock.hour = now.closes_at - SECOND
        assert rounds.freeze_due(db, clock) == 0
        clock.hour += SECOND
        assert rounds.freeze_due(db, clock) == 1
        assert verdict_of(db, last_call).verdict.outcome is Outcome.ADOPTED

    def test_only_the_last_one_resolved_starts_it(self, db, clock, delegates, last_call):
        one, other = (
            an_objection(db, clock, who, last_call.proposal_id, MUST) for who in delegates[:2]
        )
        assert len(entries(db, "round.clock_stopped")) == 1
        resolved(db, clock, delegates[0], one)
        assert now_of(db, last_call).stopped
        resolved(db, clock, delegates[1], other)
        assert not now_of(db, last_call).stopped
        assert len(entries(db, "round.clock_restarted")) == 1

    def test_an_answer_alone_starts_nothing(self, db, clock, champion, objector, last_call):
        number = an_objection(db, clock, objector, last_call.proposal_id, MUST)
        answered(db, clock, champion, number)
        assert now_of(db, last_call).stopped

    def test_it_can_be_stopped_again(self, db, clock, objector, last_call):
        number = an_objection(db, clock, objector, last_call.proposal_id, MUST)
        resolved(db, clock, objector, number)
        an_objection(db, clock, objector, last_call.proposal_id, MUST)
        assert now_of(db, last_call).stopped

    def test_while_it_is_stopped_nobody_extends_or_closes_it(
        self, db, clock, convener, delegates, objector, last_call
    ):
        for delegate in delegates:
            voted(db, clock, delegate, last_call, "support")
        an_objection(db, clock, objector, last_call.proposal_id, MUST)
        clock.move(days=20)
        with pytest.raises(ConcernsOpen):
            rounds.close_early(db, clock, actor=convener, round_id=last_call.id)
        with pytest.raises(ConcernsOpen):
            rounds.extend_round(
                db,
                clock,
                actor=convener,
                round_id=last_call.id,
                closes_at=clock() + timedelta(days=30),
                reason="More time.",
            )

    def test_it_can_be_cancelled_and_then_resolving_starts_nothing(
        self, db, clock, convener, objector, last_call
    ):
        number = an_objection(db, clock, objector, last_call.proposal_id, MUST)
        rounds.cancel_round(
            db, clock, actor=convener, round_id=last_call.id, reason="It changes too much."
        )
        resolved(db, clock, objector, number)
        now = now_of(db, last_call)
        assert (now.status(clock()), now.stopped) == (Status.CANCELLED, False)
        assert entries(db, "round.clock_restarted") == ()

    def test_none_opens_while_one_is_unresolved(self, db, clock, convener, objector, proposal_id):
        number = an_objection(db, clock, objector, proposal_id, MUST)
        with pytest.raises(ConcernsOpen):
            a_round(db, clock, convener, proposal_id=proposal_id, rule=LAST_CALL)
        assert a_round(
            db, clock, convener, proposal_id=proposal_id, kind=RoundKind.TEMPERATURE, rule=None
        )
        resolved(db, clock, objector, number)
        proposal = a_proposal(db, clock, convener)
        assert a_round(db, clock, convener, proposal_id=proposal, rule=LAST_CALL)

    def test_one_raised_before_it_opens_stops_it_as_well(
        self, db, clock, convener, objector, proposal_id
    ):
        """Else it would open and close over an objection that everybody knew of."""
        opens_at = clock() + timedelta(days=7)
        this = a_round(
            db,
            clock,
            convener,
            proposal_id=proposal_id,
            rule=LAST_CALL,
            opens_at=opens_at,
            days=19,
        )
        number = an_objection(db, clock, objector, proposal_id, MUST)
        assert now_of(db, this).stopped
        clock.move(days=1)
        resolved(db, clock, objector, number)
        now = now_of(db, this)
        assert (now.stopped, now.runs_from) == (False, opens_at)
        assert now.closes_at == this.closes_at

    def test_only_who_stands_on_its_roll_stops_it(self, db, clock, last_call):
        latecomer = a_delegate(db)
        with pytest.raises(NotOnTheRoll):
            an_objection(db, clock, latecomer, last_call.proposal_id, MUST)
        assert an_objection(db, clock, latecomer, last_call.proposal_id, SHOULD)
        assert not now_of(db, last_call).stopped

    def test_its_results_cannot_be_hidden(self, db, clock, convener, proposal_id):
        with pytest.raises(LastCallHidden):
            a_round(
                db,
                clock,
                convener,
                proposal_id=proposal_id,
                rule=LAST_CALL,
                results=Results.HIDDEN,
            )

    def test_a_change_of_the_text_resolves_nothing_by_itself(
        self, db, clock, champion, objector, last_call
    ):
        number = an_objection(db, clock, objector, last_call.proposal_id, MUST)
        revised(db, clock, champion, last_call)
        assert now_of(db, last_call).stopped
        resolved(db, clock, objector, number, met=True)
        assert not now_of(db, last_call).stopped


class TestHiddenResults:
    """While they are, nobody but the organisation knows that it objects."""

    @pytest.fixture
    def hidden(self, db, clock, convener, proposal_id):
        return a_round(
            db, clock, convener, proposal_id=proposal_id, rule=QUICK, results=Results.HIDDEN
        )

    def told(self, db, clock, who, this):
        found = ledger.of_proposal(db, actor=who, now=clock(), proposal_id=this.proposal_id)
        return [(one.objection.id, one.objection.state) for one in found]

    def test_only_its_own_people_read_it_until_the_close(
        self, db, clock, convener, champion, delegates, objector, hidden
    ):
        object_(db, clock, objector, hidden)
        number = the_only(db, hidden).id
        others = [
            convener,
            champion,
            delegates[1],
            a_person(db, role=Role.OBSERVER),
            a_person(db, role=Role.ADMINISTRATOR),
        ]
        assert [self.told(db, clock, who, hidden) for who in others] == [[]] * 5
        assert self.told(db, clock, objector, hidden) == [(number, OPEN)]
        close(db, clock, hidden)
        assert all(self.told(db, clock, who, hidden) for who in others)

    def test_nobody_else_can_answer_or_own_or_resolve_what_they_may_not_know_of(
        self, db, clock, convener, champion, delegates, objector, hidden
    ):
        object_(db, clock, objector, hidden)
        number = the_only(db, hidden).id
        for who in (convener, champion):
            with pytest.raises(ObjectionNotFound):
                answered(db, clock, who, number)
            with pytest.raises(ObjectionNotFound):
                responses.own_objection(db, clock, actor=who, objection_id=number)
        for deed in (
            lambda: resolved(db, clock, delegates[1], number),
            lambda: objections.name_objector(
                db, clock, actor=delegates[1], objection_id=number, named=True
            ),
        ):
            with pytest.raises(ObjectionNotFound):
                deed()

    def test_the_trail_tells_an_administrator_nothing_of_it(self, db, clock, champion, hidden):
        """Not even what the organisation does with its own, as its champion and objector."""
        before = len(entries(db, ""))
        object_(db, clock, champion, hidden)
        number = the_only(db, hidden).id
        answered(db, clock, champion, number)
        responses.own_objection(db, clock, actor=champion, objection_id=number)
        objections.reopen_objection(db, clock, actor=champion, objection_id=number, remark="Still.")
        objections.name_objector(db, clock, actor=champion, objection_id=number, named=True)

        found = trail.trail(db, actor=a_person(db, role=Role.ADMINISTRATOR), now=clock()).entries
        assert [one.action for one in found[: len(found) - before]] == ["ballot.cast"]
        assert history(db, number) == [OPEN, ANSWERED, OPEN]

    def test_an_older_objection_everybody_reads_tells_nothing_of_a_hidden_ballot(
        self, db, clock, convener, champion, delegates, objector, proposal_id
    ):
        """Its state changes at the close, with who did it and when."""
        first = a_round(db, clock, convener, proposal_id=proposal_id, rule=CONSENSUS)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, first, "support")
        object_(db, clock, objector, first)
        close(db, clock, first)
        made = revised(db, clock, champion, first)
        second = a_round(
            db,
            clock,
            convener,
            proposal_id=proposal_id,
            rule=CONSENSUS,
            results=Results.HIDDEN,
        )
        cast = voted(db, clock, objector, second, "support")
        clock.move(days=1)

        assert [state for _, state in self.told(db, clock, convener, second)] == [OPEN]
        close(db, clock, second)
        one = the_only(db, second)
        assert (one.state, one.met_version) == (MET, made.number)
        last = steps_of(db, one.id)[-1]
        assert (last.by, last.at) == (objector.name, cast.cast_at)

    @pytest.mark.parametrize(
        ("reason", "expected"),
        [("It shuts out small groups.", [OPEN]), ("Too wide.", [OPEN, OPEN])],
    )
    def test_objecting_again_hides_as_well(
        self, db, clock, convener, delegates, objector, proposal_id, reason, expected
    ):
        first = a_round(db, clock, convener, proposal_id=proposal_id, rule=CONSENSUS)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, first, "support")
        object_(db, clock, objector, first)
        close(db, clock, first)
        second = a_round(
            db,
            clock,
            convener,
            proposal_id=proposal_id,
            rule=CONSENSUS,
            results=Results.HIDDEN,
        )
        object_(db, clock, objector, second, reason=reason)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, second, "abstain")

        assert [state for _, state in self.told(db, clock, convener, second)] == [OPEN]
        assert [state for _, state in self.told(db, clock, objector, second)] == expected
        close(db, clock, second)
        assert states(db, second)[:-1] == [WITHDRAWN] * (len(expected) - 1)

    def test_one_of_a_cancelled_round_is_told_by_no_later_one(
        self, db, clock, convener, delegates, objector, hidden
    ):
        object_(db, clock, objector, hidden)
        rounds.cancel_round(db, clock, actor=convener, round_id=hidden.id, reason="Too soon.")
        same = {"proposal_id": hidden.proposal_id}
        again = a_round(db, clock, convener, rule=QUICK, **same)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, again, "support")
        close(db, clock, again)
        rounds.publish(db, clock, actor=convener, round_id=again.id)
        assert verdict_of(db, again).verdict.outcome is Outcome.ADOPTED
        assert ledger.with_decision(db, now=clock(), round_id=again.id) == ()

    def test_one_of_a_cancelled_round_keeps_no_last_call_from_opening(
        self, db, clock, convener, objector, hidden
    ):
        """Nobody but its organisation could know why, or do anything about it."""
        object_(db, clock, objector, hidden)
        rounds.cancel_round(db, clock, actor=convener, round_id=hidden.id, reason="Too soon.")
        assert a_round(db, clock, convener, rule=LAST_CALL, proposal_id=hidden.proposal_id)

    @pytest.mark.parametrize("by_hand", [True, False])
    def test_said_again_after_the_round_was_cancelled_everybody_reads_it(
        self, db, clock, convener, champion, objector, hidden, by_hand
    ):
        object_(db, clock, objector, hidden)
        rounds.cancel_round(db, clock, actor=convener, round_id=hidden.id, reason="Too soon.")
        if by_hand:
            an_objection(db, clock, objector, hidden.proposal_id, MUST)
        else:
            this = a_round(db, clock, convener, rule=QUICK, proposal_id=hidden.proposal_id)
            object_(db, clock, objector, this)
        assert [state for _, state in self.told(db, clock, champion, hidden)] == [OPEN]
        assert [state for _, state in self.told(db, clock, objector, hidden)] == [WITHDRAWN, OPEN]

    def test_its_number_leaves_no_gap_among_the_others(
        self, db, clock, delegates, objector, hidden
    ):
        object_(db, clock, objector, hidden)
        assert an_objection(db, clock, delegates[1], hidden.proposal_id) == 1

    def test_one_raised_by_hand_is_everybodys_to_read(self, db, clock, convener, objector, hidden):
        an_objection(db, clock, objector, hidden.proposal_id, SHOULD)
        assert len(self.told(db, clock, convener, hidden)) == 1


class TestReading:
    def test_each_is_shown_where_it_stands_in_the_newest_text(
        self, db, clock, champion, objector, this
    ):
        object_(db, clock, objector, this, at=Pointed("Congress to count"))
        moved = revised(db, clock, champion, this, body=f"First of all: thanks. {BODY}")
        [one] = ledger.of_proposal(db, actor=champion, now=clock(), proposal_id=this.proposal_id)
        assert moved.body[one.here.start : one.here.end] == "Congress to count"
        revised(db, clock, champion, this, body="Another text altogether.")
        [one] = ledger.of_proposal(db, actor=champion, now=clock(), proposal_id=this.proposal_id)
        assert one.here is None
        assert one.objection.passage.quote == "Congress to count", "its own words stay"

    def test_a_draft_of_others_has_none(self, db, clock, champion, objector):
        draft = a_proposal(db, clock, champion, submitted=False)
        with pytest.raises(ProposalNotFound):
            ledger.of_proposal(db, actor=objector, now=clock(), proposal_id=draft)
        with pytest.raises(SignInNeeded):
            ledger.of_proposal(db, actor=None, now=clock(), proposal_id=draft)

    def test_sixty_take_as_many_queries_as_one(self, db, clock, delegates, objector, this, queries):
        def asked():
            with queries(db) as said:
                ledger.of_proposal(db, actor=objector, now=clock(), proposal_id=this.proposal_id)
            return len(said)

        an_objection(db, clock, objector, this.proposal_id, reason="Number 0")
        few = asked()
        for n in range(59):
            an_objection(db, clock, delegates[n % 4], this.proposal_id, reason=f"Reason {n}")
        assert asked() == few

    def test_forgetting_a_person_erases_their_words_and_leaves_what_became_of_it(
        self, db, clock, champion, objector, this
    ):
        object_(db, clock, objector, this, remedy="Ask us.")
        number = the_only(db, this).id
        answered(db, clock, champion, number, response="Gladly.")
        objections.reopen_objection(
            db, clock, actor=objector, objection_id=number, remark="My name is Avery."
        )
        done = forget(db, clock, who=f"account:{objector.account_id}")

        assert done.objections == 1
        one = the_only(db, this)
        with db.reading() as conn:
            kept = conn.scalar(select(schema.objection.c.digest))
        assert kept == f"erased {number}", "by a hash of the words one could guess them"
        assert (one.words.reason, one.words.wording, one.words.remedy) == ("", "", "")
        assert [(step.state, step.note) for step in steps_of(db, number)] == [
            (OPEN, ""),
            (ANSWERED, "Gladly."),
            (OPEN, ""),
        ]


class TestPublishing:
    @pytest.fixture
    def decided(self, db, clock, convener, delegates, objector, proposal_id):
        """A text adopted over an objection by the second vote, and published."""
        for _ in range(2):
            this = a_round(db, clock, convener, proposal_id=proposal_id, rule=CONSENSUS)
            for delegate in delegates[1:]:
                voted(db, clock, delegate, this, "support")
            object_(db, clock, objector, this)
            close(db, clock, this)
        return this

    def told(self, db, clock, this):
        return ledger.with_decision(db, now=clock(), round_id=this.id)

    def test_the_objection_and_the_answer_go_with_the_decision(self, db, clock, convener, decided):
        assert self.told(db, clock, decided) == (), "not before it is published"
        rounds.publish(db, clock, actor=convener, round_id=decided.id)
        [(one, steps)] = self.told(db, clock, decided)
        assert one.words.reason == "It shuts out small groups."
        assert (one.state, one.organisation, one.owner) == (OVERRIDDEN, "", "")
        assert [step.state for step in steps] == [OVERRIDDEN]

    def test_the_objector_is_named_only_with_its_consent(
        self, db, clock, convener, objector, decided
    ):
        rounds.publish(db, clock, actor=convener, round_id=decided.id)
        number = the_only(db, decided).id
        for named, shown in ((True, objector.seat.organisation), (False, "")):
            objections.name_objector(db, clock, actor=objector, objection_id=number, named=named)
            [(one, _)] = self.told(db, clock, decided)
            assert one.organisation == shown

    def test_the_answer_is_told_without_who_gave_it(
        self, db, clock, convener, champion, delegates, objector, proposal_id
    ):
        first = a_round(db, clock, convener, proposal_id=proposal_id, rule=CONSENSUS)
        object_(db, clock, objector, first)
        number = the_only(db, first).id
        answered(db, clock, champion, number, response="We cannot.")
        objections.reopen_objection(
            db, clock, actor=objector, objection_id=number, remark="A private matter."
        )
        for delegate in delegates[1:]:
            voted(db, clock, delegate, first, "support")
        close(db, clock, first)
        second = a_round(db, clock, convener, proposal_id=proposal_id, rule=CONSENSUS)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, second, "support")
        object_(db, clock, objector, second)
        close(db, clock, second)
        rounds.publish(db, clock, actor=convener, round_id=second.id)

        [(one, steps)] = self.told(db, clock, second)
        assert [(step.state, step.note, step.by) for step in steps] == [
            (ANSWERED, "We cannot.", ""),
            (OVERRIDDEN, "", ""),
        ]
        assert one.owner == ""

    def test_what_was_met_or_raised_by_the_way_is_not_among_them(
        self, db, clock, convener, delegates, objector, this
    ):
        object_(db, clock, objector, this)
        an_objection(db, clock, delegates[1], this.proposal_id, SHOULD)
        for delegate in delegates:
            voted(db, clock, delegate, this, "support")
        close(db, clock, this)
        rounds.publish(db, clock, actor=convener, round_id=this.id)
        assert self.told(db, clock, this) == ()


class TestBlockAndRepair:
    """Journey J2: a block, a repair note, version 2, and who is affected is asked again."""

    def test_the_whole_of_it(self, db, clock, convener, champion, delegates, objector, this):
        others = [delegates[1], delegates[2], champion]
        for delegate in others:
            voted(db, clock, delegate, this, "support")
        object_(
            db,
            clock,
            objector,
            this,
            at=Pointed("count copay help", "count all help"),
            remedy="Say all help.",
        )
        number = the_only(db, this).id
        seen = standings.standing(db, actor=convener, now=clock(), round_id=this.id)
        assert seen.verdict.outcome is Outcome.BLOCKED

        answered(db, clock, champion, number, response="We will say all help.")
        made = revised(
            db, clock, champion, this, body=texts(db, this)[-1].body.replace("copay", "all")
        )
        confirmed(db, clock, delegates[1], this)
        voted(db, clock, objector, this, "support")

        one = the_only(db, this)
        assert (one.state, one.met_version) == (MET, made.number)
        assert history(db, number) == [OPEN, ANSWERED, MET]
        close(db, clock, this)
        assert verdict_of(db, this).verdict.outcome is Outcome.ADOPTED

    def test_wrong_a_block_without_a_reason(self, db, clock, objector, this):
        with pytest.raises(ReasonMissing):
            object_(db, clock, objector, this, reason="")

    def test_wrong_somebody_is_merely_unsure(self, db, clock, objector, this):
        """A comment asks what is meant and stands in nobody's way."""
        an_objection(db, clock, objector, this.proposal_id, COMMENT, reason="Which plans?")
        seen = standings.standing(db, actor=objector, now=clock(), round_id=this.id)
        assert seen.verdict.outcome is not Outcome.BLOCKED

    def test_wrong_the_convener_lifts_it_alone(
        self, db, clock, convener, delegates, objector, this
    ):
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        object_(db, clock, objector, this)
        number = the_only(db, this).id
        with pytest.raises(PermissionMissing):
            resolved(db, clock, convener, number)
        answered(db, clock, convener, number, response="I consider this settled.")
        assert the_only(db, this).is_unresolved
        seen = standings.standing(db, actor=convener, now=clock(), round_id=this.id)
        assert seen.verdict.outcome is Outcome.BLOCKED

    def test_wrong_the_champion_lifts_it_by_a_change(self, db, clock, champion, objector, this):
        object_(db, clock, objector, this)
        revised(db, clock, champion, this)
        assert the_only(db, this).is_unresolved

    def test_wrong_the_blocker_leaves_the_coalition(self, db, clock, delegates, objector, this):
        """The roll was frozen: its ballot stands, and so does the objection."""
        object_(db, clock, objector, this)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        leave(db, clock, objector)
        close(db, clock, this)
        assert verdict_of(db, this).verdict.outcome is Outcome.BLOCKED
        assert states(db, this) == [UPHELD]

    def test_wrong_the_blocker_of_a_last_call_leaves_the_coalition(
        self, db, clock, convener, delegates, objector, last_call
    ):
        """Nobody is left who could resolve it: the convener cancels and calls again."""
        an_objection(db, clock, objector, last_call.proposal_id, MUST)
        leave(db, clock, objector)
        rounds.cancel_round(
            db, clock, actor=convener, round_id=last_call.id, reason="The objector has left."
        )
        again = a_round(db, clock, convener, proposal_id=last_call.proposal_id, rule=LAST_CALL)
        for delegate in delegates[1:]:
            voted(db, clock, delegate, again, "support")
        close(db, clock, again)
        assert verdict_of(db, again).verdict.outcome is Outcome.ADOPTED
        assert states(db, again) == [OPEN], "it stays on the record"

    def test_a_last_call_whose_only_objector_left_runs_again_for_a_full_period(
        self, db, clock, delegates, objector, last_call
    ):
        for delegate in delegates[1:]:
            voted(db, clock, delegate, last_call, "support")
        an_objection(db, clock, objector, last_call.proposal_id, MUST)
        rounds.freeze_due(db, clock)
        assert now_of(db, last_call).stopped, "somebody can still resolve it"
        leave(db, clock, objector)
        for _ in range(2):
            rounds.freeze_due(db, clock)
        running = now_of(db, last_call)
        assert not running.stopped
        assert running.closes_at == clock() + last_call.full_period
        assert verify(db).is_whole
        close(db, clock, running)
        assert verdict_of(db, running).verdict.outcome is Outcome.ADOPTED

    def test_wrong_the_reason_holds_a_private_matter(
        self, db, clock, convener, delegates, objector, this
    ):
        """The public reads nothing of it; the person can have it erased."""
        object_(db, clock, objector, this, reason="A patient of ours named Jo.")
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        close(db, clock, this)
        rounds.publish(db, clock, actor=convener, round_id=this.id)
        assert ledger.with_decision(db, now=clock(), round_id=this.id) == ()
        forget(db, clock, who=f"account:{objector.account_id}")
        assert the_only(db, this).words.reason == ""
        assert verdict_of(db, this).verdict.outcome is Outcome.BLOCKED

    def test_wrong_names_of_blockers_are_public(
        self, db, clock, convener, delegates, objector, this
    ):
        object_(db, clock, objector, this, at=Pointed(named=True))
        for delegate in delegates[1:]:
            voted(db, clock, delegate, this, "support")
        close(db, clock, this)
        rounds.publish(db, clock, actor=convener, round_id=this.id)
        position = standings.position(db, now=clock(), round_id=this.id)
        assert objector.seat.organisation not in str(position)


def close(db, clock, this):
    """Let a round run to its close and freeze its verdict."""
    clock.hour = now_of(db, this).closes_at
    rounds.freeze_due(db, clock)


def leave(db, clock, delegate):
    """Let a delegate's organisation leave the coalition."""
    home = delegate.seat.organisation_id
    with db.writing() as conn:
        conn.execute(organisation.update().where(organisation.c.id == home).values(status="left"))
        conn.execute(seat.update().where(seat.c.organisation_id == home).values(to_at=clock.hour))
