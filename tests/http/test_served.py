"""The table as it is served: started both ways, refused when unsafe, tried at the wire."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from coalition.domain.ground.permissions import Role
from coalition.services.people import accounts, passwords, sessions
from coalition.settings import ROOT
from coalition.store.database import Database
from coalition.wiring import clock as now
from tests.builders import PASSWORD, a_person
from tests.protocol import visiting

EMAIL = "rae@example.org"
WITHIN = 30  # seconds a server may take to start
WAYS = {
    "streamlit": ["streamlit", "run", "app.py", "--server.port"],
    "uvicorn": ["uvicorn", "app:app", "--port"],
}


@contextmanager
def serving(db, tmp_path, way="uvicorn", cwd=ROOT, **changed):
    """Serve a database; yield the address, and the process once it has ended by itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "COALITION_DATABASE_URL": str(db.url),
        "COALITION_KEY_FILE": str(tmp_path / "key"),
        "COALITION_PUBLIC_URL": base,
        "PYTHONPATH": str(ROOT),
        **changed,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", *WAYS[way], str(port)],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield base, process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def answered(base, process):
    """Wait for the port, then ask for health."""
    address = ("127.0.0.1", int(base.rpartition(":")[2]))
    for _ in range(WITHIN * 200):
        assert process.poll() is None, process.stdout.read()
        with socket.socket() as probe:
            probe.settimeout(0.05)
            if probe.connect_ex(address) == 0:
                break
            _wait(process)
    return get(f"{base}/healthz")


def _wait(process):
    """Let the server work a moment; ends at once where it has given up."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 (our own address)
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode(), refused.headers


@pytest.fixture(scope="module")
def table(laid_table, tmp_path_factory):
    """A served table that several tests visit."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(laid_table, folder / "table.db")
    db = Database(f"sqlite:///{folder / 'table.db'}")
    with serving(db, folder) as (base, process):
        assert answered(base, process)[0] == 200
        yield db, base
    db.dispose()


def signed_in(db, **account):
    """Make a member, sign them in, return the person and the cookie."""
    person = a_person(db, password=PASSWORD, at=now(), **account)
    ticket = sessions.sign_in(
        db, now, email=person.email, password=PASSWORD, source="", check=passwords.matches
    )
    secret = sessions.enter(db, now, ticket=ticket, agent="").secret
    return person, f"table_session={secret}"


@pytest.mark.parametrize("way", WAYS)
def test_both_ways_of_starting_serve_the_same_table(db, tmp_path, way):
    with serving(db, tmp_path, way) as (base, process):
        assert answered(base, process)[:2] == (200, '{"db":"ok"}')
        status, page, headers = get(base)
        assert (status, "<title>Streamlit</title>" in page) == (200, True)
        assert "default-src 'self'" in headers["content-security-policy"]
        assert get(f"{base}/_stcore/metrics")[0] == 404
        assert get(f"{base}/app/static/look.css")[0] == 200
        with visiting(base) as visitor:
            assert "Welcome" in visitor.open()
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"COALITION_PUBLIC_URL": "http://table.example"}, "plain http serves this machine alone"),
        ({"STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full"}, "client.showErrorDetails is 'full'"),
        ({"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}, "runner.postScriptGC is True"),
        ({"COALITION_DATABASE_URL": "sqlite:////nowhere/table.db"}, "/nowhere/table.db"),
    ],
)
def test_an_unsafe_start_is_refused_with_what_to_do(db, tmp_path, changed, word):
    with serving(db, tmp_path, "streamlit", **changed) as (_, process):
        said, _ = process.communicate(timeout=WITHIN)
    assert process.returncode != 0
    assert word in said


def test_a_start_from_another_folder_would_lose_the_settings_and_is_refused(db, tmp_path):
    with serving(db, tmp_path, cwd=tmp_path) as (_, process):
        said, _ = process.communicate(timeout=WITHIN)
    assert process.returncode != 0
    assert "Start in the folder of app.py" in said


@pytest.mark.parametrize("content", [b"short", b"x" * 33])
def test_a_key_that_is_no_key_is_refused(db, tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    (tmp_path / "key").chmod(0o600)
    with serving(db, tmp_path) as (_, process):
        said, _ = process.communicate(timeout=WITHIN)
    assert process.returncode != 0
    assert "must hold exactly 32 random bytes" in said


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_key_that_others_can_read_is_refused(db, tmp_path):
    (tmp_path / "key").write_bytes(os.urandom(32))
    (tmp_path / "key").chmod(0o644)
    with serving(db, tmp_path) as (_, process):
        said, _ = process.communicate(timeout=WITHIN)
    assert process.returncode != 0
    assert "chmod 600" in said


# --- an open tab, when what it rests on ends ---

ENDS = {
    "signing out": lambda db, _admin, _person, cookie: sessions.leave(
        db, now, secret=cookie.partition("=")[2]
    ),
    "a new password": lambda db, _admin, person, _cookie: accounts.change_password(
        db, now, actor=person, current=PASSWORD, new="another long sentence"
    ),
    "closing the account": lambda db, admin, person, _cookie: accounts.deactivate(
        db, now, actor=admin, account_id=person.account_id
    ),
    "an administrator": lambda db, admin, person, _cookie: accounts.end_sessions_of(
        db, now, actor=admin, account_id=person.account_id
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_the_next_run_of_an_open_tab_is_nobodys_and_so_is_a_replayed_cookie(table, end):
    db, base = table
    admin = a_person(db, role=Role.ADMINISTRATOR, at=now())
    person, cookie = signed_in(db, name="Rae Stone")
    with visiting(base, cookie) as tab:
        assert "Signed in as Rae Stone" in tab.open()
        ENDS[end](db, admin, person, cookie)
        assert "Rae Stone" not in tab.open()
    with visiting(base, cookie) as replayed:
        assert "Rae Stone" not in replayed.open()


def test_somebody_elses_connection_taken_over_without_the_cookie_is_a_strangers(table):
    db, base = table
    _, cookie = signed_in(db, name="Rae Stone")
    with visiting(base, cookie) as victim:
        assert "Rae Stone" in victim.open()
        with visiting(base, resume=victim.session_id) as thief:
            assert "Rae Stone" not in thief.open()


@pytest.mark.parametrize(
    "cookie", ["table_session=", "table_session=x", "table_session=a%00;b", "=;="]
)
def test_a_forged_cookie_is_a_strangers(table, cookie):
    _, base = table
    with visiting(base, cookie) as visitor:
        said = visitor.open()
    assert "Signed in" not in said
    assert "Sign in" in said


@pytest.mark.parametrize("page", ["today", "desk", "board", "accounts", "audit", "account"])
def test_a_stranger_who_types_a_members_address_meets_the_door(table, page):
    _, base = table
    with visiting(base) as visitor:
        assert "Please sign in to see this page" in visitor.open(page)


def test_clearing_caches_from_outside_does_nothing_and_the_tab_lives_on(table):
    _, base = table
    with visiting(base) as visitor:
        visitor.open()
        message = BackMsg()
        message.clear_cache = True
        visitor.send(message)
        assert "Welcome" in visitor.open()
