"""History is written once, and the database itself refuses to have it otherwise."""

import pytest
from sqlalchemy import Integer, Table, insert, inspect, select, text

from coalition.store import migration, schema
from coalition.store.database import Database
from coalition.store.faults import AlreadyThere, HistoryKept
from coalition.store.ground import profile
from coalition.store.schema import deliberation, discussion, effect, meetings, objections
from tests.conftest import NOW, TABLE, SettableClock
from tests.databases import KINDS, an_empty_url
from tests.filling import a_history


@pytest.fixture(scope="module", params=KINDS)
def filled(request, tmp_path_factory):
    """One filled table of each kind for all tests here: what they try is refused."""
    with an_empty_url(request.param, tmp_path_factory.mktemp("guarded")) as url:
        db = Database(url)
        migration.migrate(db)
        with db.writing() as conn:
            profile.put(conn, TABLE, at=NOW)
        a_history(db, SettableClock())
        yield db
        db.dispose()


def rows(db, table):
    key = [column.name for column in table.primary_key]
    with db.reading() as conn:
        return conn.execute(select(table).order_by(*[table.c[name] for name in key])).all()


def refused(db, statement):
    """Run a statement as the only writer and say which refusal came."""
    with pytest.raises((HistoryKept, AlreadyThere)) as refusal, db.writing() as conn:
        conn.execute(text(statement))
    return refusal.value


@pytest.mark.parametrize(
    "module", [deliberation, discussion, effect, meetings, objections], ids=lambda one: one.__name__
)
def test_every_table_of_history_is_filled_here(filled, module):
    """Whatever holds a row at all has one to guard, to migrate and to verify."""
    tables = [one for one in vars(module).values() if isinstance(one, Table)]
    assert [one.name for one in tables if not rows(filled, one)] == []


@pytest.mark.parametrize("name", schema.APPEND_ONLY)
def test_no_row_of_history_can_be_changed_or_deleted(filled, name):
    table = schema.metadata.tables[name]
    before = rows(filled, table)
    assert before, "nothing to guard"
    column = next(c.name for c in table.columns if not c.primary_key or c.foreign_keys)

    assert isinstance(refused(filled, f"UPDATE {name} SET {column} = {column}"), HistoryKept)
    assert isinstance(refused(filled, f"DELETE FROM {name}"), HistoryKept)
    if not filled.is_sqlite:  # SQLite has no other way to empty a table
        assert isinstance(refused(filled, f"TRUNCATE {name} CASCADE"), HistoryKept)

    assert rows(filled, table) == before


@pytest.mark.parametrize("name", schema.APPEND_ONLY)
def test_replacing_a_row_is_no_way_around_its_guard(filled, name):
    table = schema.metadata.tables[name]
    before = rows(filled, table)
    if filled.is_sqlite:
        refusal = refused(filled, f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")
    else:
        keys = ", ".join(column.name for column in table.primary_key)
        some = table.columns.keys()[-1]
        refusal = refused(
            filled,
            f"INSERT INTO {name} SELECT * FROM {name} "
            f"ON CONFLICT ({keys}) DO UPDATE SET {some} = EXCLUDED.{some}",
        )
    assert isinstance(refusal, HistoryKept)
    assert rows(filled, table) == before


@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, columns in schema.FROZEN.items() for c in columns]
)
def test_what_was_frozen_cannot_be_changed(filled, table, column):
    kind = schema.metadata.tables[table].c[column].type
    wanted = f"{column} + 1" if isinstance(kind, Integer) else "NULL"
    assert isinstance(refused(filled, f"UPDATE {table} SET {column} = {wanted}"), HistoryKept)


def test_what_follows_the_clock_can_still_be_changed(filled):
    with filled.writing() as conn:
        conn.execute(text("UPDATE consensus_round SET ending_reason = 'said later'"))


def test_an_organisation_has_one_first_ballot_in_a_round(filled):
    with filled.reading() as conn:
        first = conn.execute(
            select(schema.ballot).where(schema.ballot.c.replaces_id.is_(None)).limit(1)
        ).one()
    again = {**first._mapping, "receipt": "AAAA-AAAA-AAAA"}
    del again["id"]
    with pytest.raises(AlreadyThere), filled.writing() as conn:
        conn.execute(insert(schema.ballot), again)


def test_a_ballot_is_replaced_once(filled):
    with filled.reading() as conn:
        later = conn.execute(
            select(schema.ballot).where(schema.ballot.c.replaces_id.is_not(None)).limit(1)
        ).one()
    again = {**later._mapping, "receipt": "AAAA-AAAA-AAAA"}
    del again["id"]
    with pytest.raises(AlreadyThere), filled.writing() as conn:
        conn.execute(insert(schema.ballot), again)


def test_no_foreign_key_takes_history_with_it(any_db):
    with any_db.reading() as conn:
        there = inspect(conn)
        cascades = [
            f"{name}.{key['constrained_columns']}"
            for name in there.get_table_names()
            for key in there.get_foreign_keys(name)
            if key["options"].get("ondelete")
        ]
    assert cascades == []
