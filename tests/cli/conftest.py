"""The command line, run in this process on a database of the test's own."""

from dataclasses import dataclass

import pytest

from coalition import wiring
from coalition.__main__ import main
from coalition.store.database import Database

CACHED = (wiring.deployment, wiring.database, wiring.key)


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def wired(monkeypatch, tmp_path):
    """Return a way to lay the wiring of this process on a database."""

    def lay(url):
        for one in CACHED:
            one.cache_clear()
        monkeypatch.setenv("COALITION_DATABASE_URL", str(url))
        monkeypatch.setenv("COALITION_KEY_FILE", str(tmp_path / "keys" / "key"))
        monkeypatch.setenv("COALITION_PUBLIC_URL", "noted, so that it is put back")
        monkeypatch.delenv("COALITION_PUBLIC_URL")

    yield lay
    wiring.database().dispose()
    for one in CACHED:
        one.cache_clear()


@pytest.fixture
def command(capsys):
    """Return a way to run one command as a person would."""

    def run(*words):
        try:
            code = main(list(words))
        except SystemExit as left:  # argparse's way to refuse
            code = left.code
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return run


@pytest.fixture
def own(db, wired) -> Database:
    """A table of one's own, with the wiring laid on it."""
    wired(db.url.render_as_string(hide_password=False))
    return db


@pytest.fixture
def shown(demo, wired) -> Database:
    """The demonstration, with the wiring laid on it."""
    wired(demo.url.render_as_string(hide_password=False))
    return demo
