"""The gates before serving: each says what is wrong and what to do."""

import os

import pytest
from sqlalchemy import event

from coalition import wiring
from coalition.services.table import readiness
from coalition.store.database import Database
from coalition.store.faults import DatabaseDamaged, DatabaseUnknown
from coalition.store.ground import audit, health


def gate(name):
    return next(gate for gate in wiring.gates() if gate.name == name)


def closed():
    return [gate.name for gate in wiring.gates() if not gate.ok and gate.dangerous]


def test_a_table_as_the_program_makes_it_passes_every_dangerous_gate(served):
    assert closed() == []
    assert all(not gate.advice for gate in wiring.gates() if gate.ok)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("3.51.3", True),
        ("3.53.4", True),
        ("4.0.0", True),
        ("3.51.2", False),
        ("3.50.7", True),
        ("3.50.6", False),
        ("3.44.6", True),
        ("3.44.5", False),
        ("3.45.9", False),
        ("3.40.1", False),
    ],
)
def test_an_sqlite_without_the_repair_is_known_by_its_version(version, safe):
    assert health.is_safe_sqlite(version) is safe


def test_a_clock_behind_the_last_entry_is_dangerous(served, clock):
    with served.writing() as conn:
        audit.append(conn, "operator", "table.made", "table:1", at=clock())
    clock.move(minutes=-1)
    assert gate("time").ok
    clock.move(seconds=-1)
    assert closed() == ["time"]


def test_a_database_that_would_lose_ballots_in_a_power_cut_is_dangerous(served):
    def loosened(connection, _record):
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(wiring.database().engine, "connect", loosened)
    assert "synchronous = 0" in gate("pragmas").advice
    assert closed() == ["pragmas"]


def test_a_database_of_no_version_is_told_alone_before_what_rests_on_it(served):
    with served.writing() as conn:
        conn.exec_driver_sql("DROP TABLE alembic_version")
    assert closed() == ["database"]
    assert not {"pragmas", "time", "table"} & {gate.name for gate in wiring.gates()}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_database_that_others_can_read_is_advised_against_not_refused(served, tmp_path):
    (tmp_path / "table.db").chmod(0o644)
    assert "chmod 600" in gate("files").advice
    assert not gate("files").dangerous


def test_a_missing_table_is_advice(served):
    with served.writing() as conn:
        conn.exec_driver_sql("DELETE FROM coalition_table")
    assert "python -m coalition init" in gate("table").advice
    assert closed() == []


def test_a_guard_of_history_that_is_gone_is_dangerous(served):
    with served.writing() as conn:
        conn.exec_driver_sql("DROP TRIGGER kept_ballot_update")
    assert "kept_ballot_update" in gate("guards").advice
    assert closed() == ["guards"]


def test_a_database_that_cannot_be_written_is_dangerous(served):
    def sealed(connection, _record):
        connection.execute("PRAGMA query_only = ON")

    event.listen(wiring.database().engine, "connect", sealed)
    assert closed() == ["writable"]


def test_a_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "words.db").write_text("Not a database, but words. " * 200)
    with pytest.raises(DatabaseDamaged):
        readiness.require_ready(Database(f"sqlite:///{tmp_path / 'words.db'}"))


@pytest.mark.parametrize("url", ["garbage", "mysql://x", ""])
def test_an_address_that_names_no_database_is_refused(url):
    with pytest.raises(DatabaseUnknown):
        Database(url)
