"""A server of our own on a free port, for one measurement."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.conftest import ROOT

STARTS_WITHIN = 60  # seconds


class Server:
    """Where it answers, and what it has used."""

    def __init__(self, base: str, process: subprocess.Popen[bytes]) -> None:
        self.base = base
        self._process = psutil.Process(process.pid)

    def cpu(self) -> float:
        """Return the seconds of processor it has used so far.

        Linux counts them in nanoseconds for who asks for the clock of that process (the number
        that clock_getcpuclockid(3) gives); elsewhere they come in hundredths.
        """
        if sys.platform == "linux":
            return time.clock_gettime((~self._process.pid << 3) | 2)
        return sum(self._process.cpu_times()[:2])

    def memory(self) -> float:
        """Return megabytes of memory resident now."""
        return self._process.memory_info().rss / 2**20


@contextmanager
def serving(database: Path) -> Iterator[Server]:
    """Serve a database with the app and the empty page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "COALITION_DATABASE_URL": f"sqlite:///{database}",
        "COALITION_KEY_FILE": str(database.with_name("key")),
        "COALITION_PUBLIC_URL": base,
    }
    command = [sys.executable, "-m", "uvicorn", "tests.bench.served:app", "--port", str(port)]
    log = database.with_name("server.log").open("wb")
    process = subprocess.Popen(
        [*command, "--log-level", "warning"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait(base, process, Path(log.name))
        yield Server(base, process)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{base}/_stcore/health", timeout=1)  # noqa: S310
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")
