"""Minority statements and dissociations: whose they are, where they stand, how they go."""

import pytest
from sqlalchemy import select

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rounds import RoundKind, RoundNotFound, Terms
from coalition.domain.deliberation.stances import Stance
from coalition.domain.effect.dissents import (
    Dissent,
    DissentChanged,
    DissentId,
    NothingAdopted,
    NothingDecided,
    NothingToTakeBack,
    OutsideTheRoll,
    SpeakerMissing,
)
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.services.deliberation import positions, recording, rounds, versions
from coalition.services.deliberation.recording import RecordForm
from coalition.services.deliberation.versions import Mark, Revision
from coalition.services.effect.aftermath import aftermath
from coalition.services.people import seats as seats_service
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.deliberation import versions as versions_store
from coalition.store.effect import dissents as store
from coalition.store.faults import AlreadyThere
from coalition.store.ground import audit
from tests import builders
from tests.deciding import DISSOCIATION, STATEMENT, a_decision, a_dissent, since, taken_back

WORDS = "The zebra clause leaves rural clinics out."


def rows(db):
    with db.reading() as conn:
        return conn.execute(select(schema.dissent).order_by(schema.dissent.c.id)).all()


def a_second_text(db, clock, convener, this):
    """Change the text of a running round in substance and return the round as it is then."""
    with db.reading() as conn:
        last = versions_store.latest_version(conn, this.proposal_id)
    revision = Revision(last.id, last.title, last.ask, "Another text.", "More.", Mark.SUBSTANTIVE)
    versions.revise(
        db,
        clock,
        actor=convener,
        proposal_id=this.proposal_id,
        revision=revision,
        token="revision",
    )
    with db.reading() as conn:
        return builders.rounds_store.get(conn, this.id)


def supporters(db, clock, this):
    return positions.one(db, now=clock(), round_id=this.id).position.supporters


def test_a_statement_stands_under_the_name_of_its_organisation(db, clock):
    made = a_decision(db, clock)
    third = made.delegates[2]
    a_dissent(db, clock, third, made.round, words=WORDS)
    for reader in (None, third, made.delegates[0], made.convener):
        (told,) = since(db, clock, made.round, as_=reader).statements
        assert (told.organisation, told.words) == (third.seat.organisation, WORDS)
    assert verify(db).is_whole


def test_the_trail_tells_of_it_without_its_words(db, clock):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[2], made.round, words=WORDS)
    taken_back(db, clock, made.delegates[2], made.round)
    with db.reading() as conn:
        attached, withdrawn = list(audit.walk(conn))[-2:]
    assert (attached.action, withdrawn.action) == ("dissent.attached", "dissent.withdrawn")
    assert attached.detail == {"dissent": 1, "kind": "minority_statement"}
    assert attached.subject == f"round:{made.round.id}"
    assert "zebra" not in str((attached, withdrawn))


def test_an_alternate_may_speak_for_the_organisation_as_well(db, clock):
    made = a_decision(db, clock)
    home = made.delegates[2].seat.organisation_id
    alternate = builders.a_delegate(db, organisation_id=home, rank=1)
    a_dissent(db, clock, alternate, made.round)
    assert len(since(db, clock, made.round).statements) == 1


@pytest.mark.parametrize(
    "outcome", [("support", "support"), ("support", "object"), ("abstain",) * 2]
)
def test_a_statement_may_stand_beside_any_final_outcome(db, clock, outcome):
    made = a_decision(db, clock, *outcome)
    a_dissent(db, clock, made.delegates[1], made.round)
    assert len(since(db, clock, made.round).statements) == 1


@pytest.mark.parametrize("kind", [STATEMENT, DISSOCIATION])
def test_nothing_is_dissented_from_while_the_round_runs(db, clock, kind):
    convener, (delegate, *_) = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    with pytest.raises(NothingDecided):
        a_dissent(db, clock, delegate, this, kind)
    assert rows(db) == []


def test_a_round_without_a_quorum_decided_nothing(db, clock):
    made = a_decision(db, clock, "support", None, None)
    with pytest.raises(NothingDecided):
        a_dissent(db, clock, made.delegates[0], made.round)


def test_a_temperature_check_decides_nothing(db, clock):
    convener, (delegate, *_) = builders.a_table(db)
    plan = {"kind": RoundKind.TEMPERATURE, "preset": "", "rule": None}
    this = builders.a_round(db, clock, convener, days=1, **plan)
    clock.move(days=2)
    with pytest.raises(NothingDecided):
        a_dissent(db, clock, delegate, this)


def test_a_cancelled_round_decides_nothing(db, clock):
    convener, (delegate, *_) = builders.a_table(db)
    this = builders.a_round(db, clock, convener)
    rounds.cancel_round(db, clock, actor=convener, round_id=this.id, reason="The bill is gone.")
    with pytest.raises(NothingDecided):
        a_dissent(db, clock, delegate, this)


