"""What a hand in the database leaves behind, and what ``verify`` says of each."""

import re
import shutil
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from coalition.cli.verify import SENTENCES
from coalition.domain.ground.audit import chained
from coalition.domain.table.actions import ACTIONS
from coalition.domain.table.findings import Head
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from coalition.services.table.verifying.chain import NOTED
from coalition.store import schema, triggers
from coalition.store.database import Database
from coalition.store.ground import audit
from tests.conftest import ROOT, SettableClock
from tests.filling import a_history

S = schema


@pytest.fixture(scope="module")
def a_past(laid_table, tmp_path_factory):
    """A file with a history, made once; every test spoils a copy of its own."""
    path = tmp_path_factory.mktemp("past") / "past.db"
    shutil.copy(laid_table, path)
    db = Database(f"sqlite:///{path}")
    a_history(db, SettableClock())
    db.dispose()
    return path


@pytest.fixture
def filled(a_past, tmp_path):
    path = tmp_path / "filled.db"
    shutil.copy(a_past, path)
    db = Database(f"sqlite:///{path}")
    yield db
    db.dispose()


def disarm(conn):
    """Drop every guard, as somebody who means harm would."""
    for name in triggers.installed(conn):
        conn.execute(text(f"DROP TRIGGER {name}"))


def tampered(db, *statements):
    """Do something to the rows behind everybody's back and return what is found."""
    with db.writing() as conn:
        disarm(conn)
        for statement in statements:
            conn.execute(statement)
        triggers.install(conn)
    return {f"{finding.where} {finding.code}" for finding in verify(db).findings}


def codes(found):
    return {one.rpartition(" ")[2] for one in found}


def first(db, table, *conditions):
    with db.reading() as conn:
        return conn.execute(
            select(table).where(*conditions).order_by(*table.primary_key).limit(1)
        ).one()


def test_a_table_nobody_touched_is_whole(filled):
    report = verify(filled)
    assert report.findings == ()
    assert (report.ballots, report.rounds, report.verdicts) == (17, 4, 2)
    with filled.reading() as conn:
        assert (report.head.seq, report.head.digest) == audit.head(conn)


def test_every_action_of_its_history_is_one_the_trail_can_tell(filled):
    with filled.reading() as conn:
        assert {entry.action for entry in audit.walk(conn)} <= set(ACTIONS)


def test_a_table_on_postgres_is_whole_as_well(any_db, clock):
    a_history(any_db, clock)
    assert verify(any_db).findings == ()


