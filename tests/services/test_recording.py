"""A ballot recorded for an organisation: what a convener may enter, and who may read of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from coalition.domain.deliberation.ballots import (
    NotOnTheRoll,
    ReasonMissing,
    SomebodyAnswered,
    StanceMissing,
    StanceNotOffered,
    TextMoved,
)
from coalition.domain.deliberation.recordings import (
    Channel,
    ChannelMissing,
    Evidence,
    EvidenceMissing,
    HourMissing,
    OrganisationMissing,
    RecordedMeanwhile,
    SaidBefore,
    SaidLater,
    SeatAnswered,
)
from coalition.domain.deliberation.rounds import (
    COUNTS,
    MISSING,
    Results,
    RoundClosed,
    RoundKind,
    RoundNotOpen,
    Terms,
)
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.attachments import (
    MOST,
    AttachmentEmpty,
    AttachmentMisnamed,
    AttachmentTooLarge,
    AttachmentUnknown,
    Upload,
)
from coalition.domain.ground.permissions import Capacity, Role
from coalition.domain.ground.text import TextMissing, TextTooLong
from coalition.services.deliberation import ballots, recording, rounds, standings
from coalition.services.table import today, trail
from coalition.services.table.forgetting import forget
from coalition.services.table.today import Waits
from coalition.services.table.verifying import verify
from coalition.store import schema, triggers
from coalition.store.deliberation import ballots as ballots_store
from tests import builders
from tests.services.test_tick import rows

LETTER = Upload("letter.pdf", b"%PDF-1.7 we support it")
NOTE = "The zither board voted nine to two."


@pytest.fixture
def laid(db):
    return builders.a_table(db)


@pytest.fixture
def this(db, clock, laid):
    return builders.a_round(db, clock, laid[0])


def home(delegate):
    return delegate.seat.organisation_id


def evidence(this, **changes):
    return replace(Evidence(Channel.MAIL, "Wren Hale", this.opens_at, NOTE), **changes)


def recorded(db, clock, convener, this, delegate, stance="support", **form):
    return builders.a_recorded(db, clock, convener, this, home(delegate), stance, **form)


def confirmed(db, clock, delegate, this, ballot):
    told = builders.a_form(this, "support").disclosure
    form = ballots.Confirmation(
        this.id, this.version_id, ballot.id, "Yes", f"yes {ballot.id}", disclosure=told
    )
    return ballots.confirm_ballot(db, clock, actor=delegate, form=form)


def test_it_is_a_ballot_of_the_organisation_by_the_convener_with_evidence(db, clock, laid, this):
    convener, [us, *_] = laid
    cast = recorded(db, clock, convener, this, us, evidence=evidence(this), upload=LETTER)
    with db.reading() as conn:
        assert ballots_store.standing(conn, this.id, home(us)) == cast
    assert (cast.stance, cast.capacity) == (Stance.SUPPORT, Capacity.RECORDED)
    assert (cast.cast_by, cast.organisation_id) == (convener.account_id, home(us))
    [kept] = rows(db, schema.evidence)
    assert (kept.channel, kept.said_by, kept.note) == ("mail", "Wren Hale", NOTE)
    assert (kept.file_name, kept.media_type, kept.data) == ("letter.pdf", "pdf", LETTER.data)
    assert verify(db).findings == ()


def test_the_trail_remembers_it_without_a_word_of_it(db, clock, laid, this):
    convener, [us, *_] = laid
    recorded(db, clock, convener, this, us, evidence=evidence(this), upload=LETTER)
    [entry] = [one for one in rows(db, schema.audit_entry) if one.action == "ballot.recorded"]
    assert set(entry.detail) == {"ballot", "digest", "evidence"}
    assert not any(word in str(entry) for word in ("zither", "Wren", "letter", "support"))


@pytest.mark.parametrize(("terms", "counted"), [(COUNTS, 1), (MISSING, 0)])
def test_the_terms_say_whether_it_counts_and_it_is_told_apart(db, clock, laid, terms, counted):
    convener, [us, *_] = laid
    this = builders.a_round(db, clock, convener, terms=Terms(recorded=terms))
    cast = recorded(db, clock, convener, this, us)
    found = standings.standing(db, actor=us, now=clock(), round_id=this.id)
    assert found.tally.counts[Stance.SUPPORT] == counted
    assert (found.count.recorded, found.count.confirmed) == (1, 0)
    confirmed(db, clock, us, this, cast)
    found = standings.standing(db, actor=us, now=clock(), round_id=this.id)
    assert found.tally.counts[Stance.SUPPORT] == 1
    assert (found.count.recorded, found.count.confirmed) == (0, 1)
    clock.hour = this.closes_at
    rounds.freeze_due(db, clock)
    assert verify(db).findings == ()


@pytest.mark.parametrize("terms", [COUNTS, MISSING])
def test_one_that_nobody_confirmed_is_replayed_by_the_terms(db, clock, laid, terms):
    convener, [us, other, third] = laid
    this = builders.a_round(db, clock, convener, rule=builders.QUICK, terms=Terms(recorded=terms))
    recorded(db, clock, convener, this, us, "object")
    for one in (other, third):
        builders.a_ballot(db, clock, one, this, "support")
    clock.hour = this.closes_at
    rounds.freeze_due(db, clock)
    [verdict] = rows(db, schema.verdict)
    assert verdict.outcome == ("blocked" if terms == COUNTS else "adopted")
    assert verify(db).findings == ()


def test_its_people_are_asked_until_one_of_them_confirms_or_replaces(db, clock, laid, this):
    convener, [us, other, _] = laid
    cast = recorded(db, clock, convener, this, us)
    alternate = builders.a_delegate(db, organisation_id=home(us), rank=1)
    for person in (us, alternate):
        [task] = today.today(db, actor=person, now=clock()).waiting
        assert task.waits_for is Waits.RECORDED
    [task] = today.today(db, actor=other, now=clock()).waiting
    assert task.waits_for is Waits.STANCE
    confirmed(db, clock, alternate, this, cast)
    assert today.today(db, actor=us, now=clock()).waiting == ()


def test_the_seat_replaces_it_and_a_convener_never_replaces_the_seats_own(db, clock, laid, this):
    convener, [us, *_] = laid
    cast = recorded(db, clock, convener, this, us)
    with pytest.raises(SomebodyAnswered):
        builders.a_ballot(db, clock, us, this, "object")
    own = builders.a_ballot(db, clock, us, this, "object", replaces=cast.id)
    for replaces in (None, cast.id, own.id):
        with pytest.raises(SeatAnswered):
            recorded(db, clock, convener, this, us, replaces=replaces)
    with db.reading() as conn:
        assert ballots_store.standing(conn, this.id, home(us)) == own


def test_a_convener_replaces_an_earlier_recorded_one_and_both_stay(db, clock, laid, this):
    convener, [us, *_] = laid
    colleague = builders.a_person(db, role=Role.CONVENER)
    first = recorded(db, clock, convener, this, us, "abstain")
    with pytest.raises(RecordedMeanwhile):
        recorded(db, clock, colleague, this, us)
    second = recorded(db, clock, colleague, this, us, replaces=first.id)
    assert second.replaces == first.id
    assert len(rows(db, schema.evidence)) == 2
    found = recording.means(db, actor=convener, now=clock(), round_id=this.id)
    assert [one.stands for one in found.recorded] == [True, False]
    assert found.standing(home(us)) == second.id


def test_what_the_seat_took_back_may_be_recorded_anew(db, clock, laid, this):
    convener, [us, *_] = laid
    builders.a_ballot(db, clock, us, this, "object")
    out = ballots.withdraw_ballot(db, clock, actor=us, round_id=this.id, token="out")
    assert recorded(db, clock, convener, this, us).replaces == out.id
    assert verify(db).findings == ()


def test_a_double_click_records_once(db, clock, laid, this):
    convener, [us, *_] = laid
    first = recorded(db, clock, convener, this, us, token="one")
    assert recorded(db, clock, convener, this, us, token="one").receipt == first.receipt
    assert len(rows(db, schema.ballot)) == len(rows(db, schema.evidence)) == 1


@pytest.mark.parametrize(
    ("stance", "changes", "refusal"),
    [
        (None, {}, StanceMissing),
        ("object", {"words": builders.Words()}, ReasonMissing),
        ("support", {"words": builders.Words("x" * 100_000)}, TextTooLong),
        ("support", {"organisation_id": None}, OrganisationMissing),
        ("support", {"organisation_id": 9_999}, NotOnTheRoll),
        ("support", {"version_id": 9_999}, TextMoved),
        ("support", {"upload": Upload("letter.pdf", b"")}, AttachmentEmpty),
        ("support", {"upload": Upload("l.pdf", b"%PDF-" + b"a" * MOST)}, AttachmentTooLarge),
        ("support", {"upload": Upload("letter.pdf", b"\x89PNG\r\n\x1a\n")}, AttachmentMisnamed),
        ("support", {"upload": Upload("letter.exe", b"MZ\0")}, AttachmentUnknown),
    ],
)
def test_what_cannot_stand_leaves_no_trace(db, clock, laid, this, stance, changes, refusal):
    convener, [us, *_] = laid
    form = replace(builders.a_recording(this, home(us), stance), **changes)
    with pytest.raises(refusal):
        recording.record_ballot(db, clock, actor=convener, form=form)
    assert rows(db, schema.ballot) == rows(db, schema.evidence) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"channel": None}, ChannelMissing),
        ({"said_by": " "}, TextMissing),
        ({"said_by": "x" * 201}, TextTooLong),
        ({"note": "x" * 100_000}, TextTooLong),
        ({"received_at": None}, HourMissing),
    ],
)
def test_evidence_says_how_who_and_when(db, clock, laid, this, changes, refusal):
    convener, [us, *_] = laid
    with pytest.raises(refusal):
        recorded(db, clock, convener, this, us, evidence=evidence(this, **changes))
    assert rows(db, schema.ballot) == []


def test_it_was_said_while_the_round_was_open_and_not_in_the_future(db, clock, laid, this):
    convener, [us, *_] = laid
    clock.move(days=1)
    moment = timedelta(microseconds=1)
    early = evidence(this, received_at=this.opens_at - moment)
    late = evidence(this, received_at=clock() + moment)
    with pytest.raises(SaidBefore):
        recorded(db, clock, convener, this, us, evidence=early)
    with pytest.raises(SaidLater):
        recorded(db, clock, convener, this, us, evidence=late)
    recorded(db, clock, convener, this, us, evidence=evidence(this, received_at=clock()))


def test_the_round_must_be_open(db, clock, laid, this):
    convener, [us, *_] = laid
    later = builders.a_round(db, clock, convener, opens_at=clock() + timedelta(days=2), days=20)
    with pytest.raises(RoundNotOpen):
        recorded(db, clock, convener, later, us)
    clock.hour = this.closes_at
    with pytest.raises(RoundClosed):
        recorded(db, clock, convener, this, us)


def test_a_signature_can_be_recorded_and_nothing_else_in_a_sign_on(db, clock, laid):
    convener, [us, *_] = laid
    this = builders.a_round(
        db, clock, convener, kind=RoundKind.SIGN_ON, rule=None, preset="sign_on"
    )
    with pytest.raises(StanceNotOffered):
        recorded(db, clock, convener, this, us, "object")
    assert recorded(db, clock, convener, this, us).stance is Stance.SUPPORT


# --- who may read the evidence ---


def watchers(db, laid):
    convener, [us, other, _] = laid
    return {
        "recorder": convener,
        "ours": us,
        "our alternate": builders.a_delegate(db, organisation_id=home(us), rank=1),
        "another convener": builders.a_person(db, role=Role.CONVENER),
        "another member": other,
        "observer": builders.a_person(db, role=Role.OBSERVER),
        "administrator": builders.a_person(db, role=Role.ADMINISTRATOR),
    }


def readers(db, clock, people, this, cast):
    """Return who reads the note, and who gets the file."""
    notes, files = set(), set()
    for name, person in people.items():
        found = recording.recorded(db, actor=person, now=clock(), round_id=this.id)
        notes |= {name for one in found if one.note == NOTE}
        try:
            got = recording.attachment(db, actor=person, now=clock(), ballot_id=cast.id)
        except EvidenceMissing:
            continue
        assert got == LETTER
        files.add(name)
    return notes, files


def test_evidence_is_for_its_own_people_and_conveners(db, clock, laid, this):
    convener, [us, *_] = laid
    cast = recorded(db, clock, convener, this, us, evidence=evidence(this), upload=LETTER)
    allowed = {"recorder", "ours", "our alternate", "another convener"}
    assert readers(db, clock, watchers(db, laid), this, cast) == (allowed, allowed)


def test_in_a_hidden_round_only_its_own_people_and_who_recorded_it_read_the_evidence(
    db, clock, laid
):
    convener, [us, *_] = laid
    this = builders.a_round(db, clock, convener, results=Results.HIDDEN)
    cast = recorded(db, clock, convener, this, us, evidence=evidence(this), upload=LETTER)
    own, people = {"recorder", "ours", "our alternate"}, watchers(db, laid)
    assert readers(db, clock, people, this, cast) == (own, own)
    clock.hour = this.closes_at
    assert readers(db, clock, people, this, cast)[0] == own | {"another convener"}


def test_in_a_hidden_round_nobody_is_shown_the_stance(db, clock, laid):
    convener, [us, other, _] = laid
    this = builders.a_round(db, clock, convener, results=Results.HIDDEN)
    recorded(db, clock, convener, this, us, "object")
    administrator = builders.a_person(db, role=Role.ADMINISTRATOR)
    for person in (convener, other):
        roll = standings.participation(db, actor=person, now=clock(), round_id=this.id)
        assert {one.stance for one in roll} == {None}
    entries = trail.trail(db, actor=administrator, now=clock()).entries
    [entry] = [one for one in entries if one.action == "ballot.recorded"]
    assert (entry.actor, entry.detail) == ("", {})


def test_a_ballot_without_a_file_or_of_the_seat_has_nothing_to_fetch(db, clock, laid, this):
    convener, [us, other, _] = laid
    bare = recorded(db, clock, convener, this, us)
    own = builders.a_ballot(db, clock, other, this, "support")
    for number in (bare.id, own.id, 9_999):
        with pytest.raises(EvidenceMissing):
            recording.attachment(db, actor=convener, now=clock(), ballot_id=number)


# --- forgetting, verifying, counting ---


@pytest.mark.parametrize("who", ["recorder", "who said it"])
def test_forgetting_a_person_erases_their_evidence_and_keeps_the_ballot(db, clock, laid, this, who):
    convener, [us, other, _] = laid
    speaker = builders.a_delegate(db, organisation_id=home(us), rank=1, name="Wren Hale")
    recorded(db, clock, convener, this, us, evidence=evidence(this), upload=LETTER)
    recorded(
        db, clock, builders.a_person(db, role=Role.CONVENER), this, other,
        evidence=evidence(this, said_by="Somebody else"),
    )  # fmt: skip
    before = rows(db, schema.ballot)
    erased = convener if who == "recorder" else speaker
    forget(db, clock, who=f"account:{erased.account_id}")
    gone, kept = rows(db, schema.evidence)
    assert (gone.said_by, gone.note, gone.file_name, gone.size, gone.data) == ("", "", "", 0, None)
    assert gone.erased_at == clock()
    assert (gone.channel, len(gone.sha256)) == ("mail", 64)
    assert kept.note == NOTE
    assert rows(db, schema.ballot) == before
    assert verify(db).findings == ()


def test_somebody_elsewhere_of_the_same_name_takes_no_evidence_along(db, clock, laid, this):
    convener, [us, other, _] = laid
    namesake = builders.a_delegate(db, organisation_id=home(other), rank=1, name="Wren Hale")
    recorded(db, clock, convener, this, us, evidence=evidence(this))
    forget(db, clock, who=f"account:{namesake.account_id}")
    [kept] = rows(db, schema.evidence)
    assert kept.note == NOTE


@pytest.mark.parametrize(
    "changed",
    [{"data": b"%PDF-1.7 we object"}, {"data": None}, {"channel": "phone"}, {"sha256": "0" * 64}],
)
def test_evidence_changed_by_hand_is_found(db, clock, laid, this, changed):
    convener, [us, *_] = laid
    recorded(db, clock, convener, this, us, evidence=evidence(this), upload=LETTER)
    with db.writing() as conn:
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
        conn.execute(update(schema.evidence).values(**changed))
        triggers.install(conn)
    assert {one.code for one in verify(db).findings} == {"ballot.evidence"}


def test_a_recorded_ballot_made_the_seats_own_by_hand_is_found(db, clock, laid, this):
    convener, [us, *_] = laid
    recorded(db, clock, convener, this, us)
    with db.writing() as conn:
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
        conn.execute(update(schema.ballot).values(capacity="primary"))
        triggers.install(conn)
    assert {one.code for one in verify(db).findings} == {"ballot.digest"}


def test_a_list_never_reads_the_files(db, clock, laid, this, queries):
    convener, delegates = laid
    for one in delegates:
        recorded(db, clock, convener, this, one, upload=LETTER)
    with queries(db) as said:
        recording.means(db, actor=convener, now=clock(), round_id=this.id)
    assert len(said) <= 4
    assert not any("evidence.data" in one for one in said)
