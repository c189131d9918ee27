"""Suggesting a change, answering it, and taking it into the next version."""

from dataclasses import replace

import pytest

from coalition.domain.deliberation.ballots import SeatMissing
from coalition.domain.deliberation.passages import Field, PassageAmbiguous, PassageGone
from coalition.domain.deliberation.proposals import NotYourProposal, ProposalNotFound, Stage
from coalition.domain.deliberation.versions import (
    Mark,
    NothingChanged,
    Revision,
    TextSettled,
    VersionMoved,
)
from coalition.domain.discussion.suggestions import (
    AnswerStands,
    NotDeclined,
    NotInText,
    NotWaiting,
    NotYourSuggestion,
    SomebodyElseAnswered,
    State,
    SuggestionAnswered,
    SuggestionNotFound,
)
from coalition.domain.discussion.wishes import (
    Answer,
    AnswerMissing,
    PartMissing,
    SameWords,
    Wish,
)
from coalition.domain.ground.permissions import PermissionMissing, Role, SignInNeeded
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable
from coalition.services.deliberation import proposals
from coalition.services.discussion import promoting, suggestions
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.ground import audit
from tests.builders import QUICK, a_delegate, a_person, a_proposal, a_round, an_organisation
from tests.services.test_tick import rows

BODY = "Plans count copay help. Plans tell patients by mail. Plans answer within five days."
WISH = Wish(Field.BODY, "within five days", "within two days", "Five days are too long in pain.")
YES = Answer(State.ACCEPTED, "It costs nothing and helps.")
NO = Answer(State.DECLINED, "Small plans cannot do it.")


@pytest.fixture
def champion(db):
    return a_delegate(db, organisation_id=an_organisation(db, name="Kidney Friends"))


@pytest.fixture
def author(db):
    return a_delegate(db, organisation_id=an_organisation(db, name="Lung Circle"))


@pytest.fixture
def proposal_id(db, clock, champion):
    return a_proposal(db, clock, champion, body=BODY)


@pytest.fixture
def suggest(db, clock, proposal_id):
    """Return a function that suggests a change and returns its number."""
    numbers = iter(range(1_000))

    def made(person, token=None, **changes):
        return suggestions.suggest(
            db,
            clock,
            actor=person,
            proposal_id=changes.pop("proposal_id", proposal_id),
            wish=replace(WISH, **changes),
            token=token or f"suggestion {next(numbers)}",
        )

    return made


@pytest.fixture
def answer(db, clock):
    """Return a function that answers a suggestion."""

    def given(person, number, said, seen=None):
        suggestions.answer(db, clock, actor=person, suggestion_id=number, given=said, seen=seen)

    return given


@pytest.fixture
def revise(db, clock, proposal_id):
    """Return a function that makes the next version with a new body."""

    def made(person, body, *including, token="revision", base=None, ask=None, proposal=None):
        number = proposal or proposal_id
        last = texts(db, clock, person, number)[-1]
        revision = Revision(
            base_id=base or last.id,
            title=last.title,
            ask=ask or last.ask,
            body=body,
            note="Answers come sooner.",
            mark=Mark.SUBSTANTIVE,
        )
        return suggestions.revise(
            db,
            clock,
            actor=person,
            proposal_id=number,
            revision=revision,
            token=token,
            including=including,
        )

    return made


def texts(db, clock, person, proposal_id):
    return proposals.detail(db, actor=person, now=clock(), proposal_id=proposal_id).versions


def every(db, person, proposal_id):
    return suggestions.on_proposal(db, actor=person, proposal_id=proposal_id).every


def actions(db, proposal_id):
    with db.reading() as conn:
        return [entry.action for entry in audit.trail(conn, subject=f"proposal:{proposal_id}")]


