"""Where the floors meet: settings in, a working table out.

One engine a process (``functools.cache``, because any visitor can make Streamlit
drop its own caches), and the one clock.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from secrets import token_bytes, token_hex
from urllib.parse import urlsplit

from streamlit import config, secrets

from coalition import settings
from coalition.domain.ground.attachments import MEGABYTES
from coalition.domain.ground.errors import CoalitionError
from coalition.services.notices.composing import From
from coalition.services.notices.smtp import Post, Smtp
from coalition.services.table import readiness
from coalition.settings import Settings
from coalition.store.database import SQLITE_VERSION, Database
from coalition.store.faults import DatabaseBusy
from coalition.store.ground import health
from coalition.words.refusals import refusal

__all__ = [
    "Database",
    "Gate",
    "check_database",
    "clock",
    "database",
    "deployment",
    "gates",
    "has_provider",
    "key",
    "mail",
]

KEY_BYTES = 32
COOKIE_SECRET = 32  # characters
CLOCK_SLACK = timedelta(minutes=1)  # two servers of one table may differ by this
STREAMLIT = {  # what must be in force, whatever file or variable says it
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": MEGABYTES,
    "server.maxWidgetStateSize": 2,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "browser.gatherUsageStats": False,
    "global.developmentMode": False,
}


def clock() -> datetime:
    """Return this instant in UTC; the only place that asks the machine."""
    return datetime.now(UTC)


@cache
def deployment() -> Settings:
    """Return the settings this process was started with."""
    return settings.from_environment()


@cache
def database() -> Database:
    """Return the one engine of this process."""
    return Database(deployment().database_url)


def has_provider() -> bool:
    """Say whether people may sign in through a provider: ``[auth]`` in Streamlit's secrets."""
    return secrets.load_if_toml_exists() and "auth" in secrets


@cache
def key() -> bytes:
    """Return the 32 random bytes of this table; made on first use, readable by its owner alone.

    Raises:
        ValueError: the file holds something else.
    """
    path = deployment().key_file
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another process was first; its key is as good
            _make_key(path)
    found = path.read_bytes()
    if len(found) != KEY_BYTES:
        raise ValueError(f"{path} must hold exactly {KEY_BYTES} random bytes")
    return found


@cache
def mail() -> tuple[Post | None, From | None]:
    """Return where mails go and whose they are; (None, None) where no mail server is named."""
    here = deployment()
    if not here.smtp_url:
        return None, None
    address = here.mail_from or f"no-reply@{urlsplit(here.public_url).hostname}"
    return Smtp(here.smtp_url), From(here.public_url, address, key())


def _make_key(path: Path) -> None:
    """Write a new key in one step, so that nobody ever reads half of one."""
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(token_bytes(KEY_BYTES))
        os.link(draft, path)
    finally:
        draft.unlink()


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must be so before the table is served.

    Args:
        dangerous: Serving is refused while it is not ok; otherwise it is advice.
        advice: What is wrong and what to do about it; "" where all is well.
    """

    name: str
    ok: bool
    dangerous: bool
    advice: str


def check_database() -> None:
    """Stop unless the database answers and has this version's schema.

    Raises:
        CoalitionError: it does not, and why.
    """
    readiness.require_ready(database())


def gates() -> list[Gate]:
    """Return every gate, passed or not, in the order to mend them."""
    checks = (
        _address,
        _key,
        _streamlit,
        _provider,
        _database,
        _writable,
        _sqlite,
        _pragmas,
        _guards,
        _time,
        _files,
        _table,
    )
    found: list[Gate] = []
    for check in checks:
        needs_database = check in (_writable, _pragmas, _guards, _time, _table)
        if needs_database and not all(gate.ok for gate in found if gate.name == "database"):
            continue
        name, dangerous = check.__name__.removeprefix("_"), check not in (_sqlite, _files, _table)
        advice = check()
        found.append(Gate(name, not advice, dangerous, advice))
    return found


def _address() -> str:
    here = deployment()
    if here.is_secure or here.is_loopback:
        return ""
    return (
        f"COALITION_PUBLIC_URL is {here.public_url}: plain http serves this machine alone. "
        "Put a proxy with TLS in front and name its https address."
    )


def _key() -> str:
    path = deployment().key_file
    try:
        key()
    except (OSError, ValueError) as fault:
        return f"The key cannot be read: {fault}. Remove the file to have a new one made."
    if os.name == "posix" and path.stat().st_mode & 0o077:
        return f"Others can read the key. Run: chmod 600 {path}"
    return ""


def _streamlit() -> str:
    wrong = [
        f"{name} is {found!r} and must be {wanted!r}"
        for name, wanted in STREAMLIT.items()
        if (found := config.get_option(name)) != wanted
    ]
    if not wrong:
        return ""
    return (
        "Streamlit's settings are not in force: "
        + "; ".join(wrong)
        + ". Start in the folder of app.py, where .streamlit/config.toml lies."
    )


def _provider() -> str:
    if not has_provider():
        return ""
    auth, wanted = secrets["auth"], f"{deployment().public_url}/oauth2callback"
    if auth.get("redirect_uri") != wanted:
        return f"The provider must lead back here: redirect_uri in secrets.toml must be {wanted}."
    if len(str(auth.get("cookie_secret", ""))) < COOKIE_SECRET:
        return (
            f"cookie_secret in secrets.toml must have {COOKIE_SECRET} random characters or more: "
            "whoever guesses it signs in as anybody."
        )
    return ""


def _database() -> str:
    try:
        check_database()
    except CoalitionError as fault:
        return refusal(fault)
    return ""


def _writable() -> str:
    try:
        with database().writing():
            return ""
    except DatabaseBusy:  # somebody writes
        return ""
    except CoalitionError as fault:
        return refusal(fault)


def _sqlite() -> str:
    if not database().is_sqlite or health.is_safe_sqlite(SQLITE_VERSION):
        return ""
    return (
        f"SQLite {SQLITE_VERSION} can lose a commit when a write meets a checkpoint. "
        "Install pysqlite3 0.6.1 or newer, or use PostgreSQL."
    )


def _pragmas() -> str:
    if not database().is_sqlite:
        return ""
    with database().reading() as conn:
        wrong = health.unsafe_pragmas(conn)
    return f"SQLite is not set as ballots need it: {'; '.join(wrong)}." if wrong else ""


def _guards() -> str:
    gone = readiness.missing_guards(database())
    if not gone:
        return ""
    return (
        f"The database no longer guards its history: {', '.join(gone)} missing or changed. "
        "Somebody changed its schema by hand. See what verify finds, and restore a backup from "
        "before."
    )


def _time() -> str:
    with database().reading() as conn:
        last = health.last_entry_at(conn)
    now = clock()
    if last is None or last <= now + CLOCK_SLACK:
        return ""
    return (
        f"The clock says {now:%Y-%m-%d %H:%M} UTC, but the last entry is of {last:%Y-%m-%d %H:%M}. "
        "Set the clock; deadlines depend on it."
    )


def _files() -> str:
    path = readiness.file_of(database())
    if os.name != "posix" or path is None or not path.exists() or not path.stat().st_mode & 0o077:
        return ""
    return f"Others on this machine can open the database. Run: chmod 600 {path}"


def _table() -> str:
    if readiness.find_table(database()):
        return ""
    return "There is no table yet. Run: python -m coalition init, or: python -m coalition demo"