def test_no_job_has_to_run_before_an_organisation_can_dissent(db, clock):
    made = a_decision(db, clock, publish=False, freeze=False)
    a_dissent(db, clock, made.delegates[2], made.round)
    with db.reading() as conn:
        assert conn.scalar(select(schema.verdict.c.outcome)) == "adopted"
    assert verify(db).is_whole


def test_only_who_was_on_the_roll_may_dissent(db, clock):
    made = a_decision(db, clock)
    newcomer = builders.a_delegate(db)
    with pytest.raises(OutsideTheRoll):
        a_dissent(db, clock, newcomer, made.round)
    with pytest.raises(OutsideTheRoll):
        taken_back(db, clock, newcomer, made.round)


def test_who_holds_no_seat_speaks_for_nobody(db, clock):
    made = a_decision(db, clock)
    with pytest.raises(SpeakerMissing):
        a_dissent(db, clock, builders.a_person(db), made.round)


def test_who_held_the_seat_speaks_no_more_once_it_ended(db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    a_dissent(db, clock, delegate, made.round)
    held = seats_service.seat_holders(
        db, actor=made.convener, organisation_id=delegate.seat.organisation_id, now=clock()
    ).holdings[0]
    seats_service.end_seat(db, clock, actor=made.convener, seat_id=held.id, token="end")
    clock.move(seconds=1)
    with pytest.raises(SpeakerMissing):
        a_dissent(db, clock, delegate, made.round, DISSOCIATION)
    with pytest.raises(SpeakerMissing):
        taken_back(db, clock, delegate, made.round)
    assert len(since(db, clock, made.round).statements) == 1, "the organisation's word stays"


def test_an_unknown_round_is_told_as_unknown(db, clock):
    made = a_decision(db, clock)
    with pytest.raises(RoundNotFound):
        taken_back(db, clock, made.delegates[0], builders.replace(made.round, id=99))


def test_an_organisation_has_one_statement_and_may_replace_it(db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    first = a_dissent(db, clock, delegate, made.round, words="First")
    a_dissent(db, clock, delegate, made.round, words="Second", replaces=first)
    assert [one.words for one in since(db, clock, made.round).statements] == ["Second"]
    assert [row.withdrawn_at is None for row in rows(db)] == [False, True]


def test_what_a_colleague_wrote_meanwhile_is_not_replaced_unseen(db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    alternate = builders.a_delegate(db, organisation_id=delegate.seat.organisation_id, rank=1)
    a_dissent(db, clock, alternate, made.round, words="Theirs")
    with pytest.raises(DissentChanged):
        a_dissent(db, clock, delegate, made.round, words="Mine")
    assert [one.words for one in since(db, clock, made.round).statements] == ["Theirs"]


def test_the_database_itself_refuses_a_second_one_that_stands(any_db, clock):
    made = a_decision(any_db, clock)
    delegate = made.delegates[2]
    a_dissent(any_db, clock, delegate, made.round)
    home = delegate.seat.organisation_id
    again = Dissent(DissentId(0), made.round.id, home, "", STATEMENT, "Again", clock())
    with pytest.raises(AlreadyThere), any_db.writing() as conn:
        store.add(conn, again, made_by=delegate.account_id)


def test_a_double_click_attaches_once(db, clock):
    made = a_decision(db, clock)
    ids = {a_dissent(db, clock, made.delegates[2], made.round, token="same") for _ in range(2)}
    assert len(ids) == len(rows(db)) == 1


def test_a_statement_can_be_taken_back_once(db, clock):
    made = a_decision(db, clock)
    delegate = made.delegates[2]
    a_dissent(db, clock, delegate, made.round)
    for _ in range(2):
        taken_back(db, clock, delegate, made.round, token="same")
    assert since(db, clock, made.round).statements == ()
    with pytest.raises(NothingToTakeBack):
        taken_back(db, clock, delegate, made.round)


def test_nobody_takes_back_what_another_organisation_said(db, clock):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[2], made.round)
    with pytest.raises(NothingToTakeBack):
        taken_back(db, clock, made.delegates[0], made.round)
    assert len(since(db, clock, made.round).statements) == 1


@pytest.mark.parametrize(
    ("words", "refusal"),
    [("", TextMissing), (" \u200d ", TextMissing), ("x" * 100_000, TextTooLong)],
)
@pytest.mark.parametrize("kind", [STATEMENT, DISSOCIATION])
def test_bad_words_are_refused_and_nothing_changes(db, clock, kind, words, refusal):
    made = a_decision(db, clock)
    with pytest.raises(refusal) as refused:
        a_dissent(db, clock, made.delegates[2], made.round, kind, words=words)
    assert refused.value.facts["field"] == kind.field
    assert rows(db) == []


def test_who_dissociates_is_no_longer_listed_as_supporter(db, clock):
    made = a_decision(db, clock)
    first, second, _ = (one.seat.organisation for one in made.delegates)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION, words=WORDS)
    assert supporters(db, clock, made.round) == (second,)
    (left,) = since(db, clock, made.round).dissociations
    assert (left.organisation, left.words, left.at) == (first, WORDS, clock())


def test_a_dissociation_taken_back_lists_the_organisation_again(db, clock):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION)
    taken_back(db, clock, made.delegates[0], made.round, DISSOCIATION)
    assert len(supporters(db, clock, made.round)) == 2
    assert since(db, clock, made.round).dissociations == ()