class TestSuggesting:
    def test_a_delegate_suggests_and_all_who_read_the_proposal_see_it(
        self, db, proposal_id, suggest, author
    ):
        number = suggest(author)

        for role in Role:
            reader = a_delegate(db) if role is Role.MEMBER else a_person(db, role=role)
            (seen,) = every(db, reader, proposal_id)
            assert (seen.id, seen.by, seen.state) == (number, "Lung Circle", State.OPEN)
            assert seen.passage.quote == "within five days"
            assert (seen.wording, seen.reason) == (WISH.wording, WISH.reason)
        assert actions(db, proposal_id)[0] == "suggestion.made"

    def test_an_observer_suggests_in_their_own_name(self, db, proposal_id, suggest):
        suggest(a_person(db, role=Role.OBSERVER, name="Olive Observer"))

        (seen,) = every(db, a_delegate(db), proposal_id)
        assert (seen.organisation_id, seen.by) == (None, "Olive Observer")

    def test_the_same_form_sent_twice_makes_one_suggestion(self, db, proposal_id, suggest, author):
        assert suggest(author, token="once") == suggest(author, token="once")
        assert len(every(db, author, proposal_id)) == 1

    def test_a_member_without_a_seat_speaks_for_nobody(self, db, suggest):
        with pytest.raises(SeatMissing):
            suggest(a_person(db, role=Role.MEMBER))

    def test_a_member_whose_seat_ended_meanwhile_is_refused(self, db, clock, suggest, author):
        forget_seat(db, clock, author)
        with pytest.raises(SeatMissing):
            suggest(author)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"field": None}, PartMissing),
            ({"quote": "within nine days"}, PassageGone),
            ({"quote": "Plans"}, PassageAmbiguous),
            ({"quote": " "}, TextMissing),
            ({"quote": "x" * 2_001}, TextTooLong),
            ({"wording": " within five days "}, SameWords),
            ({"wording": "x" * 100_000}, TextTooLong),
            ({"wording": "two\u202edays"}, TextUnreadable),
            ({"reason": ""}, TextMissing),
            ({"reason": "x" * 100_000}, TextTooLong),
            ({"reason": "x" * 2_001}, TextTooLong),
        ],
    )
    def test_what_cannot_be_taken_is_refused_and_nothing_changes(
        self, db, proposal_id, suggest, author, changes, refusal
    ):
        before = actions(db, proposal_id)
        with pytest.raises(refusal) as refused:
            suggest(author, **changes)
        assert refused.value.facts["field"] in {"field", "quote", "wording", "reason"}
        assert every(db, author, proposal_id) == ()
        assert actions(db, proposal_id) == before

    def test_a_passage_that_no_longer_exists_is_refused(self, suggest, author, champion, revise):
        revise(champion, BODY.replace("within five days", "at once"))
        with pytest.raises(PassageGone):
            suggest(author)

    def test_empty_wording_takes_the_passage_out(self, db, proposal_id, suggest, author):
        suggest(author, quote="Plans tell patients by mail.", wording=" ")
        assert every(db, author, proposal_id)[0].wording == ""

    @pytest.mark.parametrize("wording", ["", "two\nlines", "x" * 201])
    def test_the_ask_stays_one_line(self, db, clock, suggest, author, proposal_id, wording):
        ask = texts(db, clock, author, proposal_id)[-1].ask
        with pytest.raises((TextMissing, TextUnreadable, TextTooLong)):
            suggest(author, field=Field.ASK, quote=ask, wording=wording)

    def test_a_body_never_becomes_empty(self, suggest, author):
        with pytest.raises(TextMissing):
            suggest(author, quote=BODY, wording="")

    def test_a_draft_one_may_not_read_does_not_exist(self, db, clock, suggest, champion, author):
        draft = a_proposal(db, clock, champion, submitted=False, body=BODY)
        with pytest.raises(ProposalNotFound):
            suggest(author, proposal_id=draft)
        with pytest.raises(TextSettled):
            suggest(champion, proposal_id=draft)
        with pytest.raises(ProposalNotFound):
            every(db, author, draft)

    def test_a_withdrawn_or_decided_proposal_takes_no_suggestion(
        self, db, clock, suggest, champion, author, proposal_id
    ):
        proposals.withdraw_proposal(db, clock, actor=champion, proposal_id=proposal_id)
        with pytest.raises(TextSettled):
            suggest(author)
        convener = a_person(db, role=Role.CONVENER)
        decided = a_proposal(db, clock, champion, body=BODY)
        this = a_round(db, clock, convener, proposal_id=decided, rule=QUICK)
        clock.hour = this.closes_at
        with pytest.raises(TextSettled):
            suggest(author, proposal_id=decided)


