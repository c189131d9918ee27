"""Whatever is wrong with the database, each command says what and what to do, and exits with 2."""

import pytest
from sqlalchemy import text

from coalition import wiring
from coalition.store.database import Database
from coalition.store.ground import audit
from tests import builders

WORKING = {  # commands on a table that must be there
    "tick": ["tick"],
    "verify": ["verify"],
    "backup": ["backup", "copy.db"],
    "forget": ["forget", "account:1"],
    "remove": ["demo", "--remove"],
}
PREPARING = {  # commands that would make what is missing
    "migrate": ["migrate"],
    "demo": ["demo"],
    "init": ["init", "--name=N", "--zone=UTC", "--administrator=A", "--email=a@example.org"],
}
EVERY = WORKING | PREPARING
WRITING = {name: EVERY[name] for name in ("tick", "forget", "init")}


def head(db):
    with db.reading() as conn:
        return audit.head(conn)


@pytest.mark.parametrize("name", WORKING)
def test_a_missing_database_is_named_and_not_made(name, wired, command, tmp_path):
    path = tmp_path / "none.db"
    wired(f"sqlite:///{path}")
    said = command(*WORKING[name])
    assert said.code == 2
    assert f"There is no database at {path}" in said.err
    assert not path.exists()


@pytest.mark.parametrize("name", PREPARING)
def test_a_folder_that_cannot_be_made_is_named(name, wired, command, tmp_path):
    (tmp_path / "file").write_text("")
    wired(f"sqlite:///{tmp_path / 'file' / 'none.db'}")
    said = command(*PREPARING[name])
    assert said.code == 2
    assert "cannot be made" in said.err


@pytest.mark.parametrize("name", WORKING)
def test_a_database_that_was_never_set_up_is_told_as_such(name, wired, command, tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    wired(f"sqlite:///{path}")
    said = command(*WORKING[name])
    assert said.code == 2
    assert "python -m coalition migrate" in said.err


@pytest.mark.parametrize("name", EVERY)
def test_a_database_of_a_newer_version_is_left_alone(name, own, command):
    with own.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    said = command(*EVERY[name])
    assert said.code == 2
    assert "newer version" in said.err
    assert head(own)[0] == 0


@pytest.fixture
def writable(wired, tmp_path, db):
    """A table where every writing command would have something to write."""
    builders.a_person(db)
    with db.writing() as conn:
        conn.execute(
            text("INSERT INTO deed_token VALUES ('t', 'a', 'r', '2020-01-01 00:00:00.000000')")
        )
        conn.execute(text("DELETE FROM coalition_table"))
    return db


@pytest.mark.parametrize("name", WRITING)
def test_a_locked_database_is_told_as_busy(name, writable, wired, command, monkeypatch):
    url = writable.url.render_as_string(hide_password=False)
    wired(url)
    impatient = Database(url, busy=50)
    monkeypatch.setattr(wiring, "database", lambda: impatient)
    with writable.writing():
        said = command(*WRITING[name])
    assert said.code == 2
    assert "busy with another change" in said.err
    assert head(writable)[0] == 0


@pytest.mark.parametrize("name", WRITING)
def test_a_database_that_can_only_be_read_is_told_as_such(name, writable, wired, command):
    writable.dispose()
    wired(f"sqlite:///file:{writable.url.database}?mode=ro&uri=true")
    said = command(*WRITING[name])
    assert said.code == 2
    assert "can only be read" in said.err


@pytest.mark.parametrize("name", EVERY)
def test_a_server_that_does_not_answer_is_told_as_such(name, wired, command):
    wired("postgresql+psycopg://nobody@127.0.0.1:1/none")
    said = command(*EVERY[name])
    assert said.code == 2
    assert "does not answer" in said.err


@pytest.mark.parametrize(
    "words", [[], ["unheard-of"], ["tick", "--now"], ["verify", "--head", "7"]]
)
def test_what_nobody_offers_is_refused_with_what_there_is(words, command):
    said = command(*words)
    assert said.code == 2
    assert said.err.startswith("usage: ")
