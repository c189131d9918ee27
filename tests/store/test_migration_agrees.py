"""A migrated database is exactly what the tables in ``coalition.store.schema`` describe."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from coalition.store import migration, triggers
from coalition.store.database import Database
from coalition.store.schema import metadata
from tests.means import POSTGRES_URL


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def two_urls(request, tmp_path):
    """Yield the URLs of two empty databases of one kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrated.db'}", f"sqlite:///{tmp_path / 'described.db'}"
        return
    names = [f"agrees_{uuid4().hex}" for _ in range(2)]
    server = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name}"))
    yield tuple(
        make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
        for name in names
    )
    with server.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def migrated(two_urls):
    db = Database(two_urls[0])
    migration.migrate(db)
    yield db
    db.dispose()


@pytest.fixture
def described(two_urls):
    db = Database(two_urls[1])
    with db.writing() as conn:
        metadata.create_all(conn)
        triggers.install(conn)
    yield db
    db.dispose()


def anatomy(db: Database) -> dict[str, dict[str, list[str]]]:
    """Return what each table is made of, in an order that does not depend on how it was made."""
    inspector = inspect(db.engine)
    return {
        table: {
            "columns": sorted(
                f"{c['name']} {c['type']} null={c['nullable']} default={c['default']}"
                for c in inspector.get_columns(table)
            ),
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(
                f"{f['constrained_columns']} {f['referred_table']} {f['options']}"
                for f in inspector.get_foreign_keys(table)
            ),
            "uniques": sorted(
                f"{u['name']} {u['column_names']}" for u in inspector.get_unique_constraints(table)
            ),
            "checks": sorted(
                f"{c['name']} {c['sqltext']}" for c in inspector.get_check_constraints(table)
            ),
            "indexes": sorted(
                f"{i['name']} {i['column_names']} {i['unique']} {_condition(i)}"
                for i in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _condition(index) -> str:
    options = index.get("dialect_options", {})
    return " ".join(str(v) for k, v in sorted(options.items()) if k.endswith("_where"))


def test_alembic_finds_nothing_to_migrate(migrated: Database) -> None:
    with migrated.engine.connect() as connection:
        assert migration.differences(connection) == []


def test_migrated_and_described_tables_are_made_alike(
    migrated: Database, described: Database
) -> None:
    assert anatomy(migrated) == anatomy(described)


def test_no_guard_of_history_was_lost_on_the_way(migrated: Database, described: Database) -> None:
    with migrated.reading() as there, described.reading() as wanted:
        assert triggers.installed(there) == triggers.installed(wanted)
        assert triggers.installed(there)


def test_a_column_only_one_of_them_has_would_be_noticed(migrated: Database) -> None:
    with migrated.writing() as conn:
        conn.execute(text("ALTER TABLE ballot ADD COLUMN stray INTEGER"))

    with migrated.engine.connect() as connection:
        assert migration.differences(connection)