class TestAnswering:
    @pytest.mark.parametrize(
        ("said", "agreed"),
        [
            (YES, "within two days"),
            (Answer(State.IN_PART, "Two is too short.", "within three days"), "within three days"),
            (NO, ""),
        ],
    )
    def test_the_champion_answers_with_a_reason_on_the_record(
        self, db, clock, proposal_id, suggest, answer, author, champion, said, agreed
    ):
        number = suggest(author)
        clock.move(hours=1)
        answer(champion, number, said)

        (seen,) = every(db, author, proposal_id)
        assert (seen.state, seen.answer, seen.agreed) == (said.state, said.reason, agreed)
        assert (seen.answered_by, seen.answered_at) == (champion.name, clock())
        assert actions(db, proposal_id)[0] == "suggestion.answered"

    def test_a_convener_answers_too(self, db, proposal_id, suggest, answer, author):
        answer(a_person(db, role=Role.CONVENER), suggest(author), YES)
        assert every(db, author, proposal_id)[0].state is State.ACCEPTED

    def test_another_organisation_does_not_answer(self, suggest, answer, author):
        number = suggest(author)
        with pytest.raises(NotYourProposal):
            answer(author, number, YES)

    def test_a_champion_whose_seat_ended_does_not_answer(self, suggest, answer, author, champion):
        number = suggest(author)
        with pytest.raises(NotYourProposal):
            answer(replace(champion, seat=None), number, YES)

    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            (Answer(None, "Because."), AnswerMissing),
            (Answer(State.OPEN, "Because."), AnswerMissing),
            (Answer(State.WITHDRAWN, "Because."), AnswerMissing),
            (replace(YES, reason=" "), TextMissing),
            (replace(YES, reason="x" * 100_000), TextTooLong),
            (replace(NO, reason=""), TextMissing),
            (Answer(State.IN_PART, "Because.", " "), TextMissing),
            (Answer(State.IN_PART, "Because.", "x" * 100_000), TextTooLong),
            (Answer(State.IN_PART, "Because.", "within five days"), SameWords),
        ],
    )
    def test_an_answer_without_its_words_is_refused_and_nothing_changes(
        self, db, proposal_id, suggest, answer, author, champion, said, refusal
    ):
        number = suggest(author)
        with pytest.raises(refusal):
            answer(champion, number, said)
        assert every(db, author, proposal_id)[0].state is State.OPEN
        assert actions(db, proposal_id)[0] == "suggestion.made"

    def test_answering_twice_is_answering_once(
        self, db, proposal_id, suggest, answer, author, champion
    ):
        number = suggest(author)
        answer(champion, number, YES)
        answer(champion, number, YES)
        assert actions(db, proposal_id).count("suggestion.answered") == 1

    def test_an_answer_can_be_changed_until_it_is_in_the_text(
        self, db, clock, proposal_id, suggest, answer, revise, author, champion
    ):
        number = suggest(author)
        answer(champion, number, NO)
        answer(champion, number, YES, clock())
        revise(champion, BODY.replace("five days", "two days"), number)
        with pytest.raises(AnswerStands):
            answer(champion, number, NO, clock())
        assert every(db, author, proposal_id)[0].state is State.ACCEPTED

    def test_of_two_answers_at_once_the_second_is_told(
        self, db, proposal_id, suggest, answer, author, champion
    ):
        number = suggest(author)
        answer(champion, number, NO)
        with pytest.raises(SomebodyElseAnswered):
            answer(a_person(db, role=Role.CONVENER), number, YES)
        assert every(db, author, proposal_id)[0].state is State.DECLINED

    def test_what_was_withdrawn_is_not_answered(self, db, clock, suggest, answer, author, champion):
        number = suggest(author)
        suggestions.withdraw(db, clock, actor=author, suggestion_id=number)
        with pytest.raises(AnswerStands):
            answer(champion, number, YES)

    def test_once_the_proposal_is_withdrawn_it_can_only_be_declined(
        self, db, clock, proposal_id, suggest, answer, author, champion
    ):
        number = suggest(author)
        proposals.withdraw_proposal(db, clock, actor=champion, proposal_id=proposal_id)
        with pytest.raises(TextSettled):
            answer(champion, number, YES)
        answer(champion, number, NO)
        assert every(db, author, proposal_id)[0].state is State.DECLINED

    def test_an_unknown_number_is_told(self, answer, champion):
        with pytest.raises(SuggestionNotFound):
            answer(champion, 99, YES)


