"""What the two ways to a connection promise, and what a faulty database is told as."""

import threading
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import insert, select, text

from coalition.store import migration, schema
from coalition.store.database import SQLITE_VERSION, Database
from coalition.store.faults import (
    AlreadyThere,
    DatabaseBusy,
    DatabaseFull,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnmigrated,
    DatabaseUnreachable,
)
from coalition.store.ground import audit, health
from tests.conftest import NOW


def file_of(db):
    return db.url.database


def test_sqlite_is_set_as_ballots_on_record_need_it(db):
    with db.reading() as conn:
        assert health.unsafe_pragmas(conn) == ()


def test_a_setting_that_is_off_would_be_named(db):
    with db.reading() as conn:
        conn.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        assert health.unsafe_pragmas(conn) == ("recursive_triggers = 0",)


def test_the_sqlite_in_use_has_the_repair_that_keeps_commits():
    assert health.is_safe_sqlite(SQLITE_VERSION)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("3.40.1", False),
        ("3.44.6", True),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.53.4", True),
    ],
)
def test_each_sqlite_is_judged_by_its_number(version, safe):
    assert health.is_safe_sqlite(version) is safe


def test_what_fails_half_way_leaves_nothing(any_db):
    with pytest.raises(ZeroDivisionError), any_db.writing() as conn:  # noqa: PT012
        audit.append(conn, "operator", "table.founded", "table:1", at=NOW)
        raise ZeroDivisionError
    with any_db.reading() as conn:
        assert audit.head(conn)[0] == 0


def test_an_entry_of_the_trail_follows_the_last_one_and_no_earlier(any_db):
    with any_db.writing() as conn:
        first = audit.append(conn, "operator", "table.founded", "table:1", at=NOW)
    with any_db.reading() as conn:
        head = audit.head(conn)
    with any_db.writing() as conn:
        second = audit.append(conn, "operator", "table.renamed", "table:1", at=NOW, after=head)
    with pytest.raises(AlreadyThere), any_db.writing() as conn:
        audit.append(conn, "operator", "table.renamed", "table:1", at=NOW, after=head)
    with any_db.reading() as conn:
        assert audit.head(conn) == (2, second.digest)
    assert (head, second.previous) == ((1, first.digest), first.digest)


def test_a_reader_sees_one_moment(any_db):
    with any_db.reading() as reader:
        assert audit.head(reader)[0] == 0
        with any_db.writing() as conn:
            audit.append(conn, "operator", "table.founded", "table:1", at=NOW)
        if any_db.is_sqlite:
            assert audit.head(reader)[0] == 0
    with any_db.reading() as reader:
        assert audit.head(reader)[0] == 1


def test_instants_come_back_with_their_zone(any_db):
    at = datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
    with any_db.writing() as conn:
        conn.execute(
            insert(schema.deed_token), {"token": "t", "action": "a", "result": "r", "at": at}
        )
    with any_db.reading() as conn:
        assert conn.scalar(select(schema.deed_token.c.at)) == at


def test_a_time_without_a_zone_is_never_stored(db):
    naive = datetime(2026, 11, 1, 1, 30)  # noqa: DTZ001 (that is the point)
    row = {"token": "t", "action": "a", "result": "r", "at": naive}
    with pytest.raises(Exception, match="naive"), db.writing() as conn:
        conn.execute(insert(schema.deed_token), row)


def test_many_writers_at_once_leave_one_chain(any_db):
    together = threading.Barrier(8)

    def write():
        together.wait()
        for _ in range(5):
            with any_db.writing() as conn:
                audit.append(conn, "operator", "table.founded", "table:1", at=NOW)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    with any_db.reading() as conn:
        entries = list(audit.walk(conn))
    assert [entry.seq for entry in entries] == list(range(1, 41))
    assert all(later.previous == earlier.digest for earlier, later in pairwise(entries))


def test_a_locked_database_is_told_as_busy(any_db, any_url):
    impatient = Database(any_url, busy=100)
    with any_db.writing(), pytest.raises(DatabaseBusy), impatient.writing():
        pass
    impatient.dispose()


def test_a_read_only_database_is_told_as_such_and_can_be_read(db):
    db.dispose()
    reader = Database(f"sqlite:///file:{file_of(db)}?mode=ro&uri=true")
    with reader.reading() as conn:
        assert audit.head(conn)[0] == 0
    with pytest.raises(DatabaseReadOnly), reader.writing() as conn:
        audit.append(conn, "operator", "table.founded", "table:1", at=NOW)
    reader.dispose()


def test_a_full_disk_is_told_as_such_and_undone(db):
    with pytest.raises(DatabaseFull), db.writing() as conn:  # noqa: PT012
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(500):
            row = {"token": f"{number}", "action": "a", "result": "r" * 80, "at": NOW}
            conn.execute(insert(schema.deed_token), row)
    with db.reading() as conn:
        assert conn.scalar(select(schema.deed_token.c.token)) is None


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://nobody@127.0.0.1:1/none"],
)
def test_a_database_that_is_not_there_is_told_as_unreachable(url):
    with pytest.raises(DatabaseUnreachable), Database(url).reading():
        pass


def test_an_empty_database_is_told_as_not_set_up(any_url):
    db = Database(any_url)
    with pytest.raises(DatabaseUnmigrated):
        migration.require_current(db)
    with pytest.raises(DatabaseUnmigrated), db.reading() as conn:
        audit.head(conn)
    db.dispose()


def test_a_database_of_a_newer_program_is_told_as_newer_and_left_alone(any_db):
    with any_db.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseNewer):
        migration.require_current(any_db)
    with pytest.raises(DatabaseNewer):
        migration.migrate(any_db)
    with any_db.reading() as conn:
        assert conn.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