BALLOT = S.ballot.c
CAST = BALLOT.stance == "support"
LATEST = (
    select(func.max(S.text_version.c.id)).where(S.text_version.c.proposal_id == 3).scalar_subquery()
)
MUTATIONS = {
    "an entry's actor": (
        update(S.audit_entry).where(S.audit_entry.c.seq == 3).values(actor="account:99"),
        "chain.digest",
    ),
    "an entry's hour": (
        update(S.audit_entry).where(S.audit_entry.c.seq == 3).values(at=text("'2020-01-01 00:00'")),
        "chain.digest",
    ),
    "an entry's detail": (
        update(S.audit_entry).where(S.audit_entry.c.action == "round.opened").values(detail={}),
        "chain.digest",
    ),
    "an entry in the middle": (
        delete(S.audit_entry).where(S.audit_entry.c.action == "round.extended"),
        "chain.gap",
    ),
    "an entry's place": (
        update(S.audit_entry).where(S.audit_entry.c.seq == 3).values(seq=300),
        "chain.gap",
    ),
    "a ballot's stance": (
        update(S.ballot).where(CAST).values(stance="object"),
        "ballot.digest",
    ),
    "a ballot's organisation": (
        update(S.ballot).where(BALLOT.stance == "stand_aside").values(organisation_id=5),
        "ballot.digest",
    ),
    "a ballot's hour": (
        update(S.ballot).where(CAST).values(cast_at=text("'2020-01-01 00:00:00'")),
        "ballot.window",
    ),
    "a ballot's text": (
        update(S.ballot).where(BALLOT.stance == "stand_aside").values(version_id=2),
        "ballot.version",
    ),
    "a ballot's predecessor": (
        update(S.ballot).where(BALLOT.stance == "withdrawn").values(replaces_id=3),
        "ballot.replaces",
    ),
    "a ballot's receipt": (
        update(S.ballot).where(BALLOT.id == 3).values(receipt="AAAA-AAAA-AAAA"),
        "ballot.digest",
    ),
    "the words of a ballot": (
        update(S.ballot_words).where(S.ballot_words.c.ballot_id == 1).values(reason="Never"),
        "ballot.words",
    ),
    "the row of a ballot's words": (
        delete(S.ballot_words).where(S.ballot_words.c.ballot_id == 1),
        "ballot.words_gone",
    ),
    "words erased in silence": (
        update(S.ballot_words)
        .where(S.ballot_words.c.ballot_id == 1)
        .values(salt="", reason="", remedy="", authority="", erased_at=text("'2026-11-02 00:00'")),
        "ballot.erased_untold",
    ),
    "words put back after erasing": (
        update(S.ballot_words)
        .where(S.ballot_words.c.ballot_id == 1)
        .values(salt="", reason="Other", erased_at=text("'2026-11-02 00:00'")),
        "ballot.words",
    ),
    "a text": (update(S.text_version).values(body="We ask for nothing."), "text.hash"),
    "a text's hash": (update(S.text_version).values(content_hash="0" * 64), "text.entry"),
    "a round's rule": (
        update(S.consensus_round).where(S.consensus_round.c.id == 1).values(rule={}),
        "round.frozen",
    ),
    "a rule nobody can read": (
        update(S.consensus_round).where(S.consensus_round.c.id == 1).values(rule={"quorum": 7}),
        "round.unreadable",
    ),
    "a round's terms": (
        update(S.consensus_round).values(terms={"unconfirmed": "missing"}),
        "round.frozen",
    ),
    "a round's first deadline": (
        update(S.consensus_round).values(first_closes_at=text("'2027-01-01 00:00:00'")),
        "round.frozen",
    ),
    "the text in force": (
        update(S.consensus_round)
        .where(S.consensus_round.c.id == 3)
        .values(current_version_id=LATEST - 1),
        "round.text",
    ),
    "the text a round opened on": (
        update(S.consensus_round).where(S.consensus_round.c.id == 3).values(version_id=LATEST),
        "round.text",
    ),
    "which text changed what is asked": (
        update(S.consensus_round)
        .where(S.consensus_round.c.id == 3)
        .values(substantive_version_id=LATEST),
        "round.text",
    ),
    "a mark made editorial": (
        update(S.text_version).where(S.text_version.c.number == 3).values(mark="editorial"),
        "text.mark",
    ),
    "a mark made substantive": (
        update(S.text_version).where(S.text_version.c.number == 4).values(mark="substantive"),
        "text.mark",
    ),
    "the round a text changed": (
        update(S.text_version).where(S.text_version.c.number == 2).values(round_id=None),
        "text.mark",
    ),
    "a contest taken out": (delete(S.version_contest), "text.contest"),
    "a contest slipped in": (
        insert(S.version_contest).values(
            version_id=LATEST,
            organisation_id=1,
            contested_by=1,
            reason="",
            at=text("'2026-11-20 00:00:00'"),
        ),
        "text.contest",
    ),
    "a stop of the clock": (
        delete(S.round_clock).where(S.round_clock.c.change == "stopped"),
        "round.clock",
    ),
    "the close a clock was restarted to": (
        update(S.round_clock)
        .where(S.round_clock.c.change == "restarted")
        .values(closes_at=text("'2027-01-01 00:00:00'")),
        "round.clock",
    ),
    "where a window counts from": (
        update(S.consensus_round)
        .where(S.consensus_round.c.id == 3)
        .values(runs_from=text("'2026-01-01 00:00:00'")),
        "round.clock",
    ),
    "a clock stopped in silence": (
        update(S.consensus_round).where(S.consensus_round.c.id == 3).values(stopped=True),
        "round.clock",
    ),
    "the close of a restarted clock": (
        update(S.consensus_round)
        .where(S.consensus_round.c.id == 3)
        .values(closes_at=text("'2026-11-25 00:00:00'")),
        "round.close",
    ),
    "a ballot moved to the text its organisation never saw": (
        update(S.ballot)
        .where(BALLOT.round_id == 3, BALLOT.organisation_id == 2)
        .values(version_id=LATEST),
        "ballot.version",
    ),
    "a round's deadline": (
        update(S.consensus_round).values(closes_at=text("'2027-01-01 00:00:00'")),
        "round.close",
    ),
    "a round's ending": (update(S.consensus_round).values(ending="cancelled"), "round.ending"),
    "a round's publishing": (
        update(S.consensus_round).values(published_at=text("'2026-12-01 00:00:00'")),
        "round.published",
    ),
    "a round's size": (update(S.consensus_round).values(roll_size=3), "round.roll"),
    "a size too small for its ballots": (
        update(S.consensus_round).values(roll_size=1),
        "verdict.tally",
    ),
    "an extension": (delete(S.round_extension), "round.extensions"),
    "a roll": (
        delete(S.round_roll).where(S.round_roll.c.organisation_id == 1),
        "ballot.roll",
    ),
    "a verdict's answer": (
        update(S.verdict).values(answer={"outcome": "blocked"}),
        "verdict.unreadable",
    ),
    "a verdict's outcome in lists": (
        update(S.verdict).values(outcome="blocked"),
        "verdict.outcome",
    ),
    "a verdict": (delete(S.verdict), "verdict.gone"),
}