class TestRevising:
    def test_accept_amendment_the_parent_becomes_the_amended_text_and_its_author_is_credited(
        self, db, clock, proposal_id, suggest, answer, revise, author, champion
    ):
        """Decidim, accept_amendment_examples: both changes stand in the audit log."""
        number = suggest(author)
        answer(champion, number, YES)
        made = revise(champion, BODY.replace("five days", "two days"), number)

        newest = texts(db, clock, author, proposal_id)[-1]
        assert (newest.id, newest.number) == (made.id, 2)
        assert "within two days" in newest.body
        assert every(db, author, proposal_id)[0].applied_version_id == made.id
        credited = suggestions.credited(db, actor=author, proposal_id=proposal_id)
        assert credited == {made.id: ("Lung Circle",)}
        told = actions(db, proposal_id)
        assert told[:3] == ["suggestion.applied", "version.written", "suggestion.answered"]

    def test_without_a_suggestion_it_is_a_version_like_any_other(
        self, db, proposal_id, revise, author, champion
    ):
        revise(champion, "Another text.")
        assert suggestions.credited(db, actor=author, proposal_id=proposal_id) == {}
        assert "suggestion.applied" not in actions(db, proposal_id)

    def test_each_organisation_is_credited_once_and_by_name(
        self, db, proposal_id, suggest, answer, revise, author, champion
    ):
        observer = a_person(db, role=Role.OBSERVER, name="Olive Observer")
        numbers = [
            suggest(author),
            suggest(author, quote="by mail", wording="by letter"),
            suggest(observer, quote="count", wording="always count"),
        ]
        for number in numbers:
            answer(champion, number, YES)
        body = BODY.replace("five days", "two days").replace("by mail", "by letter")
        made = revise(champion, body.replace("count", "always count"), *numbers)
        credited = suggestions.credited(db, actor=author, proposal_id=proposal_id)
        assert credited == {made.id: ("Lung Circle", "Olive Observer")}

    def test_the_same_form_sent_twice_makes_one_version(
        self, db, clock, proposal_id, suggest, answer, revise, author, champion
    ):
        number = suggest(author)
        answer(champion, number, YES)
        body = BODY.replace("five days", "two days")
        base = texts(db, clock, champion, proposal_id)[-1].id
        once = revise(champion, body, number)
        assert revise(champion, body, number, base=base) == once
        assert actions(db, proposal_id).count("suggestion.applied") == 1

    @pytest.mark.parametrize("said", [None, NO])
    def test_what_is_not_accepted_is_not_taken_in(
        self, db, clock, proposal_id, suggest, answer, revise, author, champion, said
    ):
        number = suggest(author)
        if said:
            answer(champion, number, said)
        with pytest.raises(NotWaiting):
            revise(champion, BODY.replace("five days", "two days"), number)
        assert len(texts(db, clock, author, proposal_id)) == 1

    def test_nothing_is_taken_in_twice(self, suggest, answer, revise, author, champion):
        number = suggest(author)
        answer(champion, number, YES)
        body = BODY.replace("five days", "two days")
        revise(champion, body, number)
        with pytest.raises(NotWaiting):
            revise(champion, body + " More.", number, token="again")

    @pytest.mark.parametrize("body", [BODY + " More.", BODY.replace("five days", "three days")])
    def test_a_text_that_does_not_say_it_credits_nobody(
        self, db, clock, proposal_id, suggest, answer, revise, author, champion, body
    ):
        number = suggest(author)
        answer(champion, number, YES)
        with pytest.raises(NotInText):
            revise(champion, body, number)
        assert len(texts(db, clock, author, proposal_id)) == 1
        assert actions(db, proposal_id)[0] == "suggestion.answered"

    def test_words_that_stand_elsewhere_are_no_credit_for_a_passage_left_as_it_was(
        self, suggest, answer, revise, author, champion
    ):
        number = suggest(author, quote="five", wording="copay")
        answer(champion, number, YES)
        with pytest.raises(NotInText):
            revise(champion, BODY + " More.", number)

    def test_a_wording_that_keeps_the_passage_within_it_is_found(
        self, db, proposal_id, suggest, answer, revise, author, champion
    ):
        number = suggest(author, quote="five", wording="five or, in pain, two")
        answer(champion, number, YES)
        made = revise(champion, BODY.replace("five", "five or, in pain, two"), number)
        assert every(db, author, proposal_id)[0].applied_version_id == made.id

    def test_a_passage_taken_out_is_credited_once_it_is_out(
        self, db, proposal_id, suggest, answer, revise, author, champion
    ):
        number = suggest(author, quote="Plans tell patients by mail. ", wording="")
        answer(champion, number, YES)
        with pytest.raises(NotInText):
            revise(champion, BODY + " More.", number)
        made = revise(champion, BODY.replace("Plans tell patients by mail. ", ""), number)
        assert every(db, author, proposal_id)[0].applied_version_id == made.id

    def test_a_suggestion_on_another_proposal_is_unknown_here(
        self, db, clock, suggest, answer, revise, author, champion
    ):
        other = a_proposal(db, clock, champion, body=BODY)
        number = suggest(author, proposal_id=other)
        answer(champion, number, YES)
        with pytest.raises(SuggestionNotFound):
            revise(champion, BODY.replace("five days", "two days"), number)

    def test_two_champions_saving_at_once_the_second_is_told_and_nothing_is_overwritten(
        self, db, clock, proposal_id, suggest, answer, revise, author, champion
    ):
        number = suggest(author)
        answer(champion, number, YES)
        base = texts(db, clock, champion, proposal_id)[-1].id
        revise(a_person(db, role=Role.CONVENER), BODY + " First.", token="theirs")
        with pytest.raises(VersionMoved):
            revise(champion, BODY.replace("five days", "two days"), number, base=base)
        assert texts(db, clock, champion, proposal_id)[-1].body == BODY + " First."
        assert every(db, author, proposal_id)[0].is_waiting

    def test_the_same_text_again_is_no_version(self, revise, champion):
        with pytest.raises(NothingChanged):
            revise(champion, BODY)

    def test_another_organisation_does_not_write_the_next_version(self, revise, author):
        with pytest.raises(NotYourProposal):
            revise(author, "Ours.")


