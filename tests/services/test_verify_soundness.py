"""``verify`` names what nothing can be replayed from: lost guards, rows that cannot be read."""

import pytest
from sqlalchemy import text

from coalition.services.table.verifying import verify
from coalition.store import triggers
from tests.filling import a_history

SPOILT = {
    "a stance": ("UPDATE ballot SET stance = 'evil' WHERE id = 1", "ballot:1"),
    "a capacity": ("UPDATE ballot SET capacity = 'evil' WHERE id = 1", "ballot:1"),
    "an hour": ("UPDATE ballot SET cast_at = 'garbage' WHERE id = 1", "ballot:1"),
    "an erasure": ("UPDATE ballot_words SET erased_at = 'x' WHERE ballot_id = 1", "ballot_words:1"),
    "a detail": ("UPDATE audit_entry SET detail = 'notjson' WHERE seq = 3", "audit_entry:3"),
    "an entry": ("UPDATE audit_entry SET at = 'garbage' WHERE seq = 3", "audit_entry:3"),
    "a text": ("UPDATE text_version SET at = 'x' WHERE id = 1", "text_version:1"),
}
GUARDS = {
    "dropped": ("DROP TRIGGER kept_ballot_update", "kept_ballot_update"),
    "of the trail": ("DROP TRIGGER kept_audit_entry_delete", "kept_audit_entry_delete"),
    "a unique index": ("DROP INDEX uq_ballot_first", "uq_ballot_first"),
}


@pytest.fixture
def filled(db, clock):
    a_history(db, clock)
    return db


def changed(db, *statements):
    """Change the rows or the schema behind everybody's back; return what is found."""
    with db.engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA foreign_keys = OFF")
        conn.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            conn.execute(text(statement))
        conn.commit()
        conn.invalidate()
    return {(one.where, one.code) for one in verify(db).findings}


def freely(db, statement):
    """Do the same without a guard there, and put all of them back."""
    with db.writing() as conn:
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
    changed(db, statement)
    with db.writing() as conn:
        triggers.install(conn)
    return {(one.where, one.code) for one in verify(db).findings}


@pytest.mark.parametrize("what", SPOILT)
def test_a_value_that_cannot_be_read_is_named(filled, what):
    statement, where = SPOILT[what]
    assert (where, "row.unreadable") in freely(filled, statement)


@pytest.mark.parametrize("what", GUARDS)
def test_a_guard_that_is_gone_is_named(filled, what):
    statement, name = GUARDS[what]
    assert changed(filled, statement) == {(name, "guard.gone")}


def test_a_guard_that_guards_no_more_is_named(filled):
    idle = "CREATE TRIGGER kept_ballot_update BEFORE UPDATE ON ballot BEGIN SELECT 1; END"
    found = changed(filled, "DROP TRIGGER kept_ballot_update", idle)
    assert found == {("kept_ballot_update", "guard.gone")}


def test_a_proposal_taken_out_is_named_by_the_rows_it_leaves(filled):
    found = freely(filled, "DELETE FROM proposal WHERE id = 1")
    assert ("consensus_round:1", "row.dangling") in found


def test_a_table_on_postgres_misses_a_guard_too(any_db, clock):
    a_history(any_db, clock)
    assert verify(any_db).is_whole
    if not any_db.is_sqlite:
        with any_db.writing() as conn:
            conn.execute(text("ALTER TABLE ballot DISABLE TRIGGER kept_ballot_update"))
        (finding,) = verify(any_db).findings
        assert (finding.where, finding.code) == ("kept_ballot_update", "guard.gone")
