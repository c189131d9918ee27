"""What each command does when nothing is wrong, as a person at a terminal sees it."""

import json
import re
import shutil
import stat

import pytest
from sqlalchemy import select, text

from coalition import wiring
from coalition.domain.ground.permissions import Role
from coalition.domain.people.accounts import InvitationUsed
from coalition.services.people import invitations
from coalition.services.table import readiness
from coalition.services.table.demonstration import logins
from coalition.services.table.verifying import verify
from coalition.store import migration, schema, triggers
from coalition.store.database import Database
from tests import builders
from tests.conftest import NOW
from tests.databases import an_empty_url

INIT = [
    "init",
    "--name=Our own table",
    "--zone=Europe/Madrid",
    "--administrator=Ada Admin",
    "--email=ada@example.org",
]


def test_migrate_sets_up_a_new_file_for_its_owner_alone(wired, command, tmp_path):
    path = tmp_path / "new" / "folder" / "table.db"
    wired(f"sqlite:///{path}")
    assert command("migrate").out == "The database is now of this version.\n"
    assert command("migrate").out == "The database is up to date.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_check_migrations_finds_models_and_migrations_in_agreement(command):
    assert command("check-migrations").code == 0


STRAY = """
import sqlalchemy as sa
from alembic import op

revision = "stray"
down_revision = {newest!r}


def upgrade():
    op.add_column("ballot", sa.Column("stray", sa.Integer))
"""


