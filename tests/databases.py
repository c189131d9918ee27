"""Databases of both kinds, each test's own: SQLite always, PostgreSQL where one is named."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from coalition.services.table import demonstration
from coalition.store import migration
from coalition.store.database import Database
from coalition.store.ground import profile
from tests.conftest import NOW, TABLE, SettableClock, a_fresh_table
from tests.means import POSTGRES_URL

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@contextmanager
def an_empty_url(kind: str, folder: Path):
    """Yield the URL of an empty database of one kind; on PostgreSQL it is dropped after."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'empty.db'}"
        return
    with _on_postgres() as url:
        yield url


@contextmanager
def _on_postgres(like: str = ""):
    """Yield the URL of a database that is dropped after: empty, or a copy of the one ``like``."""
    name, copied = f"table_{uuid4().hex}", f" TEMPLATE {make_url(like).database}" if like else ""
    server = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{copied}"))
    try:
        yield make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@pytest.fixture(scope="session")
def laid_on_postgres():
    """Yield the URL of a migrated database with the table's profile; copied, never used."""
    with _on_postgres() as url:
        db = Database(url)
        migration.migrate(db)
        with db.writing() as conn:
            profile.put(conn, TABLE, at=NOW)
        db.dispose()
        yield url


@pytest.fixture(params=KINDS)
def any_url(request, tmp_path):
    """Yield the URL of an empty database, of each kind in turn; a laid one beside ``any_db``."""
    laid = "any_db" in request.fixturenames
    if laid and request.param == "sqlite":
        db = a_fresh_table(tmp_path / "table.db")
        yield db.url.render_as_string(hide_password=False)
    elif laid:
        with _on_postgres(request.getfixturevalue("laid_on_postgres")) as url:
            yield url
    else:
        with an_empty_url(request.param, tmp_path) as url:
            yield url


@pytest.fixture
def any_db(any_url):
    """Yield a table of one's own on each kind of database, empty but for its name."""
    db = Database(any_url)
    yield db
    db.dispose()


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory) -> Path:
    """The demonstration as it is at NOW, loaded once; copied, never used."""
    path = tmp_path_factory.mktemp("demonstration") / "demonstration.db"
    db = Database(f"sqlite:///{path}")
    migration.migrate(db)
    demonstration.load(db, SettableClock(), cost=4)
    db.dispose()
    return path


@pytest.fixture
def demo(demonstration_file, tmp_path):
    """A demonstration of one's own."""
    path = tmp_path / "demo.db"
    shutil.copy(demonstration_file, path)
    shutil.copy(f"{demonstration_file}-accounts", f"{path}-accounts")
    db = Database(f"sqlite:///{path}")
    yield db
    db.dispose()
