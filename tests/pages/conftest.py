"""How page tests open the app: as somebody, at the clock's hour, on one page.

AppTest cannot set cookies, so ``entry.session_token`` is replaced; who that
session belongs to is then asked of the database, as always.
"""

from datetime import timedelta

import pytest
from sqlalchemy import event
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from coalition import wiring
from coalition.domain.ground.permissions import Actor
from coalition.services.people import sessions as sign_in
from coalition.settings import ROOT
from coalition.store.people import sessions
from coalition.ui import downloads, entry

SCRIPT = ROOT / "coalition" / "ui" / "script.py"
PAGES = ROOT / "pages"
FOREVER = timedelta(days=3650)
COMPILED = ScriptCache()  # of every page, as one server keeps them


@pytest.fixture(autouse=True)
def no_components(monkeypatch):
    """Spare every run a search through all installed packages for components; we have none."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)


@pytest.fixture(autouse=True)
def compiled_once(monkeypatch):
    """Compile each page once for all tests, as a server does for all visitors, not every run."""
    for module in (app_test, local_script_runner):
        monkeypatch.setattr(module, "ScriptCache", lambda: COMPILED)


@pytest.fixture
def visit(served, clock, monkeypatch):
    """Return a function that opens a page as somebody, and all that is folded away on it.

    ``visit("proposal", as_=delegate, id=5)``: the screen's key, the person (an
    ``Actor`` or an account id; nobody by default), then what stands in the query.
    Without a key one arrives where that role arrives.
    """

    def open_page(key="", *, as_=None, **query) -> AppTest:
        secret = None if as_ is None else session_of(served, as_, clock())
        monkeypatch.setattr(entry, "session_token", lambda: secret)
        app = AppTest.from_file(SCRIPT, default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = str(value)
        if key:
            app.switch_page(str(next(PAGES.rglob(f"{key}.py"))))
        app.run()
        assert not app.exception, app.exception
        return unfolded(app)

    return open_page


def unfolded(app) -> AppTest:
    """Open all that is folded away and made only when it is opened."""
    while closed := [
        key
        for key, is_open in app.session_state._state.filtered_state.items()
        if key.startswith("fold-") and not is_open
    ]:
        for key in closed:
            app.session_state[key] = True
        app.run()
        assert not app.exception, app.exception
    return app


def folded(app) -> AppTest:
    """Fold away again what was opened, as a person does."""
    for key, is_open in app.session_state._state.filtered_state.items():
        if key.startswith("fold-") and is_open:
            app.session_state[key] = False
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.fixture
def files(monkeypatch):
    """Every file on offer, as text, made at once instead of at the click."""
    made = []

    def eager(frame, _write):
        made.append((frame() if callable(frame) else frame).to_csv())
        return lambda: b""

    monkeypatch.setattr(downloads, "_maker", eager)
    return made


@pytest.fixture
def asked(served):
    """Return a function that runs an open page again and counts what it asks the database."""

    def count(app) -> int:
        told: list[str] = []

        def note(*given) -> None:
            told.append(given[2])

        event.listen(wiring.database().engine, "before_cursor_execute", note)
        app.run()
        event.remove(wiring.database().engine, "before_cursor_execute", note)
        assert not app.exception, app.exception
        return len(told)

    return count


def session_of(db, person, at) -> str:
    """Begin a session for a person and return its secret."""
    account_id = person.account_id if isinstance(person, Actor) else person
    secret = f"session of {account_id} at {at.isoformat()}"
    kept = sign_in.fingerprint(secret)
    with db.writing() as conn:
        if sessions.find_id(conn, kept) is None:
            sessions.begin(conn, account_id, kept, agent="AppTest", at=at, expires_at=at + FOREVER)
    return secret