class TestWithdrawingAndPromoting:
    def test_withdraw_amendment_only_by_its_author_and_only_while_open(
        self, db, clock, proposal_id, suggest, answer, author, champion
    ):
        """Decidim, withdraw_amendment_examples."""
        number = suggest(author)
        for other in (champion, a_person(db, role=Role.CONVENER)):
            with pytest.raises(NotYourSuggestion):
                suggestions.withdraw(db, clock, actor=other, suggestion_id=number)
        for _ in range(2):
            suggestions.withdraw(db, clock, actor=author, suggestion_id=number)
        assert every(db, author, proposal_id)[0].state is State.WITHDRAWN
        assert actions(db, proposal_id).count("suggestion.withdrawn") == 1
        answered = suggest(author)
        answer(champion, answered, NO)
        with pytest.raises(SuggestionAnswered):
            suggestions.withdraw(db, clock, actor=author, suggestion_id=answered)

    def test_a_colleague_of_the_author_does_not_withdraw_it(self, db, clock, suggest, author):
        number = suggest(author)
        colleague = a_delegate(db, organisation_id=author.seat.organisation_id, rank=1)
        with pytest.raises(NotYourSuggestion):
            suggestions.withdraw(db, clock, actor=colleague, suggestion_id=number)

    def test_promote_amendment_only_by_its_author_and_only_after_rejection(
        self, db, clock, proposal_id, suggest, answer, author, champion
    ):
        """Decidim, promote_amendment_examples."""
        number = suggest(author)

        def promote(person):
            return promoting.promote(db, clock, actor=person, suggestion_id=number)

        with pytest.raises(NotDeclined):
            promote(author)
        answer(champion, number, YES)
        with pytest.raises(NotDeclined):
            promote(author)
        answer(champion, number, NO, clock())
        with pytest.raises(NotYourSuggestion):
            promote(champion)
        made = promote(author)
        assert promote(author) == made, "once"

        new = proposals.detail(db, actor=author, now=clock(), proposal_id=made)
        assert (new.stage, new.proposal.text.body) == (Stage.DRAFT, "within two days")
        assert (new.proposal.text.title, new.proposal.champion) == (
            "within two days",
            "Lung Circle",
        )
        assert every(db, author, proposal_id)[0].became_id == made
        linked = suggestions.on_proposal(db, actor=author, proposal_id=made)
        assert linked.origin == proposal_id
        assert actions(db, proposal_id)[0] == "suggestion.promoted"
        assert actions(db, made) == ["proposal.drafted"]
        with pytest.raises(AnswerStands):
            answer(champion, number, YES, clock())

    def test_a_long_wording_makes_a_short_title(self, db, clock, suggest, answer, author, champion):
        number = suggest(author, wording="word " * 300)
        answer(champion, number, NO)
        made = promoting.promote(db, clock, actor=author, suggestion_id=number)
        new = proposals.detail(db, actor=author, now=clock(), proposal_id=made)
        assert new.proposal.text.title == " ".join(["word"] * 12)

    def test_words_only_taken_out_are_named_by_the_reason(
        self, db, clock, suggest, answer, author, champion
    ):
        number = suggest(author, wording="")
        answer(champion, number, NO)
        made = promoting.promote(db, clock, actor=author, suggestion_id=number)
        new = proposals.detail(db, actor=author, now=clock(), proposal_id=made)
        assert new.proposal.text.title == WISH.reason

    def test_an_observer_drafts_nothing_of_it(self, db, clock, suggest, answer, champion):
        observer = a_person(db, role=Role.OBSERVER)
        number = suggest(observer)
        answer(champion, number, NO)
        with pytest.raises(PermissionMissing):
            promoting.promote(db, clock, actor=observer, suggestion_id=number)