def test_check_migrations_names_a_column_the_models_do_not_know(command, monkeypatch, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(migration.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    stray = STRAY.format(newest=migration._newest())
    (folder / "versions" / "vstray.py").write_text(stray)
    monkeypatch.setattr(migration, "SCRIPTS", folder)
    said = command("check-migrations")
    assert said.code == 1
    assert "stray" in said.out


def test_tick_prints_one_object_of_counts(own, clock, command):
    convener, _ = builders.a_table(own)
    builders.a_round(own, clock, convener, rule=builders.QUICK, days=2)
    told = [
        json.loads(command("tick", "--now", now).out)
        for now in ("2026-11-02T00:00:00Z", "2026-11-04T00:00:00+01:00", "2026-11-04T00:00:00Z")
    ]
    assert [one["verdicts_frozen"] for one in told] == [0, 1, 0]
    assert all(isinstance(count, int) for one in told for count in one.values())


@pytest.mark.parametrize("now", ["yesterday", "2026-11-02", "2026-11-02T00:00:00", ""])
def test_tick_takes_no_hour_that_does_not_say_its_zone(own, command, now):
    said = command("tick", "--now", now)
    assert said.code == 2
    assert "--now" in said.err


def test_verify_says_that_all_is_whole_and_where_the_chain_ends(shown, command):
    said = command("verify")
    head = verify(shown).head
    assert said.code == 0
    assert "all whole" in said.out
    assert f"Head: entry {head.seq}, {head.digest}" in said.out
    assert command("verify", "--head", f"{head.seq}:{head.digest}").code == 0


def test_verify_names_each_fault_on_a_line_of_its_own(shown, command):
    with shown.writing() as conn:
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
        conn.execute(text("UPDATE audit_entry SET actor = 'account:1' WHERE seq IN (5, 9)"))
    said = command("verify")
    assert said.code == 1
    assert [line for line in said.out.splitlines() if line.startswith("entry:")] == [
        "entry:5: chain.digest: was changed after it was written",
        "entry:9: chain.digest: was changed after it was written",
    ]


def test_verify_names_what_cannot_be_read_and_offers_no_head_to_keep(shown, command):
    with shown.writing() as conn:
        for name in triggers.installed(conn):
            conn.execute(text(f"DROP TRIGGER {name}"))
        conn.execute(text("UPDATE audit_entry SET at = 'garbage' WHERE seq = 5"))
        triggers.install(conn)
    said = command("verify")
    assert said.code == 1
    assert "audit_entry:5: row.unreadable: it holds a value" in said.out
    assert "Head" not in said.out


def test_verify_says_when_a_head_kept_outside_does_not_fit(shown, command):
    said = command("verify", "--head", f"10:{'0' * 64}")
    assert said.code == 1
    assert "entry:10: chain.head_differs" in said.out


def test_a_backup_is_read_again_and_opens_as_the_table_it_was(shown, wired, command, tmp_path):
    path = tmp_path / "backup.db"
    said = command("backup", str(path))
    assert said.code == 0
    assert "read again and whole" in said.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    wired(f"sqlite:///{path}")
    assert command("verify").code == 0
    copied = Database(f"sqlite:///{path}")
    assert verify(copied).head == verify(shown).head
    copied.dispose()


def test_a_backup_taken_while_somebody_writes_is_one_moment(own, clock, command, tmp_path):
    convener, delegates = builders.a_table(own)
    this = builders.a_round(own, clock, convener)
    with own.writing() as conn:
        conn.execute(text("INSERT INTO deed_token VALUES ('half', 'a', 'r', '2026-01-01')"))
        assert command("backup", str(tmp_path / "copy.db")).code == 0
    builders.a_ballot(own, clock, delegates[0], this, "support")
    copied = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    with copied.reading() as conn:
        tokens = conn.scalars(select(schema.deed_token.c.token)).all()
    assert "half" not in tokens
    copied.dispose()


def test_a_backup_overwrites_nothing(own, command, tmp_path):
    path = tmp_path / "there.db"
    path.write_text("kept")
    said = command("backup", str(path))
    assert said.code == 2
    assert "overwrites nothing" in said.err
    assert path.read_text() == "kept"


def test_a_backup_into_no_folder_is_refused(own, command, tmp_path):
    assert command("backup", str(tmp_path / "none" / "copy.db")).code == 2


def test_a_backup_of_a_damaged_table_says_that_it_is_not_whole(shown, command, tmp_path):
    with shown.writing() as conn:
        conn.execute(text("DROP TRIGGER kept_ballot_update"))
        conn.execute(text("UPDATE ballot SET stance = 'object' WHERE id = 3"))
    said = command("backup", str(tmp_path / "copy.db"))
    assert said.code == 1
    assert "ballot:3: ballot.digest" in said.out
    assert "NOT whole" in said.out


@pytest.mark.postgres
def test_postgres_is_backed_up_by_its_own_tools(wired, command, tmp_path):
    with an_empty_url("postgres", tmp_path) as url:
        wired(url)
        command("migrate")
        said = command("backup", str(tmp_path / "copy.db"))
        wiring.database().dispose()
    assert said.code == 2
    assert "pg_dump" in said.err


def test_init_makes_a_table_whose_administrator_begins_by_the_link(wired, command, tmp_path):
    wired(f"sqlite:///{tmp_path / 'own.db'}")
    said = command(*INIT)
    assert said.code == 0
    secret = re.search(r"http://localhost:8501/invitation\?invitation=(\S+)", said.out).group(1)
    db = Database(f"sqlite:///{tmp_path / 'own.db'}")
    table = readiness.require_table(db)
    assert (table.name, table.zone, table.is_demonstration) == (
        "Our own table",
        "Europe/Madrid",
        False,
    )
    assert invitations.invited(db, secret=secret, now=NOW).email == "ada@example.org"
    assert verify(db).is_whole
    db.dispose()


def test_an_administrator_who_lost_the_link_gets_another(own, command):
    builders.a_person(own, role=Role.ADMINISTRATOR, email="ada@example.org")
    first, second = (command("init", "--new-link", "ADA@example.org") for _ in range(2))
    secrets = [re.search(r"invitation=(\S+)", said.out).group(1) for said in (first, second)]
    assert invitations.invited(own, secret=secrets[1], now=NOW).email == "ada@example.org"
    with pytest.raises(InvitationUsed):
        invitations.invited(own, secret=secrets[0], now=NOW)


@pytest.mark.parametrize("role", [Role.CONVENER, Role.MEMBER, Role.OBSERVER])
def test_nobody_but_an_administrator_gets_a_link_that_way(own, command, role):
    builders.a_person(own, role=role, email="other@example.org")
    for email in ("other@example.org", "nobody@example.org"):
        said = command("init", "--new-link", email)
        assert said.code == 2
        assert "no such account" in said.err


def test_init_overwrites_no_table(shown, command):
    before = verify(shown).head
    said = command(*INIT)
    assert said.code == 2
    assert "a table here already" in said.err
    assert verify(shown).head == before


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ("--zone=Mars/Base", "Mars/Base"),
        ("--email=ada", "mail can reach"),
        ("--name= ", "name"),
        ("--name=a\u202eb", "name"),
        (f"--administrator={'a' * 201}", "administrator"),
    ],
)
def test_init_with_a_faulty_answer_makes_nothing(wired, command, tmp_path, wrong, about):
    wired(f"sqlite:///{tmp_path / 'own.db'}")
    said = command(*INIT, wrong)
    assert said.code == 2
    assert about in said.err
    db = Database(f"sqlite:///{tmp_path / 'own.db'}")
    assert readiness.find_table(db) is None
    db.dispose()


