"""What every test may count on, and what is skipped by name where a machine lacks it.

Sockets reach this machine only (``--allow-hosts`` in pyproject.toml).
"""

import os
import shutil
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

pytest_plugins = ["tests.databases", "tests.providing"]

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NOW = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # half an hour before New York's clocks go back
TABLE = TableProfile("Test table", "America/New_York", TableKind.OWN)
POSTGRES_URL = os.environ.get("COALITION_TEST_POSTGRES_URL", "")

# No example is timed: two tests share a core, and a slow machine is not a fault. Each run tries
# the same examples, so that what passed here passes there.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def find_chromium() -> str | None:
    """Return the browser's path: ``CHROMIUM`` where it is set, else the first found."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def lacking() -> dict[str, str]:
    """Return the reason for each marker whose means this machine lacks."""
    reasons = {}
    if find_chromium() is None:
        reasons["browser"] = "no Chromium found; install it or name it in CHROMIUM"
    if not POSTGRES_URL:
        reasons["postgres"] = "COALITION_TEST_POSTGRES_URL is not set"
    return reasons


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the wide accessibility sweep for ``make axe``, and skip what cannot run here."""
    if "sweep" not in (config.option.markexpr or ""):
        sweeps = [item for item in items if item.get_closest_marker("sweep")]
        if sweeps:
            config.hook.pytest_deselected(items=sweeps)
            items[:] = [item for item in items if item not in sweeps]
    items.sort(key=lambda item: not _is_long(item))  # stable: else as they stand
    reasons = lacking()
    for item in items:
        for name, reason in reasons.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"{name}: {reason}"), append=False)


def _is_long(item: pytest.Item) -> bool:
    """Say whether a test's file takes minutes; such files go first, and no worker ends alone."""
    return item.path.parent.name in {"browser", "attacks"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item):
    """Wrap the skipping itself, so that a mark and a fixture's own ``pytest.skip`` both count."""
    try:
        return (yield)
    except pytest.skip.Exception as skip:
        _refuse_in_ci(item, skip)
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    try:
        return (yield)
    except pytest.skip.Exception as skip:
        _refuse_in_ci(item, skip)
        raise


def _refuse_in_ci(item: pytest.Item, skip: BaseException) -> None:
    """Make a skip of the browser or of PostgreSQL a failure where ``CI`` is true."""
    marked = any(item.get_closest_marker(name) for name in ("browser", "postgres"))
    if marked and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"with CI=true this may not be skipped: {skip}", pytrace=False)


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
