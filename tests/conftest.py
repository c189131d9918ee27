"""What every test may count on.

Sockets reach this machine only (``--allow-hosts`` in pyproject.toml).
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from coalition import wiring
from coalition.domain.ground.profile import TableKind, TableProfile
from coalition.store import migration
from coalition.store.database import Database
from coalition.store.ground import profile

pytest_plugins = ["tests.means", "tests.thrift", "tests.databases", "tests.providing"]

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # half an hour before New York's clocks go back
TABLE = TableProfile("Test table", "America/New_York", TableKind.OWN)

# No example is timed: two tests share a core, and a slow machine is not a fault. Each run tries
# the same examples, so that what passed here passes there.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@dataclass
class SettableClock:
    """The hour the table believes it is; a test moves it by hand."""

    hour: datetime = NOW

    def __call__(self) -> datetime:
        return self.hour

    def move(self, **spans: float) -> None:
        """Go on by ``hours=3`` and the like."""
        self.hour += timedelta(**spans)


@pytest.fixture
def clock() -> SettableClock:
    """The one clock, standing at NOW until moved."""
    return SettableClock()


@cache
def _laid() -> bytes:
    """Return a migrated SQLite file with the table's profile and nothing else."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "laid.db"
        db = Database(f"sqlite:///{path}")
        migration.migrate(db)
        with db.writing() as conn:
            profile.put(conn, TABLE, at=NOW)
        db.dispose()
        return path.read_bytes()


def a_fresh_table(path: Path) -> Database:
    """Lay a table at ``path``, empty but for its name; much faster than to migrate it."""
    path.write_bytes(_laid())
    return Database(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def laid_table(tmp_path_factory) -> Path:
    """A fresh table's file; copied, never used."""
    path = tmp_path_factory.mktemp("table") / "laid.db"
    path.write_bytes(_laid())
    return path


@pytest.fixture
def db(tmp_path):
    """A table of one's own, empty but for its name."""
    db = a_fresh_table(tmp_path / "table.db")
    yield db
    db.dispose()


@pytest.fixture
def queries():
    """Return a context manager that yields every statement a database is asked meanwhile."""

    @contextmanager
    def asked(db):
        said = []

        def note(_conn, _cursor, statement, *_rest):
            if not statement.startswith("BEGIN"):
                said.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return asked


@pytest.fixture
def served(db, clock, monkeypatch, tmp_path):
    """The wiring of this process, laid on the test's database, clock and key."""
    monkeypatch.setenv("COALITION_DATABASE_URL", db.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COALITION_KEY_FILE", str(tmp_path / "key"))
    for cached in (wiring.deployment, wiring.database, wiring.key, wiring.mail):
        cached.cache_clear()
    monkeypatch.setattr(wiring, "clock", clock)
    yield db
    wiring.database().dispose()
    for cached in (wiring.deployment, wiring.database, wiring.key, wiring.mail):
        cached.cache_clear()