def test_init_without_a_person_to_ask_says_what_is_missing(wired, command, tmp_path):
    wired(f"sqlite:///{tmp_path / 'own.db'}")
    said = command("init", "--name=Ours")
    assert said.code == 2
    assert "--zone --administrator --email" in said.err


def test_demo_prints_the_accounts_again(shown, command):
    said = command("demo")
    kept = logins.find(shown)
    assert said.code == 0
    assert all(one.email in said.out and one.password in said.out for one in kept)
    assert str(logins.path(shown)) in said.out


def test_demo_says_when_the_accounts_are_kept_no_more(shown, command):
    logins.path(shown).unlink()
    said = command("demo")
    assert said.code == 0
    assert "not kept here" in said.out


def test_demo_is_not_loaded_over_a_table_of_ones_own(own, command):
    said = command("demo")
    assert said.code == 2
    assert "a table here already" in said.err


def test_demo_goes_and_comes_again(shown, wired, command):
    url = shown.url.render_as_string(hide_password=False)
    assert command("demo", "--remove").code == 0
    assert not readiness.file_of(shown).exists()
    wired(url)
    said = command("demo")
    assert said.code == 0
    assert "administrator@table.example" in said.out
    assert command("verify").code == 0


def test_demo_of_a_table_of_ones_own_is_not_removed(own, command):
    said = command("demo", "--remove")
    assert said.code == 2
    assert "a table of your own" in said.err


def test_demo_with_added_rows_is_not_removed(shown, command):
    builders.an_organisation(shown)
    said = command("demo", "--remove")
    assert said.code == 2
    assert "organisation 1" in said.err


def test_forget_says_what_was_erased_and_repeats_none_of_it(shown, command):
    said = command("forget", "delegate@kidney.example")
    assert said.code == 0
    assert "kidney" not in said.out
    assert re.search(r"words of \d+ ballots", said.out)
    assert command("verify").code == 0
    assert command("forget", "delegate@kidney.example").code == 2


def test_forget_keeps_the_last_administrator(shown, command):
    said = command("forget", "administrator@table.example")
    assert said.code == 2
    assert "last administrator" in said.err


def test_init_asks_a_person_until_each_answer_can_be_taken(wired, command, tmp_path, monkeypatch):
    wired(f"sqlite:///{tmp_path / 'own.db'}")
    answers = iter(["", "Ours", "Nowhere/At all", "", "Ada", "ada", "ada@example.org"])
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda shown: asked.append(shown) or next(answers))
    said = command("init")
    assert said.code == 0
    assert len(asked) == 7
    assert "Nowhere/At all is not a time zone" in said.out
    db = Database(f"sqlite:///{tmp_path / 'own.db'}")
    assert readiness.require_table(db).zone == "America/New_York"
    db.dispose()
