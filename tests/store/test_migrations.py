"""A migration keeps every row, its content and the guards; one that would not is undone.

The migrations of today are run on tables that are empty. So a migration of tomorrow
is made up here, the kind that is dangerous on SQLite: it rebuilds tables that
history points at.
"""

import shutil
from hashlib import sha256
from textwrap import dedent

import pytest
from sqlalchemy import inspect, select

from coalition.store import migration, triggers
from coalition.store.schema import metadata
from coalition.store.table import history
from tests.filling import a_history

REBUILDS = """
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("motto", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("ballot", recreate="auto") as batch:
        batch.alter_column("receipt", type_=sa.String(40), existing_nullable=False)
    install(op.get_bind())
"""
BREAKS = """
    op.execute("DELETE FROM organisation")
"""
DISARMS = """
    with op.batch_alter_table("ballot", recreate="always") as batch:
        batch.alter_column("receipt", type_=sa.String(40), existing_nullable=False)
"""


@pytest.fixture
def tomorrow(tmp_path, monkeypatch):
    """Return a way to add a migration after the newest one, in a copy of the folder."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = migration._newest()

    def add(body):
        head = f"""
            import sqlalchemy as sa
            from alembic import op
            from coalition.store.triggers import install

            revision = "tomorrow"
            down_revision = {newest!r}

            def upgrade():
        """
        file = folder / "versions" / "vtomorrow.py"
        file.write_text(dedent(head).rstrip() + body)
        monkeypatch.setattr(migration, "SCRIPTS", folder)

    return add


def contents(db):
    """Return the fingerprint of every table's rows, in the order of their keys."""
    with db.reading() as conn:
        return {
            table.name: sha256(
                repr(conn.execute(select(table).order_by(*table.primary_key)).all()).encode()
            ).hexdigest()
            for table in metadata.sorted_tables
        }


def counts(db):
    with db.reading() as conn:
        return history.row_counts(conn)


def guards(db):
    with db.reading() as conn:
        return triggers.installed(conn)


def test_a_migration_keeps_rows_content_and_guards(any_db, clock, tomorrow):
    a_history(any_db, clock)
    before = counts(any_db), contents(any_db), guards(any_db)
    assert min(before[0][name] for name in ("ballot", "audit_entry", "verdict", "seat")) > 0
    tomorrow(REBUILDS)

    assert migration.migrate(any_db) is True

    assert (counts(any_db), contents(any_db), guards(any_db)) == before
    with any_db.reading() as conn:
        assert "motto" in {column["name"] for column in inspect(conn).get_columns("organisation")}


def test_a_migration_that_breaks_a_reference_is_undone(any_db, clock, tomorrow):
    a_history(any_db, clock)
    before = counts(any_db), contents(any_db), guards(any_db)
    tomorrow(BREAKS)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        migration.migrate(any_db)

    assert (counts(any_db), contents(any_db), guards(any_db)) == before


def test_this_test_would_see_a_migration_that_loses_the_guards(db, clock, tomorrow):
    a_history(db, clock)
    before = guards(db)
    tomorrow(DISARMS)

    migration.migrate(db)

    assert set(before) - set(guards(db)) == {"kept_ballot_delete", "kept_ballot_update"}


def test_references_are_watched_again_after_a_migration(db, clock, tomorrow):
    a_history(db, clock)
    tomorrow(REBUILDS)
    migration.migrate(db)
    with db.reading() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_migrating_again_does_nothing(any_db):
    assert migration.migrate(any_db) is False
