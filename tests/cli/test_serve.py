"""Serving by one command, and what must be so before it does."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from coalition import wiring
from coalition.cli import serve
from tests.conftest import ROOT

UNSAFE = {"COALITION_PUBLIC_URL": "http://table.example.org"}


@pytest.fixture
def surroundings(tmp_path):
    """The environment of a fresh machine: nothing is there yet."""
    kept = {name: value for name, value in os.environ.items() if "COALITION" not in name}
    return {
        **kept,
        "COALITION_DATABASE_URL": f"sqlite:///{tmp_path / 'table.db'}",
        "COALITION_KEY_FILE": str(tmp_path / "key"),
        "PYTHONPATH": str(ROOT),
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port, surroundings, folder):
    return subprocess.Popen(
        [sys.executable, "-m", "coalition", "serve", "--port", str(port)],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def answer(url, patience):
    """Ask until somebody answers; the server says its address before it listens."""
    for _ in range(patience):
        try:
            with urllib.request.urlopen(url, timeout=10) as told:  # noqa: S310 (our own server)
                return told.read().decode()
        except OSError:
            threading.Event().wait(0.1)
    raise AssertionError("nobody answers")


def test_on_a_fresh_machine_it_prepares_all_prints_the_accounts_and_serves(surroundings, tmp_path):
    port = free_port()
    server = start(port, surroundings, tmp_path)  # from another folder, where no settings lie
    try:
        told = []
        for line in server.stdout:
            told.append(line)
            if "Ctrl+C" in line:
                break
        assert f"http://localhost:{port}" in told[-1]
        assert answer(f"http://localhost:{port}/healthz", 300) == '{"db":"ok"}'
        assert "<title>" in answer(f"http://localhost:{port}/", 10)
    finally:
        server.send_signal(signal.SIGINT)
        rest = server.communicate(timeout=30)[0]
    assert "Traceback" not in rest
    said = "".join(told)
    assert re.search(r"administrator\s+administrator@table.example\s+\S{19}\n", said)
    assert "Loading the demonstration" in said


def test_it_refuses_where_a_dangerous_gate_fails_and_says_what_to_do(surroundings, tmp_path):
    server = start(free_port(), surroundings | UNSAFE, tmp_path)
    said = server.communicate(timeout=120)[0]
    assert server.returncode == 2
    assert "DANGER (address)" in said
    assert "Put a proxy with TLS in front" in said
    assert "Not served." in said


def test_a_port_that_is_taken_is_told_before_anything_is_made(
    command, wired, tmp_path, monkeypatch
):
    monkeypatch.chdir(ROOT)
    wired(f"sqlite:///{tmp_path / 'table.db'}")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = command("serve", "--port", str(port))
    assert said.code == 2
    assert f"Port {port} is taken" in said.err
    assert not (tmp_path / "table.db").exists()


@pytest.mark.parametrize(
    ("public", "asked", "port"),
    [
        (None, None, 8501),
        (None, 9000, 9000),
        ("http://localhost:8600", None, 8600),
        ("https://table.example.org", None, 8501),
        ("https://table.example.org", 9000, 9000),
    ],
)
def test_the_port_follows_what_is_asked_and_the_address_follows_the_port(
    monkeypatch, public, asked, port
):
    monkeypatch.delenv("COALITION_PUBLIC_URL", raising=False)
    if public:
        monkeypatch.setenv("COALITION_PUBLIC_URL", public)
    assert serve.choose_port(asked) == port
    assert os.environ["COALITION_PUBLIC_URL"] == (public or f"http://localhost:{port}")
    monkeypatch.delenv("COALITION_PUBLIC_URL")


def test_doctor_finds_nothing_wrong_with_a_sound_table(shown, command, monkeypatch):
    monkeypatch.chdir(ROOT)
    Path(shown.url.database).chmod(0o600)
    said = command("doctor")
    assert said.code == 0, said.out
    assert said.out.endswith("Safe to serve.\n")
    assert {line.split()[1] for line in said.out.splitlines()[:-1]} == {
        gate.name for gate in wiring.gates()
    }


def test_doctor_advises_without_refusing(shown, command, monkeypatch):
    monkeypatch.chdir(ROOT)
    Path(shown.url.database).chmod(0o644)
    said = command("doctor")
    assert said.code == 0
    assert f"chmod 600 {shown.url.database}" in said.out


SPOILT = {
    "address": lambda setenv, _: setenv("COALITION_PUBLIC_URL", "http://a.org"),
    "key": lambda _, key: key.write_bytes(b"short"),
    "database": lambda setenv, _: setenv("COALITION_DATABASE_URL", "sqlite:////no/x.db"),
}


@pytest.mark.parametrize("gate", SPOILT)
def test_doctor_exits_with_1_where_something_is_dangerous(
    shown, command, monkeypatch, tmp_path, gate
):
    monkeypatch.chdir(ROOT)
    keys = tmp_path / "keys" / "key"
    keys.parent.mkdir()
    SPOILT[gate](monkeypatch.setenv, keys)
    said = command("doctor")
    assert said.code == 1
    assert f"DANGER  {gate}: " in said.out


def test_doctor_sees_a_clock_that_goes_backwards(shown, command, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(wiring, "clock", lambda: wiring.datetime(2020, 1, 1, tzinfo=wiring.UTC))
    said = command("doctor")
    assert said.code == 1
    assert "DANGER  time: " in said.out


def test_a_reader_who_has_seen_enough_causes_no_traceback(surroundings, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "coalition", "migrate"],
        cwd=tmp_path,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 1