class TestForgetting:
    def test_nothing_the_person_wrote_is_left_and_the_credit_stays(
        self, db, proposal_id, suggest, answer, revise, author, champion, clock
    ):
        applied = suggest(author, reason="The zebra reason")
        waiting = suggest(author, quote="by mail", wording="by zebra post")
        suggest(author, quote="count", wording="zebra")
        answer(champion, applied, YES)
        answer(champion, waiting, Answer(State.IN_PART, "Zebra answer", "by zebra letter"))
        revise(champion, BODY.replace("five days", "two days"), applied)
        chain = rows(db, schema.text_version)
        forget(db, clock, who=author.email)

        assert "zebra" not in str(
            [(one.wording, one.reason, one.agreed) for one in rows(db, schema.suggestion)]
        )
        kept = every(db, champion, proposal_id)
        assert [one.state for one in kept] == [State.ACCEPTED, State.WITHDRAWN, State.WITHDRAWN]
        assert rows(db, schema.text_version) == chain
        credited = suggestions.credited(db, actor=champion, proposal_id=proposal_id)
        assert list(credited.values()) == [("Lung Circle",)]
        assert verify(db).is_whole

    def test_the_answers_of_the_person_go_too(
        self, db, clock, proposal_id, suggest, answer, author, champion
    ):
        answer(champion, suggest(author), Answer(State.DECLINED, "The zebra says no"))
        forget(db, clock, who=champion.email)
        (kept,) = every(db, author, proposal_id)
        assert (kept.state, kept.answer, kept.answered_by) == (State.DECLINED, "", "")
        assert kept.wording == WISH.wording

    def test_what_was_erased_is_never_accepted(self, db, clock, suggest, answer, author, champion):
        number = suggest(author)
        answer(champion, number, NO)
        forget(db, clock, who=author.email)
        with pytest.raises(AnswerStands):
            answer(champion, number, YES, clock())


def test_a_stranger_reads_no_suggestion(db, proposal_id):
    with pytest.raises(SignInNeeded):
        every(db, None, proposal_id)


def test_reading_them_asks_as_much_however_many_there_are(
    db, queries, proposal_id, suggest, author
):
    counts = []
    for _ in range(2):
        for _ in range(5):
            suggest(author)
        with queries(db) as said:
            every(db, author, proposal_id)
        counts.append(len(said))
    assert counts[0] == counts[1] <= 3, said


def forget_seat(db, clock, person):
    """End the person's seat as somebody else did meanwhile."""
    with db.writing() as conn:
        conn.execute(
            schema.seat.update()
            .where(schema.seat.c.account_id == person.account_id)
            .values(to_at=clock())
        )