def test_the_verdict_and_its_numbers_stay_when_a_supporter_leaves(db, clock):
    made = a_decision(db, clock)
    before = positions.one(db, now=clock(), round_id=made.round.id).position
    a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION)
    after = positions.one(db, now=clock(), round_id=made.round.id).position
    assert (after.verdict, after.tally) == (before.verdict, before.tally)
    assert verify(db).is_whole


def test_a_minority_statement_alone_leaves_a_supporter_listed(db, clock):
    made = a_decision(db, clock)
    a_dissent(db, clock, made.delegates[0], made.round, STATEMENT)
    assert len(supporters(db, clock, made.round)) == 2


def test_one_leaves_an_adopted_position_alone(db, clock):
    made = a_decision(db, clock, "support", "object")
    with pytest.raises(NothingAdopted):
        a_dissent(db, clock, made.delegates[0], made.round, DISSOCIATION)


def test_only_organisations_that_support_are_listed_as_supporters(db, clock):
    said = ("support", "support_with_reservations", "abstain", "stand_aside", "recused", None)
    made = a_decision(db, clock, *said)
    named = {one.seat.organisation for one in made.delegates[:2]}
    assert set(supporters(db, clock, made.round)) == named


@pytest.mark.parametrize(("term", "listed"), [("counts", 3), ("missing", 2)])
def test_a_recorded_support_is_listed_only_where_the_terms_count_it(db, clock, term, listed):
    convener, delegates = builders.a_table(db, organisations=3)
    this = builders.a_round(
        db, clock, convener, rule=builders.QUICK, days=1, terms=Terms(recorded=term)
    )
    for delegate in delegates[:2]:
        builders.a_ballot(db, clock, delegate, this, "support")
    form = RecordForm(
        this.id,
        delegates[2].seat.organisation_id,
        this.version_id,
        Stance.SUPPORT,
        Words("They agree.", "", ""),
        Evidence(Channel.PHONE, "Their director", clock()),
        None,
        "recorded",
    )
    recording.record_ballot(db, clock, actor=convener, form=form)
    clock.move(days=1)
    rounds.publish(db, clock, actor=convener, round_id=this.id)
    assert len(supporters(db, clock, this)) == listed


@pytest.mark.parametrize(("term", "listed"), [("counts", 2), ("missing", 1)])
def test_a_carried_support_is_listed_only_where_the_terms_count_it(db, clock, term, listed):
    convener, delegates = builders.a_table(db, organisations=2)
    this = builders.a_round(
        db, clock, convener, rule=builders.QUICK, days=5, terms=Terms(unconfirmed=term)
    )
    builders.a_ballot(db, clock, delegates[0], this, "support")
    second = a_second_text(db, clock, convener, this)
    builders.a_ballot(db, clock, delegates[1], second, "support")
    clock.move(days=5)
    rounds.publish(db, clock, actor=convener, round_id=this.id)
    assert len(supporters(db, clock, this)) == listed


def test_forgetting_a_person_erases_what_was_taken_back_and_leaves_what_stands(db, clock):
    made = a_decision(db, clock)
    person = made.delegates[2]
    first = a_dissent(db, clock, person, made.round, words="A quagga stood here")
    a_dissent(db, clock, person, made.round, words=WORDS, replaces=first)
    assert forget(db, clock, who=person.email).dissents == 1
    assert [row.statement for row in rows(db)] == ["", WORDS]
    assert verify(db).is_whole


def test_what_travels_is_found_in_as_many_questions_for_ten_as_for_one(db, clock, queries):
    table = builders.a_table(db)
    counts = []
    for _ in range(2):
        made = [a_decision(db, clock, table=table) for _ in range(5)]
        for one in made:
            a_dissent(db, clock, one.delegates[2], one.round)
        found = positions.page(db, now=clock(), size=50)
        from_page = [one.round for one in found.items]
        with queries(db) as said:
            told = aftermath(db, actor=None, now=clock(), rounds=from_page)
        assert all(one.statements for one in told.values())
        counts.append(len(said))
    assert counts[0] == counts[1] <= 5