@pytest.mark.parametrize("what", MUTATIONS)
def test_whatever_was_changed_by_hand_is_named(filled, what):
    statement, code = MUTATIONS[what]
    assert code in codes(tampered(filled, statement))


def test_a_verdict_turned_round_is_named_three_times(filled):
    kept = first(filled, S.verdict)
    answer = {**kept.answer, "outcome": "not_adopted"}
    tally = {**kept.tally, "ballots": {**kept.tally["ballots"], "support": 0}}
    found = tampered(filled, update(S.verdict).values(answer=answer, tally=tally))
    assert {"verdict.entry", "verdict.tally", "verdict.answer"} <= codes(found)


def test_a_ballot_slipped_in_is_named(filled):
    extra = dict(first(filled, S.ballot, BALLOT.round_id == 2)._mapping)
    extra |= {"id": 900, "organisation_id": 1, "receipt": "BBBB-BBBB-BBBB", "replaces_id": None}
    found = tampered(filled, insert(S.ballot).values(extra))
    assert {"ballot:900 ballot.untold", "ballot:900 ballot.words_gone"} <= found


def without_ballot(number):
    """Return what takes a ballot out with the objection behind it."""
    one = select(S.objection.c.id).where(S.objection.c.ballot_id == number).scalar_subquery()
    return (
        delete(S.objection_step).where(S.objection_step.c.objection_id == one),
        delete(S.objection_words).where(S.objection_words.c.objection_id == one),
        delete(S.objection).where(S.objection.c.ballot_id == number),
        delete(S.ballot_words).where(S.ballot_words.c.ballot_id == number),
        delete(S.ballot).where(BALLOT.id == number),
    )


def test_a_ballot_taken_out_is_named(filled):
    found = tampered(filled, *without_ballot(7))
    assert "ballot:7 ballot.gone" in found


def test_a_ballot_taken_out_together_with_its_entry_is_named(filled):
    with filled.reading() as conn:
        entries = [entry for entry in audit.walk(conn) if entry.detail.get("ballot") == 7]
    found = tampered(
        filled,
        delete(S.ballot_words).where(S.ballot_words.c.ballot_id == 1),
        *without_ballot(7),
        delete(S.audit_entry).where(S.audit_entry.c.seq == entries[0].seq - 1),
    )
    assert "chain.gap" in codes(found)


def test_a_round_taken_out_is_named(filled):
    with filled.engine.connect() as conn:
        driver = conn.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
        conn.execute(delete(S.consensus_round).where(S.consensus_round.c.id == 2))
        conn.commit()
        conn.invalidate()
    found = {f"{one.where} {one.code}" for one in verify(filled).findings}
    assert {"round:2 round.gone", "ballots ballot.homeless"} <= found


def test_an_objection_taken_out_is_named(filled):
    one = first(filled, S.objection, S.objection.c.ballot_id.is_(None)).id
    found = tampered(
        filled,
        delete(S.objection_step).where(S.objection_step.c.objection_id == one),
        delete(S.objection_words).where(S.objection_words.c.objection_id == one),
        delete(S.objection).where(S.objection.c.id == one),
    )
    assert f"objection:{one} objection.gone" in found


def test_every_finding_has_a_sentence():
    written = {
        code
        for path in (ROOT / "coalition" / "services" / "table" / "verifying").glob("*.py")
        for code in re.findall(
            r'"((?:guard|row|chain|text|round|ballot|objection|verdict)\.[a-z_]+)"',
            path.read_text(),
        )
        if code not in NOTED
    }
    assert written <= set(SENTENCES)
    assert set(SENTENCES) <= written | set(NOTED)


def test_a_text_slipped_in_is_named(filled):
    extra = dict(first(filled, S.text_version)._mapping) | {"id": 900, "number": 2}
    found = tampered(filled, insert(S.text_version).values(extra))
    assert "proposal:1 version:2 text.untold" in found


def rebuilt(conn):
    """Build the whole chain again around whatever its entries now say."""
    previous = "0" * 64
    for entry in list(audit.walk(conn)):
        digest = chained(entry, previous, entry.seq)
        conn.execute(
            update(S.audit_entry)
            .where(S.audit_entry.c.seq == entry.seq)
            .values(previous=previous, digest=digest)
        )
        previous = digest


def test_a_chain_rebuilt_around_a_change_is_told_by_a_head_kept_outside(filled):
    kept = verify(filled).head
    with filled.writing() as conn:
        disarm(conn)
        conn.execute(
            update(S.audit_entry)
            .where(S.audit_entry.c.action == "proposal.drafted")
            .values(actor="account:2")
        )
        rebuilt(conn)
        triggers.install(conn)

    assert verify(filled).is_whole, "from inside nothing can be seen"
    assert codes(f"{one.where} {one.code}" for one in verify(filled, kept=kept).findings) == {
        "chain.head_differs"
    }


def test_an_end_cut_off_is_told_by_a_head_kept_outside(filled, clock):
    kept = verify(filled).head
    with filled.writing() as conn:
        disarm(conn)
        conn.execute(delete(S.audit_entry).where(S.audit_entry.c.seq == kept.seq))
    assert "chain.cut" in {one.code for one in verify(filled, kept=kept).findings}


def test_a_head_kept_outside_fits_a_chain_that_has_grown(filled, clock):
    kept = verify(filled).head
    with filled.writing() as conn:
        audit.append(conn, "operator", "table.swept", "table:1", at=clock())
    assert verify(filled, kept=kept).is_whole
    assert not verify(filled, kept=Head(kept.seq + 5, kept.digest)).is_whole


def test_forgetting_a_person_leaves_everything_valid(filled, clock):
    voter = first(filled, S.ballot, BALLOT.stance == "support")
    before = first(filled, S.verdict)
    done = forget(filled, clock, who=f"account:{voter.cast_by}")
    assert (done.ballots, done.comments, done.interests) == (6, 1, 1)
    assert verify(filled).is_whole
    assert first(filled, S.verdict) == before


def test_a_late_ballot_with_an_entry_of_its_own_is_still_named(filled, clock):
    """Even written by the program's own hand, a ballot after the close does not count."""
    kept = first(filled, S.ballot, BALLOT.round_id == 1)
    with filled.writing() as conn:
        disarm(conn)
        conn.execute(
            update(S.consensus_round)
            .where(S.consensus_round.c.id == 1)
            .values(ending="closed_early", closes_at=kept.cast_at - timedelta(hours=1))
        )
    assert {"round.ending", "round.close"} <= {one.code for one in verify(filled).findings}
